// Is this loss right? Judges a function against correctly rounded truth.
//
//   import { check } from 'ebmcheck';
//
//   test('hinge', () => check(([F, Fbar], m) => Math.max(m + F - Fbar, 0), { op: 'hinge' }));
//
// check runs ebmcheck, the command, on a function where it is. serve makes of a script an
// adapter, the child of "ebmcheck gate -- node my-losses.mjs". What functions are given
// and return is said in adapter.mjs.

export { Unsupported, batched, loss, serve } from './adapter.mjs';
export { NoBinary } from './binary.mjs';
export { Failed, Verdict, check } from './check.mjs';
