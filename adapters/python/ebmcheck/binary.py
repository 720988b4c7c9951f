"""Where the runner is."""

import atexit
import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Optional


class NoBinary(RuntimeError):
    """There is no ebmcheck to run; the message says how to come by one."""


def find() -> str:
    """The path of the command: $EBMCHECK; or ebmcheck on PATH; or what go builds, once a
    process, of the checkout in which the current folder or this file is."""
    named = os.environ.get("EBMCHECK")
    if named:
        found = shutil.which(named)
        if found is None:
            raise NoBinary("EBMCHECK=%s is no program that can be run: want the path of ebmcheck" % named)
        return os.path.abspath(found)
    found = shutil.which("ebmcheck")
    if found is not None:
        return os.path.abspath(found)
    source = _checkout(Path.cwd()) or _checkout(Path(__file__).resolve().parent)
    if source is not None and shutil.which("go") is not None:
        return _built(source)
    raise NoBinary(
        "there is no ebmcheck to run: looked at $EBMCHECK, on PATH, and for a checkout above %s%s.\n"
        "Build it in a checkout, with Go 1.26:  go build -o ebmcheck .\n"
        "and name it:                           export EBMCHECK=/path/to/ebmcheck"
        % (Path.cwd(), " (there is one, but no go to build it)" if source is not None else ""))


def _checkout(folder: Path) -> Optional[Path]:
    for above in (folder, *folder.parents):
        try:
            with open(str(above / "go.mod"), encoding="utf-8") as f:
                if f.readline().split() == ["module", "ebmcheck"]:
                    return above
        except OSError:
            pass
    return None


@functools.lru_cache(maxsize=None)
def _built(source: Path) -> str:
    folder = tempfile.mkdtemp(prefix="ebmcheck-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = os.path.join(folder, "ebmcheck.exe" if os.name == "nt" else "ebmcheck")
    done = subprocess.run(["go", "build", "-o", path, "."], cwd=str(source), stderr=subprocess.PIPE, universal_newlines=True)
    if done.returncode != 0:
        raise NoBinary("go build in %s failed:\n%s" % (source, done.stderr))
    return path
