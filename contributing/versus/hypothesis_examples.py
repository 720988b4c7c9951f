"""Prints examples that Hypothesis draws, N of them with SEED, and the nanoseconds that the processor took for
all: energies, finite and within ±BOUND if it is not empty, an answer, a parameter."""

import json
import sys
import time

import hypothesis
from hypothesis import strategies as st

N, SEED = int(sys.argv[1]), int(sys.argv[2])
number = st.floats(-float(sys.argv[3]), float(sys.argv[3])) if sys.argv[3] else st.floats(allow_nan=False, allow_infinity=False)
examples = []


@hypothesis.seed(SEED)
@hypothesis.settings(max_examples=N, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck))
@hypothesis.given(st.lists(number, min_size=2, max_size=20), st.integers(0, 19), st.floats(0.01, 100))
def drawn(F, y, p):
    examples.append({"F": F, "Y": y % len(F), "P": p})


begin = time.process_time()
drawn()
print(json.dumps({"NS": (time.process_time() - begin) * 1e9, "Examples": examples}))
