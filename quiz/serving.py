"""Serving by gunicorn: sync workers, since threads with SQLite have long waits in the tail."""

import os
import socket
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.sync import SyncWorker

from quiz.app import create_app
from quiz.settings import Settings
from quiz.web import logs

LONGEST_REQUEST = 30
"""Seconds after which a worker that still has one request in hand is given up."""
LONGEST_SILENCE = 5
"""Seconds that a worker waits for somebody who connected and says nothing."""
KERNEL_WAITS = 60
"""Seconds for which the system keeps those who say nothing from the workers, where it can."""
IN_MEMORY = Path("/dev/shm")  # noqa: S108  a folder to choose, not a file to open


def serve(settings: Settings) -> None:
    """Serve until told to stop by TERM; what is in hand then is still answered. Doesn’t return."""
    logs.start()
    _Serving(settings).run()


class _Serving(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with these settings alone: no file and no variable of its own is read."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in _options(self.settings).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self.settings)


class _OneLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn’s log as lines of the app’s."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class _Unheld(SyncWorker):  # type: ignore[misc]  # gunicorn has no types
    """A sync worker that isn’t held up by whoever says nothing, as browsers do that connect ahead of need."""

    def handle(self, listener: socket.socket, client: socket.socket, addr: Any) -> None:
        client.settimeout(LONGEST_SILENCE)
        try:
            client.recv(1, socket.MSG_PEEK)
        except OSError:
            client.close()
        else:
            client.settimeout(None)
            super().handle(listener, client, addr)


def _let_in_who_speaks(server: Any) -> None:
    """Let the system give a connection to a worker only once something was sent on it."""
    if hasattr(socket, "TCP_DEFER_ACCEPT"):
        for listener in server.LISTENERS:
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, KERNEL_WAITS)


def _options(settings: Settings) -> dict[str, Any]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "workers": settings.web_concurrency,
        "worker_class": _Unheld,
        "when_ready": _let_in_who_speaks,
        # Only ProxyFix says what a proxy may: neither the scheme nor the root comes from a header here.
        "forwarded_allow_ips": "",
        "forwarder_headers": "",
        "umask": 0o077,  # what is kept holds names
        "timeout": LONGEST_REQUEST,
        "graceful_timeout": LONGEST_REQUEST,
        # Each worker shows by a file that it is alive: in memory, where no slow disk holds it up and
        # a root that can't be written doesn't matter. The control socket would need a home folder.
        "worker_tmp_dir": str(IN_MEMORY) if os.access(IN_MEMORY, os.W_OK) else None,
        "control_socket_disable": True,
        "loglevel": "warning",
        "logger_class": _OneLog,
    }
