// A function is judged where it is: the runner is a subprocess, its child a relay, and
// this process answers.

import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { ARGUMENTS, loss, offer } from './adapter.mjs';
import { find } from './binary.mjs';

const relay = fileURLToPath(new URL('./relay.mjs', import.meta.url));

/**
 * What the runner found: passed is whether every claim that is required passed, and
 * something was tested; text is the runner's summary, with the counterexamples; results
 * has its result lines, those of claims that were put to the test; advice says which parts
 * of the formula let errors pass as they are written, and what to write.
 */
export class Verdict {
  constructor(name, code, text, { results, advice }) {
    Object.assign(this, { name, code, text, results, advice });
  }

  get passed() {
    return this.code === 0;
  }

  /** One line: the worst grade in each regime, or what failed. */
  line() {
    const said = { 0: 'passed', 1: 'failed' }[this.code] ?? 'incomplete';
    const failed = this.results.filter((r) => r.outcome !== 'passed' && r.level === 'required').map((r) => r.claim);
    const order = ['F', 'B', 'A', 'A+'];
    const grades = {};
    for (const { regime, grade } of this.results) {
      if (order.includes(grade) && !(order.indexOf(grades[regime]) <= order.indexOf(grade) && regime in grades)) grades[regime] = grade;
    }
    const what = failed.length ? [...new Set(failed)].sort().join(', ') : Object.entries(grades).map((g) => g.join(' ')).join(', ');
    return `${this.name} ${said}${what && ': ' + what}`;
  }

  toString() {
    return this.text;
  }
}

/** A claim that is required did not pass, or nothing was tested. */
export class Failed extends Error {
  constructor(verdict) {
    super(`${verdict.line()}\n\n${verdict.text}`);
    this.name = 'Failed';
    Object.defineProperty(this, 'verdict', { value: verdict }); // not enumerable: the text says it all
  }
}

/**
 * The verdict on f, if every required claim passes; rejects with Failed, which has the
 * counterexamples, if one does not. f may be async, and is given and returns what
 * adapter.mjs says.
 *
 * f is an operation, { op: 'nll' }, or 'nll.batch' of a function of many rows, or a loss by its formula, with the ranges of its
 * parameters, { formula: 'pos(m + F[y] - F[ybar])', ranges: { m: [0, 10] } }, or it is
 * what loss returns. The other options: precision and declares as for serve; profile:
 * smoke, gate or deep; timeout: the seconds that a call may take, of one that awaits
 * (what never gives way cannot be ended); out: a folder to keep, with report.html.
 */
export async function check(f, { op, formula, ranges, precision, declares, profile = 'gate', timeout = 10, out } = {}) {
  if (typeof f !== 'function' && !f?.formula) throw new TypeError(`check wants a function, or what loss returns, not ${f}`);
  if ([op, formula, f.formula].filter((x) => x !== undefined).length !== 1) {
    throw new TypeError("want check(f, { op: '…' }), check(f, { formula: '…' }) or check(loss(…)), one of them");
  }
  if (formula === undefined && ranges !== undefined) throw new TypeError('ranges belong to the parameters of a formula');
  if (!(timeout > 0)) throw new TypeError(`timeout: ${timeout}: want the seconds that a call may take, such as 10`);
  const name = (f.f ?? f).name || op || 'loss';
  const judged = op ?? opNamed(name);
  const offered = { [judged.replace(/\.batch$/, '')]: formula === undefined ? f : loss(formula, ranges ?? {}, f) };
  const respond = judged.endsWith('.batch')
    ? offer(name, {}, { precision, declares, batch: offered })
    : offer(name, offered, { precision, declares });
  const temporary = out === undefined;
  const folder = temporary ? fs.mkdtempSync(path.join(os.tmpdir(), 'ebmcheck-')) : path.resolve(String(out));
  try {
    const command = ['gate', '--profile', profile, '--claims', `${judged}.*`, '--out', folder, '--call-timeout', `${timeout}s`];
    const { code, stdout, stderr } = await run(find(), command, respond);
    if (![0, 1, 4].includes(code)) throw new Error(`ebmcheck ended with exit status ${code}: ${said(stderr)}`);
    const verdict = new Verdict(name, code, own(stdout), read(path.join(folder, 'results.jsonl')));
    if (!verdict.passed) throw new Failed(verdict);
    return verdict;
  } finally {
    if (temporary) fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The name of the loss that a function of this name is: squaredHinge is squared_hinge. */
function opNamed(name) {
  const op = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
  return op in ARGUMENTS ? `my_${op}` : /^[a-z][a-z0-9_]*$/.test(op) ? op : 'loss';
}

/** How command ends, whose child is a relay to respond. */
async function run(file, command, respond) {
  const token = crypto.randomBytes(16).toString('hex');
  const connections = new Set();
  const door = net.createServer((connection) => {
    connections.add(connection);
    connection.setNoDelay();
    connection.on('error', () => {}); // the child is gone
    answer(connection, token, respond).catch((e) => connection.destroy(e));
  });
  await new Promise((resolve, reject) => door.on('error', reject).listen(0, '127.0.0.1', resolve));
  try {
    const child = spawn(file, [...command, '--', process.execPath, relay, String(door.address().port)], {
      env: { ...process.env, EBMCHECK_TOKEN: token },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    return { code, stdout, stderr };
  } finally {
    door.close();
    for (const connection of connections) connection.destroy();
  }
}

/** Answers the lines of one child, which knows the token. */
async function answer(connection, token, respond) {
  let known = false;
  for await (const line of readline.createInterface({ input: connection })) {
    if (known) {
      const reply = await respond(line);
      if (reply === undefined) break;
      connection.write(reply + '\n');
    } else if (!(known = line === token)) {
      break;
    }
  }
  connection.destroy();
}

/** The summary less the commands that ask again: the check itself does. */
const own = (stdout) => stdout.replace(/^ +replay  .*\n|^The report: .*\n\n?/gm, '').trimEnd();

/** What the runner says of the matter, less how far it had come. */
const said = (stderr) => stderr.slice(Math.max(0, stderr.indexOf('ebmcheck: '))).trim();

function read(file) {
  const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line)) : [];
  return {
    results: lines.filter((r) => r.type === 'claim' && r.outcome !== 'not-offered'),
    advice: lines.flatMap((r) => (r.type === 'header' && r.subject.advice) || []),
  };
}
