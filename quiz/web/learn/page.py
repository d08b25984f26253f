"""A step of an attempt as a page: the task, or its feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask import url_for

from quiz.core.article import Article
from quiz.core.item import Item
from quiz.core.library import Exercise, ExerciseKind, Library
from quiz.core.mark import Fields
from quiz.core.opening import Mode, Opening
from quiz.core.results import Answered
from quiz.core.strip import about_bins, on_strip
from quiz.core.written import clean
from quiz.services import marking
from quiz.services.marking import Change
from quiz.services.reviewing import Remarks
from quiz.services.steps import next_step, response_at
from quiz.store.responses import mark_of
from quiz.store.tables import Attempt
from quiz.web.learn import step_url, strips
from quiz.web.learn.article_view import paragraphs
from quiz.web.learn.feedback import feedback, margin, with_reading
from quiz.web.learn.glossary import Explained, explain
from quiz.web.learn.in_words import in_words
from quiz.web.learn.task_view import answer_views, item_view, question_views, unit_view
from quiz.web.learn.views import (
    AnswerView,
    Feedback,
    ItemView,
    NoteView,
    Place,
    QuestionView,
    SentenceView,
    StripRow,
    UnitView,
)
from quiz.web.look import asks_sure


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A step that somebody may see: their attempt, the exercise, and the task at the step.

    `opening` are the times of the assignment, None in own practice; `told`: whether what came of an
    answer may be seen by now. Where the item's key has changed since an answer was given, `item` is as it
    was asked then; `change` says what has changed.
    """

    attempt: Attempt
    exercise: Exercise
    step: int
    item: Item
    opening: Opening | None
    told: bool
    change: Change = Change.NOTHING


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
    owner: str
    feedback: Feedback | None
    next_url: str | None
    url: str
    result_url: str
    draft_url: str
    strips: list[StripRow]
    heads_up: str
    ungraded: bool
    in_class: bool
    tells: bool
    confidence: bool
    stop_url: str | None
    comes_back: bool
    differ_url: str | None
    class_url: str | None
    typed: list[str]
    kept: list[str] | None

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
    mark = mark_of(response) if response and visit.told else None
    here = Answered(item=visit.item, mark=mark, step=visit.step) if mark else None
    article = library.articles[visit.item.article] if visit.item.article and visit.item.show else None
    said = margin(visit.item, here, article, library) if here else []
    if remarks:
        said = [with_reading(one, remarks) for one in said]
    told = feedback(visit.item, here, said, response, remarks, change=visit.change)
    after = next_step(visit.attempt, library, visit.step)
    shown = response.answer if response else fields
    result = url_for("learn.result", attempt=visit.attempt.id)
    whose = (
        f"seat:{visit.attempt.seat_id}" if visit.attempt.seat_id else f"learner:{visit.attempt.learner_id}"
    )
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
        owner=sha256(whose.encode()).hexdigest()[:16],
        feedback=told if visit.told else None,
        differ_url=_differ_url(visit) if remarks else None,
        class_url=_class_url(visit) if remarks and visit.item.format.units else None,
        next_url=url_for("learn.step", attempt=visit.attempt.id, step=after) if after else None,
        url=step_url(visit.attempt, visit.step),
        result_url=result,
        draft_url=url_for("learn.save_draft", attempt=visit.attempt.id, step=visit.step),
        strips=_strips(visit, library, article, here),
        heads_up="" if response else _heads_up(visit, library, article),
        ungraded=_ungraded(visit),
        in_class=visit.attempt.seat_id is not None,
        confidence=visit.item.format.name != "text" and asks_sure(),
        comes_back=_comes_back(visit, library),
        stop_url=result if visit.exercise.kind is ExerciseKind.PRACTICE else None,
        typed=typed or [],
        tells=visit.told,
        kept=in_words(visit.item, response.answer) if response and not visit.told else None,
    )


def _comes_back(visit: Visit, library: Library) -> bool:
    """Whether a case of practice that went wrong waits behind with another statement."""
    if visit.exercise.kind is not ExerciseKind.PRACTICE or response_at(visit.attempt, visit.step) is None:
        return False
    answered = {one.step for one in visit.attempt.responses}
    waiting = (
        library.task(item)
        for step, (item, _part) in enumerate(visit.attempt.tasks, start=1)
        if step not in answered
    )
    return any(one is not None and one.case is visit.item.case for one in waiting)


def _ungraded(visit: Visit) -> bool:
    """Whether to say that no teacher grades it: in a class's practice, of what a machine marks."""
    practised = visit.opening is not None and visit.opening.mode is Mode.PRACTICE
    return practised and bool(visit.item.format.units) and not visit.item.graded


def place(visit: Visit) -> Place:
    """Where the step stands, by tasks and by parts, as the exercise was when the attempt began."""
    task, part = visit.attempt.tasks[visit.step - 1]
    parts = list(dict.fromkeys(part for _task, part in visit.attempt.tasks))
    step = visit.exercise.steps[part] if part < len(visit.exercise.steps) else None
    label = step.label if step and step.item in {"", task} else ""
    return Place(
        number=visit.step,
        count=len(visit.attempt.tasks),
        part=label or visit.item.title,
        part_number=parts.index(part) + 1,
        part_count=len(parts),
    )


def _paragraphs(
    article: Article | None, item: Item, here: Answered | None, said: Sequence[NoteView]
) -> list[list[SentenceView]]:
    if article is None:
        return []
    margin: dict[int, list[NoteView]] = {}
    if item.format.name == "spot":
        for note in said:
            if note.sentence is not None:
                margin.setdefault(note.sentence, []).append(note)
    return paragraphs(article, item, here.mark if here else None, margin)


def _differ_url(visit: Visit) -> str:
    return url_for("learn.read_otherwise", attempt=visit.attempt.id, step=visit.step)


def _class_url(visit: Visit) -> str:
    return url_for("learn.class_votes", attempt=visit.attempt.id, step=visit.step)


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
        for one in marking.answered(visit.attempt, library)
        if one.item and one.item.article == article.id and one.step <= visit.step
    ]
    rows = strips.rows(article, earlier, here, bins=bins)
    return rows if on_strip(visit.item, article) or strips.filled(rows) else []
