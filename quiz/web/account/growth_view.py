"""What a learner’s answers show over time, in words and ready to draw."""

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.core import own_growth
from quiz.core.library import Library
from quiz.core.own_growth import Given, MistakeOverTime, Share, TwoErrors
from quiz.services.own_growth import OWN, OwnTest, Progress
from quiz.web.learn import words
from quiz.web.numbers import decimal
from quiz.web.text import _, ngettext

FEWEST = 10
"""Answers, before anything is said of them."""
MOST_MISTAKES = 3
OFTEN = 0.25
"""The share from which on an error is said to happen often."""
FEWEST_ERRORS = 3
"""So many errors it takes to call them frequent."""
FEWEST_OF_A_STEP = 5
"""Answers that were called sure, and less sure, before the two are held side by side."""
LUCK = 2
"""So many statements more or less can be luck, of sixteen."""


@dataclass(frozen=True, kw_only=True)
class SkillRow:
    """A skill at first and lately; `first` is None where there is too little to halve."""

    title: str
    first: Share | None
    lately: Share


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """The last answers to a case, oldest first."""

    title: str
    right: tuple[bool, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class Sureness:
    """How many were right of those that somebody was so sure of."""

    title: str
    share: Share


@dataclass(frozen=True, kw_only=True)
class GrowthView:
    """All that is shown of how it goes."""

    enough: bool
    findings: list[str]
    skills: list[SkillRow]
    cases: list[CaseRow]
    mistakes: list[str]
    sureness: list[Sureness]
    on_sureness: str
    discrimination: str
    test: str
    may_begin: str


def build(progress: Progress, library: Library) -> GrowthView:
    """The picture of one learner’s answers; of few, only that they are few."""
    given = progress.given
    sureness = own_growth.calibration(given)
    return GrowthView(
        enough=len(given) >= FEWEST,
        findings=_findings(own_growth.two_errors(given)),
        skills=[
            SkillRow(title=words.skill(one.skill), first=one.first, lately=one.lately)
            for one in own_growth.by_skill(given)
        ],
        cases=[
            CaseRow(title=words.case(one.case), right=one.right, count=sum(one.right))
            for one in own_growth.by_case(given)
        ],
        mistakes=_mistakes(given, library),
        sureness=[Sureness(title=words.sure(level), share=share) for level, share in sureness],
        on_sureness=_on_sureness(dict(sureness)),
        discrimination=_discrimination(given),
        test=_test(progress.tests),
        may_begin=_may_begin(progress.tests),
    )


def _findings(errors: TwoErrors) -> list[str]:
    """Which of the two errors happens often, each by itself."""
    found = []
    if _often(errors.phantoms):
        found.append(
            _(
                "A source was seen where the text states none: %(count)s of %(of)s.",
                count=errors.phantoms.count,
                of=errors.phantoms.of,
            )
        )
    if _often(errors.overlooked):
        found.append(
            _(
                "A source that the text states was passed over: %(count)s of %(of)s.",
                count=errors.overlooked.count,
                of=errors.overlooked.of,
            )
        )
    asked, missed = errors.overlooked.of + errors.phantoms.of, errors.overlooked.count + errors.phantoms.count
    if asked and not missed:
        found.append(_("Stated sources are found, and none is seen where the text has none."))
    elif asked and not found:
        found.append(_("Most stated sources are found, and seldom is one seen where the text has none."))
    return found


def _often(error: Share) -> bool:
    """Whether an error happens often, on more than one or two claims."""
    return error.count >= FEWEST_ERRORS and error.count >= OFTEN * error.of


def _mistakes(given: Sequence[Given], library: Library) -> list[str]:
    return [
        f"{library.misconceptions[one.misconception]} {_how_often(one)}"
        for one in library.still_named(own_growth.mistakes(given))[:MOST_MISTAKES]
    ]


def _how_often(one: MistakeOverTime) -> str:
    if one.lately is None:
        return ngettext("Once so far.", "%(num)s times so far.", one.count)
    lately = ngettext("once lately.", "%(num)s times lately.", one.lately) if one.lately else _("not lately.")
    times = ngettext("Once in all,", "%(num)s times in all,", one.count)
    return f"{times} {lately}"


def _on_sureness(said: dict[str, Share]) -> str:
    """What being sure goes with, in a sentence; nothing where one of two steps was hardly used."""
    sure, guess = said.get("sure"), said.get("guess") or said.get("think")
    if sure is None or guess is None or min(sure.of, guess.of) < FEWEST_OF_A_STEP:
        return ""
    if sure.percent > guess.percent:
        return _("The surer you are, the more often it holds.")
    return _("Being sure hasn’t meant being right more often so far. Slow down where it feels easy.")


def _discrimination(given: Sequence[Given]) -> str:
    found = own_growth.discrimination(given)
    if found is None:
        return ""
    value, counts = found
    return _(
        "Telling sources from none: d′ %(value)s, from %(signal)s sourced and %(noise)s other claims."
        " 0 would be guessing, 1 is fair, 3 is nearly without a slip.",
        value=decimal(value, 1),
        signal=counts.signal,
        noise=counts.noise,
    )


def _test(tests: dict[str, OwnTest]) -> str:
    """The test before and after, by counts alone."""
    before, after = (tests.get(form) for form in OWN)
    if before is None:
        return ""
    if after is None:
        return _(
            "Before: %(right)s of %(of)s statements, %(pairs)s of %(all)s pairs.",
            right=before.right,
            of=before.of,
            pairs=before.pairs_right,
            all=before.pairs,
        )
    luck = (
        _("two answers can be luck.")
        if abs(after.right - before.right) <= LUCK
        else _("one or two of them can be luck.")
    )
    return _(
        "Before %(before)s of %(of)s, after %(after)s: %(luck)s Of the pairs, before %(pairs_before)s of"
        " %(pairs)s, after %(pairs_after)s.",
        before=before.right,
        of=before.of,
        after=after.right,
        luck=luck,
        pairs_before=before.pairs_right,
        pairs=before.pairs,
        pairs_after=after.pairs_right,
    )


def _may_begin(tests: dict[str, OwnTest]) -> str:
    """The form that comes next; empty once both are taken."""
    return next((form for form in OWN if form not in tests), "")
