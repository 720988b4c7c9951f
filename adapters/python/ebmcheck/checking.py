"""A function is judged where it is."""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any, Callable, Mapping, Optional, TextIO, Tuple, Union

from . import asked, binary, verdict
from .adapter import ARGUMENTS, PARAMETERS, Offer, decorated, define


def check(f: Callable[..., Any], op: Optional[str] = None, *, formula: Optional[str] = None, precision: str = "float64",
          declares: Optional[Mapping[str, Any]] = None, profile: str = "gate", timeout: float = 10.0,
          out: Union[str, "os.PathLike[str]", None] = None, **ranges: Tuple[float, float]) -> verdict.Verdict:
    """The verdict on f, if every required claim passes; raises Failed, an AssertionError
    with the counterexamples, if one does not.

    op is the operation that f is, such as "nll", or "nll.batch" of a function of many rows; or formula defines the loss that f is,
    with the ranges of its parameters, m=(0, 10); of a function under @loss both are known.
    f is given and returns what ebmcheck.adapter says.

    f runs here, in the thread that calls: closures, lambdas and the functions of a
    notebook are judged as they are, and may print (only the first is shown). What f raises is its answer to that
    call. A call that takes more than timeout seconds is ended, by an exception in f, once
    f is back in Python.

    precision and declares are as for serve. profile is smoke, gate or deep: 200, 10 000 or
    200 000 random cases a claim and regime. out is a folder to keep: results.jsonl,
    report.html, counterexamples, which the next check there asks first.

    Raises NoBinary if there is no ebmcheck to run, ValueError if it does not take what it
    is asked, as a formula that cannot be read, and RuntimeError if it ended otherwise.
    """
    __tracebackhide__ = True  # pytest shows who called
    name = getattr(f, "__name__", type(f).__name__)
    if name == "<lambda>":
        name = op or "loss"
    judged, offer = _offer(f, name, op, formula, ranges, precision, declares)
    if timeout <= 0:
        raise ValueError("timeout=%r: want the seconds that a call may take, such as 10" % timeout)
    with tempfile.TemporaryDirectory(prefix="ebmcheck-") as folder:
        kept = Path(folder if out is None else out).absolute()
        command = [binary.find(), "gate", "--profile", profile, "--claims", judged + ".*", "--out", str(kept), "--call-timeout", "%gs" % timeout]
        with contextlib.redirect_stdout(_Some(sys.stdout)):
            code, stdout, stderr = asked.run(command, offer.respond)
        if code == 2:
            raise ValueError(_said(stderr))
        if code not in (0, 1, 4):
            raise RuntimeError("ebmcheck ended with exit status %d\n%s" % (code, _said(stderr)))
        found = verdict.read(name, code, stdout, kept / "results.jsonl")
    for tell in verdict.heard:
        tell(found)
    if not found.passed:
        raise verdict.Failed(found)
    return found


def _offer(f: Callable[..., Any], name: str, op: Optional[str], formula: Optional[str], ranges: Mapping[str, Any],
           precision: str, declares: Optional[Mapping[str, Any]]) -> Tuple[str, Offer]:
    """What f is, offered alone."""
    if not callable(f):
        raise TypeError("check wants a function, not %r" % (f,))
    if op is not None and formula is not None:
        raise TypeError("op=%r and formula=%r: want one of the two" % (op, formula))
    if formula is not None:
        known = define(_op_named(name), f, formula, ranges)
        return known.entry["name"], Offer(name, {}, [known], precision, declares)
    if ranges:
        raise TypeError("unexpected %s: ranges belong to the parameters of a formula" % ", ".join(sorted(ranges)))
    if op is not None:
        of = op[:-len(".batch")] if op.endswith(".batch") else None
        offer = Offer(name, {op: f}, [], precision, declares) if of is None else Offer(name, {}, [], precision, declares, {of: f})
        _fits(f, name, of or op, () if of is None else ("mask", "weights", "reduction"))
        return op, offer
    under = decorated(f)
    if under is None:
        raise TypeError('what is %s? want check(f, op="…"), one of %s; or check(f, formula="…")' % (name, ", ".join(ARGUMENTS)))
    return under.entry["name"], Offer(name, {}, [under], precision, declares)


def _fits(f: Callable[..., Any], name: str, op: str, named: Tuple[str, ...]) -> None:
    """Says at once what f is given, in order and by name, if it cannot take that."""
    given = ["F", *(PARAMETERS.get(a, "y") for a in ARGUMENTS[op])]
    try:
        signature = inspect.signature(f)
    except (TypeError, ValueError):  # a function of C may have none
        return
    try:
        signature.bind(*given, **{n: n for n in named})
    except TypeError as e:
        raise TypeError("%s%s is no function of %s, as which %s is given: %s" % (name, signature, ", ".join([*given, *named]), op, e)) from None


def _op_named(name: str) -> str:
    """The name of the loss that a function of this name is: squaredHinge is squared_hinge."""
    op = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return "my_" + op if op in ARGUMENTS else op if re.match(r"[a-z][a-z0-9_]*\Z", op) else "loss"


class _Some(io.TextIOBase):
    """Standard output for a function that is called a hundred thousand times: the first
    2000 characters are let through."""

    def __init__(self, to: TextIO) -> None:
        self._to, self._left = to, 2000

    def write(self, text: str) -> int:
        if self._left > 0:
            self._to.write(text[:self._left])
            self._left -= len(text)
            if self._left <= 0:
                self._to.write(" …\nebmcheck: the rest of what is printed in check is left out\n")
        return len(text)

    def flush(self) -> None:
        self._to.flush()


def _said(stderr: str) -> str:
    """What the runner says of the matter, less how far it had come."""
    lines = stderr.splitlines()
    at = next((i for i, line in enumerate(lines) if line.startswith("ebmcheck: ")), 0)
    return "\n".join(lines[at:])
