"""Taking units out of the count: then they are shown and never counted, as where readers differ."""

from collections.abc import Set
from dataclasses import replace

from quiz.core.formats import AnyFormat
from quiz.core.formats.choice import Choice
from quiz.core.formats.classify import Classify
from quiz.core.formats.grid import Grid
from quiz.core.formats.spot import Spot


def without(format: AnyFormat, units: Set[str]) -> AnyFormat | None:
    """The same key with these units neutral; None where nothing is left that could be counted."""
    out = format.units & units
    if not out:
        return format
    match format:
        case Spot():
            return _spot(format, out)
        case Choice():
            return _choice(format, out)
        case Classify():
            rows = {unit: key for unit, key in format.rows.items() if unit not in out}
            return replace(format, rows=rows, neutral=format.neutral | out) if rows else None
        case Grid():
            return _grid(format, out)
    return format


def _spot(format: Spot, out: Set[str]) -> Spot | None:
    keys = format.keys - out
    if format.keys and not keys:
        return None
    noise = tuple(left for group in format.noise if (left := group - out))
    return replace(format, keys=keys, noise=noise, neutral=format.neutral | out)


def _choice(format: Choice, out: Set[str]) -> Choice | None:
    """One answer of one option is a single question: whatever is out, all of it is.

    Of several, nothing is left without a right option, or with nothing to tell it from.
    """
    if not format.several:
        return None
    right, wrong = format.right - out, format.wrong - out
    return (
        replace(format, right=right, wrong=wrong, neutral=format.neutral | out) if right and wrong else None
    )


def _grid(format: Grid, out: Set[str]) -> Grid | None:
    cells = {
        question: {row: key for row, key in rows.items() if format.unit(question, row) not in out}
        for question, rows in format.cells.items()
    }
    left = {question: rows for question, rows in cells.items() if rows}
    return replace(format, cells=left) if left else None
