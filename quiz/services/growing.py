"""Before and after: what a class’s forms show of its growth, and whether both sides meet the same test."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.core.results import two_way_pairs
from quiz.core.statistics.growth import FormResult, Growth, Pupil, growth
from quiz.core.statistics.mirrors import Mirrors, Reader, mirrored
from quiz.core.statistics.signal import Counts
from quiz.services.reporting import ClassAnswer, count, taken_out
from quiz.store import assignments, reports, seats
from quiz.store.tables import Assignment, Classroom, Seat

FEWEST = 5
BEFORE, AFTER, LATER = "bank/form-x", "bank/form-y", "bank/form-z"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the forms of a class show. `seats`: who sits in it; `both`: who did both forms.

    `later` is the mean of statements right, of 16, of those who did form Z; None where too few did.
    """

    classroom: Classroom
    seats: int
    both: int
    growth: Growth | None
    mirrors: Mirrors | None
    later: float | None
    later_learners: int


def evidence(session: Session, classroom: Classroom, library: Library) -> Evidence:
    """Reckon it from the first answers to the forms and lessons that the whole class was given."""
    given = [one for one in assignments.of_class(session, classroom.id) if one.seat_id is None]
    there = [one for one in seats.of_class(session, classroom.id) if one.taken_at]
    out = taken_out(session, classroom.id)
    answers = [count(one, library, out) for one in reports.answers(session, [one.id for one in given])]
    by_form = {form: _by_seat(answers, given, form) for form in (BEFORE, AFTER, LATER)}
    pupils = _pupils(there, by_form[BEFORE], by_form[AFTER], library)
    later = [one for mine in by_form[LATER].values() if (one := _result(mine, library))]
    return Evidence(
        classroom=classroom,
        seats=len(there),
        both=len(pupils),
        growth=growth(pupils, _chance(classroom)),
        mirrors=mirrored(_readers(there, answers, library), _chance(classroom)),
        later=sum(one.right for one in later) / len(later) if len(later) >= FEWEST else None,
        later_learners=len(later),
    )


def _chance(classroom: Classroom) -> Random:
    """Randomness that is the class's own, so that an interval is the same at every look."""
    return Random(classroom.id.int)


def _by_seat(
    answers: Iterable[ClassAnswer], given: Iterable[Assignment], form: str
) -> dict[UUID, list[ClassAnswer]]:
    """The answers to the latest assignment of a form, by seat."""
    latest = next((one.id for one in given if one.exercise == form), None)
    found: dict[UUID, list[ClassAnswer]] = {}
    for answer in answers:
        if answer.kept.assignment_id == latest:
            found.setdefault(answer.kept.seat_id, []).append(answer)
    return found


def _pupils(
    there: Sequence[Seat],
    before: Mapping[UUID, list[ClassAnswer]],
    after: Mapping[UUID, list[ClassAnswer]],
    library: Library,
) -> list[Pupil]:
    """Those who finished both forms."""
    found = []
    for seat in there:
        first, second = _result(before.get(seat.id, []), library), _result(after.get(seat.id, []), library)
        if seat.half and first and second:
            found.append(Pupil(half=seat.half, before=first, after=second))
    return found


def _result(answers: Sequence[ClassAnswer], library: Library) -> FormResult | None:
    """What a learner did on a form; None where they left it unfinished."""
    labels = {one.id: one.label for one in library.statements if one.use.startswith("form-")}
    statements = [one for one in answers if one.kept.item in labels]
    pairs = [one for one in answers if one.kept.item not in labels]
    if not any(len(statements) == len(form.statements) for form in library.forms.values()):
        return None
    sound = [one for one in statements if labels[one.kept.item].sound]
    decisions = [
        pair
        for one in statements
        if one.answered
        for pair in two_way_pairs(one.answered.item, one.answered.mark, library.articles)
    ]
    return FormResult(
        right=_right(statements),
        sound_right=_right(sound),
        sound=len(sound),
        counts=Counts.of(decisions),
        pairs_right=_right(pairs),
    )


def _right(answers: Sequence[ClassAnswer]) -> int:
    return sum(1 for one in answers if one.points == 1)


def _readers(there: Sequence[Seat], answers: Iterable[ClassAnswer], library: Library) -> list[Reader]:
    """Which version of each mirrored pair each learner met first, and whether they were right."""
    mirrors = {one.id for one in library.statements if one.use == "mirror"}
    met: dict[UUID, dict[str, tuple[str, bool]]] = {}
    for one in answers:
        if one.kept.item in mirrors and one.points is not None:
            pair, version = one.kept.item[:-1], one.kept.item[-1]
            met.setdefault(one.kept.seat_id, {}).setdefault(pair, (version, one.points == 1))
    return [Reader(half=seat.half, met=met[seat.id]) for seat in there if seat.half and seat.id in met]
