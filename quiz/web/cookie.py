"""The session cookie, which outlives a clock that was put right."""

from datetime import UTC, datetime

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature


class ClockProofSessions(SecureCookieSessionInterface):
    """As Flask's own, but a cookie that was signed in what is now the future is good.

    Flask's own takes such a cookie for a forged one. A computer that starts with a wrong clock, and
    sets it back once it has a network, would lose all its learners.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """What the cookie carries; nothing where it is missing, forged or too old."""
        serializer = self.get_signing_serializer(app)
        value = request.cookies.get(self.get_cookie_name(app))
        if serializer is None or not value:
            return self.session_class()
        try:
            data, signed_at = serializer.loads(value, return_timestamp=True)
        except BadSignature:
            return self.session_class()
        if datetime.now(UTC) - signed_at > app.permanent_session_lifetime:
            return self.session_class()
        return self.session_class(data)
