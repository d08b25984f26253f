"""The article: sentences in paragraphs, the claims made in them, and on whose word each rests."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Bin(StrEnum):
    """What a learner sees of a claim's source. See docs/labels.md."""

    SOURCED = "sourced"
    HINTED = "hinted"
    OWN_VOICE = "own-voice"


class TwoWay(StrEnum):
    """Whether the text states who says it."""

    SOURCED = "sourced"
    ASSERTION = "assertion"


class Label(StrEnum):
    """The eight labels of authors and teachers. See docs/labels.md."""

    NAMED = "NAMED"
    DOCUMENT = "DOCUMENT"
    INSTITUTION = "INSTITUTION"
    ANON_ROLE = "ANON-ROLE"
    VAGUE = "VAGUE"
    BACKGROUND = "BACKGROUND"
    BARE = "BARE"
    EVALUATION = "EVALUATION"

    @property
    def bin(self) -> Bin:
        """The bin that the label falls into."""
        if self in _STATED:
            return Bin.SOURCED
        return Bin.HINTED if self is Label.VAGUE else Bin.OWN_VOICE

    @property
    def two_way(self) -> TwoWay:
        """Sourced for a stated source, else assertion."""
        return TwoWay.SOURCED if self in _STATED else TwoWay.ASSERTION

    @property
    def sound(self) -> bool:
        """Whether the source is stated and could be asked openly."""
        return self in _STATED and self is not Label.ANON_ROLE


_STATED = frozenset({Label.NAMED, Label.DOCUMENT, Label.INSTITUTION, Label.ANON_ROLE})


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claim: the words that carry it, and on whose word the text rests it.

    `start` and `end` count characters of the sentence. `rule` is the one of the five rules that
    alone decides the label, or None. A `word_only` claim is a single word, not a unit of its own.
    """

    id: str
    sentence: int
    words: str
    start: int
    end: int
    says: str
    label: Label
    label_firm: bool
    bin_firm: bool
    two_way_firm: bool
    rule: int | None
    flags: tuple[str, ...]
    other_label: Label | None
    other_reading: str
    word_only: bool


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A numbered sentence of the article and the claims in it, in the order of the text."""

    number: int
    paragraph: int
    text: str
    claims: tuple[Claim, ...]

    @property
    def id(self) -> str:
        """The sentence as a unit of an item: `s1`, `s2`, ..."""
        return f"s{self.number}"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The picture as a drawn box: what it shows, its caption and its credit. It isn't shipped."""

    drawn: str
    caption: str
    credit: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word that learners can tap, and what it means."""

    word: str
    means: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article retold sentence for sentence, and the original that it cites; none where it is invented."""

    id: str
    title: str
    kicker: str
    original_title: str
    publisher: str
    byline: str
    note: str
    heads_up: str
    picture: Picture | None
    glossary: tuple[Term, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Every claim by its id, in the order of the text."""
        return {claim.id: claim for sentence in self.sentences for claim in sentence.claims}

    @cached_property
    def by_number(self) -> Mapping[int, Sentence]:
        """Every sentence by its number."""
        return {sentence.number: sentence for sentence in self.sentences}
