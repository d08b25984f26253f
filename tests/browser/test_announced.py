"""What a screen reader is given: names, roles, states; where the focus goes; what is announced, and when."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.legs.items import ITEMS
from tests.browser.stage import Stage
from tests.browser.tour import window
from tests.browser.walker import Walker, amiss

pytestmark = pytest.mark.browser


@pytest.fixture
def walker(browser: Browser, stage: Stage) -> Iterator[Walker]:
    with window(browser) as page:
        yield Walker(page, stage)


def has(page: Page, snapshot: str, within: str = "main") -> None:
    expect(page.locator(within)).to_match_aria_snapshot(snapshot)


def answered(walker: Walker, page: str) -> None:
    """Open a page about a task that most of the class of 28 did."""
    walker.room(f"{page}?task={walker.stage.given['alleged-support/b']}")


def test_a_sentence_says_its_number_its_mark_and_its_verdict(walker: Walker) -> None:
    page = walker.page
    walker.begin(*ITEMS["spot-sentence"])
    has(
        page,
        """
        - heading /Mark every sentence/ [level=1]
        - checkbox "None here"
        - button "Check my marks"
        - 'checkbox /^Sentence 1: China is/'
        - 'checkbox /^Sentence 2: The alleged aid/'
        """,
    )
    page.get_by_role("checkbox", name="Sentence 1:").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator(":focus")).to_have_accessible_name(re.compile("^Sentence 2: "))
    has(page, "- 'checkbox /^Sentence 2:/ [checked]'")

    walker.send()
    page.wait_for_selector("a.next")
    has(
        page,
        """
        - heading /You found 0 of \\d/ [level=1]
        - button /missed, 1 over-marked.*show me/
        - link "Next"
        - paragraph: /^Sentence 1.*\\(missed\\)$/
        - paragraph: /^Sentence 2.*\\(over-marked\\)$/
        """,
    )


def test_words_to_mark_say_in_which_sentence_they_stand(walker: Walker) -> None:
    walker.begin(*ITEMS["spot-span"])
    boxes = walker.page.locator("input[name=mark]")
    for place in range(boxes.count()):
        expect(boxes.nth(place)).to_have_accessible_description(re.compile(r"^Sentence \d+:$"))
        expect(boxes.nth(place)).to_have_accessible_name(re.compile(r"^(?!Sentence)\S"))


def test_the_result_is_told_once_by_the_focus_and_that_it_is_saved_by_a_status(walker: Walker) -> None:
    page = walker.page
    walker.begin(*ITEMS["spot-sentence"])
    walker.answer(amiss(walker.item()))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    said = heading.inner_text()
    assert page.title().startswith(said)
    expect(page.get_by_role("status")).to_have_text("Saved")
    live = page.locator("[aria-live], [role=status], [role=alert]")
    assert not any(said in one for one in live.all_text_contents())


def test_who_steps_through_the_notes_hears_verdict_and_sentence_first(walker: Walker) -> None:
    page = walker.page
    for kind, verdict in (("spot-sentence", "Over-marked|Missed"), ("classify", "Another answer fits")):
        walker.begin(*ITEMS[kind])
        walker.answer(amiss(walker.item()))
        walker.press("[data-steps]")
        note = page.locator(":focus")
        expect(note).to_have_role("group")
        expect(note).to_have_accessible_name(re.compile(rf"^({verdict}), sentence \d+: \S"))
        walker.anew()


def test_cards_and_grids_say_what_each_answer_is_to(walker: Walker) -> None:
    page = walker.page
    walker.begin(*ITEMS["classify"])
    has(
        page,
        """
        - listitem:
          - group /^Sentence \\d+ \\S/:
            - radio "Stated source"
            - radio "Hinted"
            - radio "Own voice"
        """,
    )
    walker.begin("alleged-support/a", 5)
    has(
        page,
        """
        - listitem:
          - group /^Is a source stated\\? Sentence \\d+ \\S/:
            - radio "Yes"
            - radio "No"
          - group /^Is there a hedge\\? Sentence \\d+ \\S/:
            - radio "Yes"
            - radio "No"
        """,
    )
    walker.answer(amiss(walker.item()))
    has(
        page,
        """
        - listitem:
          - paragraph: Is a source stated?
          - paragraph: /Yes|No/
          - paragraph: Is there a hedge?
          - paragraph: /Yes|No/
        """,
    )


NEWS = """() => {
  window.news = [];
  const live = document.querySelector(".glance [aria-live]");
  live.kept = true;
  new MutationObserver((all) => all.forEach((one) => window.news.push(one.target.textContent.trim())))
    .observe(document.querySelector(".glance"), { subtree: true, childList: true, characterData: true });
}"""


def test_a_page_of_results_says_what_came_in_and_nothing_while_nothing_comes(walker: Walker) -> None:
    page = walker.page
    walker.sign_in()
    page.clock.install()
    answered(walker, "/results")
    live = page.locator(".glance [aria-live=polite]")
    before = live.inner_text()
    after = re.sub(r"^\d+", "77", before)
    page.evaluate(NEWS)
    as_it_is = page.inner_html(".glance")
    for body, news in ((as_it_is, []), (as_it_is.replace(before, after), [after])):
        page.unroute_all()
        page.route("**/glance**", _telling(body))
        with page.expect_response("**/glance**"):
            page.clock.run_for(5_000)
        page.clock.run_for(1_000)
        expect(live).to_have_text(news[0] if news else before)
        assert page.evaluate("window.news") == news
    assert page.evaluate("document.querySelector('.glance [aria-live]').kept")


def _telling(body: str) -> Callable[[Route], None]:
    """A poll that is answered with this."""
    return lambda route: route.fulfill(body=body, content_type="text/html")


def test_a_share_is_read_once(walker: Walker) -> None:
    walker.sign_in()
    answered(walker, "/results")
    expect(walker.page.get_by_role("img")).to_have_count(0)
    has(walker.page, "- paragraph: /\\d+ of \\d+ answers of those who started/")


def test_the_board_puts_the_focus_on_what_is_new(walker: Walker) -> None:
    page = walker.page
    walker.sign_in()
    answered(walker, "/worst")
    for name in ("Shares of votes", "The key"):
        page.wait_for_load_state("networkidle")
        with page.expect_navigation():
            page.keyboard.press("ArrowRight")
        expect(page.get_by_role("region", name=name)).to_be_focused()
    page.wait_for_load_state("networkidle")
    with page.expect_navigation():
        page.keyboard.press("Space")
    expect(page.locator("p.ask-line")).to_be_focused()
