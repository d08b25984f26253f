"""Marking an answer, and what is kept of each unit so that no figure needs the item again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from quiz.core.article import Article, Bin, TwoWay
from quiz.core.formats.choice import Choice
from quiz.core.item import Item, Note
from quiz.core.mark import Judged, Mark, Verdict
from quiz.core.skills import Skill

BINS = {one.value: one for one in Bin}
NO_NOTE = Note(wrong={})


def mark(item: Item, answer: Any, articles: Mapping[str, Article]) -> Mark:
    """Mark an answer that the item's format has read. Never fails.

    Each unit also gets its skill, the misconception it shows, and the two sides of a decision between a
    stated source and none.
    """
    bare = item.format.mark(answer)
    sides = _sides(item, bare, articles)
    one_answer = isinstance(item.format, Choice) and not item.format.several
    return replace(
        bare,
        units=tuple(
            _with_note(
                replace(
                    unit,
                    skill=item.skill,
                    decides=not one_answer or unit.key == "marked",
                    sound=item.sound is True and unit.key == "marked",
                ),
                item.notes.get(unit.unit, NO_NOTE),
                *sides.get(unit.unit, (None, None)),
            )
            for unit in bare.units
        ),
    )


def sides_of_key(item: Item, articles: Mapping[str, Article]) -> dict[str, TwoWay]:
    """The key's side of each unit that is a decision between a stated source and none."""
    right = next((one.fields for one in item.format.examples() if one.name == "right"), None)
    if right is None:
        return {}
    units = mark(item, item.format.read(right), articles).units
    return {unit.unit: unit.side for unit in units if unit.side}


def _with_note(unit: Judged, note: Note, side: TwoWay | None, given_side: TwoWay | None) -> Judged:
    return replace(
        unit,
        side=side,
        given_side=given_side,
        misconception=_shown(unit, note),
        could=() if unit.verdict is Verdict.OPEN else _listed(note),
    )


def _shown(unit: Judged, note: Note) -> str:
    """What a wrong answer to the unit misunderstands; empty where the note names nothing."""
    if unit.verdict in {Verdict.OVER, Verdict.MISSED}:
        return note.misconception
    if unit.verdict is Verdict.MISPLACED and unit.given in note.wrong:
        return note.wrong[unit.given].misconception
    return ""


def _listed(note: Note) -> tuple[str, ...]:
    """Every misconception that an answer to the unit could show."""
    named = {note.misconception, *(wrong.misconception for wrong in note.wrong.values())}
    return tuple(sorted(named - {""}))


Sides = Mapping[str, tuple[TwoWay | None, TwoWay | None]]
"""By unit: the key's side, and the answer's; the second is None where nothing was given."""


def _sides(item: Item, bare: Mark, articles: Mapping[str, Article]) -> Sides:
    """The two-way decisions of an item about sourcing; neutral units and items of other skills have none."""
    if item.skill is not Skill.SOURCING:
        return {}
    scored = [unit for unit in bare.units if unit.verdict is not Verdict.OPEN]
    if item.spot_unit:
        return _of_marks(item, scored, articles)
    if isinstance(item.format, Choice):
        return _of_options(scored)
    return {
        unit.unit: (_side(unit.key), _side(unit.given))
        for unit in scored
        if unit.key in BINS and (unit.given in BINS or not unit.given)
    }


def _of_marks(item: Item, scored: list[Judged], articles: Mapping[str, Article]) -> Sides:
    """A marked claim takes the side of the item's keys, an unmarked one the other."""
    if item.article is None or item.spot_unit != "claim":
        return {}
    claims = articles[item.article].claims
    of = {unit.unit: claims[unit.unit].label.two_way for unit in scored}
    signal = {of[unit.unit] for unit in scored if unit.key == "marked"}
    if len(signal) != 1:
        return {}
    marked = signal.pop()
    unmarked = TwoWay.ASSERTION if marked is TwoWay.SOURCED else TwoWay.SOURCED
    return {unit.unit: (of[unit.unit], marked if unit.given == "marked" else unmarked) for unit in scored}


def _of_options(scored: list[Judged]) -> Sides:
    """A forced choice among the three bins is one decision, on the right option; other choices are none."""
    if {unit.unit for unit in scored} != BINS.keys():
        return {}
    picked = next((_side(unit.unit) for unit in scored if unit.given == "marked"), None)
    return {unit.unit: (_side(unit.unit), picked) for unit in scored if unit.key == "marked"}


def _side(answer: str) -> TwoWay | None:
    if answer not in BINS:
        return None
    return TwoWay.SOURCED if BINS[answer] is Bin.SOURCED else TwoWay.ASSERTION
