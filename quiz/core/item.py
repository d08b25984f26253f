"""An item: one task, with its key, its units and all that is said about answers to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from quiz.core import ids
from quiz.core.article import Picture
from quiz.core.formats import AnyFormat
from quiz.core.skills import Skill
from quiz.core.units import AnswerText, Piece, Unit, UnitRef


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
    `case`: what a statement of the bank practises. `sound`: whether a statement's source is stated and
    could be asked openly; None for what is no statement.

    `id` is scoped by its article, such as `alleged-support/B1`; without an article by `bank`.
    `revision` is a hash of `source`, the item as written. `key_revision` is a hash of what marking needs,
    `text_revision` one of what a learner reads (core/identity.py). `retired`: kept for those who have
    begun it, and listed nowhere.
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
    sound: bool | None = None
    retired: bool = False
    revision: str
    source: str
    key_revision: str = ""
    text_revision: str = ""

    @property
    def short(self) -> str:
        """The id without its scope, as addresses and teachers have it: `B1`."""
        return ids.short(self.id)

    @cached_property
    def by_unit(self) -> Mapping[str, Unit]:
        """The units by their ids."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def refs(self) -> Mapping[str, UnitRef]:
        """Where each unit of feedback belongs, by its id, in the order of the task."""
        places = {unit.id: number for number, unit in enumerate(self.units)}
        found = sorted(self.format.refs(), key=lambda ref: places.get(ref.row, len(places)))
        return {ref.id: self._placed(ref) for ref in found}

    def _placed(self, ref: UnitRef) -> UnitRef:
        unit = self.by_unit.get(ref.row)
        return replace(ref, sentence=unit.sentence, claim=unit.claim, whole=unit.whole) if unit else ref

    @cached_property
    def of_sentence(self) -> Mapping[int, str]:
        """The units that are whole sentences, by the numbers of these."""
        return {ref.sentence: ref.id for ref in self.refs.values() if ref.whole and ref.sentence}

    def row_of(self, unit: str) -> Unit | None:
        """The row or option that a unit of feedback is about; None for a unit that isn't in the item."""
        ref = self.refs.get(unit)
        return self.by_unit.get(ref.row) if ref else self.by_unit.get(unit)

    def answers_to(self, unit: str) -> tuple[AnswerText, ...]:
        """The answers that a unit of rows can be given: its question's in a grid, else the item's."""
        ref = self.refs.get(unit)
        asked = [one for one in self.questions if ref and one.id == ref.question]
        return (asked or self._keyed_questions)[0].answers if self.questions else self.answers

    @cached_property
    def _keyed_questions(self) -> list[Question]:
        """The questions that are scored, in order."""
        keyed: tuple[str, ...] = getattr(self.format, "keyed", ())
        return [one for one in self.questions if one.id in keyed]

    def text_of(self, unit: str) -> str:
        """A unit in words, with the question where a grid asks several; its id where it isn't in the item."""
        row, ref = self.row_of(unit), self.refs.get(unit)
        text = row.text if row else unit
        asked = next((one.text for one in self.questions if ref and one.id == ref.question), "")
        return f"{text} · {asked}" if asked else text
