"""Shares in hundredths: all and none are said of nothing that is nearly so."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.share import hundredths


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_is_near_and_only_all_is_100(share: tuple[int, int]) -> None:
    count, of = share
    said = hundredths(Fraction(count, of))
    assert said == hundredths(count / of)
    assert abs(said - 100 * count / of) <= 1
    assert (said == 100) == (count == of)
    assert (said == 0) == (count == 0)
