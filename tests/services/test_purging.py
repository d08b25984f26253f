"""What nobody came back to goes, a few at a time; whatever somebody uses, or is going to use, stays."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.orm import Session

from quiz.cli_keeping import forget, to_forget
from quiz.core import recovery
from quiz.core.item import Case
from quiz.core.library import Library
from quiz.core.practice import Card
from quiz.services import answering, purging, seats, teachers
from quiz.store import attempts, cards, reviews
from quiz.store.practice_tables import PracticeCard
from quiz.store.purging import Since
from quiz.store.tables import (
    Assignment,
    Attempt,
    Base,
    Classroom,
    Invitation,
    Learner,
    Response,
    Revision,
    Seat,
    sits,
)
from tests.services.test_answering import NOW, answer, begin, load, meanwhile, writing
from tests.services.test_merging import WITH_TEXT, Room, room

__all__ = ["room"]

DAY = timedelta(days=1)
YEAR = 365 * DAY
KEEPS = 365


def purge(engine: Engine, after: timedelta, days: int = KEEPS) -> dict[str, int]:
    """Purge so long after everything was made; how many of what went, where any did."""
    when = purging.since(NOW + after, days)
    expected = {part.name: to_forget(engine, part, when) for part in purging.PARTS}
    gone = {part.name: forget(engine, part, when) for part in purging.PARTS}
    assert expected | {"items": gone["items"]} == gone, "a dry run says what goes"
    return {name: number for name, number in gone.items() if number}


def all_parts(engine: Engine, when: Since) -> None:
    for part in purging.PARTS:
        forget(engine, part, when)


def there(engine: Engine, table: type[Base]) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def answered(engine: Engine, library: Library, birth: str = "a") -> tuple[UUID, UUID]:
    """Somebody answers one step alone; the ids of the learner and of the attempt."""
    learner, id = begin(engine, library, birth)
    with writing(engine) as session:
        answer(session, load(session, learner, id), 1, library)
    return learner, id


def test_own_practice_goes_once_nobody_did_anything_in_it_for_the_days_that_are_set(
    engine: Engine, library: Library
) -> None:
    answered(engine, library)
    assert purge(engine, YEAR) == {}
    assert purge(engine, YEAR + timedelta(seconds=1)) == {"own practice": 1, "items": 1}
    assert there(engine, Learner) == there(engine, Response) == there(engine, Revision) == 0


def test_with_0_days_nothing_that_was_answered_goes_ever(room: Room, library: Library) -> None:
    answered(room.engine, library)
    room.work(room.seats[0], room.give(), steps=1)
    assert purge(room.engine, 20 * YEAR, days=0) == {}


def a_draft(session: Session, learner: Learner, attempt: Attempt) -> None:
    attempts.keep_draft(session, attempt.id, 7, "a thought", NOW + YEAR)


def a_card(session: Session, learner: Learner, attempt: Attempt) -> None:
    card = Card(
        case=Case.FULL_STOP, reviewed_at=NOW + YEAR, due_at=NOW + 2 * YEAR, stability=1.0, difficulty=5.0
    )
    cards.keep(session, learner.id, card)


def an_answer(session: Session, learner: Learner, attempt: Attempt) -> None:
    attempt.responses[0].answered_at = NOW + YEAR


def a_reading(session: Session, learner: Learner, attempt: Attempt) -> None:
    reviews.read_otherwise(session, attempt.responses[0].id, "s6", "otherwise", NOW + YEAR)


@pytest.mark.parametrize("later", [a_draft, a_card, an_answer, a_reading])
def test_whatever_a_learner_did_later_keeps_all_of_own_practice(
    engine: Engine, library: Library, later: Callable[[Session, Learner, Attempt], None]
) -> None:
    learner, id = answered(engine, library)
    with writing(engine) as session:
        later(session, session.get_one(Learner, learner), load(session, learner, id))
    assert purge(engine, YEAR + DAY) == {}
    assert purge(engine, 2 * YEAR + DAY)["own practice"] == 1
    assert there(engine, Learner) == there(engine, PracticeCard) == 0


def own(engine: Engine, library: Library, device: UUID) -> UUID:
    """A learner of a class answers something alone; the attempt's id."""
    with writing(engine) as session:
        learner = session.get_one(Learner, device)
        learner.code_hash = recovery.digest("7K3MQ2RD9TVAC4XE")
        exercise = library.exercises[WITH_TEXT]
        attempt = answering.start(
            session, learner, exercise, library, random=Random(1), new_id=uuid4, now=NOW
        )
        answer(session, attempt, 1, library)
        return attempt.id


def test_who_works_in_class_is_seen_and_keeps_own_practice(room: Room, library: Library) -> None:
    own(room.engine, library, room.devices[0])
    room.work(room.seats[0], room.give(), steps=0, at=NOW + YEAR)
    with writing(room.engine) as session:
        begun = session.scalars(select(Attempt).where(Attempt.seat_id == room.seats[0])).one()
        answer(session, begun, 1, library)
        begun.responses[0].answered_at = NOW + YEAR
    assert purge(room.engine, YEAR + 10 * DAY) == {}
    assert there(room.engine, Learner) == 2


def test_in_a_class_that_stays_own_practice_goes_and_seat_and_code_stay(room: Room, library: Library) -> None:
    own(room.engine, library, room.devices[0])
    change_class(room, changed_at=NOW + YEAR)
    assert purge(room.engine, YEAR + DAY) == {"own practice": 1, "items": 1}
    with Session(room.engine) as session:
        assert session.scalars(select(sits.c.learner_id)).all().count(room.devices[0]) == 1
        assert session.get_one(Learner, room.devices[0]).code_hash
    assert there(room.engine, Attempt) == 0 and there(room.engine, Learner) == 2
    assert purge(room.engine, YEAR + DAY) == {}, "who has nothing but a seat is not counted again"


def change_class(room: Room, **values: object) -> None:
    with writing(room.engine) as session:
        session.execute(update(Classroom).values(**values))


def change_task(**values: object) -> Callable[[Room], None]:
    def change(room: Room) -> None:
        with writing(room.engine) as session:
            session.execute(update(Assignment).values(**values))

    return change


def newcomer(room: Room) -> None:
    with writing(room.engine) as session:
        session.execute(update(Seat).where(Seat.id == room.seats[1]).values(taken_at=NOW + YEAR))


def late_answer(room: Room) -> None:
    with writing(room.engine) as session:
        session.execute(update(Response).values(answered_at=NOW + YEAR))


USES = {
    "made lately": lambda room: change_class(room, created_at=NOW + YEAR),
    "changed by its teacher lately": lambda room: change_class(room, changed_at=NOW + YEAR),
    "a task to come": change_task(opens_at=NOW + 3 * YEAR, closes_at=None),
    "a task that was given lately": change_task(created_at=NOW + YEAR),
    "a task that is open until later": change_task(closes_at=NOW + 3 * YEAR),
    "results that were released lately": change_task(released_at=NOW + YEAR),
    "a newcomer": newcomer,
    "an answer": late_answer,
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_a_class_stays_whole_while_there_is(room: Room, use: Callable[[Room], None]) -> None:
    room.work(room.seats[0], room.give(), steps=1)
    use(room)
    assert "classes" not in purge(room.engine, YEAR + DAY)
    assert there(room.engine, Response) == 1 and there(room.engine, Seat) == 2


def test_a_class_that_nobody_used_goes_with_its_learners_and_its_teacher_stays(room: Room) -> None:
    room.work(room.seats[0], room.give(), steps=1)
    assert purge(room.engine, YEAR) == {}
    assert purge(room.engine, YEAR + DAY) == {"classes": 1, "own practice": 2, "items": 1}
    with Session(room.engine) as session:
        left = {one.name for one in Base.metadata.sorted_tables if session.execute(select(one)).first()}
    assert left == {"teacher"}


def test_an_attempt_with_nothing_in_it_goes_after_2_days_and_one_with_anything_stays(
    engine: Engine, library: Library
) -> None:
    _, empty = begin(engine, library, "a")
    _, kept = answered(engine, library, "b")
    _, drafted = begin(engine, library, "c", WITH_TEXT)
    with writing(engine) as session:
        attempts.keep_draft(session, drafted, 7, "a thought", NOW)
    assert purge(engine, 2 * DAY) == {}
    assert purge(engine, 2 * DAY + timedelta(seconds=1), days=0) == {"empty attempts": 1}
    with Session(engine) as session:
        assert set(session.scalars(select(Attempt.id))) == {kept, drafted}
    assert begin(engine, library, "a")[1] != empty


def test_at_a_task_that_closes_one_who_has_begun_may_answer_until_it_is_long_over(room: Room) -> None:
    """Nothing can be begun anew there after closing, but there is the time of grace."""
    begun = room.work(room.seats[0], room.give(closes=NOW + 9 * DAY), steps=0)
    for days in (3, 9, 11):
        assert purge(room.engine, days * DAY) == {}
    assert begun in room.attempts()
    assert purge(room.engine, 12 * DAY) == {"empty attempts": 1}


def test_links_and_digits_go_when_they_have_expired_and_not_before(room: Room) -> None:
    with writing(room.engine) as session:
        teachers.invite(session, "a secret", now=NOW)
        seats.let_in(session.get_one(Seat, room.seats[0]), random=Random(1), now=NOW)
    assert purge(room.engine, 9 * timedelta(minutes=1)) == {}
    assert purge(room.engine, 6 * DAY) == {"expired digits": 1}
    assert there(room.engine, Invitation) == 1
    assert purge(room.engine, 8 * DAY) == {"expired links": 1}
    with Session(room.engine) as session:
        assert session.get_one(Seat, room.seats[0]).pass_hash is None


def test_however_many_there_are_all_go(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(insert(Learner), [{"id": uuid4(), "epoch": 0, "created_at": NOW} for _ in range(450)])
    assert purge(engine, YEAR + DAY) == {"own practice": 450}


def test_an_answer_that_is_given_at_that_very_moment_is_kept(engine: Engine, library: Library) -> None:
    learner, id = answered(engine, library)
    when = purging.since(NOW + YEAR + DAY, KEEPS)
    with writing(engine) as session:
        attempt = load(session, learner, id)
        answer(session, attempt, 2, library)
        attempt.responses[-1].answered_at = when.now
        session.flush()  # as far as a request gets before it commits
        other = meanwhile(lambda: all_parts(engine, when))
    other.join()
    assert there(engine, Response) == 2


def test_in_a_class_an_answer_that_is_given_at_that_very_moment_is_kept(room: Room, library: Library) -> None:
    attempt_id = room.work(room.seats[0], room.give(), steps=1)
    when = purging.since(NOW + YEAR + DAY, KEEPS)
    with writing(room.engine) as session:
        attempt = load(session, room.devices[0], attempt_id)
        answer(session, attempt, 2, library)
        attempt.responses[-1].answered_at = when.now
        session.flush()  # as far as a request gets before it commits
        other = meanwhile(lambda: all_parts(room.engine, when))
    other.join()
    assert len(room.answers()) == 2
