"""The rows of the source strip on a page."""

from collections.abc import Callable, Iterable, Mapping

from quiz.core import strip
from quiz.core.article import Article, Claim, Sentence
from quiz.core.results import Answered
from quiz.core.strip import Kind
from quiz.web.learn.views import CellView, StripRow
from quiz.web.text import _


def name(kind: Kind) -> str:
    """A pattern in words."""
    return {
        Kind.BLANK: "",
        Kind.SOURCE: _("stated source"),
        Kind.HINT: _("hinted"),
        Kind.VOICE: _("own voice"),
        Kind.DIFFER: _("readers differ here"),
        Kind.MARK: _("marked"),
    }[kind]


def rows(
    article: Article, answered: Iterable[Answered], here: Answered | None, *, bins: bool
) -> list[StripRow]:
    """The learner's own marks so far, the later over the earlier; on feedback, the key of `here` beneath.

    `bins`: the task asks for bins, so earlier answers about bins show; else only this one's marks.
    """
    before: dict[str, Kind] = {}
    for one in sorted(answered, key=lambda one: one.step):
        if one != here and bins and one.item and strip.about_bins(one.item, article):
            before |= strip.own(one.item, one.mark, article)
    if here is None or here.item is None:
        return [row(_("Yours so far"), article, before)]
    now = strip.own(here.item, here.mark, article)
    key = row(_("The key"), article, strip.key(here.item, here.mark, article))
    units = {unit.unit for unit in here.mark.units}
    if before and units >= before.keys():
        return [row(_("Then"), article, before), row(_("Now"), article, now), key]
    kept = {claim: kind for claim, kind in before.items() if claim not in units}
    return [row(_("Yours"), article, kept | now), key]


def row(who: str, article: Article, cells: Mapping[str, Kind]) -> StripRow:
    """One row with a cell for each claim, by paragraphs."""

    def cell(claim: Claim, sentence: Sentence) -> CellView:
        kind = cells.get(claim.id, Kind.BLANK)
        return CellView(kind=kind, title=titled(claim, kind), of=f"{claim.id} {sentence.id}")

    return by_paragraph(who, article, cell)


def titled(claim: Claim, kind: Kind) -> str:
    """A claim in words, with its pattern where it has one."""
    return f"{claim.says}: {name(kind)}" if kind else claim.says


def by_paragraph(who: str, article: Article, cell: Callable[[Claim, Sentence], CellView]) -> StripRow:
    """A row of cells, one for each claim that has one, in the order of the text."""
    grouped: dict[int, list[CellView]] = {}
    for sentence in article.sentences:
        group = grouped.setdefault(sentence.paragraph, [])
        group += [cell(claim, sentence) for claim in sentence.claims if not claim.word_only]
    return StripRow(who=who, paragraphs=[group for group in grouped.values() if group])


def filled(rows: Iterable[StripRow]) -> bool:
    """Whether any cell shows a mark."""
    return any(cell.kind for row in rows for paragraph in row.paragraphs for cell in paragraph)
