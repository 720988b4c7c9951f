"""What the runner found of a function, as an object and as a table."""

from __future__ import annotations

import html
import importlib
import json
import re
from pathlib import Path
from typing import Any, Callable, Dict, List, Sequence, Tuple

heard: List[Callable[["Verdict"], None]] = []  # who is told each verdict

_PASSED = "passed"
_LEVELS = ["required", "recommended"]
_GRADES = ["F", "B", "A", "A+"]


class Verdict:
    """What the runner found.

    passed is whether every claim that is required passed, and something was tested; str()
    is the runner's summary, with the counterexamples; results has its result lines
    (results.jsonl) as dicts, those of claims that were put to the test; advice says which
    parts of the formula let errors pass as they are written, and what to write. A notebook
    shows it as a table.
    """

    def __init__(self, name: str, code: int, text: str, results: List[Dict[str, Any]], advice: Sequence[str] = ()) -> None:
        self.name, self.code, self.text, self.results, self.advice = name, code, text, results, list(advice)

    @property
    def passed(self) -> bool:
        return self.code == 0

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return "<ebmcheck: %s>" % self.line()

    def line(self) -> str:
        """One line: the worst grade in each regime, or what failed."""
        said = {0: "passed", 1: "failed"}.get(self.code, "incomplete")
        failed = sorted({r["claim"] for r in self.results if r["outcome"] != _PASSED and r["level"] == "required"})
        grades: Dict[str, str] = {}
        for r in self.results:
            if r.get("grade") in _GRADES:
                grades[r["regime"]] = min(grades.get(r["regime"], "A+"), r["grade"], key=_GRADES.index)
        what = ", ".join(failed) or ", ".join("%s %s" % g for g in grades.items())
        return "%s %s%s" % (self.name, said, ": " + what if what else "")

    def _repr_html_(self) -> str:
        claims: Dict[Tuple[str, str], Dict[str, Dict[str, Any]]] = {}
        for r in self.results:
            claims.setdefault((r["claim"], r["regime"]), {})[r["level"]] = r
        rows = [_row("th", "", ["claim", "regime", *_LEVELS, "grade", "cases"])]
        for (claim, regime), levels in claims.items():
            asked = [levels[level] for level in _LEVELS if level in levels]
            failed = [r for r in asked if r["outcome"] != _PASSED]
            colour = "" if not failed else "#fdd" if failed[0]["level"] == "required" else "#ffe"
            said = [("✓" if levels[level]["outcome"] == _PASSED else "✗ " + levels[level]["outcome"]) if level in levels else "–" for level in _LEVELS]
            rows.append(_row("td", colour, [claim, regime, *said, asked[0].get("grade", "–"), "{:,}".format(asked[0].get("cases", 0))]))
            small = failed[0].get("smallest") if failed else None
            if small:
                rows.append('<tr style="background:%s"><td></td><td colspan="5" style="text-align:left"><code>%s</code></td></tr>' % (colour, html.escape(
                    "%s, %s: got %s, want %s (allowed %s)" % tuple(small.get(k, "") for k in ("case", "what", "got", "want", "allowance")))))
        advice = "".join("<p>%s</p>" % html.escape(a) for a in self.advice)
        return "<p><b>%s</b></p>%s<table>%s</table>" % (html.escape(self.line()), advice, "".join(rows))


def _row(cell: str, colour: str, texts: List[str]) -> str:
    style = ' style="background:%s"' % colour if colour else ""
    return "<tr%s>%s</tr>" % (style, "".join("<%s>%s</%s>" % (cell, html.escape(t), cell) for t in texts))


class Failed(AssertionError):
    """A claim that is required did not pass, or nothing was tested. Its text is the
    runner's summary, verdict the rest."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict)
        self.verdict = verdict

    def __str__(self) -> str:
        return self.verdict.text

    def _repr_html_(self) -> str:
        return self.verdict._repr_html_()

    def _render_traceback_(self) -> List[str]:
        """What a notebook shows for the traceback: the table above the summary."""
        importlib.import_module("IPython.display").display(self.verdict)  # who calls this is IPython
        return ["ebmcheck.Failed: " + self.verdict.line(), self.verdict.text]


def read(name: str, code: int, stdout: str, results: Path) -> Verdict:
    """The verdict of a run: what it printed, less the commands that ask again (the check
    itself does), and its results."""
    text = re.sub(r"^ +replay  .*\n|^The report: .*\n\n?", "", stdout, flags=re.M).rstrip("\n")
    lines = []
    if results.exists():
        with open(str(results), encoding="utf-8") as f:
            lines = [json.loads(line) for line in f]
    judged = [r for r in lines if r["type"] == "claim" and r["outcome"] != "not-offered"]
    advice = [a for r in lines if r["type"] == "header" for a in r["subject"].get("advice", [])]
    return Verdict(name, code, text, judged, advice)
