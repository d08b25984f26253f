"""A task as it was asked, kept once beside the answers to it.

Where an item's key has changed since, its older answers are shown and counted with the key, the units
and the notes of then. The names in this JSON stand in data and never change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from quiz.core.article import Label
from quiz.core.formats.registry import FORMATS
from quiz.core.item import Criterion, Item, Note, Question, WrongNote
from quiz.core.units import AnswerText, Piece, Unit

Json = Mapping[str, Any]

NOTE_FIELDS = ("stamp", "found", "missed", "over", "left", "text", "why", "misconception")


def of_item(item: Item) -> dict[str, Any]:
    """What a page needs of the item once its key has changed. Empty values are left out."""
    return _filled(
        {
            "key_revision": item.key_revision,
            "scheme": item.format.scheme,
            "key": item.format.key_form(),
            "units": [_of_unit(unit) for unit in item.units],
            "answers": [_of_answer(one) for one in item.answers],
            "questions": [
                {"id": one.id, "text": one.text, "answers": [_of_answer(answer) for answer in one.answers]}
                for one in item.questions
            ],
            "notes": {unit: _of_note(note) for unit, note in item.notes.items()},
            "rubric": [
                _filled({"id": one.id, "text": one.text, "levels": list(one.levels), "core": one.core})
                for one in item.rubric
            ],
        }
    )


def as_asked(item: Item, kept: Json) -> Item:
    """The item with the units, answers, notes and rubric of then.

    With the key too, where its format can read it; else the format is today's. `key_revision` is that of
    then either way: an answer that was marked by another key can't be marked by this item.
    """
    name = str(kept["scheme"]).partition("/")[0]
    known = name in FORMATS and FORMATS[name].scheme == kept["scheme"]
    return replace(
        item,
        key_revision=kept.get("key_revision", ""),
        format=FORMATS[name].from_key_form(kept["key"]) if known else item.format,
        units=tuple(_unit(one) for one in kept.get("units", ())),
        answers=_answers(kept.get("answers", ())),
        questions=tuple(
            Question(id=one["id"], text=one["text"], answers=_answers(one.get("answers", ())))
            for one in kept.get("questions", ())
        ),
        notes={unit: _note(one) for unit, one in kept.get("notes", {}).items()},
        rubric=tuple(
            Criterion(
                id=one["id"], text=one["text"], levels=tuple(one["levels"]), core=one.get("core", False)
            )
            for one in kept.get("rubric", ())
        ),
    )


def _filled(fields: Json) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", [], {}, None, False)}


def _of_unit(unit: Unit) -> dict[str, Any]:
    return _filled(
        {
            "id": unit.id,
            "text": _of_pieces(unit.pieces),
            "other": _of_pieces(unit.other),
            "sentence": unit.sentence,
            "claim": unit.claim,
            "words": unit.words,
            "label": unit.label.value if unit.label else None,
            "whole": unit.whole,
        }
    )


def _of_pieces(pieces: Sequence[Piece]) -> list[Any]:
    return [[piece.text, piece.asked] for piece in pieces]


def _of_answer(answer: AnswerText) -> dict[str, Any]:
    return _filled({"id": answer.id, "text": answer.text, "hint": answer.hint})


def _of_note(note: Note) -> dict[str, Any]:
    wrong = {
        answer: _filled({"text": one.text, "misconception": one.misconception})
        for answer, one in note.wrong.items()
    }
    return _filled({name: getattr(note, name) for name in NOTE_FIELDS} | {"wrong": wrong})


def _unit(kept: Json) -> Unit:
    return Unit(
        id=kept["id"],
        pieces=_pieces(kept.get("text", ())),
        other=_pieces(kept.get("other", ())),
        sentence=kept.get("sentence"),
        claim=kept.get("claim"),
        words=kept.get("words", ""),
        label=Label(kept["label"]) if "label" in kept else None,
        whole=kept.get("whole", False),
    )


def _pieces(kept: Sequence[Any]) -> tuple[Piece, ...]:
    return tuple(Piece(text=text, asked=asked) for text, asked in kept)


def _answers(kept: Sequence[Json]) -> tuple[AnswerText, ...]:
    return tuple(AnswerText(id=one["id"], text=one["text"], hint=one.get("hint", "")) for one in kept)


def _note(kept: Json) -> Note:
    wrong = {
        answer: WrongNote(text=one.get("text", ""), misconception=one.get("misconception", ""))
        for answer, one in kept.get("wrong", {}).items()
    }
    return Note(**{name: kept.get(name, "") for name in NOTE_FIELDS}, wrong=wrong)
