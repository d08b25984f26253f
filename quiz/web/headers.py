"""Security headers on every response: pages, static files, and what breaks in the app before any."""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
YEAR = 365 * 24 * 3600


def security_headers(*, secure: bool) -> dict[str, str]:
    """What browsers are told to refuse; `secure` where the app is reached by TLS."""
    headers = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    return headers | ({"Strict-Transport-Security": f"max-age={YEAR}"} if secure else {})


def init_app(app: Flask, *, secure: bool) -> None:
    """Set the headers on all that is answered so far, and keep out of caches what says nothing of them."""
    app.wsgi_app = _Headers(app.wsgi_app, security_headers(secure=secure))  # type: ignore[method-assign]


class _Headers:
    """Sets headers on whatever the app within answers."""

    def __init__(self, app: WSGIApplication, fixed: dict[str, str]) -> None:
        self.app = app
        self.fixed = list(fixed.items())
        self.named = frozenset(name.lower() for name in fixed)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer by the app within."""

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            kept = [header for header in headers if header[0].lower() not in self.named]
            if not any(name.lower() == "cache-control" for name, _ in kept):
                kept.append(("Cache-Control", "no-store"))
            return start_response(status, kept + self.fixed, exc_info)

        return self.app(environ, start)
