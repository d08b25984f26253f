"""Ids that travel in bodies and query strings: another class's are refused, and nothing changes by them."""

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from quiz.core.library import Library
from quiz.store.tables import Base
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, new_class, new_teacher, page_id, seats_of
from tests.web.ways import right, text_of, with_key

TEXT = "alleged-support/C7"
PAGES = [
    "results",
    "results/glance",
    "heat",
    "worst",
    "texts",
    "growth",
    "print",
    "results.csv",
    "results.xlsx",
]
LEVELS = {"level-attribution": "2", "level-size": "1"}
CLAIM = {"scope": "alleged-support", "unit": "c1", "to": "out"}
NAMES = {"7a": ("Yusuf", "Zofia"), "9b": ("Ada", "Bo"), "9c": ("Oskar", "Wilma")}
Rows = dict[str, list[str]]

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(frozen=True, kw_only=True)
class Room:
    """A class and what is in it, by id: a task, two seats, and the text that one of them handed in."""

    address: str
    task: str
    seat: str
    other_seat: str
    text: str

    @property
    def id(self) -> str:
        return last(self.address)


@dataclass(frozen=True, kw_only=True)
class World:
    """A teacher's class, and two whose ids are not to work in it: a stranger's, and another of their own."""

    teacher: Visitor
    mine: Room
    strangers: Room
    next_door: Room

    def foreign(self, name: str) -> list[str]:
        """What the two other classes have by that name."""
        return [str(getattr(room, name)) for room in (self.strangers, self.next_door)]


@pytest.fixture
def world(app: Flask, engine: Engine, library: Library) -> World:
    """Two teachers; the first has two classes."""
    teacher, stranger = new_teacher(app, engine), new_teacher(app, engine, "Mr Orde")
    return World(
        strangers=furnished(app, stranger, library, "7a"),
        next_door=furnished(app, teacher, library, "9c"),
        mine=furnished(app, teacher, library, "9b"),
        teacher=teacher,
    )


def furnished(app: Flask, teacher: Visitor, library: Library, name: str) -> Room:
    """A class where one of two has handed in a text, and the teacher has marked it."""
    room = new_class(teacher, name, "chosen")
    task = give(teacher, room, "alleged-support/c")
    writer, _other = (join(app, code_of(teacher, room), one) for one in NAMES[name])
    step = re.sub(r"\d+$", TEXT[-1], begin(writer, due(writer)[0]))
    writer.get(step)
    writer.press(step, with_key(writer, right(library.items[TEXT])))
    text = queued(teacher, room)
    teacher.press(f"{room}/texts", {"text": text} | LEVELS)
    seat, other_seat = (last(one) for one in seats_of(teacher, room).values())
    return Room(address=room, task=last(task), seat=seat, other_seat=other_seat, text=text)


def queued(teacher: Visitor, room: str, query: str = "") -> str:
    """The id of the text that is shown for marking."""
    field = teacher.get(f"{room}/texts{query}").select_one("input[name=text]")
    assert field is not None
    return str(field["value"])


def last(address: str) -> str:
    return address.rsplit("/", 1)[1]


def every_row(engine: Engine) -> Rows:
    """All that the database holds, table by table."""
    with engine.connect() as connection:
        return {
            one.name: sorted(repr(tuple(row)) for row in connection.execute(select(one)))
            for one in Base.metadata.sorted_tables
        }


def test_no_page_of_results_shows_a_task_of_another_class(engine: Engine, world: World) -> None:
    before = every_row(engine)
    for page in PAGES:
        address = f"{world.mine.address}/{page}"
        for task in world.foreign("task"):
            assert world.teacher.client.get(f"{address}?task={task}").status_code == 404, page
        assert world.teacher.client.get(f"{address}?task={world.mine.task}").status_code == 200, page
    assert every_row(engine) == before


@pytest.mark.parametrize(
    ("press", "data"),
    [("claims", CLAIM), ("texts", LEVELS), ("texts/release", {})],
    ids=["take out", "mark", "release"],
)
def test_a_press_about_a_task_of_another_class_changes_nothing(
    engine: Engine, world: World, press: str, data: dict[str, str]
) -> None:
    teacher, mine = world.teacher, world.mine
    address = f"{mine.address}/{press}"
    teacher.get(mine.address)
    token, before = teacher.token(), every_row(engine)
    fields = data | {"text": mine.text, "csrf_token": token}
    for task in world.foreign("task"):
        teacher.post(address, fields | {"task": task}, code=404)
        teacher.post(f"{address}?task={task}", fields, code=404)
    assert every_row(engine) == before
    teacher.post(address, fields | {"task": mine.task})
    assert every_row(engine) != before


def test_a_text_of_another_class_is_neither_shown_nor_marked(engine: Engine, world: World) -> None:
    teacher, mine = world.teacher, world.mine
    before = every_row(engine)
    for text in world.foreign("text"):
        assert queued(teacher, mine.address, f"?text={text}&names=yes") == mine.text
        said = LEVELS | {"text": text, "comment": "From next door."}
        for task in ({}, {"task": mine.task}):
            teacher.get(mine.address)
            token = {"csrf_token": teacher.token()}
            teacher.post(f"{mine.address}/texts", said | task | token, code=404)
    assert every_row(engine) == before
    teacher.get(mine.address)
    teacher.press(f"{mine.address}/texts", LEVELS | {"text": mine.text, "comment": "From here."})
    changed = {name for name, rows in every_row(engine).items() if rows != before[name]}
    assert changed - {"classroom"} == {"review"}, "of the class alone when it was changed last"


def test_releasing_texts_leaves_those_of_other_classes_unreleased(engine: Engine, world: World) -> None:
    world.teacher.get(world.mine.address)
    before = every_row(engine)["review"]
    world.teacher.press(f"{world.mine.address}/texts/release")
    assert len(set(before) & set(every_row(engine)["review"])) == len(before) - 1


def test_only_a_class_of_the_same_teacher_stands_beside_the_growth(world: World) -> None:
    growth = f"{world.mine.address}/growth"
    for beside in (world.strangers.id, world.mine.id, world.next_door.task, "9c"):
        world.teacher.get(f"{growth}?beside={beside}", code=404)
    world.teacher.get(f"{growth}?beside={world.next_door.id}")
    assert "Beside it: 9c" in text_of(world.teacher)


def test_a_task_can_not_be_given_to_a_seat_of_another_class(engine: Engine, world: World) -> None:
    teacher, mine = world.teacher, world.mine
    before = every_row(engine)
    plan = {"exercise": "alleged-support/b", "mode": "practice", "tries": "1", "note": ""}
    for seat in world.foreign("seat"):
        teacher.get(f"{mine.address}/assignments/new")
        teacher.post(f"{mine.address}/assignments", plan | {"id": page_id(teacher), "seat": seat}, code=422)
        assert "isn’t in the class" in text_of(teacher)
    assert every_row(engine) == before
    teacher.get(f"{mine.address}/assignments/new")
    teacher.post(f"{mine.address}/assignments", plan | {"id": page_id(teacher), "seat": mine.seat})
    assert len(every_row(engine)["assignment"]) == len(before["assignment"]) + 1


def test_a_seat_of_another_class_is_not_merged_into_one_of_this(engine: Engine, world: World) -> None:
    teacher, mine = world.teacher, world.mine
    merge = f"{mine.address}/seats/{mine.seat}/merge"
    before = every_row(engine)
    for seat in world.foreign("seat"):
        teacher.get(mine.address)
        teacher.post(merge, {"other": seat, "sure": "y"}, code=422)
        assert "Choose another seat of this class" in text_of(teacher)
    assert every_row(engine) == before
    teacher.press(merge, {"other": mine.other_seat, "sure": "y"})
    assert len(every_row(engine)["seat"]) == len(before["seat"]) - 1


def test_asking_to_merge_a_seat_of_another_class_is_refused_before_it_is_sure(world: World) -> None:
    for seat in world.foreign("seat"):
        world.teacher.get(world.mine.address)
        data = {"other": seat, "csrf_token": world.teacher.token()}
        answer = world.teacher.client.post(f"{world.mine.address}/seats/{world.mine.seat}/merge", data=data)
        assert answer.status_code in {404, 422}


def test_asking_to_merge_a_seat_of_another_class_tells_no_name_and_changes_nothing(
    engine: Engine, world: World
) -> None:
    teacher, mine = world.teacher, world.mine
    names = {*NAMES["7a"], *NAMES["9c"]}
    before = every_row(engine)
    for seat in world.foreign("seat"):
        teacher.get(mine.address)
        token = {"csrf_token": teacher.token()}
        answer = teacher.client.post(f"{mine.address}/seats/{mine.seat}/merge", data={"other": seat} | token)
        said = answer.get_data(as_text=True)
        assert seat not in said and not any(name in said for name in names)
    assert every_row(engine) == before


def test_a_task_given_under_the_id_of_another_classs_task_changes_neither(
    engine: Engine, world: World
) -> None:
    plan = {"exercise": "alleged-support/b", "mode": "practice", "tries": "1", "note": "", "seat": ""}
    before = every_row(engine)
    for task in world.foreign("task"):
        world.teacher.get(world.mine.address)
        world.teacher.post(f"{world.mine.address}/assignments", plan | {"id": task}, code=409)
    assert every_row(engine) == before


def test_a_class_made_under_the_id_of_anothers_class_changes_neither(engine: Engine, world: World) -> None:
    before = every_row(engine)
    world.teacher.get("/teach")
    data = {"id": world.strangers.id, "name": "9d", "zone": "UTC", "naming": "generated"}
    answer = world.teacher.client.post("/teach/classes", data=data | {"csrf_token": world.teacher.token()})
    assert every_row(engine) == before
    assert answer.status_code in {404, 409, 422}
