"""Before and after: what a class’s forms show of its growth, and whether both sides meet the same test."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from statistics import fmean
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core.drawing import HALVES
from quiz.core.forms import FIRST, FORMS, LATER, SECOND
from quiz.core.library import Library
from quiz.core.results import two_way_pairs
from quiz.core.statistics.few import too_few
from quiz.core.statistics.growth import FormResult, Growth, Pupil, growth
from quiz.core.statistics.interval import TIMES
from quiz.core.statistics.mirrors import Mirrors, Reader, mirrored
from quiz.core.statistics.signal import Counts
from quiz.services.reporting import ClassAnswer, counts, is_sound
from quiz.store import assignments, reports, seats
from quiz.store.tables import Classroom, Seat

MOST_RESAMPLED = 80_000
"""Learners resampled in all: a class of 40 has the full number of resamples, a year of 400 a tenth."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the forms of a class show.

    `forms`: how many were given; `seats`: who sits in it; `both`: who did both.
    `later` is the mean of statements right, of 16, of those who did form Z; None where too few did.
    """

    classroom: Classroom
    forms: int
    seats: int
    both: int
    growth: Growth | None
    mirrors: Mirrors | None
    later: float | None
    later_learners: int


def evidence(session: Session, classroom: Classroom, library: Library) -> Evidence:
    """Reckon it from the first answers to the forms and lessons that the whole class was given.

    Forms are always counted whole: what a class has taken out elsewhere stays in here.
    """
    given = [one for one in assignments.of_class(session, classroom.id) if one.seat_id is None]
    there = [one for one in seats.of_class(session, classroom.id) if one.taken_at]
    kept = reports.answers(session, [one.id for one in given])
    answers = counts(session, kept, library, frozenset())
    done = _forms_done(answers, library)
    pupils = [pupil for seat in there if (pupil := _pupil(done.get(seat.id, {})))]
    later = [forms[LATER] for forms in done.values() if LATER in forms]
    times = min(TIMES, MOST_RESAMPLED // max(1, len(pupils)))
    return Evidence(
        classroom=classroom,
        forms=sum(1 for one in given if one.exercise in FORMS),
        seats=len(there),
        both=len(pupils),
        growth=growth(pupils, _chance(classroom), times),
        mirrors=mirrored(_readers(there, answers, library), _chance(classroom), times),
        later=None if too_few(len(later)) else fmean(one.result.right for one in later),
        later_learners=len(later),
    )


def _chance(classroom: Classroom) -> Random:
    """Randomness that is the class's own, so that an interval is the same at every look."""
    return Random(classroom.id.int)


@dataclass(frozen=True, kw_only=True)
class _Done:
    """A form that a learner did, from its first statement to its last pair, and when."""

    form: str
    at: datetime
    result: FormResult


def _forms_done(answers: Iterable[ClassAnswer], library: Library) -> dict[UUID, dict[str, _Done]]:
    """Each learner's first whole pass through each form."""
    passes: dict[tuple[UUID, str, UUID], list[ClassAnswer]] = {}
    for one in answers:
        if one.kept.exercise in FORMS:
            passes.setdefault((one.kept.seat_id, one.kept.exercise, one.kept.attempt_id), []).append(one)
    found: dict[UUID, dict[str, _Done]] = {}
    for (seat, form, _attempt), mine in passes.items():
        if result := _result(mine, form, library):
            found.setdefault(seat, {}).setdefault(
                form, _Done(form=form, at=mine[0].kept.answered_at, result=result)
            )
    return found


def _pupil(forms: Mapping[str, _Done]) -> Pupil | None:
    """Who did both forms; which came first says which half they were of."""
    if not {FIRST, SECOND} <= forms.keys():
        return None
    before, after = sorted((forms[FIRST], forms[SECOND]), key=lambda one: one.at)
    half = HALVES[0] if before.form == FIRST else HALVES[1]
    return Pupil(half=half, before=before.result, after=after.result)


def _result(answers: Sequence[ClassAnswer], form: str, library: Library) -> FormResult | None:
    """What a learner did on a form; None where they left it unfinished.

    A pass from before a statement was replaced holds the one of then.
    """
    content = library.form_of(form)
    said = library.statements_of(form)
    marked = [one for one in answers if one.mark]
    statements = [one for one in marked if one.kept.item in said]
    pairs = [one for one in marked if one.kept.item in {*content.pairs, *content.former} - said]
    if len(statements) < len(content.statements) or len(pairs) < len(content.pairs):
        return None
    sound = [one for one in statements if is_sound(one)]
    decisions = [pair for one in statements if one.mark for pair in two_way_pairs(one.mark)]
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
    mirrors = {one.id: one for one in library.statements if one.use == "mirror"}
    met: dict[UUID, dict[str, tuple[str, bool]]] = {}
    for one in answers:
        mirror = mirrors.get(one.kept.item)
        if mirror and one.points is not None:
            seen = met.setdefault(one.kept.seat_id, {})
            seen.setdefault(mirror.pair, (mirror.version, one.points == 1))
    return [Reader(half=seat.half, met=met[seat.id]) for seat in there if seat.half and seat.id in met]
