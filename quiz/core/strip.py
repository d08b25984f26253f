"""The source strip: one cell a claim, patterned by what an answer or the key says of it."""

from collections.abc import Mapping
from enum import StrEnum

from quiz.core.article import Article, Bin
from quiz.core.formats.spot import Spot
from quiz.core.item import Item
from quiz.core.mark import Judged, Mark, Verdict


class Kind(StrEnum):
    """The pattern of a cell. MARK: for items on one kind of source alone."""

    BLANK = ""
    SOURCE = "source"
    HINT = "hint"
    VOICE = "voice"
    DIFFER = "differ"
    MARK = "mark"


OF_BIN = {Bin.SOURCED.value: Kind.SOURCE, Bin.HINTED.value: Kind.HINT, Bin.OWN_VOICE.value: Kind.VOICE}


def marking(item: Item, article: Article) -> Kind:
    """What marking a unit of a spot item says of it: a bin where all keys share one, else MARK."""
    keys = item.format.keys if isinstance(item.format, Spot) else frozenset[str]()
    bins = {article.claims[key].label.bin.value for key in keys if key in article.claims}
    return OF_BIN[bins.pop()] if len(bins) == 1 else Kind.MARK


def about_bins(item: Item, article: Article) -> bool:
    """Whether the item is about bins, so that the strip shows them."""
    if item.format.name == "classify":
        return {one.id for one in item.answers} <= set(OF_BIN)
    return item.format.name == "spot" and marking(item, article) is not Kind.MARK


def on_strip(item: Item, article: Article) -> bool:
    """Whether answers to the item fill cells at all."""
    by_text = item.format.name == "spot" and item.spot_unit in {"sentence", "claim"}
    return by_text or about_bins(item, article)


def own(item: Item, mark: Mark, article: Article) -> dict[str, Kind]:
    """The cells that an answer fills, by claim."""
    return _cells(item, article, {unit.unit: _own(unit, item, article) for unit in mark.units})


def key(item: Item, mark: Mark, article: Article) -> dict[str, Kind]:
    """The cells that the key fills, of this item's units alone; DIFFER for the neutral ones."""
    return _cells(item, article, {unit.unit: _key(unit, item, article) for unit in mark.units})


def _own(unit: Judged, item: Item, article: Article) -> Kind:
    if item.format.name == "spot":
        return marking(item, article) if unit.given == "marked" else Kind.BLANK
    return OF_BIN.get(unit.given, Kind.BLANK)


def _key(unit: Judged, item: Item, article: Article) -> Kind:
    if unit.verdict is Verdict.OPEN:
        return Kind.DIFFER
    if item.format.name == "spot":
        return marking(item, article) if unit.key == "marked" else Kind.BLANK
    return OF_BIN.get(unit.key, Kind.BLANK)


def _cells(item: Item, article: Article, by_unit: Mapping[str, Kind]) -> dict[str, Kind]:
    cells: dict[str, Kind] = {}
    for unit, kind in by_unit.items():
        cells |= dict.fromkeys(claims_of(unit, item, article), kind)
    return {claim: kind for claim, kind in cells.items() if kind is not Kind.BLANK}


def claims_of(unit: str, item: Item, article: Article) -> list[str]:
    """The claims whose cells a unit fills: its own, or those of its sentence that the item rests on."""
    ref = item.refs.get(unit)
    if ref is None:
        return []
    if ref.claim:
        return [ref.claim] if ref.claim in article.claims else []
    sentence = article.by_number.get(ref.sentence or 0) if ref.whole else None
    if sentence is None:
        return []
    claims = [one.id for one in sentence.claims if not one.word_only]
    rests_on = {f"c{number}" for number in item.claims}
    return [claim for claim in claims if claim in rests_on] or claims
