"""What was deleted stands in no column of any table, and nothing else went with it."""

from collections.abc import Iterator

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Engine, select

from quiz.cli import main
from quiz.core.library import Library
from quiz.store.tables import Base
from tests.web.client import Visitor
from tests.web.room import PASSWORD, new_class, new_teacher
from tests.web.ways import text_of
from tests.web.world import CLASS, World, build, contents

LONG_AGO = "2024-03-05 10:00 +0000"


@pytest.fixture
def world(app: Flask, engine: Engine, library: Library) -> Iterator[World]:
    """Somebody who practises alone and sits in a class, with all that can be kept of them."""
    with time_machine.travel(LONG_AGO):
        world = build(app, engine, library)
        for table in Base.metadata.sorted_tables:
            with engine.connect() as connection:
                assert connection.execute(select(table)).first(), f"nothing in {table.name}: fill it"
        for traces in (world.own, world.seats, world.classroom):
            assert world.found(traces) == traces.keys()
        yield world


def test_deleting_own_practice_leaves_no_trace_of_it_and_the_class_its_answers(world: World) -> None:
    world.learner.get("/me")
    world.learner.press("/me/delete", {"sure": "yes"})
    assert world.found(world.own) == set()
    assert world.found(world.seats) == world.seats.keys()
    assert world.found(world.classroom) == world.classroom.keys()


def test_removing_a_seat_leaves_no_trace_of_it(world: World) -> None:
    world.teacher.get(world.seat)
    world.teacher.press(f"{world.seat}/remove")
    assert world.found(world.seats) == set()
    assert world.found(world.own) == world.own.keys()
    assert world.found(world.classroom) == world.classroom.keys()


def test_removing_a_class_leaves_no_trace_of_it(world: World) -> None:
    world.teacher.get(world.room)
    world.teacher.press(f"{world.room}/delete", {"name": CLASS})
    assert world.found(world.classroom) == world.found(world.seats) == set()
    assert world.found(world.own) == world.own.keys()


def test_purging_leaves_no_trace_of_what_nobody_came_back_to(world: World, database_url: str) -> None:
    said = purge(database_url, "2026-03-05 10:00 +0000")
    counts = "empty attempts 0, expired links 1, expired digits 1, classes 1, own practice 1, items 4"
    assert said == f"Removed: {counts}\n"
    assert world.found(world.own) == world.found(world.seats) == world.found(world.classroom) == set()


def test_a_dry_run_says_what_would_go_and_removes_nothing(world: World, database_url: str) -> None:
    before = contents(world.engine)
    said = purge(database_url, "2026-03-05 10:00 +0000", "--dry-run")
    assert said.startswith("Would remove: ") and "classes 1, own practice 1" in said
    assert contents(world.engine) == before


def test_a_class_that_its_teacher_opens_again_is_none_that_nobody_uses(
    app: Flask, engine: Engine, database_url: str
) -> None:
    with time_machine.travel(LONG_AGO):
        teacher = new_teacher(app, engine)
        room = new_class(teacher)
    with time_machine.travel("2026-03-01 10:00 +0000"):
        teacher.get("/teach/sign-in")
        teacher.press("/teach/sign-in", {"name": "Ms Vane", "password": PASSWORD})
        teacher.get(room)
        teacher.press(f"{room}/doors", {"to": "open"})
        assert "classes 0" in purge(database_url, "2027-02-28 10:00 +0000")
        teacher.get(room)
        assert "classes 1" in purge(database_url, "2027-03-02 10:00 +0000")
        teacher.get(room, code=404)


def purge(database_url: str, at: str, *options: str) -> str:
    """Run the command at some time; the line that it prints."""
    with time_machine.travel(at):
        environ = {"DATABASE_URL": database_url, "SECRET_KEY": "k" * 40}
        done = CliRunner().invoke(main, ["purge", *options], env=environ)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_page_on_privacy_says_how_long_unless_all_is_kept(app: Flask, visitor: Visitor) -> None:
    visitor.get("/privacy")
    assert "nothing was done in it for 365 days" in text_of(visitor)
    app.config["RETENTION_DAYS"] = 0
    visitor.get("/privacy")
    assert "nothing was done in it" not in text_of(visitor)
