"""The ways of answering. Each is a frozen dataclass of its key that reads and marks answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Protocol, Self, TypeVar

from quiz.core.mark import Fields, Mark
from quiz.core.units import UnitRef


class Answer(Protocol):
    """An answer that can be marked."""

    @property
    def empty(self) -> bool:
        """Whether the learner left the whole item empty."""
        ...

    def fields(self) -> dict[str, list[str]]:
        """The answer as posted fields in a fixed order: reading them gives the same answer."""
        ...


@dataclass(frozen=True, kw_only=True)
class Example:
    """An answer a format makes for itself, and the points it must get; None: it must be refused."""

    name: str
    fields: Fields
    points: Fraction | None


A = TypeVar("A")


class Format(Protocol[A]):
    """What every way of answering can do."""

    name: ClassVar[str]
    scheme: ClassVar[str]

    @property
    def chance(self) -> Fraction | None:
        """The points that answering blindly would earn; None where nobody can say."""
        ...

    @property
    def units(self) -> frozenset[str]:
        """The ids of all units that an answer may speak of."""
        ...

    def refs(self) -> Iterator[UnitRef]:
        """The row, and the question if several are asked, of each unit."""
        ...

    def key_form(self) -> dict[str, Any]:
        """The key as plain JSON, in a fixed order and without defaults: all that marking needs, no more.

        Its names stand in data and never change.
        """
        ...

    @classmethod
    def from_key_form(cls, key: dict[str, Any]) -> Self:
        """The format of a key that `key_form` gave, able to read and mark."""
        ...

    def read(self, fields: Fields) -> A:
        """Take the answer from posted fields; BadAnswer where that can't be done."""
        ...

    def mark(self, answer: A) -> Mark:
        """Mark an answer that was read. Never fails."""
        ...

    def examples(self) -> Iterator[Example]:
        """Right, wrong, empty and unreadable answers with the points they must get."""
        ...

    def blankets(self) -> Iterator[Fields]:
        """Every answer that says the same of each unit: none may earn more than chance."""
        ...

    def faults(self, *, graded: bool) -> Iterator[str]:
        """What is wrong with this key by docs/scoring.md, one sentence each."""
        ...


AnyFormat = Format[Any]
