"""The keys that work on a page, shown by ? and by the foot; in the guide for who has no scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import looks
from tests.browser.legs.items import ITEMS
from tests.browser.stage import Stage
from tests.browser.tour import window
from tests.browser.walker import Walker, amiss
from tests.web.ways import right

pytestmark = pytest.mark.browser

ALWAYS = ["Tab", "Enter", "?", "Esc"]
ARROWS = "↑ ↓"
ROWS = {
    "spot-sentence": [ARROWS, "Space", "Enter"],
    "spot-span": [ARROWS, "Space", "Enter"],
    "classify": [ARROWS, "← →", "1 to 3", "Enter"],
    "grid": [ARROWS, "← →", "1 to 3", "Enter"],
    "choice": [ARROWS, "1 to 4", "Enter"],
    "several": [ARROWS, "Space", "1 to 9", "Enter"],
    "text": [],
}
"""The keys of a task of each kind, beside those of every page."""


@pytest.fixture
def walker(browser: Browser, stage: Stage) -> Iterator[Walker]:
    with window(browser) as page:
        yield Walker(page, stage)


def key_map(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Keys to press on this page")


def keys(page: Page) -> list[str]:
    """The keys that the page names, asked for by ?."""
    page.keyboard.press("?")
    expect(key_map(page)).to_be_visible()
    shown = key_map(page).get_by_role("rowheader").all_inner_texts()
    page.keyboard.press("Escape")
    expect(key_map(page)).to_be_hidden()
    return [" ".join(one.split()) for one in shown]


def test_the_keys_are_shown_and_the_focus_comes_back(walker: Walker) -> None:
    page = walker.page
    walker.begin(*ITEMS["spot-sentence"])
    box = page.get_by_role("checkbox", name="Sentence 2:")
    box.focus()
    page.keyboard.press("?")
    expect(key_map(page)).to_be_visible()
    expect(key_map(page).get_by_role("heading")).to_be_focused()
    assert list(looks.axe(page, looks.EVERY_RULE)) == []
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    expect(key_map(page)).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).not_to_be_checked()

    button = page.get_by_role("contentinfo").get_by_role("button", name="Keyboard")
    expect(page.get_by_role("contentinfo").get_by_role("link", name="Keyboard")).to_have_count(0)
    button.click()
    key_map(page).get_by_role("button", name="Close").click()
    expect(key_map(page)).to_be_hidden()
    expect(button).to_be_focused()


def test_who_types_a_question_mark_gets_one(walker: Walker) -> None:
    walker.begin(*ITEMS["text"])
    for field in ("textarea", "#text"):
        walker.page.locator(field).press_sequentially("Who?")
    expect(walker.page.locator("textarea")).to_have_value("Who?Who?")
    walker.begin(*ITEMS["grid-reason"])
    walker.page.get_by_role("textbox").first.press_sequentially("Why?")
    expect(walker.page.get_by_role("textbox").first).to_have_value("Why?")
    expect(key_map(walker.page)).to_be_hidden()


@pytest.mark.parametrize("kind", ROWS)
def test_each_task_names_the_keys_that_work_on_it(walker: Walker, kind: str) -> None:
    walker.begin(*ITEMS[kind])
    assert keys(walker.page) == [*ROWS[kind], *ALWAYS]
    walker.answer(right(walker.item()))
    assert keys(walker.page) == ALWAYS


def test_n_steps_through_what_went_wrong(walker: Walker) -> None:
    page = walker.page
    walker.begin(*ITEMS["spot-sentence"])
    walker.answer(amiss(walker.item()))
    assert keys(page) == ["n", *ALWAYS]
    # What presses for a key is fetched where it is used.
    page.wait_for_function(
        "performance.getEntriesByType('resource').some(({ name }) => name.includes('board'))"
    )
    seen = []
    for _press in range(2):
        page.keyboard.press("n")
        expect(page.locator(".note:focus")).to_have_count(1)
        seen.append(page.locator(":focus").get_attribute("aria-label"))
    assert len(set(seen)) == 2


def test_keys_of_one_sign_can_be_turned_off(walker: Walker) -> None:
    page = walker.page
    walker.go("/guide")
    walker.button("Turn ? and n off")
    expect(page.get_by_role("button", name="Turn ? and n on again")).to_be_visible()
    walker.begin(*ITEMS["spot-sentence"])
    with page.expect_response(re.compile("board")):
        walker.answer(amiss(walker.item()))
    page.keyboard.press("?")
    expect(page.locator("h1")).to_be_focused()
    expect(key_map(page)).to_be_hidden()
    walker.button("Keyboard")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator(".note:focus")).to_have_count(0)
    walker.button("Keyboard")
    assert key_map(page).get_by_role("rowheader").all_inner_texts() == ["Tab", "Enter", "Esc"]
    walker.go("/guide")
    walker.button("Turn ? and n on again")
    expect(page.get_by_role("button", name="Turn ? and n off")).to_be_visible()
    assert keys(page) == ALWAYS


def test_the_board_goes_on_by_its_keys_and_not_while_they_are_shown(walker: Walker) -> None:
    page = walker.page
    walker.sign_in()
    walker.room(f"/worst?task={walker.stage.given['alleged-support/b']}")
    assert keys(page) == ["Space →", "←", *ALWAYS]
    here = page.url
    page.keyboard.press("?")
    for key in ("ArrowRight", "Space"):
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    expect(key_map(page)).to_be_hidden()
    assert page.url == here
    with page.expect_navigation(url=re.compile("show=shares")):
        page.keyboard.press("Space")
    page.wait_for_load_state("networkidle")
    with page.expect_navigation(url=re.compile("show=sentence")):
        page.keyboard.press("PageUp")


def test_without_scripts_the_foot_leads_to_the_keys_in_the_guide(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(stage.site)
    foot = page.get_by_role("contentinfo")
    expect(foot.get_by_role("button", name="Keyboard")).to_have_count(0)
    foot.get_by_role("link", name="Keyboard").click()
    page.wait_for_url("**/guide#keys")
    expect(page.locator("#keys")).to_contain_text("Where scripts are off")
    for caption in ("While you mark", "While you choose", "After the answer", "On every page"):
        expect(page.locator("#keys").get_by_role("table", name=caption)).to_be_visible()
    context.close()
