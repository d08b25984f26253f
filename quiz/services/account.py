"""What a learner can do about what is kept: see it, take it along, come back to it, delete it."""

from typing import Any

from sqlalchemy.orm import Session

from quiz.core import recovery
from quiz.store import attempts, learners
from quiz.store.tables import Attempt, Draft, Learner, Response


class UnknownCode(Exception):
    """No learner has this recovery code. The message says to the learner what to look at."""


def new_code(learner: Learner, random_bytes: bytes) -> str:
    """Give the learner a new recovery code in place of the one before. Only its hash is kept."""
    written = recovery.write(random_bytes)
    learner.code_hash = recovery.digest(written.replace("-", ""))
    return written


def come_back(session: Session, typed: str, here: Learner | None) -> Learner:
    """The learner whose code was typed; what was done on this device is handed over to them.

    Raises UnknownCode where the code can't be read or belongs to nobody.
    """
    code = recovery.read(typed)
    if code is None:
        raise UnknownCode("A code has 16 letters and numbers, such as 7K3M-Q2RD-9TVA-C4XE. Look again.")
    learner = learners.with_code(session, recovery.digest(code), beside=here.id if here else None)
    if learner is None:
        raise UnknownCode("No work is kept under this code. Look at each letter and number again.")
    if here is not None and here.id != learner.id:
        learners.hand_over(session, giver=here.id, taker=learner.id)
    return learner


def delete(session: Session, learner: Learner) -> None:
    """Delete a learner and everything kept of them."""
    learners.remove(session, learner.id)


def export(session: Session, learner: Learner) -> dict[str, Any]:
    """Everything kept about a learner, as one object for JSON."""
    drafts = attempts.drafts_of(session, learner.id)
    return {
        "learner": {
            "id": str(learner.id),
            "made_at": learner.created_at.isoformat(),
            "recovery_code": "kept as a hash" if learner.code_hash else None,
        },
        "attempts": [
            _attempt(one, [draft for draft in drafts if draft.attempt_id == one.id])
            for one in attempts.with_responses(session, learner.id)
        ],
        "classes": [
            {"class": one.seat.classroom.name, "seat": one.seat.name, "half": one.seat.half}
            | _attempt(one, [draft for draft in drafts if draft.attempt_id == one.id])
            for one in attempts.in_classes(session, learner.id)
            if one.seat
        ],
    }


def _attempt(attempt: Attempt, drafts: list[Draft]) -> dict[str, Any]:
    return {
        "id": str(attempt.id),
        "exercise": attempt.exercise,
        "number": attempt.number,
        "tasks": [item for item, _ in attempt.tasks],
        "started_at": attempt.started_at.isoformat(),
        "finished_at": attempt.finished_at.isoformat() if attempt.finished_at else None,
        "responses": [_response(one) for one in attempt.responses],
        "drafts": [
            {"step": one.step, "text": one.text, "saved_at": one.saved_at.isoformat()} for one in drafts
        ],
    }


def _response(response: Response) -> dict[str, Any]:
    return {
        "step": response.step,
        "item": response.item,
        "revision": response.revision,
        "answer": response.answer,
        "outcome": response.outcome,
        "points": None if response.points is None else str(response.points),
        "hits": response.hits,
        "keys": response.keys,
        "false_marks": response.false_marks,
        "noise": response.noise,
        "scheme": response.scheme,
        "confidence": response.confidence,
        "submit_key": response.submit_key,
        "late": response.late,
        "answered_at": response.answered_at.isoformat(),
    }
