"""Who is asking: the learner and the teacher of this browser's cookie, which holds ids and epochs alone."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from flask import session as cookie
from flask_wtf.csrf import generate_csrf

from quiz.services import answering
from quiz.store import learners, teachers
from quiz.store.tables import Learner, Teacher
from quiz.web import outside
from quiz.web.db import db_session

IDLE_SECONDS = 12 * 3600
SEEN_AGAIN_SECONDS = 60
"""How old the time last seen may grow before the cookie is written anew."""


def learner_id() -> tuple[UUID, int] | None:
    """The id and epoch in the cookie, without asking the database; None where there are none."""
    match cookie.get("learner"):
        case [str(hex), int(epoch)]:
            try:
                return UUID(hex), epoch
            except ValueError:
                return None
    return None


def current_learner() -> Learner | None:
    """The learner of this browser; None for a visitor, or where the epoch has passed."""
    known = learner_id()
    return learners.get(db_session(), *known) if known else None


def browser() -> str | None:
    """A name for this browser, good for counting: its learner, else its session; None without a cookie.

    It is no proof: somebody who drops the cookie has another.
    """
    if known := learner_id():
        return known[0].hex
    secret = cookie.get("csrf_token")
    return sha256(str(secret).encode()).hexdigest() if secret else None


def learner_or_new() -> Learner:
    """The learner of this browser; a visitor becomes one here, who is to be remembered."""
    return current_learner() or answering.learner_for(
        db_session(), birth(), new_id=outside.new_id, now=outside.now()
    )


def remember(learner: Learner) -> None:
    """Let this browser's cookie carry the learner.

    Where it carried another one, the session that made that one ends: it must not find them again.
    """
    known = learner_id()
    if known and known[0] != learner.id:
        cookie.pop("csrf_token", None)
    cookie["learner"] = [learner.id.hex, learner.epoch]
    cookie.permanent = True


def forget() -> None:
    """Take everything from this browser's cookie."""
    cookie.clear()


def forget_learner() -> None:
    """Take the learner from this browser's cookie, and the session that made them; a teacher stays."""
    cookie.pop("learner", None)
    cookie.pop("csrf_token", None)


def teacher_id(now: datetime) -> tuple[UUID, int] | None:
    """The id and epoch of the teacher in the cookie, without asking the database; None after idle hours."""
    match cookie.get("teacher"):
        case [str(hex), int(epoch), int(seen)] if now.timestamp() - seen < IDLE_SECONDS:
            try:
                return UUID(hex), epoch
            except ValueError:
                return None
    return None


def teacher_hex() -> str:
    """The id of the teacher in the cookie as it stands there; empty for others."""
    match cookie.get("teacher"):
        case [str(hex), *_]:
            return hex
    return ""


def current_teacher(now: datetime) -> Teacher | None:
    """The teacher of this browser; None for others, after idle hours, or where the epoch has passed."""
    known = teacher_id(now)
    return teachers.get(db_session(), *known) if known else None


def sign_in(teacher: Teacher, now: datetime) -> None:
    """A fresh cookie that carries the teacher, and of the one before the learner alone."""
    learner = cookie.get("learner")
    cookie.clear()
    if learner:
        cookie["learner"] = learner
    see(teacher, now)


def see(teacher: Teacher, now: datetime) -> None:
    """Note that the teacher was here. Written at most once a minute, and where the clock was put back."""
    moment = int(now.timestamp())
    match cookie.get("teacher"):
        case [str(hex), int(epoch), int(seen)]:
            if (hex, epoch) == (teacher.id.hex, teacher.epoch) and abs(moment - seen) < SEEN_AGAIN_SECONDS:
                return
    cookie["teacher"] = [teacher.id.hex, teacher.epoch, moment]
    cookie.permanent = True


def is_signed_in() -> bool:
    """Whether the cookie carries a teacher, right or not."""
    return "teacher" in cookie


def sign_out() -> None:
    """Take the teacher from this browser's cookie."""
    cookie.pop("teacher", None)


def birth() -> str:
    """A name for this browser's session that only it can repeat: the hash of its CSRF secret.

    Two presses of Start in one session carry the same, so they make one learner.
    """
    generate_csrf()
    return sha256(str(cookie["csrf_token"]).encode()).hexdigest()
