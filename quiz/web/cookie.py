"""The session cookie, which outlives a clock that was put right, and is renewed once a day."""

from datetime import UTC, datetime, timedelta

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

RENEWED_AFTER = timedelta(days=1)


class DatedSession(SecureCookieSession):
    """What a cookie carries; `due` where it was signed so long ago that it is to be written anew."""

    due = False


class ClockProofSessions(SecureCookieSessionInterface):
    """As Flask's own, but a cookie that was signed in what is now the future is good.

    Flask's own takes such a cookie for a forged one. A computer that starts with a wrong clock, and
    sets it back once it has a network, would lose all its learners. Flask's own is also signed and sent with
    every response; once a day is enough for those who come to stay known.
    """

    session_class = DatedSession

    def __init__(self, app: Flask) -> None:
        self.serializer_of_app = super().get_signing_serializer(app)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and reads the cookie: made once, since an app's keys don't change while it runs."""
        return self.serializer_of_app

    def open_session(self, app: Flask, request: Request) -> DatedSession:
        """What the cookie carries; nothing where it is missing, forged or too old."""
        serializer = self.get_signing_serializer(app)
        value = request.cookies.get(self.get_cookie_name(app))
        if serializer is None or not value:
            return self.session_class()
        try:
            data, signed_at = serializer.loads(value, return_timestamp=True)
        except BadSignature:
            return self.session_class()
        age = datetime.now(UTC) - signed_at
        if age > app.permanent_session_lifetime:
            return self.session_class()
        session = self.session_class(data)
        session.due = abs(age) > RENEWED_AFTER
        return session

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether the response carries the cookie: where something in it changed, or it is due."""
        return session.modified or (session.permanent and getattr(session, "due", False))
