"""What others take for the log-sum-exp of a vector, and for a certified check of the nll.

A request is a line of JSON, and so is each answer. Times are in nanoseconds a call: of the
processor for a sum, as the other sides are measured; of the clock for a check, as `go test -bench` is.
"""

import json
import sys
import time

import_errors = (ImportError, OSError)
have, sums = {}, {}

try:
    import numpy as np
    import scipy
    import scipy.special

    have["SciPy"] = f"NumPy {np.__version__}, SciPy {scipy.__version__}"
    sums["SciPy"] = (np.array, scipy.special.logsumexp)
except import_errors:
    pass
try:
    import torch

    torch.set_num_threads(1)
    have["PyTorch"] = "PyTorch " + torch.__version__.split("+")[0]
    sums["PyTorch"] = (lambda x: torch.tensor(x, dtype=torch.float64), lambda x: torch.logsumexp(x, 0))
except import_errors:
    pass
try:
    import jax

    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_platforms", "cpu")
    have["JAX"] = "JAX " + jax.__version__
    compiled = jax.jit(jax.scipy.special.logsumexp)
    sums["JAX"] = (jax.numpy.array, lambda x: compiled(x).block_until_ready())
except import_errors:
    pass
try:
    import math

    import hypothesis
    import mpmath
    from hypothesis import strategies as st

    have["Hypothesis"] = f"Hypothesis {hypothesis.__version__}, mpmath {mpmath.__version__}"
except import_errors:
    pass


def plain(F, y, beta):
    """The nll and its gradient, shifted by the minimum, as one would write it."""
    low = min(F)
    w = [math.exp(-beta * (f - low)) for f in F]
    Z = sum(w)
    return F[y] - low + math.log(Z) / beta, [(i == y) - v / Z for i, v in enumerate(w)]


def near(got, want):
    return abs(got - want) <= 1e-9 * max(1, abs(want))


def certified(F, y, beta):
    """The same at 50 digits, and whether what plain says is near."""
    value, grad = plain(F, y, beta)
    w = [mpmath.exp(-mpmath.mpf(beta) * f) for f in F]
    Z = mpmath.fsum(w)
    assert near(value, F[y] + mpmath.log(Z) / beta)
    assert all(near(g, (i == y) - v / Z) for i, (g, v) in enumerate(zip(grad, w)))


def check(examples):
    """Nanoseconds an example of Hypothesis, all told, and of the check alone."""
    mpmath.mp.dps = 50
    asked = []

    @hypothesis.settings(max_examples=examples, deadline=None, database=None, derandomize=True,
                         suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(st.lists(st.floats(-50, 50), min_size=8, max_size=8), st.integers(0, 7), st.floats(0.01, 100))
    def holds(F, y, beta):
        asked.append((F, y, beta))
        certified(F, y, beta)

    begin = time.perf_counter()
    holds()
    all_told = (time.perf_counter() - begin) / len(asked)
    begin = time.perf_counter()
    for a in asked:
        certified(*a)
    return all_told * 1e9, (time.perf_counter() - begin) / len(asked) * 1e9


def timed(of, x, seconds):
    of(x)
    calls, begin = 0, time.process_time()
    while (took := time.process_time() - begin) < seconds or calls == 0:
        for _ in range(1 + calls):
            of(x)
        calls += 1 + calls
    return took / calls * 1e9


held = {}
print(json.dumps(have), flush=True)
for line in sys.stdin:
    r = json.loads(line)
    if "x" in r:  # vectors to hold, for all that follows
        held = {by: [make(x) for x in r["x"]] for by, (make, _) in sums.items()}
        answer = {}
    elif "examples" in r:
        answer = dict(zip(("all", "alone"), check(r["examples"])))
    else:
        of, xs = sums[r["by"]][1], held[r["by"]]
        answer = {"ns": timed(of, xs[0], r["seconds"]), "values": [float(of(x)) for x in xs]}
    print(json.dumps(answer), flush=True)
