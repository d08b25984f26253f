"""Wires the app: settings, content, database and pages. Nothing else."""

from pathlib import Path

from flask import Flask
from flask_babel import Babel
from flask_compress import Compress
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from quiz.content.load import load
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.store.engine import connect
from quiz.web import errors, headers, home, limits, logs, look, numbers, practice, static, styleguide, times
from quiz.web.account import routes as account
from quiz.web.cookie import ClockProofSessions
from quiz.web.db import TransactionalFlask, use
from quiz.web.join import routes as join
from quiz.web.learn import routes as learn
from quiz.web.teach import entry, let_in, polls
from quiz.web.teach import routes as teach

ROOT = Path(__file__).parent.parent
COOKIE_SECONDS = 365 * 24 * 3600
LARGEST_BODY = 256 * 1024


def create_app(settings: Settings | None = None, library: Library | None = None) -> Flask:
    """An app for these settings and this content; by default the environment's and questions/.

    Raises SettingsError or ContentError, each with everything that is to be mended.
    """
    settings = settings or Settings.from_environment()
    app = TransactionalFlask("quiz", root_path=str(ROOT), template_folder="templates", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        # With this prefix browsers take it from this very host alone, not from a neighbour under one domain.
        SESSION_COOKIE_NAME="__Host-session" if settings.secure else "session",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        PERMANENT_SESSION_LIFETIME=COOKIE_SECONDS,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        TRUSTED_HOSTS=settings.allowed_hosts,
        WTF_CSRF_TIME_LIMIT=None,
        # Forms say their own words, by gettext; WTForms would look for its own with every request.
        WTF_I18N_ENABLED=False,
        BABEL_DEFAULT_TIMEZONE=settings.timezone,
        TEACHER_SIGNUP_OPEN=settings.teacher_signup == "open",
        RETENTION_DAYS=settings.retention_days,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    app.jinja_env.globals["csrf_token"] = generate_csrf
    app.session_interface = ClockProofSessions(app)
    use(app, connect(settings.database_url, bounded=True))
    app.extensions["quiz_library"] = library or load(ROOT / "questions")
    Babel(app, default_locale=look.ENGLISH, locale_selector=look.language)
    Compress(app)
    limits.init_app(app, settings.ratelimit_storage_uri)
    errors.init_app(app)
    static.init_app(app, ROOT / "static")
    times.init_app(app)
    numbers.init_app(app)
    for part in (home, look, learn, practice, account, join, entry, teach, polls):
        app.register_blueprint(part.bp)
    if app.debug:
        app.register_blueprint(styleguide.bp)
    app.guard(teach.bp, let_in)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    logs.init_app(app, trust_ids=settings.trusted_proxies > 0)
    headers.init_app(app, secure=settings.secure)
    return app
