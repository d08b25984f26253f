"""Results in a real browser: they come in while the page is open, are talked about, taken along, deleted."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.services import demo
from quiz.store.engine import WRITES
from quiz.store.tables import Base
from tests.browser.person import Person
from tests.browser.test_class import begin, device, walk_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
def code(site: str, engine: Engine, library: Library) -> str:
    """A class of 28 that nobody sat in; gives its code."""
    with Session(engine.execution_options(**{WRITES: True}), expire_on_commit=False) as session:
        room = demo.fill(session, library, seed=1, now=datetime.now(UTC))
        session.commit()
        return room.code


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/teach/sign-in")
    page.fill("#name", demo.NAME)
    page.fill("#password", demo.PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/teach")
    page.click(".attempts a")


def results_of(page: Page, task: str) -> None:
    """From the class’s page to the results of a task."""
    page.locator("#given li a", has_text=task).click()
    page.get_by_role("link", name="See the results").click()
    page.wait_for_url("**/results?**")


def talk_about(desk: Page) -> None:
    """The heat map, a claim taken out, and the worst claims press by press."""
    desk.get_by_role("link", name="On the text").click()
    assert desk.locator(".heat-row .heat").count() > 10
    desk.locator(".beside-it summary").first.click()
    desk.get_by_role("button", name="Don’t count it in my class").first.click()
    desk.wait_for_selector("text=not counted in this class")

    desk.get_by_role("link", name="Next worst claim").click()
    desk.wait_for_url("**/worst**")
    first = desk.inner_text("h1")
    for shown in (".board-votes", ".board-key", ".ask-line"):
        desk.keyboard.press("ArrowRight")
        desk.wait_for_selector(shown)
    desk.keyboard.press("ArrowRight")
    desk.wait_for_url("**place=2**")
    assert desk.inner_text("h1") != first


def take_along(desk: Page, results: str) -> None:
    """Both exports and the print hold every seat."""
    desk.goto(results)
    with desk.expect_download() as table:
        desk.get_by_role("link", name="Marks as CSV").click()
    rows = list(csv.DictReader(StringIO(Path(table.value.path()).read_text(encoding="utf-8-sig"))))
    with desk.expect_download() as book:
        desk.get_by_role("link", name="All of it as XLSX").click()
    sheet = openpyxl.load_workbook(BytesIO(Path(book.value.path()).read_bytes()))["scores"]
    assert len(rows) == sheet.max_row - 1 == len(demo.KINDS) + 1
    desk.goto(results.replace("/results?", "/print?"))
    desk.get_by_role("link", name="With a row for each name").click()
    desk.wait_for_url("**names=yes**")
    assert desk.locator(".figures tbody tr").count() > len(demo.KINDS)


def mark_a_text(desk: Page, room: str) -> None:
    """Mark a written answer and show the mark to its writer."""
    desk.goto(room)
    results_of(desk, "Lesson 3")
    desk.get_by_role("link", name="Written answers").click()
    desk.check("input[name=level-attribution][value='2']")
    desk.check("input[name=level-size][value='1']")
    desk.fill("#comment", "Both halves of the reply, please.")
    desk.get_by_role("button", name="Keep, and the next one").click()
    desk.wait_for_selector("text=1 of")
    desk.get_by_role("button", name="Show 1 mark to its writer").click()
    desk.wait_for_selector("text=shown to the writer")


def test_answers_come_in_are_talked_about_taken_along_and_deleted(
    browser: Browser, site: str, code: str, session: Session, library: Library
) -> None:
    with device(browser) as desk, device(browser) as other:
        sign_in(desk, site)
        room = desk.url
        results_of(desk, "Anonymous sourcing")
        started = int(desk.inner_text(".glance .facts li:first-child b"))
        learner = Person(other, library)
        walk_in(learner, site, code)
        begin(learner)
        learner.answer()
        desk.wait_for_function(
            "n => document.querySelector('.glance .facts b').textContent == n", arg=str(started + 1)
        )
        results = desk.url

        talk_about(desk)
        take_along(desk, results)
        mark_a_text(desk, room)

        desk.goto(room)
        desk.locator(".careful summary").click()
        desk.fill(".careful input[name=name]", demo.CLASS_NAME)
        desk.get_by_role("button", name="Delete it now").click()
        desk.wait_for_url("**/teach")
    kept = {"learner", "teacher", "revision"}
    for one in Base.metadata.sorted_tables:
        count = session.scalar(select(func.count()).select_from(one))
        assert (one.name in kept) == bool(count), one.name
