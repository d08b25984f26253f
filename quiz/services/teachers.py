"""Teachers: let in by a link, signed in by name and password, signed out everywhere by an epoch."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy.orm import Session

from quiz.core import codes, names
from quiz.core.passwords import weakness
from quiz.core.saying import Refusal, say
from quiz.store import classrooms, teachers
from quiz.store.tables import Invitation, Teacher

INVITATION_DAYS = 7
LONGEST_NAME = 40
_hasher = PasswordHasher()


class Refused(Refusal):
    """What was typed can't be used."""


class LinkGone(Exception):
    """The link was used before, has expired, or never was one."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """What a link is good for."""

    invitation: Invitation

    @property
    def resets(self) -> bool:
        """Whether it sets a new password of a teacher who is there."""
        return self.invitation.teacher_id is not None

    @property
    def classroom_id(self) -> UUID | None:
        """The class that it lets somebody teach."""
        return self.invitation.classroom_id


def invite(
    session: Session,
    secret: str,
    *,
    now: datetime,
    teacher: Teacher | None = None,
    classroom_id: UUID | None = None,
) -> None:
    """Make a link with this secret: for a new teacher, for a new password, or to teach a class too."""
    teachers.invite(
        session,
        token_hash=codes.digest(secret, "invitation"),
        expires_at=now + timedelta(days=INVITATION_DAYS),
        teacher_id=teacher.id if teacher else None,
        classroom_id=classroom_id,
    )


def link(session: Session, secret: str, now: datetime) -> Link:
    """What the link with this secret is good for. Raises LinkGone."""
    found = teachers.invitation(session, codes.digest(secret, "invitation"), now)
    if found is None:
        raise LinkGone
    return Link(invitation=found)


def _use_up(session: Session, link: Link) -> None:
    if not teachers.use_up(session, link.invitation.token_hash):
        raise LinkGone


def sign_up(session: Session, name: str, password: str, *, id: UUID, now: datetime) -> Teacher:
    """Make a teacher. Raises Refused for a name that is taken, or a weak password."""
    try:
        tidy = names.tidied(name, LONGEST_NAME)
    except names.UnfitName as unfit:
        raise Refused(unfit.saying, "name") from None
    _check_password(password, tidy)
    teacher = teachers.add(
        session, id=id, name=tidy, name_key=names.key(tidy), password_hash=_hasher.hash(password), now=now
    )
    if teacher is None:
        raise Refused(say("Somebody has this sign-in name already. Take another."), "name")
    return teacher


def sign_up_by_link(
    session: Session, link: Link, name: str, password: str, *, id: UUID, now: datetime
) -> Teacher:
    """Make a teacher and use the link up; a link to a class lets them teach it. Raises Refused, LinkGone."""
    teacher = sign_up(session, name, password, id=id, now=now)
    _use_up(session, link)
    if link.classroom_id:
        classrooms.teach(session, link.classroom_id, teacher.id)
    return teacher


def join_class(session: Session, link: Link, teacher: Teacher) -> UUID:
    """Let a teacher who is signed in teach the class of a link; gives the class. Raises LinkGone."""
    if link.classroom_id is None:
        raise LinkGone
    _use_up(session, link)
    classrooms.teach(session, link.classroom_id, teacher.id)
    return link.classroom_id


def reset(session: Session, link: Link, password: str) -> Teacher:
    """Set a new password by a link; signed out everywhere else. Raises Refused, LinkGone."""
    teacher = teachers.by_id(session, link.invitation.teacher_id)
    if teacher is None:
        raise LinkGone
    _check_password(password, teacher.name)
    _use_up(session, link)
    return _set_password(session, teacher, password)


def sign_in(session: Session, name: str, password: str) -> Teacher | None:
    """The teacher of a name and password; None for an unknown name and a wrong password alike."""
    teacher = teachers.called(session, names.key(name))
    if not _right(teacher.password_hash if teacher else _nobody(), password):
        return None
    if teacher and _hasher.check_needs_rehash(teacher.password_hash):
        teacher.password_hash = _hasher.hash(password)
    return teacher


def change_password(session: Session, teacher: Teacher, old: str, new: str) -> None:
    """Change a password; other devices are signed out. Raises Refused."""
    if not _right(teacher.password_hash, old):
        raise Refused(say("This isn’t your present password."), "old")
    _check_password(new, teacher.name)
    _set_password(session, teacher, new)


def sign_out_everywhere(teacher: Teacher) -> None:
    """End every cookie of a teacher."""
    teacher.epoch += 1


def _set_password(session: Session, teacher: Teacher, password: str) -> Teacher:
    """Set it, end every cookie, and let no older link set another."""
    teachers.end_resets(session, teacher.id)
    teacher.password_hash = _hasher.hash(password)
    teacher.epoch += 1
    return teacher


@cache
def _nobody() -> str:
    """A hash to check where there is no such name, so that both answers take as long."""
    return _hasher.hash("nobody has this password")


def _right(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except VerificationError:
        return False


def _check_password(password: str, name: str) -> None:
    if wrong := weakness(password, name):
        raise Refused(wrong, "password")
