"""What a class answered: each first answer marked again, without what its teachers took out of the count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core.formats.taking_out import without
from quiz.core.library import Item, Library, Skill
from quiz.core.mark import Mark, Verdict
from quiz.core.results import Answered, SkillSummary, by_skill, counted, misconception
from quiz.core.rubric import points_of
from quiz.core.statistics.few import too_few
from quiz.store import reports, reviews, seats
from quiz.store.remark_tables import Review
from quiz.store.reports import Counts, Kept, Progress
from quiz.store.tables import Assignment, Attempt, Seat

Out = frozenset[tuple[str, str]]
"""What is taken out of a class's count, each as (scope, unit)."""


@dataclass(frozen=True, kw_only=True)
class ClassAnswer:
    """A kept answer as its class counts it.

    `item` is None where its authors took it away, `mark` also where they mended it since, or where
    nothing of it counts; `voted` says all the same what was answered. `points` are those of the mark
    kept then, or of the units that are left where some were taken out, or of a text's review; None
    where nothing counts.
    """

    kept: Kept
    item: Item | None
    mark: Mark | None
    voted: Mark | None
    points: Fraction | None
    review: Review | None = None

    @property
    def answered(self) -> Answered | None:
        """The item and its mark, for figures."""
        return (
            Answered(item=self.item, mark=self.mark, step=self.kept.step) if self.item and self.mark else None
        )


@dataclass(frozen=True, kw_only=True)
class ClassReport:
    """An assignment with all first answers of the seats it is for."""

    assignment: Assignment
    seats: Sequence[Seat]
    progress: Mapping[UUID, Progress]
    answers: Sequence[ClassAnswer]
    out: Out

    @cached_property
    def by_item(self) -> Mapping[str, list[ClassAnswer]]:
        """The answers by item, in the order in which the items were met."""
        found: dict[str, list[ClassAnswer]] = {}
        for one in sorted(self.answers, key=lambda one: (one.kept.step, one.kept.item)):
            found.setdefault(one.kept.item, []).append(one)
        return found

    @cached_property
    def by_seat(self) -> Mapping[UUID, list[ClassAnswer]]:
        """The answers by seat, in the order of the steps."""
        found: dict[UUID, list[ClassAnswer]] = {}
        for one in sorted(self.answers, key=lambda one: one.kept.step):
            found.setdefault(one.kept.seat_id, []).append(one)
        return found

    @property
    def counts(self) -> Counts:
        """Who started, answered and finished."""
        begun = self.progress.values()
        return Counts(
            begun=len(begun),
            finished=sum(1 for one in begun if one.finished),
            answers=sum(one.answered for one in begun),
            expected=sum(one.tasks for one in begun),
        )

    @property
    def answered(self) -> list[Answered]:
        """Every answer that can be spoken of, for figures over all."""
        return [one.answered for one in self.answers if one.answered]


def taken_as(item: Item, unit: str) -> tuple[str, str]:
    """How a unit is taken out, as (scope, unit): a claim in its whole article, any other unit in its item.

    Where a grid asks several questions of a claim, all of them go with it.
    """
    id = unit.partition(".")[0]
    is_claim = id in item.by_unit and item.by_unit[id].claim is not None
    return (item.article, id) if is_claim and item.article else (item.id, unit)


def units_out(item: Item, out: Out) -> frozenset[str]:
    """The units of an item that its class doesn't count."""
    return frozenset(unit for unit in item.format.units if taken_as(item, unit) in out)


def count(kept: Kept, library: Library, out: Out, review: Review | None = None) -> ClassAnswer:
    """A kept answer as the class counts it; a text earns what its review says."""
    item = library.task(kept.item)
    if review is not None:
        points = points_of(item, review.levels) if item else None
        return ClassAnswer(kept=kept, item=item, mark=None, voted=None, points=points, review=review)
    if item is None or item.revision != kept.revision:
        return ClassAnswer(kept=kept, item=item, mark=None, voted=None, points=kept.points)
    answer = item.format.read(kept.answer)
    units = units_out(item, out)
    left = without(item.format, units)
    if left is None:
        return ClassAnswer(
            kept=kept, item=item, mark=None, voted=_all_open(item.format.mark(answer)), points=None
        )
    mark = left.mark(answer)
    return ClassAnswer(
        kept=kept, item=item, mark=mark, voted=mark, points=mark.points if units else kept.points
    )


def _all_open(mark: Mark) -> Mark:
    """What was answered, with nothing of it counted."""
    return replace(mark, units=tuple(replace(one, verdict=Verdict.OPEN) for one in mark.units))


def taken_out(session: Session, classroom_id: UUID) -> Out:
    """What is out of the count of a class now."""
    log = reviews.taken_out(session, classroom_id)
    return frozenset((one.scope, one.unit) for one in log if one.put_back_at is None)


def report(session: Session, assignment: Assignment, library: Library) -> ClassReport:
    """All that is known of a class's answers to an assignment. Asks the database a fixed number of times."""
    out = taken_out(session, assignment.classroom_id)
    there = seats.of_class(session, assignment.classroom_id)
    mine = [one for one in there if one.taken_at and assignment.seat_id in {None, one.id}]
    answers = reports.answers(session, [assignment.id])
    said = reviews.reviews(session, assignment.id)
    begun = {one.seat_id: one for one in reports.progress(session, assignment.id)}
    return ClassReport(
        assignment=assignment,
        seats=mine,
        progress=begun,
        answers=[count(one, library, out, said.get(one.response_id)) for one in answers],
        out=out,
    )


def of_seat(session: Session, seat: Seat, library: Library) -> list[tuple[Attempt, list[ClassAnswer]]]:
    """Every attempt of a seat, the latest first, with its answers as its class counts them."""
    out = taken_out(session, seat.classroom_id)
    said = reviews.of_seat(session, seat.id)
    return [
        (one, [count(kept, library, out, said.get(kept.response_id)) for kept in reports.kept_of(one)])
        for one in reports.of_seat(session, seat.id)
    ]


def marks_of(session: Session, assignment: Assignment, item: Item, library: Library) -> list[Mark]:
    """What a class answered to one item, in the order given, without who did."""
    out = taken_out(session, assignment.classroom_id)
    answers = (count(one, library, out) for one in reports.answers(session, [assignment.id], item=item.id))
    return [one.voted for one in answers if one.voted]


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A misconception: how many learners showed it, of how many whose tasks could have shown it."""

    misconception: str
    learners: int
    of: int


def mistakes(found: ClassReport) -> list[Mistake]:
    """The misconceptions of a class, most frequent first; where too few could show one, it is withheld."""
    showed: dict[str, set[UUID]] = {}
    could: dict[str, set[UUID]] = {}
    for answer in found.answers:
        if answer.item is None or answer.mark is None:
            continue
        seat = answer.kept.seat_id
        for name in could_show(answer.item, answer.mark):
            could.setdefault(name, set()).add(seat)
        for unit in answer.mark.units:
            if name := misconception(answer.item, unit):
                showed.setdefault(name, set()).add(seat)
    rows = [
        Mistake(misconception=name, learners=len(who), of=len(could[name])) for name, who in showed.items()
    ]
    enough = (one for one in rows if not too_few(one.of))
    return sorted(enough, key=lambda one: (-one.learners, one.misconception))


def could_show(item: Item, mark: Mark) -> set[str]:
    """The misconceptions that an answer could have shown, by the notes on the units that count."""
    found = set()
    for unit in mark.units:
        note = item.notes.get(unit.unit)
        if note and unit.verdict is not Verdict.OPEN:
            found |= {note.misconception, *(wrong.misconception for wrong in note.wrong.values())}
    return found - {""}


@dataclass(frozen=True, kw_only=True)
class Sound:
    """How many statements with a sound source were placed as sourced, of how many, by how many learners."""

    found: int
    of: int
    learners: int


def sound_sources(answers: Iterable[ClassAnswer], library: Library) -> Sound:
    """How far sources that one could ask openly were recognised, over the statements of the bank."""
    sound = {one.id for one in library.statements if one.label.sound}
    asked = [one for one in answers if one.kept.item in sound and one.points is not None]
    learners = {one.kept.seat_id for one in asked}
    return Sound(found=sum(1 for one in asked if one.points == 1), of=len(asked), learners=len(learners))


def summaries(found: ClassReport, library: Library) -> list[SkillSummary]:
    """The figures by skill, of those skills that enough learners answered in."""
    learners: defaultdict[Skill, set[UUID]] = defaultdict(set)
    for one in found.answers:
        if one.item and one.answered and counted(one.answered):
            learners[one.item.skill].add(one.kept.seat_id)
    every = by_skill(found.answered, library.articles)
    return [one for one in every if not too_few(len(learners[one.skill]))]
