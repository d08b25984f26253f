"""Learning alone in a real browser: practice over a bad network, and a code that is scanned."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.practice_tables import PracticeCard
from quiz.store.tables import Attempt, Learner, Response
from tests.browser.person import Person
from tests.browser.test_ways import DESK, PHONE, opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def practise(page: Page, site: str, library: Library) -> Person:
    """Somebody who presses Practise."""
    person = Person(page, library)
    person.start(f"{site}/practice")
    return person


def go_through(person: Person, *, wrong_first: bool = False) -> None:
    """Answer a session to its end."""
    going = True
    while going:
        item = person.item()
        wrong = {"option": [next(one for one in sorted(item.by_unit) if not item.notes[one].found)]}
        person.answer(wrong if wrong_first else None)
        wrong_first = False
        going = person.go_on()


def test_practice_with_the_network_cut_in_the_middle_loses_and_doubles_nothing(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(30_000)
    person = practise(page, site, library)
    person.answer()
    person.go_on()
    person.answer_offline()
    person.go_on()
    go_through(person, wrong_first=True)
    assert re.search(r"/learn/attempts/[0-9a-f-]{36}$", page.url)
    attempt = session.scalars(select(Attempt)).one()
    steps = session.scalars(select(Response.step).order_by(Response.step)).all()
    assert steps == list(range(1, len(attempt.tasks) + 1)) and len(steps) == 9
    assert len(session.scalars(select(PracticeCard)).all()) == 8
    context.close()


def test_a_scanned_code_opens_the_work_on_a_second_browser_that_has_some_of_its_own(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with opened(browser, DESK) as page:
        go_through(practise(page, site, library))
        page.goto(f"{site}/me")
        page.get_by_role("button", name="Make my code").click()
        page.wait_for_url("**/me/code")
        expect(page.locator("svg.qr")).to_have_count(1)
        code = page.inner_text("#the-code")
    with opened(browser, PHONE) as other:
        paths: list[str] = []
        go_through(practise(other, site, library), wrong_first=True)
        other.on("request", lambda one: paths.append(one.url + (one.post_data or "")))
        other.goto(f"{site}/resume#{code}")
        assert other.input_value("#code") == code and urlsplit(other.url).fragment == ""
        assert not any(code in one for one in paths), "what is behind the # stays in the browser"
        other.get_by_role("button", name="Open my work").click()
        other.wait_for_url("**/me")
        assert "2 sessions of practice so far" in other.inner_text("#growth")
    session.rollback()
    assert len(session.scalars(select(Learner)).all()) == 1
    assert len(session.scalars(select(Response)).all()) == 17
    cards = session.scalars(select(PracticeCard)).all()
    assert len({one.case for one in cards}) == len(cards) <= 10
