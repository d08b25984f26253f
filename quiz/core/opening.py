"""When an assignment may be begun and answered, and when its feedback opens."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from quiz.core.saying import Refusal, Saying, say

GRACE = timedelta(minutes=15)
"""How long after closing an answer to an attempt begun before is still taken."""


FURTHEST_YEARS = 5
"""How far from now an assignment may open or close."""


class Mode(StrEnum):
    """Practice tells after each answer; a test tells when the teacher releases it, or after its end."""

    PRACTICE = "practice"
    TEST = "test"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The times of an assignment, in UTC. `longest_extra`: the most extra minutes of any of its seats.

    `held`: a form that waits until both halves of the class have done both. `ended_at`: when it was
    noted that nobody could answer any more; from then on it stays so, whatever a teacher changes.
    """

    mode: Mode
    opens_at: datetime
    closes_at: datetime | None
    released_at: datetime | None
    longest_extra: int = 0
    held: bool = False
    ended_at: datetime | None = None

    def may_begin(self, now: datetime) -> bool:
        """Whether an attempt may be begun."""
        open_now = self.opens_at <= now and not self.closed(now) and self.ended_at is None
        return open_now and not self._told(now)

    def takes(self, now: datetime, *, extra: int) -> bool:
        """Whether an answer to an attempt is taken from a seat with so many extra minutes.

        Who has an attempt began while it was open, so a clock that was put back since refuses nobody.
        """
        if self._told(now) or self.ended_at is not None:
            return False
        return self.closes_at is None or now < self.closes_at + GRACE + timedelta(minutes=extra)

    def closed(self, now: datetime) -> bool:
        """Whether it is past closing: an answer is late from then on."""
        return self.closes_at is not None and now >= self.closes_at

    def over(self, now: datetime) -> bool:
        """Whether nobody can answer any more."""
        if self.ended_at is not None:
            return True
        end = timedelta(minutes=self.longest_extra) + GRACE
        return self.closes_at is not None and now >= self.closes_at + end

    def tells(self, now: datetime) -> bool:
        """Whether feedback is open."""
        return self.mode is Mode.PRACTICE or self._told(now)

    def _told(self, now: datetime) -> bool:
        if self.mode is Mode.PRACTICE or self.held:
            return False
        return self.over(now) or (self.released_at is not None and now >= self.released_at)


class NoSuchTime(Refusal):
    """A time that can't be meant."""


def is_zone(name: str) -> bool:
    """Whether a name is that of a zone, such as Europe/Lisbon."""
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    """The names of all zones; finding them reads a hundred folders."""
    return frozenset(available_timezones() - {"Factory", "localtime"})


def to_utc(local: datetime, zone: str, now: datetime) -> datetime:
    """A naive local time of a zone in UTC.

    Raises NoSuchTime where clocks jump over it or pass it twice, or where it is years away from `now`.
    """
    if abs(local.year - now.year) > FURTHEST_YEARS:
        raise NoSuchTime(say("%(year)s is too far away. Take a year near this one.", year=local.year))
    place = ZoneInfo(zone)
    early, late = local.replace(tzinfo=place, fold=0), local.replace(tzinfo=place, fold=1)
    if early.utcoffset() != late.utcoffset():
        exists = early.astimezone(UTC).astimezone(place).replace(tzinfo=None) == local
        raise NoSuchTime(_twice(local, zone) if exists else _skipped(local, zone))
    return early.astimezone(UTC)


def _twice(local: datetime, zone: str) -> Saying:
    return say(
        "%(time)s on that day exists twice in %(zone)s: the clocks change. Take another time.",
        time=local.strftime("%H:%M"),
        zone=zone,
    )


def _skipped(local: datetime, zone: str) -> Saying:
    return say(
        "%(time)s on that day doesn’t exist in %(zone)s: the clocks change. Take another time.",
        time=local.strftime("%H:%M"),
        zone=zone,
    )


def to_local(time: datetime, zone: str) -> datetime:
    """A time as the clocks of a zone show it, naive."""
    return time.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
