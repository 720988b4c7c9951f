"""What somebody new writes in NumPy, and what the first run says of it.

Run by `make packages`, on the package as it is installed.
"""

import ebmcheck
import pytest
from screen import first_screen

np = pytest.importorskip("numpy")
np.seterr(all="ignore")


def softmax(F, beta):
    x = -beta * np.array(F)
    e = np.exp(x - x.max())
    return e / e.sum()


def naive_softmax(F, beta):
    e = np.exp(-beta * np.array(F))
    return e / e.sum()


def hinge(F, m):
    t = m + F[0] - F[1]
    return np.maximum(t, 0), np.where(t > 0, [1.0, -1.0], 0.0)


def reversed_hinge(F, m):
    t = m + F[1] - F[0]
    return np.maximum(t, 0), np.where(t > 0, [-1.0, 1.0], 0.0)


def focal(F, y, beta, gamma):
    x = -beta * np.array(F)
    x = x - x.max()
    log_p = x[y] - np.log(np.exp(x).sum())
    return (-np.expm1(log_p)) ** gamma * -log_p


def focal_power_of_p(F, y, beta, gamma):  # p for 1 − p
    x = -beta * np.array(F)
    x = x - x.max()
    log_p = x[y] - np.log(np.exp(x).sum())
    return np.exp(log_p) ** gamma * -log_p


FOCAL = {"formula": "(1 - p[y])^gamma * -log(p[y])", "gamma": (0, 5)}


@pytest.mark.parametrize("f, of", [(softmax, {"op": "gibbs"}), (hinge, {"op": "hinge"}), (focal, FOCAL)])
def test_right(f, of):
    assert ebmcheck.check(f, **of).passed


@pytest.mark.parametrize("f, of, named", [
    (naive_softmax, {"op": "gibbs"}, ["no shift", "got       NaN"]),
    (reversed_hinge, {"op": "hinge"}, ["[m + F̄ − F]⁺"]),
    (focal_power_of_p, FOCAL, ["p_y for 1 − p_y"]),
])
def test_wrong(f, of, named):
    with pytest.raises(ebmcheck.Failed) as failed:
        ebmcheck.check(f, **of)
    screen = first_screen(failed.value)
    assert [word for word in named if word not in screen] == []
