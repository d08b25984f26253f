"""All that can be asked, immutable: items, statements, pairs, exercises."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol, TypeVar

from quiz.core import ids
from quiz.core.article import Article, Label
from quiz.core.item import Case, Item


class Misread(Protocol):
    """A figure about a misconception, by its id."""

    @property
    def misconception(self) -> str:
        """The id."""


M = TypeVar("M", bound=Misread)


class ExerciseKind(StrEnum):
    """What an exercise is for: one skill or path, a whole lesson, a test, or practice that comes back."""

    SECTION = "section"
    LESSON = "lesson"
    FORM = "form"
    PRACTICE = "practice"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """An invented statement of the bank: one claim, its words marked, on whose word it rests.

    `pair` is the id of the pair that it belongs to, `version` which of the two it is: a or b.
    """

    id: str
    use: str
    case: Case
    level: int
    label: Label
    text: str
    words: str
    pair: str = ""
    version: str = ""
    retired: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of an exercise: a given task, a draw of `count` from the bank, mirrored pairs, or a form.

    `sound`: how many of the drawn statements are sound; None where that isn't asked. `count` says how
    many tasks the step unfolds into, whatever it is.
    """

    label: str
    item: str = ""
    draw: str = ""
    mirrors: tuple[str, ...] = ()
    form: str = ""
    count: int = 1
    sound: int | None = None


@dataclass(frozen=True, kw_only=True)
class Form:
    """A test that nothing else uses: the ids of its statements and of its pairs.

    `former` are those that were retired one by one: passes from before still hold them.
    """

    statements: tuple[str, ...]
    pairs: tuple[str, ...]
    former: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A list of steps. `article` is None for exercises on the bank alone.

    `retired`: kept for those who have begun it or whose class was given it, and listed nowhere; `successor`
    is the exercise that its address leads to then.
    """

    id: str
    article: str | None
    title: str
    about: str
    minutes: int
    kind: ExerciseKind
    steps: tuple[Step, ...]
    retired: bool = False
    successor: str = ""

    @property
    def scope(self) -> str:
        """The article or the bank, as the exercise's address names it."""
        return self.article or ids.BANK

    @property
    def key(self) -> str:
        """The exercise's name in addresses and in the database, such as `alleged-support/a`."""
        return ids.scoped(self.article, self.id)

    @property
    def count(self) -> int:
        """How many tasks the steps unfold into."""
        return sum(step.count for step in self.steps)


@dataclass(frozen=True, kw_only=True)
class DemoTask:
    """What the demo class was given, how many days ago, and whether it is a test that is over."""

    exercise: str
    days_ago: int
    test: bool = False


@dataclass(frozen=True, kw_only=True)
class Site:
    """The content that pages name: the exercise to begin with, statements to try, the demo class.

    `rules` has the statement to try under each of the five rules, `starter` those for raised hands.
    """

    first: str
    starter: tuple[str, ...]
    rules: Mapping[int, str]
    demo: tuple[DemoTask, ...]


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything that can be asked. Tasks are items, and statements and pairs of the bank as items."""

    articles: Mapping[str, Article]
    items: Mapping[str, Item]
    bank: Mapping[str, Item]
    statements: tuple[Statement, ...]
    forms: Mapping[str, Form]
    exercises: Mapping[str, Exercise]
    misconceptions: Mapping[str, str]
    rules: Mapping[str, int]
    site: Site

    @cached_property
    def practice(self) -> Exercise:
        """The one exercise that is drawn by what is due."""
        return next(one for one in self.exercises.values() if one.kind is ExerciseKind.PRACTICE)

    def rule(self, item: Item, misconception: str) -> int:
        """Which of the five rules would have helped against a misconception; 0 where none speaks to it."""
        return item.case.rule if item.case else self.rules.get(misconception, 0)

    @cached_property
    def versions(self) -> Mapping[str, Mapping[str, Statement]]:
        """The statements of each pair and of each mirrored pair, by version."""
        found: dict[str, dict[str, Statement]] = {}
        for one in self.statements:
            if one.pair:
                found.setdefault(one.pair, {})[one.version] = one
        return found

    @cached_property
    def listed(self) -> tuple[Exercise, ...]:
        """The exercises that can be begun: all but retired ones."""
        return tuple(one for one in self.exercises.values() if not one.retired)

    def task(self, item_id: str) -> Item | None:
        """An item, or a statement or pair of the bank as one; None where there is none of that id."""
        return self.items.get(item_id) or self.bank.get(item_id)

    def form_of(self, exercise: str) -> Form:
        """The form that an exercise, named by its key, consists of."""
        return next(self.forms[step.form] for step in self.exercises[exercise].steps if step.form)

    def still_named(self, found: Iterable[M]) -> list[M]:
        """What showed in kept answers, without misconceptions that the content no longer names."""
        return [one for one in found if one.misconception in self.misconceptions]

    def statements_of(self, exercise: str) -> frozenset[str]:
        """The ids of all statements of a form, named by its exercise: those that it asks, and former ones."""
        return frozenset(one.id for one in self.statements if one.use == ids.short(exercise))

    def called(self, name: str) -> list[Item]:
        """The tasks of a name: one by its id, or all whose short id it is."""
        if found := self.task(name):
            return [found]
        return [one for one in (*self.items.values(), *self.bank.values()) if one.short == name]
