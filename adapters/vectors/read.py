"""Judges NumPy by the vectors that "ebmcheck vectors" writes: python3 read.py vectors.json"""

import json
import math
import sys

import numpy as np

np.seterr(all="ignore")
OPS = {  # of the energies, the right answer and the op's parameters: a value or an index
    "infer": lambda F, y: np.argmin(F),
    "hinge": lambda F, y, margin: np.maximum(0.0, margin + (F[0] - F[1])),
    "log": lambda F, y: np.logaddexp(0.0, F[0] - F[1]),
    "perceptron": lambda F, y: F[y] - np.min(F),
    "square_exp": lambda F, y, gamma: np.square(F[0]) + gamma * np.exp(-F[1]),
}


def right(want, got):
    lo, hi = want[2:] or (want[0], want[0])  # without bounds what is right alone is
    if lo is None:
        return True  # nothing is REQUIRED
    if lo == "NaN":
        return not math.isfinite(got)
    return float(lo) <= got <= float(hi)


judged = wrong = 0
for case in json.load(open(sys.argv[1]))["cases"]:
    call = dict(case["call"])
    op, F = call.pop("op"), np.array([float(x) for x in call.pop("energies")])
    if op not in OPS or not {"value", "index"} & set(case):
        continue
    y = call.pop("answer", 0)
    got = OPS[op](F, y, **{name: float(x) for name, x in call.items()})
    judged += 1
    if not (got in case["index"] if op == "infer" else right(case["value"], got)):
        wrong += 1
        print(case["call"], "got", got, "right is", case.get("value", case.get("index")), case.get("fault", ""))
print(f"{wrong} of {judged} are wrong")
sys.exit(wrong > 0 or judged == 0)  # nothing judged is no pass
