"""What a filter or a network's login answers in the site's place keeps nothing, and nothing says it did.

FOREIGN is how many answers are tried with each script blocked: 4, with some scripts, in the tests; all 20,
with each script, by `make faults`.
"""

import os
import re
from dataclasses import dataclass
from functools import partial

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Response
from tests.browser.person import Person
from tests.browser.test_outbox import device
from tests.web.ways import ARTICLE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

HTML = "<!DOCTYPE html><title>Portal</title>"
PORTAL = f"{HTML}<h1>Sign in to the network</h1><form><input name=user></form>"


@dataclass(frozen=True)
class Foreign:
    """An answer that isn't ours."""

    status: int
    body: str = PORTAL
    location: str = ""


def give(foreign: Foreign, route: Route) -> None:
    headers = {"Content-Type": "text/html"} | ({"Location": foreign.location} if foreign.location else {})
    route.fulfill(status=foreign.status, body=foreign.body, headers=headers)


ANSWERS = [
    Foreign(200),
    Foreign(403),
    Foreign(302, "", "/privacy"),
    Foreign(400, ""),
    Foreign(200, ""),
    Foreign(200, "ok"),
    Foreign(200, f'{HTML}<div id="desk">Blocked</div>'),
    Foreign(200, f'{HTML}<div id="desk" data-item="x" data-answer>Blocked</div>'),
    Foreign(201),
    Foreign(302, "", "/learn"),
    Foreign(400),
    Foreign(401),
    Foreign(404),
    Foreign(407),
    Foreign(409),
    Foreign(422),
    Foreign(429, ""),
    Foreign(451),
    Foreign(500),
    Foreign(511),
]
SOME = int(os.environ.get("FOREIGN", "4"))
PLAIN = ["htmx.min", "desk", "outbox", "saved"]
"""Without one of these the form is a plain form."""
OTHERS = ["units", "draft", "zone", "resume", "copy", "board"] if "FOREIGN" in os.environ else ["units"]
"""Without one of these, answers are kept all the same."""
STEP = re.compile(r"/learn/attempts/[0-9a-f-]{36}/\d+$")


def answer(page: Page) -> None:
    page.check('input[name="mark"][value="s1"]', force=True)
    page.locator("[data-send]:visible").first.click()


def blocked(context: BrowserContext, script: str) -> None:
    context.route(f"**/{script}.js*", lambda one: one.abort())


def opened(context: BrowserContext, library: Library, site: str) -> Page:
    person = Person(context.new_page(), library)
    person.start(f"{site}/learn/{ARTICLE}/b")
    return person.page


@pytest.mark.parametrize("script", ["", *OTHERS])
def test_nothing_is_swapped_in_for_an_answer_but_the_page_of_its_step(
    browser: Browser, site: str, library: Library, session: Session, script: str
) -> None:
    with device(browser) as context:
        if script:
            blocked(context, script)
        page = opened(context, library, site)
        tries = ANSWERS if not script else ANSWERS[:SOME]
        for number, foreign in enumerate(tries):
            page.unroute_all()
            page.route(STEP, partial(give, foreign))
            with page.expect_response(STEP):
                if number:
                    page.evaluate("dispatchEvent(new Event('online'))")
                else:
                    answer(page)
            line = page.locator("[data-saved]")
            expect(line).to_have_attribute("data-state", "unsaved")
            expect(line).to_contain_text("Your answer waits on this device.")
            expect(line).to_be_in_viewport()
            expect(page.locator("form[data-answer]")).to_have_count(1)
        page.unroute_all()
        page.get_by_role("link", name="Load this page again").click()
        page.wait_for_selector("a.next")
        expect(page.locator("[data-saved]")).to_have_text("Saved")
    assert [one.answer for one in session.scalars(select(Response))] == [{"mark": ["s1"]}]


@pytest.mark.parametrize("script", PLAIN)
def test_without_a_script_that_keeps_answers_the_form_is_a_plain_form(
    browser: Browser, site: str, library: Library, session: Session, script: str
) -> None:
    with device(browser) as context:
        blocked(context, script)
        page = opened(context, library, site)
        address = page.url
        for foreign in ANSWERS[:SOME]:
            page.goto(address)
            page.route(STEP, partial(_posted, foreign))
            answer(page)
            page.wait_for_url(lambda _url: True)
            expect(page.locator("form[data-answer]")).to_have_count(0)
            expect(page.locator('[data-saved][data-state="kept"]')).to_have_count(0)
            page.unroute_all()
        page.goto(address)
        answer(page)
        page.wait_for_selector("a.next")
    assert [one.answer for one in session.scalars(select(Response))] == [{"mark": ["s1"]}]


def _posted(foreign: Foreign, route: Route) -> None:
    if route.request.method == "POST":
        give(foreign, route)
    else:
        route.continue_()


@pytest.mark.parametrize("foreign", ANSWERS[:SOME], ids=lambda one: f"{one.status}{one.location}")
def test_the_try_on_the_front_page_shows_what_came_in_its_place(
    browser: Browser, site: str, foreign: Foreign
) -> None:
    with device(browser) as context:
        page = context.new_page()
        page.goto(site)
        page.route(f"{site}/", partial(_posted, foreign))
        page.locator("#try form button[type=submit]").first.click()
        expect(page.locator("#try form")).to_have_count(0)
        page.unroute_all()
        page.goto(site)
        page.locator("#try form button[type=submit]").first.click()
        expect(page.locator("#try")).to_have_count(1)
