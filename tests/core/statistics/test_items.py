"""Item statistics: by hand, and what is withheld."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.formats.choice import Choice
from quiz.core.formats.classify import Classify
from quiz.core.statistics.interval import wilson
from quiz.core.statistics.items import WHOLE, Tried, Wrong, of_item, wrong_answers


def tried(points: Fraction | int | None, rest: int = 0, **wrong: str) -> Tried:
    own = None if points is None else Fraction(points)
    return Tried(points=own, total=(own or 0) + Fraction(rest), wrong=wrong)


def test_share_right_and_facility_by_hand() -> None:
    # 6 of 8 right: 0.75
    figures = of_item([tried(1)] * 6 + [tried(0)] * 2)
    assert figures is not None and figures.right is not None
    assert (figures.tried, figures.facility) == (8, 0.75)
    assert (figures.right.share, figures.right.interval) == (0.75, wilson(6, 8))


def test_points_between_have_a_mean_and_no_share() -> None:
    # (1 + 1/2 + 1/2 + 0 + 1/2) / 5 = 1/2
    figures = of_item([tried(points) for points in (1, Fraction(1, 2), Fraction(1, 2), 0, Fraction(1, 2))])
    assert figures is not None
    assert figures.facility == 0.5 and figures.right is None


def test_what_no_person_has_marked_yet_is_tried_and_no_more() -> None:
    unmarked = of_item([tried(None)] * 6)
    assert unmarked is not None
    assert (unmarked.tried, unmarked.facility, unmarked.right) == (6, None, None)
    some = of_item([tried(None)] * 6 + [tried(1)] * 4)
    assert some is not None and some.facility is None and some.right is None
    enough = of_item([tried(None)] * 6 + [tried(1)] * 4 + [tried(0)])
    assert enough is not None and enough.tried == 11 and enough.facility == 0.8


def test_four_are_too_few_to_say() -> None:
    assert of_item([tried(1)] * 4) is None
    assert of_item([tried(1)] * 5) is not None


def test_the_most_frequent_wrong_answer_by_unit_and_the_first_of_equal_ones() -> None:
    answers = [
        *[tried(0, c1="hinted", c2="own-voice")] * 6,
        *[tried(0, c1="own-voice", c2="hinted")] * 5,
        *[tried(0, c2="hinted")],
        *[tried(1)] * 9,
    ]
    figures = of_item(answers)
    assert figures is not None
    assert figures.wrong == (
        Wrong(unit="c1", given="hinted", count=6),
        Wrong(unit="c2", given="hinted", count=6),
    )


def test_wrong_answers_of_too_few_are_withheld_and_those_that_give_them_away() -> None:
    # c1: 4 wrong; c2: 6 and 3, so 6 would tell the 3; c3: 6, 2 and 1, where 3 may be either way round
    answers = [
        *[tried(0, c1="x", c2="x", c3="x")] * 4,
        *[tried(0, c2="x", c3="x")] * 2,
        *[tried(0, c2="y", c3="y")] * 2,
        tried(0, c2="y", c3="z"),
        *[tried(1)] * 11,
    ]
    figures = of_item(answers)
    assert figures is not None
    assert figures.wrong == (Wrong(unit="c3", given="x", count=6),)


def test_correlation_with_the_rest_by_hand() -> None:
    # 15 learners right, 15 wrong; rests 6 and 4 of the right (10 and 5 of them), 4 and 2 of the wrong (5, 10)
    # means: 0.5; (10 * 6 + 5 * 4 + 5 * 4 + 10 * 2) / 30 = 4
    # products of deviations: 10 * 0.5 * 2 + 10 * 0.5 * 2 = 20
    # squares: 30 * 0.25 = 7.5; 10 * 4 + 10 * 4 = 80; r = 20 / sqrt(600) = 0.8165
    answers = [tried(1, 6)] * 10 + [tried(1, 4)] * 5 + [tried(0, 4)] * 5 + [tried(0, 2)] * 10
    figures = of_item(answers)
    assert figures is not None
    assert figures.rest_correlation == pytest.approx(0.8165, abs=1e-4)
    turned = of_item([tried(1, -6)] * 10 + [tried(1, -4)] * 5 + [tried(0, -4)] * 5 + [tried(0, -2)] * 10)
    assert turned is not None
    assert turned.rest_correlation == pytest.approx(-0.8165, abs=1e-4)


def test_an_item_does_not_go_with_itself() -> None:
    alone = of_item([tried(1, 3)] * 15 + [tried(0, 3)] * 15)
    assert alone is not None and alone.rest_correlation is None


def test_correlation_needs_thirty_learners_and_both_to_vary() -> None:
    def correlation(answers: list[Tried]) -> float | None:
        figures = of_item(answers)
        assert figures is not None
        return figures.rest_correlation

    assert correlation([tried(1, 2)] * 15 + [tried(0, 1)] * 14) is None
    assert correlation([tried(1, 2)] * 15 + [tried(0, 1)] * 14 + [tried(None, 1)]) is None
    assert correlation([tried(1, 2)] * 15 + [tried(0, 1)] * 15) == pytest.approx(1)
    assert correlation([tried(1, 2)] * 15 + [tried(1, 1)] * 15) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 40)), min_size=5, max_size=40))
def test_figures_stay_in_their_ranges(made: list[tuple[int, int]]) -> None:
    figures = of_item([tried(Fraction(quarter, 4), rest) for quarter, rest in made])
    assert figures is not None and figures.facility is not None
    assert 0 <= figures.facility <= 1
    assert figures.rest_correlation is None or -1.000001 <= figures.rest_correlation <= 1.000001


def test_what_a_mark_finds_wrong() -> None:
    classify = Classify(answers=("sourced", "hinted"), rows={"c1": "sourced", "c2": "hinted"})
    mark = classify.mark(classify.read({"row-c1": ["hinted"], "leave_empty": ["yes"]}))
    assert wrong_answers(mark, one_answer=False) == {"c1": "hinted"}
    several = Choice(right=frozenset("ab"), wrong=frozenset("cd"), several=True)
    mark = several.mark(several.read({"option": ["a", "c"]}))
    assert wrong_answers(mark, one_answer=False) == {"b": "left", "c": "marked"}
    empty = several.mark(several.read({"leave_empty": ["yes"]}))
    assert wrong_answers(empty, one_answer=False) == {}


def test_a_choice_of_one_option_is_one_unit() -> None:
    choice = Choice(right=frozenset("a"), wrong=frozenset("bc"))
    assert wrong_answers(choice.mark(choice.read({"option": ["b"]})), one_answer=True) == {WHOLE: "b"}
    assert wrong_answers(choice.mark(choice.read({"option": ["a"]})), one_answer=True) == {}
    assert wrong_answers(choice.mark(choice.read({"leave_empty": ["yes"]})), one_answer=True) == {}
