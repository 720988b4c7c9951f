"""Keras 3: keras.losses and keras.ops on the JAX backend, gradients by jax.value_and_grad, compiled by jit. float32.

Logits are −βF. A binary loss is given the label 1 and the logit F̄ − F, which is above 0
where the pair is in order.
"""

import inspect
import math
import os

os.environ["KERAS_BACKEND"] = "jax"

import ebmcheck
import jax
import keras
from keras import losses, ops
import numpy as np

cross_entropy = losses.SparseCategoricalCrossentropy(from_logits=True)
log = losses.BinaryCrossentropy(from_logits=True)


def graded(f):
    """f with its gradient by F; y, an index, stays one."""
    g = jax.jit(jax.value_and_grad(f))
    names = list(inspect.signature(f).parameters)

    def op(*args, **named):
        named.update(zip(names, args))
        return g(*(named[a] if a == "y" else np.asarray(named[a], "float32") for a in names))
    op.__signature__ = inspect.signature(f)
    op.__name__ = f.__name__
    return op


def gibbs(F, beta):
    if not 0 < beta < math.inf:
        raise ebmcheck.Unsupported("the limits β = 0 and β = ∞ are no calls of softmax")
    return softmax(np.asarray(F, "float32"), np.asarray(beta, "float32"))


def nll(F, y, beta):
    # The logits outside of jit: inside, XLA would round −βF in the maximum and not in the sum.
    value, slope = of_logits(-np.asarray(beta, "float32") * np.asarray(F, "float32"), y)
    return value / beta, -slope


of_logits = jax.jit(jax.value_and_grad(lambda x, y: cross_entropy(ops.reshape(y, (1,)), x[None])))
softmax = jax.jit(lambda F, beta: ops.softmax(-beta * F))
argmin = jax.jit(ops.argmin)


def score(F):
    """A batch of one logit."""
    return ops.reshape(F[1] - F[0], (1, 1))


ONE = np.ones((1, 1), "float32")


@ebmcheck.loss("pos(1 + F[y] - F[ybar])")
@graded
def binary_hinge(F):
    return losses.hinge(ONE, score(F))[0]


@ebmcheck.loss("pos(1 + F[y] - F[ybar])^2")
@graded
def squared_hinge(F):
    return losses.squared_hinge(ONE, score(F))[0]


@ebmcheck.loss("softplus(d)*sigmoid(d)^g where d = F[y] - F[ybar]", g=(0, 5))
@graded
def binary_focal_crossentropy(F, g):
    return losses.binary_focal_crossentropy(ONE, score(F), gamma=g, from_logits=True)[0]


@ebmcheck.loss("max(0, max(j != y: 1 + F[y] - F[j]))")
@graded
def categorical_hinge(F, y):
    return losses.categorical_hinge(jax.nn.one_hot(y, len(F)), -F)


@ebmcheck.loss("max(0, min(1, (1 + F[y] - F[ybar])/2))")
@graded
def sparsemax(F):
    return 1 - ops.sparsemax(-F)[0]


LOSSES = {
    "free_energy": lambda F, beta: -ops.logsumexp(-beta * F) / beta,
    "energy": lambda F, y: ops.take(F, y),
    "perceptron": lambda F, y: F[y] - ops.min(F),
    "mee": lambda F, y, beta: 1 - ops.softmax(-beta * F)[y],
    "simple": lambda F, m: ops.relu(F[0]) + ops.relu(m - F[1]),
    "hinge": lambda F, m: ops.relu(m + (F[0] - F[1])),
    "log": lambda F: log(ONE, score(F)),
    "soft_hinge": lambda F, m, beta: ops.softplus(beta * (m + (F[0] - F[1]))) / beta,
    "square_square": lambda F, m: ops.square(ops.relu(F[0])) + ops.square(ops.relu(m - F[1])),
    "square_exp": lambda F, gamma: ops.square(F[0]) + gamma * ops.exp(-F[1]),
    "mce": lambda F: ops.sigmoid(F[0] - F[1]),
    "lvq2": lambda F, cap: ops.clip(F[0] - F[1], 0.0, cap),
}
offered = {op: graded(f) for op, f in LOSSES.items()}
offered.update(gibbs=gibbs, nll=nll, infer=lambda F: argmin(np.asarray(F, "float32")))
ebmcheck.serve("keras", offered, precision="float32",
               declares={"flushes": True},  # XLA on a CPU
               framework="keras %s, jax %s" % (keras.__version__, jax.__version__), version=keras.__version__)
