"""Before and after, by hand: what counts as before, what is left out, and where too few did it."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quiz.app import ROOT
from quiz.content.load import load
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.mark import Fields
from quiz.core.names import Naming, two_words
from quiz.core.opening import Mode
from quiz.core.statistics.growth import Growth
from quiz.core.statistics.mirrors import Mirrors
from quiz.services import answering, assignments, classrooms, counting, due, growing
from quiz.services.assignments import Plan
from quiz.services.seats import Joining, join
from quiz.store import learners, teachers
from quiz.store.tables import Assignment, Classroom, Seat, Teacher
from tests.content.test_retiring import replace_x01
from tests.services.test_answering import NOW, task, writing
from tests.web.ways import right

LATER, AT_LAST = NOW + timedelta(days=14), NOW + timedelta(days=28)
X, Y, Z = (f"bank/form-{one}" for one in "xyz")
PLAN = Plan(exercise="", seat_id=None, opens_at=NOW, closes_at=None, mode=Mode.PRACTICE, tries=1, note="")
How = Callable[[Item], Fields | None]
"""What a learner answers to a task; None where they leave it out."""
begin = partial(due.begin, random=Random(1), new_id=uuid4)
submit = partial(answering.submit, opening=None, confidence=None, random=Random(1), new_id=uuid4)


@dataclass(frozen=True, kw_only=True)
class Room:
    """A class, and what is done in it, within one transaction."""

    session: Session
    library: Library
    teacher: Teacher
    classroom: Classroom

    @classmethod
    def new(cls, session: Session, library: Library) -> "Room":
        """A class that nobody has joined yet."""
        teacher = teachers.add(session, id=uuid4(), name="Vane", name_key="vane", password_hash="", now=NOW)
        assert teacher is not None
        create = partial(classrooms.create, session, "9b", "UTC", Naming.GENERATED, random=Random(1), now=NOW)
        classroom = create(teacher_id=teacher.id, id=uuid4())
        return cls(session=session, library=library, teacher=teacher, classroom=classroom)

    def sit(self, count: int) -> list[Seat]:
        """So many join, by turns in half A and B."""
        how = Joining(random=Random(1), new_id=uuid4, now=NOW)
        new = [learners.add(self.session, id=uuid4(), birth=uuid4().hex, now=NOW) for _ in range(count)]
        return [join(self.session, self.classroom, one, two_words(how.random), how) for one in new]

    def give(self, exercise: str, *, tries: int = 1, seat: Seat | None = None) -> Assignment:
        """Give an exercise to all, or to one seat."""
        plan = replace(PLAN, exercise=exercise, seat_id=seat.id if seat else None, tries=tries)
        given = assignments.give(self.session, self.classroom.id, plan, self.library, id=uuid4(), now=NOW)
        self.session.flush()  # attempts need it to be there
        return given

    def work(self, seat: Seat, given: Assignment, how: How, at: datetime = NOW) -> None:
        """A seat begins what is given, or goes on with it, and answers what it has an answer to."""
        attempt = begin(self.session, given, seat, self.library, now=at)
        for step in range(1, len(attempt.tasks) + 1):
            item = task(attempt, step, self.library)
            if (fields := how(item)) is not None:
                answer = self.session, attempt, step, item, fields
                submit(*answer, library=self.library, submit_key="k", now=at)

    def take_out(self, scope: str, unit: str) -> None:
        """The teacher takes a unit out of the count."""
        take = partial(counting.take_out, self.session, self.library, self.classroom.id, teacher=self.teacher)
        take(scope=scope, unit=unit, id=uuid4(), now=NOW)

    def evidence(self, library: Library | None = None) -> growing.Evidence:
        return growing.evidence(self.session, self.classroom, library or self.library)

    def growth(self) -> Growth:
        found = self.evidence().growth
        assert found is not None
        return found


@pytest.fixture
def room(engine: Engine, library: Library) -> Iterator[Room]:
    with writing(engine) as session:
        yield Room.new(session, library)


def wrong(item: Item) -> Fields:
    return next(one.fields for one in item.format.examples() if one.name.startswith("wrong"))


def done(room: Room, *, sound: int = 6, other: int = 10, pairs: int = 4) -> How:
    """So many right, whichever form it is: of 6 sound statements, of the 10 others, of 4 pairs."""
    is_sound = {one.id: one.label.sound for one in room.library.statements}
    known: set[str] = set()
    for form in room.library.forms.values():
        known.update([id for id in form.statements if is_sound[id]][:sound])
        known.update([id for id in form.statements if not is_sound[id]][:other], form.pairs[:pairs])
    return lambda item: right(item) if item.id in known else wrong(item)


Row = tuple[How | None, How | None]


def take_both(room: Room, rows: Sequence[Row], times: Sequence[datetime] = (NOW, LATER)) -> list[Seat]:
    """Half A has form X at the first test and Y at the second, half B the other way round; None: absent."""
    tests, there = (room.give(X), room.give(Y)), room.sit(len(rows))
    for seat, row in zip(there, rows, strict=True):
        for test, how, at in zip(tests, row, times, strict=True):
            if how is not None:
                room.work(seat, test, how, at)
    return there


def seven(room: Room) -> list[Row]:
    """Five who did both, three of them in half A; then one who did the first alone, and one who did none.

    Right of half A: 8, 9, 10, then 12, 12, 12; means 9 and 12, change 3.
    Of half B: 10, 12, then 11, 15; means 11 and 13, change 2.
    """
    numbers = [(8, 12), (10, 11), (9, 12), (12, 15), (10, 12)]
    both = [(done(room, other=before - 6), done(room, other=after - 6)) for before, after in numbers]
    return [*both, (done(room), None), (None, None)]


def test_what_a_half_did_first_is_before_whichever_form_it_was(room: Room) -> None:
    # Before (9 + 11)/2 = 10, after (12 + 13)/2 = 12.5, change (3 + 2)/2 = 2.5.
    take_both(room, seven(room))
    found = room.growth().right
    assert (found.before, found.after, found.change) == (10, 12.5, 2.5)


def test_only_learners_who_did_both_count_and_absentees_are_told(room: Room) -> None:
    take_both(room, seven(room))
    assert (room.evidence().seats, room.evidence().both) == (7, 5)
    assert room.growth().learners == {"a": 3, "b": 2}


@pytest.mark.parametrize(("times", "sign"), [((NOW, LATER), 1), ((LATER, NOW), -1)])
def test_the_same_answers_in_the_other_order_are_the_negative_of_the_change(
    room: Room, times: tuple[datetime, datetime], sign: int
) -> None:
    # Sound 3/6, then 6/6; right 3 + 10, then 6 + 8; pairs 1, then 3.
    take_both(room, [(done(room, sound=3, pairs=1), done(room, other=8, pairs=3))] * 6, times=times)
    found = room.growth()
    assert found.sound is not None
    assert found.sound.change == 0.5 * sign
    assert (found.right.change, found.pairs.change) == (1 * sign, 2 * sign)


def test_sound_sources_recognised_are_counted_from_sound_statements_alone(room: Room) -> None:
    # Sound 3/6, then 6/6; all else right, then wrong.
    take_both(room, [(done(room, sound=3), done(room, other=0, pairs=0))] * 6)
    found = room.growth().sound
    assert found is not None
    assert (found.before, found.after, found.change) == (0.5, 1, 0.5)


def test_who_comes_to_call_nothing_sourced_has_another_bias_and_discriminates_no_better(room: Room) -> None:
    # A half are three learners: 24 decisions on sources, 24 on assertions. All of them called sourced,
    # the rates are 24.5/25 = 0.98, z = 2.0537, c = -2.0537; none, 0.5/25 = 0.02, z = -2.0537, c = 2.0537.
    def call(option: str) -> How:
        return lambda item: right(item) if "p" in item.id else {"option": [option]}

    take_both(room, [(call("sourced"), call("hinted"))] * 6)
    found = room.growth()
    assert found.bias is not None and found.discrimination is not None
    assert (found.bias.before, found.bias.change) == pytest.approx((-2.0537, 4.1075), abs=1e-3)
    assert found.discrimination.change == pytest.approx(0)


@pytest.mark.parametrize("both", ["0123", "01246"], ids=["four learners", "one in half B"])
def test_too_few_who_did_both_forms_have_no_growth(room: Room, both: str) -> None:
    row = (done(room, other=4), done(room))
    take_both(room, [row if str(place) in both else (row[0], None) for place in range(7)])
    found = room.evidence()
    assert (found.both, found.growth) == (len(both), None)


def test_a_form_counts_only_when_it_is_whole_whatever_became_of_its_statements(room: Room) -> None:
    whole = done(room)
    take_both(
        room, [(whole, whole)] * 5 + [(whole, lambda item: None if item.short == "xp4" else whole(item))]
    )
    before = room.evidence()
    assert before.both == 5
    newer = replace(room.library.bank["bank/x01"], key_revision="changed", sound=False)
    assert room.evidence(replace(room.library, bank={**room.library.bank, "bank/x01": newer})) == before


def test_growth_stays_where_a_statement_of_a_form_was_replaced(room: Room, tmp_path: Path) -> None:
    take_both(room, seven(room))
    before = room.evidence()
    root = Path(shutil.copytree(ROOT / "questions", tmp_path / "questions"))
    replace_x01(root)
    assert before.growth and room.evidence(load(root)) == before


def test_a_form_that_is_done_again_counts_as_it_was_done_at_first(room: Room) -> None:
    there = take_both(room, [(done(room, other=4), done(room, other=6))] * 6)
    again = room.give(X)
    for seat in there:
        room.work(seat, again, done(room), AT_LAST)
    found = room.growth()
    assert (found.right.change, found.learners) == (2, {"a": 3, "b": 3})


def test_forms_are_counted_whole_whatever_the_class_has_taken_out(room: Room) -> None:
    take_both(room, [(done(room, other=4), done(room, other=6))] * 6)
    before = room.growth()
    for id in ("bank/x07", "bank/y07"):
        room.take_out(id, "sourced")
    assert room.growth() == before


@pytest.mark.parametrize(("learners", "later"), [(4, None), (5, 15)])
def test_the_later_form_is_told_from_five_learners_on(room: Room, learners: int, later: int | None) -> None:
    # One has 11 of 16 right and all others 16: of five, (11 + 4 * 16)/5 = 15.
    test = room.give(Z)
    for place, seat in enumerate(room.sit(learners)):
        room.work(seat, test, done(room, other=10 if place else 5))
    assert (room.evidence().later, room.evidence().later_learners) == (later, learners)


def test_a_form_given_to_one_seat_alone_tells_nothing_of_the_class(room: Room) -> None:
    (seat,) = room.sit(1)
    room.work(seat, room.give(Z, seat=seat), done(room))
    assert room.evidence().later_learners == 0


def quarrel(room: Room, misread: str, learners: int = 10) -> Mirrors | None:
    """Who meets one of these versions takes it wrong; every other one is taken right."""
    lesson = room.give("alleged-support/lesson-1")
    for seat in room.sit(learners):
        room.work(seat, lesson, lambda item: wrong(item) if item.short in misread.split() else right(item))
    return room.evidence().mirrors


@pytest.mark.parametrize(
    ("misread", "difference"),
    [("m01b", 0.25), ("m01a", -0.25), ("m01b m04b m05b m08b", 1), ("m01a m04a m05a m08a", -1), ("", 0)],
)
def test_the_version_that_is_read_worse_gives_the_sign(room: Room, misread: str, difference: float) -> None:
    found = quarrel(room, misread)
    assert found is not None
    assert (found.difference, found.pairs, found.learners) == (difference, 4, 10)


def test_nine_learners_are_too_few_to_say_whether_both_versions_are_read_alike(room: Room) -> None:
    assert quarrel(room, "m01b", learners=9) is None
