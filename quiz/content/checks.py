"""What must hold for every item: keys against claims, notes against keys."""

from collections.abc import Iterator, Mapping
from itertools import chain

from quiz.content.problems import Problem
from quiz.core.article import Bin, Claim, TwoWay
from quiz.core.formats.classify import Classify
from quiz.core.formats.grid import Grid
from quiz.core.formats.spot import Spot
from quiz.core.formats.text import Text
from quiz.core.item import Item, Note
from quiz.core.library import Library


def problems(library: Library, root: str) -> list[Problem]:
    """Every problem with the items of a library that was built from files below `root`."""
    found: list[Problem] = []
    for item in library.items.values():
        file = f"{root}/{item.article}/items/{item.short}.toml"
        found += [Problem(file=file, field=field, say=say) for field, say in _item(item, library)]
    found += [
        Problem(file=f"{root}/bank", field=item.id, say=f"{note.misconception} is not in misconceptions.toml")
        for item in library.bank.values()
        for note in item.notes.values()
        if note.misconception and note.misconception not in library.misconceptions
    ]
    return found


def _item(item: Item, library: Library) -> Iterator[tuple[str, str]]:
    faults = list(item.format.faults(graded=item.graded))
    yield from (("key", fault) for fault in faults)
    if faults:
        return
    yield from _chance(item)
    yield from _words(item)
    yield from _notes(item, library)
    if item.support_of and (item.graded or item.support_of not in library.items):
        yield "support_of", "a support version names its item and has graded = false"
    article = library.articles[item.article or ""]
    for number in item.claims:
        if f"c{number}" not in article.claims:
            yield "claims", f"there is no claim {number}"
    for number in set(item.show) - article.by_number.keys():
        yield "show", f"there is no sentence {number}"
    hidden = {unit.sentence for unit in item.units if unit.sentence} - set(item.show)
    if item.show and hidden:
        yield "show", f"sentences {sorted(hidden)} are asked about but not shown: add them"
    yield from _firm(item, library)


def _chance(item: Item) -> Iterator[tuple[str, str]]:
    chance = item.format.chance
    for blanket in item.format.blankets():
        points = item.format.mark(item.format.read(blanket)).points
        if chance is not None and points is not None and points > chance:
            yield (
                "key",
                f"the same answer throughout earns {points}, more than chance ({chance}): mend the key",
            )


def _words(item: Item) -> Iterator[tuple[str, str]]:
    """Answers and questions in the key have their words for people, and the other way round."""
    if isinstance(item.format, Classify) and {one.id for one in item.answers} != set(item.format.answers):
        yield "answers", "must list just the answers of the key, each with its text"
    if isinstance(item.format, Grid):
        written = {one.id: tuple(answer.id for answer in one.answers) for one in item.questions}
        if written != dict(item.format.questions):
            yield "questions", "must list just the questions and answers of the key, in the same order"
    if isinstance(item.format, Text):
        written_criteria = {one.id for one in item.rubric}
        if written_criteria != {*item.format.criteria, *item.format.optional}:
            yield "rubric", "must list just the criteria of the key, each with its levels"
        if not item.model:
            yield "model", "is missing: write a model answer"


def _notes(item: Item, library: Library) -> Iterator[tuple[str, str]]:
    for unit in sorted(item.notes.keys() - item.format.units):
        yield f"notes.{unit}", "is about nothing in the key: take it out, or mend its name"
    for unit, role, key in _judged(item):
        note = item.notes.get(unit)
        if note is None:
            yield f"notes.{unit}", "is missing: write what a learner is told"
            continue
        yield from ((f"notes.{unit}.{field}", "is missing") for field in _missing(item, note, role))
        if key in note.wrong:
            say = f"{key} is right by the key: take this note out, and read found and missed again"
            yield f"notes.{unit}.wrong.{key}", say
    named = [(unit, note.misconception) for unit, note in item.notes.items()]
    named += [(unit, one.misconception) for unit, note in item.notes.items() for one in note.wrong.values()]
    for unit, name in named:
        if name and name not in library.misconceptions:
            yield f"notes.{unit}.misconception", f"{name} is not in misconceptions.toml"


def _judged(item: Item) -> list[tuple[str, str, str]]:
    """Each unit with its role in the key (key, noise or neutral) and the right answer."""
    format = item.format
    if isinstance(format, Text):
        return []
    empty = format.mark(format.read({"leave_empty": ["yes"], "none_here": ["yes"]}))
    roles = {"": "neutral", "left": "noise"}
    return [(unit.unit, roles.get(unit.key, "key"), unit.key) for unit in empty.units]


def _missing(item: Item, note: Note, role: str) -> Iterator[str]:
    if role == "neutral":
        needed = {"stamp": note.stamp, "text": note.text}
    elif role == "noise":
        needed = {"over": note.over, "misconception": note.misconception}
    else:
        needed = {"found": note.found, "missed": note.missed}
    return (field for field, text in needed.items() if not text)


def _firm(item: Item, library: Library) -> Iterator[tuple[str, str]]:
    """A claim counts only where its label is firm at the level asked, and its rule is on screen."""
    claims = library.articles[item.article or ""].claims
    for unit, key, bins in _scored(item):
        claim = claims.get(unit)
        if claim is None:
            yield from _invented(item, unit, key, bins=bins)
            continue
        firm = claim.bin_firm if bins else claim.two_way_firm
        if not firm or claim.word_only:
            yield f"key.{unit}", "is not firm at the level this item asks: make it neutral"
        elif claim.rule and claim.rule not in item.rules_on_screen:
            yield (
                f"key.{unit}",
                f"rests on rule {claim.rule} alone: put it on screen, or make the claim neutral",
            )
        elif bins and key != claim.label.bin:
            yield f"key.{unit}", f"the article’s key says {claim.label.bin}"
    yield from _mixed(item, claims)


def _invented(item: Item, unit: str, key: str, *, bins: bool) -> Iterator[tuple[str, str]]:
    written = item.by_unit.get(unit)
    if bins and written and written.label and key != written.label.bin:
        yield f"key.{unit}", f"its label says {written.label.bin}"


def _scored(item: Item) -> Iterator[tuple[str, str, bool]]:
    """Each scored unit that may be a claim, its key, and whether the item asks for bins."""
    if isinstance(item.format, Spot) and item.spot_unit == "claim":
        yield from ((unit, "", False) for unit in item.format.keys.union(*item.format.noise))
    if isinstance(item.format, Classify):
        bins = set(item.format.answers) <= {one.value for one in Bin}
        yield from ((unit, key, bins) for unit, key in item.format.rows.items())


def _mixed(item: Item, claims: Mapping[str, Claim]) -> Iterator[tuple[str, str]]:
    if not (isinstance(item.format, Spot) and item.spot_unit == "claim"):
        return

    def two_way(units: frozenset[str]) -> set[TwoWay]:
        return {claims[unit].label.two_way for unit in units if unit in claims}

    noise = frozenset(chain.from_iterable(item.format.noise))
    if two_way(item.format.keys) & two_way(noise):
        yield "key", "keys and noise hold claims of the same two-way label: sort them apart"
