"""The numbers of an assignment as tables, for a school's own tools: the same as on the pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quiz.core.library import Library
from quiz.services.reporting import ClassAnswer, ClassReport
from quiz.store.tables import Seat

Cell = str | int | float | None


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a name, its heads, and its rows."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def scores(report: ClassReport, library: Library) -> Table:
    """A row a seat: what it answered, the mean of its points, and the points of each task."""
    items = list(report.by_item)
    heads = ["name", "half", "answered", "finished", "late", "mean points", *items]
    return Table(name="scores", heads=heads, rows=[_seat(seat, report, items) for seat in report.seats])


def _seat(seat: Seat, report: ClassReport, items: Sequence[str]) -> list[Cell]:
    answers = report.by_seat.get(seat.id, [])
    progress = report.progress.get(seat.id)
    by_item = {one.kept.item: one for one in answers}
    counted = [one.points for one in answers if one.points is not None]
    mean = float(sum(counted) / len(counted)) if counted else None
    return [
        seat.name,
        seat.half or "",
        len(answers),
        "yes" if progress and progress.finished else "no",
        sum(1 for one in answers if one.kept.late),
        mean,
        *(_points(by_item.get(item)) for item in items),
    ]


def _points(answer: ClassAnswer | None) -> float | None:
    return None if answer is None or answer.points is None else float(answer.points)


def answers(report: ClassReport) -> Table:
    """A row an answer, as it was posted."""
    names = {seat.id: seat.name for seat in report.seats}
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
    ]
    rows = [
        [
            names.get(one.kept.seat_id, ""),
            one.kept.step,
            one.kept.item,
            one.kept.revision,
            _posted(one),
            one.kept.outcome,
            _points(one),
            one.kept.confidence or "",
            "yes" if one.kept.late else "no",
            one.kept.answered_at.isoformat(),
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
    for id, found in report.by_item.items():
        item = library.task(id)
        counted = [one.points for one in found if one.points is not None]
        mean = float(sum(counted) / len(counted)) if counted else None
        rows.append([id, item.title if item else "", item.skill.value if item else "", len(found), mean])
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
    return [scores(report, library), answers(report), items(report, library)]
