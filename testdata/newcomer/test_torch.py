"""What somebody new writes in PyTorch, gradients by autograd, and what the first run says of it.

Run by `make packages`, on the package as it is installed.
"""

import ebmcheck
import pytest
from screen import first_screen

torch = pytest.importorskip("torch")
torch.set_num_threads(1)


def energies(F):
    return torch.tensor(F, dtype=torch.float64, requires_grad=True)


def with_gradient(loss, F):
    loss.backward()
    return loss.item(), F.grad


def softmax(F, beta):
    return torch.softmax(-beta * energies(F), 0).detach()


def naive_softmax(F, beta):
    e = torch.exp(-beta * energies(F))
    return (e / e.sum()).detach()


def hinge(F, m):
    F = energies(F)
    return with_gradient(torch.relu(m + F[0] - F[1]), F)


def reversed_hinge(F, m):
    F = energies(F)
    return with_gradient(torch.relu(m + F[1] - F[0]), F)


def nll(F, y, beta):
    F = energies(F)
    return with_gradient(torch.nn.functional.cross_entropy(-beta * F[None], torch.tensor([y])) / beta, F)


def nll_of_logits(F, y, beta):  # the division by β is forgotten
    F = energies(F)
    return with_gradient(torch.nn.functional.cross_entropy(-beta * F[None], torch.tensor([y])), F)


def focal(F, y, beta, gamma):
    F = energies(F)
    log_p = torch.log_softmax(-beta * F, 0)[y]
    return ((-torch.expm1(log_p)) ** gamma * -log_p).item()


def focal_power_of_p(F, y, beta, gamma):  # p for 1 − p
    log_p = torch.log_softmax(-beta * energies(F), 0)[y]
    return (torch.exp(log_p) ** gamma * -log_p).item()


FOCAL = {"formula": "(1 - p[y])^gamma * -log(p[y])", "gamma": (0, 5)}


@pytest.mark.parametrize("f, of", [(softmax, {"op": "gibbs"}), (hinge, {"op": "hinge"}), (nll, {"op": "nll"}), (focal, FOCAL)])
def test_right(f, of):
    assert ebmcheck.check(f, **of).passed


@pytest.mark.parametrize("f, of, named", [
    (naive_softmax, {"op": "gibbs"}, ["no shift", "got       NaN"]),
    (reversed_hinge, {"op": "hinge"}, ["[m + F̄ − F]⁺"]),
    (nll_of_logits, {"op": "nll"}, ["β"]),
    (focal_power_of_p, FOCAL, ["p_y for 1 − p_y"]),
])
def test_wrong(f, of, named):
    with pytest.raises(ebmcheck.Failed) as failed:
        ebmcheck.check(f, **of)
    screen = first_screen(failed.value)
    assert [word for word in named if word not in screen] == []
