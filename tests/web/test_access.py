"""Who may do what: every route times eight kinds of person. A route without a row fails."""

import re
from collections.abc import Mapping

import pytest
from flask import Flask
from sqlalchemy import Engine

from quiz.core.library import Library
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, new_class, new_teacher, seats_of
from tests.web.ways import right, start, text_of, with_key

PEOPLE = [
    "visitor",
    "learner",
    "classmate",
    "other learner",
    "of another class",
    "teacher",
    "co-teacher",
    "other teacher",
]
TABLE = """
GET  /                                                                           200 200 200 200 200 200 200 200
GET  /guide                                                                      200 200 200 200 200 200 200 200
GET  /guide/bookmark                                                             200 200 200 200 200 200 200 200
GET  /healthz                                                                    200 200 200 200 200 200 200 200
GET  /join                                                                       200 200 200 200 200 200 200 200
GET  /join/<code>                                                                200 200 200 200 200 200 200 200
GET  /learn                                                                      200 200 200 200 200 200 200 200
GET  /learn/<article>                                                            200 200 200 200 200 200 200 200
GET  /learn/<article>/<exercise>                                                 200 200 200 200 200 200 200 200
GET  /learn/<article>/<exercise>/<item>                                          303 303 303 303 303 303 303 303
GET  /learn/assignments/<uuid:assignment>                                        404 200 200 404 404 404 404 404
GET  /learn/attempts/<uuid:attempt>                                              404 200 404 404 404 404 404 404
GET  /learn/attempts/<uuid:attempt>/<int:step>                                   404 200 404 404 404 404 404 404
GET  /learn/attempts/<uuid:attempt>/<int:step>/class                             404 200 404 404 404 404 404 404
GET  /me                                                                         200 200 200 200 200 200 200 200
GET  /me/code                                                                    303 303 303 303 303 303 303 303
GET  /me/data.json                                                               404 200 200 200 200 404 404 404
GET  /me/deleted                                                                 200 200 200 200 200 200 200 200
GET  /practice                                                                   200 200 200 200 200 200 200 200
GET  /privacy                                                                    200 200 200 200 200 200 200 200
GET  /readyz                                                                     200 200 200 200 200 200 200 200
GET  /resume                                                                     200 200 200 200 200 200 200 200
GET  /teach                                                                      303 303 303 303 303 200 200 200
GET  /teach/account                                                              303 303 303 303 303 200 200 200
GET  /teach/articles/<article>                                                   303 303 303 303 303 200 200 200
GET  /teach/classes/<uuid:classroom>                                             303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/assignments/<uuid:assignment>               303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/assignments/new                             303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/projector                                   303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/projector/bar                               303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/seats/<uuid:seat>                           303 303 303 303 303 200 200 404
GET  /teach/invite/<secret>                                                      404 404 404 404 404 404 404 404
GET  /teach/print/<article>/<exercise>                                           303 303 303 303 303 200 200 200
GET  /teach/print/<article>/<exercise>/key                                       303 303 303 303 303 200 200 200
GET  /teach/sign-in                                                              200 200 200 200 200 200 200 200
GET  /teach/sign-up                                                              404 404 404 404 404 404 404 404
GET  /teach/source-strip                                                         303 303 303 303 303 200 200 200
GET  /teach/starter                                                              303 303 303 303 303 200 200 200
POST /                                                                           400 400 400 400 400 400 400 400
POST /guide                                                                      400 400 400 400 400 400 400 400
POST /how-sure                                                                   400 400 400 400 400 400 400 400
POST /join                                                                       400 400 400 400 400 400 400 400
POST /join/<code>                                                                400 400 400 400 400 400 400 400
POST /join/<code>/digits                                                         400 400 400 400 400 400 400 400
POST /join/<code>/other                                                          400 400 400 400 400 400 400 400
POST /learn/<article>/<exercise>                                                 400 400 400 400 400 400 400 400
POST /learn/assignments/<uuid:assignment>                                        404 400 400 404 404 404 404 404
POST /learn/attempts/<uuid:attempt>/<int:step>                                   404 400 404 404 404 404 404 404
POST /learn/attempts/<uuid:attempt>/<int:step>/draft                             404 400 404 404 404 404 404 404
POST /learn/attempts/<uuid:attempt>/<int:step>/reading                           404 400 404 404 404 404 404 404
POST /me/code                                                                    404 400 400 400 400 404 404 404
POST /me/delete                                                                  404 400 400 400 400 404 404 404
POST /me/test                                                                    400 400 400 400 400 400 400 400
POST /me/leave                                                                   400 400 400 400 400 400 400 400
POST /practice                                                                   400 400 400 400 400 400 400 400
POST /reading-face                                                               400 400 400 400 400 400 400 400
POST /single-keys                                                                400 400 400 400 400 400 400 400
POST /resume                                                                     400 400 400 400 400 400 400 400
POST /teach/account/password                                                     303 303 303 303 303 400 400 400
POST /teach/account/sign-out-everywhere                                          303 303 303 303 303 400 400 400
POST /teach/classes                                                              303 303 303 303 303 400 400 400
POST /teach/classes/<uuid:classroom>/assignments                                 303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/assignments/<uuid:assignment>/close         303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/assignments/<uuid:assignment>/delete        303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/assignments/<uuid:assignment>/end           303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/assignments/<uuid:assignment>/release       303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/assignments/<uuid:assignment>/reopen        303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/code                                        303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/delete                                      303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/doors                                       303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/leave                                       303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/link                                        303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/roster                                      303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/seats/<uuid:seat>/digits                    303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/seats/<uuid:seat>/extra                     303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/seats/<uuid:seat>/merge                     303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/seats/<uuid:seat>/name                      303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/seats/<uuid:seat>/remove                    303 303 303 303 303 400 400 404
GET  /teach/classes/<uuid:classroom>/growth                                      303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/heat                                        303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/print                                       303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/results                                     303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/results.csv                                 303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/results.xlsx                                303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/results/glance                              303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/texts                                       303 303 303 303 303 200 200 404
GET  /teach/classes/<uuid:classroom>/worst                                       303 303 303 303 303 200 200 404
POST /teach/classes/<uuid:classroom>/claims                                      303 303 303 303 303 400 400 404
POST /teach/classes/<uuid:classroom>/texts                                       303 303 303 303 303 404 404 404
POST /teach/classes/<uuid:classroom>/texts/release                               303 303 303 303 303 400 400 404
POST /teach/invite/<secret>                                                      404 404 404 404 404 404 404 404
POST /teach/sign-in                                                              400 400 400 400 400 400 400 400
POST /teach/sign-out                                                             400 400 400 400 400 400 400 400
POST /teach/sign-up                                                              404 404 404 404 404 404 404 404
"""
"""A code for each: 303 leads to the sign-in, 404 hides, 400 is where only the token was missing."""


@pytest.fixture
def world(app: Flask, engine: Engine, library: Library) -> tuple[dict[str, Visitor], dict[str, str]]:
    """The people, and the ids that addresses name: all of one class and of a learner who has answered there."""
    teacher, other_teacher = new_teacher(app, engine), new_teacher(app, engine, "Mr Orde")
    co_teacher = new_teacher(app, engine, "Dr Lamm")
    room, other_room = new_class(teacher), new_class(other_teacher, "7a")
    teacher.get(room)
    teacher.press(f"{room}/link")
    found = re.search(r"/teach/invite/[\w-]+", text_of(teacher))
    assert found
    co_teacher.get(found[0])
    co_teacher.post(found[0])
    code = code_of(teacher, room)
    learner, neighbour = join(app, code), join(app, code_of(other_teacher, other_room))
    classmate = join(app, code)
    task = give(teacher, room)
    give(other_teacher, other_room)
    step = begin(learner, due(learner)[0])
    learner.get(step)
    learner.press(step, with_key(learner, right(library.items["alleged-support/B1"])))
    begin(neighbour, due(neighbour)[0])
    other = Visitor(app)
    start(other)
    people = [Visitor(app), learner, classmate, other, neighbour, teacher, co_teacher, other_teacher]
    names = {
        "attempt": step.split("/")[-2],
        "step": step.split("/")[-1],
        "classroom": room.rsplit("/", 1)[1],
        "assignment": task.rsplit("/", 1)[1],
        "seat": next(iter(seats_of(teacher, room).values())).rsplit("/", 1)[1],
        "code": code,
        "secret": "not-a-link",
        "article": "alleged-support",
        "exercise": "b",
        "item": "B2",
    }
    return dict(zip(PEOPLE, people, strict=True)), names


def rows() -> dict[str, list[str]]:
    """The table by route: a code for each kind of person."""
    lines = [line.split() for line in TABLE.strip().splitlines()]
    return {f"{line[0]} {line[1]}": line[2:] for line in lines}


def routes(app: Flask) -> list[tuple[str, str]]:
    """Every way to ask: GET or POST, and the rule."""
    return sorted(
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in ("GET", "POST")
        if method in (rule.methods or ())
    )


def address(rule: str, names: Mapping[str, str]) -> str:
    return re.sub(r"<(?:[a-z]+:)?([a-z]+)>", lambda found: names[found[1]], rule)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_route_answers_each_person_as_the_table_says(
    app: Flask, world: tuple[dict[str, Visitor], dict[str, str]]
) -> None:
    people, names = world
    table = rows()
    asked = {f"{method} {rule}": (method, address(rule, names)) for method, rule in routes(app)}
    assert asked.keys() == table.keys(), "each route has a row, and each row its route"
    wrong = []
    for name, (method, path) in asked.items():
        for (who, visitor), code in zip(people.items(), table[name], strict=True):
            ask = visitor.client.get if method == "GET" else visitor.client.post
            answer = ask(path)
            if str(answer.status_code) != code:
                wrong.append(f"{name}: {who}: {answer.status_code}, not {code}")
    assert wrong == []


def test_no_row_lets_a_stranger_at_what_is_somebodys() -> None:
    for name, codes in rows().items():
        visitor, *_middle, other_teacher = codes
        if "<uuid:" in name:
            assert visitor in {"303", "404"}, name
            assert other_teacher == "404", name
