"""Units: the things that an item asks about, and where each one belongs."""

from dataclasses import dataclass

from quiz.core.article import Label


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
    `whole`: it is the sentence itself, word for word.
    """

    id: str
    pieces: tuple[Piece, ...]
    other: tuple[Piece, ...] = ()
    sentence: int | None = None
    claim: str | None = None
    words: str = ""
    label: Label | None = None
    whole: bool = False

    @property
    def text(self) -> str:
        """What a learner reads, as one string."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def brief(self) -> str:
        """The words that are meant, where only some are; else the whole text."""
        return self.words or self.text


@dataclass(frozen=True, kw_only=True)
class AnswerText:
    """An answer that rows can be given, in words."""

    id: str
    text: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class UnitRef:
    """Where a unit of feedback belongs: the row it is about, and the question where a grid asks several.

    Formats create these; nothing else reads the parts of a unit's id. Item.refs adds `sentence` and
    `claim`, the place in the article, and `whole`: the unit is a whole sentence.
    """

    id: str
    row: str
    question: str = ""
    sentence: int | None = None
    claim: str | None = None
    whole: bool = False
