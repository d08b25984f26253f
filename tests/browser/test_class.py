"""A class in real browsers: a teacher opens it, learners walk in on devices of every kind."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Attempt, Response, Seat
from tests.browser.person import Person
from tests.web.room import PASSWORD, link

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
EXERCISE = "alleged-support/b"


@contextmanager
def device(browser: Browser, size: dict[str, int] = DESK, *, script: bool = True) -> Iterator[Page]:
    """A device of somebody's own: cookies and windows that nobody else has."""
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        java_script_enabled=script,
        timezone_id="Europe/Lisbon",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def come_in(page: Page, site: str, engine: Engine) -> None:
    """A teacher comes in by a link."""
    page.goto(site + link(engine))
    page.fill("#name", "Ms Vane")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/teach")


def open_class(page: Page) -> str:
    """From a teacher's own page to the code on the board; gives the code."""
    page.fill("#name", "9b")
    page.click("main button[type=submit]")
    page.wait_for_url("**/projector")
    return page.inner_text(".code-shown output").replace(" ", "")


def give(page: Page, exercise: str = EXERCISE) -> None:
    """From the board to a task that the class has."""
    page.get_by_role("link", name="Give something to do").click()
    page.select_option("#exercise", exercise)
    page.click("main button[type=submit]")
    page.wait_for_url("**#given-*")


def walk_in(person: Person, site: str, code: str) -> str:
    """Type the code, take the name that is shown; gives that name."""
    person.page.goto(f"{site}/join")
    person.type_into("#code", code.lower())
    person.page.wait_for_url(f"**/join/{code}")
    name = person.page.inner_text(".code-shown output")
    person.press("main form.press button")
    person.page.wait_for_url("**/me")
    return name


def begin(person: Person) -> None:
    """From one's own page into the task that the class was given."""
    person.press(".class-work a")
    person.page.wait_for_url("**/learn/assignments/**")
    person.press("main form.press button")
    person.page.wait_for_url("**/learn/attempts/**")


def answer_all(person: Person) -> None:
    person.answer()
    while person.go_on():
        person.answer()


def answered(session: Session) -> dict[str, int]:
    """How many answers each seat has, by its name."""
    session.rollback()
    counts: dict[str, int] = dict.fromkeys(session.scalars(select(Seat.name)), 0)
    query = select(Seat.name).join(Attempt, Attempt.seat_id == Seat.id).join(Attempt.responses)
    for name in session.scalars(query):
        counts[name] += 1
    return counts


def test_three_learners_on_three_devices_and_one_of_them_on_another(
    browser: Browser, site: str, engine: Engine, session: Session, library: Library
) -> None:
    steps = library.exercises[EXERCISE].count
    with (
        device(browser) as board,
        device(browser) as keys,
        device(browser, PHONE) as phone,
        device(browser, script=False) as plain,
        device(browser, PHONE) as tablet,
    ):
        come_in(board, site, engine)
        code = open_class(board)
        expect(board.locator("svg.qr")).to_be_visible()
        give(board)
        first = Person(keys, library, keyboard=True)
        second, third = Person(phone, library), Person(plain, library)
        names = [walk_in(one, site, code) for one in (first, second, third)]
        for one in (first, third):
            begin(one)
            answer_all(one)
        begin(second)
        for _cut in range(2):
            second.answer_offline()
            second.go_on()
        assert answered(session) == {names[0]: steps, names[1]: 2, names[2]: steps}

        board.goto(re.sub("/projector.*|#.*", "", board.url))
        board.get_by_role("link", name=names[1]).click()
        board.get_by_role("button", name="Make six digits").click()
        digits = board.inner_text(".code-shown output")
        again = Person(tablet, library)
        tablet.goto(f"{site}/join/{code}")
        tablet.click("summary")
        again.type_into("#digits", digits)
        tablet.wait_for_url("**/me")
        begin(again)
        assert tablet.url.endswith("/3")
        answer_all(again)
    assert answered(session) == dict.fromkeys(names, steps)


def test_two_learners_share_a_device_and_never_see_or_send_each_others_answers(
    browser: Browser, site: str, engine: Engine, session: Session, library: Library
) -> None:
    with device(browser) as board, device(browser, PHONE) as shared:
        come_in(board, site, engine)
        code = open_class(board)
        give(board)
        person = Person(shared, library)
        first = walk_in(person, site, code)
        begin(person)
        left_open = shared.url
        other_window = shared.context.new_page()
        other_window.goto(left_open)
        person.answer()
        shared.goto(f"{site}/me")
        shared.get_by_text("Leave without a code").click()
        shared.get_by_role("button", name="Leave all the same").click()
        shared.wait_for_url(f"{site}/")
        second = walk_in(person, site, code)
        assert second != first
        begin(person)
        assert shared.url != left_open
        expect(shared.locator("a.next")).to_have_count(0)
        other_window.check('input[name="mark"][value="s1"]', force=True)
        other_window.locator("[data-send]:visible").first.click()
        other_window.wait_for_selector('[data-saved][data-state="lost"]')
        shared.goto(left_open)
        assert "isn’t here" in shared.inner_text("h1")
    assert answered(session) == {first: 1, second: 0}
    assert session.scalars(select(Response.answer)).all() != []
