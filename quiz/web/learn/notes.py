"""Margin notes: for each unit the verdict, the stamp and the author's words for that very answer."""

from collections.abc import Mapping

from quiz.core.article import Article, Bin, Label
from quiz.core.formats.grid import Grid
from quiz.core.item import Item, Note
from quiz.core.mark import Judged, Mark, Verdict
from quiz.core.strip import OF_BIN
from quiz.web.learn import words
from quiz.web.learn.views import NoteView

LONGEST_QUOTE = 5
"""Words of a unit that its note repeats, where more than one note stands beside a sentence."""


def notes(item: Item, mark: Mark, article: Article | None) -> list[NoteView]:
    """A note for every unit that has something to say, in the order of the task."""
    judged = {unit.unit: unit for unit in mark.units}
    placed = _in_order(item, judged, article)
    views = (_note(item, judged[unit], item.notes[unit], article) for unit in placed if unit in item.notes)
    return [view for view in views if view.text]


def _quote(item: Item, unit: str) -> str:
    """The first words of a unit that shares its sentence with others."""
    here = item.by_unit.get(unit)
    if item.format.name != "spot" or here is None or not here.words:
        return ""
    others = [one for one in item.units if one.sentence == here.sentence]
    if len(others) < 2:
        return ""
    words = here.words.split()
    return " ".join(words[:LONGEST_QUOTE]) + ("…" if len(words) > LONGEST_QUOTE else "")


def _in_order(item: Item, judged: Mapping[str, Judged], article: Article | None) -> list[str]:
    """The units as they stand in the task, or in the text where they are marked there."""
    if item.format.name == "spot" and article:
        return sorted(judged, key=lambda unit: _place(item, unit, article))
    return [unit for unit in item.refs if unit in judged]


def _place(item: Item, unit: str, article: Article) -> tuple[int, int]:
    row = item.row_of(unit)
    number = row.sentence or 0 if row else 0
    sentence = article.by_number.get(number)
    return number, sentence.text.find(row.words) if sentence and row else 0


def _note(item: Item, judged: Judged, note: Note, article: Article | None) -> NoteView:
    wrong = judged.verdict in (Verdict.MISPLACED, Verdict.MISSED)
    ref = item.refs.get(judged.unit)
    return NoteView(
        unit=judged.unit,
        row=ref.row if ref else judged.unit,
        question=ref.question if ref else "",
        sentence=ref.sentence if ref else None,
        verdict=judged.verdict.value,
        verdict_text=words.verdict(judged.verdict, item),
        stamp=note.stamp,
        stamp_kind=_kind(item, judged, article),
        text=_text(note, judged),
        why=_why(note, judged),
        quote=_quote(item, judged.unit),
        given_text=_answer(item, judged, judged.given) if wrong else "",
        key_text=_answer(item, judged, judged.key) if wrong else "",
    )


def _text(note: Note, judged: Judged) -> str:
    match judged.verdict:
        case Verdict.FOUND:
            return note.found
        case Verdict.MISSED:
            return note.missed
        case Verdict.OVER:
            return note.over
        case Verdict.LEFT:
            return note.left
        case Verdict.OPEN:
            return note.text
        case Verdict.MISPLACED:
            wrong = note.wrong.get(judged.given)
            return wrong.text if wrong else note.missed


def _why(note: Note, judged: Judged) -> str:
    """The reason behind the reason; to a wrong answer that has its own note, what is right as well."""
    if judged.verdict is Verdict.LEFT:
        return ""
    if judged.verdict is Verdict.MISPLACED and judged.given in note.wrong:
        return " ".join(part for part in (note.missed, note.why) if part)
    return note.why


def _answer(item: Item, judged: Judged, answer: str) -> str:
    """An answer to a row in words; nothing for marks, which show by themselves."""
    if item.format.name == "classify":
        return next((one.text for one in item.answers if one.id == answer), "")
    if isinstance(item.format, Grid):
        return next((one.text for one in item.answers_to(judged.unit) if one.id == answer), "")
    return ""


def _kind(item: Item, judged: Judged, article: Article | None) -> str:
    """The pattern of the stamp: the bin that the unit's label falls into, where that is one bin."""
    labels = _labels(item, judged, article)
    bins = {label.bin.value for label in labels} or ({judged.key} if judged.key in set(Bin) else set())
    if judged.verdict is Verdict.OPEN or len(bins) != 1:
        return ""
    return OF_BIN[bins.pop()].value


def _labels(item: Item, judged: Judged, article: Article | None) -> list[Label]:
    unit = item.row_of(judged.unit)
    if unit and unit.label:
        return [unit.label]
    sentence = article.by_number.get(unit.sentence or 0) if article and unit and unit.whole else None
    claims = sentence.claims if sentence else ()
    return [claim.label for claim in claims if claim.bin_firm and not claim.word_only]
