"""Building an item from its file: the format from its key, the units from the article or the file."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from quiz.content import bank
from quiz.content.bank_schema import PairFile
from quiz.content.files import Reader
from quiz.content.pieces import cut
from quiz.content.schema import ItemFile, UnitFile
from quiz.content.wrong_options import said_to
from quiz.core.article import Article
from quiz.core.formats import AnyFormat
from quiz.core.formats.classify import Classify
from quiz.core.formats.registry import FORMATS
from quiz.core.ids import scoped
from quiz.core.item import Criterion, Item, Note, Question, WrongNote
from quiz.core.units import AnswerText, Piece, Unit

PLAIN = {
    "section", "skill", "tag", "graded", "title", "prompt", "help", "scheme_line",
    "rules_on_screen", "claims", "ask_the_class", "after", "after_title", "frames", "model", "retired",
}  # fmt: skip


@cache
def _adapter(name: str) -> TypeAdapter[AnyFormat]:
    strict: Any = validated(FORMATS[name], frozen=True, kw_only=True, config=ConfigDict(extra="forbid"))
    return TypeAdapter(strict)


def build(
    file: ItemFile, article: Article, pairs: Mapping[str, PairFile], path: Path, reader: Reader
) -> Item | None:
    """Turn the file into an item; None where its key can't be read. Problems go to the reader."""
    if file.id != path.stem:
        reader.add(path, "id", f"is not the file’s name: write {path.stem}")
    parts = _from_pairs(file, pairs, path, reader) if file.pairs else _from_key(file, article, path, reader)
    if parts is None:
        return None
    used = [pairs[one] for one in file.pairs if one in pairs]
    source = bank.written(file, *used)
    return Item(
        **file.model_dump(include=PLAIN),
        id=scoped(article.id, file.id),
        article=article.id,
        support_of=scoped(article.id, file.support_of) if file.support_of else None,
        show=tuple(article.by_number) if file.show is None else file.show,
        passages=(cut(article.title, ""),) if file.passage == "headline" else (),
        picture=article.picture if file.passage == "picture" else None,
        questions=_questions(file),
        spot_unit=file.unit,
        rubric=tuple(Criterion(**one.model_dump()) for one in file.rubric),
        case=None,
        revision=bank.revision(source),
        source=source,
        **parts,
    )


def _from_pairs(
    file: ItemFile, pairs: Mapping[str, PairFile], path: Path, reader: Reader
) -> dict[str, Any] | None:
    for one in file.pairs:
        if one not in pairs:
            reader.add(path, "pairs", f"there is no pair {one} in the bank")
    known = [pairs[one] for one in file.pairs if one in pairs]
    return bank.rows_of_pairs(known) if known else None


def _from_key(file: ItemFile, article: Article, path: Path, reader: Reader) -> dict[str, Any] | None:
    key = dict(file.key)
    if file.format == "grid":
        key["reasons"] = [one.id for one in file.questions if one.reason]
    try:
        format = _adapter(file.format).validate_python(key)
    except ValidationError as error:
        reader.add_all(path, "key", error)
        return None
    return {
        "format": format,
        "answers": tuple(AnswerText(**one.model_dump()) for one in file.answers),
        "units": _units(file, format, article, path, reader),
        "notes": {unit: _note(unit, one.model_dump(), format) for unit, one in file.notes.items()},
    }


def _note(unit: str, fields: dict[str, Any], format: AnyFormat) -> Note:
    """The author's note; in rows, wrong answers that it doesn't speak of are told what their bin means."""
    wrong = {answer: WrongNote(**one) for answer, one in fields.pop("wrong").items()}
    if isinstance(format, Classify) and (right := format.rows.get(unit)):
        told = {answer: said_to(right, answer) for answer in format.answers}
        wrong = {a: WrongNote(text=text, misconception="") for a, text in told.items() if text} | wrong
    return Note(**fields, wrong=wrong)


def _questions(file: ItemFile) -> tuple[Question, ...]:
    return tuple(
        Question(
            id=one.id,
            text=one.text,
            reason=one.reason,
            answers=tuple(AnswerText(**answer.model_dump()) for answer in one.answers),
        )
        for one in file.questions
    )


def _units(
    file: ItemFile, format: AnyFormat, article: Article, path: Path, reader: Reader
) -> tuple[Unit, ...]:
    """The units listed in the file, then those of the key that stand in the article, in its order."""
    rows = frozenset(getattr(format, "rows", ())) if file.format == "grid" else format.units
    listed = {one.id: _unit(one, article, path, reader) for one in file.units}
    for unit in listed.keys() - rows:
        reader.add(path, f"units.{unit}", "is not in the key: add it there, or take it out")
    rest = []
    for unit in sorted(rows - listed.keys(), key=_in_order):
        if not re.fullmatch(r"[cs][1-9][0-9]*", unit):
            reader.add(path, f"units.{unit}", "is in the key alone: write its text under [[units]]")
            continue
        rest.append(_unit(UnitFile(id=unit), article, path, reader))
    return (*listed.values(), *rest)


def _in_order(unit: str) -> tuple[str, int]:
    digits = "".join(filter(str.isdigit, unit))
    return unit[:1], int(digits or 0)


def _unit(file: UnitFile, article: Article, path: Path, reader: Reader) -> Unit:
    """A unit with its text: the author's own, or that of a claim or a sentence of the article."""
    claim = article.claims.get(file.id) if not file.text else None
    number = file.sentence or (claim.sentence if claim else None)
    if number is None and not file.text and re.fullmatch(r"s[1-9][0-9]*", file.id):
        number = int(file.id[1:])
    sentence = article.by_number.get(number) if number is not None else None
    if file.text and re.fullmatch(r"[cs][1-9][0-9]*", file.id):
        reader.add(path, f"units.{file.id}", "is how claims and sentences are named: take another id")
    if sentence is None and (number is not None or not file.text):
        reader.add(path, f"units.{file.id}", "has no text and stands nowhere in the article: mend it")
        return Unit(id=file.id, pieces=(Piece(text=file.text),))
    words = file.words or (claim.words if claim else "")
    text = file.text or (sentence.text if sentence else "")
    if words and text.count(words) != 1:
        say = f"“{words}” occurs {text.count(words)} times: it must occur just once"
        reader.add(path, f"units.{file.id}.words", say)
    return Unit(
        id=file.id,
        pieces=cut(text, words),
        sentence=number,
        claim=claim.id if claim else None,
        words=words,
        label=claim.label if claim else file.label,
        whole=sentence is not None and not file.text and not words,
    )
