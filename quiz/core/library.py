"""All that can be asked, immutable: items, statements, pairs, exercises."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from quiz.core.article import Article, Label, Picture
from quiz.core.formats import AnyFormat


class Skill(StrEnum):
    """What an item trains; one section each."""

    SOURCING = "sourcing"
    ANONYMITY = "anonymity"
    COMPARISON = "comparison"
    EDITING = "editing"


class Tag(StrEnum):
    """Who an item is for: everybody, those who go on, those who want more."""

    CORE = "core"
    NEXT = "next"
    STRETCH = "stretch"


class Case(StrEnum):
    """The ten cases that a learner practises over time, two or so to a rule."""

    FULL_STOP = "full-stop"
    DOER_AND_TELLER = "doer-and-teller"
    ACT_OR_WORDS = "act-or-words"
    OFFICE_OR_ANONYMOUS = "office-or-anonymous"
    DOCUMENT_IDENTIFIED = "document-identified"
    HEDGE_OVER_SOURCE = "hedge-over-source"
    HEDGE_WITHOUT_SOURCE = "hedge-without-source"
    PASSIVE_WITHOUT_SPEAKER = "passive-without-speaker"
    LOOK_UP_OR_SOURCE = "look-up-or-source"
    PLAIN_OR_JUDGING = "plain-or-judging"

    @property
    def rule(self) -> int:
        """Which of the five rules the case practises."""
        return _RULES[self]


_RULES = {
    Case.FULL_STOP: 1,
    Case.DOER_AND_TELLER: 2,
    Case.ACT_OR_WORDS: 2,
    Case.OFFICE_OR_ANONYMOUS: 3,
    Case.DOCUMENT_IDENTIFIED: 3,
    Case.HEDGE_OVER_SOURCE: 4,
    Case.HEDGE_WITHOUT_SOURCE: 4,
    Case.PASSIVE_WITHOUT_SPEAKER: 4,
    Case.LOOK_UP_OR_SOURCE: 5,
    Case.PLAIN_OR_JUDGING: 5,
}


class ExerciseKind(StrEnum):
    """What an exercise is for: one skill or path, a whole lesson, a test, or practice that comes back."""

    SECTION = "section"
    LESSON = "lesson"
    FORM = "form"
    PRACTICE = "practice"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of text; `asked` where it is the words the task is about."""

    text: str
    asked: bool = False


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One thing an item asks about: a row, an option, or a span of the article.

    `pieces` is what a learner reads. A pair has two texts, `pieces` and `other`. `sentence` and
    `claim` say where in the article it stands; `words` are those of the sentence that are meant.
    """

    id: str
    pieces: tuple[Piece, ...]
    other: tuple[Piece, ...] = ()
    sentence: int | None = None
    claim: str | None = None
    words: str = ""
    label: Label | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerText:
    """An answer that rows can be given, in words."""

    id: str
    text: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of a grid with its answers; `reason`: a poll that asks for a line of reason."""

    id: str
    text: str
    answers: tuple[AnswerText, ...]
    reason: bool = False


@dataclass(frozen=True, kw_only=True)
class WrongNote:
    """What to say to a likely wrong answer, and what it misunderstands."""

    text: str
    misconception: str


@dataclass(frozen=True, kw_only=True)
class Note:
    """Feedback on one unit, by what the learner did with it. `stamp`: on whose word, in short."""

    stamp: str = ""
    found: str = ""
    missed: str = ""
    over: str = ""
    left: str = ""
    text: str = ""
    why: str = ""
    misconception: str = ""
    shows: tuple[int, ...] = ()
    wrong: Mapping[str, WrongNote]


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One line of the rubric of a text, with its levels from none to full."""

    id: str
    text: str
    levels: tuple[str, ...]
    core: bool


@dataclass(frozen=True, kw_only=True)
class Item:
    """One task: what is asked, how it is answered, and what is said about each answer.

    `spot_unit` says what is marked in a spot item: sentence, claim or span. `show` are the numbers
    of the sentences beside the task. `passages` are texts of the task's own: the statement, both
    statements of a pair, or the headline. `picture` is the drawn box, where the task is about it.
    `revision` is a hash of `source`, the item as written. `case`: what a statement of the bank practises.
    """

    id: str
    article: str | None
    section: str
    skill: Skill
    tag: Tag
    format: AnyFormat
    graded: bool
    title: str
    prompt: str
    help: str
    scheme_line: str
    rules_on_screen: tuple[int, ...]
    claims: tuple[int, ...]
    show: tuple[int, ...]
    passages: tuple[tuple[Piece, ...], ...]
    picture: Picture | None
    units: tuple[Unit, ...]
    answers: tuple[AnswerText, ...]
    questions: tuple[Question, ...]
    notes: Mapping[str, Note]
    ask_the_class: str
    after: str
    after_title: str
    support_of: str | None
    spot_unit: str
    frames: tuple[str, ...]
    model: str
    rubric: tuple[Criterion, ...]
    case: Case | None
    revision: str
    source: str

    @cached_property
    def by_unit(self) -> Mapping[str, Unit]:
        """The units by their ids."""
        return {unit.id: unit for unit in self.units}


@dataclass(frozen=True, kw_only=True)
class Statement:
    """An invented statement of the bank: one claim, its words marked, on whose word it rests."""

    id: str
    use: str
    case: Case
    level: int
    label: Label
    text: str
    words: str


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
    """A test that nothing else uses: the ids of its statements and of its pairs."""

    statements: tuple[str, ...]
    pairs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A list of steps. `article` is None for exercises on the bank alone."""

    id: str
    article: str | None
    title: str
    about: str
    minutes: int
    kind: ExerciseKind
    steps: tuple[Step, ...]

    @property
    def key(self) -> str:
        """The exercise's name in addresses and in the database, such as `alleged-support/a`."""
        return f"{self.article or 'bank'}/{self.id}"

    @property
    def count(self) -> int:
        """How many tasks the steps unfold into."""
        return sum(step.count for step in self.steps)


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

    @cached_property
    def practice(self) -> Exercise:
        """The one exercise that is drawn by what is due."""
        return next(one for one in self.exercises.values() if one.kind is ExerciseKind.PRACTICE)

    def rule(self, item: Item, misconception: str) -> int:
        """Which of the five rules would have helped against a misconception; 0 where none speaks to it."""
        return item.case.rule if item.case else self.rules.get(misconception, 0)

    def task(self, item_id: str) -> Item | None:
        """An item, or a statement or pair of the bank as one; None where there is none of that id."""
        return self.items.get(item_id) or self.bank.get(item_id)
