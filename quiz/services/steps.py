"""The steps of an attempt: which have an answer, and where to go on.

An author may take a task away while somebody is in the middle. Its step is passed over then, and an
answer that it got is kept.
"""

from datetime import datetime

from quiz.core.library import Library
from quiz.store.tables import Attempt, Response


def response_at(attempt: Attempt, step: int) -> Response | None:
    """The answer kept at a step, counted from 1; None while there is none."""
    return next((one for one in attempt.responses if one.step == step), None)


def open_steps(attempt: Attempt, library: Library) -> list[int]:
    """The steps, counted from 1, that have a task and no answer."""
    answered = {one.step for one in attempt.responses}
    return [
        step
        for step, (task, _part) in enumerate(attempt.tasks, start=1)
        if step not in answered and library.task(task)
    ]


def next_step(attempt: Attempt, library: Library, after: int = 0) -> int | None:
    """The first open step behind `after`, else from the start; None when nothing is left to answer."""
    left = open_steps(attempt, library)
    return next((step for step in left if step > after), left[0] if left else None)


def finish(attempt: Attempt, library: Library, now: datetime) -> bool:
    """Finish the attempt if nothing is left to answer. Whether it is finished."""
    if attempt.finished_at is None and not open_steps(attempt, library):
        attempt.finished_at = now
    return attempt.finished_at is not None
