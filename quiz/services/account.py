"""What a learner can do about what is kept: see it, take it along, come back to it, delete it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core import recovery
from quiz.core.practice import Card
from quiz.core.saying import Refusal, say
from quiz.services import assignments
from quiz.store import attempts, cards, learners, reviews
from quiz.store.remark_tables import OtherReading, Review
from quiz.store.tables import Attempt, Draft, Learner, Response


class UnknownCode(Refusal):
    """No learner has this recovery code."""


class WhoseWork(Exception):
    """What is on this device may be somebody else's: whoever types the code has to say."""


def new_code(learner: Learner, random_bytes: bytes) -> str:
    """Give the learner a new recovery code in place of the one before. Only its hash is kept."""
    written = recovery.write(random_bytes)
    learner.code_hash = recovery.digest(written.replace("-", ""))
    return written


def come_back(session: Session, typed: str, here: Learner | None, *, mine: bool | None = None) -> Learner:
    """The learner whose code was typed; what was done on this device is handed over to them if it is theirs.

    `mine` says whether it is. Unasked, it counts as theirs, unless it has a seat in a class or a code of
    its own.

    Raises UnknownCode where the code can't be read or belongs to nobody, WhoseWork where it must be asked.
    """
    code = recovery.read(typed)
    if code is None:
        raise UnknownCode(say("A code has 16 letters and numbers, such as 7K3M-Q2RD-9TVA-C4XE. Look again."))
    learner = learners.with_code(session, recovery.digest(code), beside=here.id if here else None)
    if learner is None:
        raise UnknownCode(say("No work is kept under this code. Look at each letter and number again."))
    if here is None or here.id == learner.id or mine is False:
        return learner
    if mine is None and (here.code_hash or learners.sits_anywhere(session, here.id)):
        raise WhoseWork
    learners.hand_over(session, giver=here.id, taker=learner.id, with_seats=mine is True)
    return learner


def delete(session: Session, learner: Learner) -> None:
    """Delete a learner and everything kept of them."""
    learners.remove(session, learner.id)


def export(session: Session, learner: Learner, now: datetime) -> dict[str, Any]:
    """Everything kept about a learner, as one object for JSON; no marks of a test whose feedback is shut."""
    drafts = attempts.drafts_of(session, learner.id)
    every = attempts.all_of(session, learner.id)
    told = assignments.told(session, every, now)
    in_class = any(one.seat for one in every)
    said = reviews.released_to(session, learner.id) if in_class else {}
    readings = reviews.own_readings(session, learner.id) if in_class else []
    written = [
        (
            one,
            _attempt(one, [draft for draft in drafts if draft.attempt_id == one.id], told=one.id in told)
            | _said(one, readings, said),
        )
        for one in every
    ]
    return {
        "learner": {
            "id": str(learner.id),
            "made_at": learner.created_at.isoformat(),
            "recovery_code": "kept as a hash" if learner.code_hash else None,
        },
        "practice": [_card(one) for one in cards.of_learner(session, learner.id).values()],
        "attempts": [as_kept for one, as_kept in written if one.seat is None],
        "classes": [
            {"class": one.seat.classroom.name, "seat": one.seat.name, "half": one.seat.half} | as_kept
            for one, as_kept in written
            if one.seat
        ],
    }


def _attempt(attempt: Attempt, drafts: list[Draft], *, told: bool) -> dict[str, Any]:
    return {
        "id": str(attempt.id),
        "exercise": attempt.exercise,
        "number": attempt.number,
        "tasks": [item for item, _ in attempt.tasks],
        "started_at": attempt.started_at.isoformat(),
        "finished_at": attempt.finished_at.isoformat() if attempt.finished_at else None,
        "responses": [_response(one) | (_mark(one) if told else {}) for one in attempt.responses],
        "drafts": [
            {"step": one.step, "text": one.text, "saved_at": one.saved_at.isoformat()} for one in drafts
        ],
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "case": card.case.value,
        "practised_at": card.reviewed_at.isoformat(),
        "due_at": card.due_at.isoformat(),
        "stability": card.stability,
        "difficulty": card.difficulty,
    }


def _said(
    attempt: Attempt, readings: Sequence[OtherReading], reviews: Mapping[UUID, Review]
) -> dict[str, Any]:
    """What the learner reads otherwise, and what a teacher said of their texts and has shown them."""
    steps = {one.id: one.step for one in attempt.responses}
    return {
        "other_readings": [
            {"step": steps[one.response_id], "unit": one.unit, "reason": one.reason, "at": one.at.isoformat()}
            for one in readings
            if one.response_id in steps
        ],
        "reviews": [
            {
                "step": step,
                "levels": reviews[id].levels,
                "comment": reviews[id].comment,
                "by": reviews[id].by,
                "at": reviews[id].at.isoformat(),
            }
            for id, step in steps.items()
            if id in reviews
        ],
    }


def _response(response: Response) -> dict[str, Any]:
    return {
        "step": response.step,
        "item": response.item,
        "revision": response.revision,
        "text_revision": response.text_revision,
        "answer": response.answer,
        "scheme": response.scheme,
        "confidence": response.confidence,
        "submit_key": response.submit_key,
        "late": response.late,
        "answered_at": response.answered_at.isoformat(),
    }


def _mark(response: Response) -> dict[str, Any]:
    return {
        "key_revision": response.key_revision,
        "units": response.units,
        "outcome": response.outcome,
        "points": None if response.points is None else str(response.points),
        "hits": response.hits,
        "keys": response.keys,
        "false_marks": response.false_marks,
        "noise": response.noise,
    }
