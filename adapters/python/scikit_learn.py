"""scikit-learn: the losses its estimators are trained by, or with the argument metrics those of sklearn.metrics.

Logits are −βF. float64. sklearn.metrics has no gradients, and its hinge_loss
has margin 1.
"""

import sys

import ebmcheck
import numpy as np
import sklearn
from sklearn import metrics
from sklearn._loss.loss import HalfBinomialLoss, HalfMultinomialLoss
from sklearn.utils.extmath import softmax

np.seterr(all="ignore")
binomial, multinomial = HalfBinomialLoss(), {}


def gibbs(F, beta):
    if not 0 < beta < np.inf:
        raise ebmcheck.Unsupported("the limits β = 0 and β = ∞ are no calls of softmax")
    return softmax(-beta * np.array([F]))[0]


def log_loss(F, y, beta):
    if len(F) == 1:
        raise ebmcheck.Unsupported("one answer only is no classification")
    return metrics.log_loss([y], [gibbs(F, beta)], labels=range(len(F))) / beta


def hinge_loss(F, m):
    if m != 1:
        raise ebmcheck.Unsupported("sklearn.metrics.hinge_loss has margin 1")
    try:
        return metrics.hinge_loss([1], [F[1] - F[0]], labels=[0, 1])
    except ValueError as e:
        if "infinity" not in str(e):
            raise
        raise ebmcheck.Unsupported("sklearn.metrics.hinge_loss: %s" % e)


def logistic(t, y):
    """ln(1 + e^t) for y = 0 and ln(1 + e^−t) for y = 1, with its derivative by t."""
    value, slope = binomial.loss_gradient(np.array([float(y)]), np.array([t]))
    return value[0], slope[0]


def nll(F, y, beta):
    x, n = -beta * np.array(F), len(F)
    if n == 1:
        raise ebmcheck.Unsupported("one answer only is no classification")
    if n == 2:  # the raw prediction is the logit of class 1
        value, slope = logistic(x[1] - x[0], y)
        return value / beta, [slope, -slope]
    loss = multinomial.setdefault(n, HalfMultinomialLoss(n_classes=n))
    value, slope = loss.loss_gradient(np.array([float(y)]), x[None])
    return value[0] / beta, -slope[0]


def log(F):
    value, slope = logistic(F[0] - F[1], 0)
    return value, [slope, -slope]


OPS = {
    "losses": {"gibbs": gibbs, "nll": nll, "log": log,
               "mce": lambda F: binomial.link.inverse(np.array([F[0] - F[1]]))[0]},
    "metrics": {"gibbs": gibbs, "nll": log_loss, "hinge": hinge_loss},
}
part = (sys.argv[1:] or ["losses"])[0]
ebmcheck.serve("scikit-learn-" + part, OPS[part], framework="scikit-learn " + sklearn.__version__, version=sklearn.__version__)
