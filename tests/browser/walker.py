"""Who walks the tour: a person on the stage, who arrives at named states of the app."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Page

from quiz.core.formats.spot import Spot
from quiz.core.item import Item
from quiz.core.mark import Fields
from quiz.services import demo
from tests.browser.person import Person
from tests.browser.stage import Stage
from tests.web.ways import right, wrong


class Walker(Person):
    """Somebody who walks through the app on one page, by what it says and not by how it looks."""

    def __init__(self, page: Page, stage: Stage) -> None:
        super().__init__(page, stage.library)
        self.stage = stage

    def go(self, path: str) -> None:
        """Open a page by its path."""
        self.page.goto(self.stage.site + path)

    def anew(self) -> None:
        """Be somebody who was never here."""
        self.page.context.clear_cookies()

    def afresh(self) -> None:
        """Load the page again, without what was begun on it."""
        self.page.evaluate("localStorage.clear()")
        self.page.reload()

    def button(self, name: str) -> None:
        """Press the first button in sight of that name."""
        self.page.get_by_role("button", name=name).locator("visible=true").first.click()

    def link(self, name: str) -> None:
        """Follow the first link in sight of that name."""
        self.page.get_by_role("link", name=name).locator("visible=true").first.click()

    def unfold(self, text: str) -> None:
        """Open the details under a summary."""
        self.page.locator("summary", has_text=text).locator("visible=true").first.click()

    def begin(self, section: str, step: int = 1) -> None:
        """Start an exercise and go to one of its steps."""
        self.go(f"/learn/{section}")
        self.page.locator('#main form[method="post"] button').first.click()
        self.page.wait_for_url("**/learn/attempts/**")
        self.to_step(step)

    def to_step(self, step: int) -> None:
        """Go to another step of the attempt on the page."""
        attempt, _slash, here = self.page.url.rstrip("/").rpartition("/")
        if here != str(step):
            self.page.goto(f"{attempt}/{step}")

    def fill(self, fields: Fields) -> None:
        """Tick or type an answer without sending it."""
        if "text" in fields:
            self.page.fill("textarea", fields["text"][0])
        else:
            self.tick(fields)

    def send(self) -> None:
        """Send the answer off as it is."""
        self.page.locator("[data-send]:visible").first.click()

    def sign_in(self, name: str = demo.NAME, password: str = demo.PASSWORD) -> None:
        """Come in as a teacher."""
        self.go("/teach/sign-in")
        self.page.fill("[name=name]", name)
        self.page.fill("[name=password]", password)
        self.button("Sign in")
        self.page.wait_for_url("**/teach")

    def room(self, path: str = "") -> None:
        """Open a page of the class of 28."""
        self.go(self.stage.demo.path + path)


def amiss(item: Item) -> Fields:
    """An answer with something found, something missed and something marked too much, where there is room."""
    fields = right(item)
    if isinstance(item.format, Spot):
        over = sorted(item.format.units - item.format.keys - item.format.neutral)
        return {"mark": [*sorted(item.format.keys)[1:], *over[:1]]}
    if item.format.name == "choice":
        return {"option": [next(one for one in sorted(item.by_unit) if one not in fields["option"])]}
    if item.format.name == "text":
        return wrong(item)
    mixed = dict(fields)
    for name in sorted(fields)[::2]:
        mixed[name] = [next(one for one in _answers(item, name) if one not in fields[name])]
    return mixed


def some(fields: Fields) -> Fields:
    """The first part of an answer, for a task that is half done."""
    if "text" in fields:
        return {"text": [" ".join(fields["text"][0].split()[:3])]}
    name, values = next(iter(fields.items()))
    return {name: values[: (len(values) + 1) // 2]}


def _answers(item: Item, name: str) -> list[str]:
    """What can be answered in a field of a classify or a grid."""
    if name.startswith("row-"):
        return [one.id for one in item.answers]
    question = name.split("-")[1]
    return [one.id for asked in item.questions if asked.id == question for one in asked.answers]


Walk = Callable[[Walker], Iterator[str]]


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A part of the tour that one person walks on a page of their own: the states it stops at, in order."""

    who: str
    stops: tuple[str, ...]
    walk: Walk


@dataclass
class Legs:
    """All that one kind of person walks."""

    who: str
    all: list[Leg] = field(default_factory=list)

    def through(self, *stops: str) -> Callable[[Walk], Walk]:
        """A decorator of walks: which stops it makes."""

        def add(walk: Walk) -> Walk:
            self.all.append(Leg(who=self.who, stops=stops, walk=walk))
            return walk

        return add
