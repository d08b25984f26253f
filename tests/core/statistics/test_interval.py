"""Wilson's interval by hand; the bootstrap by its properties, and by how often it holds the truth."""

from collections.abc import Sequence
from math import inf, nan, sqrt
from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.statistics.interval import Interval, bootstrap, student_t, wilson


def mean_of_means(groups: Sequence[Sequence[float]]) -> float:
    return fmean(map(fmean, groups))


def test_an_interval_holds_its_ends() -> None:
    interval = Interval(low=-1, high=2)
    assert interval.holds(-1) and interval.holds(0) and interval.holds(2)
    assert not interval.holds(-1.01) and not interval.holds(2.01)


def test_wilson_by_hand() -> None:
    # 8 of 10, z = 1.96, z2 = 3.8415. Divisor: 1 + 3.8415 / 10 = 1.38415
    # centre: (0.8 + 3.8415 / 20) / 1.38415 = 0.99207 / 1.38415 = 0.71674
    # reach: 1.96 * sqrt(0.8 * 0.2 / 10 + 3.8415 / 400) / 1.38415 = 1.96 * 0.16002 / 1.38415 = 0.22659
    interval = wilson(8, 10)
    assert interval.low == pytest.approx(0.4902, abs=1e-4)
    assert interval.high == pytest.approx(0.9433, abs=1e-4)


def test_wilson_at_the_ends_by_hand() -> None:
    # 0 of 10: centre = reach = z2 / 20 / (1 + z2 / 10) = 0.19207 / 1.38415 = 0.13877, so 0 to 0.2775
    assert wilson(0, 10).low == 0 and wilson(0, 10).high == pytest.approx(0.2775, abs=1e-4)
    assert wilson(10, 10).high == 1 and wilson(10, 10).low == pytest.approx(0.7225, abs=1e-4)
    assert wilson(0, 0) == Interval(low=0, high=1)


@given(st.integers(0, 400).flatmap(lambda tried: st.tuples(st.integers(0, tried), st.just(tried))))
def test_wilson_lies_within_0_and_1_and_holds_the_share(one: tuple[int, int]) -> None:
    right, tried = one
    interval = wilson(right, tried)
    assert 0 <= interval.low < interval.high <= 1
    assert not tried or interval.holds(right / tried)


@pytest.mark.parametrize(("right", "tried"), [(3, 2), (-1, 2)])
def test_wilson_refuses_what_cannot_be(right: int, tried: int) -> None:
    with pytest.raises(ValueError, match="right of"):
        wilson(right, tried)


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(4, 2.7764), (9, 2.2622), (24, 2.0639), (100, 1.9840), (inf, 1.9600)]
)
def test_student_t_is_that_of_the_tables(freedom: float, quantile: float) -> None:
    assert student_t(freedom) == pytest.approx(quantile, abs=1e-3)


VALUES = st.lists(st.integers(-16, 16).map(float), min_size=2, max_size=14)


@given(st.lists(VALUES, min_size=1, max_size=3), st.integers())
def test_the_same_random_gives_the_same_interval(groups: list[list[float]], seed: int) -> None:
    first = bootstrap(groups, mean_of_means, Random(seed), times=60)
    assert first == bootstrap(groups, mean_of_means, Random(seed), times=60)
    assert (first is None) == all(len(set(group)) == 1 for group in groups)


def test_for_one_group_of_a_symmetric_kind_it_is_the_t_interval() -> None:
    # -12 to 12: mean 0, variance with n - 1: 2 * (1 + 4 + ... + 144) / 24 = 1300 / 24 = 54.167
    # standard error: sqrt(54.167 / 25) = 1.472; t with 24 degrees of freedom: 2.0639; reach 3.038
    interval = bootstrap([[float(n) for n in range(-12, 13)]], mean_of_means, Random(1), times=20_000)
    assert interval is not None
    assert interval.low == pytest.approx(-3.038, abs=0.08)
    assert interval.high == pytest.approx(3.038, abs=0.08)


def test_groups_combine_as_welch_and_satterthwaite_do() -> None:
    # -2 -1 -1 1 1 2: squares sum to 12, variance 12 / 5 = 2.4; of the mean 0.4; a quarter of it: 0.1
    # 12 times +-4: squares sum to 192, variance 192 / 11 = 17.4545; of the mean 1.4545; a quarter: 0.3636
    # standard error: sqrt(0.4636) = 0.6809
    # degrees: 0.4636 ** 2 / (0.1 ** 2 / 5 + 0.3636 ** 2 / 11) = 0.21496 / (0.002 + 0.01202) = 15.33
    # t with 15.33 degrees of freedom: 2.128; reach: 1.449
    groups = [[-2.0, -1, -1, 1, 1, 2], [-4.0, 4] * 6]
    interval = bootstrap(groups, mean_of_means, Random(2), times=20_000)
    assert interval is not None
    assert interval.low == pytest.approx(-1.449, abs=0.05)
    assert interval.high == pytest.approx(1.449, abs=0.05)


def test_two_learners_say_next_to_nothing() -> None:
    # -1 and 1: the mean of a resample is -1, 0 or 1, at 1/4, 1/2, 1/4: percentiles -1 and 1.
    # narrow by sqrt(2 / 1) = 1.41421; t with one degree, as expanded, 11.2999: 1.41421 * 11.2999 / 1.95996
    alone = bootstrap([[-1.0, 1]], mean_of_means, Random(1))
    assert alone is not None
    assert alone.low == pytest.approx(-8.1535, abs=1e-3)
    assert alone.high == pytest.approx(8.1535, abs=1e-3)


def test_groups_of_two_and_three_by_hand() -> None:
    # -1 1: variance 2, of the mean 1, a quarter of it 1/4
    # -1 0 1: variance 1, of the mean 1/3, a quarter of it 1/12
    # narrow by: (1/4 + 1/12) / (1/4 * 1/2 + 1/12 * 2/3) = 0.33333 / 0.18056 = 1.84615, its root 1.35873
    # degrees: 0.33333 ** 2 / (0.0625 / 1 + 0.0069444 / 2) = 0.11111 / 0.065972 = 1.68421
    # t, as expanded: 1.95996 + 1.40856 + 0.99503 + 0.53496 + 0.19755 = 5.0961
    # resamples: 1 at 1/4 * 1/27 = 0.009, 5/6 at 1/4 * 3/27 = 0.028, so the 97.5 % quantile is 5/6
    # reach: 5/6 * 1.35873 * 5.0961 / 1.95996 = 2.9440
    interval = bootstrap([[-1.0, 1], [-1.0, 0, 1]], mean_of_means, Random(1), times=20_000)
    assert interval is not None
    assert interval.low == pytest.approx(-2.9440, abs=1e-3)
    assert interval.high == pytest.approx(2.9440, abs=1e-3)


def test_learners_are_drawn_within_their_group_and_as_many() -> None:
    seen: list[tuple[tuple[str, ...], ...]] = []

    def spy(groups: Sequence[Sequence[str]]) -> float:
        seen.append(tuple(tuple(group) for group in groups))
        return float(sum(group.count("x") for group in groups))

    bootstrap([["x", "y", "y"], ["u", "x"]], spy, Random(3), times=50)
    drawn = [groups for groups in seen if tuple(map(len, groups)) == (3, 2)]
    assert len(drawn) == 50 + 1
    assert all(set(first) <= {"x", "y"} and set(second) <= {"u", "x"} for first, second in drawn)
    assert any(len(set(second)) == 1 for _, second in drawn)


def test_where_resampling_cannot_tell_there_is_none() -> None:
    assert bootstrap([[1.0, 2.0], [3.0]], mean_of_means, Random(1)) is None
    assert bootstrap([[0.1] * 9, [0.3] * 7], mean_of_means, Random(1)) is None
    assert bootstrap([[1.0, 2.0]], lambda groups: nan, Random(1)) is None


def test_resamples_without_the_statistic_are_left_out() -> None:
    def of_twos(groups: Sequence[Sequence[float]]) -> float:
        twos = [value for value in groups[0] if value >= 2]
        return fmean(twos) if twos else nan

    interval = bootstrap([[1.0, 1, 2, 2, 3]], of_twos, Random(1), times=400)
    assert interval is not None and interval.holds(7 / 3)
    never = iter([2.0, 1, 2, 3, *[nan] * 400])
    assert bootstrap([[1.0, 2, 3]], lambda groups: next(never, nan), Random(1), times=400) is None


def changed(random: Random) -> float:
    """A change in statements right of 16: most learners gain nothing, 3 of 20 gain much."""
    gain = 0.45 if random.random() < 0.15 else 0
    after = sum(random.random() < 0.5 + gain for _ in range(16))
    return after - sum(random.random() < 0.5 for _ in range(16))


@pytest.mark.parametrize("size", [5, 8, 12, 26])
def test_95_of_100_intervals_hold_the_truth_in_small_groups_too(size: int) -> None:
    random, held, classes = Random(size), 0, 500
    truth = 0.15 * 0.45 * 16
    for _ in range(classes):
        changes = [changed(random) for _ in range(size)]
        interval = bootstrap([changes[::2], changes[1::2]], mean_of_means, random, times=159)
        held += interval is not None and interval.holds(truth)
    assert 0.92 <= held / classes <= 0.98


def test_the_interval_narrows_with_the_root_of_the_learners() -> None:
    few = bootstrap([[-1.0, 0, 1] * 4, [-1.0, 0, 1] * 4], mean_of_means, Random(1))
    many = bootstrap([[-1.0, 0, 1] * 64, [-1.0, 0, 1] * 64], mean_of_means, Random(1))
    assert few is not None and many is not None
    ratio = (few.high - few.low) / (many.high - many.low)
    # standard errors with n - 1: sqrt(1 / 11) / sqrt(1 / 191); t: 2.074 and 1.966
    assert ratio == pytest.approx(sqrt(191 / 11) * 2.074 / 1.966, rel=0.1)
