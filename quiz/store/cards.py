"""Queries about the cards of spaced practice."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.core.item import Case
from quiz.core.practice import Card
from quiz.store.practice_tables import PracticeCard
from quiz.store.upsert import insert_into


def of_learner(session: Session, learner_id: UUID) -> dict[Case, Card]:
    """The cards of a learner; those of a case that is no more are passed over."""
    rows = session.scalars(select(PracticeCard).where(PracticeCard.learner_id == learner_id))
    known = {case.value: case for case in Case}
    return {known[row.case]: _card(row) for row in rows if row.case in known}


def keep(session: Session, learner_id: UUID, card: Card) -> None:
    """Keep a card in place of the one before."""
    values = {
        "reviewed_at": card.reviewed_at,
        "due_at": card.due_at,
        "stability": card.stability,
        "difficulty": card.difficulty,
    }
    row = insert_into(session, PracticeCard).values(learner_id=learner_id, case=card.case.value, **values)
    whose = [PracticeCard.learner_id, PracticeCard.case]
    session.execute(row.on_conflict_do_update(index_elements=whose, set_=values))


def hand_over(session: Session, *, giver: UUID, taker: UUID) -> None:
    """Give cards to another learner; of two of a case the one practised later stays.

    What is not given goes with the giver.
    """
    rows = list(session.scalars(select(PracticeCard).where(PracticeCard.learner_id.in_([giver, taker]))))
    theirs = {row.case: row.reviewed_at for row in rows if row.learner_id == taker}
    for row in rows:
        known = row.learner_id == giver and row.case in set(Case)
        if known and (row.case not in theirs or row.reviewed_at > theirs[row.case]):
            keep(session, taker, _card(row))


def _card(row: PracticeCard) -> Card:
    return Card(
        case=Case(row.case),
        reviewed_at=row.reviewed_at,
        due_at=row.due_at,
        stability=row.stability,
        difficulty=row.difficulty,
    )
