"""The two identities of an item: what marking needs, and what a learner reads.

Answers are kept with both. An answer goes by the key it was marked with; where the text has changed
since, its pages say so. What only authors and teachers read, notes and stamps belong to neither.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from quiz.core.article import Article
from quiz.core.item import Item, Note
from quiz.core.marking import sides_of_key
from quiz.core.units import AnswerText, Piece, Unit

LENGTH = 16
"""Hexadecimal digits of a revision."""


def identified(item: Item, articles: Mapping[str, Article]) -> Item:
    """The item with both of its revisions."""
    return replace(
        item,
        key_revision=_hashed(key_form(item, articles)),
        text_revision=_hashed(text_form(item, articles.get(item.article or ""))),
    )


def key_form(item: Item, articles: Mapping[str, Article]) -> dict[str, Any]:
    """All that decides how an answer is marked and what is kept of it, as plain JSON without defaults.

    A field that is added to the schema of items changes nothing here unless marking needs it.
    """
    form: dict[str, Any] = {
        "scheme": item.format.scheme,
        "key": item.format.key_form(),
        "skill": item.skill.value,
        "misconceptions": _misconceptions(item),
        "sides": {unit: side.value for unit, side in sorted(sides_of_key(item, articles).items())},
        "sound": item.sound,
    }
    return {name: value for name, value in form.items() if value not in ({}, None)}


def _misconceptions(item: Item) -> dict[str, Any]:
    """By unit: the misconception of a wrong mark, and those of wrong answers by the answer."""
    named = {unit: _named(note) for unit, note in sorted(item.notes.items())}
    return {unit: one for unit, one in named.items() if one}


def _named(note: Note) -> dict[str, Any]:
    wrong = {answer: one.misconception for answer, one in sorted(note.wrong.items()) if one.misconception}
    return ({"": note.misconception} if note.misconception else {}) | wrong


def text_form(item: Item, article: Article | None) -> dict[str, Any]:
    """All that a learner reads before answering: prompt, help, sentences shown, units, options."""
    shown = [one.text for one in article.sentences if one.number in item.show] if article else []
    form: dict[str, Any] = {
        "prompt": item.prompt,
        "help": item.help,
        "passages": [_pieces(one) for one in item.passages],
        "picture": [item.picture.drawn, item.picture.caption, item.picture.credit] if item.picture else [],
        "sentences": shown,
        "units": {unit.id: _unit(unit) for unit in item.units},
        "answers": _answers(item.answers),
        "questions": {one.id: [one.text, _answers(one.answers)] for one in item.questions},
    }
    return {name: value for name, value in form.items() if value}


def _unit(unit: Unit) -> list[Any]:
    return [_pieces(unit.pieces), _pieces(unit.other), unit.words]


def _pieces(pieces: Sequence[Piece]) -> list[Any]:
    return [[piece.text, piece.asked] for piece in pieces]


def _answers(answers: Sequence[AnswerText]) -> dict[str, list[str]]:
    return {one.id: [one.text, one.hint] for one in answers}


def _hashed(form: dict[str, Any]) -> str:
    written = json.dumps(form, ensure_ascii=False, sort_keys=True)
    return sha256(written.encode()).hexdigest()[:LENGTH]
