"""Answering, where others write at the same moment and authors take tasks away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from threading import Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.mark import BadAnswer
from quiz.services import account, answering
from quiz.services.steps import next_step
from quiz.store import attempts, learners
from quiz.store.engine import WRITES
from quiz.store.tables import Attempt, Draft, Learner
from tests.web.ways import right

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EXERCISE = "alleged-support/b"
PATIENCE = 10


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction, as a request that writes has it."""
    with (
        Session(engine.execution_options(**{WRITES: True}), expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session


def begin(engine: Engine, library: Library, birth: str = "a", exercise: str = EXERCISE) -> tuple[UUID, UUID]:
    """Somebody begins an exercise; the ids of the learner and of the attempt."""
    with writing(engine) as session:
        learner = answering.learner_for(session, birth, new_id=uuid4, now=NOW)
        attempt = answering.start(
            session,
            learner,
            library.exercises[exercise],
            library,
            random=Random(1),
            new_id=uuid4,
            now=NOW,
        )
        return learner.id, attempt.id


def load(session: Session, learner: UUID, attempt: UUID) -> Attempt:
    found = attempts.get(session, attempt, learner_id=learner, epoch=0, for_writing=True)
    assert found is not None
    return found


def answer(session: Session, attempt: Attempt, step: int, library: Library) -> None:
    item = task(attempt, step, library)
    answering.submit(
        session,
        attempt,
        step,
        item,
        right(item),
        library=library,
        opening=None,
        submit_key=uuid4().hex,
        confidence=None,
        random=Random(1),
        new_id=uuid4,
        now=NOW,
    )


def task(attempt: Attempt, step: int, library: Library) -> Item:
    found = library.task(attempt.tasks[step - 1][0])
    assert found is not None
    return found


def without(library: Library, *ids: str) -> Library:
    """The library after its authors took some items away."""
    return replace(library, items={id: item for id, item in library.items.items() if id not in ids})


def meanwhile(action: Callable[[], None]) -> Thread:
    """Something that another request does; give it a moment to get as far as it can."""
    thread = Thread(target=action)
    thread.start()
    thread.join(0.3)
    return thread


def finished(session: Session, attempt: UUID) -> bool:
    return session.scalars(select(Attempt.finished_at).where(Attempt.id == attempt)).one() is not None


def test_two_last_answers_at_once_finish_the_attempt(
    engine: Engine, session: Session, library: Library
) -> None:
    learner, id = begin(engine, library)
    last = len(library.exercises[EXERCISE].steps)
    with writing(engine) as early:
        attempt = load(early, learner, id)
        for step in range(1, last - 1):
            answer(early, attempt, step, library)

    def answer_last() -> None:
        with writing(engine) as other:
            answer(other, load(other, learner, id), last, library)

    with writing(engine) as one:
        attempt = load(one, learner, id)
        answer(one, attempt, last - 1, library)
        one.flush()
        thread = meanwhile(answer_last)
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert finished(session, id)


def test_a_task_taken_away_is_passed_over(engine: Engine, session: Session, library: Library) -> None:
    learner, id = begin(engine, library)
    with writing(engine) as one:
        attempt = load(one, learner, id)
        gone = [attempt.tasks[place][0] for place in (1, -1)]
        fewer = without(library, *gone)
        answer(one, attempt, 1, fewer)
        assert next_step(attempt, fewer, 1) == 3
        for step in range(3, len(attempt.tasks)):
            answer(one, attempt, step, fewer)
    assert finished(session, id)


def test_where_all_that_was_left_is_taken_away_start_begins_anew(
    engine: Engine, session: Session, library: Library
) -> None:
    learner, id = begin(engine, library)
    with writing(engine) as one:
        attempt = load(one, learner, id)
        answer(one, attempt, 1, library)
        gone = [task for task, _part in attempt.tasks[1:]]
    learner_again, other = begin(engine, without(library, *gone))
    assert learner_again == learner
    assert other != id
    assert finished(session, id)


def test_a_draft_is_kept_in_place_of_the_one_before_and_at_texts_alone(
    engine: Engine, session: Session, library: Library
) -> None:
    learner, id = begin(engine, library, exercise="alleged-support/c")
    for text in ("one", "two"):
        with writing(engine) as one:
            attempt = load(one, learner, id)
            answering.save_draft(one, attempt, 7, task(attempt, 7, library), text, opening=None, now=NOW)
    assert session.scalars(select(Draft.text)).all() == ["two"]
    with writing(engine) as one:
        attempt = load(one, learner, id)
        with pytest.raises(BadAnswer, match="no text"):
            answering.save_draft(one, attempt, 1, task(attempt, 1, library), "three", opening=None, now=NOW)


def test_what_is_begun_while_work_is_handed_over_is_never_lost(
    engine: Engine, session: Session, library: Library
) -> None:
    """Somebody types their code on a device where Start is pressed in another tab just then."""
    with writing(engine) as one:
        owner = answering.learner_for(one, "owner", new_id=uuid4, now=NOW)
        code = account.new_code(owner, bytes(10))
    here, _first = begin(engine, library, "here")
    problems: list[Exception] = []

    def start_another() -> None:
        try:
            begin(engine, library, "here", "alleged-support/a")
        except Exception as problem:
            problems.append(problem)

    with writing(engine) as one:
        learner = learners.get(one, here, 0)
        account.come_back(one, code, learner)
        thread = meanwhile(start_another)
    thread.join(PATIENCE)
    if problems:
        begin(engine, library, "here", "alleged-support/a")
    kept = {
        (attempt.exercise, attempt.learner_id == owner.id) for attempt in session.scalars(select(Attempt))
    }
    assert kept == {(EXERCISE, True), ("alleged-support/a", False)}
    assert len(session.scalars(select(Learner)).all()) == 2


def test_what_is_begun_just_before_goes_along(engine: Engine, session: Session, library: Library) -> None:
    with writing(engine) as one:
        owner = answering.learner_for(one, "owner", new_id=uuid4, now=NOW)
        code = account.new_code(owner, bytes(10))
    here, _first = begin(engine, library, "here")

    def come_back() -> None:
        with writing(engine) as other:
            account.come_back(other, code, learners.get(other, here, 0))

    with writing(engine) as one:
        learner = learners.get(one, here, 0)
        assert learner is not None
        exercise = library.exercises["alleged-support/a"]
        answering.start(one, learner, exercise, library, random=Random(1), new_id=uuid4, now=NOW)
        thread = meanwhile(come_back)
    thread.join(PATIENCE)
    assert not thread.is_alive()
    kept = session.execute(select(Attempt.exercise, Attempt.learner_id).order_by(Attempt.exercise)).all()
    assert [tuple(row) for row in kept] == [("alleged-support/a", owner.id), (EXERCISE, owner.id)]
