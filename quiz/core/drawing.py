"""Unfolding an exercise into tasks: draws from the bank are made here, with a given randomness."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from random import Random

from quiz.core.library import Exercise, Library, Step

HALVES = ("a", "b")
"""The two halves of a class, and the two versions of a mirrored pair."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task of an attempt: the item's id, and the step of the exercise it came from."""

    item: str
    part: int


def unfold(
    exercise: Exercise,
    library: Library,
    random: Random,
    *,
    half: str | None = None,
    seen: Set[str] = frozenset(),
) -> tuple[Task, ...]:
    """Turn the steps into tasks in order, drawing from the bank with `random`.

    No drawn task comes twice in an exercise, nor one that a step names; tasks of `seen` come only where
    nothing else is left. `half` of the class, `a` or `b`, decides which version of a mirrored pair is
    met; without a class chance does.
    """
    half = half or random.choice(HALVES)
    used = {step.item for step in exercise.steps if step.item}
    tasks: list[Task] = []
    for part, step in enumerate(exercise.steps):
        drawn = _tasks(step, library, random, used=used, seen=seen, half=half)
        used.update(drawn)
        tasks.extend(Task(item=item, part=part) for item in drawn)
    return tuple(tasks)


def _tasks(
    step: Step, library: Library, random: Random, *, used: Set[str], seen: Set[str], half: str
) -> list[str]:
    if step.item:
        return [step.item]
    if step.mirrors:
        return versions(step.mirrors, half, library)
    if step.form:
        form = library.forms[step.form]
        return random.sample(form.statements, len(form.statements)) + list(form.pairs)
    return _draw(step, library, random, used=used, seen=seen)


def versions(mirrors: tuple[str, ...], half: str, library: Library) -> list[str]:
    """The version of each mirrored pair that a half meets: turn about, so that neither meets one alone."""
    first = HALVES.index(half)
    return [library.versions[pair][HALVES[(first + place) % 2]].id for place, pair in enumerate(mirrors)]


def _draw(step: Step, library: Library, random: Random, *, used: Set[str], seen: Set[str]) -> list[str]:
    there = [one for one in library.statements if one.use == step.draw and not one.retired]
    if step.draw == "pair":
        return _fresh_first({one.pair for one in there} - used, seen, random, step.count)
    left = [one for one in there if one.id not in used]
    if step.sound is None:
        return _fresh_first((one.id for one in left), seen, random, step.count)
    sound = _fresh_first((one.id for one in left if one.label.sound), seen, random, step.sound)
    rest = (one.id for one in left if not one.label.sound)
    drawn = sound + _fresh_first(rest, seen, random, step.count - step.sound)
    random.shuffle(drawn)
    return drawn


def _fresh_first(ids: Iterable[str], seen: Set[str], random: Random, count: int) -> list[str]:
    mixed = sorted(ids)
    random.shuffle(mixed)
    return sorted(mixed, key=lambda one: one in seen)[:count]
