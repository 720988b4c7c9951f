"""What a notebook shows: a table of a verdict, and the same where a check fails."""

import pytest

pytest.importorskip("IPython")
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


@pytest.fixture
def cell():
    shell = InteractiveShell.instance()
    shell.display_formatter.active_types = ["text/plain", "text/html"]
    yield shell.run_cell
    InteractiveShell.clear_instance()


def tables(shown):
    return [o.data["text/html"] for o in shown.outputs if "text/html" in o.data]


def test_cells(cell):
    cell("import ebmcheck")
    cell("def f(F, m): return max(m + F[0] - F[1], 0.0)")
    right = cell("ebmcheck.check(f, formula='pos(m + F[y] - F[ybar])', profile='smoke')").result
    assert "<b>f passed: tame" in InteractiveShell.instance().display_formatter.format(right)[0]["text/html"]
    cell("def f(F, m): return max(m - F[0] + F[1], 0.0)")
    with capture_output() as shown:
        failed = cell("ebmcheck.check(f, formula='pos(m + F[y] - F[ybar])', profile='smoke')")
    assert type(failed.error_in_exec).__name__ == "Failed"
    assert len(tables(shown)) == 1 and "<b>f failed: f." in tables(shown)[0] and ", want 0 (" in tables(shown)[0]
    assert "✗ f.value" in shown.stdout and "Traceback" not in shown.stdout


def test_loss_again(cell):
    """The cell of a @loss may be run again."""
    for body in "-F[0]", "F[0]":
        cell("import ebmcheck\n@ebmcheck.loss('F[y]')\ndef own(F): return " + body)
    assert cell("ebmcheck.check(own, profile='smoke')").result.passed
