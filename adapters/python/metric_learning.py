"""PyTorch Metric Learning: its losses on given energies. float32, gradients by autograd.

The anchor is the embedding (1), the answers are (−F), and the similarity is the library's
DotProductSimilarity without normalization: −F itself. A margin of a similarity is that of
an energy with the other sign.
"""

import ebmcheck
import pytorch_metric_learning
import torch
from pytorch_metric_learning import losses
from pytorch_metric_learning.distances import DotProductSimilarity

torch.set_num_threads(1)  # vectors this short gain nothing from more


def graded(F, loss, y=0, by_label=False, margin=0.0):
    """What loss makes of the anchor, its one right answer y and all others as wrong ones."""
    F = torch.tensor(F, dtype=torch.float32, requires_grad=True)
    most = torch.finfo(F.dtype).max / 8
    if abs(margin) > most or (F.abs() > most)[F.isfinite()].any():
        raise ebmcheck.Unsupported("what comes twice may add up to no number")
    anchor = torch.ones(1, 1, requires_grad=True)
    right = torch.arange(len(F)) == y
    if by_label:  # of a batch of one it makes 0, so the anchor comes twice
        value = loss(anchor.repeat(2, 1), torch.tensor([1, 1]), ref_emb=-F[:, None], ref_labels=right.long())
    else:
        wrong = torch.nonzero(~right)[:, 0]  # of one pair of each kind it makes 0, so the right one comes twice
        pairs = torch.zeros(2, dtype=torch.long), torch.tensor([y, y]), torch.zeros_like(wrong), wrong
        value = loss(anchor, None, pairs, -F[:, None], None)
    value.backward()
    return value.item(), torch.zeros_like(F) if F.grad is None else F.grad


def similarity():
    return DotProductSimilarity(normalize_embeddings=False)


@ebmcheck.loss("softplus(logsumexp(j != y: beta*(F[y] - F[j]))) = logsumexp(j: beta*F[y] - beta*F[j])")
def nca(F, y, beta):
    return graded(F, losses.NCALoss(softmax_scale=beta, distance=similarity()), y, by_label=True)


@ebmcheck.loss("softplus(logsumexp(j != y: (F[y] - F[j])/t)) = logsumexp(j: F[y]/t - F[j]/t)", t=(0.01, 1))
def ntxent(F, y, t):
    return graded(F, losses.NTXentLoss(temperature=t, distance=similarity()), y)


@ebmcheck.loss("softplus(logsumexp(j != y: (F[y] - F[j])/t)) = logsumexp(j: F[y]/t - F[j]/t)", t=(0.01, 1))
def supcon(F, y, t):
    return graded(F, losses.SupConLoss(temperature=t, distance=similarity()), y)


@ebmcheck.loss("softplus(m + F[y] - F[ybar])", m=(0, 10))
def smooth_triplet(F, m):
    return graded(F, losses.TripletMarginLoss(margin=m, smooth_loss=True, distance=similarity()))


@ebmcheck.loss("pos(m + F[y] - F[ybar])^2/2", m=(0, 10))
def lifted_structure(F, m):
    return graded(F, losses.LiftedStructureLoss(neg_margin=-m, distance=similarity()))


@ebmcheck.loss("softplus(a*(F[y] - m))/a + softplus(b*(m - F[ybar]))/b = "
               "(M + log(exp(-M) + exp(u - M)))/a + (N + log(exp(-N) + exp(v - N)))/b "
               "where u = a*(F[y] - m), v = b*(m - F[ybar]), M = max(u, 0), N = max(v, 0)", a=(0.5, 4), b=(0.5, 64), m=(0, 10))
def multi_similarity(F, a, b, m):
    return graded(F, losses.MultiSimilarityLoss(alpha=a, beta=b, base=-m, distance=similarity()))


ebmcheck.serve("pytorch-metric-learning", {
    "hinge": lambda F, m: graded(F, losses.TripletMarginLoss(margin=m, distance=similarity()), margin=m),
    "simple": lambda F, m: graded(F, losses.ContrastiveLoss(pos_margin=0, neg_margin=-m, distance=similarity())),
}, precision="float32", framework="pytorch-metric-learning %s, torch %s" % (pytorch_metric_learning.__version__, torch.__version__),
    version=pytorch_metric_learning.__version__)
