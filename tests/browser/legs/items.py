"""A task of each kind: blank, half filled, with a problem told, then what is said to it, wrong and right."""

from collections.abc import Iterator

from tests.browser.walker import Legs, Walk, Walker, amiss, some
from tests.web.ways import right

LEGS = Legs("learner")

ITEMS = {
    "choice": ("alleged-support/c", 3),
    "choice-bins": ("alleged-support/short", 1),
    "choice-pair": ("alleged-support/short", 5),
    "several": ("alleged-support/b", 3),
    "classify": ("alleged-support/a", 1),
    "classify-many": ("alleged-support/d", 5),
    "classify-pairs": ("alleged-support/b", 6),
    "grid": ("alleged-support/c", 1),
    "grid-reason": ("alleged-support/c", 5),
    "spot-sentence": ("alleged-support/b", 1),
    "spot-claim": ("alleged-support/a", 3),
    "spot-span": ("alleged-support/d", 1),
    "text": ("alleged-support/c", 7),
}
"""Where a task of each kind stands: the exercise and the step."""
STATES = ("blank", "half", "problem", "wrong", "right")


def _walk(name: str) -> Walk:
    section, step = ITEMS[name]

    def walk(walker: Walker) -> Iterator[str]:
        walker.begin(section, step)
        yield f"item-{name}-blank"
        item = walker.item()
        walker.fill(some(right(item)))
        yield f"item-{name}-half"
        walker.afresh()
        walker.send()
        walker.page.wait_for_selector("#desk form [role=alert]")
        yield f"item-{name}-problem"
        if item.format.name == "text":
            walker.button("Yes")
            walker.page.wait_for_selector("a.next")
        else:
            walker.answer(amiss(item))
        yield f"item-{name}-wrong"
        walker.anew()
        walker.begin(section, step)
        walker.answer(right(walker.item()))
        yield f"item-{name}-right"

    return walk


for _name in ITEMS:
    LEGS.through(*(f"item-{_name}-{state}" for state in STATES))(_walk(_name))


@LEGS.through("told-stepped", "told-why", "told-left-open", "told-after-end", "told-sum")
def told(walker: Walker) -> Iterator[str]:
    """What is done with feedback: step through the errors, unfold reasons."""
    walker.begin("alleged-support/b", 1)
    walker.answer(amiss(walker.item()))
    for name in ("told-stepped", "told-why"):
        walker.press("[data-steps]")
        yield name if name == "told-stepped" else _unfolded(walker, "Why?", name)
    for note in walker.page.locator("details[data-verdict] > summary:visible").all():
        note.click()
    yield "told-left-open"
    presses = walker.page.locator("[data-steps]")
    for _press in range(2):
        presses.click()
    yield "told-after-end"
    yield _unfolded(walker, "The task", "told-sum")


@LEGS.through("keys-task", "keys-told")
def keys(walker: Walker) -> Iterator[str]:
    """The keys of a task, and of what is said to it."""
    walker.begin(*ITEMS["classify"])
    walker.page.keyboard.press("?")
    walker.page.wait_for_selector("dialog[open]")
    yield "keys-task"
    walker.page.keyboard.press("Escape")
    walker.answer(amiss(walker.item()))
    walker.page.keyboard.press("?")
    walker.page.wait_for_selector("dialog[open]")
    yield "keys-told"


def _unfolded(walker: Walker, summary: str, name: str) -> str:
    walker.unfold(summary)
    return name
