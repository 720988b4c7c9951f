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

What computes many answers at once is given all the calls of a request:

    @batched
    def nll(F, y, beta):                   # each a list, one entry a call
        ...
        return values, grads               # or values alone; each a list, one entry a call

The energies of two calls may be of different number. Padding, masks, weights and
reductions are judged by batches, which serve offers for what batch= has:

    def nll_rows(F, y, beta, mask, weights, reduction):
        ...
        return value, grads                # or value; of reduction "none" a list of values

    serve("my-losses", {"nll": nll}, batch={"nll": nll_rows})

F, mask and grads are tables: a list a row, all of one length. y, beta and weights have an
entry a row. Where mask is False the energy is padding and its gradient is 0. The values
are w·ℓ of each row, "sum" is Σ w·ℓ and "mean" Σ w·ℓ / Σ w, of the rows that mask does not
leave out altogether; grads are the derivatives of what is returned.

Numbers may be Python's, NumPy's, or anything with float() and tolist(), such
as a tensor. NaN and ±Inf come and go as floats; how JSON spells them is seen to here.
An exception refuses the call; raise Unsupported for what is no business of
yours, such as β = 0.

While serve runs, standard output is the protocol's, and what is printed goes to
standard error.
"""

from __future__ import annotations

import functools
import inspect
import json
import os
import platform
import re
import sys
import traceback
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple, TypeVar, cast

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


_Call = Dict[str, Any]
_Reply = Dict[str, Any]
_Given = Callable[[_Call], Tuple[List[Any], Dict[str, Any]]]  # how a function is given a call
_Answers = Callable[[List[_Call]], List[_Reply]]
F = TypeVar("F", bound=Callable[..., Any])


def batched(f: F) -> F:
    """Marks f as one that is given all the calls of a request at once: each argument is a
    list, one entry a call, and it returns one answer a call, or (values, gradients).

    Where it raises an exception it is asked each call alone, so that only those are refused
    for which it does so again; if none is, all are. Unsupported is no refusal: "not together".
    """
    @functools.wraps(f)
    def g(*args: Any, **named: Any) -> Any:
        return f(*args, **named)
    setattr(g, "batched", True)
    return cast(F, g)


class Loss(NamedTuple):
    """A loss that its formula defines: what is said of it in the answer to start, its
    function, and how that is given a call."""
    entry: Dict[str, Any]
    f: Callable[..., Any]
    given: _Given


_losses: Dict[str, Loss] = {}  # what loss has decorated


def loss(formula: str, name: Optional[str] = None, **ranges: Tuple[float, float]) -> Callable[[F], F]:
    """Offers the function below it as a loss that its formula defines.

    It is called name, or as the function is. The formula is read by the runner, which
    shows the place of a mistake; here it is only looked at for the names in it. ranges
    says where a parameter is drawn from, (0, 10) unless told; beta over decades.
    """
    def offer(f: F) -> F:
        op = name or f.__name__
        if op in _losses and not _again(f, _losses[op].f):
            raise ValueError("there are two losses called %s: give one another name, @loss(…, name=\"…\")" % op)
        _losses[op] = define(op, f, formula, ranges)
        return f
    return offer


def _again(f: Callable[..., Any], old: Callable[..., Any]) -> bool:
    """Whether f is old, whose cell in a notebook was run again."""
    return (f.__module__ == old.__module__ == "__main__" and f.__qualname__ == old.__qualname__
            and not hasattr(sys.modules["__main__"], "__file__"))


def decorated(f: Callable[..., Any]) -> Optional[Loss]:
    """The loss that f is, if @loss is above it."""
    return next((known for known in _losses.values() if known.f is f), None)


def define(op: str, f: Callable[..., Any], formula: str, ranges: Mapping[str, Any]) -> Loss:
    """The loss that f is by its formula, under the name op."""
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
    return Loss(entry, f, _named(any(q.name == "y" for q in takes)))


# How a function is given a call: its arguments in order, and by name.


def _named(takes_y: bool) -> _Given:
    """What a call holds by the names of formulas."""
    def given(call: _Call) -> Tuple[List[Any], Dict[str, Any]]:
        named: Dict[str, Any] = {name: float(call[sent]) for sent, name in PARAMETERS.items() if sent in call}
        named.update((name, float(x)) for name, x in call.get("params", {}).items())
        if takes_y:
            named["y"] = call["answer"]
        return [_numbers(call["energies"])], named
    return given


def _placed(arguments: Tuple[str, ...]) -> _Given:
    """What a call holds in the order of arguments."""
    def given(call: _Call) -> Tuple[List[Any], Dict[str, Any]]:
        return [_numbers(call["energies"])] + [call[a] if a == "answer" else float(call[a]) for a in arguments], {}
    return given


def _columns(given: List[Tuple[List[Any], Dict[str, Any]]]) -> Tuple[List[Any], Dict[str, Any]]:
    """The arguments of many calls, each a list."""
    args = [list(column) for column in zip(*(a for a, _ in given))]
    return args, {name: [n[name] for _, n in given] for name in given[0][1]}


# What answers calls, a list of them.


def _each(answer: Callable[[_Call], _Reply]) -> _Answers:
    """One after the other."""
    return lambda calls: [_tried(answer, call) for call in calls]


def _alone(f: Callable[..., Any], given: _Given, shape: Callable[[Any], _Reply]) -> _Answers:
    """By f, which is given one call."""
    def answer(call: _Call) -> _Reply:
        args, named = given(call)
        return shape(f(*args, **named))
    return _each(answer)


def _together(f: Callable[..., Any], given: _Given, shape: Callable[[Any], _Reply]) -> _Answers:
    """By f, which is given all of them at once."""
    def answer(calls: List[_Call]) -> List[_Reply]:
        args, named = _columns([given(call) for call in calls])
        got = f(*args, **named)
        got = list(zip(*got)) if type(got) is tuple else list(got)
        if len(got) != len(calls):
            raise ValueError("%d answers to %d calls: want one a call" % (len(got), len(calls)))
        return [shape(g) for g in got]

    each = _each(lambda call: answer([call])[0])

    def answers(calls: List[_Call]) -> List[_Reply]:
        try:
            return answer(calls)
        except Unsupported:
            return each(calls)
        except Exception as e:
            alone = each(calls)
            if any("error" in a or "unsupported" in a for a in alone):
                return alone
            return [{"error": "%d calls together, each of which alone is answered: %s" % (len(calls), _says(e))}] * len(calls)
    return answers


def _batches(table: Mapping[str, Tuple[Callable[..., Any], _Given]]) -> _Answers:
    """By the functions of table, one an op, which are given a batch."""
    def answer(call: _Call) -> _Reply:
        f, given = table[call["of"]]
        rows = call["rows"]
        args, named = _columns([given(row) for row in rows])
        got = f(*args, **named, reduction=call["reduction"],
                mask=call.get("mask") or [[True] * len(row["energies"]) for row in rows],
                weights=_numbers(call.get("weights") or [1.0] * len(rows)))
        value, grads = got if type(got) is tuple else (got, None)
        reply: _Reply = {"values": _floats(value)} if call["reduction"] == "none" else {"value": float(value)}
        if grads is not None:
            reply["grads"] = [_floats(row) for row in grads]
        return reply
    return _each(answer)


class Offer:
    """What is offered to the runner, and what answers its lines."""

    def __init__(self, name: str, ops: Mapping[str, Callable[..., Any]], losses: Sequence[Loss], precision: str = "float64",
                 declares: Optional[Mapping[str, Any]] = None, batch: Optional[Mapping[str, Callable[..., Any]]] = None,
                 info: Optional[Mapping[str, Any]] = None) -> None:
        unknown = sorted(set(ops) - set(ARGUMENTS))
        if unknown:
            raise ValueError("unknown ops %s; known are %s, and what @loss defines by its formula" % (unknown, list(ARGUMENTS)))
        twice = sorted(set(ops) & {known.entry["name"] for known in losses})
        if twice:
            raise ValueError("%s among the ops and by @loss: offer one of the two" % twice)
        offered = [(op, op, f, _placed(ARGUMENTS[op])) for op, f in ops.items()] + [(known.entry["name"], *known) for known in losses]
        self._table: Dict[str, _Answers] = {}
        given = {op: _placed(a) for op, a in ARGUMENTS.items() if op not in ANSWERS}
        for op, _, f, how in offered:
            given.setdefault(op, how)
            self._table[op] = (_together if getattr(f, "batched", False) else _alone)(f, how, _SHAPES[ANSWERS.get(op, "value")])
        batch = dict(batch or {})
        unknown = sorted(set(batch) - set(given))
        if unknown:
            raise ValueError("batches of unknown losses %s; known are %s" % (unknown, list(given)))
        self._table["batch"] = _batches({op: (f, given[op]) for op, f in batch.items()})
        about = {"name": name, "language": "python", "language_version": platform.python_version(), **(info or {})}
        self._start: _Reply = {"version": 1, "implementation": about, "precision": precision,
                               "ops": [entry for _, entry, _, _ in offered] + [op + ".batch" for op in batch]}
        together = any(getattr(f, "batched", False) for _, _, f, _ in offered)
        if declares or together:
            self._start["declares"] = {**({"together": True} if together else {}), **(declares or {})}

    def respond(self, line: bytes) -> Optional[bytes]:
        """The line that answers line; None where it says stop."""
        request = json.loads(line)
        cmd = request.get("cmd")
        if cmd == "run":
            reply: _Reply = {"seq": request["seq"], "results": _results(self._table, request["calls"])}
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
          declares: Optional[Mapping[str, Any]] = None, batch: Optional[Mapping[str, Callable[..., Any]]] = None, **info: Any) -> None:
    """Answers the runner until it says stop or closes the pipe.

    ops maps names of operations to functions; the losses that @loss has decorated are
    offered beside them. batch maps names of either to functions that are given a batch:
    mask, weights and reduction by name, beside the rest. precision is the arithmetic by
    whose ulps errors are judged: float64, float32, bfloat16 or float16. declares
    says more of it, where exp, log or log1p are off by more than 2 ulps:
    {"exp_ulps": 64.0}. info describes the implementation: version, framework, …
    """
    offer = Offer(name, ops or {}, list(_losses.values()), precision, declares, batch, info)
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


def _results(table: Mapping[str, _Answers], calls: List[_Call]) -> List[_Reply]:
    """One answer a call, in order; those of one op are found together."""
    results: List[_Reply] = [{}] * len(calls)
    ops: Dict[str, List[int]] = {}
    for k, call in enumerate(calls):
        ops.setdefault(call["op"], []).append(k)
    for op, at in ops.items():
        for k, result in zip(at, table[op]([calls[k] for k in at])):
            results[k] = result
    return results


def _tried(answer: Callable[[_Call], _Reply], call: _Call) -> _Reply:
    try:
        return answer(call)
    except Unsupported as why:
        return {"unsupported": str(why) or "unsupported"}
    except Exception as e:
        return {"error": _says(e)}


def _says(e: Exception) -> str:
    """The last line of the traceback of e, and where it was raised: in the function's file."""
    said = "%s: %s" % (type(e).__name__, e)
    frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(e.__traceback__) if frame.f_code.co_filename != __file__]
    if not frames:
        return said + " (of what it returned)"
    code, line = [at for at in frames if at[0].co_filename == frames[0][0].co_filename][-1]
    return "%s (%s:%d, in %s)" % (said, os.path.basename(code.co_filename), line, code.co_name)


def _value(got: Any) -> _Reply:
    if type(got) is tuple:
        value, grad = got
        return {"value": float(value), "grad": _floats(grad)}
    return {"value": float(got)}


def _numbers(xs: Any) -> List[float]:
    return list(map(float, xs))  # float() reads "Infinity" and "NaN" too


def _floats(xs: Any) -> List[float]:
    return list(map(float, xs.tolist() if hasattr(xs, "tolist") else xs))


_SHAPES: Dict[str, Callable[[Any], _Reply]] = {
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
