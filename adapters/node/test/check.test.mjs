// check, as users call it. Run by `make packages`, on the package as it is installed.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Failed, NoBinary, Unsupported, check, loss } from 'ebmcheck';

const profile = 'smoke';
const hinge = ([F, Fbar], m) => Math.max(m + F - Fbar, 0);
const formula = 'pos(m + F[y] - F[ybar])';
const right = ([F, Fbar], { m }) => Math.max(m + F - Fbar, 0);

const failed = async (checking) => {
  try {
    await checking;
  } catch (e) {
    assert(e instanceof Failed, e);
    return e;
  }
  assert.fail('it passed');
};

test('right', async () => {
  const squared = loss('pos(m + F[y] - F[ybar])^2', { m: [0, 5] }, function squared([F, Fbar], { m }) {
    const t = Math.max(m + F - Fbar, 0);
    return { value: t * t, grad: [2 * t, -2 * t] };
  });
  const v = await check(squared, { profile });
  assert(v.passed && v.code === 0 && v.results.length > 0);
  assert.match(v.line(), /^squared passed: tame /);
  assert.match(String(v), /^squared \(float64\)/);
});

test('names', async () => {
  for (const [name, op] of [['squaredHinge', 'squared_hinge'], ['hinge', 'my_hinge'], ['größer', 'loss']]) {
    const f = { [name]: ([F], { m }) => m * F }[name];
    const v = await check(f, { formula: 'm*F[y]', profile });
    assert.equal(v.results[0].op, op);
    assert.equal(v.name, name);
  }
});

test('many rows', async () => {
  const rows = (scale) => (F, m, { mask, weights, reduction }) => {
    weights = weights.map((w, i) => (mask[i].some(Boolean) ? w : 0));
    const every = F.map(([f, fbar], i) => weights[i] * Math.max(m[i] + f - fbar, 0));
    const sum = every.reduce((a, b) => a + b, 0);
    return { none: { values: every }, sum, mean: sum / scale(weights) }[reduction];
  };
  assert((await check(rows((weights) => weights.reduce((a, b) => a + b, 0)), { op: 'hinge.batch', profile })).passed);
  await failed(check(rows((weights) => weights.length), { op: 'hinge.batch', profile }));
});

test('wrong', async () => {
  const e = await failed(check(([F, Fbar], m) => Math.max(m - F + Fbar, 0), { op: 'hinge', profile }));
  assert.match(e.message, /^hinge failed: hinge\..*✗ hinge\.value · tame/s);
  assert.doesNotMatch(e.message, /replay|report\.html/);
  assert.equal(e.verdict.code, 1);
});

test('a closure, async, that prints', async () => {
  let asked = 0;
  const f = async (F, given) => {
    if (asked++ === 0) console.log('F =', F);
    return right(F, given);
  };
  assert((await check(f, { formula, ranges: { m: [0, 5] }, profile })).passed);
  assert(asked > 1000);
});

test('throws', async () => {
  const e = await failed(check(() => { throw new RangeError('no such thing'); }, { op: 'hinge', profile }));
  assert.match(e.message, /no such thing/);
});

test('unsupported', async () => {
  const e = await failed(check(() => { throw new Unsupported('none of it'); }, { op: 'hinge', profile }));
  assert.equal(e.verdict.code, 4);
  assert.match(e.verdict.line(), /^hinge incomplete: hinge\./);
});

test('never resolves', async () => {
  const f = (F, m) => (F[0] === 0 ? new Promise(() => {}) : hinge(F, m));
  assert.match((await failed(check(f, { op: 'hinge', timeout: 0.2, profile }))).message, /timeout/);
});

test('keeps a folder', async () => {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'kept-'));
  await check(right, { formula, profile, out });
  assert(fs.existsSync(path.join(out, 'report.html')));
  fs.rmSync(out, { recursive: true });
});

test('usage', async () => {
  await assert.rejects(check(3, { op: 'hinge' }), /check wants a function, or what loss returns, not 3/);
  await assert.rejects(check(hinge), /one of them/);
  await assert.rejects(check(hinge, { op: 'hinge', formula }), /one of them/);
  await assert.rejects(check(hinge, { op: 'hing' }), /unknown ops hing; known are gibbs,/);
  await assert.rejects(check(hinge, { op: 'hinge', ranges: { m: [0, 1] } }), /ranges belong/);
  await assert.rejects(check(hinge, { op: 'hinge', timeout: 0 }), /want the seconds/);
  await assert.rejects(check(right, { formula: 'pos(m + F[y] - F[ybr])' }), /exit status 2: ebmcheck: .*ybr is not bound here.*\n +\^/s);
});

test('where the runner is looked for', async (t) => {
  const { EBMCHECK, PATH } = process.env;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'path-'));
  t.after(() => {
    fs.rmSync(folder, { recursive: true });
    for (const [name, value] of Object.entries({ EBMCHECK, PATH })) if (value !== undefined) process.env[name] = value;
  });
  process.env.EBMCHECK = '/no/such/ebmcheck';
  await assert.rejects(check(hinge, { op: 'hinge' }), (e) => e instanceof NoBinary && /EBMCHECK=\/no\/such\/ebmcheck is no program/.test(e.message));
  delete process.env.EBMCHECK;
  process.env.PATH = folder;
  await assert.rejects(check(hinge, { op: 'hinge' }), /go build -o ebmcheck/);
  fs.writeFileSync(path.join(folder, 'ebmcheck'), '#!/bin/sh\necho mine >&2\nexit 3\n', { mode: 0o755 });
  await assert.rejects(check(hinge, { op: 'hinge' }), /exit status 3: mine/);
});

test('import takes nothing, serve does', () => {
  const run = (script, input) => spawnSync(process.execPath, ['--input-type=module', '-e', script], { input, encoding: 'utf8' });
  assert.equal(run("import 'ebmcheck'; console.log('out');", '').stdout, 'out\n');
  const done = run("import { serve } from 'ebmcheck'; await serve('s', { infer() { console.log('in'); return 0; } });",
    '{"cmd":"run","seq":1,"calls":[{"op":"infer","energies":[1.0]}]}\n{"cmd":"stop"}\n');
  assert.equal(done.stdout, '{"seq":1,"results":[{"index":0}]}\n');
  assert.equal(done.stderr, 'in\n');
});

test('advice', async () => {
  const naive = ([F, Fbar]) => Math.log(1 + Math.exp(Math.min(F - Fbar, 700)));
  const { verdict } = await failed(check(naive, { formula: 'log(1 + exp(F[y] - F[ybar]))', profile }));
  assert.equal(verdict.advice.length, 1);
  assert.match(verdict.advice[0], /^naive: .*Write softplus\(F\[y\] - F\[ybar\]\)$/);
  assert.match(verdict.text, /Write softplus/);
});
