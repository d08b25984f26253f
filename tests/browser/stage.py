"""What a tour of the app walks in: a class of 28, classes of each way of naming, links, a test under way."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.core.names import Naming
from quiz.core.opening import Mode
from quiz.services import assignments, classrooms, demo, seats, teachers
from quiz.services.assignments import Plan
from quiz.store import assignments as given
from quiz.store.engine import WRITES
from quiz.store.tables import Classroom

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Programs to test with. The headless shell comes first: it takes two thirds of the time of the others."""
CHROMIUM = next((found for found in map(shutil.which, BROWSERS) if found), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SEED = 28
COLLEAGUE, PASSWORD = "Ms Vane", "heron canal bread"
ROSTER = "Ada Lunt\nBen Okoro\nCleo Marsh"
INVITATION, SECOND_INVITATION, TO_A_CLASS = "tour-invitation", "tour-second-invitation", "tour-to-a-class"
BY_KEYS = "by-keys-to-a-class"
"""Links: to look at, to use, and two to the class of 28."""
FULL = timedelta(days=40)


@dataclass(frozen=True, kw_only=True)
class Room:
    """A class: its code, and where its teacher finds it."""

    code: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The site at an address, filled. `given`: what the demo class has to do, by the exercise's key."""

    site: str
    library: Library
    demo: Room
    given: dict[str, UUID]
    test: UUID
    rooms: dict[str, Room]


def fill(engine: Engine, library: Library, site: str) -> Stage:
    """Fill an empty, migrated database with all that a tour meets."""
    now = datetime.now(UTC)
    with (
        Session(engine.execution_options(**{WRITES: True}), expire_on_commit=False) as session,
        session.begin(),
    ):
        full = demo.fill(session, library, seed=SEED, now=now)
        tasks = {one.exercise: one.id for one in given.of_class(session, full.id)}
        test = _test(session, full, library, now)
        rooms = _rooms(session, now)
        for secret in (INVITATION, SECOND_INVITATION):
            teachers.invite(session, secret, now=now)
        for secret in (TO_A_CLASS, BY_KEYS):
            teachers.invite(session, secret, now=now, classroom_id=full.id)
        return Stage(
            site=site,
            library=library,
            demo=_room(full),
            given=tasks,
            test=test,
            rooms={name: _room(one) for name, one in rooms.items()},
        )


def _test(session: Session, room: Classroom, library: Library, now: datetime) -> UUID:
    """A test that the class may take, with a note, open for a long time."""
    plan = Plan(
        exercise="lendal-otters/mini",
        seat_id=None,
        opens_at=now,
        closes_at=now + FULL,
        mode=Mode.TEST,
        tries=1,
        note="Read the text twice before you begin.",
    )
    return assignments.give(session, room.id, plan, library, id=uuid4(), now=now).id


def _rooms(session: Session, now: datetime) -> dict[str, Classroom]:
    """A colleague's classes, one for each way of naming, and one that is closed to newcomers."""
    colleague = teachers.sign_up(session, COLLEAGUE, PASSWORD, id=uuid4(), now=now)
    session.flush()
    rooms = {}
    for name, naming in [(one.value, one) for one in Naming] + [("closed", Naming.GENERATED)]:
        rooms[name] = classrooms.create(
            session,
            f"9c {name}",
            "Europe/Lisbon",
            naming,
            teacher_id=colleague.id,
            random=Random(name),
            id=uuid4(),
            now=now,
        )
        session.flush()
    seats.add_roster(session, rooms[Naming.ROSTER.value], ROSTER, uuid4)
    classrooms.set_open(rooms["closed"], to_newcomers=False)
    return rooms


def _room(classroom: Classroom) -> Room:
    return Room(code=classroom.code, path=f"/teach/classes/{classroom.id}")
