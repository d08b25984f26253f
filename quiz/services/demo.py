"""A class of 28 that nobody sat in, filled through the services, so that every page can be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core import names
from quiz.core.forms import FORMS
from quiz.core.imagined import Kind, answer
from quiz.core.library import DemoTask, Library
from quiz.core.names import Naming
from quiz.core.opening import Mode
from quiz.services import answering, assignments, classrooms, due, seats, teachers
from quiz.services.assignments import Plan
from quiz.services.seats import Joining
from quiz.store.tables import Assignment, Classroom, Seat

NAME, PASSWORD = "demo", "heron canal bread"
CLASS_NAME = "9b (demo)"
KINDS = (
    *[Kind.LEARNING] * 12,
    *[Kind.PAST_THE_FULL_STOP] * 6,
    *[Kind.STRONG] * 5,
    *[Kind.GUESSING] * 3,
    *[Kind.MARKS_EVERYTHING] * 2,
)
"""Who sits in the class: 28 learners of five kinds."""
ABSENT = 0.07
LEAVES_EARLY = 0.12
GAIN_A_LESSON = 0.035


@dataclass
class _Maker:
    """What making takes: the content, chance and ids that a seed decides, and the moment it is made for."""

    session: Session
    library: Library
    random: Random
    now: datetime

    def new_id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)


def fill(session: Session, library: Library, *, seed: int, now: datetime) -> Classroom:
    """Make a teacher, a class, its seats and their answers over four weeks. Flushes; the caller commits."""
    make = _Maker(session=session, library=library, random=Random(seed), now=now)
    begun = now - timedelta(days=28)
    teacher = teachers.sign_up(session, NAME, PASSWORD, id=make.new_id(), now=begun)
    session.flush()  # a class needs its teacher to be there
    classroom = classrooms.create(
        session,
        CLASS_NAME,
        "UTC",
        Naming.GENERATED,
        teacher_id=teacher.id,
        random=make.random,
        id=make.new_id(),
        now=begun,
    )
    learners = _join(make, classroom, begun)
    for lessons, given in enumerate(library.site.demo):
        _give(make, classroom, given, learners, gain=GAIN_A_LESSON * lessons)
    return classroom


def _join(make: _Maker, classroom: Classroom, at: datetime) -> list[tuple[Seat, Kind]]:
    found = []
    for kind in make.random.sample(KINDS, len(KINDS)):
        birth = f"{make.random.getrandbits(256):064x}"
        learner = answering.learner_for(make.session, birth, new_id=make.new_id, now=at)
        how = Joining(random=make.random, new_id=make.new_id, now=at)
        seat = seats.join(make.session, classroom, learner, names.two_words(make.random), how)
        found.append((seat, kind))
    return found


def _give(
    make: _Maker, classroom: Classroom, given: DemoTask, learners: Sequence[tuple[Seat, Kind]], *, gain: float
) -> None:
    opens = make.now - timedelta(days=given.days_ago)
    plan = Plan(
        exercise=given.exercise,
        seat_id=None,
        opens_at=opens,
        closes_at=opens + timedelta(hours=2) if given.test else None,
        mode=Mode.TEST if given.test else Mode.PRACTICE,
        tries=1,
        note="",
    )
    assignment = assignments.give(make.session, classroom.id, plan, make.library, id=make.new_id(), now=opens)
    make.session.flush()  # attempts need their assignment to be there
    for seat, kind in learners:
        if make.random.random() > ABSENT:
            _work(make, assignment, seat, kind, gain=gain)


def _work(make: _Maker, assignment: Assignment, seat: Seat, kind: Kind, *, gain: float) -> None:
    moment = assignment.opens_at + timedelta(seconds=make.random.randint(20, 300))
    attempt = due.begin(
        make.session, assignment, seat, make.library, random=make.random, new_id=make.new_id, now=moment
    )
    attempt.assignment, attempt.seat = assignment, seat
    steps = len(attempt.tasks)
    if assignment.exercise not in FORMS and make.random.random() < LEAVES_EARLY:
        steps = make.random.randint(1, steps)
    for step, (id, _part) in enumerate(attempt.tasks[:steps], start=1):
        item = make.library.task(id)
        if item is None:
            continue
        moment += timedelta(seconds=make.random.randint(15, 120))
        answering.submit(
            make.session,
            attempt,
            step,
            item,
            answer(item, kind, make.random, gain=gain),
            library=make.library,
            opening=assignments.opening(make.session, assignment, moment),
            submit_key=f"demo-{step}",
            confidence=None,
            random=make.random,
            new_id=make.new_id,
            now=moment,
        )
