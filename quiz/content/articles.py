"""Building an article from its file."""

from itertools import pairwise
from pathlib import Path

from quiz.content.files import Reader
from quiz.content.schema import ArticleFile, ClaimFile, SentenceFile
from quiz.core.article import Article, Claim, Picture, Sentence, Term

RESERVED = ("bank", "attempts", "assignments")
"""Names in addresses below /learn that no article may have."""


def build(file: ArticleFile, path: Path, reader: Reader) -> Article:
    """Turn the file into an article; what is wrong goes to the reader's problems."""
    if file.id in RESERVED:
        reader.add(path, "id", "is an address of its own here: take another name")
    if file.id != path.parent.name:
        reader.add(path, "id", f"is not the folder’s name: write {path.parent.name}")
    numbers = [sentence.number for sentence in file.sentences]
    if numbers != list(range(1, len(numbers) + 1)):
        reader.add(path, "sentences", "number them 1, 2, 3 ... in order")
    ids = [claim.id for claim in file.claims]
    for claim in file.claims:
        if ids.count(claim.id) > 1:
            reader.add(path, f"claims.{claim.id}", "stands twice: give each claim its own id")
        if claim.sentence not in numbers:
            reader.add(path, f"claims.{claim.id}.sentence", f"there is no sentence {claim.sentence}")
    for sentence in file.sentences:
        _check_kept(sentence, path, reader)
    for term in file.glossary:
        if not any(term.word.lower() in sentence.text.lower() for sentence in file.sentences):
            reader.add(path, f"glossary.{term.word}", "stands in no sentence: take it out, or mend it")
    picture = Picture(**file.picture.model_dump()) if file.picture else None
    return Article(
        **file.model_dump(exclude={"picture", "sentences", "claims", "glossary"}),
        picture=picture,
        glossary=tuple(Term(**one.model_dump()) for one in file.glossary),
        sentences=tuple(_sentence(one, file, path, reader) for one in file.sentences),
    )


def _check_kept(sentence: SentenceFile, path: Path, reader: Reader) -> None:
    text, place = sentence.text.lower(), 0
    for kept in sentence.keep:
        found = text.find(kept.lower(), place)
        if found < 0:
            field = f"sentences.{sentence.number}.keep"
            reader.add(path, field, f"“{kept}” is gone from the sentence, or stands elsewhere: put it back")
        else:
            place = found + len(kept)


def _sentence(file: SentenceFile, article: ArticleFile, path: Path, reader: Reader) -> Sentence:
    claims = [_claim(one, file, path, reader) for one in article.claims if one.sentence == file.number]
    for left, right in pairwise(claims):
        if right.start < left.end:
            say = f"its words overlap those of {left.id}, or stand before them: give them in order, apart"
            reader.add(path, f"claims.{right.id}.words", say)
    return Sentence(number=file.number, paragraph=file.paragraph, text=file.text, claims=tuple(claims))


def _claim(file: ClaimFile, sentence: SentenceFile, path: Path, reader: Reader) -> Claim:
    count = sentence.text.count(file.words)
    if count != 1:
        say = f"“{file.words}” occurs {count} times in sentence {sentence.number}: it must occur just once"
        reader.add(path, f"claims.{file.id}.words", say)
    if not (file.label_firm and file.bin_firm and file.two_way_firm) and not file.other_reading:
        reader.add(
            path, f"claims.{file.id}.other_reading", "is missing: say how else careful readers read it"
        )
    start = max(0, sentence.text.find(file.words))
    return Claim(**file.model_dump(), start=start, end=start + len(file.words))
