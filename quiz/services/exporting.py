"""The numbers of an assignment as tables, for a school's own tools: the same as on the pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from quiz.core import ids
from quiz.core.library import Library
from quiz.services.reporting import ClassAnswer, ClassReport
from quiz.store.tables import Seat

Cell = str | int | float | None
COLUMNS: Sequence[Sequence[Cell]] = (
    ("answered", "How many tasks the seat answered; the mean is over those alone."),
    ("finished", "Whether the seat came to the end."),
    (
        "late",
        "In scores, how many answers came after the closing time; in answers, whether it did.",
    ),
    ("mean points", "From 0 to 1, over what is counted. Texts count once a teacher has marked them."),
    ("a task, such as B1", "Its points from 0 to 1. Empty: not asked, not answered, or not counted."),
    ("answer", "What was posted, field by field: a claim as row-c6, an option, or a text."),
    ("revision", "Which wording of the task was answered."),
    ("scheme", "The way in which the answer was marked."),
    ("answered at", "Universal time."),
)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a name, its heads, and its rows."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def scores(report: ClassReport) -> Table:
    """A row a seat: what it answered, the mean of its points, and the points of each task."""
    items = list(report.by_item)
    heads = ["name", "half", "answered", "finished", "late", "mean points", *_short(items)]
    return Table(name="scores", heads=heads, rows=[_seat(seat, report, items) for seat in report.seats])


def scores_by_step(report: ClassReport) -> Table:
    """A row a seat with the points by step, for a page of paper: draws differ, steps don't."""
    last = max((one.kept.step for one in report.answers), default=0)
    heads = ["name", "mean", *(str(step) for step in range(1, last + 1))]
    rows: list[list[Cell]] = []
    for seat in report.seats:
        answers = report.by_seat.get(seat.id, [])
        by_step = {one.kept.step: one for one in answers}
        counted = [one.points for one in answers if one.points is not None]
        points = (_points(by_step.get(step)) for step in range(1, last + 1))
        rows.append([seat.name, _mean(counted), *points])
    return Table(name="steps", heads=heads, rows=rows)


def _seat(seat: Seat, report: ClassReport, items: Sequence[str]) -> list[Cell]:
    answers = report.by_seat.get(seat.id, [])
    progress = report.progress.get(seat.id)
    by_item = {one.kept.item: one for one in answers}
    counted = [one.points for one in answers if one.points is not None]
    return [
        seat.name,
        seat.half or "",
        len(answers),
        "yes" if progress and progress.finished else "no",
        sum(1 for one in answers if one.kept.late),
        _mean(counted),
        *(_points(by_item.get(item)) for item in items),
    ]


def _short(items: Sequence[str]) -> list[str]:
    """Tasks by their short ids; with their scope where two have the same one."""
    short = [ids.short(id) for id in items]
    return [name if short.count(name) == 1 else id for name, id in zip(short, items, strict=True)]


def _points(answer: ClassAnswer | None) -> float | None:
    return None if answer is None or answer.points is None else _rounded(answer.points)


def _mean(points: Sequence[Fraction]) -> float | None:
    return _rounded(sum(points, Fraction()) / len(points)) if points else None


def _rounded(points: Fraction) -> float:
    return round(float(points), 3)


def answers(report: ClassReport) -> Table:
    """A row an answer, as it was posted."""
    names = {seat.id: seat.name for seat in report.seats}
    names_of = dict(zip(report.by_item, _short(list(report.by_item)), strict=True))
    heads = [
        "name",
        "step",
        "item",
        "revision",
        "answer",
        "outcome",
        "points",
        "confidence",
        "late",
        "answered at",
        "scheme",
    ]
    rows = [
        [
            names.get(one.kept.seat_id, ""),
            one.kept.step,
            names_of[one.kept.item],
            one.kept.revision,
            _posted(one),
            one.kept.outcome,
            _points(one),
            one.kept.confidence or "",
            "yes" if one.kept.late else "no",
            one.kept.answered_at.isoformat(timespec="seconds"),
            one.kept.scheme,
        ]
        for seat in report.seats
        for one in report.by_seat.get(seat.id, [])
    ]
    return Table(name="answers", heads=heads, rows=rows)


def _posted(answer: ClassAnswer) -> str:
    """The answer as it was posted; of a text that a teacher has hidden, only that it is."""
    if answer.review and answer.review.hidden:
        return "(hidden)"
    fields = answer.kept.answer.items()
    return "; ".join(f"{field}={value}" for field, values in fields for value in values)


def items(report: ClassReport, library: Library) -> Table:
    """A row a task: how many tried it, and the mean of their points."""
    rows: list[list[Cell]] = []
    short = _short(list(report.by_item))
    for name, (id, found) in zip(short, report.by_item.items(), strict=True):
        item = library.task(id)
        counted = [one.points for one in found if one.points is not None]
        title, skill = (item.title, item.skill.value) if item else ("", "")
        rows.append([name, title, skill, len(found), _mean(counted)])
    return Table(name="items", heads=["item", "title", "skill", "tried by", "mean points"], rows=rows)


def whole_class(reports: Sequence[ClassReport], library: Library) -> list[Table]:
    """Everything that a class was given: a list of it, then the tables of each, numbered."""
    heads = ["number", "exercise", "mode", "opens at", "closes at"]
    rows: list[list[Cell]] = []
    found: list[Table] = []
    for number, one in enumerate(reports, start=1):
        given = one.assignment
        closes = given.closes_at.isoformat() if given.closes_at else ""
        rows.append([number, given.exercise, given.mode, given.opens_at.isoformat(), closes])
        found += [replace(table, name=f"{number} {table.name}") for table in tables(one, library)]
    return [Table(name="tasks", heads=heads, rows=rows), *found]


def tables(report: ClassReport, library: Library) -> list[Table]:
    """All tables of an assignment."""
    return [scores(report), answers(report), items(report, library), about()]


def about() -> Table:
    """What the columns hold, a row each."""
    return Table(name="about", heads=["column", "what it holds"], rows=COLUMNS)
