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
// What computes many answers at once is given all the calls of a request, each argument
// an array with an entry a call, and returns an array of answers, or { values, grads }:
//
//   nll: batched((F, y, beta) => …)
//
// Padding, masks, weights and reductions are judged by batches, which serve offers for
// what its option batch has:
//
//   batch: { nll(F, y, beta, { mask, weights, reduction }) { … return { value, grads }; } }
//
// F, mask and grads are tables: an array a row, all of one length; y, beta and weights have
// an entry a row, and a loss of your own is given all but F in one object. Where mask is
// false the energy is padding and its gradient is 0. The values are w·ℓ of each row, "sum"
// is Σ w·ℓ and "mean" Σ w·ℓ / Σ w, of the rows that mask does not leave out altogether;
// "none" returns { values, grads }. grads are the derivatives of what is returned, and may
// be left out.
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
export { ARGUMENTS };

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
 * Marks f as one that is given all the calls of a request at once. Where it throws it is
 * asked each call alone, so that only those are refused for which it does so again; if none
 * is, all are. Unsupported is no refusal: "not together".
 */
export function batched(f) {
  return Object.assign((...args) => f(...args), { batched: true });
}

/**
 * Answers the runner until it says stop or closes the pipe. ops maps names of
 * operations to functions, and names of losses to what loss returns; precision is the arithmetic by whose ulps errors
 * are judged; batch maps names of either to functions that are given a batch; info describes
 * the implementation: version, framework, …
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
export function offer(name, ops, { precision = 'float64', declares, batch = {}, ...info }) {
  const unknown = Object.keys(ops).filter((op) => !(op in ARGUMENTS) && !ops[op].formula);
  if (unknown.length) throw new Error(`unknown ops ${unknown}; known are ${Object.keys(ARGUMENTS)}, and what loss() defines by its formula`);
  const nothing = Object.keys(batch).filter((op) => op in ANSWERS || !(op in ARGUMENTS || ops[op]?.formula));
  if (nothing.length) throw new Error(`batches of unknown losses ${nothing}; there are those of ${Object.keys(ARGUMENTS).filter((op) => !(op in ANSWERS))}, and of what loss() defines`);
  return async (line) => {
    const request = JSON.parse(line);
    if (request.cmd === 'stop') return undefined;
    if (request.cmd === 'start') {
      const implementation = { name, language: 'javascript', language_version: process.version, ...info };
      const offered = Object.entries(ops).map(([op, { formula, ranges }]) => (formula ? { name: op, formula, params: ranges } : op));
      offered.push(...Object.keys(batch).map((op) => `${op}.batch`));
      const together = Object.values(ops).some((op) => (op.f ?? op).batched) ? { together: true } : undefined;
      return JSON.stringify({ version: 1, implementation, precision, ops: offered, declares: together ? { ...together, ...declares } : declares });
    }
    if (request.cmd !== 'run') throw new Error(`unknown cmd ${line}`);
    const results = await answers(ops, batch, request.calls);
    return `{"seq":${JSON.stringify(request.seq)},"results":[${results.join()}]}`;
  };
}

/** One answer a call, in order; those of an op that is batched are found together. */
async function answers(ops, batch, calls) {
  const results = [];
  const together = new Map();
  for (const [k, call] of calls.entries()) {
    if (call.op === 'batch') results[k] = await tried(() => table(ops, batch, call));
    else if (!(ops[call.op].f ?? ops[call.op]).batched) results[k] = await tried(() => alone(ops, call));
    else if (together.has(call.op)) together.get(call.op).push(k);
    else together.set(call.op, [k]);
  }
  for (const [op, at] of together) {
    const found = await atOnce(ops, op, at.map((k) => calls[k]));
    for (const [i, k] of at.entries()) results[k] = found[i];
  }
  return results;
}

async function alone(ops, call) {
  const { f, args } = given(ops, call.op, call);
  return shape(ops, call.op, await f(...args));
}

/** The answers to calls by a function that is given all of them. */
async function atOnce(ops, op, calls) {
  const all = async (calls) => {
    const { f, args } = columns(ops, op, calls);
    let got = await f(...args);
    if (Object.hasOwn(got, 'values')) got = Array.from(got.values, (value, i) => (got.grads ? { value, grad: got.grads[i] } : value));
    if (got.length !== calls.length) throw new Error(`${got.length} answers to ${calls.length} calls: want one a call`);
    return Array.from(got, (g) => shape(ops, op, g));
  };
  try {
    return await all(calls);
  } catch (e) {
    const each = [];
    for (const call of calls) each.push(await tried(async () => (await all([call]))[0]));
    if (e instanceof Unsupported || each.some((a) => /^{"(error|unsupported)"/.test(a))) return each;
    return calls.map(() => JSON.stringify({ error: `${calls.length} calls together, each of which alone is answered: ${e.message ?? e}` }));
  }
}

/** The answer to a batch. */
async function table(ops, batch, { of, rows, mask, weights, reduction }) {
  const { args } = columns(ops, of, rows);
  const more = {
    mask: mask ?? rows.map((row) => row.energies.map(() => true)),
    weights: (weights ?? rows.map(() => 1)).map(Number),
    reduction,
  };
  if (ops[of]?.formula) Object.assign(args[1], more);
  else args.push(more);
  const got = await batch[of](...args);
  const grads = got.grads ? `,"grads":[${Array.from(got.grads, reals).join()}]` : '';
  if (reduction === 'none') return `{"values":${reals(Object.hasOwn(got, 'values') ? got.values : got)}${grads}}`;
  return `{"value":${real(got.value ?? got)}${grads}}`;
}

async function tried(answer) {
  try {
    return await answer();
  } catch (e) {
    return JSON.stringify({ [e instanceof Unsupported ? 'unsupported' : 'error']: String(e.message ?? e) });
  }
}

/** The function of an op, and the arguments that a call is to it. */
function given(ops, op, call) {
  const F = call.energies.map(Number);
  if (ops[op]?.formula) return { f: ops[op].f, args: [F, named(call)] };
  return { f: ops[op], args: [F, ...ARGUMENTS[op].map((a) => Number(call[a]))] };
}

/** The same of many calls: each argument an array, one entry a call. */
function columns(ops, op, calls) {
  const each = calls.map((call) => given(ops, op, call));
  const column = (i) => each.map(({ args }) => args[i]);
  if (!ops[op]?.formula) return { f: each[0].f, args: each[0].args.map((_, i) => column(i)) };
  const names = Object.keys(each[0].args[1]);
  return { f: each[0].f, args: [column(0), Object.fromEntries(names.map((n) => [n, each.map(({ args }) => args[1][n])]))] };
}

/** What a function returned, as the answer to a call of op. */
function shape(ops, op, got) {
  const field = ops[op].formula ? 'value' : ANSWERS[op];
  if (field === 'probs') return `{"probs":${reals(got)}}`;
  if (field === 'index') return `{"index":${Number(got)}}`;
  if (typeof got === 'object') return `{"value":${real(got.value)},"grad":${reals(got.grad)}}`;
  return `{"value":${real(got)}}`;
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
