"""A stand-in for a browser that checks every page it is given."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import html5lib
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

Data = Mapping[str, str | Sequence[str]]
LABELLED = {"checkbox", "radio", "text", "file", "password", "search", None}


class Visitor:
    """Gets and posts as a browser does: with cookies, with the token of the page it stands on.

    One in a hurry doesn't check its pages: for the crowd that fills a class, whose pages others check.
    """

    def __init__(self, app: Flask, *, hurried: bool = False) -> None:
        self.hurried = hurried
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
        self.page = BeautifulSoup(text, "lxml")
        if response.mimetype == "text/html" and not self.hurried:
            check(text, self.page, path)
        return self.page


def check(text: str, page: BeautifulSoup, path: str) -> None:
    """Every page: valid HTML, one h1 that the title holds, unique ids, labels, nothing inline."""
    html5lib.HTMLParser(strict=True).parse(text)
    headings = [" ".join(one.get_text().split()) for one in page.select("h1")]
    assert len(headings) == 1, f"{path}: {len(headings)} h1: write just one"
    title = " ".join(page.title.get_text().split()) if page.title else ""
    assert title.startswith(headings[0]), f"{path}: the title “{title}” must start with “{headings[0]}”"
    ids = Counter(str(one["id"]) for one in page.select("[id]"))
    assert not [name for name, count in ids.items() if count > 1], f"{path}: ids twice: {ids.most_common(3)}"
    for script in page.select("script"):
        assert script.get("src"), f"{path}: an inline script: move it to static/js"
    assert not page.select("style, [style]"), f"{path}: inline style: move it to static/css"
    handlers = [name for one in page.find_all(True) for name in one.attrs if name.startswith("on")]
    assert not handlers, f"{path}: inline handlers {handlers}"
    outside = [one for one in page.select("[src], [href]") if _leaves(str(one.get("src") or one.get("href")))]
    assert not outside, f"{path}: leads to another host: {outside[:2]}"
    for field in page.select("input, textarea, select"):
        if field.name == "input" and field.get("type") not in LABELLED:
            continue
        labelled = field.find_parent("label") or field.get("aria-label") or field.get("aria-labelledby")
        named = field.get("id") and page.select_one(f'label[for="{field["id"]}"]')
        assert labelled or named, f"{path}: no label for {field}"


def _leaves(address: str) -> bool:
    return bool(re.match(r"[a-z]+:|//", address)) and not address.startswith(("data:", "mailto:"))
