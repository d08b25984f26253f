"""What is said in words about marks. Words come first; numbers stand beside them."""

from fractions import Fraction

from quiz.core.formats.choice import Choice
from quiz.core.formats.classify import Classify
from quiz.core.item import Case, Item
from quiz.core.mark import Mark, Outcome, Verdict
from quiz.core.results import SkillSummary
from quiz.core.skills import Skill
from quiz.web.text import _, ngettext

MARKED = frozenset({"spot", "choice"})
EXCERPT = 7
"""Words of a text that stand for it in a list."""


def skill(one: Skill) -> str:
    """A skill's name for people."""
    return {
        Skill.SOURCING: _("Stated source or not"),
        Skill.ANONYMITY: _("Anonymous sourcing"),
        Skill.COMPARISON: _("Allegation and denial"),
        Skill.EDITING: _("Reading like an editor"),
    }[one]


def outcome(one: Outcome) -> str:
    """An outcome in a word or two."""
    return {
        Outcome.FULL: _("Fully"),
        Outcome.PARTLY: _("Partly"),
        Outcome.NOT_YET: _("Not yet"),
        Outcome.EMPTY: _("Left empty"),
        Outcome.KEPT: _("Handed in"),
    }[one]


def one_answer(item: Item) -> bool:
    """Whether the item is a choice of just one option."""
    return isinstance(item.format, Choice) and not item.format.several


def verdict(one: Verdict, item: Item) -> str:
    """A verdict in a word or two."""
    if one_answer(item):
        return _single(one)
    marked = item.format.name in MARKED
    return {
        Verdict.FOUND: _("Found") if marked else _("Right"),
        Verdict.MISSED: _("Missed") if marked else _("Left empty"),
        Verdict.OVER: _("Over-marked"),
        Verdict.LEFT: _("Rightly left"),
        Verdict.MISPLACED: _("Another answer fits"),
        Verdict.OPEN: _("Not counted"),
    }[one]


def _single(one: Verdict) -> str:
    return {
        Verdict.FOUND: _("Right"),
        Verdict.MISSED: _("This is the one"),
        Verdict.OVER: _("Not this one"),
        Verdict.LEFT: _("Rightly left"),
    }.get(one, "")


def headline(item: Item, mark: Mark) -> str:
    """What came of an answer, in one or two sentences."""
    name = item.format.name
    if mark.outcome is Outcome.KEPT:
        return _("Your text is handed in. Hold it beside the model answer.")
    if mark.outcome is Outcome.EMPTY:
        return _("You left this one empty. Here is how it can be read.")
    if one_answer(item):
        return _("Yes, that is it.") if mark.outcome is Outcome.FULL else _("Not this one. Here is why.")
    if name in MARKED:
        return _marks(mark)
    return _("You placed %(hits)s of %(keys)s right.", hits=mark.hits, keys=mark.keys)


def _marks(mark: Mark) -> str:
    found = _("You found %(hits)s of %(keys)s.", hits=mark.hits, keys=mark.keys)
    if not mark.false_marks:
        return found
    also = ngettext(
        "You also marked %(num)s that isn’t one.",
        "You also marked %(num)s that aren’t.",
        mark.false_marks,
    )
    return f"{found} {also}"


def fully(full: int, of: int) -> str:
    """How many steps earned all points."""
    return ngettext(
        "%(full)s of %(num)s step fully right", "%(full)s of %(num)s steps fully right", of, full=full
    )


def counts(item: Item, mark: Mark) -> list[tuple[int, str]]:
    """The numbers beside the words."""
    verdicts = [unit.verdict for unit in mark.units]
    if mark.points is None or one_answer(item):
        return []
    if item.format.name in MARKED:
        return [
            (mark.hits, _("found")),
            (mark.keys - mark.hits, _("missed")),
            (mark.false_marks, _("over-marked")),
        ]
    return [
        (mark.hits, _("right")),
        (verdicts.count(Verdict.MISPLACED), _("not right")),
        (verdicts.count(Verdict.MISSED), _("left empty")),
    ]


def slips(item: Item, mark: Mark) -> str:
    """What there is to step through: "1 missed, 2 over-marked". As in `counts`, a source counts once."""
    verdicts = [unit.verdict for unit in mark.units]
    marked = item.format.name in MARKED
    missed = mark.keys - mark.hits if marked else 0
    empty = 0 if marked else verdicts.count(Verdict.MISSED)
    over = mark.false_marks if marked else 0
    misplaced = verdicts.count(Verdict.MISPLACED)
    said = [
        (missed, ngettext("%(num)s missed", "%(num)s missed", missed)),
        (over, ngettext("%(num)s over-marked", "%(num)s over-marked", over)),
        (misplaced, ngettext("%(num)s not right", "%(num)s not right", misplaced)),
        (empty, ngettext("%(num)s left empty", "%(num)s left empty", empty)),
    ]
    return ", ".join(text for count, text in said if count)


def points(value: Fraction) -> str:
    """Points as people write them: 0, 1 or a fraction."""
    return str(value)


def sum_of(item: Item, mark: Mark) -> str:
    """How the points came about, as a sum that can be checked."""
    if mark.points is None:
        return ""
    total = points(mark.points)
    if item.format.name in MARKED and not one_answer(item) and not _told(item):
        return _(
            "%(hits)s of %(keys)s found, less %(false)s of %(noise)s marked wrongly,"
            " never below 0: %(total)s",
            hits=mark.hits,
            keys=mark.keys,
            false=mark.false_marks,
            noise=mark.noise,
            total=total,
        )
    if one_answer(item):
        return ""
    if item.format.name == "choice":
        return _("%(hits)s of %(keys)s chosen: %(total)s", hits=mark.hits, keys=mark.keys, total=total)
    return _shares(item, mark, total)


def _shares(item: Item, mark: Mark, total: str) -> str:
    """The share right of each answer in the key, and their mean."""
    counted = [one for one in mark.units if one.verdict is not Verdict.OPEN]
    if not isinstance(item.format, Classify):
        return _("The mean of the shares of each answer placed right: %(total)s", total=total)
    shares = []
    for answer in item.answers:
        units = [one for one in counted if one.key == answer.id]
        if units:
            right = sum(1 for one in units if one.verdict is Verdict.FOUND)
            shares.append(
                _("%(answer)s: %(right)s of %(all)s", answer=answer.text, right=right, all=len(units))
            )
    return _("%(shares)s. The mean of these shares: %(total)s", shares="; ".join(shares), total=total)


def _told(item: Item) -> bool:
    return isinstance(item.format, Choice) and item.format.told


def chance(item: Item) -> str:
    """What answering blindly would earn."""
    value = item.format.chance
    if value is None:
        return ""
    if value == 0:
        return _("Marking everything, or nothing, earns 0.")
    return _("Guessing earns about %(share)s of the points.", share=points(value))


def summary(one: SkillSummary) -> str:
    """A skill's result in one sentence."""
    return _("You read %(right)s of %(units)s as the text has them.", right=one.right, units=one.units)


def two_errors(one: SkillSummary) -> list[str]:
    """The two errors, never added up; none where nothing was two-way."""
    lines = []
    if one.sources:
        found = one.sources - one.overlooked
        lines.append(
            _("Stated sources: you saw %(found)s of %(all)s.", found=found, all=one.sources)
            if one.overlooked
            else _("Stated sources: you saw all %(all)s.", all=one.sources)
        )
        if one.overlooked:
            lines.append(
                ngettext(
                    "Overlooked a source that is there: %(num)s time.",
                    "Overlooked a source that is there: %(num)s times.",
                    one.overlooked,
                )
            )
    if one.phantoms:
        lines.append(
            ngettext(
                "Saw a source that isn’t there: %(num)s time.",
                "Saw a source that isn’t there: %(num)s times.",
                one.phantoms,
            )
        )
    elif one.assertions:
        lines.append(_("You saw no source where none is stated."))
    return lines


def sees(one: Skill) -> str:
    """What somebody sees who does well in a skill."""
    return {
        Skill.SOURCING: _("You see whether a sentence says who tells it."),
        Skill.ANONYMITY: _("You see whether a source could be asked openly."),
        Skill.COMPARISON: _("You see what each side says, and what is said back to it."),
        Skill.EDITING: _("You see how words, dates and pictures carry a claim."),
    }[one]


def begun(one: SkillSummary) -> str:
    """What is said where nothing is sure yet: what went right, without praise that the answers don’t bear."""
    return _(
        "%(skill)s: %(right)s of %(units)s so far. That is a start.",
        skill=skill(one.skill),
        right=one.right,
        units=one.units,
    )


def question_for_today(one: Skill) -> str:
    """A question to put to today's news, for the skill that wants practice."""
    return {
        Skill.SOURCING: _("Take today’s top story. On whose word does its first sentence rest?"),
        Skill.ANONYMITY: _("Find a source without a name today. Does an office stand behind the words?"),
        Skill.COMPARISON: _("Find a denial today. What exactly does it deny, and what does it leave open?"),
        Skill.EDITING: _("Find a judging word today. Whose word is it?"),
    }[one]


def the_key() -> str:
    """The name of the key's row on the strip."""
    return _("The key")


def case(one: Case) -> str:
    """What a case of practice is about."""
    return {
        Case.FULL_STOP: _("Where a source ends"),
        Case.DOER_AND_TELLER: _("Who does it, and who tells it"),
        Case.ACT_OR_WORDS: _("What was done, and what was said"),
        Case.OFFICE_OR_ANONYMOUS: _("An office, or somebody unnamed"),
        Case.DOCUMENT_IDENTIFIED: _("A document, or only a mention"),
        Case.HEDGE_OVER_SOURCE: _("A source that hedges"),
        Case.HEDGE_WITHOUT_SOURCE: _("A hedge without a source"),
        Case.PASSIVE_WITHOUT_SPEAKER: _("“It was said”: by whom?"),
        Case.LOOK_UP_OR_SOURCE: _("To look up, or to be told"),
        Case.PLAIN_OR_JUDGING: _("Plain words, judging words"),
    }[one]


def sure(level: str) -> str:
    """How sure somebody said they were."""
    return {"guess": _("A guess"), "think": _("I think so"), "sure": _("Sure")}[level]


def excerpt(text: str) -> str:
    """How a text begins."""
    said = text.split()
    return " ".join(said[:EXCERPT]) + (" …" if len(said) > EXCERPT else "")
