"""Assignments in time: opening, closing, grace, tests and their release, forms and their halves."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Attempt, Response
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, new_class, new_teacher, page_id, seats_of
from tests.web.ways import finish, right, task_at, text_of, with_key

NOON = "2026-11-24 12:00 +0000"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands at noon until it is moved."""
    with time_machine.travel(NOON, tick=True) as clock:
        yield clock


@pytest.fixture
def teacher(clock: object, app: Flask, engine: Engine) -> Visitor:
    """A teacher who is signed in at noon."""
    return new_teacher(app, engine)


@pytest.fixture
def room(teacher: Visitor) -> str:
    """A class whose zone is UTC."""
    return new_class(teacher, zone="UTC")


def answer(visitor: Visitor, library: Library, address: str, code: int = 303) -> None:
    """Answer a step right."""
    visitor.get(address)
    visitor.post(address, with_key(visitor, right(task_at(library, visitor))), code=code)


def test_answers_after_closing_are_late_and_after_the_grace_they_are_refused_and_shown(
    app: Flask,
    teacher: Visitor,
    room: str,
    clock: time_machine.Traveller,
    library: Library,
    session: Session,
) -> None:
    give(teacher, room, closes="2026-11-24T13:00")
    code = code_of(teacher, room)
    learner, slow = join(app, code), join(app, code)
    step = begin(learner, due(learner)[0])
    extra_step = begin(slow, due(slow)[0])
    name = slow.get("/me").select_one(".class-work .soft")
    assert name
    seat = seats_of(teacher, room)[name.get_text().removeprefix("as ")]
    teacher.get(seat)
    teacher.press(f"{seat}/extra", {"minutes": "10"})
    answer(learner, library, step)
    clock.shift(timedelta(minutes=70))
    second = step[:-1] + "2"
    answer(learner, library, second)
    assert session.scalars(select(Response.late).order_by(Response.step)).all() == [False, True]
    clock.shift(timedelta(minutes=5))
    third = step[:-1] + "3"
    learner.get(third)
    fields = right(task_at(library, learner))
    learner.post(third, with_key(learner, fields), code=409)
    assert "closed by now" in text_of(learner)
    assert learner.page.select("input[checked]"), "what was answered stands on the page still"
    answer(slow, library, extra_step)
    clock.shift(timedelta(minutes=10))
    answer(slow, library, extra_step[:-1] + "2", code=409)


def test_nothing_begins_before_opening_or_after_closing(
    app: Flask, teacher: Visitor, room: str, clock: time_machine.Traveller
) -> None:
    give(teacher, room, opens="2026-11-24T13:00", closes="2026-11-24T14:00")
    learner = join(app, code_of(teacher, room))
    assert due(learner) == []
    clock.shift(timedelta(hours=1))
    (task,) = due(learner)
    clock.shift(timedelta(hours=1))
    learner.get(task)
    assert "closed by now" in text_of(learner)
    learner.post(task, {}, code=409)
    assert "Ask your teacher" in text_of(learner)


def test_a_test_tells_nothing_before_its_release(
    app: Flask, teacher: Visitor, room: str, library: Library
) -> None:
    task = give(teacher, room, mode="test")
    learner = join(app, code_of(teacher, room))
    step = begin(learner, due(learner)[0])
    answer(learner, library, step)
    item = library.items["alleged-support/B1"]
    secrets = [text for note in item.notes.values() for text in (note.found, note.missed, note.over) if text]
    for page in (step, step.rsplit("/", 1)[0]):
        learner.get(page)
        assert "kept" in text_of(learner)
        assert not any(text in text_of(learner) for text in secrets)
    learner.get(step)
    assert "China is reportedly giving" in text_of(learner)
    learner.get(step[:-1] + "2")
    assert "Keep my answer" in text_of(learner) and "Check my answer" not in text_of(learner)
    result = finish(learner, library, step[:-1] + "2")
    learner.get(result)
    assert "Handed in" in text_of(learner) and not any(text in text_of(learner) for text in secrets)
    learner.get(result)
    assert "opens later" in text_of(learner)
    assert not learner.page.select(".skills, .mixed, .finding")
    teacher.get(task)
    teacher.press(f"{task}/release")
    learner.get(step)
    assert any(text in text_of(learner) for text in secrets)
    learner.get(result)
    assert learner.page.select(".skills")


def test_another_answer_in_a_test_is_409_and_shows_both(
    app: Flask, teacher: Visitor, room: str, library: Library
) -> None:
    give(teacher, room, mode="test")
    learner = join(app, code_of(teacher, room))
    step = begin(learner, due(learner)[0])
    learner.get(step)
    key = with_key(learner, {})["submit_key"]
    answer(learner, library, step)
    learner.get(step[:-1] + "2")
    learner.post(step, {"mark": ["s2"], "submit_key": key}, code=409)
    assert "Your answer is kept" in text_of(learner)
    assert "What you had just typed" in text_of(learner)


def test_a_test_opens_by_itself_after_closing_and_grace(
    app: Flask, teacher: Visitor, room: str, clock: time_machine.Traveller, library: Library
) -> None:
    give(teacher, room, mode="test", closes="2026-11-24T13:00")
    learner = join(app, code_of(teacher, room))
    step = begin(learner, due(learner)[0])
    answer(learner, library, step)
    clock.shift(timedelta(minutes=74))
    learner.get(step)
    assert "Your answer is kept" in text_of(learner)
    clock.shift(timedelta(minutes=1))
    learner.get(step)
    assert learner.page.select(".note.found")


def test_the_halves_do_the_forms_in_turn_and_see_nothing_before_both_are_over(
    app: Flask,
    teacher: Visitor,
    room: str,
    clock: time_machine.Traveller,
    library: Library,
    session: Session,
) -> None:
    code = code_of(teacher, room)
    one, two = join(app, code), join(app, code)
    before = give(teacher, room, "bank/form-x", closes="2026-11-24T13:00")
    steps = [begin(one, due(one)[0]), begin(two, due(two)[0])]
    exercises = session.scalars(select(Attempt.exercise)).all()
    assert sorted(exercises) == ["bank/form-x", "bank/form-y"]
    for learner, step in zip((one, two), steps, strict=True):
        finish(learner, library, step)
    teacher.get(before)
    assert "both halves have done both" in text_of(teacher)
    teacher.post(f"{before}/release")
    one.get(steps[0])
    assert "Your answer is kept" in text_of(one)
    clock.shift(timedelta(hours=3))
    one.get(steps[0])
    assert "Your answer is kept" in text_of(one)
    give(teacher, room, "bank/form-y", closes="2026-11-24T16:00")
    again = begin(one, due(one)[0])
    session.rollback()
    assert [a.exercise for a in session.scalars(select(Attempt)) if str(a.id) in again] == ["bank/form-y"]
    clock.shift(timedelta(hours=2))
    one.get(steps[0])
    assert one.page.select(".note")


def test_feedback_that_opened_stays_open_whatever_a_teacher_presses(
    app: Flask, teacher: Visitor, room: str, clock: time_machine.Traveller, library: Library
) -> None:
    task = give(teacher, room, mode="test", closes="2026-11-24T13:00")
    learner = join(app, code_of(teacher, room))
    step = begin(learner, due(learner)[0])
    answer(learner, library, step)
    second = step[:-1] + "2"
    teacher.get(task)
    clock.shift(timedelta(minutes=75))
    teacher.post(f"{task}/close")
    seat = next(iter(seats_of(teacher, room).values()))
    teacher.get(seat)
    teacher.post(f"{seat}/extra", {"minutes": "600"})
    learner.get(step)
    assert learner.page.select(".note.found")
    answer(learner, library, second, code=409)


def test_closing_can_be_undone_until_the_results_are_open(
    app: Flask, teacher: Visitor, room: str, clock: time_machine.Traveller, library: Library
) -> None:
    task = give(teacher, room, mode="test", closes="2026-11-24T20:00")
    learner, late = (join(app, code_of(teacher, room)) for _learner in range(2))
    step = begin(learner, due(learner)[0])
    teacher.get(task)
    teacher.press(f"{task}/close")
    assert "Undo closing" in text_of(teacher)
    late.get(due(late)[0])
    late.post(due(late)[0], code=409)
    teacher.press(f"{task}/reopen")
    assert "Closes 24 Nov 2026, 20:00" in text_of(teacher)
    answer(late, library, begin(late, due(late)[0]))
    teacher.press(f"{task}/close")
    clock.shift(timedelta(minutes=16))
    teacher.post(f"{task}/reopen", code=409)
    assert "results are open" in text_of(teacher)
    answer(learner, library, step, code=409)


def test_a_form_for_one_seat_shuts_nobody_elses_feedback(
    app: Flask, teacher: Visitor, room: str, clock: time_machine.Traveller, library: Library
) -> None:
    code = code_of(teacher, room)
    one, _two = join(app, code), join(app, code)
    for form in ("bank/form-x", "bank/form-y"):
        give(teacher, room, form, closes="2026-11-24T13:00")
    steps = [begin(one, task) for task in due(one)]
    for step in steps:
        answer(one, library, step)
    clock.shift(timedelta(minutes=76))
    one.get(steps[0])
    assert one.page.select(".note.found")
    seat = next(iter(seats_of(teacher, room).values()))
    give(teacher, room, "bank/form-x", seat=seat.rsplit("/", 1)[1])
    one.get(steps[0])
    assert one.page.select(".note.found")


def test_a_test_for_one_seat_waits_for_that_seats_time_alone(
    app: Flask, teacher: Visitor, room: str, clock: time_machine.Traveller, library: Library
) -> None:
    code = code_of(teacher, room)
    one = join(app, code)
    (mine,) = seats_of(teacher, room).values()
    join(app, code)
    (other,) = set(seats_of(teacher, room).values()) - {mine}
    teacher.get(other)
    teacher.press(f"{other}/extra", {"minutes": "600"})
    give(teacher, room, mode="test", closes="2026-11-24T13:00", seat=mine.rsplit("/", 1)[1])
    step = begin(one, due(one)[0])
    answer(one, library, step)
    clock.shift(timedelta(minutes=75))
    one.get(step)
    assert one.page.select(".note.found")


def test_the_download_holds_no_mark_of_a_test_before_its_release(
    app: Flask, teacher: Visitor, room: str, library: Library
) -> None:
    task = give(teacher, room, mode="test")
    learner = join(app, code_of(teacher, room))
    answer(learner, library, begin(learner, due(learner)[0]))

    def kept() -> dict[str, object]:
        (one,) = json.loads(learner.client.get("/me/data.json").get_data(as_text=True))["classes"]
        (response,) = one["responses"]
        return dict(response)

    assert kept()["answer"] and not {"outcome", "points", "hits", "keys", "false_marks"} & kept().keys()
    teacher.get(task)
    teacher.press(f"{task}/release")
    assert kept()["points"] == "1"


@pytest.mark.parametrize(
    ("fields", "say"),
    [
        ({"opens": "2027-03-28T02:30"}, "doesn’t exist"),
        ({"closes": "2027-10-31T02:30"}, "exists twice"),
        ({"opens": "2026-11-25T12:00", "closes": "2026-11-25T11:00"}, "close before it opens"),
        ({"closes": "2026-11-24T11:59"}, "close before it opens"),
        ({"opens": "tomorrow"}, "a day and a time"),
        ({"closes": "0001-01-01T00:00"}, "too far away"),
        ({"closes": "9999-12-31T23:59"}, "too far away"),
        ({"opens": "2040-01-01T00:00"}, "too far away"),
        ({"tries": "0"}, "1 to 10 tries"),
        ({"tries": "many"}, "a whole number"),
        ({"exercise": "bank/nothing"}, "one of the list"),
        ({"mode": "exam"}, "practice or test"),
        ({"seat": "00000000-0000-4000-8000-000000000000"}, "isn’t in the class"),
        ({"note": "n" * 301}, "at most 300"),
    ],
)
def test_what_can_not_be_given_is_422_with_what_to_mend(
    teacher: Visitor, fields: dict[str, str], say: str
) -> None:
    room = new_class(teacher, "8a", zone="Europe/Berlin")
    teacher.get(f"{room}/assignments/new")
    data = {
        "exercise": "alleged-support/b",
        "seat": "",
        "mode": "practice",
        "tries": "1",
        "note": "",
        **fields,
        "id": page_id(teacher),
    }
    teacher.post(f"{room}/assignments", data, code=422)
    assert say.lower() in text_of(teacher).lower()
    for name in ("opens", "closes"):
        if name in fields:
            shown = teacher.page.select_one(f"input[name={name}]")
            assert shown is not None and shown["value"] == fields[name]


@pytest.mark.parametrize("change", ["give", "delete"])
def test_forms_that_are_open_stay_open_when_another_is_given_or_taken_back(
    app: Flask, teacher: Visitor, room: str, clock: time_machine.Traveller, library: Library, change: str
) -> None:
    learner = join(app, code_of(teacher, room))
    tasks = {
        form: give(teacher, room, form, closes="2026-11-24T13:00") for form in ("bank/form-x", "bank/form-y")
    }
    step = begin(learner, next(one for one in due(learner) if one.endswith(tasks["bank/form-x"][-36:])))
    answer(learner, library, step)
    clock.shift(timedelta(minutes=76))
    learner.get(step)
    assert learner.page.select(".note.found")
    if change == "give":
        give(teacher, room, "bank/form-x")
    else:
        teacher.get(tasks["bank/form-y"])
        teacher.press(f"{tasks['bank/form-y']}/delete")
    learner.get(step)
    assert learner.page.select(".note.found")
    answer(learner, library, step[:-1] + "2", code=409)


def test_a_test_can_not_be_released_before_it_opens(
    app: Flask, teacher: Visitor, room: str, clock: time_machine.Traveller, library: Library
) -> None:
    task = give(teacher, room, mode="test", opens="2026-11-24T18:00")
    teacher.get(task)
    assert "Release" not in text_of(teacher)
    teacher.post(f"{task}/release")
    learner = join(app, code_of(teacher, room))
    clock.shift(timedelta(hours=7))
    answer(learner, library, begin(learner, due(learner)[0]))


def test_a_teacher_moves_the_end_and_the_note_while_it_can_matter(
    app: Flask, teacher: Visitor, room: str, clock: time_machine.Traveller, library: Library
) -> None:
    task = give(teacher, room, mode="test", closes="2026-11-24T12:30")
    learner = join(app, code_of(teacher, room))
    step = begin(learner, due(learner)[0])
    clock.shift(timedelta(minutes=35))
    teacher.get(task)
    teacher.press(f"{task}/end", {"closes": "2026-11-24T14:00", "note": "One hour more"})
    assert "14:00" in text_of(teacher) and "One hour more" in text_of(teacher)
    clock.shift(timedelta(minutes=60))
    answer(learner, library, step)
    teacher.get(task)
    teacher.press(f"{task}/close")
    shown = teacher.page.select_one("input[name=closes]")
    assert shown is not None
    teacher.press(f"{task}/end", {"closes": str(shown["value"]), "note": "Closed, with a word"})
    assert "Closed, with a word" in text_of(teacher), "the end wasn’t touched"
    teacher.press(f"{task}/reopen")
    for closes, say in (("2026-11-24T13:00", "still to come"), ("tomorrow", "a day and a time")):
        teacher.get(task)
        teacher.post(f"{task}/end", {"closes": closes, "note": ""}, code=422)
        assert say in text_of(teacher) and "14:00" in text_of(teacher)
    clock.shift(timedelta(minutes=60))
    teacher.get(task)
    teacher.post(f"{task}/end", {"closes": "2026-11-24T18:00", "note": ""}, code=409)
    assert "can’t be moved" in text_of(teacher)
    answer(learner, library, step[:-1] + "2", code=409)


def test_extra_time_is_said_to_whom_it_is_given(app: Flask, teacher: Visitor, room: str) -> None:
    give(teacher, room, closes="2026-11-24T13:00")
    learner = join(app, code_of(teacher, room))
    (seat,) = seats_of(teacher, room).values()
    learner.get("/me")
    assert "more for you" not in text_of(learner)
    teacher.get(seat)
    teacher.press(f"{seat}/extra", {"minutes": "10"})
    learner.get("/me")
    assert "with 10 minutes more for you" in text_of(learner)
