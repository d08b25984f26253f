"""Words of an article that can be tapped for what they mean: once each, where nothing else is pressed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quiz.core.article import Article
from quiz.web.learn.views import PieceView, SentenceView, TermView


@dataclass(frozen=True, kw_only=True)
class Explained:
    """The text with its words to tap, all words that stand in it, and those that can't be tapped in place."""

    paragraphs: list[list[SentenceView]]
    terms: list[TermView]
    apart: list[TermView]


def explain(paragraphs: Sequence[Sequence[SentenceView]], article: Article | None) -> Explained:
    """Make the first plain occurrence of each word of the glossary one to tap.

    Words inside a mark or a unit stay as they are, since pressing there means marking.
    """
    text = " ".join(piece.text for group in paragraphs for one in group for piece in one.pieces).lower()
    here = [term for term in (article.glossary if article else ()) if term.word.lower() in text]
    terms = [TermView(id=f"term-{place}", word=one.word, means=one.means) for place, one in enumerate(here)]
    left = dict(zip((term.word.lower() for term in terms), terms, strict=True))
    done = [[_sentence(sentence, left) for sentence in group] for group in paragraphs]
    return Explained(paragraphs=done, terms=terms, apart=list(left.values()))


def _sentence(sentence: SentenceView, left: dict[str, TermView]) -> SentenceView:
    if sentence.unit:
        return sentence
    pieces = [part for piece in sentence.pieces for part in _parts(piece, left)]
    return replace(sentence, pieces=pieces)


def _parts(piece: PieceView, left: dict[str, TermView]) -> Iterator[PieceView]:
    found = None
    if not (piece.unit or piece.marked or piece.mark or piece.bin) and left:
        words = "|".join(re.escape(word) for word in left)
        found = re.search(rf"\b({words})\b", piece.text, re.IGNORECASE)
    if found is None:
        yield piece
        return
    before, after = piece.text[: found.start()], piece.text[found.end() :]
    if before:
        yield PieceView(text=before)
    yield PieceView(text=found.group(), term=left.pop(found.group().lower()).id)
    if after:
        yield from _parts(PieceView(text=after), left)
