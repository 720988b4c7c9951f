"""JAX: jax.nn, gradients by jax.value_and_grad, compiled by jit. float64, or with the argument float32.

Logits are −βF. float64 wants the switch jax_enable_x64, without which JAX
makes float32 of everything. Arguments are NumPy's arrays: jit takes them in a
fifth of the time that it takes to make JAX's own of them first.
"""

import math
import sys

import ebmcheck
import jax
from jax import nn
import jax.numpy as jnp
import numpy as np
from ebmcheck.adapter import ARGUMENTS

precision = (sys.argv[1:] or ["float64"])[0]
jax.config.update("jax_enable_x64", precision == "float64")


def reals(op, rest):
    return [r if a == "answer" else np.asarray(r, precision) for a, r in zip(ARGUMENTS[op], rest)]


def graded(op, loss):
    f = jax.jit(jax.value_and_grad(loss))
    return lambda F, *rest: f(np.asarray(F, precision), *reals(op, rest))


def gibbs(F, beta):
    if not 0 < beta < math.inf:
        raise ebmcheck.Unsupported("the limits β = 0 and β = ∞ are no calls of softmax")
    return softmax(np.asarray(F, precision), np.asarray(beta, precision))


softmax = jax.jit(lambda F, beta: nn.softmax(-beta * F))
argmin = jax.jit(jnp.argmin)
LOSSES = {
    "free_energy": lambda F, beta: -nn.logsumexp(-beta * F) / beta,
    "energy": lambda F, y: F[y],
    "perceptron": lambda F, y: F[y] - jnp.min(F),
    "nll": lambda F, y, beta: -nn.log_softmax(-beta * F)[y] / beta,
    "mee": lambda F, y, beta: 1 - nn.softmax(-beta * F)[y],
    "simple": lambda F, m: nn.relu(F[0]) + nn.relu(m - F[1]),
    "hinge": lambda F, m: nn.relu(m + (F[0] - F[1])),
    "log": lambda F: nn.softplus(F[0] - F[1]),
    "soft_hinge": lambda F, m, beta: nn.softplus(beta * (m + (F[0] - F[1]))) / beta,
    "square_square": lambda F, m: jnp.square(nn.relu(F[0])) + jnp.square(nn.relu(m - F[1])),
    "square_exp": lambda F, gamma: jnp.square(F[0]) + gamma * jnp.exp(-F[1]),
    "mce": lambda F: nn.sigmoid(F[0] - F[1]),
    "lvq2": lambda F, cap: jnp.clip(F[0] - F[1], 0.0, cap),
}

ops = {op: graded(op, loss) for op, loss in LOSSES.items()}
ops.update(gibbs=gibbs, infer=lambda F: argmin(np.asarray(F, precision)))
ebmcheck.serve("jax" if precision == "float64" else "jax-" + precision, ops, precision=precision,
               declares={"flushes": True},  # XLA on a CPU
               framework="jax " + jax.__version__, version=jax.__version__)
