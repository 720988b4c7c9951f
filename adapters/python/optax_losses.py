"""optax: optax.losses, gradients by jax.value_and_grad, compiled by jit. float64, or with the argument float32.

Scores are −βF. A binary loss is given the label 1 and the score F̄ − F, which is above 0
where the pair is in order. ntxent is given the embeddings (1, 0), of the label of (−F, 1),
and (−F̄, 1), so that the cosines to the first are −F/√(1 + F²) and −F̄/√(1 + F̄²).
"""

import inspect
import sys

import ebmcheck
import jax
import jax.numpy as jnp
import numpy as np
import optax
from optax import losses

precision = (sys.argv[1:] or ["float64"])[0]
jax.config.update("jax_enable_x64", precision == "float64")
ONE = np.ones((), precision)


def graded(f):
    """f with its gradient by F; y, an index, stays one."""
    g = jax.jit(jax.value_and_grad(f))
    names = list(inspect.signature(f).parameters)

    def op(*args, **named):
        named.update(zip(names, args))
        return g(*(named[a] if a == "y" else np.asarray(named[a], precision) for a in names))
    op.__signature__ = inspect.signature(f)
    op.__name__ = f.__name__
    return op


def score(F):
    return F[1] - F[0]


@ebmcheck.loss("pos(1 + F[y] - F[ybar])")
@graded
def hinge_loss(F):
    return losses.hinge_loss(score(F), ONE)


@ebmcheck.loss("pos(F[y] - F[ybar])")
@graded
def perceptron_loss(F):
    return losses.perceptron_loss(score(F), ONE)


@ebmcheck.loss("if(d <= -1, 0, if(d >= 1, d, (d + 1)^2/4)) where d = F[y] - F[ybar]")
@graded
def sparsemax_loss(F):
    return losses.sparsemax_loss(score(F), True)


@ebmcheck.loss("softplus(d)*sigmoid(d)^g = softplus(d)*exp(-g*softplus(-d)) where d = F[y] - F[ybar]", g=(0, 5))
@graded
def sigmoid_focal_loss(F, g):
    return losses.sigmoid_focal_loss(score(F), ONE, gamma=g)


@ebmcheck.loss("max(0, max(j != y: 1 + F[y] - F[j])) = max((1 - F[y]) - 1, max(j != y: 1 - F[j])) + F[y]")
@graded
def multiclass_hinge_loss(F, y):
    return losses.multiclass_hinge_loss(-F, y)


@ebmcheck.loss("beta*F[y] + logsumexp(j: -beta*F[j]) + eps*sum(k != y: p[k])", eps=(0, 2))
@graded
def poly_loss_cross_entropy(F, y, beta, eps):
    return losses.poly_loss_cross_entropy(-beta * F, jax.nn.one_hot(y, len(F), dtype=F.dtype), epsilon=eps)


@ebmcheck.loss("(softplus((a - b)/t) + softplus((a - c)/t))/2 = "
               "(log(exp(s - M) + exp(r - M)) - (s - M) + log(exp(s - N) + exp(q - N)) - (s - N))/2 "
               "where a = F[y]/sqrt(1 + F[y]^2), b = F[ybar]/sqrt(1 + F[ybar]^2), "
               "c = -(1 + F[y]*F[ybar])/(sqrt(1 + F[y]^2)*sqrt(1 + F[ybar]^2)), "
               "s = -a/t, r = -b/t, q = -c/t, M = max(s, r), N = max(s, q)", t=(0.005, 1))
@graded
def ntxent(F, t):
    one = jnp.ones_like(F[0])
    embeddings = jnp.stack([jnp.stack([one, 0 * one]), jnp.stack([-F[0], one]), jnp.stack([-F[1], one])])
    return losses.ntxent(embeddings, jnp.array([0, 0, 1]), t)


cross_entropy = jax.jit(jax.value_and_grad(losses.softmax_cross_entropy_with_integer_labels))


def nll(F, y, beta):
    # The logits outside of jit: inside, XLA would round −βF in the maximum and not in the sum.
    value, slope = cross_entropy(-np.asarray(beta, precision) * np.asarray(F, precision), y)
    return value / beta, -slope


ops = {
    "perceptron": graded(lambda F, y: losses.multiclass_perceptron_loss(-F, y)),
    "nll": nll,
    "log": graded(lambda F: losses.sigmoid_binary_cross_entropy(score(F), ONE)),
}
ebmcheck.serve("optax" if precision == "float64" else "optax-" + precision, ops, precision=precision,
               declares={"flushes": True},  # XLA on a CPU
               framework="optax %s, jax %s" % (optax.__version__, jax.__version__), version=optax.__version__)
