"""One learner's answers, each beside the key, for the teachers of the class."""

from dataclasses import dataclass

from quiz.core.library import Item, Library
from quiz.services.marking import marked_again
from quiz.store.tables import Attempt, Response
from quiz.web.learn import words
from quiz.web.learn.in_words import in_words
from quiz.web.text import _


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """An answer in words beside the right one, and what came of it."""

    title: str
    outcome: str
    points: str
    given: list[str]
    key: list[str]
    late: bool


@dataclass(frozen=True, kw_only=True)
class AttemptRows:
    """An attempt with its answers."""

    title: str
    number: int
    attempt: Attempt
    rows: list[AnswerRow]


def rows(attempt: Attempt, library: Library) -> AttemptRows:
    """An attempt as its teacher reads it."""
    exercise = library.exercises.get(attempt.exercise)
    return AttemptRows(
        title=exercise.title if exercise else attempt.exercise,
        number=attempt.number,
        attempt=attempt,
        rows=[_row(one, library.task(one.item)) for one in attempt.responses],
    )


def _row(response: Response, item: Item | None) -> AnswerRow:
    again = marked_again(item, response) if item else None
    return AnswerRow(
        title=item.title if item else _("A task that was taken away"),
        outcome=words.outcome(again.mark.outcome) if again else _("mended since"),
        points="" if response.points is None else str(response.points),
        given=in_words(item, response.answer) if item else [],
        key=_key(item) if item and again else [],
        late=response.late,
    )


def _key(item: Item) -> list[str]:
    """The right answer in words: the example that gets the whole point."""
    right = next((one for one in item.format.examples() if one.name == "right"), None)
    return in_words(item, right.fields) if right else []
