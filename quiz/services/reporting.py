"""What a class answered: first answers as they were marked, without what its teachers took out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core import ids
from quiz.core.formats.taking_out import without
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.mark import Judged, Mark, Verdict
from quiz.core.results import Answered, SkillSummary, by_skill, counted
from quiz.core.rubric import points_of
from quiz.core.skills import Skill
from quiz.core.statistics.few import too_few
from quiz.services.marking import as_asked, marked_by
from quiz.store import reports, reviews, seats
from quiz.store.remark_tables import Review
from quiz.store.reports import Counts, Kept, Progress
from quiz.store.tables import Assignment, Attempt, Seat

Out = frozenset[tuple[str, str]]
"""What is taken out of a class's count, each as (scope, unit)."""


@dataclass(frozen=True, kw_only=True)
class ClassAnswer:
    """A kept answer as its class counts it, with the marks of then.

    `item` is the item as it was asked; None where it is there no more. `mark` is None where the answer is
    one of an item that nobody knows, or where nothing of it counts; `voted` says all the same what was
    answered. `points` are those of the mark kept then, or of the units that are left where some were
    taken out, or of a text's review; None where nothing counts. They `stand` where units were taken out,
    but nobody has the key any more that the answer was marked by.
    """

    kept: Kept
    item: Item | None
    mark: Mark | None
    voted: Mark | None
    points: Fraction | None
    review: Review | None = None
    stand: bool = False

    @property
    def answered(self) -> Answered | None:
        """The item and its mark, for figures."""
        return Answered(item=self.item, mark=self.mark, step=self.kept.step) if self.mark else None


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
    ref = item.refs.get(unit)
    return (item.article, ref.claim) if ref and ref.claim and item.article else (item.id, unit)


def count(kept: Kept, item: Item | None, out: Out, review: Review | None = None) -> ClassAnswer:
    """A kept answer as the class counts it; a text earns what its review says. `item`: as it was asked."""
    if review is not None:
        points = points_of(item, review.levels) if item else None
        return ClassAnswer(kept=kept, item=item, mark=None, voted=None, points=points, review=review)
    if kept.mark is None:
        return ClassAnswer(kept=kept, item=item, mark=None, voted=None, points=kept.points)
    units = _units_out(kept.mark, kept.item, item, out)
    if not units:
        return ClassAnswer(kept=kept, item=item, mark=kept.mark, voted=kept.mark, points=kept.points)
    return _without(kept, kept.mark, item, units)


def _units_out(mark: Mark, item_id: str, item: Item | None, out: Out) -> frozenset[str]:
    """The units of an answer that its class doesn't count."""
    if not out:
        return frozenset()
    if item:
        return frozenset(unit.unit for unit in mark.units if taken_as(item, unit.unit) in out)
    # Without the item its ref isn't known: what is out by this name in the item, or in its article, is out.
    scopes = (item_id, ids.scope(item_id))
    return frozenset(unit.unit for unit in mark.units if any((one, unit.unit) in out for one in scopes))


def _without(kept: Kept, mark: Mark, item: Item | None, out: Set[str]) -> ClassAnswer:
    """An answer without some of its units: they show what was answered and don't count.

    Points are made again from the units that are left, where the item has the key that marked the answer.
    """
    opened = replace(
        mark,
        units=tuple(replace(one, verdict=Verdict.OPEN) if one.unit in out else one for one in mark.units),
    )
    if item is None or not marked_by(item, kept):
        return ClassAnswer(kept=kept, item=item, mark=opened, voted=opened, points=kept.points, stand=True)
    left = without(item.format, out)
    if left is None:
        return ClassAnswer(kept=kept, item=item, mark=None, voted=_all_open(mark), points=None)
    again = left.mark(item.format.read(kept.answer))
    counted_again = replace(again, units=opened.units)
    return ClassAnswer(kept=kept, item=item, mark=counted_again, voted=counted_again, points=again.points)


def _all_open(mark: Mark) -> Mark:
    """What was answered, with nothing of it counted."""
    return replace(mark, units=tuple(replace(one, verdict=Verdict.OPEN) for one in mark.units))


def counts(
    session: Session,
    kept: Sequence[Kept],
    library: Library,
    out: Out,
    reviews: Mapping[UUID, Review] | None = None,
) -> list[ClassAnswer]:
    """Kept answers as their class counts them, in the order given."""
    then = as_asked(session, library, kept)
    said = reviews or {}

    def asked(one: Kept) -> Item | None:
        today = library.task(one.item)
        return today if today and marked_by(today, one) else then.get(one.revision, today)

    return [count(one, asked(one), out, said.get(one.response_id)) for one in kept]


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
        answers=counts(session, answers, library, out, said),
        out=out,
    )


def of_seat(session: Session, seat: Seat, library: Library) -> list[tuple[Attempt, list[ClassAnswer]]]:
    """Every attempt of a seat, the latest first, with its answers as its class counts them."""
    out = taken_out(session, seat.classroom_id)
    said = reviews.of_seat(session, seat.id)
    return [
        (one, counts(session, reports.kept_of(one), library, out, said))
        for one in reports.of_seat(session, seat.id)
    ]


def marks_of(session: Session, assignment: Assignment, item: Item, library: Library) -> list[Mark]:
    """What a class answered to one item, in the order given, without who did."""
    out = taken_out(session, assignment.classroom_id)
    answers = counts(session, reports.answers(session, [assignment.id], item=item.id), library, out)
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
        seat = answer.kept.seat_id
        for unit in _that_count(answer.mark):
            for name in unit.could:
                could.setdefault(name, set()).add(seat)
            if unit.misconception:
                showed.setdefault(unit.misconception, set()).add(seat)
    rows = [
        Mistake(misconception=name, learners=len(who), of=len(could[name])) for name, who in showed.items()
    ]
    enough = (one for one in rows if not too_few(one.of))
    return sorted(enough, key=lambda one: (-one.learners, one.misconception))


def _that_count(mark: Mark | None) -> list[Judged]:
    return [unit for unit in mark.units if unit.verdict is not Verdict.OPEN] if mark else []


@dataclass(frozen=True, kw_only=True)
class Sound:
    """How many statements with a sound source were placed as sourced, of how many, by how many learners."""

    found: int
    of: int
    learners: int


def sound_sources(answers: Iterable[ClassAnswer]) -> Sound:
    """How far sources that one could ask openly were recognised, over the statements of the bank."""
    asked = [one for one in answers if one.points is not None and is_sound(one)]
    learners = {one.kept.seat_id for one in asked}
    return Sound(found=sum(1 for one in asked if one.points == 1), of=len(asked), learners=len(learners))


def is_sound(answer: ClassAnswer) -> bool:
    """Whether a statement with a sound source was asked."""
    return answer.kept.mark is not None and any(unit.sound for unit in answer.kept.mark.units)


def summaries(found: ClassReport) -> list[SkillSummary]:
    """The figures by skill, of those skills that enough learners answered in."""
    learners: defaultdict[Skill, set[UUID]] = defaultdict(set)
    for one in found.answers:
        if one.answered and one.answered.skill and counted(one.answered.mark):
            learners[one.answered.skill].add(one.kept.seat_id)
    return [one for one in by_skill(found.answered) if not too_few(len(learners[one.skill]))]
