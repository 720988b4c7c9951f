"""Sentence Transformers: the losses that embedding models are trained by, on given energies. float32, gradients by autograd.

A loss computes from embeddings, by a similarity or a distance that is its argument. The
anchor is the embedding (1), the answers are (−F) to a similarity and (F) to a distance,
which are then the energies themselves. CosineSimilarityLoss has no such argument: its
embeddings are (1, 0) and (−F, 1), whose cosine is −F/√(1 + F²).
"""

import ebmcheck
import sentence_transformers
import torch
from sentence_transformers.sentence_transformer import losses
from sentence_transformers.util import dot_score, pairwise_dot_score

torch.set_num_threads(1)  # vectors this short gain nothing from more
ANCHOR = torch.ones(1, 1)


def graded(value, F):
    value.backward()
    return value.item(), F.grad


def energies(F):
    return torch.tensor(F, dtype=torch.float32, requires_grad=True)


def distance(anchor, other):
    """The dot product of the embeddings (1) and (F): the energy itself."""
    return pairwise_dot_score(anchor, other)


def columns(F):
    """A column of one embedding of length 1 for each answer."""
    return [f.reshape(1, 1) for f in F]


def nll(F, y, beta):
    F = energies(F)
    answers = columns(-F)
    ranking = losses.MultipleNegativesRankingLoss(None, scale=beta, similarity_fct=dot_score)
    return graded(ranking.compute_loss_from_embeddings([ANCHOR, answers.pop(y)] + answers, None) / beta, F)


def hinge(F, m):
    F = energies(F)
    return graded(losses.TripletLoss(None, distance, m).compute_loss_from_embeddings([ANCHOR] + columns(F), None), F)


def pair(F, loss):
    """The loss of two rows: the anchor beside the right answer, with the label 1, and beside the other."""
    return loss.compute_loss_from_embeddings([ANCHOR.repeat(2, 1), F[:, None]], torch.tensor([1.0, 0.0]))


@ebmcheck.loss("(F[y]^2 + pos(m - F[ybar])^2)/2", m=(0, 10))
def contrastive(F, m):
    F = energies(F)
    return graded(pair(F, losses.ContrastiveLoss(None, distance, m, size_average=False)), F)


@ebmcheck.loss("logsumexp(j: beta*F[y] - beta*F[j]) = logsumexp(j: beta*(F[y] - F[j]))")
def cosent(F, y, beta):
    """A row an answer, with the label 1 of the right one and 0 of the others."""
    F, labels = energies(F), torch.zeros(len(F))
    labels[y] = 1
    loss = losses.CoSENTLoss(None, scale=beta, similarity_fct=pairwise_dot_score)
    return graded(loss.compute_loss_from_embeddings([ANCHOR.repeat(len(F), 1), -F[:, None]], labels), F)


@ebmcheck.loss("((1 + F[y]/sqrt(1 + F[y]^2))^2 + (F[ybar]/sqrt(1 + F[ybar]^2))^2)/2")
def cosine_similarity(F):
    F = energies(F)
    anchors, answers = torch.tensor([[1.0, 0.0]] * 2), torch.stack([-F, torch.ones(2)], 1)
    return graded(losses.CosineSimilarityLoss(None).compute_loss_from_embeddings([anchors, answers], torch.tensor([1.0, 0.0])), F)


ebmcheck.serve("sentence-transformers", {"nll": nll, "hinge": hinge}, precision="float32",
               framework="sentence-transformers %s, torch %s" % (sentence_transformers.__version__, torch.__version__),
               version=sentence_transformers.__version__)
