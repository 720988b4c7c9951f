"""The runner as a subprocess, whose child is a relay: this process answers.

The thread that calls answers, so that what holds in it (np.errstate, torch.no_grad, a
debugger) holds for the function that is judged.
"""

from __future__ import annotations

import ctypes
import math
import os
import secrets
import selectors
import socket
import subprocess
import sys
import threading
import time
from typing import Callable, Dict, List, NamedTuple, Optional, cast

from . import relay


class Outcome(NamedTuple):
    """How the runner ended: its exit code, and what it wrote."""
    code: int
    stdout: str
    stderr: str


class _Late(BaseException):
    """Raised in the function that is judged when the runner has given up waiting."""


def run(command: List[str], respond: Callable[[bytes], Optional[bytes]]) -> Outcome:
    """Runs command, and behind its -- the relay; respond gives the answer to a line of
    the runner's, None to stop."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        token = secrets.token_hex(16)
        child = [sys.executable, "-I", "-S", relay.__file__, str(door.getsockname()[1])]
        process = subprocess.Popen(command + ["--"] + child, env=dict(os.environ, EBMCHECK_TOKEN=token),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        written: List[bytes] = []
        ended = threading.Event()

        def wait() -> None:
            written.extend(process.communicate())
            ended.set()
            try:
                socket.create_connection(door.getsockname()).close()  # who waits at the door need not any more
            except OSError:
                pass  # nobody does

        caller = _Caller(respond, ended)
        threads = [threading.Thread(target=wait, daemon=True), threading.Thread(target=caller.watch, daemon=True)]
        for thread in threads:
            thread.start()
        try:
            caller.work(door, token.encode())
        finally:  # an exception is one from outside, such as Ctrl-C
            if process.poll() is None:
                process.kill()
            for thread in threads:
                thread.join()
    out, err = (text.decode("utf-8", "replace") for text in written)
    return Outcome(process.returncode, out, err)


class _Lines:
    """What a child has sent: the token, then the lines to be answered."""

    def __init__(self, token: bytes) -> None:
        self.token: Optional[bytes] = token  # that is still to come
        self.stranger = False  # what came was another
        self.rest = bytearray()

    def ended_by(self, some: bytes) -> List[bytes]:
        """The lines that are whole now that some has come."""
        self.rest += some
        if b"\n" not in some or self.stranger:
            return []
        *lines, self.rest = self.rest.split(b"\n")
        if self.token is not None:
            self.stranger = not secrets.compare_digest(lines.pop(0), self.token)
            self.token = None
        return [] if self.stranger else [bytes(line) for line in lines]


class _Caller:
    """The thread that answers, and another that watches whether somebody still waits."""

    def __init__(self, respond: Callable[[bytes], Optional[bytes]], ended: threading.Event) -> None:
        self.respond, self.ended = respond, ended
        self.thread = threading.get_ident()
        self.lock = threading.Lock()  # held by who changes the next two
        self.serving: Optional[socket.socket] = None  # the child whose line is being answered
        self.told = False  # that nobody waits for that any more

    def work(self, door: socket.socket, token: bytes) -> None:
        """Answers the children that know the token, of which the runner may have several
        at once, a line at a time, until it has ended."""
        children: Dict[socket.socket, _Lines] = {}
        try:
            with selectors.DefaultSelector() as ready:
                ready.register(door, selectors.EVENT_READ)
                while not self.ended.is_set():
                    for key, _ in ready.select():
                        if key.fileobj is door:
                            connection, _ = door.accept()
                            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                            children[connection] = _Lines(token)
                            ready.register(connection, selectors.EVENT_READ)
                            continue
                        connection = cast(socket.socket, key.fileobj)
                        if not self.serve(connection, children[connection]):
                            ready.unregister(connection)
                            del children[connection]
                            connection.close()
        finally:
            for connection in children:
                connection.close()

    def serve(self, connection: socket.socket, lines: _Lines) -> bool:
        """Answers what has come from a child; false if there is no more to do with it."""
        try:
            some = connection.recv(1 << 16)
            for line in lines.ended_by(some):
                reply = self.answer(connection, line)
                if reply is None:
                    return False
                connection.sendall(reply)
        except OSError:
            return False  # it is gone
        return some != b"" and not lines.stranger

    def answer(self, connection: socket.socket, line: bytes) -> Optional[bytes]:
        """The answer to line; None, too, if nobody waits for it any more."""
        try:
            with self.lock:
                self.serving, self.told = connection, False
            reply = self.respond(line)
            with self.lock:
                self.serving = None
            if self.told:
                time.sleep(1)  # _Late is on its way, unless the function has swallowed it
                return None
            return reply
        except _Late:
            return None
        finally:
            self.serving = None

    def watch(self) -> None:
        """Interrupts the function when its child is gone: while it is asked, the runner
        sends nothing, so that what can be read is the end."""
        told = 0.0
        while not self.ended.wait(0.05):
            with self.lock:
                if self.serving is None or not _readable(self.serving):
                    continue
                if not self.told:
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread), ctypes.py_object(_Late))
                    self.told, told = True, time.monotonic()
                elif time.monotonic() > told + 5:
                    sys.stderr.write("ebmcheck: a call has taken too long, and cannot be ended\n")
                    told = math.inf


def _readable(connection: socket.socket) -> bool:
    with selectors.DefaultSelector() as ready:  # select.select is for the first 1024 files
        ready.register(connection, selectors.EVENT_READ)
        return bool(ready.select(0))
