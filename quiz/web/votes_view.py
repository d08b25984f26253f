"""The votes of a class on an item, ready to show: on the article's words, or as a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quiz.core.article import Article, Sentence
from quiz.core.formats.choice import Choice
from quiz.core.item import Item
from quiz.core.share import hundredths
from quiz.core.statistics.few import shown, too_few
from quiz.core.units import Piece
from quiz.core.votes import LEFT_EMPTY, Votes
from quiz.services.reporting import Out, taken_as
from quiz.web.text import _

Names = Mapping[tuple[str, str], Sequence[str]]
"""Who gave an answer, by (unit, answer)."""
HEATS = (0.85, 0.7, 0.55, 0.4)
"""Shares right at which a unit’s wash grows darker."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """How many gave an answer, of all who answered; both are None where that is withheld."""

    text: str
    count: int | None
    percent: int | None
    is_key: bool
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UnitView:
    """The votes on one unit. `percent` is the share right; None where it is open, or too few to say."""

    unit: str
    scope: str
    out_as: str
    sentence: int | None
    whole: bool
    text: str
    words: str
    percent: int | None
    heat: str
    finding: str
    bars: list[Bar]
    open: bool
    out: bool
    can_go_out: bool


@dataclass(frozen=True, kw_only=True)
class HeatPiece:
    """A run of a sentence, with the wash of the unit that it is."""

    text: str
    heat: str = ""


@dataclass(frozen=True, kw_only=True)
class HeatSentence:
    """A sentence with its washes, and the votes on its units beside it."""

    number: int
    first: bool
    pieces: list[HeatPiece]
    units: list[UnitView]


def units(
    item: Item,
    votes: Mapping[str, Votes],
    out: Out = frozenset(),
    *,
    for_class: bool = False,
    names: Names | None = None,
) -> list[UnitView]:
    """The votes on every unit that was asked, in the order of the task.

    `for_class`: so few that they point at somebody are withheld. `names`: who gave each answer to a unit,
    for a teacher who asks.
    """
    places = {unit.id: number for number, unit in enumerate(item.units)}
    rows = {unit: ref.row for unit, ref in item.refs.items()}
    ordered = sorted(votes.values(), key=lambda one: (places.get(rows.get(one.unit, ""), 0), one.unit))
    views = [_unit(item, one, out, names or {}) for one in ordered]
    return [_without_few(one) for one in views] if for_class else views


def of_options(item: Item, votes: Mapping[str, Votes]) -> list[UnitView]:
    """A choice of one option for its class: one breakdown, so that none is the rest of 100 %."""
    right = next((one for one in votes.values() if one.key == "marked"), None)
    if right is None or too_few(right.learners):
        return []
    view = _unit(item, right, frozenset(), {})
    picked = sum(one.answers.get("marked", 0) for one in votes.values())
    bars = board_bars(item, votes, view)
    if picked < right.learners:
        rest = right.learners - picked
        percent = hundredths(rest / right.learners)
        bars.append(Bar(text=_("left empty"), count=rest, percent=percent, is_key=False))
    return [_without_few(replace(view, text="", words="", bars=bars))]


def of_one_answer(
    item: Item, votes: Mapping[str, Votes], out: Out, names: Names | None = None
) -> list[UnitView]:
    """A choice of one option as one question: the share right once, and how many chose each option."""
    asked = [one for one in votes.values() if one.key == "marked"] or list(votes.values())[:1]
    if not asked:
        return []
    view = _unit(item, asked[0], out, {})
    if not view.bars:
        return [replace(view, text="", words="")]
    bars = [
        replace(bar, names=tuple((names or {}).get((option.id, "marked"), ())))
        for bar, option in zip(board_bars(item, votes, view), item.units, strict=True)
    ]
    return [replace(view, text="", words="", finding="", can_go_out=True, bars=bars)]


def _without_few(view: UnitView) -> UnitView:
    return replace(view, bars=for_all_to_see(view.bars), finding="" if view.bars else view.finding)


def _unit(item: Item, votes: Votes, out: Out, names: Names) -> UnitView:
    known = item.row_of(votes.unit)
    few = too_few(votes.learners)
    scope, out_as = taken_as(item, votes.unit)
    gone = (scope, out_as) in out
    share = float(votes.share_right)
    return UnitView(
        unit=votes.unit,
        scope=scope,
        out_as=out_as,
        sentence=known.sentence if known else None,
        whole=known is not None and known.whole,
        text=item.text_of(votes.unit),
        words=known.words if known else "",
        percent=None if few or not votes.key else hundredths(share),
        heat="" if few or not votes.key else heat(share),
        finding=_("too few to say") if few else "" if gone else _finding(item, votes),
        bars=[] if few else _bars(item, votes, names),
        open=not votes.key,
        out=gone,
        can_go_out=_can_go_out(item, votes.unit),
    )


def heat(share: float) -> str:
    """The wash of a share right, from heat-0 to heat-4: the darker, the fewer."""
    return f"heat-{sum(share < one for one in HEATS)}"


def _can_go_out(item: Item, unit: str) -> bool:
    """Whether one press may take the unit out: a choice of one option goes as a whole, by its right one."""
    one_answer = isinstance(item.format, Choice) and not item.format.several
    return not one_answer or (isinstance(item.format, Choice) and unit in item.format.right)


def _finding(item: Item, votes: Votes) -> str:
    wrong, count = votes.most_wrong
    if not votes.key:
        return _("Readers differ here: it isn’t counted.")
    if not count:
        return ""
    answer = answer_text(item, votes.unit, wrong)
    if item.format.name in {"spot", "choice"}:
        return _("%(count)s of %(all)s %(answer)s.", count=count, all=votes.learners, answer=answer)
    return _("%(count)s of %(all)s answered: %(answer)s", count=count, all=votes.learners, answer=answer)


def _bars(item: Item, votes: Votes, names: Names) -> list[Bar]:
    ordered = sorted(votes.answers.items(), key=lambda one: (one[0] != votes.key, -one[1], one[0]))
    return [
        Bar(
            text=answer_text(item, votes.unit, answer),
            count=count,
            percent=hundredths(count / votes.learners),
            is_key=answer == votes.key,
            names=tuple(names.get((votes.unit, answer), ())),
        )
        for answer, count in ordered
    ]


def answer_text(item: Item, unit: str, answer: str) -> str:
    """An answer to a unit in words."""
    if answer == LEFT_EMPTY:
        return _("left empty")
    if item.format.name == "spot":
        return _("marked it") if answer == "marked" else _("left it")
    if isinstance(item.format, Choice):
        return _("chose it") if answer == "marked" else _("didn’t choose it")
    return next((one.text for one in item.answers_to(unit) if one.id == answer), answer)


def answers_to(item: Item, unit: str) -> list[str]:
    """All that can be answered to a unit, in words, in the order of the task."""
    if item.format.name == "spot":
        return [answer_text(item, unit, given) for given in ("marked", "left")]
    if isinstance(item.format, Choice):
        return [one.text for one in item.units]
    return [one.text for one in item.answers_to(unit)]


def on_text(article: Article, item: Item, views: list[UnitView]) -> list[list[HeatSentence]]:
    """The shown sentences by paragraph, washed by the share right; nothing where no unit stands in one."""
    placed: dict[int, list[UnitView]] = {}
    for view in views:
        if view.sentence is not None and (view.words or view.whole):
            placed.setdefault(view.sentence, []).append(view)
    if not placed:
        return []
    grouped: dict[int, list[HeatSentence]] = {}
    for sentence in article.sentences:
        if sentence.number in item.show or sentence.number in placed:
            group = grouped.setdefault(sentence.paragraph, [])
            group.append(_sentence(sentence, placed.get(sentence.number, []), first=not group))
    return list(grouped.values())


def _sentence(sentence: Sentence, here: list[UnitView], *, first: bool) -> HeatSentence:
    ordered = sorted(here, key=lambda one: sentence.text.find(one.words))
    return HeatSentence(
        number=sentence.number, first=first, pieces=_pieces(sentence.text, ordered), units=ordered
    )


def _pieces(text: str, here: list[UnitView]) -> list[HeatPiece]:
    pieces, place = [], 0
    for view in here:
        start = text.find(view.words) if view.words else 0
        end = start + len(view.words) if view.words else len(text)
        if start < place:
            continue
        pieces += [HeatPiece(text=text[place:start]), HeatPiece(text=text[start:end], heat=view.heat)]
        place = end
    pieces.append(HeatPiece(text=text[place:]))
    return [one for one in pieces if one.text]


def on_board(item: Item, unit: str) -> list[Piece]:
    """What stands large on the board: the statement that is asked, the first of two, or the unit itself."""
    if item.passages:
        return list(item.passages[0])
    known = item.row_of(unit)
    if known is None or item.format.name == "choice":
        return [Piece(text=item.prompt)]
    return list(known.pieces)


def for_all_to_see(bars: Sequence[Bar]) -> list[Bar]:
    """The shares as a board may show them: so few that they point at somebody are withheld."""
    kept = shown({number: one.count or 0 for number, one in enumerate(bars)})
    return [
        one if kept[number] is not None else replace(one, count=None, percent=None)
        for number, one in enumerate(bars)
    ]


def board_bars(item: Item, counted: Mapping[str, Votes], view: UnitView) -> list[Bar]:
    """The shares of the answers: those to the unit or, in a choice, how many chose each option.

    They stand as the task has them: an order by votes or by the key would tell before the key is shown.
    """
    if not isinstance(item.format, Choice):
        places = {text: number for number, text in enumerate(answers_to(item, view.unit))}
        return sorted(view.bars, key=lambda one: places.get(one.text, len(places)))
    bars = []
    for option in item.units:
        votes = counted.get(option.id)
        count = votes.answers.get("marked", 0) if votes else 0
        percent = hundredths(count / votes.learners) if votes else 0
        bars.append(
            Bar(text=option.text, count=count, percent=percent, is_key=option.id in item.format.right)
        )
    return bars
