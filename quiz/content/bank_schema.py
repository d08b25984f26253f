"""The bank and the exercises as authors write them. Strict: a field that isn't listed is an error."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from quiz.content.schema import CriterionFile, Id, Line, Strict
from quiz.core.article import Label
from quiz.core.item import Case
from quiz.core.library import ExerciseKind

FormName = Literal["form-x", "form-y", "form-z"]
MirrorId = Annotated[str, Field(pattern=r"^m[0-9]{2}$")]
Retired = Annotated[bool, Field(description="Kept for answers given before; asked no more.")]


class TaughtFile(Strict):
    """What statements and mirrored pairs share: the label, and what a learner is told."""

    case: Case
    level: int = Field(ge=1, le=3)
    label: Label
    text: str = Line
    words: str = Line
    reason: str = Line
    likely_wrong: Label
    misunderstands: str = Line
    wrong_note: str = Line
    retired: Retired = False


class StatementFile(TaughtFile):
    """A statement of the bank. `words`: the claim asked about, which stands just once in the text."""

    id: str = Id
    use: Literal["practice", "mirror"] | FormName


class PracticeFile(Strict):
    """questions/bank/practice/<case>.toml."""

    statements: tuple[StatementFile, ...]


class MirrorFile(TaughtFile):
    """A quarrel told twice: `{accuser}` and `{replier}` stand for the two sides, then swapped."""

    id: MirrorId
    sides: tuple[str, str]


class MirrorsFile(Strict):
    """questions/bank/mirrors.toml."""

    mirrors: tuple[MirrorFile, ...]


class SideFile(Strict):
    """One of the two statements of a pair."""

    case: Case
    level: int = Field(ge=1, le=3)
    label: Label
    text: str = Line
    words: str = Line


class PairFile(Strict):
    """Two statements: which lets a reader check more? A note for each wrong answer."""

    id: str = Id
    use: Literal["pair"] | FormName
    more: Literal["a", "b", "same"]
    reason: str = Line
    a_note: str = ""
    b_note: str = ""
    same_note: str = ""
    likely_wrong: Literal["a", "b", "same"]
    misunderstands: str = Line
    a: SideFile
    b: SideFile
    retired: Retired = False


class PairsFile(Strict):
    """questions/bank/pairs.toml."""

    pairs: tuple[PairFile, ...]


class FormFile(Strict):
    """questions/bank/forms/<form>.toml: a test, slot for slot like the other forms.

    Once `retired`, so is all that it holds.
    """

    retired: Retired = False
    statements: tuple[StatementFile, ...]
    pairs: tuple[PairFile, ...]


class TextFile(Strict):
    """A text to write that belongs to no one article, such as an exit ticket's."""

    id: str = Id
    title: str = Line
    prompt: str = Line
    help: str = ""
    scheme_line: str = Line
    ask_the_class: str = Line
    model: str = Line
    min_words: int
    max_words: int
    rubric: tuple[CriterionFile, ...] = Field(min_length=1)
    retired: Retired = False


class TextsFile(Strict):
    """questions/bank/exit.toml."""

    texts: tuple[TextFile, ...]


class StepFile(Strict):
    """A step: an item, a draw, mirrored pairs, or a form.

    Items and mirrored pairs are named with their article or the bank: `ferry/A1`, `bank/n01`, `bank/m01`.
    """

    item: str = ""
    draw: Literal["practice", "pair", ""] = ""
    mirrors: tuple[str, ...] = ()
    form: FormName | Literal[""] = ""
    count: int = Field(default=1, ge=1)
    sound: int | None = Field(default=None, ge=0)
    label: str = ""


class ExerciseFile(Strict):
    """An exercise: its steps in order. A form opens by a teacher's assignment alone."""

    id: str = Id
    article: str | None = None
    title: str = Line
    about: str = Line
    minutes: int = Field(ge=1)
    kind: ExerciseKind = ExerciseKind.SECTION
    steps: tuple[StepFile, ...] = Field(min_length=1)
    retired: Retired = False
    successor: str = ""


class ExercisesFile(Strict):
    """questions/exercises.toml."""

    exercises: tuple[ExerciseFile, ...]


class MisconceptionsFile(Strict):
    """questions/misconceptions.toml: the closed list, and the rules that speak to it."""

    misconceptions: Mapping[str, str]
    rules: Mapping[str, Annotated[int, Field(ge=1, le=5)]] = Field(default_factory=dict)


class DemoFile(Strict):
    """A task of the demo class."""

    exercise: str = Line
    days_ago: int = Field(ge=0)
    test: bool = False


class SiteFile(Strict):
    """questions/site.toml: the content that pages name. Tables in TOML have strings for keys."""

    first: str = Line
    starter: tuple[str, ...] = ()
    rules: Mapping[Literal["1", "2", "3", "4", "5"], str] = Field(default_factory=dict)
    demo: tuple[DemoFile, ...] = ()
