// What somebody new writes in JavaScript, and what the first run says of it. Run by
// `make packages`, on the package as it is installed.

import assert from 'node:assert/strict';
import test from 'node:test';

import { Failed, check } from 'ebmcheck';

const normalised = (w) => {
  const z = w.reduce((a, b) => a + b);
  return w.map((x) => x / z);
};

function softmax(F, beta) {
  const least = Math.min(...F);
  return normalised(F.map((f) => Math.exp(-beta * (f - least))));
}

function naiveSoftmax(F, beta) {
  return normalised(F.map((f) => Math.exp(-beta * f)));
}

function hinge([F, Fbar], m) {
  const t = m + F - Fbar;
  return { value: Math.max(t, 0), grad: t > 0 ? [1, -1] : [0, 0] };
}

function reversedHinge([F, Fbar], m) {
  const t = m + Fbar - F;
  return { value: Math.max(t, 0), grad: t > 0 ? [-1, 1] : [0, 0] };
}

function logP(F, y, beta) {
  const least = Math.min(...F);
  return -beta * (F[y] - least) - Math.log(F.reduce((z, f) => z + Math.exp(-beta * (f - least)), 0));
}

function focal(F, { y, beta, gamma }) {
  const l = logP(F, y, beta);
  return (-Math.expm1(l)) ** gamma * -l;
}

function focalPowerOfP(F, { y, beta, gamma }) { // p for 1 − p
  const l = logP(F, y, beta);
  return Math.exp(l) ** gamma * -l;
}

const byFormula = { formula: '(1 - p[y])^gamma * -log(p[y])', ranges: { gamma: [0, 5] } };

for (const [f, of] of [[softmax, { op: 'gibbs' }], [hinge, { op: 'hinge' }], [focal, byFormula]]) {
  test(`right: ${f.name}`, () => check(f, of));
}

for (const [f, of, named] of [
  [naiveSoftmax, { op: 'gibbs' }, ['no shift', 'got       NaN']],
  [reversedHinge, { op: 'hinge' }, ['[m + F̄ − F]⁺']],
  [focalPowerOfP, byFormula, ['p_y for 1 − p_y']],
]) {
  test(`wrong: ${f.name}`, async () => {
    const failed = await check(f, of).then(() => assert.fail('it passed'), (e) => e);
    assert(failed instanceof Failed, failed);
    const screen = failed.message.split('\n').slice(0, 24).join('\n');
    assert.deepEqual(named.filter((word) => !screen.includes(word)), [], screen);
  });
}
