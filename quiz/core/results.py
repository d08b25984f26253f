"""Figures on reports, as pure functions of marks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quiz.core.article import Article, Bin, TwoWay
from quiz.core.formats.choice import Choice
from quiz.core.library import Item, Skill
from quiz.core.mark import Judged, Mark, Outcome, Verdict


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One answered item and its mark."""

    item: Item
    mark: Mark
    step: int


@dataclass(frozen=True, kw_only=True)
class SkillSummary:
    """What was answered of one skill.

    `right` of `units` were placed or left as the key says. `sources` were stated in the text,
    `overlooked` of them not seen; `phantoms` of `assertions` were taken for stated sources. The
    last four are counted for items whose key is two-way, and never added up.
    """

    skill: Skill
    items: int
    full: int
    right: int
    units: int
    sources: int
    overlooked: int
    assertions: int
    phantoms: int


@dataclass(frozen=True, kw_only=True)
class MixedUp:
    """A misconception that answers showed, and how often."""

    misconception: str
    count: int


def by_skill(answered: Iterable[Answered], articles: Mapping[str, Article]) -> list[SkillSummary]:
    """Summaries of the skills that were answered, in the order of the skills."""
    of_skill: dict[Skill, list[Answered]] = {skill: [] for skill in Skill}
    for one in answered:
        of_skill[one.item.skill].append(one)
    return [_summary(skill, ones, articles) for skill, ones in of_skill.items() if ones]


def _summary(skill: Skill, ones: list[Answered], articles: Mapping[str, Article]) -> SkillSummary:
    marks = [count for one in ones for count in counted(one)]
    two_way = [pair for one in ones for pair in two_way_pairs(one.item, one.mark, articles)]
    sources = [given for key, given in two_way if key is TwoWay.SOURCED]
    assertions = [given for key, given in two_way if key is TwoWay.ASSERTION]
    return SkillSummary(
        skill=skill,
        items=len(ones),
        full=sum(1 for one in ones if one.mark.outcome is Outcome.FULL),
        right=sum(marks),
        units=len(marks),
        sources=len(sources),
        overlooked=sum(1 for given in sources if given is TwoWay.ASSERTION),
        assertions=len(assertions),
        phantoms=sum(1 for given in assertions if given is TwoWay.SOURCED),
    )


def counted(one: Answered) -> list[bool]:
    """For each unit that counts, whether it is right. A choice of one option counts once as a whole."""
    if isinstance(one.item.format, Choice) and not one.item.format.several:
        return [one.mark.outcome is Outcome.FULL]
    scored = (unit.verdict for unit in one.mark.units if unit.verdict is not Verdict.OPEN)
    return [verdict in (Verdict.FOUND, Verdict.LEFT) for verdict in scored]


def two_way_pairs(item: Item, mark: Mark, articles: Mapping[str, Article]) -> list[tuple[TwoWay, TwoWay]]:
    """The (key, answer) pairs of an item about sourcing: is a source stated, whatever was marked.

    Units left empty and neutral units give none. Items of other skills give none.
    """
    if item.skill is not Skill.SOURCING:
        return []
    if item.format.name == "spot":
        return _from_spot(item, mark, articles)
    if item.format.name == "choice":
        return _from_choice(mark)
    return [pair for unit in mark.units if (pair := _from_bins(unit))]


def _from_bins(unit: Judged) -> tuple[TwoWay, TwoWay] | None:
    bins = {one.value: one for one in Bin}
    if unit.verdict is Verdict.OPEN or unit.key not in bins or unit.given not in bins:
        return None
    return _two_way(bins[unit.key]), _two_way(bins[unit.given])


def _from_choice(mark: Mark) -> list[tuple[TwoWay, TwoWay]]:
    """A forced choice among the three bins; other choices give none."""
    bins = {one.value: one for one in Bin}
    if {unit.unit for unit in mark.units} != bins.keys():
        return []
    key = next(_two_way(bins[unit.unit]) for unit in mark.units if unit.key == "marked")
    picked = [_two_way(bins[unit.unit]) for unit in mark.units if unit.given == "marked"]
    return [(key, given) for given in picked]


def _two_way(bin: Bin) -> TwoWay:
    return TwoWay.SOURCED if bin is Bin.SOURCED else TwoWay.ASSERTION


def _from_spot(item: Item, mark: Mark, articles: Mapping[str, Article]) -> list[tuple[TwoWay, TwoWay]]:
    """A marked unit takes the two-way label of the item's keys; an unmarked one the other."""
    if item.article is None or item.spot_unit != "claim":
        return []
    claims = articles[item.article].claims
    scored = [unit for unit in mark.units if unit.verdict is not Verdict.OPEN]
    signal = {claims[unit.unit].label.two_way for unit in scored if unit.key == "marked"}
    if len(signal) != 1:
        return []
    marked = signal.pop()
    unmarked = TwoWay.ASSERTION if marked is TwoWay.SOURCED else TwoWay.SOURCED
    pairs = ((claims[unit.unit].label.two_way, unit) for unit in scored)
    return [(key, marked if unit.given == "marked" else unmarked) for key, unit in pairs]


def mixed_up(answered: Iterable[Answered]) -> list[MixedUp]:
    """The misconceptions that wrong answers showed, most frequent first."""
    counts = Counter(
        name for one in answered for unit in one.mark.units if (name := misconception(one.item, unit))
    )
    return [MixedUp(misconception=name, count=count) for name, count in counts.most_common()]


def misconception(item: Item, unit: Judged) -> str:
    """What a wrong answer to the unit misunderstands, by the item's notes; empty where none is listed."""
    note = item.notes.get(unit.unit)
    if note is None:
        return ""
    if unit.verdict in {Verdict.OVER, Verdict.MISSED}:
        return note.misconception
    if unit.verdict is Verdict.MISPLACED and unit.given in note.wrong:
        return note.wrong[unit.given].misconception
    return ""
