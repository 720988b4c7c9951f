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

A loss that is not among them is judged by its formula:

    @loss("pos(m + F[y] - F[ybar])^2", m=(0, 10))
    def squared_hinge(F, m):
        t = max(m + F[0] - F[1], 0.0)
        return t * t, [2 * t, -2 * t]

    serve("my-losses")

It is given F and then, by name, what its formula names: beta, m, gamma, M, any other
parameter, and y, the index of the right answer, if it has an argument of that name. A
formula over F[y] and F[ybar] alone is about a pair, F = [F(x,y), F(x,ȳ)]; any other is
given all energies. The ranges are those that the parameters are drawn from.

Numbers may be Python's, NumPy's, or anything with float() and tolist(), such
as a tensor. NaN and ±Inf come and go as floats; how JSON spells them is seen to here.
An exception refuses the call; raise Unsupported for what is no business of
yours, such as β = 0.

Importing this file takes standard output for the protocol, and what is
printed from then on goes to standard error. So import it first.
"""

import inspect
import json
import os
import platform
import re
import sys

# What a function is given after the energies (y, the index of the right answer, is
# called answer), which field of the answer is not value, and what a formula calls a
# parameter.
# ops, as `make update` writes them
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
ANSWERS = {
    "gibbs": "probs",
    "infer": "index",
}
PARAMETERS = {
    "beta": "beta",
    "margin": "m",
    "gamma": "gamma",
    "cap": "M",
}
# end of ops


class Unsupported(Exception):
    """This call is outside what the implementation does; the message says why."""


_losses = {}  # what loss has decorated: the entry of each in the answer to start, and its function


def loss(formula, name=None, **ranges):
    """Offers the function below it as a loss that its formula defines.

    It is called name, or as the function is. The formula is read by the runner, which
    shows the place of a mistake; here it is only looked at for the names in it. ranges
    says where a parameter is drawn from, (0, 10) unless told; beta over decades.
    """
    def offer(f):
        op = name or f.__name__
        if op in _losses:
            raise ValueError("there are two losses called %s: give one another name, @loss(…, name=\"…\")" % op)
        names = set(re.findall(r"[^\W\d]\w*", formula)) | set(PARAMETERS.values())
        for p, r in ranges.items():
            if p not in names:
                raise ValueError("%s: a range for %s, which its formula does not name: %s" % (op, p, formula))
            try:
                lo, hi = map(float, r)
            except (TypeError, ValueError):
                raise ValueError("%s: the range of %s is %r: want the least and the largest, as in %s=(0, 10)" % (op, p, r, p)) from None
        takes = list(inspect.signature(f).parameters.values())[1:]
        for p in takes:
            if p.name not in names | {"y"} and p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
                raise ValueError("%s: the function has an argument %s, which its formula does not name: %s" % (op, p.name, formula))
        entry = {"name": op, "formula": formula, "params": {p: list(map(float, r)) for p, r in ranges.items()}}
        _losses[op] = entry, _named(f, any(p.name == "y" for p in takes))
        return f
    return offer


def _named(f, takes_y):
    """What answers a call by f, which is given what the call holds by name."""
    def answer(call):
        given = {name: float(call[sent]) for sent, name in PARAMETERS.items() if sent in call}
        given.update((name, float(x)) for name, x in call.get("params", {}).items())
        if takes_y:
            given["y"] = call["answer"]
        return f(list(map(float, call["energies"])), **given)
    return answer


def _placed(f, arguments):
    """What answers a call by f, which is given the arguments in their order."""
    def answer(call):
        # float() reads "Infinity" and "NaN" too.
        rest = [call[a] if a == "answer" else float(call[a]) for a in arguments]
        return f(list(map(float, call["energies"])), *rest)
    return answer


def _take(fd, instead):
    """Keeps what fd is now, for the protocol, and lets everyone else have instead."""
    kept = os.dup(fd)
    os.dup2(instead, fd)
    return kept


_answers = os.fdopen(_take(1, 2), "w", encoding="ascii", newline="\n")
_requests = os.fdopen(_take(0, os.open(os.devnull, os.O_RDONLY)), "rb")


def serve(name, ops=None, precision="float64", declares=None, **info):
    """Answers the runner until it says stop or closes the pipe.

    ops maps names of operations to functions; the losses that @loss has decorated are
    offered beside them. precision is the arithmetic by
    whose ulps errors are judged: float64, float32, bfloat16 or float16. declares
    says more of it, where exp, log or log1p are off by more than 2 ulps:
    {"exp_ulps": 64.0}. info describes the implementation: version, framework, …
    """
    ops = dict(ops or {})
    unknown = sorted(set(ops) - set(ARGUMENTS))
    if unknown:
        raise ValueError("unknown ops %s; known are %s, and what @loss defines by its formula" % (unknown, list(ARGUMENTS)))
    twice = sorted(set(ops) & set(_losses))
    if twice:
        raise ValueError("%s among the ops and by @loss: offer one of the two" % twice)
    table = {op: (_placed(f, ARGUMENTS[op]), _SHAPES[ANSWERS.get(op, "value")]) for op, f in ops.items()}
    table.update((op, (answer, _value)) for op, (_, answer) in _losses.items())
    offered = list(ops) + [entry for entry, _ in _losses.values()]
    for line in _requests:
        request = json.loads(line)
        cmd = request.get("cmd")
        if cmd == "run":
            reply = {"seq": request["seq"], "results": [_answer(table, c) for c in request["calls"]]}
        elif cmd == "start":
            about = {"name": name, "language": "python", "language_version": platform.python_version()}
            about.update(info)
            reply = {"version": 1, "implementation": about, "precision": precision, "ops": offered}
            if declares:
                reply["declares"] = declares
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
        answer, shape = table[call["op"]]
        return shape(answer(call))
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
    "value": _value,
    "probs": lambda got: {"probs": _floats(got)},
    "index": lambda got: {"index": int(got)},
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
