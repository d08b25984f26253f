"""A server that is asked to stop, as by whoever runs it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.served import Server

LONGEST_STOP = 60


class StoppableServer(Server):
    """`quiz run`, which can be told to stop."""

    def tell_to_stop(self) -> None:
        """Send TERM to the process that was started, and to no other."""
        assert self._process is not None
        self._process.terminate()

    def ended(self) -> int:
        """Its exit code, once it has ended."""
        assert self._process is not None
        return self._process.wait(LONGEST_STOP)


@contextmanager
def stoppable(database_url: str, **settings: str) -> Iterator[StoppableServer]:
    """A server that has been started, and is gone in the end."""
    with tempfile.TemporaryFile() as log:
        server = StoppableServer(database_url, log, **settings)
        try:
            server.start()
            yield server
        finally:
            server.kill()
