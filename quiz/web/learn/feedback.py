"""What is said to an answer: the slip, and the notes in the margin."""

from dataclasses import replace

from quiz.core.article import Article
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.mark import Verdict
from quiz.core.results import Answered
from quiz.services.marking import Change
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
        rule = library.rule(item, unit.misconception) if unit.verdict in wrong else 0
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
    *,
    change: Change,
) -> Feedback | None:
    """What is said on the slip; None where nothing was answered. `here`: None where nobody knows the item."""
    if response is None or here is None:
        return _of_unknown_revision(response) if response else None
    return Feedback(
        headline=words.headline(item, here.mark),
        outcome=here.mark.outcome.value,
        outcome_text=words.outcome(here.mark.outcome),
        counts=words.counts(item, here.mark),
        sum=words.sum_of(item, here.mark) if change is not Change.SCHEME else _points_kept(response),
        notes=said,
        slips=words.slips(item, here.mark),
        model=item.model,
        rubric=item.rubric,
        written="".join(response.answer.get("text", ())),
        review=_review(item, remarks),
        since=since(change, response.scheme),
    )


def since(change: Change, scheme: str) -> str:
    """What has changed in an item since an answer to it, in a line."""
    return {
        Change.NOTHING: "",
        Change.WORDING: _("This task was reworded after you answered. Your marks stay as they were."),
        Change.KEY: _("The right answer was changed after you answered. Your marks stay as they were."),
        Change.MARKED_AGAIN: _("The right answer was changed after you answered, and you were marked again."),
        Change.SCHEME: _(
            "This was scored in an earlier way (%(scheme)s). Your answer keeps its points.", scheme=scheme
        ),
    }[change]


def _points_kept(response: Response) -> str:
    if response.points is None:
        return ""
    return _("Points kept: %(points)s", points=words.points(response.points))


def _of_unknown_revision(response: Response) -> Feedback:
    return Feedback(
        headline=_("This task was mended after you answered. Your answer and its points are kept."),
        outcome=response.outcome,
        outcome_text="",
        counts=[],
        sum=_points_kept(response),
        notes=[],
        written="".join(response.answer.get("text", ())),
    )
