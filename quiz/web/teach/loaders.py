"""Finding what a teacher's address names, and whether it is in a class of theirs: one step, or 404."""

from uuid import UUID

from flask import abort, request

from quiz.store import assignments, classrooms, seats
from quiz.store.tables import Assignment, Classroom, Seat
from quiz.web.db import READS, db_session
from quiz.web.outside import now
from quiz.web.teach import teacher


def class_or_404(id: UUID) -> Classroom:
    """A class that this teacher teaches; held for writing where the request is going to write.

    That it is written to is noted, so that a class which is prepared anew isn't taken for a forgotten one.
    """
    writes = request.method not in READS
    found = classrooms.get(db_session(), id, teacher_id=teacher().id, for_writing=writes) or abort(404)
    if writes:
        found.changed_at = now()
    return found


def seat_or_404(classroom_id: UUID, id: UUID) -> tuple[Classroom, Seat]:
    """A seat of a class that this teacher teaches."""
    classroom = class_or_404(classroom_id)
    return classroom, seats.get(db_session(), id, classroom.id) or abort(404)


def given_or_404(classroom_id: UUID, id: UUID) -> tuple[Classroom, Assignment]:
    """An assignment of a class that this teacher teaches."""
    classroom = class_or_404(classroom_id)
    return classroom, assignments.get(db_session(), id, classroom.id) or abort(404)
