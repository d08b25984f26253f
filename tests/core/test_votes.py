"""Votes: what a class answered, unit by unit."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.formats.spot import Spot
from quiz.core.mark import Mark
from quiz.core.votes import Votes, votes, worst

FORMAT = Spot(
    keys=frozenset({"s1", "s2"}),
    noise=(frozenset({"s3"}), frozenset({"s4"})),
    neutral=frozenset({"s5"}),
)
UNITS = sorted(FORMAT.units)


def marks(*marked: str) -> list[Mark]:
    return [FORMAT.mark(FORMAT.read({"mark": one.split()})) for one in marked]


def test_votes_worked_by_hand() -> None:
    """Three learners: s2 is found by one of three, s3 is marked wrongly by two, s5 is open."""
    found = votes(marks("s1 s2 s5", "s1 s3", "s1 s3"))
    assert found["s2"] == Votes(unit="s2", key="marked", answers={"marked": 1, "left": 2}, right=1)
    assert (found["s2"].share_right, found["s2"].most, found["s2"].most_wrong) == (
        Fraction(1, 3),
        ("left", 2),
        ("left", 2),
    )
    assert found["s3"].most_wrong == ("marked", 2)
    assert found["s5"].key == "" and found["s5"].most_wrong == ("", 0)
    assert [one.unit for one in worst(found.values(), least=3)] == ["s2", "s3", "s1", "s4"]
    assert worst(found.values(), least=4) == []


@given(st.lists(st.sets(st.sampled_from(UNITS), min_size=1), min_size=1, max_size=12))
def test_every_learner_votes_once_on_every_unit(marked: list[set[str]]) -> None:
    found = votes(marks(*(" ".join(sorted(one)) for one in marked)))
    assert found.keys() == FORMAT.units
    for one in found.values():
        assert one.learners == len(marked)
        assert 0 <= one.share_right <= 1
        assert one.most[1] >= one.most_wrong[1]
    assert not any(one.key == "" for one in worst(found.values(), least=1))
