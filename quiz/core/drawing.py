"""Unfolding an exercise into tasks: draws from the bank are made here, with a given randomness."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from quiz.core.library import Exercise, Library, Statement, Step


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task of an attempt: the item's id, and the step of the exercise it came from."""

    item: str
    part: int


def unfold(exercise: Exercise, library: Library, random: Random) -> tuple[Task, ...]:
    """Turn the steps into tasks in order, drawing from the bank with `random`.

    No drawn task comes twice in an exercise, nor one that a step names.
    """
    used = {step.item for step in exercise.steps if step.item}
    tasks: list[Task] = []
    for part, step in enumerate(exercise.steps):
        drawn = [step.item] if step.item else _draw(step, library, random, used)
        used.update(drawn)
        tasks.extend(Task(item=item, part=part) for item in drawn)
    return tuple(tasks)


def _draw(step: Step, library: Library, random: Random, used: Iterable[str]) -> list[str]:
    if step.draw == "pair":
        return random.sample(
            sorted({s.id[:-1] for s in library.statements if s.use == "pair"} - set(used)), step.count
        )
    fresh = [one for one in library.statements if one.use == step.draw and one.id not in used]
    if step.sound is None:
        return random.sample(_ids(fresh), step.count)
    sound = random.sample(_ids(one for one in fresh if one.label.sound), step.sound)
    other = random.sample(_ids(one for one in fresh if not one.label.sound), step.count - step.sound)
    drawn = sound + other
    random.shuffle(drawn)
    return drawn


def _ids(statements: Iterable[Statement]) -> list[str]:
    return sorted(one.id for one in statements)
