"""What is said to an answer: the slip, and the notes in the margin."""

from dataclasses import replace

from quiz.core.article import Article
from quiz.core.library import Item, Library
from quiz.core.mark import Verdict
from quiz.core.results import Answered, misconception
from quiz.services.reviewing import Remarks
from quiz.store.tables import Response
from quiz.web.learn import words
from quiz.web.learn.notes import notes
from quiz.web.learn.views import Feedback, NoteView, ReviewView
from quiz.web.text import _


def margin(item: Item, here: Answered, article: Article | None, library: Library) -> list[NoteView]:
    """The margin notes; those on mistakes name the rule that would have helped."""
    judged = {one.unit: one for one in here.mark.units}
    wrong = {Verdict.OVER, Verdict.MISPLACED, Verdict.MISSED}
    if words.one_answer(item) and any(one.verdict is Verdict.OVER for one in judged.values()):
        wrong = {Verdict.OVER}
    found = []
    for note in notes(item, here.mark, article):
        unit = judged[note.unit]
        rule = library.rule(item, misconception(item, unit)) if unit.verdict in wrong else 0
        found.append(replace(note, rule=rule))
    return found


def with_reading(note: NoteView, remarks: Remarks) -> NoteView:
    """A note with how its reader reads the unit otherwise."""
    typed = remarks.typed.get(note.unit)
    kept = remarks.readings.get(note.unit, "")
    return replace(note, may_differ=True, own_reading=typed or kept, reading_typed=typed is not None)


def _review(item: Item, remarks: Remarks | None) -> ReviewView | None:
    if remarks is None or remarks.review is None:
        return None
    levels = remarks.review.levels
    said = [
        (one.text, one.levels[levels[one.id]])
        for one in item.rubric
        if levels.get(one.id, len(one.levels)) < len(one.levels)
    ]
    return ReviewView(levels=said, comment=remarks.review.comment)


def feedback(
    item: Item,
    here: Answered | None,
    said: list[NoteView],
    response: Response | None,
    remarks: Remarks | None,
) -> Feedback | None:
    """What is said on the slip; None where nothing was answered. `here`: None where the task was mended."""
    if response is None or here is None:
        return _of_older_revision(response) if response else None
    return Feedback(
        headline=words.headline(item, here.mark),
        outcome=here.mark.outcome.value,
        outcome_text=words.outcome(here.mark.outcome),
        counts=words.counts(item, here.mark),
        sum=words.sum_of(item, here.mark),
        notes=said,
        slips=words.slips(item, here.mark),
        model=item.model,
        rubric=item.rubric,
        written="".join(response.answer.get("text", ())),
        review=_review(item, remarks),
    )


def _of_older_revision(response: Response) -> Feedback:
    points = "" if response.points is None else words.points(response.points)
    return Feedback(
        headline=_("This task was mended after you answered. Your answer and its points are kept."),
        outcome=response.outcome,
        outcome_text="",
        counts=[],
        sum=_("Points kept: %(points)s", points=points) if points else "",
        notes=[],
        written="".join(response.answer.get("text", ())),
    )
