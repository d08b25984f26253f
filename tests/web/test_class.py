"""A class from the invitation link to the answers, as the server shows it."""

import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quiz.core import roster
from quiz.core.library import Library
from quiz.store.tables import Attempt, Base, Response, Seat
from tests.web.client import Visitor
from tests.web.room import (
    PASSWORD,
    begin,
    code_of,
    digits_of,
    due,
    give,
    join,
    link,
    new_class,
    new_teacher,
    page_id,
    seats_of,
)
from tests.web.ways import finish, start, text_of


@pytest.fixture
def teacher(app: Flask, engine: Engine) -> Visitor:
    """A teacher who is signed in."""
    return new_teacher(app, engine)


@pytest.fixture
def room(teacher: Visitor) -> str:
    """The address of a class of theirs."""
    return new_class(teacher)


def test_from_the_link_to_answers_in_the_class(
    app: Flask, teacher: Visitor, room: str, library: Library, session: Session
) -> None:
    board = teacher.get(f"{room}/projector")
    code = code_of(teacher, room)
    assert code[:3] in board.get_text() and board.select_one("svg.qr")
    learner = join(app, code)
    assert "Nothing to do just now" in text_of(learner)
    give(teacher, room, note="Read slowly, please.")
    (task,) = due(learner)
    learner.get(task)
    assert "Read slowly, please." in text_of(learner)
    result = finish(learner, library, begin(learner, task))
    learner.get(result)
    assert "9b" in text_of(learner)
    attempt = session.scalars(select(Attempt)).one()
    assert attempt.seat_id and attempt.learner_id is None and attempt.finished_at
    learner.get(task)
    assert "You have done this." in text_of(learner)
    assert "begun by 1, finished by 1" in text_of_page(teacher, room)


def text_of_page(visitor: Visitor, path: str) -> str:
    visitor.get(path)
    return text_of(visitor)


def test_the_board_fills_with_those_who_walk_in_until_it_is_closed(
    app: Flask, teacher: Visitor, room: str
) -> None:
    before = filled(teacher, room)
    join(app, code_of(teacher, room))
    assert before < filled(teacher, room) <= 100
    assert teacher.get(f"{room}/projector").select(".qr-frame, output")
    teacher.get(room)
    teacher.press(f"{room}/doors", {"to": "closed"})
    assert not teacher.get(f"{room}/projector").select(".qr-frame, output")


def filled(teacher: Visitor, room: str) -> int:
    """How far the bar on the board is filled, in hundredths."""
    part = re.search(r'class="part" width="(\d+)"', teacher.client.get(f"{room}/projector/bar").text)
    assert part
    return int(part[1])


def test_two_teachers_see_and_do_the_same(app: Flask, engine: Engine, teacher: Visitor, room: str) -> None:
    other = new_teacher(app, engine, "Mr Orde")
    other.get(room, code=404)
    teacher.get(room)
    teacher.press(f"{room}/link")
    found = re.search(r"/teach/invite/[\w-]+", text_of(teacher))
    assert found
    other.get(found[0])
    assert other.post(found[0]).headers["Location"] == room
    other.get(room)
    assert "Mr Orde, Ms Vane" in text_of(other)
    other.get(found[0], code=404)


def test_learners_get_names_halves_and_no_second_seat(
    app: Flask, teacher: Visitor, room: str, session: Session
) -> None:
    code = code_of(teacher, room)
    first = join(app, code)
    join(app, code)
    halves = session.scalars(select(Seat.half).order_by(Seat.taken_at)).all()
    assert list(halves) == ["a", "b"]
    first.get(f"/join/{code}")
    assert "Are you" in text_of(first)
    first.post(f"/join/{code}", {"name": "Amber Otter"})
    assert session.scalar(select(func.count()).select_from(Seat)) == 2


def test_two_share_a_device_and_never_meet_each_others_answers(
    app: Flask, teacher: Visitor, room: str, library: Library
) -> None:
    code = code_of(teacher, room)
    give(teacher, room)
    device = join(app, code)
    result = finish(device, library, begin(device, due(device)[0]))
    device.get(f"/join/{code}")
    device.press(f"/join/{code}/other")
    join(app, code, visitor=device)
    device.get(result, code=404)
    device.get(due(device)[0])
    assert "Start" in text_of(device) and "You have done this" not in text_of(device)
    assert len(seats_of(teacher, room)) == 2


def test_six_digits_open_the_seat_on_another_device_once(
    app: Flask, teacher: Visitor, room: str, library: Library
) -> None:
    code = code_of(teacher, room)
    give(teacher, room)
    first = join(app, code)
    result = finish(first, library, begin(first, due(first)[0]))
    (seat,) = seats_of(teacher, room).values()
    digits = digits_of(teacher, seat)
    second = Visitor(app)
    second.get(f"/join/{code}")
    second.press(f"/join/{code}/digits", {"digits": f"{digits[:3]} {digits[3:]}"})
    second.get(result)
    third = Visitor(app)
    third.get(f"/join/{code}")
    third.post(f"/join/{code}/digits", {"digits": digits}, code=422)
    assert "No seat has this code now" in text_of(third)
    first.get(result)


def test_a_roster_is_taken_line_by_line_and_never_shown(
    app: Flask, teacher: Visitor, session: Session
) -> None:
    room = new_class(teacher, "8c", "roster")
    code = code_of(teacher, room)
    teacher.get(room)
    teacher.press(f"{room}/roster", {"text": "name;form\nAda Lund;8c\n;8c\nada  lund;8c\nBo Maas;8c\n"})
    lines = {str(one["value"]): one.get_text() for one in teacher.page.select(".rows li")}
    assert lines["2"] == lines["5"] == "Taken"
    assert "no name in this row" in lines["3"] and "stands here already" in lines["4"]
    assert sorted(seats_of(teacher, room)) == ["Ada Lund", "Bo Maas"]
    visitor = Visitor(app)
    visitor.get(f"/join/{code}")
    assert "Lund" not in text_of(visitor)
    visitor.post(f"/join/{code}", {"name": "Somebody"}, code=422)
    assert "isn’t on the list" in text_of(visitor)
    join(app, code, "ADA lund", visitor)
    late = Visitor(app)
    late.get(f"/join/{code}")
    late.post(f"/join/{code}", {"name": "Ada Lund"}, code=422)
    assert "ask your teacher for a code" in text_of(late)
    assert session.scalar(select(func.count()).where(Seat.taken_at.is_not(None))) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_roster_file_is_read_as_offices_write_it(teacher: Visitor, encoding: str, separator: str) -> None:
    room = new_class(teacher, "8c", "roster")
    text = separator.join(["pupil", "form"]) + "\r\n" + separator.join(["Zoë Müller", "8c"]) + "\r\n"
    teacher.get(room)
    data = {"csrf_token": teacher.token(), "file": (BytesIO(text.encode(encoding)), "list.csv")}
    answer = teacher.client.post(f"{room}/roster", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert list(seats_of(teacher, room)) == ["Zoë Müller"]


def test_chosen_names_are_screened_and_not_given_twice(app: Flask, teacher: Visitor) -> None:
    code = code_of(teacher, new_class(teacher, "8c", "chosen"))
    join(app, code, "Kim")
    other = Visitor(app)
    other.get(f"/join/{code}")
    for name, say in (("kim", "Somebody here has"), ("sh1t", "Take another name"), ("<b>", "letters")):
        other.post(f"/join/{code}", {"name": name}, code=422)
        assert say in text_of(other)


def test_a_closed_class_takes_no_newcomers_and_a_renewed_code_leads_nowhere(
    app: Flask, teacher: Visitor, room: str
) -> None:
    code = code_of(teacher, room)
    learner = join(app, code)
    teacher.get(room)
    teacher.press(f"{room}/doors", {"to": "closed"})
    late = Visitor(app)
    late.get(f"/join/{code}")
    late.post(f"/join/{code}", {"name": "Amber Otter"}, code=422)
    assert "closed to newcomers" in text_of(late)
    teacher.press(f"{room}/doors", {"to": "closed"})
    teacher.press(f"{room}/code")
    late.get(f"/join/{code}", code=404)
    assert code_of(teacher, room) != code
    give(teacher, room)
    assert due(learner)


def test_merging_puts_the_answers_together(
    app: Flask, teacher: Visitor, room: str, library: Library, session: Session
) -> None:
    code = code_of(teacher, room)
    give(teacher, room)
    first, second = join(app, code), join(app, code)
    results = [finish(one, library, begin(one, due(one)[0])) for one in (first, second)]
    seats = seats_of(teacher, room)
    keep, gone = seats.values()
    teacher.get(keep)
    other = {"other": gone.rsplit("/", 1)[1]}
    teacher.post(f"{keep}/merge", other, code=200)
    assert "Nobody can part them again" in text_of(teacher) and len(seats_of(teacher, room)) == 2
    teacher.get(keep)
    teacher.press(f"{keep}/merge", other | {"sure": "y"})
    assert len(seats_of(teacher, room)) == 1
    assert set(session.scalars(select(Attempt.number))) == {1, 2}
    for one in (first, second):
        for result in results:
            one.get(result)


def test_deleting_a_class_leaves_nothing_of_it(
    app: Flask, teacher: Visitor, room: str, library: Library, session: Session
) -> None:
    code = code_of(teacher, room)
    give(teacher, room)
    learner = join(app, code)
    result = finish(learner, library, begin(learner, due(learner)[0]))
    teacher.get(room)
    teacher.press(f"{room}/link")
    teacher.post(f"{room}/delete", {"name": "9c"}, code=422)
    assert "nothing was deleted" in text_of(teacher)
    teacher.press(f"{room}/delete", {"name": " 9B "})
    teacher.get(room, code=404)
    learner.get(result, code=404)
    kept = {"learner", "teacher", "revision"}
    for table in Base.metadata.sorted_tables:
        count = session.scalar(select(func.count()).select_from(table))
        assert (table.name in kept) == bool(count), table.name


def test_deleting_own_work_leaves_the_class_its_answers_and_says_so(
    app: Flask, teacher: Visitor, room: str, library: Library, session: Session
) -> None:
    give(teacher, room)
    learner = join(app, code_of(teacher, room))
    finish(learner, library, begin(learner, due(learner)[0]))
    learner.get("/me")
    assert "What you answered in 9b stays with that class" in text_of(learner)
    learner.post("/me/delete", {"sure": "y"})
    assert len(seats_of(teacher, room)) == 1
    assert session.scalar(select(func.count()).select_from(Response))
    learner.get("/me")
    assert not learner.page.select(".class-work")


def test_quietly_given_to_one_seat_nobody_else_sees_it(app: Flask, teacher: Visitor, room: str) -> None:
    code = code_of(teacher, room)
    first, second = join(app, code), join(app, code)
    name = first.get("/me").select_one(".class-work .soft")
    assert name is not None
    seat = seats_of(teacher, room)[name.get_text().removeprefix("as ")]
    give(teacher, room, "lendal-otters/mini", seat=seat.rsplit("/", 1)[1])
    (task,) = due(first)
    assert due(second) == []
    second.get(task, code=404)
    second.get("/me")
    second.post(task, code=404)


def test_a_teacher_can_leave_a_class_and_the_last_one_can_not(
    app: Flask, engine: Engine, teacher: Visitor, room: str
) -> None:
    teacher.get(room)
    teacher.post(f"{room}/leave", code=409)
    assert "only teacher" in text_of(teacher)
    teacher.press(f"{room}/link")
    found = re.search(r"/teach/invite/[\w-]+", text_of(teacher))
    assert found
    other = new_teacher(app, engine, "Mr Orde")
    other.get(found[0])
    other.post(found[0])
    teacher.get(room)
    teacher.press(f"{room}/leave")
    teacher.get(room, code=404)
    other.get(room)
    other.post(f"{room}/leave", code=409)


def test_closing_the_doors_twice_leaves_them_closed(teacher: Visitor, room: str) -> None:
    for _press in range(2):
        teacher.get(room)
        teacher.press(f"{room}/doors", {"to": "closed"})
        assert "Closed to newcomers." in text_of(teacher)
    teacher.post(f"{room}/doors", {"to": "ajar"}, code=422)


def test_what_was_typed_stands_on_the_page_that_refuses_it(app: Flask, teacher: Visitor, room: str) -> None:
    join(app, code_of(teacher, room))
    (seat,) = seats_of(teacher, room).values()
    typed = {
        f"{room}/roster": ("text", "Ada Lund\nBo Maas"),
        f"{seat}/name": ("name", "Ada Lund"),
        f"{seat}/extra": ("minutes", "25"),
        f"{room}/assignments": ("note", "Read slowly."),
        "/teach/classes": ("name", "9c"),
    }
    for address, (field, text) in typed.items():
        teacher.post(address, {field: text}, code=400, token=False)
        shown = teacher.page.select_one(f"[name={field}]")
        assert shown is not None and text in {shown.get("value"), shown.get_text()}, address
    teacher.post(f"{seat}/name", {"name": "x" * 90, "csrf_token": teacher.token()}, code=422)
    shown = teacher.page.select_one("[name=name]")
    assert shown is not None and shown["value"] == "x" * 90


@pytest.mark.parametrize("name", ["ﷺ" * 40, "ΐ" * 40])
def test_names_that_grow_when_they_are_folded_are_refused(
    app: Flask, engine: Engine, teacher: Visitor, room: str, name: str
) -> None:
    teacher.get(room)
    teacher.post(f"{room}/roster", {"text": name}, code=422)
    assert "this is no name, or longer" in text_of(teacher)
    join(app, code_of(teacher, room))
    (seat,) = seats_of(teacher, room).values()
    teacher.get(seat)
    teacher.post(f"{seat}/name", {"name": name}, code=422)
    visitor = Visitor(app)
    address = link(engine, "folded")
    visitor.get(address)
    visitor.post(address, {"name": name, "password": PASSWORD}, code=422)


def test_who_sits_down_next_never_sees_the_code_of_the_one_before(
    app: Flask, teacher: Visitor, room: str
) -> None:
    code = code_of(teacher, room)
    device = join(app, code)
    device.get("/me")
    device.press("/me/code")
    assert device.page.select(".code-shown")
    device.get(f"/join/{code}")
    device.press(f"/join/{code}/other")
    join(app, code, visitor=device)
    device.get("/me/code")
    assert not device.page.select(".code-shown") and "My work" in text_of(device)


def test_a_device_never_turns_back_into_the_learner_before(
    app: Flask, teacher: Visitor, room: str, session: Session
) -> None:
    """Somebody comes back by a code on another's device, then deletes all: whoever starts next is new."""
    device, owner = join(app, code_of(teacher, room)), Visitor(app)
    start(owner)
    owner.get("/me")
    owner.press("/me/code")
    found = re.search(r"\w{4}(-\w{4}){3}", text_of(owner))
    assert found
    device.get("/resume")
    device.press("/resume", {"code": found[0], "mine": "no"})
    owner.get("/me")
    owner.press("/me/delete", {"sure": "y"})
    start(device, "b")
    device.get("/me")
    assert not device.page.select(".class-work")


def test_six_digits_pressed_twice_open_the_seat_once_and_say_no_error(
    app: Flask, teacher: Visitor, room: str
) -> None:
    code = code_of(teacher, room)
    join(app, code)
    (seat,) = seats_of(teacher, room).values()
    digits = digits_of(teacher, seat)
    device = Visitor(app)
    device.get(f"/join/{code}")
    token = device.token()
    for _press in range(2):
        device.post(f"/join/{code}/digits", {"digits": digits, "csrf_token": token})
    device.get("/me")
    assert device.page.select(".class-work")


def test_a_double_press_makes_one_class_and_gives_one_task(teacher: Visitor, room: str) -> None:
    teacher.get("/teach")
    data = {"id": page_id(teacher), "name": "7a", "zone": "UTC", "naming": "generated"}
    token = teacher.token()
    places = {
        teacher.post("/teach/classes", data | {"csrf_token": token}).headers["Location"] for _ in range(2)
    }
    assert len(places) == 1
    assert len(teacher.get("/teach").select(".attempts li")) == 2
    teacher.get(f"{room}/assignments/new")
    plan = {"id": page_id(teacher), "exercise": "alleged-support/a", "mode": "practice", "tries": "1"}
    token = teacher.token()
    for _press in range(2):
        teacher.post(f"{room}/assignments", plan | {"csrf_token": token})
    assert len(teacher.get(room).select("#given li")) == 1


@pytest.mark.parametrize("name", ["   ", "\0", "\n", "\u200b", "a\u202eb"])
def test_a_class_needs_a_name_that_one_can_read(teacher: Visitor, name: str) -> None:
    teacher.get("/teach")
    data = {"id": page_id(teacher), "name": name, "zone": "UTC", "naming": "generated"}
    teacher.post("/teach/classes", data, code=422)


@pytest.mark.parametrize(
    "data", [b"a" * 140_000, "\n".join(f"P {n}" for n in range(500)).encode()], ids=["long", "many"]
)
def test_a_file_that_is_no_roster_is_422(teacher: Visitor, room: str, data: bytes) -> None:
    teacher.get(room)
    fields = {"csrf_token": teacher.token(), "file": (BytesIO(data), "list.csv")}
    answer = teacher.client.post(f"{room}/roster", data=fields, content_type="multipart/form-data")
    assert answer.status_code == 422


def test_the_report_on_a_roster_fits_into_a_cookie(teacher: Visitor, room: str) -> None:
    teacher.get(room)
    names = "\n".join(f"Pupil {number // 2}" for number in range(roster.MOST_ROWS))
    answer = teacher.post(f"{room}/roster", {"text": names})
    assert all(len(one) < 4000 for one in answer.headers.getlist("Set-Cookie"))
    rows = teacher.get(answer.headers["Location"]).select(".rows li")
    assert len(rows) == roster.MOST_ROWS
