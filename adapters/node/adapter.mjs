// Puts an implementation of energy-based losses, in JavaScript, through ebmcheck.
//
//   import { serve } from 'ebmcheck';
//
//   await serve('my-losses', {
//     hinge([F, Fbar], m) {
//       const t = m + F - Fbar;
//       return { value: Math.max(0, t), grad: t > 0 ? [1, -1] : [0, 0] };
//     },
//   });
//
// A function takes the energies F, an array of numbers, and then what its op
// is sent, in the order of ARGUMENTS. It returns what the op answers, or a
// promise of it:
//
//   gibbs        the probabilities, one an energy (any array)
//   infer        the index of a minimiser
//   the others   the value, or { value, grad }
//
// A loss that is not among them is judged by its formula, and stands among the ops as
//
//   squared_hinge: loss('pos(m + F[y] - F[ybar])^2', { m: [0, 10] }, ([F, Fbar], { m }) => …)
//
// It is given F and then, by name, what its formula names (beta, m, gamma, M, any other
// parameter) and y, the index of the right answer. A formula over F[y] and F[ybar] alone
// is about a pair, [F(x,y), F(x,ȳ)]; any other is given all energies. The ranges are
// those that the parameters are drawn from, [0, 10] where there is none.
//
// NaN and ±Infinity come and go as numbers; how JSON spells them is seen to here.
// An exception refuses the call; throw Unsupported for what is no business of
// yours, such as β = 0.
//
// serve takes standard output for the protocol: console.log writes to standard error from
// then on. What was printed before is no answer, and what native code prints itself cannot
// be caught.

import fs from 'node:fs';
import readline from 'node:readline';

// What a function is given after the energies (y, the index of the right answer, is
// called answer), which field of the answer is not value, and what a formula calls a
// parameter.
// ops, as `make update` writes them
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
const ANSWERS = {
  gibbs: 'probs',
  infer: 'index',
};
const PARAMETERS = {
  beta: 'beta',
  margin: 'm',
  gamma: 'gamma',
  cap: 'M',
};
// end of ops

/** This call is outside what the implementation does; the message says why. */
export class Unsupported extends Error {}

/** A loss that its formula defines: the ranges of its parameters, and the function. */
export function loss(formula, ranges, f) {
  if (typeof formula !== 'string' || typeof ranges !== 'object' || typeof f !== 'function') {
    throw new TypeError("want loss('formula', { m: [0, 10] }, f)");
  }
  for (const [name, range] of Object.entries(ranges)) {
    if (!formula.match(/[\p{L}_][\p{L}\p{N}_]*/gu)?.concat(Object.values(PARAMETERS)).includes(name)) {
      throw new Error(`a range for ${name}, which the formula does not name: ${formula}`);
    }
    if (!Array.isArray(range) || range.length !== 2 || !range.every(Number.isFinite)) {
      throw new Error(`the range of ${name} is ${range}: want the least and the largest, as in ${name}: [0, 10]`);
    }
  }
  return { formula, ranges, f };
}

/**
 * Answers the runner until it says stop or closes the pipe. ops maps names of
 * operations to functions, and names of losses to what loss returns; precision is the arithmetic by whose ulps errors
 * are judged; info describes the implementation: version, framework, …
 */
export async function serve(name, ops, about = {}) {
  const respond = offer(name, ops, about);
  // Not by writing to process.stdout: naming it would make the pipe non-blocking.
  Object.defineProperty(process, 'stdout', { get: () => process.stderr });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const reply = await respond(line);
    if (reply === undefined) break;
    send(reply);
  }
  process.exit(0); // also when a framework holds on to a timer or a thread
}

/** What answers the lines of the runner, with undefined for stop. */
export function offer(name, ops, { precision = 'float64', declares, ...info }) {
  const unknown = Object.keys(ops).filter((op) => !(op in ARGUMENTS) && !ops[op].formula);
  if (unknown.length) throw new Error(`unknown ops ${unknown}; known are ${Object.keys(ARGUMENTS)}, and what loss() defines by its formula`);
  return async (line) => {
    const request = JSON.parse(line);
    if (request.cmd === 'stop') return undefined;
    if (request.cmd === 'start') {
      const implementation = { name, language: 'javascript', language_version: process.version, ...info };
      const offered = Object.entries(ops).map(([op, { formula, ranges }]) => (formula ? { name: op, formula, params: ranges } : op));
      return JSON.stringify({ version: 1, implementation, precision, ops: offered, declares });
    }
    if (request.cmd !== 'run') throw new Error(`unknown cmd ${line}`);
    const results = [];
    for (const call of request.calls) results.push(await answer(ops, call));
    return `{"seq":${JSON.stringify(request.seq)},"results":[${results.join()}]}`;
  };
}

async function answer(ops, call) {
  try {
    const { formula, f } = ops[call.op];
    const F = call.energies.map(Number);
    const got = await (formula ? f(F, named(call)) : ops[call.op](F, ...ARGUMENTS[call.op].map((a) => Number(call[a]))));
    const field = formula ? 'value' : ANSWERS[call.op];
    if (field === 'probs') return `{"probs":${reals(got)}}`;
    if (field === 'index') return `{"index":${Number(got)}}`;
    if (typeof got === 'object') return `{"value":${real(got.value)},"grad":${reals(got.grad)}}`;
    return `{"value":${real(got)}}`;
  } catch (e) {
    return JSON.stringify({ [e instanceof Unsupported ? 'unsupported' : 'error']: String(e.message ?? e) });
  }
}

/** What a call holds besides the energies, by the names of formulas. */
function named(call) {
  const given = { y: call.answer };
  for (const [sent, name] of Object.entries(PARAMETERS)) if (sent in call) given[name] = Number(call[sent]);
  for (const [name, x] of Object.entries(call.params ?? {})) given[name] = Number(x);
  return given;
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
