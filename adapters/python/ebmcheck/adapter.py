"""Puts an implementation of energy-based losses, in Python, through ebmcheck.

    from ebmcheck import serve

    def hinge(F, m):                       # F = [F(x,y), F(x,ȳ)]
        t = m + F[0] - F[1]
        return max(t, 0.0), [1.0, -1.0] if t > 0 else [0.0, 0.0]

    serve("my-losses", {"hinge": hinge})

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

While serve runs, standard output is the protocol's, and what is printed goes to
standard error.
"""

from __future__ import annotations

import inspect
import json
import os
import platform
import re
import sys
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple, TypeVar

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


F = TypeVar("F", bound=Callable[..., Any])
_Answer = Callable[[Dict[str, Any]], Any]  # what a function returns for a call
_losses: Dict[str, Tuple[Dict[str, Any], _Answer, Callable[..., Any]]] = {}  # what loss has decorated


def loss(formula: str, name: Optional[str] = None, **ranges: Tuple[float, float]) -> Callable[[F], F]:
    """Offers the function below it as a loss that its formula defines.

    It is called name, or as the function is. The formula is read by the runner, which
    shows the place of a mistake; here it is only looked at for the names in it. ranges
    says where a parameter is drawn from, (0, 10) unless told; beta over decades.
    """
    def offer(f: F) -> F:
        op = name or f.__name__
        if op in _losses and not _again(f, _losses[op][2]):
            raise ValueError("there are two losses called %s: give one another name, @loss(…, name=\"…\")" % op)
        _losses[op] = (*define(op, f, formula, ranges), f)
        return f
    return offer


def _again(f: Callable[..., Any], old: Callable[..., Any]) -> bool:
    """Whether f is old, whose cell in a notebook was run again."""
    return (f.__module__ == old.__module__ == "__main__" and f.__qualname__ == old.__qualname__
            and not hasattr(sys.modules["__main__"], "__file__"))


def decorated(f: Callable[..., Any]) -> Optional[Tuple[Dict[str, Any], _Answer]]:
    """The entry and the answer of the loss that f is, if @loss is above it."""
    return next(((entry, answer) for entry, answer, g in _losses.values() if g is f), None)


def define(op: str, f: Callable[..., Any], formula: str, ranges: Mapping[str, Any]) -> Tuple[Dict[str, Any], _Answer]:
    """The entry of a loss in the answer to start, and what answers a call of it."""
    names = set(re.findall(r"[^\W\d]\w*", formula)) | set(PARAMETERS.values())
    for p, r in ranges.items():
        if p not in names:
            raise ValueError("%s: a range for %s, which its formula does not name: %s" % (op, p, formula))
        try:
            lo, hi = map(float, r)
        except (TypeError, ValueError):
            raise ValueError("%s: the range of %s is %r: want the least and the largest, as in %s=(0, 10)" % (op, p, r, p)) from None
    takes = list(inspect.signature(f).parameters.values())[1:]
    for q in takes:
        if q.name not in names | {"y"} and q.default is q.empty and q.kind not in (q.VAR_POSITIONAL, q.VAR_KEYWORD):
            raise ValueError("%s: the function has an argument %s, which its formula does not name: %s" % (op, q.name, formula))
    entry = {"name": op, "formula": formula, "params": {p: list(map(float, r)) for p, r in ranges.items()}}
    return entry, _named(f, any(q.name == "y" for q in takes))


def _named(f: Callable[..., Any], takes_y: bool) -> _Answer:
    """What answers a call by f, which is given what the call holds by name."""
    def answer(call: Dict[str, Any]) -> Any:
        given = {name: float(call[sent]) for sent, name in PARAMETERS.items() if sent in call}
        given.update((name, float(x)) for name, x in call.get("params", {}).items())
        if takes_y:
            given["y"] = call["answer"]
        return f(list(map(float, call["energies"])), **given)
    return answer


def _placed(f: Callable[..., Any], arguments: Tuple[str, ...]) -> _Answer:
    """What answers a call by f, which is given the arguments in their order."""
    def answer(call: Dict[str, Any]) -> Any:
        # float() reads "Infinity" and "NaN" too.
        rest = [call[a] if a == "answer" else float(call[a]) for a in arguments]
        return f(list(map(float, call["energies"])), *rest)
    return answer


class Offer:
    """What is offered to the runner, and what answers its lines."""

    def __init__(self, name: str, ops: Mapping[str, Callable[..., Any]], losses: Mapping[str, Tuple[Dict[str, Any], _Answer]],
                 precision: str = "float64", declares: Optional[Mapping[str, Any]] = None, info: Optional[Mapping[str, Any]] = None) -> None:
        unknown = sorted(set(ops) - set(ARGUMENTS))
        if unknown:
            raise ValueError("unknown ops %s; known are %s, and what @loss defines by its formula" % (unknown, list(ARGUMENTS)))
        twice = sorted(set(ops) & set(losses))
        if twice:
            raise ValueError("%s among the ops and by @loss: offer one of the two" % twice)
        self._table = {op: (_placed(f, ARGUMENTS[op]), _SHAPES[ANSWERS.get(op, "value")]) for op, f in ops.items()}
        self._table.update((op, (answer, _value)) for op, (_, answer) in losses.items())
        about = {"name": name, "language": "python", "language_version": platform.python_version()}
        about.update(info or {})
        self._start: Dict[str, Any] = {"version": 1, "implementation": about, "precision": precision,
                                       "ops": [*ops, *(entry for entry, _ in losses.values())]}
        if declares:
            self._start["declares"] = dict(declares)

    def respond(self, line: bytes) -> Optional[bytes]:
        """The line that answers line; None where it says stop."""
        request = json.loads(line)
        cmd = request.get("cmd")
        if cmd == "run":
            reply = {"seq": request["seq"], "results": [_answer(self._table, c) for c in request["calls"]]}
        elif cmd == "start":
            reply = self._start
        elif cmd == "stop":
            return None
        else:
            raise ValueError("unknown cmd %r" % (cmd,))
        try:
            text = json.dumps(reply, allow_nan=False)
        except ValueError:  # NaN or ±Inf somewhere, which is rare: only now look for it
            text = json.dumps(_spell(reply), allow_nan=False)
        return text.encode("ascii") + b"\n"


def serve(name: str, ops: Optional[Mapping[str, Callable[..., Any]]] = None, precision: str = "float64",
          declares: Optional[Mapping[str, Any]] = None, **info: Any) -> None:
    """Answers the runner until it says stop or closes the pipe.

    ops maps names of operations to functions; the losses that @loss has decorated are
    offered beside them. precision is the arithmetic by
    whose ulps errors are judged: float64, float32, bfloat16 or float16. declares
    says more of it, where exp, log or log1p are off by more than 2 ulps:
    {"exp_ulps": 64.0}. info describes the implementation: version, framework, …
    """
    offer = Offer(name, ops or {}, {op: (entry, answer) for op, (entry, answer, _) in _losses.items()}, precision, declares, info)
    answers = os.fdopen(_take(1, 2), "wb")
    sys.stdout.flush()  # what was printed before and still waits
    requests = os.fdopen(_take(0, os.open(os.devnull, os.O_RDONLY)), "rb")
    for line in requests:
        reply = offer.respond(line)
        if reply is None:
            return
        try:
            answers.write(reply)
            answers.flush()
        except BrokenPipeError:
            os._exit(0)  # the runner is gone; there is nobody to flush to


def _take(fd: int, instead: int) -> int:
    """Keeps what fd is now, for the protocol, and lets everyone else have instead."""
    kept = os.dup(fd)
    os.dup2(instead, fd)
    return kept


def _answer(table: Dict[str, Tuple[_Answer, Callable[[Any], Dict[str, Any]]]], call: Dict[str, Any]) -> Dict[str, Any]:
    try:
        answer, shape = table[call["op"]]
        return shape(answer(call))
    except Unsupported as why:
        return {"unsupported": str(why) or "unsupported"}
    except Exception as e:
        return {"error": "%s: %s" % (type(e).__name__, e)}


def _value(got: Any) -> Dict[str, Any]:
    if type(got) is tuple:
        value, grad = got
        return {"value": float(value), "grad": _floats(grad)}
    return {"value": float(got)}


def _floats(xs: Any) -> List[float]:
    return list(map(float, xs.tolist() if hasattr(xs, "tolist") else xs))


_SHAPES: Dict[str, Callable[[Any], Dict[str, Any]]] = {
    "value": _value,
    "probs": lambda got: {"probs": _floats(got)},
    "index": lambda got: {"index": int(got)},
}


def _spell(x: Any) -> Any:
    """x with NaN, Infinity and -Infinity as the strings that stand for them."""
    if isinstance(x, float):
        return x if x - x == 0 else "NaN" if x != x else "Infinity" if x > 0 else "-Infinity"
    if isinstance(x, dict):
        return {k: _spell(v) for k, v in x.items()}
    if isinstance(x, list):
        return [_spell(v) for v in x]
    return x
