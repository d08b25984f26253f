"""Seats: joining a class, coming back to one's seat, and what a teacher does with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core import codes, names, roster
from quiz.core.drawing import HALVES
from quiz.core.names import Naming
from quiz.core.saying import Refusal, say
from quiz.services import assignments
from quiz.services.outside import NewId
from quiz.store import seats
from quiz.store.seats import Place
from quiz.store.tables import Classroom, Learner, Seat

PASS_MINUTES = 10
MOST_SEATS = 400
MOST_EXTRA = 600
TRIES = 20


class CantJoin(Refusal):
    """The seat can't be had."""


class CantChange(Refusal):
    """The teacher's change can't be made."""


@dataclass(frozen=True, kw_only=True)
class Joining:
    """What joining takes beside the class: chance, ids and the clock."""

    random: Random
    new_id: NewId
    now: datetime


def join(session: Session, classroom: Classroom, learner: Learner, name: str, how: Joining) -> Seat:
    """Give a learner a seat under a name, as the class names its seats; the one they have, if they have one.

    `classroom` is held for writing, so that of two who join at once the later sees the other.

    Raises CantJoin, UnfitName.
    """
    there = seats.places(session, classroom.id, learner.id)
    if mine := next((place for place in there if place.mine), None):
        return seats.of_place(session, mine)
    if not classroom.is_open:
        raise CantJoin(say("This class is closed to newcomers. Ask your teacher."))
    if classroom.naming == Naming.ROSTER:
        seat = _from_roster(session, there, name, how)
    else:
        seat = _new(session, classroom, there, _name(classroom, there, name, how), how)
    seats.open_on(session, seat.id, learner.id)
    return seat


def _name(classroom: Classroom, there: Sequence[Place], name: str, how: Joining) -> str:
    """The name that a newcomer goes by: the one shown, another where somebody has it, or the one chosen."""
    taken = {place.name_key for place in there}
    if classroom.naming == Naming.CHOSEN:
        chosen = names.screened(name)
        if names.key(chosen) in taken:
            raise CantJoin(say("Somebody here has this name. Add a letter, or ask your teacher for a code."))
        return chosen
    if not names.is_generated(name):
        raise CantJoin(say("Take one of the names that are shown here."))
    tries = (name, *(names.two_words(how.random) for _try in range(TRIES)))
    free = next((one for one in tries if names.key(one) not in taken), None)
    if free is None:
        raise CantJoin(say("No name is free just now. Press once more."))
    return free


def _from_roster(session: Session, there: Sequence[Place], name: str, how: Joining) -> Seat:
    place = next((one for one in there if one.name_key == names.key(name)), None)
    alike = [one for one in there if names.plain(one.name_key) == names.plain(name)]
    if place is None and len(alike) == 1:
        place = alike[0]
    if place is None:
        raise CantJoin(say("This name isn’t on the list. Type it as your teacher writes it."))
    if place.taken:
        raise CantJoin(
            say("Somebody has sat down under this name. If it is yours, ask your teacher for a code.")
        )
    return seats.take(session, place, place.half or _half(there), how.now)


def _new(session: Session, classroom: Classroom, there: Sequence[Place], name: str, how: Joining) -> Seat:
    if len(there) >= MOST_SEATS:
        raise CantJoin(say("This class is full. Ask your teacher."))
    return seats.add(
        session,
        id=how.new_id(),
        classroom_id=classroom.id,
        name=name,
        name_key=names.key(name),
        half=_half(there),
        now=how.now,
    )


def _half(there: Sequence[Place]) -> str:
    """The smaller half, or half A: so halves alternate in the order of joining."""
    sizes = {half: sum(1 for place in there if place.taken and place.half == half) for half in HALVES}
    return min(HALVES, key=lambda half: sizes[half])


def come_in(session: Session, classroom: Classroom, learner: Learner, digits: str, now: datetime) -> Seat:
    """Open a seat on another device by a six-digit code, once; the one they have, if they have one.

    Raises CantJoin.
    """
    if mine := next((one for one in seats.places(session, classroom.id, learner.id) if one.mine), None):
        return seats.of_place(session, mine)
    typed = "".join(one for one in digits if one.isascii() and one.isdigit())
    pass_hash = codes.digest(typed, str(classroom.id))
    seat = seats.with_pass(session, classroom.id, pass_hash, now)
    if seat is None or not seats.use_pass(session, seat.id, pass_hash):
        raise CantJoin(
            say(
                "No seat has this code now. A code holds for %(minutes)s minutes and works once.",
                minutes=PASS_MINUTES,
            )
        )
    seats.open_on(session, seat.id, learner.id)
    return seat


def let_in(seat: Seat, *, random: Random, now: datetime) -> str:
    """A six-digit code that opens the seat on another device, in place of the one before."""
    digits = codes.six_digits(random)
    seat.pass_hash = codes.digest(digits, str(seat.classroom_id))
    seat.pass_expires_at = now + timedelta(minutes=PASS_MINUTES)
    return digits


def add_roster(session: Session, classroom: Classroom, text: str, new_id: NewId) -> list[roster.Row]:
    """Make a free seat for every name of a roster that can be taken; gives each row and what came of it.

    `classroom` is held for writing, as for `join`.
    """
    there = seats.of_class(session, classroom.id)
    taken = frozenset(seat.name_key for seat in there)
    rows = roster.read(text, taken, free=MOST_SEATS - len(there))
    for row in rows:
        if row.name:
            seats.add(
                session,
                id=new_id(),
                classroom_id=classroom.id,
                name=row.name,
                name_key=names.key(row.name),
                half=None,
                now=None,
            )
    return rows


def rename(session: Session, seat: Seat, typed: str) -> None:
    """Call a seat otherwise. Raises CantChange where the class has the name, UnfitName where it is none."""
    name = names.tidied(typed, roster.LONGEST)
    other = seats.called(session, seat.classroom_id, names.key(name))
    if other is not None and other.id != seat.id:
        raise CantChange(say("Another seat of this class has this name."))
    seat.name, seat.name_key = name, names.key(name)


def give_time(session: Session, seat: Seat, minutes: int, now: datetime) -> None:
    """Give a seat extra minutes after closing; what has opened by now stays open.

    Raises CantChange for a number that can't be meant.
    """
    if not 0 <= minutes <= MOST_EXTRA:
        raise CantChange(say("Extra time is 0 to %(most)s minutes.", most=MOST_EXTRA))
    assignments.settle(session, seat.classroom_id, now)
    seat.extra_minutes = minutes


def merge(session: Session, seat: Seat, other_id: UUID, now: datetime) -> None:
    """Put another seat's devices, time and answers into this one, and remove the other. Raises CantChange."""
    other = seats.get(session, other_id, seat.classroom_id)
    if other is None or other.id == seat.id:
        raise CantChange(say("Choose another seat of this class."))
    assignments.settle(session, seat.classroom_id, now)
    seat.extra_minutes = max(seat.extra_minutes, other.extra_minutes)
    if seat.taken_at is None:
        seat.taken_at, seat.half = other.taken_at, other.half
    seats.merge(session, giver=other, taker=seat)


def remove(session: Session, seat: Seat, now: datetime) -> None:
    """Remove a seat with its answers; what has opened by now stays open."""
    assignments.settle(session, seat.classroom_id, now)
    seats.remove(session, seat.id)
