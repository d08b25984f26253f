"""Reading a roster as schools have it: a column of names, or a table, in the encodings that offices use."""

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.core import names

MOST = 200
"""Names in one roster."""
LONGEST = 40
HEADS = frozenset({"name", "names", "pupil", "pupils", "student", "students", "first name", "display name"})


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row as it stands in the roster, counted from 1: the name taken, or why none was."""

    number: int
    name: str = ""
    problem: str = ""


class Unreadable(Exception):
    """The file is no text that can be read. The message says what to do."""


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or, where it is neither, cp1252. Raises Unreadable."""
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("This file can’t be read as text. Save it as CSV, or paste the names.")


def read(text: str, taken: frozenset[str] = frozenset()) -> list[Row]:
    """Every row with the name it gives. `taken` are keys of names that the class has already.

    The first cell of a row is the name; where the first row names its columns, the one called a name.
    """
    rows = list(_rows(text))
    column, start = _column(rows)
    seen = set(taken)
    found: list[Row] = []
    for number, cells in rows[start:]:
        cell = cells[column] if column < len(cells) else ""
        row = _row(number, cell, seen, full=len([one for one in found if one.name]) >= MOST)
        if row.name:
            seen.add(names.key(row.name))
        found.append(row)
    return found


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = max(",;\t", key=text.count)
    for number, line in enumerate(lines, start=1):
        if line.strip() or number < len(lines):
            yield number, next(csv.reader([line], delimiter=separator), [])


def _column(rows: list[tuple[int, list[str]]]) -> tuple[int, int]:
    """Which column holds the names, and which row is the first of them."""
    for place, cell in enumerate(rows[0][1] if rows else []):
        if names.key(cell) in HEADS:
            return place, 1
    return 0, 0


def _row(number: int, cell: str, seen: set[str], *, full: bool) -> Row:
    name = " ".join(unicodedata.normalize("NFKC", cell).split())
    if not name:
        return Row(number=number, problem="no name in this row")
    if len(name) > LONGEST:
        return Row(number=number, problem=f"longer than {LONGEST} characters")
    if not any(one.isalpha() for one in name) or any(not one.isprintable() for one in name):
        return Row(number=number, problem="this is no name")
    if names.key(name) in seen:
        return Row(number=number, problem="this name stands here already: add a letter to tell them apart")
    if full:
        return Row(number=number, problem=f"a roster has at most {MOST} names")
    return Row(number=number, name=name)
