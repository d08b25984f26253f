"""By keys alone: a learner’s way and a teacher’s, with the focus in sight and never lost."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from quiz.core.library import Library
from tests.browser.person import Person
from tests.browser.stage import BY_KEYS, PASSWORD, Stage
from tests.browser.tour import window
from tests.browser.walker import amiss

pytestmark = pytest.mark.browser
MOST_PRESSES = 150

FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return { lost: true, at: "nothing" };
  const drawn = (each) => {
    const style = getComputedStyle(each);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return ring || style.boxShadow.includes("0px 0px 0px");
  };
  const box = one.getBoundingClientRect();
  const says = (one.innerText || one.getAttribute("aria-label") || "").trim().slice(0, 60);
  return {
    lost: false,
    seen: !one.matches(":focus") || [one, ...(one.labels ?? [])].some(drawn), // Else the browser draws it.
    inWindow: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    isField: one.matches("a, button, input, select, textarea, summary, [data-verdict]"),
    at: `<${one.localName} ${one.id || one.name || one.className}> “${says}”`,
  };
}"""


class Keys(Person):
    """Somebody without a pointer. Looks after each press whether the focus is there and can be seen."""

    def __init__(self, page: Page, library: Library) -> None:
        super().__init__(page, library, keyboard=True)

    def press_key(self, key: str) -> None:
        """One press, after which the focus is in sight."""
        self.page.keyboard.press(key)
        self.check(key)

    def check(self, after: str) -> None:
        """The focus is on something, which is drawn with an outline and stands in the window."""
        focus = self.page.evaluate(FOCUS)
        where = f"after {after} on {self.page.url}: {focus['at']}"
        assert not focus["lost"], f"the focus is lost {where}"
        assert focus["inWindow"], f"the focus is out of the window {where}"
        assert focus["seen"] or not focus["isField"], f"the focus can’t be seen {where}"

    def to(self, selector: str, *, back: bool = False) -> None:
        """Tab until the focus is on what a selector means."""
        key = "Shift+Tab" if back else "Tab"
        for _ in range(MOST_PRESSES):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press(key)
            if self.page.evaluate("document.activeElement !== document.body"):
                self.check(key)
        raise AssertionError(f"{selector} can’t be reached by {key} on {self.page.url}")

    def follow(self, selector: str, address: str) -> None:
        """Go to a link or button, press Enter, and arrive."""
        self.to(selector)
        with self.page.expect_navigation(url=re.compile(address)):
            self.page.keyboard.press("Enter")

    def type(self, selector: str, text: str) -> None:
        """Go to a field and type."""
        self.to(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def send(self) -> None:
        """Send the answer by Enter, and stand on what is said to it."""
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("a.next")
        self.page.wait_for_selector("h1:focus")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with window(browser) as page:
        yield page


def test_a_learner_needs_no_pointer(page: Page, stage: Stage) -> None:
    keys = Keys(page, stage.library)
    page.goto(stage.site)
    keys.press_key("Tab")
    page.keyboard.press("Enter")
    keys.check("the link to the page")
    keys.to("button[name=answer][value=sourced]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#told")
    page.wait_for_selector("#told:focus")
    keys.follow("#main form[action$='/short'] button", "/learn/attempts/")
    going = True
    while going:
        _answer(keys)
        going = keys.go_on()
    keys.follow("a[href$='/me#code']", "/me#code")
    keys.follow("form[action$='/me/code'] button", "/me/code")
    assert re.match(r"[0-9A-Z-]{16,}", page.inner_text("#the-code"))


def _answer(keys: Keys) -> None:
    """By arrows, space and digits; spotting goes wrong, so that there is something to step through."""
    page, item = keys.page, keys.item()
    if item.format.name != "spot":
        keys.answer()
        page.wait_for_selector("h1:focus")
        return
    marked = amiss(item)["mark"]
    keys.to("input[name=mark]")
    boxes = page.locator("input[name=mark]").evaluate_all("all => all.map(one => one.value)")
    for place, unit in enumerate(boxes):
        if unit in marked:
            keys.press_key("Space")
        if place + 1 < len(boxes):
            keys.press_key("ArrowDown")
    for _back in range(2):
        keys.press_key("ArrowUp")
    keys.press_key("Shift+Tab")
    keys.press_key("Tab")
    keys.send()
    keys.to("[data-steps]")
    for _step in range(2):
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.dataset.verdict") in {"missed", "over"}
        keys.check("a step through the notes")
        keys.to("[data-steps]", back=True)


def test_a_teacher_needs_no_pointer(page: Page, stage: Stage) -> None:
    keys = Keys(page, stage.library)
    page.goto(f"{stage.site}/teach/invite/{BY_KEYS}")
    keys.type("#name", "Ms Tab")
    keys.type("#password", PASSWORD)
    keys.follow("#main button[type=submit]", "/teach/classes/")
    full = urlsplit(page.url).path
    keys.follow("nav a[href$='/teach']", "/teach$")
    keys.to("#main summary")
    keys.press_key("Enter")
    keys.type("#name", "9b")
    keys.to("#main [name=naming]")
    keys.press_key("ArrowDown")
    keys.press_key("ArrowUp")
    keys.follow("#main form[action$='/classes'] button[type=submit]", "/projector$")
    keys.follow("#main a[href$='/assignments/new']", "/assignments/new$")
    keys.to("#exercise")
    page.keyboard.type("Anonymous")
    keys.check("a choice from a list")
    keys.follow("#main form button[type=submit]", "#given-")
    keys.follow("nav a[href$='/teach']", "/teach$")
    keys.follow(f"#main a[href='{full}']", full)
    keys.follow("#main a[href$='/results']", "/results")
    keys.to("#main header summary")
    keys.press_key("Enter")
    keys.follow(f"#main header a[href*='task={stage.given['alleged-support/b']}']", "/results")
    keys.follow("nav a[href*='/heat']", "/heat")
    keys.to("#item")
    keys.press_key("ArrowDown")
    keys.follow("#main form[method=get] button", "item=")
    keys.follow("nav a[href*='/worst']", "/worst")
    first = page.inner_text("h1")
    for _shown in range(4):
        keys.follow("a[data-press-next]", "/worst")
    assert page.inner_text("h1") != first


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<style>button { outline: none }</style><button>Send</button>", "can’t be seen"),
        ("<button onfocus='this.blur()'>Send</button>", "is lost"),
        ("<button style='position: fixed; top: -90px'>Send</button>", "out of the window"),
    ],
    ids=["no outline", "lost", "out of sight"],
)
def test_a_focus_that_cannot_be_followed_is_told(page: Page, stage: Stage, body: str, complaint: str) -> None:
    page.set_content(body)
    with pytest.raises(AssertionError, match=complaint):
        Keys(page, stage.library).press_key("Tab")
