"""Whole ways through the app in a real browser: pointer, keys, no script; phone and desk."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Response
from tests.browser.person import Person
from tests.web.ways import ARTICLE

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 700}
DESK = {"width": 1280, "height": 900}
WAYS = {
    "pointer-desk": (DESK, True, False),
    "pointer-phone": (NARROW, True, False),
    "keys-desk": (DESK, True, True),
    "no-script-phone": (PHONE, False, False),
}
SECTIONS = [f"{ARTICLE}/{name}" for name in ("short", "a", "b", "c", "d")] + ["lendal-otters/mini"]
DATABASES = [("postgresql" if way == "pointer-desk" else "sqlite", way) for way in WAYS]


@contextmanager
def opened(browser: Browser, size: dict[str, int], *, script: bool = True) -> Iterator[Page]:
    """A fresh browser window; errors on its console fail the test."""
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda one: asked.append(one.url))
    yield page
    context.close()
    assert said == []
    assert all(one.startswith(("http://127.0.0.1:", "data:")) for one in asked), asked


@pytest.mark.parametrize(("database_url", "way"), DATABASES, indirect=["database_url"])
def test_every_section_from_start_to_result(
    browser: Browser, site: str, library: Library, session: Session, way: str
) -> None:
    size, script, keyboard = WAYS[way]
    with opened(browser, size, script=script) as page:
        person = Person(page, library, keyboard=keyboard)
        steps = 0
        for section in SECTIONS:
            person.start(f"{site}/learn/{section}")
            going = True
            while going:
                _fits(page)
                person.answer()
                _fits(page)
                going = person.go_on()
            steps += library.exercises[section].count
            assert re.search(r"/learn/attempts/[0-9a-f-]{36}$", page.url)
    assert session.scalar(select(func.count()).select_from(Response)) == steps
    assert session.scalar(select(func.count()).where(Response.points_num != Response.points_den)) == 0


def _fits(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_answer_survives_a_lost_connection(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with opened_quietly(browser) as page:
        person = Person(page, library)
        person.start(f"{site}/learn/{ARTICLE}/b")
        page.check('input[name="mark"][value="s1"]', force=True)
        page.context.set_offline(True)
        page.locator("[data-send]:visible").first.click()
        page.wait_for_selector('[data-saved][data-state="unsaved"]')
        assert session.scalar(select(func.count()).select_from(Response)) == 0
        page.context.set_offline(False)
        page.wait_for_selector("a.next", timeout=30_000)
        page.wait_for_selector('[data-saved][data-state="kept"], [data-saved]:has-text("Saved")')
    session.rollback()
    assert [one.answer for one in session.scalars(select(Response))] == [{"mark": ["s1"]}]


@contextmanager
def opened_quietly(browser: Browser) -> Iterator[Page]:
    """A window whose console may complain: the network fails on purpose."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_marking_answers_without_a_page_load_and_shows_what_was_missed(
    browser: Browser, site: str, library: Library
) -> None:
    with opened(browser, PHONE) as page:
        person = Person(page, library)
        person.start(f"{site}/learn/{ARTICLE}/b")
        page.evaluate("window.sameDocument = true")
        person.answer({"mark": ["s1", "s8"]})
        assert page.evaluate("window.sameDocument") is True
        button = page.locator("[data-steps]")
        expect(button).to_be_visible()
        button.click()
        assert page.evaluate("document.activeElement.dataset.verdict") in {"missed", "over"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_strip_fills_as_one_marks_and_empties_again(
    browser: Browser, site: str, library: Library
) -> None:
    with opened(browser, DESK) as page:
        person = Person(page, library)
        person.start(f"{site}/learn/{ARTICLE}/b")
        box, filled = page.locator('input[name="mark"][value="s1"]'), page.locator(".cell.mark")
        expect(filled).to_have_count(0)
        box.check()
        expect(filled.first).to_be_visible()
        assert all("s1" in str(one.get_attribute("data-of")).split() for one in filled.all())
        box.uncheck()
        expect(filled).to_have_count(0)
        person.start(f"{site}/learn/{ARTICLE}/a")
        page.locator('input[value="hinted"]').first.check()
        expect(page.locator(".cell.hint")).to_have_count(1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_draft_is_kept_while_it_is_written(browser: Browser, site: str, library: Library) -> None:
    with opened(browser, DESK) as page:
        person = Person(page, library)
        person.start(f"{site}/learn/{ARTICLE}/c")
        step = re.sub(r"\d+$", "7", page.url)
        page.goto(step)
        page.locator("textarea").press_sequentially("The embassy denied")
        page.wait_for_selector('[data-saved][data-state="kept"]')
        page.goto(step)
        assert page.input_value("textarea") == "The embassy denied"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_draft_can_be_kept_by_its_button(
    browser: Browser, site: str, library: Library, session: Session, script: bool
) -> None:
    with opened(browser, PHONE, script=script) as page:
        person = Person(page, library)
        person.start(f"{site}/learn/{ARTICLE}/c")
        step = re.sub(r"\d+$", "7", page.url)
        page.goto(step)
        page.fill("textarea", "The embassy denied")
        with page.expect_response(re.compile("/draft$")):
            page.locator("button[formaction]").click()
        page.goto(step)
        assert page.input_value("textarea") == "The embassy denied"
    assert session.scalar(select(func.count()).select_from(Response)) == 0
