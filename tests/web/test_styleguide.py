"""The design on one page: there for who works on it, and within its bounds."""

import re

import pytest
from bs4 import BeautifulSoup

from quiz.app import ROOT, create_app
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.web import tokens
from tests.web.client import Visitor

SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
MOST_SHEETS, MOST_BYTES = 5, 30_000
MADE = {
    *("source", "hint", "voice", "differ", "mark", "found", "missed", "misplaced", "over", "open", "left"),
    "qr",
    *("by-sourced", "by-hinted", "by-own-voice", "by-claim", "by-span", "is-text", "is-choice"),
    *("heat-1", "heat-2", "heat-3", "heat-4", "many-2", "many-4"),
}
"""Classes that templates put together, or that come as the name of a kind or a verdict."""


def test_a_running_service_has_no_style_guide(visitor: Visitor) -> None:
    assert visitor.client.get("/styleguide").status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_in_debug_mode_it_shows_every_mark_note_and_colour(
    database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    app = create_app(
        Settings.from_environment({"DATABASE_URL": database_url, "SECRET_KEY": "k" * 40}), library
    )
    # Three slips stand on it, each with the heading of a page: it isn’t checked as other pages are.
    page = BeautifulSoup(app.test_client().get("/styleguide").get_data(), "lxml")
    app.extensions["quiz_engine"].dispose()
    assert {one["class"][1] for one in page.select(".note")} >= {"found", "missed", "over", "open", "left"}
    assert {kind for one in page.select(".cell") for kind in one["class"]} >= {
        "source",
        "hint",
        "voice",
        "mark",
    }
    colours = tokens.colours(ROOT / "static" / "css" / "base.css")
    assert all(f"--{name}" in page.get_text() for name in colours)
    assert "too little" not in page.get_text()


def test_every_colour_stands_out_from_what_it_stands_on() -> None:
    pairs = tokens.contrasts(tokens.colours(ROOT / "static" / "css" / "base.css"))
    assert [one for one in pairs if not one.enough] == []


def test_contrast_is_that_of_the_guidelines() -> None:
    assert tokens.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert tokens.contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)
    assert tokens.contrast("#1d4ed8", "#1d4ed8") == 1


def test_the_style_sheets_are_few_and_small() -> None:
    assert len(SHEETS) <= MOST_SHEETS
    assert sum(one.stat().st_size for one in SHEETS) < MOST_BYTES


def test_no_style_is_for_a_class_that_nothing_has() -> None:
    sheets = "".join(one.read_text("utf-8") for one in SHEETS)
    rules = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", sheets, flags=re.DOTALL)
    pages = "".join(one.read_text("utf-8") for one in ROOT.glob("templates/**/*.html"))
    scripts = "".join(one.read_text("utf-8") for one in ROOT.glob("static/js/*.js"))
    given = " ".join(re.findall(r'class="((?:[^"{]|\{[{%].*?[%}]\})*)"', pages))
    given += " ".join(re.findall(r"class(?:List|Name).*", scripts))
    had = set(re.findall(r"[a-z][a-z0-9-]*", given)) | MADE
    assert set(re.findall(r"\.([a-z][a-z0-9-]*)", rules)) - had == set()
