"""Written answers: marked by a person with the rubric, commented, flagged or hidden; shown all at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core.item import Item
from quiz.core.rubric import points_of
from quiz.core.saying import Refusal, say
from quiz.services.reporting import ClassAnswer, ClassReport
from quiz.store import reviews
from quiz.store.remark_tables import Review
from quiz.store.tables import Response, Teacher

LONGEST_COMMENT = 1000
LONGEST_REASON = 300


class BadReview(Refusal):
    """A mark that can't be kept."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """A text that was handed in, and what was said of it so far."""

    answer: ClassAnswer
    item: Item
    text: str
    review: Review | None

    @property
    def points(self) -> Fraction | None:
        """The sum of the levels over their maximum; None before a person has marked it."""
        return points_of(self.item, self.review.levels) if self.review else None


@dataclass(frozen=True, kw_only=True)
class Remarks:
    """What stands beside an answer of a class: a review that its writer may see, and their other readings.

    `typed`: a reading that was just refused.
    """

    review: Review | None
    readings: Mapping[str, str]
    typed: Mapping[str, str] = field(default_factory=dict)


def remarks(session: Session, response: Response) -> Remarks:
    """What was said of an answer, as its writer sees it."""
    review = reviews.review_of(session, response.id) if "text" in response.answer else None
    readings = reviews.readings_of(session, response.id)
    return Remarks(review=review if review and review.released_at else None, readings=readings)


def read_otherwise(
    session: Session, response: Response, item: Item, *, unit: str, reason: str, now: datetime
) -> None:
    """Keep how a learner reads a unit. Never scored. Raises BadReview where nothing is said, or too much."""
    if unit not in item.notes:
        raise BadReview(say("That note isn’t on this page. Load the page again."))
    if not reason or len(reason) > LONGEST_REASON:
        raise BadReview(say("Write a line of reason, at most %(most)s characters.", most=LONGEST_REASON))
    reviews.read_otherwise(session, response.id, unit, reason, now)


def queue(session: Session, report: ClassReport) -> list[Written]:
    """Every text that was handed in, in that order."""
    said = reviews.reviews(session, report.assignment.id)
    found = [
        Written(
            answer=one,
            item=one.item,
            text="".join(one.kept.answer.get("text", ())),
            review=said.get(one.kept.response_id),
        )
        for one in report.answers
        if one.item is not None and one.item.format.name == "text"
    ]
    return sorted(found, key=lambda one: one.answer.kept.answered_at)


def mark(
    session: Session,
    written: Written,
    levels: Mapping[str, int],
    *,
    comment: str,
    flagged: bool,
    hidden: bool,
    teacher: Teacher,
    now: datetime,
) -> None:
    """Keep what a teacher says of a text. Raises BadReview where a core criterion has no level."""
    rubric = {one.id: one for one in written.item.rubric}
    for name, level in levels.items():
        if name not in rubric or not 0 <= level < len(rubric[name].levels):
            raise BadReview(say("Choose a level of the list for each line."))
    missing = [one.text for one in written.item.rubric if one.core and one.id not in levels]
    if missing:
        raise BadReview(say("Choose a level for: %(criterion)s", criterion=missing[0]))
    if len(comment) > LONGEST_COMMENT:
        raise BadReview(say("A comment has at most %(most)s characters.", most=LONGEST_COMMENT))
    before = written.review
    reviews.keep_review(
        session,
        Review(
            response_id=written.answer.kept.response_id,
            levels=dict(levels),
            comment=comment,
            flagged=flagged,
            hidden=hidden,
            by=teacher.name,
            at=now,
            released_at=before.released_at if before else None,
        ),
    )


def release(session: Session, report: ClassReport, now: datetime) -> int:
    """Show every mark of an assignment's texts to those who wrote them; gives how many."""
    marked: list[UUID] = [
        one.answer.kept.response_id
        for one in queue(session, report)
        if one.review and not one.review.released_at
    ]
    reviews.release(session, marked, now)
    return len(marked)
