"""The files in questions/ as authors write them. Strict: a field that isn't listed is an error."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from quiz.core.article import Label
from quiz.core.library import Case, Skill, Tag


class Strict(BaseModel):
    """Refuses unknown fields, and values of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Id = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
Line = Field(min_length=1)


class PictureFile(Strict):
    """The picture as a drawn box."""

    drawn: str = Line
    caption: str = Line
    credit: str = Line


class SentenceFile(Strict):
    """A sentence of the retelling. `keep`: words that must stand in it, in this order."""

    number: int = Field(ge=1)
    paragraph: int = Field(ge=1)
    text: str = Line
    keep: tuple[str, ...] = ()


class ClaimFile(Strict):
    """A claim, given by its words, which occur just once in its sentence."""

    id: str = Field(pattern=r"^c[1-9][0-9]*$")
    sentence: int
    words: str = Line
    says: str = Line
    label: Label
    label_firm: bool = True
    bin_firm: bool = True
    two_way_firm: bool = True
    rule: int | None = Field(default=None, ge=1, le=5)
    flags: tuple[str, ...] = ()
    other_label: Label | None = None
    other_reading: str = ""
    word_only: bool = False


class ArticleFile(Strict):
    """questions/<article>/article.toml."""

    id: str = Id
    title: str = Line
    kicker: str = Line
    original_title: str = Line
    publisher: str = Line
    byline: str = Line
    note: str = Line
    heads_up: str = Line
    picture: PictureFile | None = None
    sentences: tuple[SentenceFile, ...] = Field(min_length=1)
    claims: tuple[ClaimFile, ...] = Field(min_length=1)


class UnitFile(Strict):
    """A row, an option or a span. What stands in the article needs no `text`."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    text: str = ""
    words: str = ""
    sentence: int | None = None
    label: Label | None = None


class AnswerFile(Strict):
    """An answer in words."""

    id: str = Id
    text: str = Line
    hint: str = ""


class QuestionFile(Strict):
    """A question of a grid."""

    id: str = Id
    text: str = Line
    reason: bool = False
    answers: tuple[AnswerFile, ...] = Field(min_length=2)


class WrongFile(Strict):
    """Feedback on a likely wrong answer."""

    text: str = Line
    misconception: str = Line


class NoteFile(Strict):
    """Feedback on one unit."""

    stamp: str = ""
    found: str = ""
    missed: str = ""
    over: str = ""
    left: str = ""
    text: str = ""
    why: str = ""
    misconception: str = ""
    shows: tuple[int, ...] = ()
    wrong: Mapping[str, WrongFile] = {}


class CriterionFile(Strict):
    """A line of a rubric."""

    id: str = Id
    text: str = Line
    levels: tuple[str, ...] = Field(min_length=2)
    core: bool


class ItemFile(Strict):
    """questions/<article>/items/<id>.toml. `key` is read by the format itself."""

    id: str = Field(pattern=r"^[A-Z][0-9]+s?$")
    skill: Skill
    section: str = Field(pattern=r"^[a-z]$")
    tag: Tag
    format: Literal["choice", "spot", "classify", "grid", "text"]
    graded: bool = True
    title: str = Line
    rules_on_screen: tuple[int, ...] = ()
    claims: tuple[int, ...] = ()
    show: tuple[int, ...] | None = None
    prompt: str = Line
    help: str = ""
    scheme_line: str = Line
    ask_the_class: str = Line
    why_key: str = ""
    after: str = ""
    after_title: str = ""
    support_of: str | None = None
    unit: Literal["sentence", "claim", "span", ""] = ""
    passage: Literal["headline", "picture", ""] = ""
    key: dict[str, Any] = {}
    units: tuple[UnitFile, ...] = ()
    answers: tuple[AnswerFile, ...] = ()
    questions: tuple[QuestionFile, ...] = ()
    notes: Mapping[str, NoteFile] = {}
    frames: tuple[str, ...] = ()
    model: str = ""
    rubric: tuple[CriterionFile, ...] = ()
    pairs: tuple[str, ...] = ()


class StatementFile(Strict):
    """A statement of the bank."""

    id: str = Id
    use: Literal["practice"]
    case: Case
    level: int = Field(ge=1, le=3)
    label: Label
    text: str = Line
    words: str = Line
    reason: str = Line
    likely_wrong: Label
    misunderstands: str = Line
    wrong_note: str = Line


class PracticeFile(Strict):
    """questions/bank/practice.toml."""

    statements: tuple[StatementFile, ...]


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
    use: Literal["pair"]
    more: Literal["a", "b", "same"]
    reason: str = Line
    a_note: str = ""
    b_note: str = ""
    same_note: str = ""
    likely_wrong: Literal["a", "b", "same"]
    misunderstands: str = Line
    a: SideFile
    b: SideFile


class PairsFile(Strict):
    """questions/bank/pairs.toml."""

    pairs: tuple[PairFile, ...]


class StepFile(Strict):
    """A step: an item (or a statement or pair by its id), or a draw."""

    item: str = ""
    draw: Literal["practice", "pair", ""] = ""
    count: int = Field(default=1, ge=1)
    sound: int | None = Field(default=None, ge=0)
    label: str = ""


class ExerciseFile(Strict):
    """An exercise: its steps in order."""

    id: str = Id
    article: str | None = None
    title: str = Line
    about: str = Line
    minutes: int = Field(ge=1)
    steps: tuple[StepFile, ...] = Field(min_length=1)


class ExercisesFile(Strict):
    """questions/exercises.toml."""

    exercises: tuple[ExerciseFile, ...]


class MisconceptionsFile(Strict):
    """questions/misconceptions.toml: the closed list, each with its sentence."""

    misconceptions: Mapping[str, str]
