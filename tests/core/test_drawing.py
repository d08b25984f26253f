"""Draws: as many as asked, as sound as asked, none twice, the same for the same seed."""

from random import Random

import pytest

from quiz.content.load import load
from quiz.core.drawing import unfold
from quiz.core.library import Library
from tests.content.test_load import SAMPLE

SEEDS = range(50)


@pytest.fixture(scope="module")
def sample() -> Library:
    """The sample content."""
    return load(SAMPLE)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_draw_is_as_large_and_as_sound_as_asked_and_repeats_nothing(sample: Library, seed: int) -> None:
    exercise = sample.exercises["bank/bank"]
    tasks = [task.item for task in unfold(exercise, sample, Random(seed))]
    assert len(tasks) == exercise.count == len(set(tasks))
    assert tasks[0] == "n01"
    assert all(one.startswith("p") for one in tasks[1:3])
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
