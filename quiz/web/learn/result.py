"""The result page of an attempt."""

from flask import url_for

from quiz.core import findings, strip
from quiz.core.library import Exercise, ExerciseKind, Library
from quiz.core.mark import Outcome
from quiz.core.results import Answered, SkillSummary, by_skill, mixed_up
from quiz.core.share import hundredths
from quiz.services import marking
from quiz.store.tables import Attempt
from quiz.web.learn import strips, words
from quiz.web.learn.views import Link, Mixed, Result, SkillView, StripRow
from quiz.web.text import _

MOST_MIXED = 3


def build(attempt: Attempt, exercise: Exercise, library: Library, *, told: bool) -> Result:
    """The result by skill: found, overlooked, seen where there is none, mixed up, to look at again.

    Before it is `told`, how much is answered alone.
    """
    answered = marking.answered(attempt, library) if told else []
    summaries = by_skill(answered)
    mixed = [
        Mixed(text=library.misconceptions[one.misconception], count=one.count)
        for one in library.still_named(mixed_up(answered))[:MOST_MIXED]
    ]
    fully = [one.mark.outcome is Outcome.FULL for one in answered if one.mark.points is not None]
    best = findings.best(summaries, findings.slipping(answered))
    weakest = findings.weakest(summaries)
    return Result(
        title=exercise.title,
        finished=attempt.finished_at is not None,
        told=told,
        answered=len(attempt.responses),
        count=len(attempt.tasks),
        by_skill=[_skill(one) for one in summaries if one.units],
        fully=fully,
        fully_says=words.fully(sum(fully), len(fully)),
        mixed=mixed,
        again=[_link(attempt, one) for one in answered if _look_again(one)],
        strips=_strips(exercise, library, answered),
        sees=_sees(best),
        slip=mixed[0].text if mixed else "",
        question_for_today=words.question_for_today(weakest.skill) if weakest else "",
    )


def _look_again(one: Answered) -> bool:
    return one.mark.outcome in {Outcome.PARTLY, Outcome.NOT_YET, Outcome.EMPTY}


def _link(attempt: Attempt, one: Answered) -> Link:
    title = f"{one.step}. {_titled(one)} · {words.outcome(one.mark.outcome)}"
    return Link(title=title, url=url_for("learn.step", attempt=attempt.id, step=one.step))


def _titled(one: Answered) -> str:
    """The item's title; a statement of the bank by its first words."""
    if one.item is None:
        return _("A task that was taken away")
    if one.item.article or not one.item.passages:
        return one.item.title
    text = "".join(piece.text for piece in one.item.passages[0])
    return f"“{words.excerpt(text)}”"


def following(exercise: Exercise, library: Library) -> Exercise | None:
    """The next exercise on the same article, to go on with after this one."""
    same = [
        one for one in library.listed if one.article == exercise.article and one.kind is ExerciseKind.SECTION
    ]
    place = same.index(exercise) + 1 if exercise in same else len(same)
    return same[place] if place < len(same) else None


def _sees(best: SkillSummary | None) -> str:
    if best is None:
        return ""
    return words.sees(best.skill) if findings.seen(best) else words.begun(best)


def _skill(one: SkillSummary) -> SkillView:
    return SkillView(
        skill_text=words.skill(one.skill),
        headline=words.summary(one),
        percent=hundredths(findings.share(one)),
        lines=words.two_errors(one),
    )


def _strips(exercise: Exercise, library: Library, answered: list[Answered]) -> list[StripRow]:
    if exercise.article is None:
        return []
    article = library.articles[exercise.article]
    about = [
        (one, item)
        for one in answered
        if (item := one.item) and item.article == article.id and strip.about_bins(item, article)
    ]
    if not about:
        return []
    key = {claim: kind for one, item in about for claim, kind in strip.key(item, one.mark, article).items()}
    return [
        *strips.rows(article, (one for one, _item in about), None, bins=True),
        strips.row(words.the_key(), article, key),
    ]
