"""What must hold for every exercise: that its steps can be unfolded, and that forms stay reserved."""

from collections.abc import Iterator
from pathlib import Path

from quiz.content.problems import Problem
from quiz.core.drawing import HALVES
from quiz.core.ids import scope
from quiz.core.library import Exercise, ExerciseKind, Library, Step

LONGEST_ID = 120
"""Characters of an id with its scope, as the database keeps it."""


def _file(root: str, id: str) -> str:
    """The file that an exercise stands in: its article's own, where that has one."""
    own = f"{root}/{scope(id)}/exercises.toml"
    return own if Path(own).is_file() else f"{root}/exercises.toml"


def problems(library: Library, root: str) -> list[Problem]:
    """Every problem with the exercises of a library that was built from files below `root`."""
    found = [
        Problem(file=_file(root, key), field=key, say=say)
        for key, exercise in library.exercises.items()
        for say in _exercise(exercise, library)
    ]
    found += [
        Problem(file=root, field=id, say=f"is longer than {LONGEST_ID} characters: shorten it")
        for id in (*library.items, *library.bank, *library.exercises)
        if len(id) > LONGEST_ID
    ]
    practice = [one for one in library.exercises.values() if one.kind is ExerciseKind.PRACTICE]
    if [len(one.steps) for one in practice] != [1]:
        say = 'there must be just one exercise with kind = "practice", and one step in it'
        found.append(Problem(file=f"{root}/exercises.toml", field="kind", say=say))
    return found


def _exercise(exercise: Exercise, library: Library) -> Iterator[str]:
    if exercise.article and exercise.article not in library.articles:
        yield f"there is no article {exercise.article}"
    if exercise.successor and (
        exercise.successor not in library.exercises or library.exercises[exercise.successor].retired
    ):
        yield f"there is no exercise {exercise.successor} to lead on to: name one that isn’t retired"
    if exercise.successor and not exercise.retired:
        yield "a successor goes with retired = true: write that too, or leave it out"
    for number, step in enumerate(exercise.steps, start=1):
        yield from (f"step {number}: {say}" for say in _step(step, library))
        if not exercise.retired:
            yield from (f"step {number}: {say}" for say in _asks_what_is_retired(step, library))
        by_due = step.draw == "practice" and step.sound is not None
        if exercise.kind is ExerciseKind.PRACTICE and not by_due:
            yield f"step {number}: practice draws statements, and says how many are sound"
        if step.form and exercise.kind is not ExerciseKind.FORM:
            yield f'step {number}: {step.form} is a test: write kind = "form", or leave it out'


def _step(step: Step, library: Library) -> Iterator[str]:
    named = [one for one in (step.item, step.draw, step.mirrors, step.form) if one]
    if len(named) != 1:
        yield "name one thing: an item, a draw, mirrors or a form"
    if step.item:
        yield from _named(step.item, library)
    if step.draw:
        yield from _draw(step, library)
    for mirror in step.mirrors:
        if library.versions.get(mirror, {}).keys() != set(HALVES):
            yield f"there is no mirrored pair {mirror}: name it as in bank/m01"
    if step.form and step.form not in library.forms:
        yield f"there is no {step.form}"


def _asks_what_is_retired(step: Step, library: Library) -> Iterator[str]:
    named = [step.item, *(one.id for pair in step.mirrors for one in library.versions.get(pair, {}).values())]
    for task in (library.task(name) for name in named):
        if task and task.retired:
            yield f"{task.id} is retired: name another, or retire the exercise too"
    if step.form in library.forms and library.forms[step.form].retired:
        yield f"{step.form} is retired: retire the exercise too"


def _named(name: str, library: Library) -> Iterator[str]:
    if library.task(name) is None:
        there = [one.id for one in library.called(name)]
        yield f"there is no item {name}" + (f": write {' or '.join(there)}" if there else "")
    if any(name in (*form.statements, *form.pairs) for form in library.forms.values()):
        yield f"{name} belongs to a form, which nothing else may use: name another"


def _draw(step: Step, library: Library) -> Iterator[str]:
    use = [one for one in library.statements if one.use == step.draw and not one.retired]
    sound = sum(1 for one in use if one.label.sound)
    there = len(use) // 2 if step.draw == "pair" else len(use)
    if step.count > there:
        yield f"draws {step.count} of {there}: write more, or draw fewer"
    if step.sound is not None and (
        step.sound > min(sound, step.count) or step.count - step.sound > there - sound
    ):
        yield f"{step.sound} sound ones of {step.count} can’t be drawn: {sound} of {there} are sound"
