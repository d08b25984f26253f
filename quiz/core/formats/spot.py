"""Spot: the learner marks the units of an article that show a thing, or says there are none."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Any, ClassVar, Self

from quiz.core.formats import Example
from quiz.core.mark import BadAnswer, Fields, Mark, Outcome, Unfinished, judge_marked
from quiz.core.saying import say
from quiz.core.units import UnitRef

FEWEST = 4
"""Keys and noise units that a graded item needs. See docs/scoring.md."""


@dataclass(frozen=True, kw_only=True)
class SpotAnswer:
    """The units marked, or "none here". Never both."""

    marked: frozenset[str] = frozenset()
    none_here: bool = False

    @property
    def empty(self) -> bool:
        """Never: leaving all unmarked is an answer once it is confirmed as "none here"."""
        return False

    def fields(self) -> dict[str, list[str]]:
        """The answer as posted fields."""
        if self.none_here:
            return {"none_here": ["yes"]}
        return {"mark": sorted(self.marked)}


@dataclass(frozen=True, kw_only=True)
class Spot:
    """The key to a spot item, as ids of units.

    A neutral unit is one on which careful readers differ: it is shown and never counts. Units of
    one noise group share a source and a misconception: they count as one.
    """

    name: ClassVar[str] = "spot"
    scheme: ClassVar[str] = "spot/1"

    keys: frozenset[str]
    noise: tuple[frozenset[str], ...]
    neutral: frozenset[str] = frozenset()

    @property
    def chance(self) -> Fraction:
        """Marking at random earns nothing on average."""
        return Fraction(0)

    @property
    def units(self) -> frozenset[str]:
        """Every unit that can be marked."""
        return self.keys.union(self.neutral, *self.noise)

    def refs(self) -> Iterator[UnitRef]:
        """Each unit is a row."""
        return (UnitRef(id=unit, row=unit) for unit in sorted(self.units))

    def key_form(self) -> dict[str, Any]:
        """Keys, noise by groups, and neutral units."""
        key: dict[str, Any] = {"keys": sorted(self.keys), "noise": sorted(sorted(one) for one in self.noise)}
        return key | ({"neutral": sorted(self.neutral)} if self.neutral else {})

    @classmethod
    def from_key_form(cls, key: dict[str, Any]) -> Self:
        """The units of a kept key."""
        return cls(
            keys=frozenset(key["keys"]),
            noise=tuple(frozenset(group) for group in key["noise"]),
            neutral=frozenset(key.get("neutral", ())),
        )

    def read(self, fields: Fields) -> SpotAnswer:
        """Take the answer from the fields `mark` (any number) and `none_here`.

        Raises BadAnswer where a unit is not on the page, or "none here" comes with a mark, and
        Unfinished where nothing is marked and "none here" isn't said.
        """
        marked = frozenset(fields.get("mark", ()))
        none_here = "none_here" in fields
        if marked - self.units:
            raise BadAnswer(say("That mark is not on this page. Load the page again and mark once more."))
        if marked and none_here:
            raise BadAnswer(say("You marked something and also chose “none here”. Keep one of the two."))
        if not marked and not none_here:
            raise Unfinished(say("You marked nothing. Is that your answer: none here?"), "none_here")
        return SpotAnswer(marked=marked, none_here=none_here)

    def mark(self, answer: SpotAnswer) -> Mark:
        """Score the hit rate less the false-alarm rate, never below 0 (informedness, Youden's J).

        Marking everything and marking nothing both earn 0. Without keys, 1 for "none here".
        See docs/scoring.md, "spot".
        """
        hits = len(answer.marked & self.keys)
        false_marks = sum(1 for group in self.noise if answer.marked & group)
        if self.keys:
            false_rate = Fraction(false_marks, len(self.noise)) if self.noise else Fraction(0)
            points = max(Fraction(0), Fraction(hits, len(self.keys)) - false_rate)
        else:
            points = Fraction(answer.none_here)
        return Mark(
            points=points,
            outcome=Outcome.of(points, empty=False),
            scheme=self.scheme,
            units=tuple(
                judge_marked(
                    unit, marked=unit in answer.marked, key=unit in self.keys, neutral=unit in self.neutral
                )
                for unit in sorted(self.units)
            ),
            hits=hits,
            keys=len(self.keys),
            false_marks=false_marks,
            noise=len(self.noise),
        )

    def examples(self) -> Iterator[Example]:
        """The key itself, everything, nothing, one key with one false mark, and two refusals."""
        key = sorted(self.keys)
        right: Fields = {"mark": key} if key else {"none_here": ["yes"]}
        yield Example(name="right", fields=right, points=Fraction(1))
        if self.keys and self.noise:
            yield Example(name="everything", fields={"mark": sorted(self.units)}, points=Fraction(0))
            yield Example(name="none here", fields={"none_here": ["yes"]}, points=Fraction(0))
            with_one = Fraction(1) - Fraction(1, len(self.noise))
            false = {"mark": [*key, min(self.noise[0])]}
            yield Example(name="one false mark", fields=false, points=with_one)
        yield Example(name="empty", fields={}, points=None)
        yield Example(name="unreadable", fields={"mark": ["no-such-unit"]}, points=None)
        contradiction = {"mark": [min(self.units)], "none_here": ["yes"]}
        yield Example(name="contradiction", fields=contradiction, points=None)

    def blankets(self) -> Iterator[Fields]:
        """Everything marked; nothing marked, where there is something to find."""
        yield {"mark": sorted(self.units)}
        if self.keys:
            yield {"none_here": ["yes"]}

    def faults(self, *, graded: bool) -> Iterator[str]:
        """Units in two places; a graded item with too few keys or noise units."""
        listed = [*self.keys, *self.neutral, *chain.from_iterable(self.noise)]
        for unit in sorted({unit for unit in listed if listed.count(unit) > 1}):
            yield f"{unit} stands in more than one of keys, noise and neutral: keep one"
        if any(not group for group in self.noise):
            yield "an empty noise group: take it out"
        if graded and self.keys and len(self.keys) < FEWEST:
            yield f"{len(self.keys)} keys: a graded item needs {FEWEST}, or graded = false"
        if graded and len(self.noise) < FEWEST:
            yield f"{len(self.noise)} noise units: a graded item needs {FEWEST}, or graded = false"
