"""Connecting to PostgreSQL: nothing is left to a session, and no request waits without an end.

A pooler in transaction mode gives each transaction another session, so nothing set in one lasts, and a
statement prepared in one is unknown, or another client's, in the next.
https://www.pgbouncer.org/features.html
"""

import time
from collections.abc import Callable
from typing import Any

from psycopg import Connection as PsycopgConnection
from psycopg import OperationalError
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from quiz.store.unsafe import Unsafe

CONNECTING = 2
"""Seconds to wait for a connection to one address; the least that libpq takes."""
FIRST_ANSWER = 1.5
"""Seconds to wait for a sign of life: from a new connection, and from one of the pool before it is used."""
STATEMENT = 4.0
"""Seconds that a request waits for one statement."""

MOMENT = 2.0
"""Seconds for which nobody connects after the server kept somebody waiting to no end."""
CANCELED_MS = 3500
"""Milliseconds after which the server ends a statement: before its request gives it up."""
LEFT_ALONE_MS = 30_000
"""Milliseconds after which the server ends a transaction in which nothing is asked."""

NETWORK = {
    "connect_timeout": CONNECTING,
    "tcp_user_timeout": 4000,
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""libpq's parameters, so that a connection which a firewall dropped is found out; milliseconds and seconds.

https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
"""

RECYCLED = 280
"""Seconds after which the pool connects anew: less than the five minutes that common firewalls keep."""

DURABLE = """
SELECT current_setting('fsync'),
       CASE current_setting('synchronous_commit')
         WHEN 'off' THEN set_config('synchronous_commit', 'on', true)
       END
"""
"""Lets this transaction, and it alone, be confirmed only once it is on the disk."""

DURABLE_AND_BOUNDED = f"""{DURABLE},
       set_config('statement_timeout', '{CANCELED_MS}', true),
       set_config('idle_in_transaction_session_timeout', '{LEFT_ALONE_MS}', true)
"""
"""And lets the server end it by itself, so that no row stays locked for a client that is gone."""


def connect(url: URL, *, bounded: bool) -> Engine:
    """An engine for a server; parameters in the address come before those told here.

    Where `bounded`, a connection whose server says nothing for STATEMENT seconds is given up:
    OperationalError, and the server ends what it was asked there. Transactions that may write raise
    Unsafe where the server wouldn't keep them.
    """
    network = {name: value for name, value in NETWORK.items() if name not in url.query}
    engine = create_engine(
        url,
        connect_args={**network, "prepare_threshold": None},
        pool_pre_ping=True,
        pool_recycle=RECYCLED,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin_with(DURABLE_AND_BOUNDED if bounded else DURABLE))
    if bounded:
        _bound(engine)
    return engine


def _begin_with(statement: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("postgresql_readonly"):
            return
        if connection.exec_driver_sql(statement).one()[0] != "on":
            raise Unsafe("PostgreSQL runs with fsync off and would lose answers in a crash: turn it on.")

    return begin


class _Bounded(PsycopgConnection[Any]):
    """A connection that is closed where its server says nothing for `patience` seconds.

    TCP finds out a network that drops what is sent, but not a pooler or a proxy that takes it and is silent.
    """

    patience: float = FIRST_ANSWER
    gave_up: Callable[[], None]

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
                self.gave_up()
            raise


def _bound(engine: Engine) -> None:
    away = _Away()
    event.listen(engine, "do_connect", away.connect)
    event.listen(engine, "checkout", _patient(STATEMENT))
    event.listen(engine, "checkin", _patient(FIRST_ANSWER))


class _Away:
    """A server that didn't answer isn't asked again for a moment: those who queue are told at once."""

    def __init__(self) -> None:
        self.until = 0.0

    def connect(self, _dialect: object, _record: object, args: list[Any], named: dict[str, Any]) -> _Bounded:
        """A new connection. Raises OperationalError where there is none, or was none a moment ago."""
        if time.monotonic() < self.until:
            raise OperationalError("the database didn't answer a moment ago")
        begun = time.monotonic()
        try:
            connection = _Bounded.connect(*args, **named)
        except OperationalError:
            if time.monotonic() - begun > FIRST_ANSWER:
                self.begin()
            raise
        connection.gave_up = self.begin
        return connection

    def begin(self) -> None:
        """From now on, for a moment, nobody connects."""
        self.until = time.monotonic() + MOMENT


def _patient(seconds: float) -> Callable[..., None]:
    def set_patience(connection: Any, *_rest: Any) -> None:
        if connection is not None:
            connection.patience = seconds

    return set_patience
