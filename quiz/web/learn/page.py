"""A step of an attempt as a page: the task, or its feedback."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import url_for

from quiz.core.article import Article
from quiz.core.library import Exercise, Item, Library
from quiz.core.mark import Fields
from quiz.core.opening import Mode, Opening
from quiz.core.results import Answered
from quiz.core.strip import about_bins, on_strip
from quiz.core.written import clean
from quiz.services.marking import all_marked_again, marked_again
from quiz.services.reviewing import Remarks
from quiz.services.steps import next_step, response_at
from quiz.store.tables import Attempt, Response
from quiz.web.learn import strips, words
from quiz.web.learn.article_view import paragraphs
from quiz.web.learn.glossary import Explained, explain
from quiz.web.learn.in_words import in_words
from quiz.web.learn.notes import notes, sentence_of
from quiz.web.learn.task_view import answer_views, item_view, question_views, unit_view
from quiz.web.learn.views import (
    AnswerView,
    Feedback,
    ItemView,
    NoteView,
    Place,
    QuestionView,
    ReviewView,
    SentenceView,
    StripRow,
    UnitView,
)
from quiz.web.text import _


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A step that somebody may see: their attempt, the exercise, and the task at the step.

    `opening` are the times of the assignment, None in own practice; `told`: whether what came of an
    answer may be seen by now.
    """

    attempt: Attempt
    exercise: Exercise
    step: int
    item: Item
    opening: Opening | None
    told: bool


@dataclass(frozen=True, kw_only=True)
class Page:
    """All that a step's template shows."""

    exercise: Exercise
    article: Article | None
    text: Explained
    item: ItemView
    place: Place
    units: list[UnitView]
    answers: list[AnswerView]
    questions: list[QuestionView]
    fields: Fields
    problem: str
    confirm: str
    submit_key: str
    feedback: Feedback | None
    next_url: str | None
    result_url: str
    draft_url: str
    strips: list[StripRow]
    heads_up: str
    ungraded: bool
    differ_url: str | None
    class_url: str | None
    typed: list[str]
    kept: list[str] | None

    @property
    def confidence(self) -> bool:
        """Whether the learner may say how sure they are."""
        return self.item.format != "text"

    def checked(self, field: str, value: str) -> bool:
        """Whether a checkbox or radio is set."""
        return value in self.fields.get(field, ())

    def value(self, field: str) -> str:
        """What stands in a text field."""
        return clean("".join(self.fields.get(field, ())))


def build(
    visit: Visit,
    library: Library,
    *,
    fields: Fields,
    submit_key: str,
    problem: str = "",
    confirm: str = "",
    typed: list[str] | None = None,
    remarks: Remarks | None = None,
) -> Page:
    """The page of a step: feedback on the answer that is kept, else the task.

    `problem` says what is to be mended, `confirm` the field that says a gap is meant, and `typed`
    what was posted beside an answer that is kept already. `remarks`: what a teacher said of the answer,
    and how its writer reads units otherwise; None outside classes.
    """
    response = response_at(visit.attempt, visit.step)
    here = marked_again(visit.item, response) if response and visit.told else None
    article = library.articles[visit.item.article] if visit.item.article and visit.item.show else None
    said = notes(visit.item, here.mark, article) if here else []
    if remarks:
        said = [_with_reading(one, remarks) for one in said]
    after = next_step(visit.attempt, library, visit.step)
    shown = response.answer if response else fields
    result = url_for("learn.result", attempt=visit.attempt.id)
    return Page(
        exercise=visit.exercise,
        article=article,
        text=explain(_paragraphs(article, visit.item, here, said), article),
        item=item_view(visit.item),
        place=place(visit),
        units=[unit_view(unit, said, shown) for unit in visit.item.units],
        answers=answer_views(visit.item.answers),
        questions=question_views(visit.item),
        fields=shown,
        problem=problem,
        confirm=confirm,
        submit_key=submit_key,
        feedback=_feedback(visit.item, here, said, response, remarks) if visit.told else None,
        differ_url=_differ_url(visit) if remarks else None,
        class_url=_class_url(visit) if remarks and visit.item.format.units else None,
        next_url=url_for("learn.step", attempt=visit.attempt.id, step=after) if after else None,
        result_url=result,
        draft_url=url_for("learn.save_draft", attempt=visit.attempt.id, step=visit.step),
        strips=_strips(visit, library, article, here),
        heads_up="" if response else _heads_up(visit, library, article),
        ungraded=_ungraded(visit),
        typed=typed or [],
        kept=in_words(visit.item, response.answer) if response and not visit.told else None,
    )


def _ungraded(visit: Visit) -> bool:
    """Whether to say that no teacher grades it: in a class's practice, of what a machine marks."""
    practised = visit.opening is not None and visit.opening.mode is Mode.PRACTICE
    return practised and bool(visit.item.format.units) and not visit.item.graded


def place(visit: Visit) -> Place:
    """Where the step stands, by tasks and by parts."""
    part = int(visit.attempt.tasks[visit.step - 1][1])
    steps = visit.exercise.steps
    label = steps[part].label if part < len(steps) else ""
    return Place(
        number=visit.step,
        count=len(visit.attempt.tasks),
        part=label or visit.item.title,
        part_number=part + 1,
        part_count=len(steps),
    )


def _paragraphs(
    article: Article | None, item: Item, here: Answered | None, said: Sequence[NoteView]
) -> list[list[SentenceView]]:
    if article is None:
        return []
    margin: dict[int, list[NoteView]] = {}
    if item.format.name == "spot":
        for note in said:
            number = sentence_of(item, note.unit)
            if number is not None:
                margin.setdefault(number, []).append(note)
    return paragraphs(article, item, here.mark if here else None, margin)


def _differ_url(visit: Visit) -> str:
    return url_for("learn.read_otherwise", attempt=visit.attempt.id, step=visit.step)


def _class_url(visit: Visit) -> str:
    return url_for("learn.class_votes", attempt=visit.attempt.id, step=visit.step)


def _with_reading(note: NoteView, remarks: Remarks) -> NoteView:
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


def _feedback(
    item: Item,
    here: Answered | None,
    said: list[NoteView],
    response: Response | None,
    remarks: Remarks | None,
) -> Feedback | None:
    if response is None:
        return None
    if here is None:
        return _of_older_revision(response)
    return Feedback(
        headline=words.headline(item, here.mark),
        outcome=here.mark.outcome.value,
        outcome_text=words.outcome(here.mark.outcome),
        counts=words.counts(item, here.mark),
        sum=words.sum_of(item, here.mark),
        notes=said,
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


def _heads_up(visit: Visit, library: Library, article: Article | None) -> str:
    """What is said before an article is met for the first time in an attempt."""
    if article is None:
        return ""
    before = (library.task(item) for item, _part in visit.attempt.tasks[: visit.step - 1])
    met = any(one is not None and one.article == article.id and one.show for one in before)
    return "" if met else article.heads_up


def _strips(visit: Visit, library: Library, article: Article | None, here: Answered | None) -> list[StripRow]:
    if article is None:
        return []
    bins = about_bins(visit.item, article)
    if not on_strip(visit.item, article):
        here, bins = None, True
    earlier = [
        one
        for one in all_marked_again(visit.attempt, library)
        if one.item.article == article.id and one.step <= visit.step
    ]
    rows = strips.rows(article, earlier, here, bins=bins)
    return rows if on_strip(visit.item, article) or strips.filled(rows) else []
