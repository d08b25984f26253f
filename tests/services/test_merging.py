"""What a teacher can't undo: two seats become one with all their answers, and what is over stays over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.core.names import Naming
from quiz.core.opening import GRACE, Mode
from quiz.services import answering, assignments, classrooms, due, reporting, seats
from quiz.services.assignments import NotNow, Plan
from quiz.services.seats import CantChange, Joining
from quiz.store import learners, teachers
from quiz.store.seats import open_on
from quiz.store.tables import Assignment, Attempt, Draft, Response, Seat, sits
from tests.services.test_answering import EXERCISE, NOW, PATIENCE, answer, meanwhile, writing

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WITH_TEXT, TEXT_STEP = "alleged-support/c", 7


@dataclass(frozen=True, kw_only=True)
class Room:
    """A class of two seats, each open on a device of its own, and what is done in it."""

    engine: Engine
    library: Library
    id: UUID
    seats: tuple[UUID, UUID]
    devices: tuple[UUID, UUID]

    def give(
        self,
        exercise: str = EXERCISE,
        *,
        mode: Mode = Mode.PRACTICE,
        closes: datetime | None = None,
        seat: UUID | None = None,
    ) -> UUID:
        """Give an exercise to all, or to one seat."""
        plan = Plan(
            exercise=exercise, seat_id=seat, opens_at=NOW, closes_at=closes, mode=mode, tries=1, note=""
        )
        with writing(self.engine) as session:
            return assignments.give(session, self.id, plan, self.library, id=uuid4(), now=NOW).id

    def work(self, seat: UUID, task: UUID, steps: int | None = None, at: datetime = NOW) -> UUID:
        """A seat begins a task and answers so many steps, or all; the attempt's id."""
        with writing(self.engine) as session:
            given, sitting = session.get_one(Assignment, task), session.get_one(Seat, seat)
            attempt = due.begin(session, given, sitting, self.library, random=Random(1), new_id=uuid4, now=at)
            for step in range(1, (len(attempt.tasks) if steps is None else steps) + 1):
                answer(session, attempt, step, self.library)
            return attempt.id

    def merge(self, keep: UUID, gone: UUID, now: datetime = NOW) -> None:
        """Put the work of a seat into another."""
        with writing(self.engine) as session:
            seats.merge(session, session.get_one(Seat, keep), gone, now)

    def press(
        self, what: Callable[[Session, Assignment, datetime], None], task: UUID, now: datetime
    ) -> Assignment:
        """Do something with a task at some time; the task as it is kept then."""
        with writing(self.engine) as session:
            what(session, session.get_one(Assignment, task), now)
        return self.kept(task)

    def kept(self, task: UUID) -> Assignment:
        with Session(self.engine, expire_on_commit=False) as session:
            return session.get_one(Assignment, task)

    def answers(self) -> dict[UUID, tuple[object, ...]]:
        """Every answer that is kept, by id."""
        with Session(self.engine) as session:
            every = session.scalars(select(Response))
            return {one.id: (one.attempt_id, one.step, one.answer, one.points) for one in every}

    def attempts(self) -> dict[UUID, tuple[UUID | None, int, bool]]:
        """Every attempt by id: whose it is, its number, whether it is finished."""
        with Session(self.engine) as session:
            every = session.scalars(select(Attempt))
            return {one.id: (one.seat_id, one.number, one.finished_at is not None) for one in every}

    def counted(self, task: UUID) -> dict[UUID, UUID]:
        """The answers to a task that the class's report counts, each with its seat."""
        with Session(self.engine) as session:
            found = reporting.report(session, session.get_one(Assignment, task), self.library)
        assert len(found.answers) == len({one.kept.response_id for one in found.answers})
        return {one.kept.response_id: one.kept.seat_id for one in found.answers}

    def sitting(self) -> list[tuple[UUID, UUID]]:
        """Which seat is open on which device."""
        with Session(self.engine) as session:
            return [(row.seat_id, row.learner_id) for row in session.execute(select(sits))]


@pytest.fixture
def room(engine: Engine, library: Library) -> Room:
    """A class that two have joined."""
    with writing(engine) as session:
        teacher = teachers.add(
            session, id=uuid4(), name="Ms Vane", name_key="ms vane", password_hash="", now=NOW
        )
        assert teacher is not None
        classroom = classrooms.create(
            session,
            "9b",
            "UTC",
            Naming.CHOSEN,
            teacher_id=teacher.id,
            random=Random(1),
            id=uuid4(),
            now=NOW,
        )
        how = Joining(random=Random(1), new_id=uuid4, now=NOW)
        devices = [learners.add(session, id=uuid4(), birth=birth, now=NOW) for birth in ("a", "b")]
        one, two = (
            seats.join(session, classroom, device, name, how)
            for device, name in zip(devices, ("Ada", "Bo"), strict=True)
        )
        return Room(
            engine=engine,
            library=library,
            id=classroom.id,
            seats=(one.id, two.id),
            devices=(devices[0].id, devices[1].id),
        )


@pytest.mark.parametrize("begun_first", ["the empty one", "the finished one"])
@pytest.mark.parametrize("kept", ["the empty one", "the finished one"])
def test_of_an_empty_and_a_finished_attempt_the_finished_one_is_kept_and_counts(
    room: Room, begun_first: str, kept: str
) -> None:
    empty, full = room.seats
    task = room.give()
    early, late = NOW, NOW + HOUR
    empty_at, full_at = (early, late) if begun_first == "the empty one" else (late, early)
    room.work(empty, task, 0, empty_at)
    finished = room.work(full, task, at=full_at)
    before = room.answers()
    assert len(before) == room.library.exercises[EXERCISE].count
    keep, gone = (empty, full) if kept == "the empty one" else (full, empty)
    room.merge(keep, gone, NOW + 2 * HOUR)
    assert room.answers() == before
    assert room.attempts() == {finished: (keep, 1, True)}
    assert room.counted(task) == dict.fromkeys(before, keep)


@pytest.mark.parametrize("steps", [None, 2], ids=["finished", "under way"])
def test_of_two_attempts_with_answers_both_are_kept_and_the_one_begun_first_counts(
    room: Room, steps: int | None
) -> None:
    keep, gone = room.seats
    task = room.give()
    second = room.work(keep, task, at=NOW + HOUR)
    first = room.work(gone, task, steps)
    before = room.answers()
    room.merge(keep, gone, NOW + 2 * HOUR)
    assert room.answers() == before
    assert room.attempts() == {first: (keep, 1, steps is None), second: (keep, 2, True)}
    assert room.counted(task) == {id: keep for id, (attempt, *_rest) in before.items() if attempt == first}


def test_an_answer_that_is_on_its_way_while_two_seats_are_merged_is_kept(room: Room) -> None:
    task, (keep, gone) = room.give(), room.seats
    room.work(keep, task, 1)
    empty = room.work(gone, task, 0)
    with writing(room.engine) as session:
        attempt = session.get_one(Attempt, empty, with_for_update=True)
        answer(session, attempt, 1, room.library)
        session.flush()
        thread = meanwhile(lambda: room.merge(keep, gone))
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert len(room.answers()) == 2
    assert {seat for seat, _number, _over in room.attempts().values()} == {keep}


def test_each_task_is_numbered_for_itself_and_what_one_seat_was_given_goes_along(room: Room) -> None:
    keep, gone = room.seats
    for_all, quiet = room.give(), room.give(seat=gone)
    done = [room.work(keep, for_all), room.work(gone, quiet, at=NOW + HOUR)]
    before = room.answers()
    room.merge(keep, gone, NOW + 2 * HOUR)
    assert room.answers() == before
    assert room.attempts() == dict.fromkeys(done, (keep, 1, True))
    assert room.kept(quiet).seat_id == keep
    assert room.counted(quiet).keys() | room.counted(for_all).keys() == before.keys()


@pytest.mark.parametrize("shared", [False, True])
def test_all_devices_of_both_seats_open_the_one_each_once(room: Room, shared: bool) -> None:
    keep, gone = room.seats
    if shared:
        with writing(room.engine) as session:
            open_on(session, keep, room.devices[1])
    room.merge(keep, gone)
    assert sorted(room.sitting()) == sorted((keep, device) for device in room.devices)


def test_a_seat_is_not_merged_into_itself(room: Room) -> None:
    seat, _other = room.seats
    room.work(seat, room.give())
    before = room.answers(), room.attempts(), room.sitting()
    with pytest.raises(CantChange):
        room.merge(seat, seat)
    assert (room.answers(), room.attempts(), room.sitting()) == before


def test_a_text_that_is_not_handed_in_yet_outlives_a_merge(room: Room) -> None:
    writer, other = room.seats
    attempt = room.work(writer, room.give(WITH_TEXT), 0)
    with writing(room.engine) as session:
        begun = session.get_one(Attempt, attempt)
        item = room.library.task(begun.tasks[TEXT_STEP - 1][0])
        assert item is not None
        answering.save_draft(session, begun, TEXT_STEP, item, "So far.", opening=None, now=NOW)
    room.merge(writer, other, NOW + HOUR)
    with Session(room.engine) as session:
        assert session.scalars(select(Draft.text)).all() == ["So far."]


def test_a_test_that_was_over_before_a_merge_is_over_after_it_whatever_time_the_other_had(room: Room) -> None:
    keep, gone = room.seats
    task = room.give(mode=Mode.TEST, closes=NOW + HOUR, seat=keep)
    with writing(room.engine) as session:
        seats.give_time(session, session.get_one(Seat, gone), 600, NOW)
    end = NOW + HOUR + GRACE
    room.merge(keep, gone, end)
    with Session(room.engine) as session:
        times = assignments.opening(session, session.get_one(Assignment, task), end)
    assert times.longest_extra == 600 and times.over(end) and times.tells(end)
    assert not times.takes(end, extra=600)


def close(_session: Session, task: Assignment, now: datetime) -> None:
    assignments.close(task, now)


@pytest.mark.parametrize("extra", [0, 30])
def test_a_test_closed_by_hand_opens_again_until_nobody_can_answer_and_then_never(
    room: Room, extra: int
) -> None:
    with writing(room.engine) as session:
        seats.give_time(session, session.get_one(Seat, room.seats[0]), extra, NOW)
    task = room.give(mode=Mode.TEST, closes=NOW + 9 * HOUR)
    over = NOW + HOUR + GRACE + extra * MINUTE
    room.press(close, task, NOW + HOUR)
    assert room.press(assignments.reopen, task, over - MINUTE).closes_at == NOW + 9 * HOUR
    over += HOUR
    room.press(close, task, NOW + 2 * HOUR)
    for later in (over, over + 24 * HOUR):
        with pytest.raises(NotNow):
            room.press(assignments.reopen, task, later)
    kept = room.kept(task)
    assert kept.closed_by_hand and kept.closes_at == NOW + 2 * HOUR


def test_a_test_that_has_ended_stays_shut_when_a_seat_is_given_time_afterwards(room: Room) -> None:
    task = room.give(mode=Mode.TEST)
    room.press(close, task, NOW)
    with writing(room.engine) as session:
        seats.give_time(session, session.get_one(Seat, room.seats[0]), 600, NOW + GRACE)
    with pytest.raises(NotNow):
        room.press(assignments.reopen, task, NOW + GRACE + MINUTE)


def test_a_test_whose_results_were_released_does_not_open_again(room: Room) -> None:
    task = room.give(mode=Mode.TEST)
    room.press(close, task, NOW)
    room.press(assignments.release, task, NOW + MINUTE)
    with pytest.raises(NotNow):
        room.press(assignments.reopen, task, NOW + 2 * MINUTE)


@pytest.mark.parametrize("mode", list(Mode))
def test_what_closed_by_its_own_time_is_not_opened_by_undoing(room: Room, mode: Mode) -> None:
    task = room.give(mode=mode, closes=NOW + HOUR)
    with pytest.raises(NotNow):
        room.press(assignments.reopen, task, NOW + HOUR + MINUTE)
    assert room.kept(task).closes_at == NOW + HOUR


def test_practice_tells_at_once_so_it_can_be_opened_again_at_any_time(room: Room) -> None:
    task = room.give(closes=NOW + 99 * HOUR)
    room.press(close, task, NOW + HOUR)
    assert room.press(assignments.reopen, task, NOW + 48 * HOUR).closes_at == NOW + 99 * HOUR
