"""Every format marks exactly; what blind answers earn; what can't be read is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.formats.choice import Choice, ChoiceAnswer
from quiz.core.formats.classify import Classify, ClassifyAnswer
from quiz.core.formats.grid import Grid
from quiz.core.formats.spot import Spot, SpotAnswer
from quiz.core.formats.text import Text
from quiz.core.mark import BadAnswer, Outcome, Unfinished, Verdict

UNITS = [f"s{number}" for number in range(1, 17)]


@st.composite
def spots(draw: st.DrawFn) -> Spot:
    """Keys, noise in groups of one or two, neutral ones: any split of sixteen units."""
    roles = draw(st.lists(st.sampled_from("knn0"), min_size=16, max_size=16))
    noise = [unit for unit, role in zip(UNITS, roles, strict=True) if role == "n"]
    pairs = draw(st.booleans())
    groups = [noise[i : i + 2] for i in range(0, len(noise), 2)] if pairs else [[unit] for unit in noise]
    return Spot(
        keys=frozenset(unit for unit, role in zip(UNITS, roles, strict=True) if role == "k"),
        noise=tuple(frozenset(group) for group in groups),
        neutral=frozenset(unit for unit, role in zip(UNITS, roles, strict=True) if role == "0"),
    )


MARKS = st.frozensets(st.sampled_from(UNITS))


@given(spots(), MARKS)
def test_spot_points_lie_between_0_and_1(spot: Spot, marked: frozenset[str]) -> None:
    points = spot.mark(SpotAnswer(marked=marked & spot.units)).points
    assert points is not None and 0 <= points <= 1


@given(spots())
def test_spot_key_marks_to_1_and_everything_or_nothing_to_0(spot: Spot) -> None:
    if not spot.keys:
        assert spot.mark(SpotAnswer(none_here=True)).points == 1
        return
    assert spot.mark(SpotAnswer(marked=spot.keys)).points == 1
    assert spot.mark(SpotAnswer(none_here=True)).points == 0
    if spot.noise:
        assert spot.mark(SpotAnswer(marked=spot.units)).points == 0


@given(spots(), MARKS)
def test_spot_neutral_units_never_count(spot: Spot, marked: frozenset[str]) -> None:
    counted = marked & spot.units - spot.neutral
    with_neutral = spot.mark(SpotAnswer(marked=counted | spot.neutral))
    assert with_neutral.points == spot.mark(SpotAnswer(marked=counted)).points


@given(spots(), MARKS, st.sampled_from(UNITS))
def test_spot_one_more_key_never_lowers_and_one_more_noise_unit_never_raises(
    spot: Spot, marked: frozenset[str], one: str
) -> None:
    marked &= spot.units
    before = spot.mark(SpotAnswer(marked=marked)).points
    after = spot.mark(SpotAnswer(marked=marked | {one} & spot.units)).points
    assert before is not None and after is not None
    if one in spot.keys:
        assert after >= before
    elif one not in spot.neutral and spot.keys:
        assert after <= before


def test_spot_counts_a_group_as_one_false_mark() -> None:
    spot = Spot(
        keys=frozenset({"s1", "s4", "s5", "s13"}),
        noise=(frozenset({"s8", "s9"}), *(frozenset({unit}) for unit in ("s2", "s3", "s7"))),
    )
    mark = spot.mark(SpotAnswer(marked=frozenset({"s1", "s4", "s5", "s8", "s9"})))
    assert mark.points == Fraction(3, 4) - Fraction(1, 4)
    assert (mark.hits, mark.false_marks, mark.noise) == (3, 1, 4)
    verdicts = {unit.unit: unit.verdict for unit in mark.units}
    assert (
        verdicts["s13"] is Verdict.MISSED
        and verdicts["s8"] is Verdict.OVER
        and verdicts["s2"] is Verdict.LEFT
    )


def test_spot_refuses_what_it_cannot_read() -> None:
    spot = Spot(keys=frozenset({"s1"}), noise=(frozenset({"s2"}),))
    with pytest.raises(BadAnswer):
        spot.read({"mark": ["s99"]})
    with pytest.raises(BadAnswer):
        spot.read({"mark": ["s1"], "none_here": ["yes"]})
    with pytest.raises(Unfinished) as asked:
        spot.read({})
    assert asked.value.confirm == "none_here"
    assert spot.read({"none_here": ["yes"]}).none_here


@given(st.data())
def test_choice_of_several_gives_nothing_for_everything(data: st.DataObject) -> None:
    right = frozenset(f"r{n}" for n in range(data.draw(st.integers(1, 6))))
    wrong = frozenset(f"w{n}" for n in range(data.draw(st.integers(1, 6))))
    choice = Choice(right=right, wrong=wrong, several=True)
    assert choice.mark(ChoiceAnswer(picked=right)).points == 1
    assert choice.mark(ChoiceAnswer(picked=right | wrong)).points == 0
    picked = data.draw(st.frozensets(st.sampled_from(sorted(right | wrong))))
    points = choice.mark(ChoiceAnswer(picked=picked)).points
    assert points is not None and 0 <= points <= 1


def test_choice_with_the_number_told_takes_no_more() -> None:
    choice = Choice(right=frozenset("abc"), wrong=frozenset("de"), several=True, told=True)
    assert choice.chance == Fraction(3, 5)
    with pytest.raises(BadAnswer, match="Keep 3"):
        choice.read({"option": ["a", "b", "c", "d"]})
    with pytest.raises(Unfinished):
        choice.read({"option": ["a"]})
    assert choice.mark(choice.read({"option": ["a", "b", "d"]})).points == Fraction(2, 3)


def test_choice_left_empty_is_not_the_same_as_wrong() -> None:
    choice = Choice(right=frozenset("a"), wrong=frozenset("bc"))
    assert choice.chance == Fraction(1, 3)
    assert choice.mark(choice.read({"leave_empty": ["yes"]})).outcome is Outcome.EMPTY
    assert choice.mark(choice.read({"option": ["b"]})).outcome is Outcome.NOT_YET
    with pytest.raises(BadAnswer):
        choice.read({"option": ["a", "b"]})


BINS = ("sourced", "hinted", "own-voice")


@given(st.dictionaries(st.sampled_from(UNITS), st.sampled_from(BINS), min_size=2), st.data())
def test_classify_is_balanced_whatever_the_sizes(rows: dict[str, str], data: st.DataObject) -> None:
    if len(set(rows.values())) < 2:
        return
    classify = Classify(answers=BINS, rows=rows)
    assert classify.mark(ClassifyAnswer(given=rows, left_out=False)).points == 1
    for answer in set(rows.values()):
        blanket = dict.fromkeys(rows, answer)
        assert classify.mark(ClassifyAnswer(given=blanket, left_out=False)).points == classify.chance
    given_answers = data.draw(st.dictionaries(st.sampled_from(sorted(rows)), st.sampled_from(BINS)))
    points = classify.mark(ClassifyAnswer(given=given_answers, left_out=True)).points
    assert points is not None and 0 <= points <= 1


def test_classify_leaves_neutral_rows_out_and_keeps_gaps_apart_from_errors() -> None:
    classify = Classify(answers=("a", "b"), rows={"x": "a", "y": "b", "z": "b"}, neutral=frozenset({"n"}))
    with pytest.raises(Unfinished, match="2 answers are still empty"):
        classify.read({"row-x": ["a"], "row-n": ["b"]})
    mark = classify.mark(classify.read({"row-x": ["a"], "row-y": ["a"], "leave_empty": ["yes"]}))
    verdicts = {unit.unit: unit.verdict for unit in mark.units}
    assert verdicts == {
        "x": Verdict.FOUND,
        "y": Verdict.MISPLACED,
        "z": Verdict.MISSED,
        "n": Verdict.OPEN,
    }
    assert mark.points == Fraction(1, 2)


GRID = Grid(
    questions={"source": ("yes", "no"), "hedge": ("yes", "no"), "leans": ("left", "right")},
    rows=("s1", "s7", "x1"),
    cells={"source": {"s1": "yes", "s7": "no", "x1": "yes"}, "hedge": {"s1": "yes", "x1": "no"}},
    reasons=frozenset({"leans"}),
)


@given(st.lists(st.sampled_from(["yes", "no"]), min_size=6, max_size=6))
def test_grid_earns_the_mean_of_its_questions(answers: list[str]) -> None:
    names = [f"cell-{question}-{row}" for question in ("source", "hedge") for row in GRID.rows]
    fields = {name: [answer] for name, answer in zip(names, answers, strict=True)}
    given_answers = {name: values[0] for name, values in fields.items()}
    source_yes = sum(given_answers[f"cell-source-{row}"] == "yes" for row in ("s1", "x1"))
    source = (Fraction(source_yes, 2) + (given_answers["cell-source-s7"] == "no")) / 2
    hedge = Fraction((given_answers["cell-hedge-s1"] == "yes") + (given_answers["cell-hedge-x1"] == "no"), 2)
    assert GRID.mark(GRID.read(fields)).points == (source + hedge) / 2


def test_grid_polls_never_count_and_keep_their_reason() -> None:
    right = {name: list(value) for name, value in next(GRID.examples()).fields.items()}
    polled = right | {"cell-leans-s1": ["left"], "reason-leans": ["  it  sounds   harsh "]}
    answer = GRID.read(polled)
    assert answer.reasons == {"leans": "it sounds harsh"}
    assert GRID.mark(answer).points == 1
    assert GRID.chance == Fraction(1, 2)
    with pytest.raises(BadAnswer):
        GRID.read(right | {"reason-leans": ["x" * 501]})


def test_text_has_no_points_and_asks_once_about_its_length() -> None:
    text = Text(criteria=("a",), min_words=3, max_words=5)
    mark = text.mark(text.read({"text": ["four words stand here"]}))
    assert mark.points is None and mark.outcome is Outcome.KEPT
    with pytest.raises(Unfinished, match="this has 1"):
        text.read({"text": ["short"]})
    assert text.read({"text": ["short"], "hand_in": ["yes"]}).text == "short"
    assert text.mark(text.read({"text": [""], "hand_in": ["yes"]})).outcome is Outcome.EMPTY


@pytest.mark.parametrize(
    "format",
    [
        Spot(
            keys=frozenset({"s1", "s2"}), noise=(frozenset({"s3"}), frozenset({"s4", "s5"}))
        ),
        Spot(keys=frozenset(), noise=(frozenset({"s3"}),)),
        Choice(right=frozenset("a"), wrong=frozenset("bc")),
        Choice(right=frozenset("ab"), wrong=frozenset("cd"), several=True),
        Choice(right=frozenset("ab"), wrong=frozenset("cd"), several=True, told=True),
        Classify(answers=("a", "b"), rows={"x": "a", "y": "b"}),
        GRID,
        Text(criteria=("a",), min_words=3, max_words=5),
    ],
    ids=lambda format: f"{format.name}-{len(format.units)}",
)  # fmt: skip
def test_formats_mark_their_own_examples_and_read_their_own_fields(format) -> None:  # type: ignore[no-untyped-def]
    for example in format.examples():
        if example.points is None:
            with pytest.raises(BadAnswer):
                format.read(example.fields)
            continue
        answer = format.read(example.fields)
        assert format.mark(answer).points == example.points, example.name
        assert format.read(answer.fields()) == answer
