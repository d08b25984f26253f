"""Text: the learner writes; a person marks by a rubric. No machine does."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quiz.core.formats import Example
from quiz.core.mark import BadAnswer, Fields, Mark, Outcome, Unfinished
from quiz.core.saying import Saying, say
from quiz.core.units import UnitRef
from quiz.core.written import clean

LONGEST = 4000
"""Characters of a text, at most."""


def too_long() -> Saying:
    """What is said to a text or a draft that is far too long."""
    return say("That is too long to keep. Cut it to %(most)s characters.", most=LONGEST)


@dataclass(frozen=True, kw_only=True)
class TextAnswer:
    """The text as written, without the blanks around it."""

    text: str
    confirmed: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not self.text

    def fields(self) -> dict[str, list[str]]:
        """The answer as posted fields."""
        return {"text": [self.text]} | ({"hand_in": ["yes"]} if self.confirmed else {})


@dataclass(frozen=True, kw_only=True)
class Text:
    """What a person marks by: criteria of `levels` levels each, and the length asked for in words."""

    name: ClassVar[str] = "text"
    scheme: ClassVar[str] = "text/1"

    criteria: tuple[str, ...]
    optional: tuple[str, ...] = ()
    levels: int = 3
    min_words: int
    max_words: int

    @property
    def chance(self) -> None:
        """Nobody can say: there is no mark by machine."""
        return

    @property
    def units(self) -> frozenset[str]:
        """None: a text is one answer."""
        return frozenset()

    def refs(self) -> Iterator[UnitRef]:
        """None: a text is one answer."""
        return iter(())

    def key_form(self) -> dict[str, Any]:
        """The criteria that a person marks by, whatever the length that is asked for."""
        key: dict[str, Any] = {"criteria": sorted(self.criteria), "levels": self.levels}
        return key | ({"optional": sorted(self.optional)} if self.optional else {})

    @classmethod
    def from_key_form(cls, key: dict[str, Any]) -> Self:
        """The criteria of a kept key; any length fits."""
        optional = tuple(key.get("optional", ()))
        criteria = tuple(key["criteria"])
        return cls(criteria=criteria, optional=optional, levels=key["levels"], min_words=1, max_words=LONGEST)

    def read(self, fields: Fields) -> TextAnswer:
        """Take the text from the field `text`; `hand_in` says that its length is meant.

        Raises BadAnswer for a text that is far too long, Unfinished for one of another length
        than the task asks for.
        """
        text = clean("\n".join(fields.get("text", ())))
        if len(text) > LONGEST:
            raise BadAnswer(too_long())
        count = len(text.split())
        fits = self.min_words <= count <= self.max_words
        if not fits and "hand_in" not in fields:
            raise Unfinished(self._another_length(count), "hand_in")
        return TextAnswer(text=text, confirmed=not fits)

    def _another_length(self, count: int) -> Saying:
        return say(
            "The task asks for %(least)s to %(most)s words; this has %(count)s."
            " Go on writing, or hand it in as it is.",
            least=self.min_words,
            most=self.max_words,
            count=count,
        )

    def mark(self, answer: TextAnswer) -> Mark:
        """No points: they come from a person."""
        outcome = Outcome.EMPTY if answer.empty else Outcome.KEPT
        return Mark(points=None, outcome=outcome, scheme=self.scheme)

    def examples(self) -> Iterator[Example]:
        """Nothing, and far too much."""
        yield Example(name="empty", fields={}, points=None)
        yield Example(name="unreadable", fields={"text": ["x" * (LONGEST + 1)]}, points=None)

    def blankets(self) -> Iterator[Fields]:
        """None: there are no units."""
        return iter(())

    def faults(self, *, graded: bool) -> Iterator[str]:
        """Lengths the wrong way round, and criteria without levels."""
        if not 0 < self.min_words <= self.max_words:
            yield "min_words must be above 0 and not above max_words"
        if self.levels < 2 or not self.criteria:
            yield "a text needs at least one criterion of at least two levels"
