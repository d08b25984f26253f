"""Classes: made by a teacher, joined by a code, deleted with all their answers."""

from datetime import datetime
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core import codes, names
from quiz.core.names import Naming
from quiz.store import classrooms
from quiz.store.tables import Classroom

TRIES = 10


class NotTheName(Exception):
    """The class's name was typed otherwise, so nothing was deleted."""


def create(
    session: Session,
    name: str,
    zone: str,
    naming: Naming,
    *,
    teacher_id: UUID,
    random: Random,
    id: UUID,
    now: datetime,
) -> Classroom:
    """Make a class with a code of its own. A second time with the same id gives the one made before."""
    if made := classrooms.get(session, id, teacher_id=teacher_id):
        return made
    for _try in range(TRIES):
        classroom = classrooms.add(
            session,
            id=id,
            name=name,
            zone=zone,
            code=codes.class_code(random),
            naming=naming.value,
            teacher_id=teacher_id,
            now=now,
        )
        if classroom:
            return classroom
    raise AssertionError("ten class codes in a row were taken")


def renew_code(session: Session, classroom: Classroom, random: Random) -> None:
    """Give a class another code; the old one leads nowhere. Seats keep their places."""
    while not classrooms.give_code(session, classroom, codes.class_code(random)):
        pass


class LastTeacher(Exception):
    """The only teacher of a class can't leave it."""


def leave(session: Session, classroom: Classroom, teacher_id: UUID) -> None:
    """Teach a class no more; the others go on. Raises LastTeacher. `classroom` is held for writing."""
    if len(classrooms.teachers(session, classroom.id)) == 1:
        raise LastTeacher
    classrooms.leave(session, classroom.id, teacher_id)


def set_open(classroom: Classroom, *, to_newcomers: bool) -> None:
    """Open a class to newcomers, or close it."""
    classroom.is_open = to_newcomers


def delete(session: Session, classroom: Classroom, typed_name: str) -> None:
    """Delete a class with all its answers. Raises NotTheName where its name was not typed."""
    if names.key(typed_name) != names.key(classroom.name):
        raise NotTheName
    classrooms.remove(session, classroom.id)
