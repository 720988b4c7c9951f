"""NumPy and SciPy: the functions of scipy.special, and ufuncs for the pair losses.

Logits are −βF. Gradients are written from the same functions: SciPy has none.
"""

import ebmcheck
import numpy as np
import scipy
from scipy import special

np.seterr(all="ignore")


def one_hot(y, n):
    return np.eye(1, n, y)[0]


def gibbs(F, beta):
    if not 0 < beta < np.inf:
        raise ebmcheck.Unsupported("the limits β = 0 and β = ∞ are no calls of softmax")
    return special.softmax(-beta * np.asarray(F))


def free_energy(F, beta):
    x = -beta * np.asarray(F)
    return -special.logsumexp(x) / beta, special.softmax(x)


def nll(F, y, beta):
    x = -beta * np.asarray(F)
    return -special.log_softmax(x)[y] / beta, one_hot(y, len(F)) - special.softmax(x)


def mee(F, y, beta):
    p = special.softmax(-beta * np.asarray(F))
    return 1 - p[y], beta * p[y] * (one_hot(y, len(F)) - p)


def soft_hinge(F, m, beta):
    t = beta * (m + np.float64(F[0]) - F[1])
    s = special.expit(t)
    return special.softplus(t) / beta, [s, -s]


def log(F):
    d = np.float64(F[0]) - F[1]
    s = special.expit(d)
    return np.logaddexp(0.0, d), [s, -s]


def mce(F):
    d = np.float64(F[0]) - F[1]
    s = special.expit(d) * special.expit(-d)
    return special.expit(d), [s, -s]


ebmcheck.serve("numpy+scipy", {
    "gibbs": gibbs,
    "free_energy": free_energy,
    "infer": np.argmin,
    "perceptron": lambda F, y: F[y] - np.min(F),
    "nll": nll,
    "mee": mee,
    "simple": lambda F, m: np.maximum(0.0, F[0]) + np.maximum(0.0, m - F[1]),
    "hinge": lambda F, m: np.maximum(0.0, m + (np.float64(F[0]) - F[1])),
    "log": log,
    "soft_hinge": soft_hinge,
    "square_square": lambda F, m: np.square(np.maximum(0.0, F[0])) + np.square(np.maximum(0.0, m - F[1])),
    "square_exp": lambda F, gamma: np.square(np.float64(F[0])) + gamma * np.exp(-F[1]),
    "mce": mce,
    "lvq2": lambda F, cap: np.clip(np.float64(F[0]) - F[1], 0.0, cap),
}, framework="numpy %s, scipy %s" % (np.__version__, scipy.__version__), version=scipy.__version__)
