"""Taking units out: the rest is marked as if they had never counted."""

from fractions import Fraction
from random import Random

import pytest

from quiz.core.formats.taking_out import without
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.mark import Verdict
from tests.web.ways import right


def every_item(library: Library) -> list[Item]:
    return [item for item in [*library.items.values(), *library.bank.values()] if item.format.units]


def test_without_any_unit_of_its_own_an_item_is_marked_as_before(library: Library) -> None:
    for item in every_item(library):
        assert without(item.format, {"no-such-unit"}) is item.format


@pytest.mark.parametrize("seed", range(5))
def test_the_key_still_earns_the_whole_point_and_what_is_out_is_open(library: Library, seed: int) -> None:
    random = Random(seed)
    for item in every_item(library):
        units = sorted(item.format.units)
        out = set(random.sample(units, random.randint(1, len(units))))
        left = without(item.format, out)
        if left is None:
            continue
        mark = left.mark(item.format.read(right(item)))
        assert mark.points == 1, item.id
        judged = {unit.unit: unit.verdict for unit in mark.units}
        assert all(judged[unit] is Verdict.OPEN for unit in out & judged.keys()), item.id


def test_nothing_is_left_without_all_units(library: Library) -> None:
    for item in every_item(library):
        assert without(item.format, item.format.units) is None, item.id


def test_a_wrong_mark_that_is_out_costs_nothing(library: Library) -> None:
    format = library.items["alleged-support/B1"].format
    answer = format.read({"mark": ["s1", "s4", "s5", "s13", "s2"]})
    assert format.mark(answer).points == Fraction(9, 10)
    left = without(format, {"s2"})
    assert left is not None and left.mark(answer).points == 1
