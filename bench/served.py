"""Serving an app as it is served in earnest, and asking the system what that takes."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from quiz.app import ROOT

TICKS = os.sysconf("SC_CLK_TCK")
LONGEST_START = 60.0
SECRET = "k" * 40


@dataclass(frozen=True)
class Served:
    """gunicorn with its workers, at a port of the loopback."""

    port: int
    process: subprocess.Popen[bytes]
    seconds_to_start: float

    @property
    def workers(self) -> list[int]:
        """The ids of the processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(one) for one in children.split()]

    def cpu_seconds(self) -> float:
        """Processor time that all workers have used so far."""
        total = 0
        for worker in self.workers:
            fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def megabytes(self) -> float:
        """Memory of the largest worker, shared pages counted in part."""
        return max(_pss(worker) for worker in self.workers) / 1024


def _pss(process: int) -> int:
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


@contextmanager
def serving(app: str, database_url: str, *, workers: int, **environ: str) -> Iterator[Served]:
    """Serve a WSGI app, such as wsgi:application, with gunicorn and sync workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = {"PATH": os.environ["PATH"], "DATABASE_URL": database_url, "SECRET_KEY": SECRET, **environ}
    began = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                f"--bind=127.0.0.1:{port}",
                f"--workers={workers}",
                "--log-level=warning",
                f"--chdir={ROOT}",
                app,
            ],
            env=settings,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, port, workers)
            yield Served(port, process, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, workers: int) -> None:
    """Until all workers are there and one has answered."""
    give_up = time.monotonic() + LONGEST_START
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise RuntimeError("the server ended at once")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=LONGEST_START) as connection:
                connection.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                if connection.recv(4) and len(Served(port, process, 0).workers) == workers:
                    return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server doesn’t answer")
