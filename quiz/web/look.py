"""What this browser wants: language, a calmer face, being asked how sure one is, keys of one sign."""

from typing import Any
from urllib.parse import urlsplit

from babel import negotiate_locale
from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_babel, get_locale
from werkzeug.exceptions import HTTPException

from quiz.web import auth
from quiz.web.forms import PressForm

bp = Blueprint("look", __name__)

FACE_COOKIE = "face"
CALM = "calm"
SURE_COOKIE = "sure"
KEYS_COOKIE = "keys"
OFF = "off"
YEAR = 365 * 24 * 3600
ENGLISH = "en_GB"
"""The language that all messages are written in."""


@bp.post("/reading-face")
def switch() -> ResponseReturnValue:
    """Switch between the usual face and the calmer one, and go back."""
    return _switched(FACE_COOKIE, CALM, on=_calm())


@bp.post("/how-sure")
def switch_sure() -> ResponseReturnValue:
    """Switch whether this browser is asked how sure one is, and go back."""
    return _switched(SURE_COOKIE, OFF, on=not asks_sure())


@bp.post("/single-keys")
def switch_keys() -> ResponseReturnValue:
    """Switch whether keys of one sign do something here, and go back: who dictates presses them unawares."""
    return _switched(KEYS_COOKIE, OFF, on=not _single_keys())


def asks_sure() -> bool:
    """Whether this browser wants to be asked how sure one is."""
    return request.cookies.get(SURE_COOKIE) != OFF


def language() -> str | None:
    """The language that the browser asks for, of those that have a catalogue; None for English."""
    others = [str(one) for one in get_babel().instance.list_translations() if str(one) != ENGLISH]
    wanted = [tag.replace("-", "_") for tag, weight in request.accept_languages if weight]
    found = negotiate_locale(wanted, ["en", *others])
    return None if found == "en" else found


def _switched(name: str, value: str, *, on: bool) -> ResponseReturnValue:
    """A cookie set to its one value, or taken away where it is `on` already."""
    if not PressForm().validate_on_submit():
        abort(400)
    response = redirect(_back(), code=303)
    secure: bool = current_app.config["SESSION_COOKIE_SECURE"]
    if on:
        response.delete_cookie(name, samesite="Lax", httponly=True, secure=secure)
    else:
        response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


@bp.app_context_processor
def look() -> dict[str, Any]:
    """What every template knows about the look."""
    locale = get_locale()
    return {
        "lang": str(locale).replace("_", "-") if locale else "en",
        "dir": locale.text_direction if locale else "ltr",
        "readable": _calm(),
        "asks_sure": asks_sure(),
        "single_keys": _single_keys(),
        "teaching": auth.is_signed_in(),
    }


def _back() -> str:
    """The path that the browser came from; the front page where that is no page to load."""
    try:
        path = urlsplit(request.referrer or "").path
        current_app.url_map.bind("").match(path, method="GET")
    except (ValueError, HTTPException):
        return url_for("home.front")
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else url_for("home.front")


def _single_keys() -> bool:
    return request.cookies.get(KEYS_COOKIE) != OFF


def _calm() -> bool:
    return request.cookies.get(FACE_COOKIE) == CALM
