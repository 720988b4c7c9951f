"""Puts an implementation of energy-based losses, in Python, through ebmcheck.

    from ebmcheck_adapter import serve

    def hinge(F, m):                       # F = [F(x,y), F(x,ȳ)]
        t = m + F[0] - F[1]
        return max(t, 0.0), [1.0, -1.0] if t > 0 else [0.0, 0.0]

    serve("my-losses", {"hinge": hinge})

One file, standard library only, Python 3.8 or newer: copy it beside your own.

A function takes the energies F, a list of float64, and then what its op is
sent, in the order of ARGUMENTS. It returns what the op answers:

    gibbs         the probabilities, one an energy
    infer         the index of a minimiser
    the others    the value, or (value, gradient by each energy)

Numbers may be Python's, NumPy's, or anything with float() and tolist(), such
as a tensor. NaN and ±Inf come and go as floats; how JSON spells them is seen to here.
An exception refuses the call; raise Unsupported for what is no business of
yours, such as β = 0.

Importing this file takes standard output for the protocol, and what is
printed from then on goes to standard error. So import it first.
"""

import json
import os
import platform
import sys

# What a function is given after the energies: y the index of the right answer,
# β, the margin m, γ, and the cap M.
ARGUMENTS = {
    "gibbs": ("beta",),
    "free_energy": ("beta",),
    "infer": (),
    "energy": ("answer",),
    "perceptron": ("answer",),
    "nll": ("answer", "beta"),
    "mee": ("answer", "beta"),
    "simple": ("margin",),
    "hinge": ("margin",),
    "log": (),
    "soft_hinge": ("margin", "beta"),
    "square_square": ("margin",),
    "square_exp": ("gamma",),
    "mce": (),
    "lvq2": ("cap",),
}


class Unsupported(Exception):
    """This call is outside what the implementation does; the message says why."""


def _take(fd, instead):
    """Keeps what fd is now, for the protocol, and lets everyone else have instead."""
    kept = os.dup(fd)
    os.dup2(instead, fd)
    return kept


_answers = os.fdopen(_take(1, 2), "w", encoding="ascii", newline="\n")
_requests = os.fdopen(_take(0, os.open(os.devnull, os.O_RDONLY)), "rb")


def serve(name, ops, precision="float64", **info):
    """Answers the runner until it says stop or closes the pipe.

    ops maps names of operations to functions. precision is the arithmetic by
    whose ulps errors are judged: float64, float32, bfloat16 or float16. info
    describes the implementation: version, framework, homepage, …
    """
    unknown = sorted(set(ops) - set(ARGUMENTS))
    if unknown:
        raise ValueError("unknown ops %s; known are %s" % (unknown, list(ARGUMENTS)))
    table = {op: (f, ARGUMENTS[op], _SHAPES.get(op, _value)) for op, f in ops.items()}
    for line in _requests:
        request = json.loads(line)
        cmd = request.get("cmd")
        if cmd == "run":
            reply = {"seq": request["seq"], "results": [_answer(table, c) for c in request["calls"]]}
        elif cmd == "start":
            about = {"name": name, "language": "python", "language_version": platform.python_version()}
            about.update(info)
            reply = {"version": 1, "implementation": about, "precision": precision, "ops": list(ops)}
        elif cmd == "stop":
            return
        else:
            raise ValueError("unknown cmd %r" % (cmd,))
        try:
            text = json.dumps(reply, allow_nan=False)
        except ValueError:  # NaN or ±Inf somewhere, which is rare: only now look for it
            text = json.dumps(_spell(reply), allow_nan=False)
        try:
            _answers.write(text + "\n")
            _answers.flush()
        except BrokenPipeError:
            os._exit(0)  # the runner is gone; there is nobody to flush to


def _answer(table, call):
    try:
        f, arguments, shape = table[call["op"]]
        # float() reads "Infinity" and "NaN" too.
        rest = [call[a] if a == "answer" else float(call[a]) for a in arguments]
        return shape(f(list(map(float, call["energies"])), *rest))
    except Unsupported as why:
        return {"unsupported": str(why) or "unsupported"}
    except Exception as e:
        return {"error": "%s: %s" % (type(e).__name__, e)}


def _value(got):
    if type(got) is tuple:
        value, grad = got
        return {"value": float(value), "grad": _floats(grad)}
    return {"value": float(got)}


def _floats(xs):
    return list(map(float, xs.tolist() if hasattr(xs, "tolist") else xs))


_SHAPES = {
    "gibbs": lambda got: {"probs": _floats(got)},
    "infer": lambda got: {"index": int(got)},
}


def _spell(x):
    """x with NaN, Infinity and -Infinity as the strings that stand for them."""
    if isinstance(x, float):
        return x if x - x == 0 else "NaN" if x != x else "Infinity" if x > 0 else "-Infinity"
    if isinstance(x, dict):
        return {k: _spell(v) for k, v in x.items()}
    if isinstance(x, list):
        return [_spell(v) for v in x]
    return x
