"""Ways that teachers and their classes take, for many tests."""

import re
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quiz.services import teachers
from quiz.store.engine import WRITES
from tests.web.client import Visitor

PASSWORD = "heron canal bread"


def link(engine: Engine, secret: str = "first-link") -> str:
    """A link for a new teacher, as `quiz invite` makes it."""
    with Session(engine.execution_options(**{WRITES: True})) as session, session.begin():
        teachers.invite(session, secret, now=datetime.now(UTC))
    return f"/teach/invite/{secret}"


def new_teacher(app: Flask, engine: Engine, name: str = "Ms Vane") -> Visitor:
    """Somebody who came in by a link."""
    visitor = Visitor(app)
    address = link(engine, f"link-of-{name.replace(' ', '-')}")
    visitor.get(address)
    visitor.press(address, {"name": name, "password": PASSWORD})
    return visitor


def new_class(
    teacher: Visitor, name: str = "9b", naming: str = "generated", zone: str = "Europe/Lisbon"
) -> str:
    """Make a class; its address."""
    teacher.get("/teach")
    data = {"id": page_id(teacher), "name": name, "zone": zone, "naming": naming}
    return (
        teacher.post("/teach/classes", data)
        .headers["Location"]
        .removesuffix("/projector")
        .removesuffix("#seats")
    )


def page_id(visitor: Visitor) -> str:
    """The id that a page gives to what its form makes."""
    field = visitor.page.select_one("input[name=id]")
    assert field is not None
    return str(field["value"])


def code_of(teacher: Visitor, room: str) -> str:
    """The class's code, as its page shows it."""
    shown = teacher.get(room).select_one(".code-shown output")
    assert shown is not None
    return shown.get_text().replace(" ", "")


def join(app: Flask, code: str, name: str | None = None, visitor: Visitor | None = None) -> Visitor:
    """Somebody who walks in: under the name shown, or one of their own."""
    visitor = visitor or Visitor(app)
    visitor.get(f"/join/{code}")
    if name is None:
        shown = visitor.page.select_one("button[name=name]")
        assert shown is not None
        name = str(shown["value"])
    visitor.press(f"/join/{code}", {"name": name})
    return visitor


def give(teacher: Visitor, room: str, exercise: str = "alleged-support/b", **fields: str) -> str:
    """Give a class something to do; the address of the assignment's page for the teacher."""
    teacher.get(f"{room}/assignments/new")
    data = {"exercise": exercise, "seat": "", "mode": "practice", "tries": "1", "note": "", **fields}
    data["id"] = page_id(teacher)
    teacher.press(f"{room}/assignments", data)
    links = [str(one["href"]) for one in teacher.page.select(f"#given a[href^='{room}/assignments/']")]
    return next(one for one in links if not one.endswith("/new"))


def due(visitor: Visitor) -> list[str]:
    """The addresses of what a learner has to do."""
    page = visitor.get("/me")
    return [str(one["href"]) for one in page.select(".class-work li:has(.state) a")]


def begin(visitor: Visitor, address: str) -> str:
    """Start an assignment; the first step."""
    visitor.get(address)
    return visitor.post(address).headers["Location"]


def seats_of(teacher: Visitor, room: str) -> dict[str, str]:
    """The seats of a class: name to address."""
    page = teacher.get(room)
    return {one.get_text(): str(one["href"]) for one in page.select(".seats a")}


def digits_of(teacher: Visitor, seat: str) -> str:
    """Six digits that open a seat on another device."""
    teacher.get(seat)
    teacher.press(f"{seat}/digits")
    found = re.search(r"(\d{3}) (\d{3})", teacher.page.get_text())
    assert found
    return found[1] + found[2]


def parts(room: str, task: str, seat: str, step: str) -> dict[str, str]:
    """The ids in those addresses, by the names that rules give them."""
    attempt, number = step.split("/")[-2:]
    last = {"classroom": room, "assignment": task, "seat": seat}
    return {name: one.rsplit("/", 1)[1] for name, one in last.items()} | {"attempt": attempt, "step": number}
