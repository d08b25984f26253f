"""What is said of growth: a change only where its interval leaves 0 out, else that there is no sign."""

from dataclasses import dataclass

from quiz.core.share import hundredths
from quiz.core.statistics.growth import PAIRS, STATEMENTS, Change, Sign
from quiz.services.growing import Evidence
from quiz.web.numbers import decimal, percent
from quiz.web.text import _


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A figure before and after on a line from none to all, in hundredths of it.

    `low` and `high` are the ends of where `after` lies in 95 of 100 classes.
    """

    before: float
    after: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Row:
    """A figure before and after, with its change in words; a `picture` where the figure has a most."""

    text: str
    before: str
    after: str
    change: str
    interval: str
    verdict: str
    picture: Picture | None


def sentence(evidence: Evidence) -> str:
    """The finding in a sentence."""
    growth = evidence.growth
    if not evidence.forms:
        return _("No form has been given yet: form X comes before the lessons, form Y after them.")
    if growth is None:
        return _("Too few have done both forms to say anything.")
    by, sign = growth.right.change, growth.sign
    if sign is Sign.NO_SIGN:
        return _("No sign of change in telling sourced from unsourced.")
    if sign is Sign.GROWN:
        return _(
            "The class tells sourced from unsourced better: by %(by)s of 16 statements.", by=decimal(by, 1)
        )
    return _(
        "The class tells sourced from unsourced less well: by %(by)s of 16 statements.", by=decimal(-by, 1)
    )


def rows(evidence: Evidence) -> list[Row]:
    """The figures, sound sources recognised first: that must not fall."""
    growth = evidence.growth
    if growth is None:
        return []
    found = [
        _row(_("Sound sources recognised"), growth.sound, most=1),
        _row(_("Statements right, of 16"), growth.right, most=STATEMENTS),
        _row(_("Pairs right, of 4: which lets a reader check more"), growth.pairs, most=PAIRS),
        _row(_("Telling apart, d′ of the class"), growth.discrimination),
        _row(_("Leaning, c of the class: above 0, less ready to see a source"), growth.bias),
    ]
    return [one for one in found if one]


def _row(text: str, change: Change | None, *, most: int | None = None) -> Row | None:
    if change is None:
        return None

    def written(value: float, *, moved: bool = False) -> str:
        if most != 1:
            return decimal(value, moved=moved)
        points = decimal(100 * value, 0, moved=True)
        return _("%(number)s points", number=points) if moved else percent(hundredths(value))

    interval = change.interval
    ends = [written(end, moved=True) for end in (interval.low, interval.high)] if interval else []
    return Row(
        text=text,
        before=written(change.before),
        after=written(change.after),
        change=written(change.change, moved=True),
        interval=_("%(low)s to %(high)s", low=ends[0], high=ends[1])
        if ends
        else _("no interval: all changed alike"),
        verdict=verdict(change.sign),
        picture=_picture(change, most) if most else None,
    )


def _picture(change: Change, most: int) -> Picture:
    interval = change.interval
    low, high = (interval.low, interval.high) if interval else (change.change, change.change)

    def placed(value: float) -> float:
        return round(100 * min(max(value / most, 0), 1), 1)

    return Picture(
        before=placed(change.before),
        after=placed(change.after),
        low=placed(change.before + low),
        high=placed(change.before + high),
    )


def verdict(sign: Sign) -> str:
    """A sign in words: never "unchanged"."""
    return {
        Sign.GROWN: _("grown"),
        Sign.FALLEN: _("fallen"),
        Sign.NO_SIGN: _("no sign of change"),
    }[sign]


def mirrors(evidence: Evidence) -> str:
    """Whether both sides of invented quarrels met the same test, in a sentence."""
    found = evidence.mirrors
    if found is None:
        return _("Too few to say: it takes 4 pairs met both ways round, and 10 learners.")
    share = decimal(100 * abs(found.difference), 0)
    if found.interval is None or found.interval.holds(0):
        return _(
            "No sign that one side met a harder test:"
            " %(pairs)s pairs, %(learners)s learners, %(share)s points of 100 apart.",
            pairs=found.pairs,
            learners=found.learners,
            share=share,
        )
    return _(
        "The two tellings were read differently: %(share)s points of 100 apart,"
        " over %(pairs)s pairs and %(learners)s learners.",
        pairs=found.pairs,
        learners=found.learners,
        share=share,
    )
