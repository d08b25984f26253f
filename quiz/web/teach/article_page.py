"""The teacher's page on an article: plain values, ready to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from quiz.core import keys
from quiz.core.article import Article, Claim, Sentence
from quiz.core.item import Item
from quiz.core.library import Exercise, ExerciseKind, Library, Step
from quiz.core.strip import OF_BIN, Kind
from quiz.web.learn import strips, words
from quiz.web.learn.views import PieceView, StripRow
from quiz.web.teach import label_words
from quiz.web.text import _

MOST_ERRORS = 8
"""Likeliest errors that a teacher can keep in mind."""
MOST_PLACES = 3
"""Items named beside an error, of those where it lies in wait."""


@dataclass(frozen=True, kw_only=True)
class Timing:
    """An exercise with its minutes, its steps in words, its sheet and key to print. `reserved`: a test."""

    title: str
    minutes: int
    steps: list[str]
    url: str
    key_url: str
    reserved: bool


@dataclass(frozen=True, kw_only=True)
class ErrorView:
    """A likely error: the sentence on it, and items where it lies in wait."""

    text: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ClaimView:
    """A claim in the key. `other_label` and `other_reading` are set where readers differ."""

    sentence: int
    words: str
    says: str
    kind: str
    label: str
    rule: int | None
    stamp: str
    reason: str
    cues: list[str]
    doubt: str
    other_kind: str
    other_label: str
    other_reading: str


@dataclass(frozen=True, kw_only=True)
class SentenceKey:
    """A sentence with its claims underlined by bin, and the key to each."""

    number: int
    pieces: list[PieceView]
    claims: list[ClaimView]


@dataclass(frozen=True, kw_only=True)
class ArticlePage:
    """All that the page shows."""

    article: Article
    aims: list[tuple[str, str]]
    quiet: list[Article]
    lessons: list[Timing]
    sections: list[Timing]
    apart: list[Timing]
    errors: list[ErrorView]
    prompts: list[tuple[str, str]]
    strip: list[StripRow]
    sentences: list[SentenceKey]
    contested: list[ClaimView]


def build(article: Article, library: Library) -> ArticlePage:
    """The page of an article. `quiet`: invented ones, to be given in its place."""
    items = [one for one in library.items.values() if one.article == article.id and not one.retired]
    here = [one for one in library.listed if _is_on(one, article, library)]
    return ArticlePage(
        article=article,
        aims=[
            (words.skill(one), label_words.aim(one)) for one in dict.fromkeys(item.skill for item in items)
        ],
        quiet=[one for one in library.articles.values() if article.original_title and not one.original_title],
        lessons=[timing(one, library) for one in here if one.kind is ExerciseKind.LESSON],
        sections=[timing(one, library) for one in here if one.kind is ExerciseKind.SECTION],
        apart=[timing(one, library) for one in library.listed if one.article is None],
        errors=_errors(items, library),
        prompts=_prompts(items),
        strip=[strips.row(_("The key"), article, _cells(article))],
        sentences=[_sentence(one, items) for one in article.sentences],
        contested=[_claim(one, items) for one in keys.contested(article)],
    )


def timing(exercise: Exercise, library: Library) -> Timing:
    """An exercise with what it takes, step by step."""
    article = exercise.scope
    return Timing(
        title=exercise.title,
        minutes=exercise.minutes,
        steps=[_step(step, library) for step in exercise.steps],
        url=url_for("teach.print_sheet", article=article, exercise=exercise.id),
        key_url=url_for("teach.print_key", article=article, exercise=exercise.id),
        reserved=exercise.kind is ExerciseKind.FORM,
    )


def _step(step: Step, library: Library) -> str:
    item = library.task(step.item) if step.item else None
    if item:
        return item.title
    name = step.label or _("A test")
    return _("%(name)s (%(count)s)", name=name, count=step.count)


def _is_on(exercise: Exercise, article: Article, library: Library) -> bool:
    """Whether an exercise belongs to the article, or asks something about it."""
    asked = (library.items.get(step.item) for step in exercise.steps)
    return exercise.article == article.id or any(one and one.article == article.id for one in asked)


def _errors(items: Sequence[Item], library: Library) -> list[ErrorView]:
    return [
        ErrorView(text=library.misconceptions[one.id], items=one.items[:MOST_PLACES])
        for one in keys.likeliest(items)[:MOST_ERRORS]
    ]


def _prompts(items: Sequence[Item]) -> list[tuple[str, str]]:
    """What to ask the class, with the title of the item; each question once."""
    asked = {one.ask_the_class: one.title for one in reversed(items) if one.ask_the_class}
    return [(title, question) for question, title in reversed(asked.items())]


def _cells(article: Article) -> dict[str, Kind]:
    return {
        claim.id: OF_BIN[claim.label.bin.value] if claim.bin_firm else Kind.DIFFER
        for claim in article.claims.values()
    }


def _sentence(sentence: Sentence, items: Sequence[Item]) -> SentenceKey:
    return SentenceKey(
        number=sentence.number,
        pieces=_pieces(sentence),
        claims=[_claim(claim, items) for claim in sentence.claims],
    )


def _pieces(sentence: Sentence) -> list[PieceView]:
    """The sentence with the words of each claim marked by its bin."""
    pieces, place = [], 0
    for claim in sentence.claims:
        pieces.append(PieceView(text=sentence.text[place : claim.start]))
        pieces.append(PieceView(text=claim.words, bin=claim.label.bin.value))
        place = claim.end
    pieces.append(PieceView(text=sentence.text[place:]))
    return [piece for piece in pieces if piece.text]


def _claim(claim: Claim, items: Sequence[Item]) -> ClaimView:
    note = keys.note_on(claim, items)
    return ClaimView(
        sentence=claim.sentence,
        words=claim.words,
        says=claim.says,
        kind=OF_BIN[claim.label.bin.value].value,
        label=label_words.label(claim.label),
        rule=claim.rule,
        stamp=note.stamp if note and not note.text else "",
        reason=(note.missed or note.text or note.over) if note else "",
        cues=[label_words.cue(flag) for flag in claim.flags],
        doubt=label_words.doubt(claim),
        other_kind=OF_BIN[claim.other_label.bin.value].value if claim.other_label else "",
        other_label=label_words.label(claim.other_label) if claim.other_label else "",
        other_reading=claim.other_reading,
    )
