"""Who is asking: the learner of this browser's cookie, which holds an id and an epoch alone."""

from hashlib import sha256
from uuid import UUID

from flask import session as cookie
from flask_wtf.csrf import generate_csrf

from quiz.store import learners
from quiz.store.tables import Learner
from quiz.web.db import db_session


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


def remember(learner: Learner) -> None:
    """Let this browser's cookie carry the learner."""
    cookie["learner"] = [learner.id.hex, learner.epoch]
    cookie.permanent = True


def forget() -> None:
    """Take everything from this browser's cookie."""
    cookie.clear()


def birth() -> str:
    """A name for this browser's session that only it can repeat: the hash of its CSRF secret.

    Two presses of Start in one session carry the same, so they make one learner.
    """
    generate_csrf()
    return sha256(str(cookie["csrf_token"]).encode()).hexdigest()
