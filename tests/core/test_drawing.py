"""Draws: as many as asked, as sound as asked, none twice, the same for the same seed."""

from random import Random

import pytest

from quiz.app import ROOT
from quiz.content.load import load
from quiz.core.drawing import HALVES, unfold
from quiz.core.library import Exercise, ExerciseKind, Library, Step
from tests.content.test_load import NONE, SAMPLE

SEEDS = range(50)


@pytest.fixture(scope="module")
def sample() -> Library:
    """The sample content."""
    return load(SAMPLE, NONE)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_draw_is_as_large_and_as_sound_as_asked_and_repeats_nothing(sample: Library, seed: int) -> None:
    exercise = sample.exercises["bank/bank"]
    tasks = [task.item for task in unfold(exercise, sample, Random(seed))]
    assert len(tasks) == exercise.count == len(set(tasks))
    assert tasks[0] == "bank/n01"
    assert all(one.startswith("bank/p") for one in tasks[1:3])
    sound = {one.id for one in sample.statements if one.label.sound}
    assert sum(1 for one in tasks[3:] if one in sound) == 2


def test_the_same_seed_draws_the_same_and_others_differ(sample: Library) -> None:
    exercise = sample.exercises["bank/bank"]
    draws = [unfold(exercise, sample, Random(seed)) for seed in SEEDS]
    assert draws == [unfold(exercise, sample, Random(seed)) for seed in SEEDS]
    assert len(set(draws)) > len(SEEDS) // 2


def test_parts_say_which_step_a_task_came_from(sample: Library) -> None:
    parts = [task.part for task in unfold(sample.exercises["bank/bank"], sample, Random(1))]
    assert parts == [0, 1, 1, 2, 2, 2, 2]


def exercise_of(*steps: Step) -> Exercise:
    return Exercise(
        id="all", article=None, title="", about="", minutes=1, kind=ExerciseKind.SECTION, steps=steps
    )


def test_a_half_meets_one_version_of_each_mirrored_pair_and_the_other_half_the_other(sample: Library) -> None:
    exercise = exercise_of(Step(label="", mirrors=("bank/m01", "bank/m02"), count=2))
    drawn = {half: [t.item for t in unfold(exercise, sample, Random(1), half=half)] for half in HALVES}
    assert drawn == {"a": ["bank/m01a", "bank/m02b"], "b": ["bank/m01b", "bank/m02a"]}


def test_without_a_class_chance_decides_the_version(sample: Library) -> None:
    exercise = exercise_of(Step(label="", mirrors=("bank/m01", "bank/m02"), count=2))
    met = {tuple(t.item for t in unfold(exercise, sample, Random(seed))) for seed in SEEDS}
    assert met == {("bank/m01a", "bank/m02b"), ("bank/m01b", "bank/m02a")}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_seen_comes_only_where_nothing_else_is_left(sample: Library, seed: int) -> None:
    statements = sorted(one.id for one in sample.statements if one.use == "practice")
    seen = set(statements[3:])
    exercise = exercise_of(Step(label="", draw="practice", count=4))
    drawn = {task.item for task in unfold(exercise, sample, Random(seed), seen=seen)}
    assert set(statements[:3]) < drawn
    assert len(drawn & seen) == 1


def test_a_form_is_all_its_statements_in_any_order_then_its_pairs() -> None:
    library = load(ROOT / "questions")
    form = library.forms["form-x"]
    tasks = [task.item for task in unfold(library.exercises["bank/form-x"], library, Random(3))]
    assert len(tasks) == library.exercises["bank/form-x"].count == 20
    assert set(tasks[:16]) == set(form.statements)
    assert tasks[:16] != list(form.statements)
    assert tuple(tasks[16:]) == form.pairs
