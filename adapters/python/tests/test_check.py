"""check, as users call it. Run by `make packages`, on the package as it is installed."""

import math
import os
import pickle
import sys
import threading
import time

import ebmcheck
import pytest
from ebmcheck import binary

QUICK = {"profile": "smoke"}


def hinge(F, m):
    t = m + F[0] - F[1]
    return max(t, 0.0), [1.0, -1.0] if t > 0 else [0.0, 0.0]


def reversed_hinge(F, m):
    t = m - F[0] + F[1]
    return max(t, 0.0), [-1.0, 1.0] if t > 0 else [0.0, 0.0]


@ebmcheck.loss("pos(m + F[y] - F[ybar])^2", m=(0, 5))
def squared(F, m):
    t = max(m + F[0] - F[1], 0.0)
    return t * t, [2 * t, -2 * t]


def test_right():
    v = ebmcheck.check(squared, **QUICK)
    assert v.passed and v.code == 0 and v.results
    assert "squared passed: tame " in repr(v) and str(v).startswith("squared (float64)")
    assert v._repr_html_().count("<tr") > len({r["claim"] for r in v.results}) and "#fdd" not in v._repr_html_()


def test_wrong():
    with pytest.raises(ebmcheck.Failed) as failed:
        ebmcheck.check(reversed_hinge, op="hinge", **QUICK)
    assert "✗ hinge.value · tame · refuted" in str(failed.value)
    assert "replay" not in str(failed.value) and "report.html" not in str(failed.value)
    assert str(pickle.loads(pickle.dumps(failed.value))) == str(failed.value)  # as from another process
    v = failed.value.verdict
    assert v.code == 1
    assert not v.passed and v.line().startswith("reversed_hinge failed: hinge.") and "hinge.value" in v.line()
    small = next(r for r in v.results if r["claim"] == "hinge.value")["smallest"]
    page = failed.value._repr_html_()
    assert "✗ refuted" in page and small["case"] in page and "got " + small["got"] in page


def test_advice():
    def naive(F):
        return math.log(1 + math.exp(min(F[0] - F[1], 700.0)))

    with pytest.raises(ebmcheck.Failed) as failed:
        ebmcheck.check(naive, formula="log(1 + exp(F[y] - F[ybar]))", **QUICK)
    v = failed.value.verdict
    assert len(v.advice) == 1 and v.advice[0].startswith("naive: log(1 + exp(F[y] - F[ybar])) lets errors pass")
    assert "Write softplus(F[y] - F[ybar])" in v.advice[0] and "Write softplus" in str(v) and "Write softplus" in v._repr_html_()
    assert ebmcheck.check(squared, **QUICK).advice == []


def test_closure_and_thread():
    """A function that no child could import, in a thread other than the main one, run in
    that thread."""
    factor, seen, got = 1.0, set(), []

    def ask():
        def f(F, m):
            seen.add(threading.get_ident())
            return factor * max(m + F[0] - F[1], 0.0)
        got.append((ebmcheck.check(f, formula="pos(m + F[y] - F[ybar])", **QUICK), threading.get_ident()))

    t = threading.Thread(target=ask)
    t.start()
    t.join()
    assert got[0][0].passed and seen == {got[0][1]}


def test_prints(capfd):
    def loud(F, m):
        print("F =", F)
        return max(m + F[0] - F[1], 0.0)

    assert ebmcheck.check(loud, formula="pos(m + F[y] - F[ybar])", **QUICK).passed
    out = capfd.readouterr().out
    assert "F = [" in out and len(out) < 2200 and out.endswith("is left out\n")
    print("after")
    assert capfd.readouterr().out == "after\n"


def test_raises():
    def f(F, m):
        return F[2]

    with pytest.raises(ebmcheck.Failed) as failed:
        ebmcheck.check(f, op="hinge", **QUICK)
    assert "IndexError: list index out of range (test_check.py:%d, in f)" % (f.__code__.co_firstlineno + 1) in " ".join(str(failed.value).split())
    with pytest.raises(ebmcheck.Failed, match="of what it returned"):
        ebmcheck.check(lambda F, m: None, op="hinge", **QUICK)


def test_unsupported():
    def f(F, m):
        raise ebmcheck.Unsupported("none of it")

    with pytest.raises(ebmcheck.Failed) as failed:
        ebmcheck.check(f, op="hinge", **QUICK)
    assert failed.value.verdict.code == 4 and failed.value.verdict.line().startswith("f incomplete: hinge.")
    assert "called unsupported" in str(failed.value)


def test_hangs():
    """A call without end is ended, told as a timeout, and the others are answered."""
    ended = []

    def f(F, m):
        if F[0] == 0.0:
            try:
                while True:
                    time.sleep(0.001)
            except BaseException as e:
                ended.append(e)
                raise
        return hinge(F, m)

    with pytest.raises(ebmcheck.Failed, match="timeout"):
        ebmcheck.check(f, op="hinge", timeout=0.2, **QUICK)
    assert ended
    assert ebmcheck.check(hinge, formula="pos(m + F[y] - F[ybar])", **QUICK).passed


@pytest.mark.skipif(os.name == "nt", reason="a signal to one's own process")
def test_interrupted():
    """Ctrl-C ends the runner too."""
    import signal
    begun = time.monotonic()

    def f(F, m):
        if time.monotonic() - begun > 1:
            signal.raise_signal(signal.SIGINT)
        time.sleep(0.001)
        return hinge(F, m)

    with pytest.raises(KeyboardInterrupt):
        ebmcheck.check(f, op="hinge")
    assert time.monotonic() - begun < 20


def test_precision():
    def f(F, m):  # right in float32, and no more
        import struct
        return struct.unpack("f", struct.pack("f", max(m + F[0] - F[1], 0.0)))[0]

    formula = "pos(m + F[y] - F[ybar])"
    assert ebmcheck.check(f, formula=formula, precision="float32", **QUICK).passed
    with pytest.raises(ebmcheck.Failed):
        ebmcheck.check(f, formula=formula, **QUICK)


def test_out(tmp_path):
    ebmcheck.check(squared, out=tmp_path / "kept", **QUICK)
    assert {"report.html", "results.jsonl"} <= set(os.listdir(str(tmp_path / "kept")))


@pytest.mark.parametrize("arguments, error, says", [
    ({}, TypeError, r'what is hinge\? want check\(f, op="…"\), one of gibbs,'),
    ({"op": "hing"}, ValueError, r"unknown ops \['hing'\]; known are \['gibbs'"),
    ({"op": "hinge", "formula": "F[y]"}, TypeError, "want one of the two"),
    ({"op": "hinge", "m": (0, 1)}, TypeError, "unexpected m: ranges belong to"),
    ({"formula": "pos(m + F[y] - F[ybr])"}, ValueError, r"ybr is not bound here(?s:.)*\n +\^"),
    ({"formula": "pos(m + F[y])", "m": 5}, ValueError, r"want the least and the largest, as in m=\(0, 10\)"),
    ({"op": "hinge", "profile": "quick"}, ValueError, "want smoke, gate or deep"),
    ({"op": "hinge", "timeout": 0}, ValueError, "want the seconds"),
    ({"op": "hinge", "precision": "float8"}, RuntimeError, "float8"),
])
def test_usage(arguments, error, says):
    with pytest.raises(error, match=says):
        ebmcheck.check(hinge, **arguments)


def test_no_function():
    with pytest.raises(TypeError, match=r"^hinge\(F, m\) is no function of F, y, beta, as which nll is given: too many positional"):
        ebmcheck.check(hinge, op="nll")
    with pytest.raises(TypeError, match="check wants a function, not 3"):
        ebmcheck.check(3, op="hinge")


class TestBinary:
    """Where the runner is looked for: $EBMCHECK, PATH, a checkout above."""

    def test_named(self, monkeypatch):
        monkeypatch.setenv("EBMCHECK", "/no/such/ebmcheck")
        with pytest.raises(ebmcheck.NoBinary, match="EBMCHECK=/no/such/ebmcheck is no program"):
            binary.find()
        monkeypatch.setenv("EBMCHECK", sys.executable)
        assert binary.find() == sys.executable

    def test_path(self, monkeypatch, tmp_path):
        monkeypatch.delenv("EBMCHECK", raising=False)
        (tmp_path / "ebmcheck").write_text("#!/bin/sh\n")
        (tmp_path / "ebmcheck").chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert binary.find() == str(tmp_path / "ebmcheck")

    def test_none(self, monkeypatch, tmp_path):
        monkeypatch.delenv("EBMCHECK", raising=False)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.chdir(tmp_path)
        with pytest.raises(ebmcheck.NoBinary, match="go build -o ebmcheck"):
            binary.find()
        with pytest.raises(ebmcheck.NoBinary):
            ebmcheck.check(hinge, op="hinge")

    def test_checkout(self, monkeypatch, tmp_path):
        monkeypatch.delenv("EBMCHECK", raising=False)
        (tmp_path / "go.mod").write_text("module ebmcheck\n")
        (tmp_path / "below").mkdir()
        monkeypatch.chdir(tmp_path / "below")
        (tmp_path / "go").write_text('#!/bin/sh\necho "$PWD" "$@" >&2\nexit 1\n')
        (tmp_path / "go").chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + "/usr/bin" + os.pathsep + "/bin")
        with pytest.raises(ebmcheck.NoBinary, match="go build in %s failed:\n%s build -o .*ebmcheck" % (tmp_path, tmp_path)):
            binary.find()


def test_cell_again(monkeypatch):
    """A loss may be defined again where there is no file, as when a cell is run again."""
    def cell():
        exec('@loss("F[y]")\ndef in_a_cell(F): return %s' % next(bodies), names)
        return names["in_a_cell"]

    bodies, names = iter(["-F[0]", "F[0]", "F[0]"]), {"loss": ebmcheck.loss, "__name__": "__main__"}
    monkeypatch.delattr(sys.modules["__main__"], "__file__")
    cell()
    assert ebmcheck.check(cell(), **QUICK).passed
    monkeypatch.undo()
    with pytest.raises(ValueError, match="two losses called in_a_cell"):
        cell()


@pytest.mark.parametrize("name, op", [("squaredHinge", "squared_hinge"), ("hinge", "my_hinge"), ("größer", "loss")])
def test_names(name, op):
    def f(F, m):
        return m * F[0]

    f.__name__ = name
    v = ebmcheck.check(f, formula="m*F[y]", **QUICK)
    assert v.name == name and v.results[0]["op"] == op


def test_batch():
    def rows(F, m, mask, weights, reduction):
        weights = [w if any(on) else 0.0 for w, on in zip(weights, mask)]
        every = [w * max(n + f[0] - f[1], 0.0) for f, n, w in zip(F, m, weights)]
        return every if reduction == "none" else sum(every) / (sum(weights) if reduction == "mean" else 1.0)

    def unweighted_mean(F, m, mask, weights, reduction):
        value = rows(F, m, mask, weights, reduction)
        return value if reduction != "mean" else value * sum(weights) / len(F)

    assert ebmcheck.check(rows, op="hinge.batch", **QUICK).passed
    with pytest.raises(ebmcheck.Failed):
        ebmcheck.check(unweighted_mean, op="hinge.batch", **QUICK)
    with pytest.raises(TypeError, match="no function of F, m, mask, weights, reduction, as which hinge"):
        ebmcheck.check(hinge, op="hinge.batch")


def test_batched():
    @ebmcheck.batched
    def many(F, m):
        return [hinge(f, n) for f, n in zip(F, m)]

    assert ebmcheck.check(many, formula="pos(m + F[y] - F[ybar])", **QUICK).passed


def test_nan():
    def f(F, m):
        return math.nan

    with pytest.raises(ebmcheck.Failed, match=r"got +NaN"):
        ebmcheck.check(f, op="hinge", **QUICK)
