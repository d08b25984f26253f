"""Keys as a teacher reads them: what is right, where readers differ, what is mixed up most."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from quiz.core.article import Article, Claim
from quiz.core.item import Item, Note
from quiz.core.mark import Mark, Verdict
from quiz.core.units import Unit, UnitRef


@dataclass(frozen=True, kw_only=True)
class Right:
    """What the key says of one unit.

    `unit` is its id in feedback, `row` that of the thing asked about. `answer` is the right answer's id, or
    `marked` or `left`; `text` is a row's right answer in words. `question`: where a grid scores several.
    Neutral: readers differ, so no answer is right.
    """

    unit: str
    row: str
    question: str
    answer: str
    text: str
    neutral: bool


class Level(StrEnum):
    """How far careful readers differ on a claim: on whether a source is stated, on the bin, on the label."""

    TWO_WAY = "two-way"
    BIN = "bin"
    LABEL = "label"


@dataclass(frozen=True, kw_only=True)
class Likely:
    """A misconception: how many notes speak to it, and the titles of the items where they stand."""

    id: str
    count: int
    items: tuple[str, ...]


def right_mark(item: Item) -> Mark | None:
    """The right answer, marked; None where only a person can mark."""
    right = next((one.fields for one in item.format.examples() if one.name == "right"), None)
    return item.format.mark(item.format.read(right)) if right is not None else None


def rights(item: Item, article: Article | None) -> tuple[Right, ...]:
    """The key to each unit, in the order of the task; none where only a person can mark."""
    mark = right_mark(item)
    judged = {one.unit: one for one in mark.units} if mark else {}
    return tuple(
        Right(
            unit=ref.id,
            row=ref.row,
            question=_question(item, ref),
            answer=judged[ref.id].key,
            text=next((one.text for one in item.answers_to(ref.id) if one.id == judged[ref.id].key), ""),
            neutral=judged[ref.id].verdict is Verdict.OPEN,
        )
        for row in placed(item, article)
        for ref in item.refs.values()
        if ref.row == row.id and ref.id in judged
    )


def _question(item: Item, ref: UnitRef) -> str:
    return next((one.text for one in item.questions if one.id == ref.question), "")


def placed(item: Item, article: Article | None) -> list[Unit]:
    """The units as they stand in the task; in the text, where they are marked there."""
    if item.format.name != "spot" or article is None:
        return list(item.units)
    text = {number: sentence.text for number, sentence in article.by_number.items()}
    return sorted(
        item.units, key=lambda one: (one.sentence or 0, text.get(one.sentence or 0, "").find(one.words))
    )


def likeliest(items: Iterable[Item]) -> list[Likely]:
    """What the notes of the items speak to, the most frequent first; support versions say nothing new."""
    counts: Counter[str] = Counter()
    titles: dict[str, dict[str, None]] = {}
    for item in items:
        for id in _named(item) if not (item.support_of or item.retired) else ():
            counts[id] += 1
            titles.setdefault(id, {})[item.title] = None
    ranked = sorted(counts, key=lambda one: (-counts[one], one))
    return [Likely(id=id, count=counts[id], items=tuple(titles[id])) for id in ranked]


def _named(item: Item) -> Iterator[str]:
    for note in item.notes.values():
        yield from (
            one for one in (note.misconception, *(w.misconception for w in note.wrong.values())) if one
        )


def note_on(claim: Claim, items: Iterable[Item]) -> Note | None:
    """What the items of its article say about a claim: the one speaks that goes through the most claims."""
    speaking = [item for item in items if claim.id in item.notes and not (item.support_of or item.retired)]
    widest = max(speaking, key=lambda item: sum(1 for unit in item.units if unit.claim), default=None)
    return widest.notes[claim.id] if widest else None


def differs(claim: Claim) -> Level | None:
    """The coarsest level at which careful readers differ; None where all is firm."""
    if not claim.two_way_firm:
        return Level.TWO_WAY
    if not claim.bin_firm:
        return Level.BIN
    return None if claim.label_firm else Level.LABEL


def contested(article: Article) -> list[Claim]:
    """The claims with two readings, in the order of the text."""
    return [claim for claim in article.claims.values() if differs(claim)]
