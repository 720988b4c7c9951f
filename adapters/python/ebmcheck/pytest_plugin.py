"""What pytest shows of checks: a failed one as the verdict alone, without the way there;
at the end of the run a line a check with its grades, which is also a property in JUnit, and
what is advised about its formula.

pytest finds this by itself; -p no:ebmcheck leaves it out.
"""

from __future__ import annotations

from typing import Any, Iterator

import pytest

from . import verdict


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    def keep(v: verdict.Verdict) -> None:
        item.user_properties.extend(("ebmcheck", said) for said in (v.line(), *v.advice))

    verdict.heard.append(keep)
    try:
        yield
    finally:
        verdict.heard.remove(keep)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    outcome: Any = yield
    if call.excinfo is not None and isinstance(call.excinfo.value, verdict.Failed):
        at = next((entry for entry in reversed(call.excinfo.traceback) if str(entry.path) == str(item.path)), call.excinfo.traceback[0])
        outcome.get_result().longrepr = "%s\n%s:%d\n\n%s" % (
            call.excinfo.value.verdict.line(), at.path, at.lineno + 1, call.excinfo.value)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    lines = [(report.nodeid, value)
             for reports in terminalreporter.stats.values() for report in reports
             if getattr(report, "when", "") == "call"
             for name, value in report.user_properties if name == "ebmcheck"]
    if lines:
        terminalreporter.section("ebmcheck")
        for nodeid, value in lines:
            terminalreporter.write_line("%s  %s" % (nodeid, value))
