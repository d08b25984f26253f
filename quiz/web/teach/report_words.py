"""What is said in words about a class's results: each figure with a sentence that states the finding."""

from dataclasses import dataclass
from fractions import Fraction

from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.results import SkillSummary
from quiz.core.share import hundredths
from quiz.core.statistics.few import FEWEST, too_few
from quiz.core.statistics.interval import Interval
from quiz.core.statistics.items import WHOLE, ItemFigures, Tried, of_item, wrong_answers
from quiz.services.marking import marked_by
from quiz.services.reporting import ClassAnswer, ClassReport, Mistake, Sound
from quiz.store.reports import Counts
from quiz.web.learn import words
from quiz.web.numbers import decimal, percent
from quiz.web.text import _, ngettext
from quiz.web.votes_view import UnitView, answer_text

MOST_MISTAKES = 6


@dataclass(frozen=True, kw_only=True)
class Glance:
    """How far a class has come: counts without names, and a sentence."""

    counts: Counts
    sentence: str

    @property
    def percent(self) -> int:
        """The answers in hundredths of all that those who started will give."""
        return hundredths(self.counts.answers / self.counts.expected) if self.counts.expected else 0


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A share as a bar: what it is, how many of how many. `wrong`: it counts mistakes."""

    text: str
    count: int
    of: int
    wrong: bool = False

    @property
    def percent(self) -> int:
        """The share in hundredths."""
        return hundredths(self.count / self.of) if self.of else 0


@dataclass(frozen=True, kw_only=True)
class SkillRows:
    """A skill with its measures."""

    title: str
    rows: list[Measure]


@dataclass(frozen=True, kw_only=True)
class TaskRow:
    """A task in the table. `percent`, the mean of the points, is None where nobody has marked it yet."""

    id: str
    title: str
    tried: int
    percent: int | None
    right: str
    wrong: str
    rest: str
    out: bool


def glance(counts: Counts) -> Glance:
    """Who started, answered, finished."""
    return Glance(counts=counts, sentence=_progress(counts.begun, counts.finished))


def not_done(report: ClassReport) -> list[tuple[str, list[str]]]:
    """The names of those who have not begun, and of those who are under way with how far they are."""
    absent = [seat.name for seat in report.seats if seat.id not in report.progress]
    under_way = [
        _("%(name)s (%(answered)s of %(tasks)s)", name=seat.name, answered=one.answered, tasks=one.tasks)
        for seat in report.seats
        if (one := report.progress.get(seat.id)) and not one.finished
    ]
    return [
        (say, sorted(names))
        for say, names in ((_("Not begun"), absent), (_("Under way"), under_way))
        if names
    ]


def _progress(begun: int, finished: int) -> str:
    if not begun:
        return _("Nobody has started yet.")
    started = ngettext("%(num)s has started", "%(num)s have started", begun)
    done = ngettext("%(num)s has finished.", "%(num)s have finished.", finished)
    return _("%(started)s, %(done)s", started=started, done=done)


def headline(report: ClassReport, mistakes: list[Mistake], library: Library) -> str:
    """The chief finding in a sentence or two."""
    if len(report.by_seat) < FEWEST:
        return _("Too few have answered to say anything of the class.")
    well = (
        _("Most answers are fully right.")
        if _mostly_right(report)
        else _("Fewer than half of the answers are fully right.")
    )
    if not mistakes:
        return well
    chief = mistakes[0]
    text = library.misconceptions[chief.misconception]
    return _(
        "%(well)s What slipped most, by %(count)s of %(all)s: %(text)s",
        well=well,
        count=chief.learners,
        all=chief.of,
        text=text,
    )


def _mostly_right(report: ClassReport) -> bool:
    counted = [one.points for one in report.answers if one.points is not None]
    return 2 * counted.count(Fraction(1)) >= len(counted)


def skills(found: list[SkillSummary], sound: Sound) -> list[SkillRows]:
    """By skill what was found, overlooked, and seen where there is none."""
    rows = [SkillRows(title=words.skill(one.skill), rows=_measures(one)) for one in found if one.units]
    if not too_few(sound.learners):
        rows.append(
            SkillRows(
                title=_("Sound sources"),
                rows=[Measure(text=_("Recognised: one could ask openly"), count=sound.found, of=sound.of)],
            )
        )
    return rows


def _measures(one: SkillSummary) -> list[Measure]:
    rows = [Measure(text=_("Read as the text has it"), count=one.right, of=one.units)]
    if one.sources:
        rows.append(
            Measure(text=_("Stated sources found"), count=one.sources - one.overlooked, of=one.sources)
        )
        rows.append(
            Measure(
                text=_("Overlooked a source that is there"), count=one.overlooked, of=one.sources, wrong=True
            )
        )
    if one.assertions:
        rows.append(
            Measure(
                text=_("Saw a source that isn’t there"), count=one.phantoms, of=one.assertions, wrong=True
            )
        )
    return rows


def mistakes(found: list[Mistake], library: Library) -> list[Measure]:
    """What was mixed up, by how many learners of those who could have."""
    return [
        Measure(text=library.misconceptions[one.misconception], count=one.learners, of=one.of, wrong=True)
        for one in found[:MOST_MISTAKES]
    ]


def tasks(report: ClassReport, library: Library) -> tuple[list[TaskRow], int]:
    """Every task that enough learners answered, with its figures; and how many too few answered."""
    rows, few = [], 0
    for id, answers in report.by_item.items():
        figures = of_item(_tries(answers, report))
        if figures is None:
            few += 1
        else:
            rows.append(_task(id, library.task(id), figures, answers))
    return rows, few


def _tries(answers: list[ClassAnswer], report: ClassReport) -> list[Tried]:
    """Each answer beside the mean of the learner’s others: a sum would make those who are slow look weak."""
    return [
        Tried(
            points=one.points,
            total=(one.points or Fraction(0)) + _mean_of_others(one, report),
            wrong=wrong_answers(one.mark, one_answer=words.one_answer(one.item))
            if one.mark and one.item
            else {},
        )
        for one in answers
    ]


def _mean_of_others(answer: ClassAnswer, report: ClassReport) -> Fraction:
    mine = report.by_seat[answer.kept.seat_id]
    others = [one.points for one in mine if one is not answer and one.points is not None]
    return sum(others, Fraction(0)) / len(others) if others else Fraction(0)


def _task(id: str, item: Item | None, figures: ItemFigures, answers: list[ClassAnswer]) -> TaskRow:
    right = figures.right
    rest = figures.rest_correlation
    marked = any(one.points is not None for one in answers)
    return TaskRow(
        id=id,
        title=called(item) if item else _("A task that was taken away"),
        tried=figures.tried,
        percent=None if figures.facility is None else hundredths(figures.facility),
        right=_between(right.interval) if right else "",
        wrong=_most_wrong(item, figures) if item else "",
        rest="" if rest is None else decimal(rest),
        out=not marked and item is not None and item.format.name != "text",
    )


def _between(interval: Interval) -> str:
    return f"{percent(hundredths(interval.low))} – {percent(hundredths(interval.high))}"


def called(item: Item) -> str:
    """A task by its id and title; one of the bank by how its text begins, as they all share a title."""
    if not item.passages:
        return f"{item.short} · {item.title}"
    text = "".join(piece.text for piece in item.passages[0])
    return f"{item.short} · {item.title}: “{words.excerpt(text)}”"


def unit_taken(library: Library, scope: str, unit: str) -> str:
    """A unit that was taken out, by its first words: a claim of an article, or a unit of a task."""
    article, item = library.articles.get(scope), library.task(scope)
    if article and unit in article.claims:
        return f"“{words.excerpt(article.claims[unit].words)}”"
    return f"{item.short} · “{words.excerpt(item.text_of(unit))}”" if item else unit


def _most_wrong(item: Item, figures: ItemFigures) -> str:
    """The most frequent wrong answer of all units, with how many gave it."""
    if not figures.wrong:
        return ""
    most = max(figures.wrong, key=lambda one: one.count)
    if most.unit == WHOLE:
        option = item.by_unit.get(most.given)
        text = option.text if option else most.given
        return f"{text} ({most.count})"
    row = item.row_of(most.unit)
    says = row.brief if row else most.unit
    return f"“{words.excerpt(says)}”: {answer_text(item, most.unit, most.given)} ({most.count})"


def since(item: Item, answers: list[ClassAnswer]) -> str:
    """What has changed in a task after some of its answers, in a sentence."""
    if any(one.voted and not marked_by(item, one.kept) for one in answers):
        return _("The right answer was changed after students answered. They count as they were marked then.")
    if any(one.kept.text_revision not in {None, item.text_revision} for one in answers):
        return _("This task was reworded after students answered. They count as they were marked then.")
    return ""


def worst_of(item: Item, views: list[UnitView]) -> str:
    """What the votes on a task show, in a sentence."""
    counted = [one for one in views if one.percent is not None]
    if not counted:
        return _("Too few have answered to say anything.")
    worst = min(counted, key=lambda one: one.percent or 0)
    share = percent(worst.percent or 0)
    start = words.excerpt(worst.words or worst.text)
    if not start:
        return _("%(percent)s read it rightly.", percent=share)
    say = _("Fewest read this rightly: “%(start)s”, %(percent)s.", start=start, percent=share)
    return f"{say} {worst.finding}".strip()
