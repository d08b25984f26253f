"""Reading a roster as schools have it: a column of names, or a table, in the encodings that offices use."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from quiz.core import names
from quiz.core.saying import Refusal, say

MOST = 200
"""Names in one roster."""
MOST_ROWS = 400
LONGEST = 40
HEADS = frozenset({"name", "names", "pupil", "pupils", "student", "students", "first name", "display name"})


NUMBERED = re.compile(r"^\s*\d+[.)]\s+")
"""The number that a line of a list begins with."""
COUNTED = re.compile(r"^\s*\d+[.)]?\s+(?=\S)")
"""The same without a sign behind it: a number only where every line begins with one."""
TAKEN = "t"


class Flaw(StrEnum):
    """Why a row gives no name."""

    EMPTY = "e"
    UNFIT = "u"
    DOUBLED = "d"
    FULL = "f"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row as it stands in the roster, counted from 1: the name it gives, or why it gives none."""

    number: int
    name: str = ""
    flaw: Flaw | None = None


class Unreadable(Refusal):
    """This is no roster that can be read."""


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or, where it is neither, cp1252. Raises Unreadable."""
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(say("This file can’t be read as text. Save it as CSV, or paste the names."))


def write_report(rows: Iterable[Row]) -> str:
    """What became of each row, without a name: short enough to travel to the next page."""
    return ".".join(f"{row.number}{row.flaw or TAKEN}" for row in rows)


def read_report(written: str) -> list[Row]:
    """The rows of a report, without their names; those that can't be read are left out."""
    rows = []
    for part in written.split("."):
        number, flaw = part[:-1], part[-1:]
        if re.fullmatch(r"[0-9]{1,3}", number) and (flaw == TAKEN or flaw in set(Flaw)):
            rows.append(Row(number=int(number), flaw=None if flaw == TAKEN else Flaw(flaw)))
    return rows


def read(text: str, taken: frozenset[str] = frozenset(), free: int = MOST) -> list[Row]:
    """Every row with the name it gives. `taken` are keys of names that the class has already.

    At most `free` rows give one, and never more than MOST. Raises Unreadable where there are far too many.

    The first cell of a row is the name; where the first row names its columns, the one called a name.
    """
    rows = list(_rows(text))
    if len(rows) > MOST_ROWS:
        raise Unreadable(say("A roster has at most %(most)s rows. Take those of one class.", most=MOST_ROWS))
    column, start = _column(rows)
    seen = set(taken)
    found: list[Row] = []
    left = min(free, MOST)
    listed = [(number, cells[column] if column < len(cells) else "") for number, cells in rows[start:]]
    counted = all(COUNTED.match(cell) for _number, cell in listed if cell.strip())
    for number, written in listed:
        cell = (COUNTED if counted else NUMBERED).sub("", written)
        row = _row(number, cell, seen, full=left <= 0)
        if row.name:
            left -= 1
            seen.add(names.key(row.name))
        found.append(row)
    return found


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = max(",;\t", key=text.count)
    turned = separator == "," and _turned(lines)
    for number, line in enumerate(lines, start=1):
        if line.strip() or number < len(lines):
            yield number, [line] if turned else _cells(line, separator)


def _turned(lines: list[str]) -> bool:
    """Whether these are names with the last one first, such as "Smith, John", rather than a table."""
    parts = [line.split(",") for line in lines if line.strip()]
    if any(names.key(cell) in HEADS for one in parts[:1] for cell in one):
        return False
    return all(len(one) <= 2 and '"' not in one[0] for one in parts) and all(
        one[1][:1] == " " and one[1].strip() for one in parts if len(one) == 2
    )


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:  # a cell longer than the reader takes
        return [line]


def _column(rows: list[tuple[int, list[str]]]) -> tuple[int, int]:
    """Which column holds the names, and which row is the first of them."""
    for place, cell in enumerate(rows[0][1] if rows else []):
        if names.key(cell) in HEADS:
            return place, 1
    return 0, 0


def _row(number: int, cell: str, seen: set[str], *, full: bool) -> Row:
    if not cell.strip():
        return Row(number=number, flaw=Flaw.EMPTY)
    try:
        name = names.tidied(cell, LONGEST)
    except names.UnfitName:
        return Row(number=number, flaw=Flaw.UNFIT)
    if names.key(name) in seen:
        return Row(number=number, flaw=Flaw.DOUBLED)
    return Row(number=number, flaw=Flaw.FULL) if full else Row(number=number, name=name)
