"""What classify and grid share: reading one answer a cell, and balanced accuracy."""

from collections.abc import Collection, Mapping
from fractions import Fraction

from quiz.core.mark import BadAnswer, Fields, Unfinished
from quiz.core.saying import say, say_many


def read_cells(fields: Fields, cells: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Take one answer for each named field from those allowed for it.

    Raises BadAnswer for an answer that isn't allowed or a second one, and Unfinished where some
    cells are empty and `leave_empty` isn't said.
    """
    given: dict[str, str] = {}
    for name, allowed in cells.items():
        values = set(fields.get(name, ())) - {""}
        if len(values) > 1 or not values <= set(allowed):
            raise BadAnswer(
                say("One of the answers is not on this page. Load the page again and answer once more.")
            )
        if values:
            given[name] = values.pop()
    gaps = len(cells) - len(given)
    if gaps and "leave_empty" not in fields:
        still = say_many(
            "%(num)s answer is still empty. Fill it in, or leave it so on purpose.",
            "%(num)s answers are still empty. Fill them in, or leave them so on purpose.",
            gaps,
        )
        raise Unfinished(still, "leave_empty")
    return given


def balanced_accuracy(key: Mapping[str, str], given: Mapping[str, str]) -> Fraction:
    """The mean, over the answers in the key, of the share of their units that was placed right.

    From 0 to 1. The same answer to every unit earns one over the number of answers in the key.
    """
    answers = set(key.values())
    shares = (
        Fraction(
            sum(1 for unit, right in key.items() if right == answer and given.get(unit) == answer),
            sum(1 for right in key.values() if right == answer),
        )
        for answer in answers
    )
    return sum(shares, Fraction(0)) / len(answers)
