"""The table of spaced practice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quiz.store.tables import Base
from quiz.store.types import UtcTime


class PracticeCard(Base):
    """How a learner stands with a case: when it was last practised, when it is due, as FSRS has it."""

    __tablename__ = "practice_card"

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True)
    case: Mapped[str] = mapped_column(String(40), primary_key=True)
    reviewed_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    stability: Mapped[float]
    difficulty: Mapped[float]
