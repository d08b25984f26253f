"""How a class works through an assignment, each learner in their own way."""

from collections.abc import Callable

from quiz.core.library import Library
from quiz.core.mark import Fields
from tests.web.client import Visitor
from tests.web.ways import is_step, next_address, right, task_at, with_key, wrong

LEARNERS = 6
Answer = Callable[[int, str, Fields, Fields], Fields]


def work(visitor: Visitor, library: Library, address: str, number: int, answer: Answer) -> None:
    """Go through an assignment in a hurry, answering each task as `answer` says."""
    visitor.hurried = True
    while is_step(address):
        visitor.get(address)
        item = task_at(library, visitor)
        fields = answer(number, item.short, right(item), wrong(item))
        visitor.press(address, with_key(visitor, fields))
        address = next_address(visitor)
    visitor.hurried = False


def past_the_full_stop(number: int, item: str, good: Fields, _bad: Fields) -> Fields:
    """Everybody is right, but that four of six also mark sentence 2 in B1."""
    return {"mark": [*good["mark"], "s2"]} if item == "B1" and number < 4 else good
