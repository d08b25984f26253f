"""Presses that come twice, in turn and at once, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Attempt, Learner, Response, Seat
from tests.web.client import Visitor
from tests.web.room import code_of, new_class, new_teacher, seats_of
from tests.web.ways import ARTICLE, start, with_key

AT_ONCE = 4


def all_at_once(action: Callable[[int], int]) -> list[int]:
    """Do a thing several times at one instant; what each gave."""
    barrier = Barrier(AT_ONCE)

    def run(number: int) -> int:
        barrier.wait()
        return action(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def count(session: Session, table: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_double_press_of_start_makes_one_learner_and_one_attempt(
    app: Flask, visitor: Visitor, session: Session
) -> None:
    address = f"/learn/{ARTICLE}/a"
    visitor.get(address)
    twins = [visitor.twin(app) for _ in range(AT_ONCE)]
    codes = all_at_once(lambda number: twins[number].post(address).status_code)
    assert codes == [303] * AT_ONCE
    assert (count(session, Learner), count(session, Attempt)) == (1, 1)
    twins[0].post(address)
    assert (count(session, Learner), count(session, Attempt)) == (1, 1)


def test_the_same_answer_sent_at_once_makes_one_response(
    app: Flask, visitor: Visitor, session: Session
) -> None:
    address = start(visitor, "b")
    visitor.get(address)
    data = with_key(visitor, {"mark": ["s1", "s4"]})
    twins = [visitor.twin(app) for _ in range(AT_ONCE)]
    codes = all_at_once(lambda number: twins[number].post(address, data).status_code)
    assert codes == [303] * AT_ONCE
    assert count(session, Response) == 1


def test_different_answers_at_once_keep_one_and_refuse_the_rest(
    app: Flask, visitor: Visitor, session: Session, library: Library
) -> None:
    address = start(visitor, "b")
    visitor.get(address)
    answers = [with_key(visitor, {"mark": [unit]}) for unit in ("s1", "s2", "s3", "s4")]
    twins = [visitor.twin(app) for _ in range(AT_ONCE)]
    token = visitor.token()
    codes = all_at_once(
        lambda number: (
            twins[number].client.post(address, data=answers[number] | {"csrf_token": [token]}).status_code
        )
    )
    assert sorted(codes) == [303, 409, 409, 409]
    assert count(session, Response) == 1


def test_a_double_press_of_join_takes_one_seat(app: Flask, engine: Engine, session: Session) -> None:
    teacher = new_teacher(app, engine)
    address = f"/join/{code_of(teacher, new_class(teacher))}"
    visitor = Visitor(app)
    visitor.get(address)
    twins = [visitor.twin(app) for _ in range(AT_ONCE)]
    names = ["Amber Otter", "Brave Heron", "Calm Lynx", "Daring Yak"]
    codes = all_at_once(lambda number: twins[number].post(address, {"name": names[number]}).status_code)
    assert codes == [303] * AT_ONCE
    assert (count(session, Learner), count(session, Seat)) == (1, 1)


def test_those_who_join_at_once_fill_both_halves_and_the_smaller_one_first(
    app: Flask, engine: Engine, session: Session
) -> None:
    teacher = new_teacher(app, engine)
    room = new_class(teacher)
    address = f"/join/{code_of(teacher, room)}"
    visitors = [Visitor(app) for _ in range(AT_ONCE)]
    for visitor in visitors:
        visitor.get(address)
    names = ["Amber Otter", "Brave Heron", "Calm Lynx", "Daring Yak"]
    all_at_once(lambda number: visitors[number].post(address, {"name": names[number]}).status_code)
    halves = {seat.name: seat.half for seat in session.scalars(select(Seat))}
    assert sorted(halves.values(), key=str) == ["a", "a", "b", "b"]
    for name, seat in seats_of(teacher, room).items():
        if halves[name] == "b":
            teacher.get(seat)
            teacher.press(f"{seat}/remove")
    late = Visitor(app)
    late.get(address)
    late.post(address, {"name": "Eager Finch"})
    session.rollback()
    assert session.scalar(select(Seat.half).where(Seat.name == "Eager Finch")) == "b"
