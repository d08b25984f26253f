"""A proxy before a server that can fall silent: it takes what is sent, and nothing comes back."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHUNK = 65536


class Proxy:
    """Passes bytes on, both ways, unless it is silent; a connection met in silence never speaks again."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.silent = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.open: list[socket.socket] = [self.listener]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        server = socket.socket(socket.AF_UNIX)
        self.open += [client, server]
        server.connect(self.upstream)
        back = threading.Thread(target=self._pass, args=(server, client), daemon=True)
        back.start()
        self._pass(client, server)

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        """Pass on until one side ends; swallow all that comes from the moment of silence on."""
        muted = False
        with suppress(OSError):
            while data := source.recv(CHUNK):
                muted = muted or self.silent.is_set()
                if not muted:
                    target.sendall(data)
        if not muted:
            for end in (source, target):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy(upstream: str) -> Iterator[Proxy]:
    """A proxy while the block runs."""
    made = Proxy(upstream)
    try:
        yield made
    finally:
        for one in made.open:
            one.close()
