"""How much stands open in feedback, and whether the look of the options gives the right one away."""

from collections import Counter
from collections.abc import Iterator

from quiz.content.problems import Problem
from quiz.content.quotas import is_even, open_pairs, right
from quiz.core.item import Item, Note
from quiz.core.library import Library
from quiz.core.units import Unit

MOST_WORDS = 25
MOST_PROMPT_WORDS = 14
MOST_LONGEST = 0.34
"""The share of single choices in which the right option may be the longest: what chance would do."""
MOST_SAME_PLACE = 0.5
"""The share of single choices in which the right option may stand in the same place."""
FEWEST_CHOICES = 4
"""Of fewer choices no share is taken."""


def problems(library: Library, root: str) -> list[Problem]:
    """Every text that is too long, and every way to guess an answer by its looks."""
    found = []
    for item in (*library.items.values(), *library.bank.values()):
        where = f"{root}/{item.article}/items/{item.short}.toml" if item.article else f"{root}/bank"
        field = "" if item.article else f"{item.short}."
        if len(item.prompt.split()) > MOST_PROMPT_WORDS:
            found.append(
                Problem(file=where, field=f"{field}prompt", say=_long(item.prompt, MOST_PROMPT_WORDS))
            )
        for unit, text in open_feedback(item):
            if len(text.split()) > MOST_WORDS:
                found.append(Problem(file=where, field=f"{field}notes.{unit}", say=_long(text, MOST_WORDS)))
    return found + [Problem(file=root, field="", say=say) for say in _looks(library)]


def open_feedback(item: Item) -> Iterator[tuple[str, str]]:
    """Each text that stands open beside an answer, with the unit that it is about."""
    for unit, note in item.notes.items():
        yield from ((unit, text) for text in _open(note) if text)


def _open(note: Note) -> list[str]:
    return [note.found, note.missed, note.over, note.left, *(one.text for one in note.wrong.values())]


def _long(text: str, most: int) -> str:
    return f"has {len(text.split())} words: at most {most} stand open. “{text}”"


def single_choices(library: Library) -> list[Item]:
    """The items with options of their own and one right answer."""
    return [item for item in library.items.values() if len(right(item)) == 1 and not item.retired]


def longest(library: Library) -> list[str]:
    """The single choices whose right option is longer than every other."""
    return [item.id for item in single_choices(library) if _longest(item)]


def _longest(item: Item) -> bool:
    lengths = {unit.id: _length(unit) for unit in item.units}
    best = max(lengths.values())
    return [id for id, length in lengths.items() if length == best] == list(right(item))


def _length(unit: Unit) -> int:
    return sum(len(piece.text) for piece in unit.pieces)


def places(library: Library) -> Counter[int]:
    """In which place, from 1, the right option of the single choices stands, and how often."""
    return Counter(
        1 + [unit.id in right(item) for unit in item.units].index(True) for item in single_choices(library)
    )


def _looks(library: Library) -> Iterator[str]:
    count = len(single_choices(library))
    if count >= FEWEST_CHOICES:
        if len(long := longest(library)) > MOST_LONGEST * count:
            yield f"the right option is the longest in {', '.join(long)}: shorten it, or lengthen another"
        place, times = places(library).most_common(1)[0]
        if times > MOST_SAME_PLACE * count:
            yield f"the right option stands in place {place} in {times} of {count} choices: move some"
    pairs = [pair for pair in open_pairs(library) if not is_even(pair)]
    firsts = sum(1 for pair in pairs if "a" in right(pair))
    if len(pairs) >= FEWEST_CHOICES and not len(pairs) / 4 <= firsts <= 3 * len(pairs) / 4:
        yield f"A lets a reader check more in {firsts} of {len(pairs)} pairs: turn some round"
