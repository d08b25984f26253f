"""The same test for both sides: by hand, what is too few, and simulated classes."""

from collections.abc import Callable, Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.statistics.mirrors import Mirrors, Reader, mirrored

PAIRS = ["m01", "m02", "m03", "m04", "m05", "m06"]


def version(place: int, pair: int) -> str:
    """Halves alternate; a half meets version a of every other pair, and b of the rest."""
    return "ab"[(place + pair) % 2]


def readers(right: Callable[[str, str, int], bool], learners: int = 10, pairs: int = 4) -> list[Reader]:
    """Learners by turns in half a and b; `right` says by pair, version and learner."""
    return [
        Reader(
            half="ab"[place % 2],
            met={
                name: (version(place, pair), right(name, version(place, pair), place))
                for pair, name in enumerate(PAIRS[:pairs])
            },
        )
        for place in range(learners)
    ]


def found(there: list[Reader], seed: int = 1) -> Mirrors:
    figures = mirrored(there, Random(seed), times=200)
    assert figures is not None
    return figures


def test_by_hand() -> None:
    # Ten learners, four pairs, five learners a version. Version a: all 5 right. Version b: of m01 nobody,
    # of m02 the learners 0, 2 and 4 (of 0, 2, 4, 6, 8), of m03 and m04 all.
    # m01: 1 - 0 = 1; m02: 1 - 3/5 = 2/5; m03, m04: 0; the mean (1 + 2/5) / 4 = 0.35
    def right(pair: str, version: str, place: int) -> bool:
        return version == "a" or (pair != "m01" and (pair != "m02" or place < 5))

    figures = found(readers(right))
    assert figures.difference == pytest.approx(0.35)
    assert (figures.pairs, figures.learners) == (4, 10)
    assert figures.interval is not None and figures.interval.holds(0.35)


def test_versions_exchanged_turn_the_difference_round() -> None:
    first = found(readers(lambda pair, version, place: version == "a" or place % 3 == 0))
    second = found(readers(lambda pair, version, place: version == "b" or place % 3 == 0))
    assert first.difference > 0 > second.difference


def test_every_pair_weighs_the_same_however_many_met_it() -> None:
    # Six more learners met m01 alone, and were right: m01 stays 1 - 1 = 0; the others 1 - 0; 3/4
    base = readers(lambda pair, version, place: version == "a" or pair == "m01")
    more = [Reader(half="ab"[n % 2], met={"m01": ("ab"[n % 2], True)}) for n in range(6)]
    assert found(base).difference == found([*base, *more]).difference == 0.75
    assert found([*base, *more]).learners == 16


def test_only_pairs_met_in_both_versions_count() -> None:
    there = readers(lambda pair, version, place: place % 3 > 0)
    one_sided = [
        Reader(half=one.half, met={**one.met, "m09": ("a", True)} if one.half == "a" else one.met)
        for one in there
    ]
    assert found(one_sided) == found(there)
    stranger = Reader(half="a", met={"m09": ("a", True)})
    assert found([*there, stranger]).learners == 10


def always(pair: str, version: str, place: int) -> bool:
    return place % 3 > 0


def test_too_few_to_say() -> None:
    assert mirrored(readers(always, learners=9), Random(1)) is None
    assert mirrored(readers(always, pairs=3), Random(1)) is None
    assert mirrored(readers(always, learners=20)[::2], Random(1)) is None
    assert mirrored([], Random(1)) is None
    nobody = [Reader(half="a", met={})] * 9
    assert mirrored([*readers(always, learners=9), *nobody], Random(1)) is None


def test_a_single_learner_in_a_half_is_too_few() -> None:
    met = [{pair: ("ab"[(n + k) % 2], n % 3 > 0) for k, pair in enumerate(PAIRS)} for n in range(12)]
    assert mirrored([Reader(half="a", met=one) for one in met], Random(1)) is not None
    lone = [Reader(half="a" if n else "b", met=one) for n, one in enumerate(met)]
    assert mirrored(lone, Random(1)) is None


def test_where_all_are_alike_there_is_a_difference_and_no_interval() -> None:
    figures = found(readers(lambda pair, version, place: version == "a"))
    assert (figures.difference, figures.interval) == (1, None)


@given(st.integers())
def test_the_same_random_gives_the_same_interval(seed: int) -> None:
    assert found(readers(always), seed) == found(readers(always), seed)


HARDER = dict(zip(PAIRS, (-0.1, -0.1, 0, 0, 0.1, 0.1), strict=True))

BAD: list[tuple[str, Mapping[str, tuple[str, bool]]]] = [("c", {}), ("a", {"m01": ("c", True)})]


@pytest.mark.parametrize(("half", "met"), BAD)
def test_what_is_no_half_or_version_is_refused(half: str, met: Mapping[str, tuple[str, bool]]) -> None:
    with pytest.raises(ValueError, match="a half or a version"):
        Reader(half=half, met=met)


@pytest.mark.parametrize(("side", "seed"), [(0.0, 21), (0.15, 22)])
def test_95_of_100_intervals_hold_the_true_difference(side: float, seed: int) -> None:
    """Learners differ in ability, pairs in difficulty; version a is right more often by `side`."""
    random, classes, held = Random(seed), 600, 0
    for _ in range(classes):
        ability = [random.uniform(0.4, 0.7) for _ in range(random.randint(24, 28))]

        def right(pair: str, version: str, place: int, ability: list[float] = ability) -> bool:
            return random.random() < ability[place] - HARDER[pair] + side * (version == "a")

        figures = mirrored(readers(right, learners=len(ability), pairs=6), random, times=159)
        assert figures is not None and figures.interval is not None
        held += figures.interval.holds(side)
    assert 0.92 <= held / classes <= 0.98
