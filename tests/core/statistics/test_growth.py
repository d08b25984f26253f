"""Before and after: by hand, and in simulated classes whose true growth is known."""

from collections import Counter
from dataclasses import replace
from random import Random
from statistics import NormalDist, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.statistics.growth import Change, FormResult, Growth, Pupil, Sign, growth
from quiz.core.statistics.interval import Interval
from quiz.core.statistics.signal import Counts

FIGURES = ("sound", "right", "discrimination", "bias", "pairs")


def form(hits: int, left: int, *, sound_right: int = 2, pairs_right: int = 2) -> FormResult:
    """`hits` of 8 sources recognised, `left` of 8 assertions left; 5 of the sources are sound."""
    return FormResult(
        right=hits + left,
        sound_right=sound_right,
        sound=5,
        counts=Counts(signal=8, hits=hits, noise=8, false_alarms=8 - left),
        pairs_right=pairs_right,
    )


FIVE = [
    Pupil(half="a", before=form(4, 4), after=form(6, 4)),
    Pupil(half="a", before=form(4, 6), after=form(6, 6)),
    Pupil(half="a", before=form(4, 5), after=form(6, 8)),
    Pupil(half="b", before=form(6, 4, pairs_right=1), after=form(6, 7, sound_right=3)),
    Pupil(half="b", before=form(6, 6, pairs_right=1), after=form(8, 8, sound_right=4)),
]
"""Half a: right 8, 10, 9, then 10, 12, 14. Half b: right 10, 12, then 13, 16."""


def grown(pupils: list[Pupil], seed: int = 1) -> Growth:
    found = growth(pupils, Random(seed), times=200)
    assert found is not None
    return found


def test_halves_weigh_the_same_by_hand() -> None:
    # before: (27/3 + 22/2) / 2 = (9 + 11) / 2 = 10; after: (36/3 + 29/2) / 2 = (12 + 14.5) / 2 = 13.25
    # changes: a 2, 2, 5, mean 3; b 3, 4, mean 3.5; their mean 3.25 (over all learners it were 3.2)
    right = grown(FIVE).right
    assert (right.before, right.after, right.change) == (10, 13.25, 3.25)
    assert grown(FIVE).learners == {"a": 3, "b": 2}


def test_sound_sources_and_pairs_by_hand() -> None:
    # sound: a 2/5 before and after; b 2/5, then (3/5 + 4/5) / 2 = 7/10: change (0 + 3/10) / 2 = 0.15
    sound, pairs = grown(FIVE).sound, grown(FIVE).pairs
    assert sound is not None
    assert sound.before == pytest.approx(0.4)
    assert sound.after == pytest.approx(0.55)
    assert sound.change == pytest.approx(0.15)
    # pairs: a 2 and 2; b 1, then 2: before (2 + 1) / 2 = 1.5, change (0 + 1) / 2 = 0.5
    assert (pairs.before, pairs.after, pairs.change) == (1.5, 2, 0.5)


def test_discrimination_and_bias_come_from_the_sums_of_each_half() -> None:
    # a, hits 12 of 24 then 18 of 24: 12.5/25 = 0.5, z = 0; 18.5/25 = 0.74, z = 0.6433
    # a, false alarms 9 of 24 then 6 of 24: 9.5/25 = 0.38, z = -0.3055; 6.5/25 = 0.26, z = -0.6433
    # b, hits 12 of 16 then 14 of 16: 12.5/17 = 0.7353, z = 0.6289; 14.5/17 = 0.8529, z = 1.0491
    # b, false alarms 6 of 16 then 1 of 16: 6.5/17 = 0.3824, z = -0.2993; 1.5/17 = 0.0882, z = -1.3517
    # d' a: 0.3055, 1.2867; b: 0.9282, 2.4008; before 0.6169, after 1.8438, change 1.2269
    # c a: 0.1527, 0; b: -0.1648, 0.1513; before -0.0060, after 0.0756, change 0.0817
    found = grown(FIVE)
    assert found.discrimination is not None and found.bias is not None
    assert found.discrimination.before == pytest.approx(0.6169, abs=1e-3)
    assert found.discrimination.after == pytest.approx(1.8438, abs=1e-3)
    assert found.discrimination.change == pytest.approx(1.2269, abs=1e-3)
    assert found.bias.before == pytest.approx(-0.0060, abs=1e-3)
    assert found.bias.after == pytest.approx(0.0756, abs=1e-3)
    assert found.bias.change == pytest.approx(0.0817, abs=1e-3)


def test_the_difficulty_of_a_form_is_no_growth() -> None:
    easy, hard = form(8, 6), form(5, 5)
    pupils = [Pupil(half="a", before=easy, after=hard)] * 9 + [Pupil(half="b", before=hard, after=easy)] * 3
    assert grown(pupils).right.change == 0


@pytest.mark.parametrize(("a", "b"), [(0, 9), (9, 0), (1, 20), (20, 1), (2, 2), (0, 0)])
def test_too_few_to_say(a: int, b: int) -> None:
    one = form(4, 4)
    pupils = [Pupil(half="a", before=one, after=one)] * a + [Pupil(half="b", before=one, after=one)] * b
    assert growth(pupils, Random(1)) is None


def test_five_with_two_in_a_half_are_enough() -> None:
    assert grown(FIVE).right.interval is not None


def test_where_all_changed_alike_nothing_says_how_sure_that_is() -> None:
    pupils = [Pupil(half=half, before=form(4, 4), after=form(6, 4)) for half in "aaabbb"]
    right = grown(pupils).right
    assert (right.change, right.interval, right.sign) == (2, None, Sign.NO_SIGN)


def test_what_rounding_leaves_is_no_difference_between_learners() -> None:
    def sound(right: int) -> FormResult:
        return form(4, 4, sound_right=right)

    assert 3 / 5 - 2 / 5 != 4 / 5 - 3 / 5
    found = grown(
        [Pupil(half=half, before=sound(n), after=sound(n + 1)) for half in "ab" for n in (1, 2, 3)]
    ).sound
    assert found is not None
    assert found.change == pytest.approx(0.2) and found.interval is None


@pytest.mark.parametrize(
    ("low", "high", "sign"),
    [(0.1, 2, Sign.GROWN), (-2, -0.1, Sign.FALLEN), (-0.1, 2, Sign.NO_SIGN), (0, 2, Sign.NO_SIGN)],
)
def test_sign(low: float, high: float, sign: Sign) -> None:
    mean = (low + high) / 2
    change = Change(before=5, after=5 + mean, change=mean, interval=Interval(low=low, high=high))
    assert change.sign is sign
    assert replace(grown(FIVE), right=change).sign is sign


def test_a_form_without_what_is_counted_gives_no_figure_of_it() -> None:
    no_sound = replace(form(4, 4), sound=0, sound_right=0)
    assert grown([*FIVE, Pupil(half="a", before=no_sound, after=form(4, 4))]).sound is None
    no_noise = replace(form(4, 4), counts=Counts(signal=16, hits=9))
    found = grown([Pupil(half=half, before=form(4, 4), after=no_noise) for half in "aaabbb"])
    assert found.discrimination is None and found.bias is None


@given(st.integers())
def test_the_same_random_gives_the_same_growth(seed: int) -> None:
    assert growth(FIVE, Random(seed), times=50) == growth(FIVE, Random(seed), times=50)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="within 16 statements"):
        replace(form(4, 4), right=17)
    with pytest.raises(ValueError, match="within 16 statements and 4 pairs"):
        replace(form(4, 4), pairs_right=5)
    with pytest.raises(ValueError, match="more sound sources"):
        replace(form(4, 4), sound_right=6)
    with pytest.raises(ValueError, match="no half"):
        Pupil(half="c", before=form(4, 4), after=form(4, 4))


HARDER = 0.06
"""By how much an answer is less often right on form Y than on X, twice."""
LEAST, MOST = 0.4, 0.75
"""Abilities, as the chance of being right, spread evenly."""


def done(random: Random, chance: float) -> FormResult:
    def of(statements: int) -> int:
        return sum(random.random() < chance for _ in range(statements))

    sound = of(5)
    return form(sound + of(3), of(8), sound_right=sound, pairs_right=of(4))


def simulated(random: Random, gain: float) -> list[Pupil]:
    """A class of 24 to 28, each with an ability; after, each is right more often by `gain`."""
    pupils = []
    for place in range(random.randint(24, 28)):
        first = HARDER if place % 2 else -HARDER
        ability = random.uniform(LEAST, MOST)
        before, after = done(random, ability - first), done(random, ability + gain + first)
        pupils.append(Pupil(half="ab"[place % 2], before=before, after=after))
    return pupils


def true_changes(gain: float) -> dict[str, float]:
    """The growth of each figure in a class without end. Right is as likely for sources as for assertions,
    so d' is twice the quantile of the share right, and there is no bias.
    """
    z, middle = NormalDist().inv_cdf, (LEAST + MOST) / 2
    d_primes = [2 * (z(middle + gain + first) - z(middle - first)) for first in (HARDER, -HARDER)]
    return {
        "sound": gain,
        "right": 16 * gain,
        "discrimination": fmean(d_primes),
        "bias": 0,
        "pairs": 4 * gain,
    }


@pytest.mark.parametrize(("gain", "seed"), [(0.0, 11), (0.1, 12)])
def test_95_of_100_intervals_hold_the_true_growth(gain: float, seed: int) -> None:
    random, classes = Random(seed), 500
    truth, held, signs = true_changes(gain), Counter[str](), Counter[Sign]()
    for _ in range(classes):
        found = growth(simulated(random, gain), random, times=159)
        assert found is not None
        signs[found.sign] += 1
        for figure in FIGURES:
            interval = getattr(found, figure).interval
            held[figure] += interval is not None and interval.holds(truth[figure])
    shares = {figure: held[figure] / classes for figure in FIGURES}
    assert all(0.92 <= share <= 0.98 for share in shares.values()), shares
    if gain == 0:
        assert 0.92 <= signs[Sign.NO_SIGN] / classes <= 0.98
    else:
        assert signs[Sign.FALLEN] == 0
