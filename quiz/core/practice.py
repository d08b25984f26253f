"""Spaced practice: which cases are due, which statements a session draws, and when a case comes back.

What is scheduled is a case, not an item: ten cards a learner. When a card is due again follows the FSRS
model (https://github.com/open-spaced-repetition/free-spaced-repetition-scheduler), with right as Good and
wrong as Again.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from random import Random

from fsrs import Card as FsrsCard
from fsrs import Rating, Scheduler, State

from quiz.core.item import Case
from quiz.core.library import Statement

MOST_AGAIN = 4
"""How many more statements a session may bring for those that went wrong."""
SHORT = 5
"""A session of fewer cases brings two statements of each."""

_SCHEDULER = Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())


@dataclass(frozen=True, kw_only=True)
class Card:
    """How a learner stands with a case: when it was last practised, when it is due, and how firm it sits.

    `stability` is in days: after so many, nine of ten would still be right. `difficulty` is from 1 to 10.
    """

    case: Case
    reviewed_at: datetime
    due_at: datetime
    stability: float
    difficulty: float


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a learner: the card of each case that was practised, and when a task was last met."""

    cards: Mapping[Case, Card]
    met: Mapping[str, datetime]


def reviewed(card: Card | None, case: Case, now: datetime, *, right: bool) -> Card:
    """The card of a case after an answer; `card` is the one before, None where it is the first."""
    before = FsrsCard(card_id=0, due=now)
    if card:
        before = FsrsCard(
            card_id=0,
            state=State.Review,
            stability=card.stability,
            difficulty=card.difficulty,
            due=card.due_at,
            last_review=card.reviewed_at,
        )
    after, _log = _SCHEDULER.review_card(before, Rating.Good if right else Rating.Again, now)
    return Card(
        case=case,
        reviewed_at=now,
        due_at=after.due,
        stability=after.stability or 0,
        difficulty=after.difficulty or 0,
    )


def due(cards: Mapping[Case, Card], now: datetime) -> list[Case]:
    """The cases that are due: the most overdue first, then those never practised."""
    new = [case for case in Case if case not in cards]
    return [case for case in _by_time(cards) if cards[case].due_at <= now] + new


def next_due(cards: Mapping[Case, Card]) -> datetime | None:
    """When a case is due next; None where none was practised."""
    return min((card.due_at for card in cards.values()), default=None)


def session(
    statements: Sequence[Statement], known: Known, random: Random, *, count: int, sound: int, now: datetime
) -> list[str]:
    """The statements of a session: at most `count` due cases, `sound` of `count` with a sound source.

    Where few cases are due, two of each; where none is, those that will be first. A statement that was
    met comes again only when its case has no other, and after those that are new; then the one met longest
    ago.
    """
    mixed = random.sample(list(Case), len(Case))
    ready = due(known.cards, now)
    ready.sort(key=lambda case: 0 if case in known.cards else 1 + mixed.index(case))
    cases = (ready or _by_time(known.cards))[:count]
    rounds = 2 if len(cases) < SHORT else 1
    slots = [case for _round in range(rounds) for case in cases][:count]
    wanted = round(len(slots) * sound / count)
    chosen = list(_chosen(statements, known, random, slots=slots, wanted=wanted))
    random.shuffle(chosen)
    return sorted(chosen, key=lambda one: one in known.met)


def another(
    statements: Sequence[Statement],
    met: Mapping[str, datetime],
    random: Random,
    *,
    case: Case,
    taken: Set[str],
) -> str | None:
    """Another statement of a case that went wrong; None where the session has had them all."""
    left = [one for one in statements if one.case is case and one.id not in taken]
    return _freshest(left, met, random)


def _by_time(cards: Mapping[Case, Card]) -> list[Case]:
    return sorted(cards, key=lambda case: (cards[case].due_at, case))


def _chosen(
    statements: Sequence[Statement], known: Known, random: Random, *, slots: Sequence[Case], wanted: int
) -> Iterator[str]:
    """A statement for each slot; those that leave a choice between sound and not even out the rest."""
    taken: set[str] = set()
    sides = {case: _sides(statements, known, case) for case in slots}
    ordered = sorted(slots, key=lambda case: len(sides[case]) != 1)
    sound = 0
    for place, case in enumerate(ordered):
        there = [one for one in statements if one.case is case and one.id not in taken]
        left_to_place = len(ordered) - place
        take_sound = random.random() < (wanted - sound) / left_to_place
        picked = _freshest([one for one in there if one.label.sound is take_sound], known.met, random)
        other = _freshest(there, known.met, random)
        if picked is None or (picked in known.met and other is not None and other not in known.met):
            picked = other
        if picked is not None:
            taken.add(picked)
            sound += next(one.label.sound for one in there if one.id == picked)
            yield picked


def _sides(statements: Sequence[Statement], known: Known, case: Case) -> set[bool]:
    """Whether a case still has new statements that are sound, and such that are not."""
    return {one.label.sound for one in statements if one.case is case and one.id not in known.met}


def _freshest(there: Sequence[Statement], met: Mapping[str, datetime], random: Random) -> str | None:
    """One that was never met, by chance; else the one met longest ago; None where there is none."""
    new = sorted(one.id for one in there if one.id not in met)
    if new:
        return random.choice(new)
    return min((one.id for one in there), key=lambda one: (met[one], one), default=None)
