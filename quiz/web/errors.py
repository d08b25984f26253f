"""Pages for what went wrong: what happened, and what to do."""

from dataclasses import dataclass
from math import ceil

from flask import Flask, Response, abort, current_app, make_response, render_template, request
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadHost, BadRequest, HTTPException, SecurityError, TooManyRequests

from quiz.store.unsafe import Unsafe
from quiz.web import logs
from quiz.web.text import _, ngettext

FORMS = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data"})
LONGEST_HOST = 260
"""A name has at most 253 characters, a port five."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """An error in words."""

    code: int
    heading: str
    sentence: str
    do: str


def trouble(code: int, wait: int = 0) -> Trouble:
    """What to say for a status code; `wait` are the seconds until somebody may try again."""
    heading, sentence, do = _words(code, wait)
    return Trouble(code=code, heading=heading, sentence=sentence, do=do)


def _words(code: int, wait: int) -> tuple[str, str, str]:
    match code:
        case 404:
            return (
                _("This page isn’t here"),
                _("Nothing is at this address, or it isn’t yours to see."),
                _("Look at the address again, or go back to the start."),
            )
        case 405:
            return (
                _("That can’t be done here"),
                _("This address doesn’t take what was sent."),
                _("Go back to the page you came from and press its button."),
            )
        case 409:
            return (
                _("Something changed meanwhile"),
                _("What you wanted to change was changed or deleted at the same moment."),
                _("Load the page again and look at what is kept."),
            )
        case 410:
            return (
                _("This task was taken away"),
                _("Its authors withdrew it after you had begun. What you answered is kept."),
                _("Go back to the exercise and press Start: it goes on with the next task."),
            )
        case 413:
            return (
                _("That is too much at once"),
                _("What was sent is larger than this page takes. Nothing was kept of it."),
                _("Go back, make it shorter and send it again."),
            )
        case 429:
            minutes = max(1, ceil(wait / 60))
            return (
                _("Too many tries"),
                _("There were many wrong tries in a short time."),
                ngettext(
                    "Wait %(num)s minute, then try again.", "Wait %(num)s minutes, then try again.", minutes
                ),
            )
        case 503:
            return (
                _("One moment, please"),
                _("The answers can’t be reached just now. What was shown as saved is safe."),
                _("What you sent just now isn’t saved: go back, wait a little, and send it again.")
                if request.method == "POST"
                else _("Wait a little, then load the page again."),
            )
        case 500:
            return (
                _("Something broke here"),
                _("It isn’t your fault, and the answers kept are safe."),
                _("Go back and try again."),
            )
    return (
        _("That didn’t work"),
        _("The page couldn’t use what was sent."),
        _("Go back, load the page again and try once more."),
    )


def refuse_what_no_browser_sends() -> None:
    """Refuse bodies that no form sends, and hosts longer than any name."""
    if request.routing_exception is not None:
        return  # a foreign host or an unknown address: said by the view that isn't there
    if len(request.host) > LONGEST_HOST:
        abort(400)
    if request.method == "POST" and request.mimetype not in FORMS:
        abort(415)
    if request.method == "POST" and request.content_length is None and request.mimetype:
        abort(411)


def init_app(app: Flask) -> None:
    """Show a page for every error, and refuse what no browser sends."""
    app.before_request(refuse_what_no_browser_sends)

    @app.errorhandler(SecurityError)
    @app.errorhandler(BadHost)
    def show_foreign_host(_error: BadRequest) -> Response:
        # No template: without a trusted host Flask can't build an address.
        return make_response(_("This site isn’t known under that address.") + "\n", 400)

    @app.errorhandler(HTTPException)
    def show_http_error(error: HTTPException) -> Response:
        wait = error.retry_after if isinstance(error, TooManyRequests) else None
        response = _page(error.code or 500, wait if isinstance(wait, int) else 0)
        for name, value in error.get_headers(request.environ):
            if name in {"Allow", "Retry-After"}:
                response.headers[name] = value
        return response

    _show_troubles_of_the_database(app)


def _show_troubles_of_the_database(app: Flask) -> None:
    @app.errorhandler(IntegrityError)
    @app.errorhandler(StaleDataError)
    def show_conflict(error: Exception) -> Response:
        current_app.logger.warning("lost against another request", exc_info=error)
        return _page(409)

    @app.errorhandler(DataError)
    def show_unfit(error: DataError) -> Response:
        current_app.logger.error("the database refused a value that a form let through", exc_info=error)
        return _page(422)

    @app.errorhandler(Unsafe)
    @app.errorhandler(OperationalError)
    def show_unreachable(error: Exception) -> Response:
        current_app.logger.error("the database can’t be reached", exc_info=error)
        response = _page(503)
        response.headers["Retry-After"] = "5"
        return response


def _page(code: int, wait: int = 0) -> Response:
    page = render_template("errors/error.html", trouble=trouble(code, wait), noted_as=logs.request_id())
    return make_response(page, code)
