"""The runner as a subprocess, whose child is a relay: this process answers.

The thread that calls answers, so that what holds in it (np.errstate, torch.no_grad, a
debugger) holds for the function that is judged.
"""

from __future__ import annotations

import ctypes
import os
import queue
import secrets
import socket
import subprocess
import sys
import threading
from typing import Callable, List, NamedTuple, Optional, Tuple

from . import relay


class Outcome(NamedTuple):
    """How the runner ended: its exit code, and what it wrote."""
    code: int
    stdout: str
    stderr: str


class _Late(BaseException):
    """Raised in the thread that answers when the runner has given up waiting."""


def run(command: List[str], respond: Callable[[bytes], Optional[bytes]]) -> Outcome:
    """Runs command, and behind its -- the relay; respond gives the answer to a line of
    the runner's, None to stop."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        token = secrets.token_hex(16)
        child = [sys.executable, "-I", "-S", relay.__file__, str(door.getsockname()[1])]
        process = subprocess.Popen(command + ["--"] + child, env=dict(os.environ, EBMCHECK_TOKEN=token),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        caller = _Caller(respond)
        threading.Thread(target=caller.listen, args=(door, token), daemon=True).start()
        ending = threading.Thread(target=caller.wait_for, args=(process,), daemon=True)
        ending.start()
        try:
            caller.work()
        finally:  # an exception is one that was raised from outside, such as Ctrl-C
            if process.poll() is None:
                process.kill()
            ending.join()
    out, err = (text.decode("utf-8", "replace") for text in caller.written)
    return Outcome(process.returncode, out, err)


class _Caller:
    """The thread that answers, and what it is asked."""

    def __init__(self, respond: Callable[[bytes], Optional[bytes]]) -> None:
        self.respond = respond
        self.asked: queue.Queue[Optional[Tuple[socket.socket, bytes]]] = queue.Queue()  # a line, and of which child
        self.thread = threading.get_ident()
        self.serving: Optional[socket.socket] = None  # the connection whose line is being answered
        self.ended = threading.Event()
        self.written = (b"", b"")

    def wait_for(self, process: subprocess.Popen[bytes]) -> None:
        try:
            self.written = process.communicate()
        finally:
            self.ended.set()
            self.asked.put(None)

    def listen(self, door: socket.socket, token: str) -> None:
        """Lets in the children that know the token."""
        while True:
            try:
                connection, _ = door.accept()
            except OSError:
                return  # the door is closed
            threading.Thread(target=self.read, args=(connection, token), daemon=True).start()

    def read(self, connection: socket.socket, token: str) -> None:
        """Hands on the lines of a child. When it is gone and its line is still being
        answered, the runner has killed it for that: nobody waits for the answer."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = b""
        try:
            with connection.makefile("rb") as lines:
                if secrets.compare_digest(lines.readline().strip(), token.encode()):
                    for line in lines:
                        self.asked.put((connection, line))
        except OSError:
            pass
        if self.serving is connection:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread), ctypes.py_object(_Late))
            self.ended.wait(5)
            if self.serving is connection:  # it is in code that is not Python's
                sys.stderr.write("ebmcheck: the function does not come back; it was asked\n%s\n" % line.decode()[:1000])

    def work(self) -> None:
        """Answers until the runner has ended."""
        while not self.ended.is_set():
            try:
                item = self.asked.get(timeout=1)
                if item is not None:
                    self.answer(*item)
            except (queue.Empty, _Late):  # late by a hair: the function had come back
                pass

    def answer(self, connection: socket.socket, line: bytes) -> None:
        try:
            self.serving = connection
            reply = self.respond(line)
            self.serving = None
            if reply is None:
                connection.close()
            else:
                connection.sendall(reply)
        except (_Late, OSError):
            pass  # the child is gone
        finally:
            self.serving = None
