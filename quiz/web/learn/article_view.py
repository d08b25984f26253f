"""The article as a page shows it: sentences cut into units, asked words and plain text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quiz.core.article import Article, Sentence
from quiz.core.item import Item
from quiz.core.mark import Judged, Mark
from quiz.core.strip import about_bins
from quiz.core.units import Piece
from quiz.web.learn.views import NoteView, PieceView, SentenceView


@dataclass(frozen=True, kw_only=True)
class Span:
    """A run of a sentence that is a unit of the item, or words it asks about."""

    start: int
    end: int
    unit: str
    asked: bool
    bin: str


def paragraphs(
    article: Article, item: Item | None, mark: Mark | None, notes: Mapping[int, list[NoteView]]
) -> list[list[SentenceView]]:
    """The shown sentences by paragraph; with a mark, verdicts on them and the notes in the margin."""
    judged = {unit.unit: unit for unit in mark.units} if mark else {}
    shown = set(item.show) if item else article.by_number.keys()
    grouped: dict[int, list[SentenceView]] = {}
    for sentence in article.sentences:
        if sentence.number in shown:
            group = grouped.setdefault(sentence.paragraph, [])
            group.append(_sentence(sentence, article, item, judged, notes, first=not group))
    return list(grouped.values())


def _sentence(
    sentence: Sentence,
    article: Article,
    item: Item | None,
    judged: Mapping[str, Judged],
    notes: Mapping[int, list[NoteView]],
    *,
    first: bool,
) -> SentenceView:
    whole = item is not None and item.format.name == "spot" and item.spot_unit == "sentence"
    unit = item.of_sentence.get(sentence.number, "") if whole and item else ""
    spans = [] if item is None or whole else _spans(sentence, article, item, judged)
    return SentenceView(
        number=sentence.number,
        id=sentence.id,
        first=first,
        pieces=_pieces(sentence.text, spans, judged),
        unit=unit,
        mark=judged[unit].verdict.value if unit in judged else "",
        notes=notes.get(sentence.number, []),
    )


def _spans(sentence: Sentence, article: Article, item: Item, judged: Mapping[str, Judged]) -> list[Span]:
    spot = item.format.name == "spot"
    bins = bool(judged) and about_bins(item, article)
    spans = []
    for unit in item.units:
        if unit.sentence != sentence.number or not unit.words:
            continue
        start = sentence.text.find(unit.words)
        if start < 0:  # The sentence was reworded since the answer.
            continue
        claim = article.claims.get(unit.claim or "")
        keyed = unit.id in judged and judged[unit.id].key
        bin = claim.label.bin.value if bins and claim and keyed else ""
        spans.append(
            Span(
                start=start,
                end=start + len(unit.words),
                unit=unit.id if spot else "",
                asked=not spot,
                bin=bin,
            )
        )
    return sorted(spans, key=lambda span: span.start)


def _pieces(text: str, spans: Sequence[Span], judged: Mapping[str, Judged]) -> list[PieceView]:
    pieces: list[PieceView] = []
    place = 0
    for span in spans:
        if span.start < place:
            continue
        pieces.append(PieceView(text=text[place : span.start]))
        verdict = judged[span.unit].verdict.value if span.unit in judged else ""
        pieces.append(
            PieceView(
                text=text[span.start : span.end],
                unit=span.unit,
                marked=span.asked,
                mark=verdict,
                bin=span.bin,
            )
        )
        place = span.end
    pieces.append(PieceView(text=text[place:]))
    return [piece for piece in pieces if piece.text]


def plain(pieces: Sequence[Piece]) -> list[PieceView]:
    """A task's own text."""
    return [PieceView(text=piece.text, marked=piece.asked) for piece in pieces]
