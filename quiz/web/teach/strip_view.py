"""The strip of a class: what most chose, claim by claim, over the key, and how many read each rightly."""

from collections.abc import Iterable

from quiz.core import strip
from quiz.core.article import Article, Claim, Sentence
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.share import hundredths
from quiz.core.statistics.few import too_few
from quiz.core.strip import OF_BIN, Kind
from quiz.core.votes import Votes, votes
from quiz.services.reporting import ClassReport
from quiz.web.learn.strips import by_paragraph, titled
from quiz.web.learn.views import CellView, StripRow
from quiz.web.numbers import percent
from quiz.web.text import _
from quiz.web.votes_view import heat

SURE = 0.6
"""The share that must have chosen alike for a plain frame; below, the cell’s is dashed."""


def class_strip(article: Article, item: Item, report: ClassReport) -> list[StripRow]:
    """Most chose, the key, the share right; no rows where the item fills no cells or too few answered."""
    marks = [one.voted for one in report.by_item.get(item.id, []) if one.voted]
    if too_few(len(marks)) or not strip.on_strip(item, article):
        return []
    counted = votes(marks)
    key = strip.key(item, marks[-1], article)
    by_claim = _by_claim(item, article, counted)
    # What readers differ on, or a teacher took out, has no key.
    shares = {claim: float(one.share_right) for claim, one in by_claim.items() if one.key}
    most = {claim: _most(item, article, one) for claim, one in by_claim.items()}
    return [
        _row(_("Most chose"), article, most),
        _row(_("The key"), article, {c: (k, False) for c, k in key.items()}),
        _shares(article, shares),
    ]


def first_strip(
    items: Iterable[Item], report: ClassReport, library: Library
) -> tuple[Item | None, list[StripRow]]:
    """The first task whose answers fill a strip, with the strip; one about bins before one about marks."""
    tasks = [(one, article) for one in items if (article := library.articles.get(one.article or ""))]
    for item, article in sorted(tasks, key=lambda task: not strip.about_bins(*task)):
        rows = class_strip(article, item, report)
        if rows:
            return item, rows
    return None, []


def _by_claim(item: Item, article: Article, counted: dict[str, Votes]) -> dict[str, Votes]:
    """The votes by claim; those on a sentence go to the claims that the item rests on."""
    found: dict[str, Votes] = {}
    for unit, one in counted.items():
        found |= dict.fromkeys(strip.claims_of(unit, item, article), one)
    return found


def _most(item: Item, article: Article, one: Votes) -> tuple[Kind, bool]:
    answer, count = one.most
    unsure = count < SURE * one.learners
    if item.format.name == "spot":
        return (strip.marking(item, article) if answer == "marked" else Kind.BLANK), unsure
    return OF_BIN.get(answer, Kind.BLANK), unsure


def _row(who: str, article: Article, cells: dict[str, tuple[Kind, bool]]) -> StripRow:
    def cell(claim: Claim, _sentence: Sentence) -> CellView:
        kind, unsure = cells.get(claim.id, (Kind.BLANK, False))
        return CellView(kind=kind, title=titled(claim, kind), unsure=unsure)

    return by_paragraph(who, article, cell)


def _shares(article: Article, shares: dict[str, float]) -> StripRow:
    def cell(claim: Claim, _sentence: Sentence) -> CellView:
        share = shares.get(claim.id)
        if share is None:
            return CellView(kind=Kind.BLANK, title=claim.says)
        said = _("%(claim)s: %(share)s right", claim=claim.says, share=percent(hundredths(share)))
        return CellView(kind=Kind.BLANK, title=said, heat=heat(share))

    return by_paragraph(_("Read rightly"), article, cell)
