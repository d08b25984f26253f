"""Cutting a text into pieces around the words that are asked about."""

from quiz.core.units import Piece


def cut(text: str, words: str) -> tuple[Piece, ...]:
    """The text in pieces, with `words` asked; the whole text plain where no words are given.

    Words that don't occur just once leave the text whole: the checks report them.
    """
    if not words or text.count(words) != 1:
        return (Piece(text=text),)
    before, _, after = text.partition(words)
    around = (Piece(text=before), Piece(text=words, asked=True), Piece(text=after))
    return tuple(piece for piece in around if piece.text)
