"""Marking kept answers again: what became of each unit follows from the posted fields alone."""

from quiz.core.library import Item, Library
from quiz.core.results import Answered
from quiz.store.tables import Attempt, Response


def marked_again(item: Item, response: Response) -> Answered | None:
    """A kept answer with its mark; None where the item was mended since, so that it can't speak of it."""
    if response.revision != item.revision:
        return None
    mark = item.format.mark(item.format.read(response.answer))
    return Answered(item=item, mark=mark, step=response.step)


def all_marked_again(attempt: Attempt, library: Library) -> list[Answered]:
    """Every kept answer of an attempt that its item, as it is now, can speak about."""
    found = ((library.task(one.item), one) for one in attempt.responses)
    again = (marked_again(item, response) for item, response in found if item)
    return [one for one in again if one]
