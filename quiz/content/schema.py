"""Articles and items as authors write them. Strict: a field that isn't listed is an error."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from quiz.core.article import Label
from quiz.core.item import Tag
from quiz.core.skills import Skill


class Strict(BaseModel):
    """Refuses unknown fields, and values of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Id = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
ShortId = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)
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


class TermFile(Strict):
    """A word that learners can tap, and what it means, without a judgement."""

    word: str = Line
    means: str = Line


class ArticleFile(Strict):
    """questions/<article>/article.toml. An invented article has no original, publisher or byline."""

    id: str = Id
    title: str = Line
    kicker: str = Line
    original_title: str = ""
    publisher: str = ""
    byline: str = ""
    note: str = Line
    heads_up: str = Line
    picture: PictureFile | None = None
    sentences: tuple[SentenceFile, ...] = Field(min_length=1)
    claims: tuple[ClaimFile, ...] = Field(min_length=1)
    glossary: tuple[TermFile, ...] = ()


class UnitFile(Strict):
    """A row, an option or a span. What stands in the article needs no `text`."""

    id: str = ShortId
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

    id: str = ShortId
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
    retired: bool = False
