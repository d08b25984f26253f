"""When an assignment may be begun and answered, and when its feedback opens."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

GRACE = timedelta(minutes=15)
"""How long after closing an answer to an attempt begun before is still taken."""


class Mode(StrEnum):
    """Practice tells after each answer; a test tells when the teacher releases it, or after its end."""

    PRACTICE = "practice"
    TEST = "test"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The times of an assignment, in UTC. `longest_extra`: the most extra minutes of any of its seats.

    `held`: a form that waits until both halves of the class have done both.
    """

    mode: Mode
    opens_at: datetime
    closes_at: datetime | None
    released_at: datetime | None
    longest_extra: int = 0
    held: bool = False

    def may_begin(self, now: datetime) -> bool:
        """Whether an attempt may be begun."""
        closed = self.closes_at is not None and now >= self.closes_at
        return self.opens_at <= now and not closed and not self._told(now)

    def takes(self, now: datetime, *, extra: int) -> bool:
        """Whether an answer is taken from a seat with so many extra minutes."""
        if self._told(now) or now < self.opens_at:
            return False
        return self.closes_at is None or now < self.closes_at + GRACE + timedelta(minutes=extra)

    def late(self, now: datetime) -> bool:
        """Whether an answer comes after closing."""
        return self.closes_at is not None and now >= self.closes_at

    def over(self, now: datetime) -> bool:
        """Whether nobody can answer any more."""
        end = timedelta(minutes=self.longest_extra) + GRACE
        return self.closes_at is not None and now >= self.closes_at + end

    def tells(self, now: datetime) -> bool:
        """Whether feedback is open."""
        return self.mode is Mode.PRACTICE or self._told(now)

    def _told(self, now: datetime) -> bool:
        if self.mode is Mode.PRACTICE or self.held:
            return False
        return self.over(now) or (self.released_at is not None and now >= self.released_at)


class NoSuchTime(Exception):
    """A local time that doesn't exist, or exists twice. The message says which and what to do."""


def to_utc(local: datetime, zone: str) -> datetime:
    """A naive local time of a zone in UTC. Raises NoSuchTime where clocks jump over it or pass it twice."""
    place = ZoneInfo(zone)
    early, late = local.replace(tzinfo=place, fold=0), local.replace(tzinfo=place, fold=1)
    if early.utcoffset() != late.utcoffset():
        exists = early.astimezone(UTC).astimezone(place).replace(tzinfo=None) == local
        how = "exists twice" if exists else "doesn’t exist"
        raise NoSuchTime(f"{local:%H:%M} on that day {how} in {zone}: the clocks change. Take another time.")
    return early.astimezone(UTC)


def to_local(time: datetime, zone: str) -> datetime:
    """A time as the clocks of a zone show it, naive."""
    return time.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
