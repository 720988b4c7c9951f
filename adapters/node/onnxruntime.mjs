// ONNX Runtime: one small model an op, of ONNX's own operators.
// float64, or with the argument float32. Logits are −βF. There are no gradients:
// the runtime infers, and leaves training to others.

import { serve, Unsupported } from './index.mjs';
import { onnxModel } from './onnx-model.mjs';
import { createRequire } from 'node:module'; // require, unlike import, looks where NODE_PATH says

const ort = createRequire(import.meta.url)('onnxruntime-node');
const precision = process.argv[2] ?? 'float64';
const Reals = { float64: Float64Array, float32: Float32Array }[precision];

const real = (x) => new ort.Tensor(precision, Reals.of(x), []);
const one = (result) => Number(result.data[0]);

// A session that takes named inputs; resolves to the tensor out.
async function session(ranks, text) {
  const model = onnxModel(precision === 'float64' ? 'double' : 'float', ranks, text);
  const s = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  return async (feeds) => (await s.run(feeds)).out;
}

// An op on n energies, F a 1 × n matrix, and after it what more is named: y, beta.
async function vector(more, text, answer = one) {
  const run = await session({ F: 2, ...Object.fromEntries(more.map((name) => [name, name === 'y' ? 1 : 0])) }, text);
  return async (F, ...rest) => {
    const feeds = { F: new ort.Tensor(precision, Reals.from(F), [1, F.length]) };
    more.forEach((name, i) => {
      feeds[name] = name === 'y' ? new ort.Tensor('int64', BigInt64Array.of(BigInt(rest[i])), [1]) : real(rest[i]);
    });
    return answer(await run(feeds));
  };
}

// A pair loss of the scalars F and Fbar, and after them what more is named.
async function pair(more, text) {
  const names = ['F', 'Fbar', ...more];
  const run = await session(Object.fromEntries(names.map((name) => [name, 0])), text);
  return async ([F, Fbar], ...rest) => one(await run(Object.fromEntries([F, Fbar, ...rest].map((x, i) => [names[i], real(x)]))));
}

// An op that does without the limits of β, for they are no calls of Softmax.
const finite = (op) => (F, beta) => {
  if (!(beta > 0 && beta < Infinity)) throw new Unsupported('the limits β = 0 and β = ∞ are no calls of softmax');
  return op(F, beta);
};

const x = 'n = Neg(F); x = Mul(n, beta);';
await serve(`onnxruntime-${precision}`, {
  gibbs: finite(await vector(['beta'], `${x} out = Softmax<axis=1>(x)`, (out) => out.data)),
  free_energy: await vector(['beta'], `${x} l = ReduceLogSumExp(x); q = Div(l, beta); out = Neg(q)`),
  infer: await vector([], 'out = ArgMin<axis=1>(F)'),
  perceptron: await vector(['y'], 'f = Gather<axis=1>(F, y); l = ReduceMin(F); out = Sub(f, l)'),
  nll: await vector(['y', 'beta'], `${x} l = SoftmaxCrossEntropyLoss(x, y); out = Div(l, beta)`),
  mee: await vector(['y', 'beta'], `${x} p = Softmax<axis=1>(x); q = Gather<axis=1>(p, y); out = Sub(one, q)`),
  simple: await pair(['m'], 'a = Relu(F); t = Sub(m, Fbar); b = Relu(t); out = Add(a, b)'),
  hinge: await pair(['m'], 'd = Sub(F, Fbar); t = Add(m, d); out = Relu(t)'),
  log: await pair([], 'd = Sub(F, Fbar); out = Softplus(d)'),
  soft_hinge: await pair(['m', 'beta'], 'd = Sub(F, Fbar); t = Add(m, d); z = Mul(beta, t); s = Softplus(z); out = Div(s, beta)'),
  square_square: await pair(['m'], 'a = Relu(F); t = Sub(m, Fbar); b = Relu(t); q = Mul(a, a); r = Mul(b, b); out = Add(q, r)'),
  square_exp: await pair(['gamma'], 'q = Mul(F, F); n = Neg(Fbar); e = Exp(n); r = Mul(gamma, e); out = Add(q, r)'),
  mce: await pair([], 'd = Sub(F, Fbar); out = Sigmoid(d)'),
  lvq2: await pair(['cap'], 'd = Sub(F, Fbar); out = Clip(d, zero, cap)'),
}, { precision, framework: `onnxruntime-node ${ort.env.versions.node}`, version: ort.env.versions.node });
