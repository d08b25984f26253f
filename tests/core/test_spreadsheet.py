"""Cells of a CSV: nothing that a spreadsheet could run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.spreadsheet import DANGEROUS, disarmed


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_what_could_be_a_formula_is_disarmed(cell: str) -> None:
    assert disarmed(cell) == "'" + cell


@given(st.text())
def test_no_cell_starts_like_a_formula(cell: str) -> None:
    assert not disarmed(cell).lstrip().startswith(DANGEROUS)
    assert disarmed(cell).endswith(cell)
