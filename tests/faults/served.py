"""The app as it is really served: gunicorn and its workers, in a process group of their own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

from quiz.app import ROOT

LONGEST_START = 60.0
LONGEST_STOP = 60.0
COMMAND = [sys.executable, "-c", "from quiz.cli import main; main()", "run"]


class Server:
    """`quiz run` on a port of its own, which can be killed and started as often as one likes."""

    def __init__(self, database_url: str, log: IO[bytes], **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._environ = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": database_url,
            "SECRET_KEY": "k" * 40,
            "PORT": str(self.port),
            **settings,
        }
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            COMMAND,
            cwd=ROOT,
            env=self._environ,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        give_up = time.monotonic() + LONGEST_START
        while not self._answers():
            assert self._process.poll() is None, f"the server ended at once: {self.said()}"
            assert time.monotonic() < give_up, "the server doesn’t answer"
            time.sleep(0.05)

    def kill(self) -> None:
        """End the whole process group at once, as by `kill -9`; nothing can tidy up."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def tell_to_stop(self) -> None:
        """Send TERM to the process that was started, and to no other."""
        assert self._process is not None
        self._process.terminate()

    def workers(self) -> int:
        """How many processes answer just now."""
        assert self._process is not None
        pid = self._process.pid
        return len(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())

    def ended(self) -> int:
        """Its exit code, once it has ended."""
        assert self._process is not None
        return self._process.wait(LONGEST_STOP)

    def said(self) -> str:
        """What it wrote to its log so far."""
        self._log.seek(0)
        return self._log.read().decode()

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


@contextmanager
def serving(database_url: str, **settings: str) -> Iterator[Server]:
    """A server that has been started, and is gone in the end."""
    with tempfile.TemporaryFile() as log:
        server = Server(database_url, log, **settings)
        try:
            server.start()
            yield server
        finally:
            server.kill()
