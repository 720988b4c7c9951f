// Puts an implementation of energy-based losses, in JavaScript, through ebmcheck.
//
//   import { serve } from './ebmcheck-adapter.mjs';
//
//   await serve('my-losses', {
//     hinge([F, Fbar], m) {
//       const t = m + F - Fbar;
//       return { value: Math.max(0, t), grad: t > 0 ? [1, -1] : [0, 0] };
//     },
//   });
//
// One file, Node 18 or newer, no packages: copy it beside your own.
//
// A function takes the energies F, an array of numbers, and then what its op
// is sent, in the order of ARGUMENTS. It returns what the op answers, or a
// promise of it:
//
//   gibbs        the probabilities, one an energy (any array)
//   infer        the index of a minimiser
//   the others   the value, or { value, grad }
//
// NaN and ±Infinity come and go as numbers; how JSON spells them is seen to here.
// An exception refuses the call; throw Unsupported for what is no business of
// yours, such as β = 0.
//
// Importing this file takes standard output for the protocol: console.log
// writes to standard error from then on. So import it first. What native code
// prints itself cannot be caught.

import fs from 'node:fs';
import readline from 'node:readline';

// What a function is given after the energies: y the index of the right
// answer, β, the margin m, γ, and the cap M.
const ARGUMENTS = {
  gibbs: ['beta'],
  free_energy: ['beta'],
  infer: [],
  energy: ['answer'],
  perceptron: ['answer'],
  nll: ['answer', 'beta'],
  mee: ['answer', 'beta'],
  simple: ['margin'],
  hinge: ['margin'],
  log: [],
  soft_hinge: ['margin', 'beta'],
  square_square: ['margin'],
  square_exp: ['gamma'],
  mce: [],
  lvq2: ['cap'],
};

/** This call is outside what the implementation does; the message says why. */
export class Unsupported extends Error {}

// Not by writing to process.stdout: naming it would make the pipe non-blocking.
Object.defineProperty(process, 'stdout', { get: () => process.stderr });

/**
 * Answers the runner until it says stop or closes the pipe. ops maps names of
 * operations to functions; precision is the arithmetic by whose ulps errors
 * are judged; info describes the implementation: version, framework, …
 */
export async function serve(name, ops, { precision = 'float64', ...info } = {}) {
  const unknown = Object.keys(ops).filter((op) => !(op in ARGUMENTS));
  if (unknown.length) throw new Error(`unknown ops ${unknown}; known are ${Object.keys(ARGUMENTS)}`);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    if (request.cmd === 'stop') break;
    if (request.cmd === 'start') {
      const implementation = { name, language: 'javascript', language_version: process.version, ...info };
      send(JSON.stringify({ version: 1, implementation, precision, ops: Object.keys(ops) }));
    } else if (request.cmd === 'run') {
      const results = [];
      for (const call of request.calls) results.push(await answer(ops, call));
      send(`{"seq":${JSON.stringify(request.seq)},"results":[${results.join()}]}`);
    } else {
      throw new Error(`unknown cmd ${line}`);
    }
  }
  process.exit(0); // also when a framework holds on to a timer or a thread
}

async function answer(ops, call) {
  try {
    const got = await ops[call.op](call.energies.map(Number), ...ARGUMENTS[call.op].map((a) => Number(call[a])));
    if (call.op === 'gibbs') return `{"probs":${reals(got)}}`;
    if (call.op === 'infer') return `{"index":${Number(got)}}`;
    if (typeof got === 'object') return `{"value":${real(got.value)},"grad":${reals(got.grad)}}`;
    return `{"value":${real(got)}}`;
  } catch (e) {
    return JSON.stringify({ [e instanceof Unsupported ? 'unsupported' : 'error']: String(e.message ?? e) });
  }
}

const reals = (xs) => `[${Array.from(xs, real).join()}]`;

/** x as the protocol spells it: 1.0, -0.0, 1e+21, "NaN". */
function real(x) {
  if (typeof x !== 'number') throw new TypeError(`${x} is no number`);
  if (!Number.isFinite(x)) return `"${x}"`;
  if (Object.is(x, -0)) return '-0.0';
  const s = String(x);
  return /[.e]/.test(s) ? s : s + '.0';
}

function send(text) {
  const bytes = Buffer.from(text + '\n');
  try {
    for (let done = 0; done < bytes.length; ) done += fs.writeSync(1, bytes, done);
  } catch (e) {
    if (e.code === 'EPIPE') process.exit(0); // the runner is gone
    throw e;
  }
}
