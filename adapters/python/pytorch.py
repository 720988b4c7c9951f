"""PyTorch: torch.nn.functional, gradients by autograd.

float64, or what the one argument says: float32, bfloat16, float16. Logits are
−βF. A pair loss is the library's own where it has one.
"""

import math
import sys

import ebmcheck
import torch
import torch.nn.functional as nn

precision = (sys.argv[1:] or ["float64"])[0]
dtype = getattr(torch, precision)
torch.set_default_dtype(dtype)
torch.set_num_threads(1)  # vectors this short gain nothing from more


def energies(F):
    return torch.tensor(F, dtype=dtype)


def graded(loss):
    """The op that answers the value of loss and what autograd makes of it."""
    def op(F, *rest):
        F = energies(F).requires_grad_()
        value = loss(F, *rest)
        value.backward()
        return value.item(), F.grad
    return op


def gibbs(F, beta):
    if not 0 < beta < math.inf:
        raise ebmcheck.Unsupported("the limits β = 0 and β = ∞ are no calls of softmax")
    return torch.softmax(-beta * energies(F), 0)


def hinge(F, m):
    return nn.margin_ranking_loss(F[0], F[1], torch.tensor(-1.0), margin=m)


ebmcheck.serve("pytorch-" + precision, {
    "gibbs": gibbs,
    "free_energy": graded(lambda F, beta: -torch.logsumexp(-beta * F, 0) / beta),
    "infer": lambda F: torch.argmin(energies(F)),
    "energy": graded(lambda F, y: F[y]),
    "perceptron": graded(lambda F, y: F[y] - torch.min(F)),
    "nll": graded(lambda F, y, beta: nn.cross_entropy(-beta * F, torch.tensor(y)) / beta),
    "mee": graded(lambda F, y, beta: 1 - torch.softmax(-beta * F, 0)[y]),
    "simple": graded(lambda F, m: nn.relu(F[0]) + nn.relu(m - F[1])),
    "hinge": graded(hinge),
    "log": graded(lambda F: nn.soft_margin_loss(F[0] - F[1], torch.tensor(-1.0))),
    "soft_hinge": graded(lambda F, m, beta: nn.softplus(m + (F[0] - F[1]), beta=beta)),
    "square_square": graded(lambda F, m: nn.relu(F[0]).square() + nn.relu(m - F[1]).square()),
    "square_exp": graded(lambda F, gamma: F[0].square() + gamma * torch.exp(-F[1])),
    "mce": graded(lambda F: torch.sigmoid(F[0] - F[1])),
    "lvq2": graded(lambda F, cap: torch.clamp(F[0] - F[1], 0.0, cap)),
}, precision=precision, framework="torch " + torch.__version__, version=torch.__version__)
