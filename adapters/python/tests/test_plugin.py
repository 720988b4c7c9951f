"""What pytest shows of checks, and what serve and import leave alone."""

import os
import subprocess
import sys

import ebmcheck

pytest_plugins = "pytester"

TESTS = """
import ebmcheck
def test_right():
    ebmcheck.check(lambda F, m: max(m + F[0] - F[1], 0.0), formula="pos(m + F[y] - F[ybar])", profile="smoke")
def test_wrong():
    ebmcheck.check(lambda F, m: max(m - F[0] + F[1], 0.0), formula="pos(m + F[y] - F[ybar]) + 0*log(exp(m))", profile="smoke")
"""


def test_pytest(pytester):
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess("--junitxml=junit.xml")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines([
        "loss failed: loss.*", "*test_pytest.py:5", "", "loss (float64) *", "Failed, required", "*✗ loss.value*refuted*",
        "*= ebmcheck =*", "test_pytest.py::test_*", "FAILED test_pytest.py::test_wrong*"])
    assert "asked.py" not in result.stdout.str() and "raise" not in result.stdout.str()
    result.stdout.fnmatch_lines(["test_pytest.py::test_right  loss passed: tame *"])
    result.stdout.fnmatch_lines(["test_pytest.py::test_wrong  loss failed: loss.*value*"])
    result.stdout.fnmatch_lines(["test_pytest.py::test_wrong  loss: log(exp(m)) lets errors pass*"])
    assert 'name="ebmcheck" value="loss failed: loss.' in (pytester.path / "junit.xml").read_text(encoding="utf-8")


def test_typed():
    assert os.path.exists(os.path.join(os.path.dirname(ebmcheck.__file__), "py.typed"))


def run(script, stdin=b""):
    env = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    return subprocess.run([sys.executable, "-c", script], env=env, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)


def test_import_takes_nothing():
    done = run("import ebmcheck, os; print('out'); os.write(1, b'and out\\n'); print(input())", b"in\n")
    assert done.stdout == b"and out\nout\nin\n" and done.stderr == b"" and done.returncode == 0


def test_serve_takes():
    """What is printed goes to standard error, also what was before serve and not yet written."""
    done = run("import ebmcheck, os\nprint('before')\n"
               "def f(F):\n    print('in'); os.write(1, b'native\\n'); return 0\n"
               "ebmcheck.serve('s', {'infer': f})",
               b'{"cmd":"start","version":1}\n{"cmd":"run","seq":1,"calls":[{"op":"infer","energies":[1.0]}]}\n{"cmd":"stop"}\n')
    lines = done.stdout.splitlines()
    assert len(lines) == 2 and lines[0].startswith(b'{"version": 1') and lines[1] == b'{"seq": 1, "results": [{"index": 0}]}'
    assert sorted(done.stderr.splitlines()) == [b"before", b"in", b"native"]
