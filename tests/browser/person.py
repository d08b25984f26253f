"""Somebody at a browser: answers tasks by pointer or by keyboard alone."""

from playwright.sync_api import Page

from quiz.core.formats.text import Text
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.mark import Fields
from tests.web.ways import right

MOST_TABS = 120


class Person:
    """One person on one page of a browser."""

    def __init__(self, page: Page, library: Library, *, keyboard: bool = False) -> None:
        self.page = page
        self.library = library
        self.keyboard = keyboard

    def start(self, address: str) -> None:
        """Press Start on an exercise's page."""
        self.page.goto(address)
        self.press("main form.press button")
        self.page.wait_for_url("**/learn/attempts/**")

    def item(self) -> Item:
        """The task on the page."""
        item = self.library.task(str(self.page.get_attribute("[data-item]", "data-item")))
        assert item is not None
        return item

    def answer(self, fields: Fields | None = None) -> None:
        """Answer the task, by default right, and wait for what is said to it."""
        item = self.item()
        fields = right(item) if fields is None else fields
        if isinstance(item.format, Text):
            self._write(fields["text"][0])
        elif self.keyboard:
            self._by_keys(fields)
        else:
            self._by_pointer(fields)
        self.page.wait_for_selector("a.next")

    def answer_offline(self) -> None:
        """Answer while the network is away: the page says so, and the answer arrives once it is back."""
        self.page.context.set_offline(True)
        self.tick(right(self.item()))
        self.page.locator("[data-send]:visible").first.click()
        self.page.wait_for_selector('[data-saved][data-state="unsaved"]')
        self.page.context.set_offline(False)
        self.page.wait_for_selector("a.next", timeout=30_000)

    def type_into(self, selector: str, text: str) -> None:
        """Fill a line of a form and send it off by Enter."""
        if self.keyboard:
            self._tab_to(selector)
            self.page.keyboard.insert_text(text)
        else:
            self.page.fill(selector, text)
        self.page.press(selector, "Enter")

    def go_on(self) -> bool:
        """Press the button behind the feedback; whether it leads to another task."""
        with self.page.expect_navigation():
            self.press("a.next")
        return self.page.url.rstrip("/").split("/")[-1].isdigit()

    def _by_pointer(self, fields: Fields) -> None:
        self.tick(fields)
        self.page.locator("[data-send]:visible").first.click()

    def tick(self, fields: Fields) -> None:
        """Tick boxes, each brought clear of the bar that lies over the foot of a phone’s page."""
        for name, values in fields.items():
            for value in values:
                box = self.page.locator(f'input[name="{name}"][value="{value}"]')
                box.evaluate("one => one.scrollIntoView({ block: 'center' })")
                box.check(force=True)

    def _by_keys(self, fields: Fields) -> None:
        """Tab to the first unit; arrows between units, space or a digit to mark, Enter to send."""
        for name, values in fields.items():
            for value in values:
                self._tab_to(f'input[name="{name}"]')
                self._set(name, value)
        self.page.keyboard.press("Enter")

    def _set(self, name: str, value: str) -> None:
        boxes = self.page.locator(f'input[name="{name}"]')
        kind = boxes.first.get_attribute("type")
        values = boxes.evaluate_all("all => all.map(one => one.value)")
        if kind == "radio":
            self.page.keyboard.press(str(values.index(value) + 1))
        else:
            here = self.page.evaluate("document.activeElement.value")
            down = values.index(value) - values.index(here)
            for _ in range(abs(down)):
                self.page.keyboard.press("ArrowDown" if down > 0 else "ArrowUp")
            self.page.keyboard.press("Space")
        assert self.page.locator(f'input[name="{name}"][value="{value}"]').is_checked()

    def _tab_to(self, selector: str) -> None:
        for _ in range(MOST_TABS):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} can’t be reached by Tab")

    def _write(self, text: str) -> None:
        if self.keyboard:
            self._tab_to("textarea")
            self.page.keyboard.insert_text(text)
            self._tab_to("[data-send]")
            self.page.keyboard.press("Enter")
            return
        self.page.fill("textarea", text)
        self.page.locator("[data-send]:visible").first.click()

    def press(self, selector: str) -> None:
        """Press a button or follow a link."""
        if self.keyboard:
            self._tab_to(selector)
            self.page.keyboard.press("Enter")
        else:
            self.page.locator(selector).first.click()
