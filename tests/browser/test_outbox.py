"""What isn't saved yet waits on the device: sent once, by its owner alone, and gone with whoever leaves."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Draft, Response
from tests.browser.person import Person
from tests.browser.test_class import begin, come_in, give, open_class, walk_in
from tests.web.ways import ARTICLE, right

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

WAITING = """() => Object.keys(localStorage)
    .filter(one => one.startsWith('whose-word:') && !localStorage[one].includes('"begun":'))"""
FIRST, OTHER = {"mark": ["s1"]}, {"mark": ["s8"]}


@contextmanager
def device(browser: Browser) -> Iterator[BrowserContext]:
    """A device that keeps its cookies and its storage while pages come and go."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context
    context.close()


def person_at(context: BrowserContext, library: Library, address: str) -> Person:
    """Somebody who presses Start in a new window."""
    person = Person(context.new_page(), library)
    person.start(address)
    return person


def close_the_lid(person: Person) -> str:
    """Mark s1 and send it off while the network is away, then close the page; gives its address."""
    page = person.page
    page.context.set_offline(True)
    page.check('input[name="mark"][value="s1"]', force=True)
    page.locator("[data-send]:visible").first.click()
    page.wait_for_selector('[data-saved][data-state="unsaved"]')
    address = page.url
    close(page)
    return address


def close(page: Page) -> None:
    """Close a page, and let the network come back after it.

    A page may hear of the network while it is being closed; here it can send nothing by then.
    """
    page.evaluate("() => { window.fetch = async () => {}; XMLHttpRequest.prototype.send = () => {}; }")
    page.close()
    page.context.set_offline(False)


def another(address: str, step: int) -> str:
    """The address of another step of the same attempt."""
    return re.sub(r"\d+$", str(step), address)


def posts(context: BrowserContext) -> list[str]:
    """The addresses that this device posts to from now on."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url)

    context.on("request", note)
    return sent


def answers(session: Session) -> list[object]:
    """Every answer on the server."""
    session.rollback()
    return list(session.scalars(select(Response.answer)))


def waits(page: Page) -> list[str]:
    """The names of what waits on this device."""
    found: list[str] = page.evaluate(WAITING)
    return found


def nothing_waits(page: Page) -> None:
    """Wait until nothing waits on this device."""
    page.wait_for_function(f"() => !({WAITING})().length")


def test_an_answer_outlives_its_page_and_is_sent_once_when_its_step_opens(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        address = close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        assert answers(session) == []
        sent = posts(context)
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("a.next")
        expect(page.locator("[data-saved]")).to_have_text("Saved")
        assert waits(page) == []
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert sent == [address]
    assert answers(session) == [FIRST]


def test_a_step_that_opens_while_the_server_is_away_shows_the_answer_and_keeps_trying(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        address = close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        page = context.new_page()
        page.route(address, lambda one: one.abort() if one.request.method == "POST" else one.continue_())
        page.goto(address)
        page.wait_for_selector('[data-saved][data-state="unsaved"]')
        assert page.locator('input[name="mark"]:checked').evaluate_all(
            "all => all.map(one => one.value)"
        ) == ["s1"]
        page.unroute(address)
        page.wait_for_selector("a.next")
    assert answers(session) == [FIRST]


def test_an_answer_goes_out_from_another_step_of_its_owner(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        address = close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        sent = posts(context)
        page = context.new_page()
        page.route(address, lambda one: one.abort())
        page.goto(another(address, 2))
        line = page.locator("[data-saved]")
        expect(line).to_have_text("An answer to step 1 waits on this device")
        expect(line).to_have_attribute("data-state", "unsaved")
        page.unroute(address)
        expect(line).to_have_text("The answer to step 1 is saved")
        nothing_waits(page)
        assert set(sent) == {address}
        page.goto(address)
        page.wait_for_selector("a.next")
    assert answers(session) == [FIRST]


def test_an_answer_that_arrived_though_nothing_came_back_is_kept_once(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    def arrive(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    with device(browser) as context:
        page = person_at(context, library, f"{site}/learn/{ARTICLE}/b").page
        address = page.url
        page.route(address, arrive)
        page.check('input[name="mark"][value="s1"]', force=True)
        page.locator("[data-send]:visible").first.click()
        page.wait_for_selector('[data-saved][data-state="unsaved"]')
        close(page)
        assert answers(session) == [FIRST]
        page = context.new_page()
        page.goto(another(address, 2))
        expect(page.locator("[data-saved]")).to_have_text("The answer to step 1 is saved")
        assert waits(page) == []
        expect(page.locator("[data-told]")).to_be_hidden()
    assert answers(session) == [FIRST]


def test_a_window_no_longer_says_that_an_answer_waits_once_another_window_sent_it(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        address = close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        second = context.new_page()
        second.route(address, lambda one: one.abort())
        second.goto(another(address, 2))
        expect(second.locator("[data-saved]")).to_have_text("An answer to step 1 waits on this device")
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("a.next")
        expect(second.locator("[data-saved]")).to_have_text("", timeout=30_000)
    assert answers(session) == [FIRST]


def test_an_answer_that_came_too_late_is_dropped_and_the_page_says_so(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context, device(browser) as home:
        address = close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        home.add_cookies(context.cookies())  # type: ignore[arg-type]
        second = Person(home.new_page(), library)
        second.page.goto(address)
        second.answer(OTHER)
        page = context.new_page()
        page.goto(another(address, 2))
        told = page.locator("[data-told]")
        expect(told).to_contain_text("You answered step 1 before. That answer stands")
        assert waits(page) == []
        told.get_by_role("link", name="Open step 1").click()
        page.wait_for_url(address)
        page.wait_for_selector("a.next")
    assert answers(session) == [OTHER]


def test_an_answer_that_needs_another_look_waits_until_its_step_opens(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        page = person_at(context, library, f"{site}/learn/{ARTICLE}/b").page
        address = page.url
        context.set_offline(True)
        page.locator("[data-send]:visible").first.click()
        page.wait_for_selector('[data-saved][data-state="unsaved"]')
        close(page)
        page = context.new_page()
        page.goto(another(address, 2))
        page.locator("[data-told]").get_by_role("link", name="Open step 1").click()
        page.wait_for_url(address)
        page.wait_for_selector(".task .problem")
        assert waits(page) == []
    assert answers(session) == []


def test_what_waits_never_crosses_to_another_person(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        address = close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        cookies = context.cookies()
        context.clear_cookies()
        other = person_at(context, library, f"{site}/learn/{ARTICLE}/c")
        sent = posts(context)
        other.page.goto(another(other.page.url, 2))
        other.page.wait_for_load_state("networkidle")
        assert other.page.inner_text("[data-saved]") == ""
        assert sent == []
        assert len(waits(other.page)) == 1
        assert answers(session) == []

        context.clear_cookies()
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("a.next")
    assert answers(session) == [FIRST]


def test_what_waits_for_a_class_leaves_from_the_pages_of_that_seat_alone(
    browser: Browser, site: str, engine: Engine, library: Library, session: Session
) -> None:
    with device(browser) as teacher, device(browser) as context:
        board = teacher.new_page()
        come_in(board, site, engine)
        code = open_class(board)
        give(board)
        person = Person(context.new_page(), library)
        walk_in(person, site, code)
        begin(person)
        address = close_the_lid(person)
        sent = posts(context)
        alone = person_at(context, library, f"{site}/learn/{ARTICLE}/c").page
        started = list(sent)
        alone.goto(another(alone.url, 2))
        alone.wait_for_load_state("networkidle")
        assert sent == started
        assert len(waits(alone)) == 1
        page = context.new_page()
        page.goto(another(address, 2))
        nothing_waits(page)
        assert sent == [*started, address]
    assert answers(session) == [FIRST]


@pytest.mark.parametrize("cleared_by", ["script", "header"])
def test_whoever_leaves_is_told_first_and_leaves_nothing_behind(
    browser: Browser, site: str, library: Library, session: Session, cleared_by: str
) -> None:
    with device(browser) as context:
        close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        page = context.new_page()
        page.goto(f"{site}/me")
        expect(page.get_by_text("Something on this device isn’t saved yet")).to_be_visible()
        page.click("summary:has-text('Leave without a code')")
        if cleared_by == "script":
            page.route(
                "**/me/leave", lambda one: one.fulfill(status=200, body="left", content_type="text/html")
            )
        else:
            page.evaluate("Storage.prototype.removeItem = () => {}")
        with page.expect_response("**/me/leave") as left:
            page.get_by_role("button", name="Leave all the same").click()
        page.wait_for_url(f"{site}/me/leave" if cleared_by == "script" else f"{site}/")
        assert page.evaluate("localStorage.length") == 0
        if cleared_by == "header":
            assert left.value.header_value("Clear-Site-Data") == '"cache", "storage"'
    assert answers(session) == []


def test_deleting_takes_what_waits_along_once_it_is_meant(
    browser: Browser, site: str, library: Library
) -> None:
    with device(browser) as context:
        close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        page = context.new_page()
        page.goto(f"{site}/me")
        page.click("summary:has-text('Delete my work')")
        page.get_by_role("button", name="Delete it now").click()
        page.wait_for_selector(".problem[role=alert]")
        assert len(waits(page)) == 1
        page.check("[name=sure]")
        page.get_by_role("button", name="Delete it now").click()
        page.wait_for_url("**/me/deleted")
        assert page.evaluate("localStorage.length") == 0


def test_ticks_outlive_a_reload_and_nothing_is_sent_before_it_is_meant(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        page = person_at(context, library, f"{site}/learn/{ARTICLE}/b").page
        sent = posts(context)
        for unit in ("s1", "s8", "s2", "s8"):  # The last one takes its mark away.
            page.locator(f'input[name="mark"][value="{unit}"]').click(force=True)
        page.reload()
        expect(page.locator("input[name=mark]:checked")).to_have_count(2)
        assert sent == []
        page.locator("[data-send]:visible").first.click()
        page.wait_for_selector("a.next")
        assert waits(page) == []
        elsewhere = context.new_page()
        elsewhere.goto(f"{site}/me")
        expect(elsewhere.get_by_text("Something on this device isn’t saved yet")).to_be_hidden()
    assert answers(session) == [{"mark": ["s1", "s2"]}]


def test_what_a_refused_answer_had_outlives_a_reload(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        page = person_at(context, library, f"{site}/learn/{ARTICLE}/a").page
        page.locator("input[type=radio]").first.check(force=True)
        page.locator("[data-send]:visible").first.click()
        page.wait_for_selector(".task .problem")
        page.reload()
        expect(page.locator("input[type=radio]:checked")).to_have_count(1)
    assert answers(session) == []


def test_a_reason_of_one_line_outlives_a_reload_with_its_ticks(
    browser: Browser, site: str, library: Library
) -> None:
    with device(browser) as context:
        page = person_at(context, library, f"{site}/learn/{ARTICLE}/c").page
        page.goto(another(page.url, 5))
        page.locator(".bins input").first.check(force=True)
        page.locator("input[name^=reason-]").fill("It names the office.")
        page.reload()
        expect(page.locator(".bins input:checked")).to_have_count(1)
        expect(page.locator("input[name^=reason-]")).to_have_value("It names the office.")


def write_at(page: Page, address: str, text: str) -> None:
    """Write a text at a step, and wait until its draft is on the server."""
    page.goto(address)
    page.fill("textarea", text)
    page.wait_for_selector('[data-saved][data-state="kept"]')


def test_going_back_brings_no_older_text_over_a_newer_one(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context, device(browser) as home:
        page = person_at(context, library, f"{site}/learn/{ARTICLE}/c").page
        address = another(page.url, 7)
        write_at(page, address, "At school")
        page.goto(f"{site}/guide")
        home.add_cookies(context.cookies())  # type: ignore[arg-type]
        write_at(home.new_page(), address, "At home")
        page.go_back()
        page.wait_for_timeout(2500)  # longer than a draft waits
    assert drafts(session) == ["At home"]


def test_whoever_is_forgotten_comes_back_with_a_code_and_the_answer_is_sent(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        page = person_at(context, library, f"{site}/learn/{ARTICLE}/b").page
        address = page.url
        mine = context.new_page()
        mine.goto(f"{site}/me")
        mine.get_by_role("button", name="Make my code").click()
        code = mine.inner_text("output")
        context.clear_cookies()
        page.check('input[name="mark"][value="s1"]', force=True)
        page.locator("[data-send]:visible").first.click()
        page.wait_for_selector('[data-saved][data-state="lost"]')
        page.check('input[name="mark"][value="s4"]', force=True)  # What waits is what stands there.
        page.locator("[data-saved]").get_by_role("link", name="Come back with your code").click()
        page.fill("main input[name=code]", code)
        page.get_by_role("button", name="Open my work").click()
        page.wait_for_url(address)
        page.wait_for_selector("a.next")
        assert waits(page) == []
    assert answers(session) == [{"mark": ["s1", "s4"]}]


def drafts(session: Session) -> list[str]:
    """Every draft on the server."""
    session.rollback()
    return list(session.scalars(select(Draft.text)))


def test_a_draft_outlives_its_page_and_is_saved_when_it_opens_again(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        page = person_at(context, library, f"{site}/learn/{ARTICLE}/c").page
        address = another(page.url, 7)
        page.goto(address)
        context.set_offline(True)
        page.locator("textarea").press_sequentially("The embassy denied")
        page.wait_for_selector('[data-saved][data-state="unsaved"]')
        close(page)
        assert drafts(session) == []
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector('[data-saved][data-state="kept"]')
        assert page.input_value("textarea") == "The embassy denied"
        assert page.inner_text("[data-words]") == "3 words so far"
        assert waits(page) == []
    assert drafts(session) == ["The embassy denied"]


def test_a_draft_isnt_taken_for_saved_where_a_networks_login_answers(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        page = person_at(context, library, f"{site}/learn/{ARTICLE}/c").page
        page.goto(another(page.url, 7))
        login = {"Location": f"{site}/privacy"}
        page.route("**/draft", lambda one: one.fulfill(status=302, headers=login))
        page.locator("textarea").press_sequentially("The embassy denied")
        page.wait_for_selector('[data-saved][data-state="unsaved"]')
        assert len(waits(page)) == 1
        assert page.get_by_role("link", name="Load this page again").is_visible()
        page.unroute("**/draft")
        page.wait_for_selector('[data-saved][data-state="kept"]')
        assert waits(page) == []
    assert drafts(session) == ["The embassy denied"]


def test_a_draft_that_waited_takes_no_place_of_one_written_elsewhere_meanwhile(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context, device(browser) as home:
        page = person_at(context, library, f"{site}/learn/{ARTICLE}/c").page
        address = another(page.url, 7)
        page.goto(address)
        context.set_offline(True)
        page.locator("textarea").press_sequentially("At school")
        page.wait_for_selector('[data-saved][data-state="unsaved"]')
        close(page)
        home.add_cookies(context.cookies())  # type: ignore[arg-type]
        write_at(home.new_page(), address, "At home")
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector('[data-saved][data-state="kept"]')
    assert drafts(session) == ["At home\n\nAt school"]


def written_offline(context: BrowserContext, library: Library, site: str) -> tuple[Page, str]:
    """A text that is long enough, in its field while the network is away; the page, and the text."""
    person = person_at(context, library, f"{site}/learn/{ARTICLE}/c")
    person.page.goto(another(person.page.url, 7))
    text = right(person.item())["text"][0]
    person.page.fill("textarea", text)
    context.set_offline(True)
    return person.page, text


def test_a_text_that_is_handed_in_offline_arrives_though_the_button_for_drafts_is_pressed_after(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        page, text = written_offline(context, library, site)
        page.locator("[data-send]:visible").first.click()
        page.wait_for_selector('[data-saved][data-state="unsaved"]')
        page.locator("button[formaction]").click()
        context.set_offline(False)
        page.wait_for_selector("a.next", timeout=30_000)
        nothing_waits(page)
    assert answers(session) == [{"text": [text]}]
    assert drafts(session) == []


def test_keeping_a_draft_by_its_button_while_offline_hands_nothing_in_and_locks_nothing(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        page, text = written_offline(context, library, site)
        page.locator("button[formaction]").click()
        page.wait_for_selector('[data-saved][data-state="unsaved"]')
        page.wait_for_timeout(2500)  # longer than an answer would wait to be sent again
        context.set_offline(False)
        page.wait_for_selector('[data-saved][data-state="kept"]')
        expect(page.locator("form.waiting")).to_have_count(0)
        assert waits(page) == []
    assert answers(session) == []
    assert drafts(session) == [text]


MAKE_OLD = """() => {
  const name = Object.keys(localStorage)[0];
  const one = JSON.parse(localStorage[name]);
  localStorage[name] = JSON.stringify({ ...one, at: one.at - 15 * 24 * 3600 * 1000 });
  localStorage["whose-word:/x"] = "{";
}"""


def test_a_devices_clock_drops_no_answer_and_what_is_unreadable_is_dropped(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        address = close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        page = context.new_page()
        page.goto(f"{site}/learn")
        page.evaluate(MAKE_OLD)
        page.goto(address)
        page.wait_for_selector("a.next")
        assert waits(page) == []
    assert answers(session) == [FIRST]


def test_what_the_server_refuses_is_dropped_once_it_is_a_fortnight_old(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        address = close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        gone = re.sub("attempts/[0-9a-f]{8}", "attempts/00000000", address).removeprefix(site)
        page = context.new_page()
        page.goto(f"{site}/learn")
        page.evaluate(
            """(path) => {
              const [one] = Object.values(localStorage);
              localStorage["whose-word:" + path] = JSON.stringify({ ...JSON.parse(one), path });
            }""",
            gone,
        )
        page.goto(another(address, 2))
        page.wait_for_function(f"() => ({WAITING})().length === 1")
        page.wait_for_load_state("networkidle")
        assert waits(page) == [f"whose-word:{gone}"]
        page.evaluate(MAKE_OLD)
        page.reload()
        nothing_waits(page)
    assert answers(session) == [FIRST]


def test_an_engine_without_a_timeout_for_requests_sends_what_waits(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        address = close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        context.add_init_script("delete AbortSignal.timeout; delete HTMLFormElement.prototype.requestSubmit;")
        page = context.new_page()
        page.goto(another(address, 2))
        nothing_waits(page)
        page.goto(address)
        page.wait_for_selector("a.next")
    assert answers(session) == [FIRST]


def test_a_browser_that_stores_nothing_answers_as_before(
    browser: Browser, site: str, library: Library, session: Session
) -> None:
    with device(browser) as context:
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })"
        )
        said: list[str] = []
        context.on("weberror", lambda one: said.append(str(one.error)))
        person = person_at(context, library, f"{site}/learn/{ARTICLE}/b")
        person.answer(FIRST)
        person.page.goto(f"{site}/me")
        person.page.wait_for_load_state("networkidle")
        assert said == []
    assert answers(session) == [FIRST]


def test_what_waits_has_no_token(browser: Browser, site: str, library: Library, session: Session) -> None:
    with device(browser) as context:
        close_the_lid(person_at(context, library, f"{site}/learn/{ARTICLE}/b"))
        page = context.new_page()
        page.goto(f"{site}/learn")
        (record,) = page.evaluate("() => Object.values(localStorage).map(one => JSON.parse(one))")
        assert set(record) == {"path", "owner", "at", "fields"}
        assert "csrf_token" not in dict(record["fields"])
    assert answers(session) == []
