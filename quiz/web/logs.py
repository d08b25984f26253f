"""The log: a line of JSON for each request and each trouble, and nothing of what anybody typed."""

import logging
import re
import secrets
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from time import perf_counter
from traceback import extract_tb
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog
from flask import Flask, request
from structlog.contextvars import bind_contextvars, bound_contextvars, get_contextvars
from structlog.typing import EventDict, WrappedLogger

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[0-9a-fA-F-]{16,64}")
"""Of letters and digits that spell no name."""
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
SENT_BY_CLIENTS = ("Invalid request", "Error handling request")
"""How gunicorn begins what it goes on with an address, a line or a header of a client."""

logger = logging.getLogger("quiz.requests")


def start() -> None:
    """Write the log to stdout; on a terminal troubles alone, so that what was printed stays in sight."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter())
    logging.getLogger().handlers = [handler]
    logging.getLogger("quiz").setLevel(logging.WARNING if sys.stdout.isatty() else logging.INFO)


def formatter() -> logging.Formatter:
    """Makes a record of any logger a line of JSON, with the request in hand."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=["status", "ms"]),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _leave_out_what_was_typed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def request_id() -> str:
    """The id of the request in hand, as its lines in the log have it; empty outside any."""
    return str(get_contextvars().get("request_id", ""))


def init_app(app: Flask, *, trust_ids: bool) -> None:
    """Log each request by its rule; `trust_ids` where a proxy in front sets their ids."""
    app.wsgi_app = RequestLog(app.wsgi_app, trust_ids=trust_ids)  # type: ignore[method-assign]

    @app.url_value_preprocessor
    def name_rule(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
        bind_contextvars(rule=request.url_rule.rule if request.url_rule else "")

    def log_exception(exc_info: Any) -> None:
        """As Flask's own, but without the address, which may hold a code or a link's secret."""
        app.logger.error("a page broke", exc_info=exc_info)

    app.log_exception = log_exception  # type: ignore[method-assign]


class RequestLog:
    """Gives each request an id, sends it back, and logs how the request was answered."""

    def __init__(self, app: WSGIApplication, *, trust_ids: bool) -> None:
        self.app = app
        self.trust_ids = trust_ids

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer by the app; where even its page for errors breaks, in plain words."""
        began = perf_counter()
        name = self._id(environ)
        statuses: list[int] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            statuses.append(int(status[:3]))
            return start_response(status, [*headers, (HEADER, name)], exc_info)

        with bound_contextvars(request_id=name, method=_method(environ), rule=_folder(environ)):
            try:
                body = self.app(environ, start)
            except Exception:
                logger.exception("the page for errors broke")
                start("500 Internal Server Error", [("Content-Type", "text/plain")])
                body = [f"Something broke here. It is noted as {name}.\n".encode()]
            milliseconds = round((perf_counter() - began) * 1000)
            logger.info("answered", extra={"status": statuses[-1], "ms": milliseconds})
        return body

    def _id(self, environ: WSGIEnvironment) -> str:
        given = str(environ.get("HTTP_X_REQUEST_ID", ""))
        return given if self.trust_ids and WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


def _method(environ: WSGIEnvironment) -> str:
    method = str(environ["REQUEST_METHOD"])
    return method if method in METHODS else "other"


def _folder(environ: WSGIEnvironment) -> str:
    """What stands for the rule where Flask isn’t asked."""
    return "/static/…" if str(environ.get("PATH_INFO", "")).startswith("/static/") else ""


def _leave_out_what_was_typed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Say of an error its kind and place; its words only where no request is in hand.

    Words of errors quote values: a name that exists already, a text that is no number.
    """
    typed = "request_id" in event
    for beginning in SENT_BY_CLIENTS:
        if str(event["event"]).startswith(beginning):
            event["event"], typed = beginning, True
    match event.pop("exc_info", None):
        case (_, BaseException() as error, _):
            event["error"] = [_said(one, typed=typed) for one in _chain(error)]
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those that led to it."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _said(error: BaseException, *, typed: bool) -> dict[str, Any]:
    """One error: kind, place, and what a database says without quoting values."""
    said: dict[str, Any] = {"kind": f"{type(error).__module__}.{type(error).__qualname__}"}
    if sqlstate := getattr(error, "sqlstate", None):
        said["sqlstate"] = sqlstate
        said["constraint"] = getattr(getattr(error, "diag", None), "constraint_name", None)
    if not typed or isinstance(error, sqlite3.Error):
        said["words"] = str(error)
    said["at"] = [f"{one.filename}:{one.lineno} {one.name}" for one in extract_tb(error.__traceback__)]
    return said
