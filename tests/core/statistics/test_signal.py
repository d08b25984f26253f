"""Discrimination and bias: by hand, and how they move."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.article import TwoWay
from quiz.core.statistics.signal import Counts, bias, d_prime

S, A = TwoWay.SOURCED, TwoWay.ASSERTION


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    signal, noise = draw(st.integers(0, 60)), draw(st.integers(0, 60))
    hits, false_alarms = draw(st.integers(0, signal)), draw(st.integers(0, noise))
    return Counts(signal=signal, hits=hits, noise=noise, false_alarms=false_alarms)


def test_pairs_are_counted_with_a_stated_source_as_the_signal() -> None:
    pairs = [(S, S), (S, S), (S, A), (A, S), (A, A), (A, A), (A, A)]
    assert Counts.of(pairs) == Counts(signal=3, hits=2, noise=4, false_alarms=1)
    assert Counts.of([]) == Counts()


def test_by_hand() -> None:
    # hits 18 of 20: 18.5 / 21 = 0.88095, z = 1.1798
    # false alarms 5 of 20: 5.5 / 21 = 0.26190, z = -0.6375
    # d' = 1.1798 + 0.6375 = 1.8173; c = -(1.1798 - 0.6375) / 2 = -0.2712
    counts = Counts(signal=20, hits=18, noise=20, false_alarms=5)
    assert d_prime(counts) == pytest.approx(1.8173, abs=1e-4)
    assert bias(counts) == pytest.approx(-0.2712, abs=1e-4)


def test_all_right_stays_finite_by_the_correction() -> None:
    # hits 8 of 8: 8.5 / 9 = 0.94444, z = 1.5932; false alarms 0 of 8: 0.5 / 9, z = -1.5932
    perfect = Counts(signal=8, hits=8, noise=8, false_alarms=0)
    assert d_prime(perfect) == pytest.approx(3.1864, abs=1e-4)
    assert bias(perfect) == pytest.approx(0)


def test_the_same_answer_to_everything_is_all_bias() -> None:
    # always "assertion": both rates 0.5 / 9, z = -1.5932, so c = 1.5932; always "sourced": -1.5932
    never = Counts(signal=8, hits=0, noise=8, false_alarms=0)
    always = Counts(signal=8, hits=8, noise=8, false_alarms=8)
    assert d_prime(never) == d_prime(always) == 0
    assert bias(never) == pytest.approx(1.5932, abs=1e-4)
    assert bias(always) == pytest.approx(-1.5932, abs=1e-4)


@given(counts())
def test_one_more_hit_discriminates_better_and_one_more_false_alarm_worse(one: Counts) -> None:
    more_hits = one + Counts(signal=1, hits=1)
    more_misses = one + Counts(signal=1)
    assert d_prime(more_hits) > d_prime(one) > d_prime(more_misses)
    more_alarms = one + Counts(noise=1, false_alarms=1)
    more_left = one + Counts(noise=1)
    assert d_prime(more_alarms) < d_prime(one) < d_prime(more_left)
    assert bias(more_hits) < bias(one) < bias(more_misses)
    assert bias(more_alarms) < bias(one) < bias(more_left)


@given(counts())
def test_the_other_answer_throughout_turns_both_round(one: Counts) -> None:
    other = Counts(
        signal=one.signal,
        hits=one.signal - one.hits,
        noise=one.noise,
        false_alarms=one.noise - one.false_alarms,
    )
    assert d_prime(other) == pytest.approx(-d_prime(one))
    assert bias(other) == pytest.approx(-bias(one))


@given(st.lists(counts(), max_size=5))
def test_a_class_is_the_sum_of_its_learners(many: list[Counts]) -> None:
    total = sum(many, Counts())
    assert total.signal == sum(one.signal for one in many)
    assert total.hits == sum(one.hits for one in many)
    assert total.noise == sum(one.noise for one in many)
    assert total.false_alarms == sum(one.false_alarms for one in many)


@pytest.mark.parametrize("wrong", [{"hits": 1}, {"signal": 2, "hits": -1}, {"noise": 1, "false_alarms": 2}])
def test_more_hits_than_signals_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="than there were decisions"):
        Counts(**wrong)
