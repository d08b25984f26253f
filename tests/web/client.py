"""A stand-in for a browser that checks every page it is given."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.local import LocalProxy
from werkzeug.test import TestResponse

from tests.web.page_check import check

Data = Mapping[str, str | Sequence[str]]


class Visitor:
    """Gets and posts as a browser does: with cookies, with the token of the page it stands on.

    One in a hurry doesn't check its pages: for the crowd that fills a class, whose pages others check.
    Pages are checked on SQLite alone; on PostgreSQL they are the same.
    """

    def __init__(self, app: Flask, *, hurried: bool = False) -> None:
        self.hurried = hurried
        self.checks = app.extensions["quiz_engine"].dialect.name == "sqlite"
        self.client = app.test_client()
        self.page = BeautifulSoup("", "lxml")
        self.response: TestResponse | None = None

    def get(self, path: str, code: int = 200) -> BeautifulSoup:
        """Fetch a page, following redirects, and expect its status."""
        return self._take(self.client.get(path, follow_redirects=True), code)

    def post(
        self, path: str, data: Data | None = None, code: int = 303, *, token: bool = True
    ) -> TestResponse:
        """Post fields with the page's token, expecting a status; pages in the answer are checked."""
        fields: dict[str, object] = dict(data or {})
        if token:
            fields.setdefault("csrf_token", self.token())
        response = self.client.post(path, data=fields)
        assert response.status_code == code, f"{path}: {response.status_code}, not {code}"
        if code != 303:
            self._take(response, code)
        return response

    def press(self, path: str, data: Data | None = None) -> BeautifulSoup:
        """Post, and go where it leads."""
        return self.get(self.post(path, data).headers["Location"])

    def twin(self, app: Flask) -> "Visitor":
        """Another connection of the same browser: the same cookies, the same page."""
        twin = Visitor(app)
        cookie = self.client.get_cookie("session")
        assert cookie is not None
        twin.client.set_cookie("session", cookie.value)
        twin.page = self.page
        return twin

    def token(self) -> str:
        """The CSRF token of the page."""
        field = self.page.select_one("input[name=csrf_token]")
        assert field is not None, "no form on this page"
        return str(field["value"])

    def _take(self, response: TestResponse, code: int) -> BeautifulSoup:
        path = response.request.path
        assert response.status_code == code, f"{path}: {response.status_code}, not {code}"
        self.response = response
        text = response.get_data(as_text=True)
        self.page = _parsed(text)
        if response.mimetype == "text/html" and self.checks and not self.hurried:
            check(text, path)
        return self.page


def _parsed(text: str) -> BeautifulSoup:
    """A page, parsed when the test first looks into it: most pages are passed by."""
    return cast(BeautifulSoup, LocalProxy(cache(lambda: BeautifulSoup(text, "lxml"))))
