"""Security headers on every response, of the app and of static files alike."""

from flask import Flask, Response

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
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    return headers | ({"Strict-Transport-Security": f"max-age={YEAR}"} if secure else {})


def init_app(app: Flask, *, secure: bool) -> None:
    """Set the headers, and keep pages out of caches."""
    fixed = security_headers(secure=secure)

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers.update(fixed)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
