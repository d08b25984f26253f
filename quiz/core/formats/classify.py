"""Classify: the learner gives each unit one of a few answers, such as a bin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from quiz.core.formats import Example
from quiz.core.formats.balance import balanced_accuracy, read_cells
from quiz.core.mark import Fields, Judged, Mark, Outcome, Verdict
from quiz.core.units import UnitRef

FEWEST = 2
"""Units that each answer of a graded item needs."""
MOST_UNEVEN = Fraction(3, 2)
"""The largest answer's units over the smallest's, at most."""


@dataclass(frozen=True, kw_only=True)
class ClassifyAnswer:
    """The answer given to each unit; a unit left empty isn't among them."""

    given: Mapping[str, str]
    left_out: bool

    @property
    def empty(self) -> bool:
        """Whether no unit was answered."""
        return not self.given

    def fields(self) -> dict[str, list[str]]:
        """The answer as posted fields."""
        rows = {f"row-{unit}": [self.given[unit]] for unit in sorted(self.given)}
        return rows | {"leave_empty": ["yes"]} if self.left_out else rows


@dataclass(frozen=True, kw_only=True)
class Classify:
    """The key: the possible answers in order, and the right one for each unit.

    A neutral unit is one on which careful readers differ: it is shown and never counts.
    """

    name: ClassVar[str] = "classify"
    scheme: ClassVar[str] = "classify/1"

    answers: tuple[str, ...]
    rows: Mapping[str, str]
    neutral: frozenset[str] = frozenset()

    @property
    def chance(self) -> Fraction:
        """One over the answers in the key: what the same answer to every unit earns."""
        return Fraction(1, len(set(self.rows.values())))

    @property
    def units(self) -> frozenset[str]:
        """Every unit, neutral ones too."""
        return self.neutral.union(self.rows)

    def refs(self) -> Iterator[UnitRef]:
        """Each unit is a row."""
        return (UnitRef(id=unit, row=unit) for unit in sorted(self.units))

    def key_form(self) -> dict[str, Any]:
        """The answers that can be given, whatever their order, and the right one for each row."""
        key = {"answers": sorted(self.answers), "rows": dict(sorted(self.rows.items()))}
        return key | ({"neutral": sorted(self.neutral)} if self.neutral else {})

    @classmethod
    def from_key_form(cls, key: dict[str, Any]) -> Self:
        """The rows of a kept key."""
        neutral = frozenset(key.get("neutral", ()))
        return cls(answers=tuple(key["answers"]), rows=key["rows"], neutral=neutral)

    def read(self, fields: Fields) -> ClassifyAnswer:
        """Take the answers from the fields `row-<unit>`; `leave_empty` says that gaps are meant.

        Raises BadAnswer for an answer that isn't on the page, Unfinished for gaps.
        """
        cells = {f"row-{unit}": self.answers for unit in self.units}
        given = read_cells(fields, cells)
        answers = {name.removeprefix("row-"): value for name, value in given.items()}
        return ClassifyAnswer(given=answers, left_out=len(answers) < len(self.units))

    def mark(self, answer: ClassifyAnswer) -> Mark:
        """Score balanced accuracy: the mean, over the answers in the key, of the share placed right.

        See docs/scoring.md, "classify".
        """
        points = balanced_accuracy(self.rows, answer.given)
        judged = tuple(self._judge(unit, answer) for unit in sorted(self.units))
        hits = sum(1 for one in judged if one.verdict is Verdict.FOUND)
        return Mark(
            points=points,
            outcome=Outcome.of(points, empty=answer.empty),
            scheme=self.scheme,
            units=judged,
            hits=hits,
            keys=len(self.rows),
        )

    def _judge(self, unit: str, answer: ClassifyAnswer) -> Judged:
        given = answer.given.get(unit, "")
        key = self.rows.get(unit, "")
        if unit in self.neutral:
            verdict = Verdict.OPEN
        elif not given:
            verdict = Verdict.MISSED
        else:
            verdict = Verdict.FOUND if given == key else Verdict.MISPLACED
        return Judged(unit=unit, verdict=verdict, given=given, key=key)

    def examples(self) -> Iterator[Example]:
        """The key, each answer all over, gaps, nothing, and an answer that isn't there."""
        filler = {f"row-{unit}": [self.answers[0]] for unit in self.neutral}
        right = filler | {f"row-{unit}": [key] for unit, key in self.rows.items()}
        yield Example(name="right", fields=right, points=Fraction(1))
        for number, blanket in enumerate(self.blankets()):
            in_key = self.answers[number] in self.rows.values()
            points = self.chance if in_key else Fraction(0)
            yield Example(name=f"all {self.answers[number]}", fields=blanket, points=points)
        yield Example(name="empty", fields={}, points=None)
        yield Example(name="left empty", fields={"leave_empty": ["yes"]}, points=Fraction(0))
        unreadable = right | {f"row-{min(self.rows)}": ["no-such-answer"]}
        yield Example(name="unreadable", fields=unreadable, points=None)

    def blankets(self) -> Iterator[Fields]:
        """Each answer given to every unit."""
        for answer in self.answers:
            yield {f"row-{unit}": [answer] for unit in self.units}

    def faults(self, *, graded: bool) -> Iterator[str]:
        """Answers that aren't listed, units in two places, and answers with too few or uneven units."""
        for unit, key in self.rows.items():
            if key not in self.answers:
                yield f"{unit} has the key {key}, which is not among the answers"
            if unit in self.neutral:
                yield f"{unit} is both keyed and neutral: keep one"
        sizes = {answer: list(self.rows.values()).count(answer) for answer in self.answers}
        if len(set(self.rows.values())) < 2:
            yield "only one answer is ever right: use at least two"
        elif graded:
            yield from self._uneven({a: n for a, n in sizes.items() if n})

    def _uneven(self, sizes: Mapping[str, int]) -> Iterator[str]:
        for answer, size in sizes.items():
            if size < FEWEST:
                yield f"{answer} is right for {size} unit: a graded item needs {FEWEST} for each answer"
        if max(sizes.values()) > MOST_UNEVEN * min(sizes.values()):
            yield "one answer has over 1.5 times the units of another: even them out"
