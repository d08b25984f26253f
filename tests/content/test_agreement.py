"""docs/agreement.csv: every statement as it reads now, and figures in the docs that follow from it."""

import csv
import re
from collections import Counter
from fractions import Fraction
from hashlib import sha256

import pytest

from quiz.app import ROOT
from quiz.core.article import Label
from quiz.core.library import Library

ROWS = list(csv.DictReader((ROOT / "docs/agreement.csv").read_text(encoding="utf-8").splitlines()))
READINGS = ["first", "second"]


def kappa(pairs: list[tuple[str, str]]) -> Fraction:
    """Cohen's kappa: agreement beyond what both readers' shares of labels would give by chance."""
    count = len(pairs)
    seen = Fraction(sum(one == other for one, other in pairs), count)
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = Fraction(sum(ours[label] * theirs[label] for label in ours), count * count)
    return (seen - chance) / (1 - chance)


def pairs(reading: str) -> list[tuple[str, str]]:
    return [(row["label"], row[f"{reading}_reading"]) for row in ROWS if row[f"{reading}_reading"]]


def test_kappa_on_a_case_worked_by_hand() -> None:
    """20 of 50 agree on yes, 15 on no; the shares are 25:25 and 30:20. Chance 1/2, seen 7/10."""
    cells = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(cells) == Fraction(2, 5)


def test_every_statement_has_its_row_as_it_reads_now(library: Library) -> None:
    rows = {row["id"]: row for row in ROWS}
    assert rows.keys() == {one.id.removeprefix("bank/") for one in library.statements}
    for one in library.statements:
        row = rows[one.id.removeprefix("bank/")]
        assert row["label"] == one.label, f"{one.id}: labelled anew: have it read again"
        if row["second_reading"]:
            now = sha256(f"{one.text}|{one.words}".encode()).hexdigest()[:8]
            assert row["fingerprint"] == now, f"{one.id}: changed: have it read again, or empty its reading"


@pytest.mark.parametrize(("column", "reading"), list(enumerate(READINGS)))
def test_the_figures_in_the_docs_follow_from_the_file(column: int, reading: str) -> None:
    text = (ROOT / "docs/content.md").read_text(encoding="utf-8")
    table = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    stated = {line[0].strip(): re.findall(r"[\d.]+", line[1 + column]) for line in table if len(line) == 3}
    labels = pairs(reading)
    two_way = [(Label(one).two_way.value, Label(other).two_way.value) for one, other in labels]
    others = sum(1 for row in ROWS if row[f"{reading}_other"])
    assert stated["statements read"] == [str(len(labels))]
    for name, both in (("same label of eight", labels), ("same two-way", two_way)):
        same = sum(one == other for one, other in both)
        assert stated[name] == [str(same), f"{float(kappa(both)):.2f}"]
    assert stated["another label could be defended"] == [str(others)]
