"""What somebody new writes in JAX, gradients by grad, and what the first run says of it.

Run by `make packages` where PyTorch does not install, on the package as it is installed.
"""

import ebmcheck
import pytest
from screen import first_screen

jax = pytest.importorskip("jax")
jax.config.update("jax_enable_x64", True)
jnp = jax.numpy
value_and_grad = jax.value_and_grad


@jax.jit
def softmax(F, beta):
    return jax.nn.softmax(-beta * jnp.array(F))


@jax.jit
def naive_softmax(F, beta):
    e = jnp.exp(-beta * jnp.array(F))
    return e / e.sum()


@jax.jit
@jax.value_and_grad
def hinge(F, m):
    return jax.nn.relu(m + F[0] - F[1])


@jax.jit
@jax.value_and_grad
def reversed_hinge(F, m):
    return jax.nn.relu(m + F[1] - F[0])


@jax.jit
def focal(F, y, beta, gamma):
    log_p = jax.nn.log_softmax(-beta * jnp.array(F))[y]
    return (-jnp.expm1(log_p)) ** gamma * -log_p


@jax.jit
def focal_power_of_p(F, y, beta, gamma):  # p for 1 − p
    log_p = jax.nn.log_softmax(-beta * jnp.array(F))[y]
    return jnp.exp(log_p) ** gamma * -log_p


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
