"""Queries about seats: places in a class, and the devices they are open on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from quiz.store.tables import Assignment, Attempt, Draft, Learner, Response, Seat, sits
from quiz.store.upsert import insert_into

FAR = 100_000
"""A number that no attempt has."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A seat in short. `mine`: it is open on the device of the learner who asks."""

    id: UUID
    name_key: str
    half: str | None
    taken: bool
    mine: bool


def get(session: Session, id: UUID, classroom_id: UUID) -> Seat | None:
    """A seat of a class."""
    return session.scalar(select(Seat).where(Seat.id == id, Seat.classroom_id == classroom_id))


def of_class(session: Session, classroom_id: UUID) -> list[Seat]:
    """All seats of a class by name."""
    return list(
        session.scalars(select(Seat).where(Seat.classroom_id == classroom_id).order_by(Seat.name_key))
    )


def of_learner(session: Session, learner_id: UUID, epoch: int) -> list[Seat]:
    """The seats that are open on a learner's device, with their classes."""
    query = (
        select(Seat)
        .join(sits, sits.c.seat_id == Seat.id)
        .join(Learner, Learner.id == sits.c.learner_id)
        .where(Learner.id == learner_id, Learner.epoch == epoch)
        .order_by(Seat.taken_at)
        .options(joinedload(Seat.classroom))
    )
    return list(session.scalars(query))


def called(session: Session, classroom_id: UUID, name_key: str) -> Seat | None:
    """The seat of a class that has a name."""
    return session.scalar(select(Seat).where(Seat.classroom_id == classroom_id, Seat.name_key == name_key))


def with_pass(session: Session, classroom_id: UUID, pass_hash: str, now: datetime) -> Seat | None:
    """The seat that a six-digit code lets in, while it holds."""
    query = select(Seat).where(
        Seat.classroom_id == classroom_id, Seat.pass_hash == pass_hash, Seat.pass_expires_at > now
    )
    return session.scalars(query).first()


def taken(session: Session, classroom_id: UUID) -> int:
    """How many seats of a class are taken."""
    query = select(func.count()).where(Seat.classroom_id == classroom_id, Seat.taken_at.is_not(None))
    return session.scalar(query) or 0


def places(session: Session, classroom_id: UUID, learner_id: UUID) -> list[Place]:
    """Every seat of a class in short, and which of them are open on a learner's device."""
    query = (
        select(Seat.id, Seat.name_key, Seat.half, Seat.taken_at, sits.c.learner_id)
        .outerjoin(sits, and_(sits.c.seat_id == Seat.id, sits.c.learner_id == learner_id))
        .where(Seat.classroom_id == classroom_id)
    )
    return [
        Place(id=id, name_key=key, half=half, taken=taken_at is not None, mine=learner is not None)
        for id, key, half, taken_at, learner in session.execute(query)
    ]


def of_place(session: Session, place: Place) -> Seat:
    """The seat itself."""
    return session.scalars(select(Seat).where(Seat.id == place.id)).one()


def add(
    session: Session,
    *,
    id: UUID,
    classroom_id: UUID,
    name: str,
    name_key: str,
    half: str | None,
    now: datetime | None,
) -> Seat:
    """Make a seat under a name that the class doesn't have: taken at `now` or, with None, free to take."""
    seat = Seat(
        id=id,
        classroom_id=classroom_id,
        name=name,
        name_key=name_key,
        half=half,
        extra_minutes=0,
        taken_at=now,
    )
    session.add(seat)
    session.flush()  # what opens a seat on a device needs it to be there
    return seat


def take(session: Session, place: Place, half: str, now: datetime) -> Seat:
    """Take a free seat."""
    changed = update(Seat).where(Seat.id == place.id).values(taken_at=now, half=half).returning(Seat)
    return session.scalars(changed).one()


def open_on(session: Session, seat_id: UUID, learner_id: UUID) -> None:
    """Open a seat on a learner's device; nothing changes where it is."""
    row = insert_into(session, sits).values(seat_id=seat_id, learner_id=learner_id)
    session.execute(row.on_conflict_do_nothing())


def use_pass(session: Session, seat_id: UUID, pass_hash: str) -> bool:
    """Take a six-digit code away; whether it was still there."""
    there = update(Seat).where(Seat.id == seat_id, Seat.pass_hash == pass_hash)
    gone = there.values(pass_hash=None, pass_expires_at=None).returning(Seat.id)
    return session.scalar(gone) is not None


def merge(session: Session, *, giver: Seat, taker: Seat) -> None:
    """Give all devices and attempts of one seat to another, attempts behind the other's; remove the giver."""
    learners = select(sits.c.learner_id).where(sits.c.seat_id == taker.id)
    session.execute(
        update(sits)
        .where(sits.c.seat_id == giver.id, sits.c.learner_id.not_in(learners))
        .values(seat_id=taker.id)
    )
    _renumber(session, giver=giver.id, taker=taker.id)
    session.execute(update(Assignment).where(Assignment.seat_id == giver.id).values(seat_id=taker.id))
    remove(session, giver.id)


def _renumber(session: Session, *, giver: UUID, taker: UUID) -> None:
    """Put the attempts of both in the order begun; those with nothing in them go where there are others."""
    both = [giver, taker]
    query = select(Attempt).where(Attempt.seat_id.in_(both)).order_by(Attempt.started_at, Attempt.number)
    # Held before anything is read of them: an answer in hand is waited for, and seen.
    attempts = session.scalars(query.with_for_update(of=Attempt)).all()
    drafted = select(Draft.attempt_id).join(Attempt).where(Attempt.seat_id.in_(both))
    filled = set(session.scalars(drafted)) | set(
        session.scalars(select(Response.attempt_id).join(Attempt).where(Attempt.seat_id.in_(both)))
    )
    begun: dict[UUID | None, list[UUID]] = {}
    for attempt in attempts:
        begun.setdefault(attempt.assignment_id, []).append(attempt.id)
    final: list[dict[str, Any]] = []
    for ids in begun.values():
        kept = [id for id in ids if id in filled] or ids[:1]
        session.execute(delete(Attempt).where(Attempt.id.in_(set(ids) - set(kept))))
        final += [{"id": id, "seat_id": taker, "number": number} for number, id in enumerate(kept, start=1)]
    if final:
        # Two steps, since no two may have one number even for a moment.
        session.execute(update(Attempt), [one | {"number": FAR + one["number"]} for one in final])
        session.execute(update(Attempt), final)


def remove(session: Session, id: UUID) -> None:
    """Delete a seat with its answers."""
    session.execute(delete(Seat).where(Seat.id == id))
