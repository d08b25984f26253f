"""One learner's answers, claim by claim beside the key, as their class counts them, for its teachers."""

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.mark import Judged, Verdict
from quiz.core.share import hundredths
from quiz.core.votes import LEFT_EMPTY
from quiz.services import marking
from quiz.services.reporting import ClassAnswer
from quiz.store.tables import Attempt
from quiz.web.learn import words
from quiz.web.text import _
from quiz.web.votes_view import answer_text

MARKED = "marked"


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """The answer to one unit in words, and the key's. Open: readers differ, or it was taken out."""

    about: str
    given: str
    key: str
    right: bool
    open: bool


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """An answer, unit by unit, or a text with what its review says; `percent` of the points."""

    title: str
    outcome: str
    percent: int | None
    passages: list[str]
    units: list[UnitRow]
    text: str
    said: list[str]
    comment: str
    late: bool
    since: str


@dataclass(frozen=True, kw_only=True)
class AttemptRows:
    """An attempt with its answers."""

    title: str
    number: int
    attempt: Attempt
    rows: list[AnswerRow]

    @property
    def full(self) -> int:
        """How many answers earned all points."""
        return sum(1 for one in self.rows if one.percent == 100)


def rows(attempt: Attempt, answers: Sequence[ClassAnswer], library: Library) -> AttemptRows:
    """An attempt as its teacher reads it."""
    exercise = library.exercises.get(attempt.exercise)
    return AttemptRows(
        title=exercise.title if exercise else attempt.exercise,
        number=attempt.number,
        attempt=attempt,
        rows=[_row(one, library) for one in answers],
    )


def _row(answer: ClassAnswer, library: Library) -> AnswerRow:
    item, review = answer.item, answer.review
    text = " ".join(answer.kept.answer.get("text", []))
    return AnswerRow(
        title=item.title if item else _("A task that was taken away"),
        outcome=_outcome(answer),
        percent=None if answer.points is None else hundredths(answer.points),
        passages=["".join(piece.text for piece in one) for one in item.passages] if item else [],
        units=_units(item, answer.voted.units) if item and answer.voted else [],
        text=_("(hidden: not fit to be seen)") if review and review.hidden and text else text,
        said=_said(item, review.levels) if item and review else [],
        comment=review.comment if review else "",
        late=answer.kept.late,
        since=_since(answer, library),
    )


def _since(answer: ClassAnswer, library: Library) -> str:
    """By which key, or in which way, the answer was marked, where that isn't today's."""
    today = library.task(answer.kept.item)
    if today is None or answer.voted is None or marking.marked_by(today, answer.kept):
        return ""
    if answer.kept.scheme != today.format.scheme:
        return _("scored in an earlier way (%(scheme)s)", scheme=answer.kept.scheme)
    return _("marked before the right answer was changed")


def _outcome(answer: ClassAnswer) -> str:
    if answer.review:
        return _("marked by %(name)s", name=answer.review.by)
    if answer.voted is None:
        return _("mended since")
    return words.outcome(answer.voted.outcome) if answer.mark else _("not counted in this class")


def _units(item: Item, judged: Sequence[Judged]) -> list[UnitRow]:
    """The units in the order of the task; where units are marked or left, those that somebody marks.

    A choice of one option is one answer: the option chosen, and the key's.
    """
    if words.one_answer(item):
        return [_one_answer(item, judged)]
    places = {unit: number for number, unit in enumerate(item.refs)}
    told = [one for one in judged if _tells(item, one)]
    told.sort(key=lambda one: places.get(one.unit, 0))
    return [
        UnitRow(
            about=_about(item, one.unit),
            given=answer_text(item, one.unit, one.given or LEFT_EMPTY),
            key=answer_text(item, one.unit, one.key) if one.key else "",
            right=one.verdict in {Verdict.FOUND, Verdict.LEFT},
            open=one.verdict is Verdict.OPEN,
        )
        for one in told
    ]


def _one_answer(item: Item, judged: Sequence[Judged]) -> UnitRow:
    chosen = next((one for one in judged if one.given == MARKED), None)
    key = next((one for one in judged if one.key == MARKED), None)
    return UnitRow(
        about="",
        given=item.text_of(chosen.unit) if chosen else _("left empty"),
        key=item.text_of(key.unit) if key else "",
        right=chosen is not None and chosen is key,
        open=all(one.verdict is Verdict.OPEN for one in judged),
    )


def _tells(item: Item, one: Judged) -> bool:
    return item.format.name not in {"spot", "choice"} or MARKED in {one.given, one.key}


def _about(item: Item, unit: str) -> str:
    row = item.row_of(unit)
    return row.words if row and row.words and unit == row.id else item.text_of(unit)


def _said(item: Item, levels: dict[str, int]) -> list[str]:
    """The review, criterion by criterion; a level that the rubric no longer has is left out."""
    return [
        f"{one.text}: {one.levels[levels[one.id]]}"
        for one in item.rubric
        if one.id in levels and levels[one.id] < len(one.levels)
    ]
