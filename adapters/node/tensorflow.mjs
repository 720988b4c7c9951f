// TensorFlow.js: tf.losses where it has the loss, gradients by tf.valueAndGrad.
// float32, which is all that TensorFlow.js computes in. Logits are −βF.

import { serve, Unsupported } from './index.mjs';
import { createRequire } from 'node:module'; // require, unlike import, looks where NODE_PATH says

const tf = createRequire(import.meta.url)('@tensorflow/tfjs');
await tf.setBackend('cpu');
tf.enableProdMode();

const one = (t) => t.dataSync()[0];
const pick = (F, y) => tf.sum(tf.gather(F, [y]));
const logits = (F, beta) => tf.mul(F, -beta);
const oneHot = (y, n) => tf.tensor1d(Array.from({ length: n }, (_, i) => Number(i === y))); // tf.oneHot wants n ≥ 2

// The op that answers the value of loss and its gradient by F.
const graded = (loss) => (F, ...rest) => tf.tidy(() => {
  const { value, grad } = tf.valueAndGrad((F) => loss(F, ...rest))(tf.tensor1d(F, 'float32'));
  return { value: one(value), grad: grad.dataSync() };
});
const pair = (loss) => (F, ...rest) => tf.tidy(() => {
  const { value, grads } = tf.valueAndGrads((F, Fbar) => loss(F, Fbar, ...rest))(F.map((f) => tf.scalar(f, 'float32')));
  return { value: one(value), grad: grads.map(one) };
});
const softmax = (F, beta) => {
  if (!(beta > 0 && beta < Infinity)) throw new Unsupported('the limits β = 0 and β = ∞ are no calls of softmax');
  return tf.softmax(logits(F, beta));
};
const plain = (f) => (F, ...rest) => tf.tidy(() => f(tf.tensor1d(F, 'float32'), ...rest).dataSync());

await serve('tensorflow.js', {
  gibbs: plain(softmax),
  free_energy: graded((F, beta) => tf.div(tf.logSumExp(logits(F, beta)), -beta)),
  infer: plain((F) => tf.argMin(F)),
  energy: graded((F, y) => pick(F, y)),
  perceptron: graded((F, y) => tf.sub(pick(F, y), tf.min(F))),
  nll: graded((F, y, beta) => tf.div(tf.losses.softmaxCrossEntropy(oneHot(y, F.size), logits(F, beta)), beta)),
  mee: graded((F, y, beta) => tf.sub(1, pick(tf.softmax(logits(F, beta)), y))),
  simple: pair((F, Fbar, m) => tf.add(tf.relu(F), tf.relu(tf.sub(m, Fbar)))),
  hinge: pair((F, Fbar, m) => tf.relu(tf.add(m, tf.sub(F, Fbar)))),
  log: pair((F, Fbar) => tf.losses.sigmoidCrossEntropy(tf.scalar(1), tf.sub(Fbar, F))),
  soft_hinge: pair((F, Fbar, m, beta) => tf.div(tf.softplus(tf.mul(tf.add(m, tf.sub(F, Fbar)), beta)), beta)),
  square_square: pair((F, Fbar, m) => tf.add(tf.square(tf.relu(F)), tf.square(tf.relu(tf.sub(m, Fbar))))),
  square_exp: pair((F, Fbar, gamma) => tf.add(tf.square(F), tf.mul(gamma, tf.exp(tf.neg(Fbar))))),
  mce: pair((F, Fbar) => tf.sigmoid(tf.sub(F, Fbar))),
  lvq2: pair((F, Fbar, cap) => tf.clipByValue(tf.sub(F, Fbar), 0, cap)),
}, { precision: 'float32', framework: `tfjs ${tf.version.tfjs}`, version: tf.version.tfjs });
