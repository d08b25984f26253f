"""Showing a secret once: it travels to the next page in a short-lived cookie for that page alone."""

from flask import current_app, request
from werkzeug.wrappers import Response

SECONDS = 300


def carry(response: Response, name: str, secret: str, *, to: str) -> Response:
    """Let the page at the path `to` show the secret for some minutes; the server keeps nothing of it."""
    response.set_cookie(
        name, secret, max_age=SECONDS, path=to, httponly=True, samesite="Strict", secure=_secure()
    )
    return response


def drop(response: Response, name: str, *, to: str) -> Response:
    """Take a secret away before its time, such as when somebody else sits down at this browser."""
    response.delete_cookie(name, path=to, httponly=True, samesite="Strict", secure=_secure())
    return response


def carried(name: str) -> str:
    """The secret that was brought here; empty where none was, or it is too long ago."""
    return request.cookies.get(name, "")


def _secure() -> bool:
    """Whether browsers may send a cookie by TLS alone."""
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
