"""Grid: the learner answers one or more questions about each row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar, Self

from quiz.core.formats import Example
from quiz.core.formats.balance import balanced_accuracy, read_cells
from quiz.core.mark import BadAnswer, Fields, Judged, Mark, Outcome, Verdict
from quiz.core.saying import say
from quiz.core.units import UnitRef
from quiz.core.written import clean

LONGEST_REASON = 500
"""Characters of a reason given in a poll, at most."""


@dataclass(frozen=True, kw_only=True)
class GridAnswer:
    """The answer given in each cell, by its field name, and the reasons given to polls."""

    given: Mapping[str, str]
    reasons: Mapping[str, str]
    left_out: bool

    @property
    def empty(self) -> bool:
        """Whether no cell was answered."""
        return not self.given

    def fields(self) -> dict[str, list[str]]:
        """The answer as posted fields."""
        cells = {name: [self.given[name]] for name in sorted(self.given)}
        cells |= {f"reason-{question}": [self.reasons[question]] for question in sorted(self.reasons)}
        return cells | {"leave_empty": ["yes"]} if self.left_out else cells


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The key: each question with its answers, the rows, and for each question its rows' answers.

    A row that a question has no cell for is neutral there: shown, never counted. A question
    without cells is a poll. Polls may be left empty, and may ask for a line of reason.
    """

    name: ClassVar[str] = "grid"
    scheme: ClassVar[str] = "grid/1"

    questions: Mapping[str, tuple[str, ...]]
    rows: tuple[str, ...]
    cells: Mapping[str, Mapping[str, str]]
    reasons: frozenset[str] = field(default_factory=frozenset)

    @property
    def keyed(self) -> tuple[str, ...]:
        """The questions that are scored, in order."""
        return tuple(question for question in self.questions if self.cells.get(question))

    @property
    def chance(self) -> Fraction:
        """The mean, over the scored questions, of one over the answers in the question's key."""
        each = (Fraction(1, len(set(self.cells[question].values()))) for question in self.keyed)
        return sum(each, Fraction(0)) / len(self.keyed)

    @property
    def units(self) -> frozenset[str]:
        """Every cell as `row.question`; the row alone where one question is scored."""
        return frozenset(self.unit(question, row) for question in self.keyed for row in self.rows)

    def unit(self, question: str, row: str) -> str:
        """The id of a cell as a unit of feedback."""
        return row if len(self.keyed) == 1 else f"{row}.{question}"

    def refs(self) -> Iterator[UnitRef]:
        """Each cell of a scored question; the question is named where several are scored."""
        several = len(self.keyed) > 1
        for row in self.rows:
            for question in self.keyed:
                yield UnitRef(id=self.unit(question, row), row=row, question=question if several else "")

    def key_form(self) -> dict[str, Any]:
        """The scored questions, each with its answers and its cells; polls aren't marked."""
        return {
            "questions": {question: sorted(self.questions[question]) for question in sorted(self.keyed)},
            "rows": sorted(self.rows),
            "cells": {
                question: dict(sorted(self.cells[question].items())) for question in sorted(self.keyed)
            },
        }

    @classmethod
    def from_key_form(cls, key: dict[str, Any]) -> Self:
        """The grid of a kept key, without its polls."""
        questions = {question: tuple(answers) for question, answers in key["questions"].items()}
        return cls(questions=questions, rows=tuple(key["rows"]), cells=key["cells"])

    def read(self, fields: Fields) -> GridAnswer:
        """Take the answers from `cell-<question>-<row>` and the reasons from `reason-<question>`.

        Raises BadAnswer for an answer that isn't on the page or a reason that is too long, and
        Unfinished for gaps in scored questions.
        """
        scored = {f"cell-{q}-{row}": self.questions[q] for q in self.keyed for row in self.rows}
        given = read_cells(fields, scored)
        left_out = len(given) < len(scored)
        polls = {
            f"cell-{q}-{row}": options
            for q, options in self.questions.items()
            if q not in self.keyed
            for row in self.rows
        }
        given |= read_cells({**fields, "leave_empty": ["yes"]}, polls)
        reasons = {q: _one_line(fields.get(f"reason-{q}", ())) for q in self.reasons}
        if any(len(reason) > LONGEST_REASON for reason in reasons.values()):
            raise BadAnswer(
                say("That reason is too long. Keep it below %(most)s characters.", most=LONGEST_REASON)
            )
        return GridAnswer(
            given=given, reasons={q: reason for q, reason in reasons.items() if reason}, left_out=left_out
        )

    def mark(self, answer: GridAnswer) -> Mark:
        """Score each question by balanced accuracy and take the mean over the scored questions.

        See docs/scoring.md, "grid".
        """
        scores = [balanced_accuracy(self.cells[q], self._column(q, answer)) for q in self.keyed]
        points = sum(scores, Fraction(0)) / len(scores)
        judged = tuple(self._judge(q, row, answer) for row in self.rows for q in self.keyed)
        return Mark(
            points=points,
            outcome=Outcome.of(points, empty=answer.empty),
            scheme=self.scheme,
            units=judged,
            hits=sum(1 for one in judged if one.verdict is Verdict.FOUND),
            keys=sum(len(self.cells[q]) for q in self.keyed),
        )

    def _column(self, question: str, answer: GridAnswer) -> dict[str, str]:
        named = {row: answer.given.get(f"cell-{question}-{row}", "") for row in self.rows}
        return {row: given for row, given in named.items() if given}

    def _judge(self, question: str, row: str, answer: GridAnswer) -> Judged:
        given = answer.given.get(f"cell-{question}-{row}", "")
        key = self.cells[question].get(row, "")
        if not key:
            verdict = Verdict.OPEN
        elif not given:
            verdict = Verdict.MISSED
        else:
            verdict = Verdict.FOUND if given == key else Verdict.MISPLACED
        return Judged(unit=self.unit(question, row), verdict=verdict, given=given, key=key)

    def examples(self) -> Iterator[Example]:
        """The key, one answer all over, nothing, and an answer that isn't there."""
        right = {
            f"cell-{q}-{row}": [self.cells[q].get(row, self.questions[q][0])]
            for q in self.keyed
            for row in self.rows
        }
        yield Example(name="right", fields=right, points=Fraction(1))
        yield Example(name="empty", fields={}, points=None)
        yield Example(name="left empty", fields={"leave_empty": ["yes"]}, points=Fraction(0))
        unreadable = right | {min(right): ["no-such-answer"]}
        yield Example(name="unreadable", fields=unreadable, points=None)

    def blankets(self) -> Iterator[Fields]:
        """The first answer of each question all over, then the second, and so on."""
        for number in range(max(len(self.questions[q]) for q in self.keyed)):
            yield {
                f"cell-{q}-{row}": [self.questions[q][number % len(self.questions[q])]]
                for q in self.keyed
                for row in self.rows
            }

    def faults(self, *, graded: bool) -> Iterator[str]:
        """Cells of unknown questions, rows or answers; a scored question with one answer in its key."""
        if not self.keyed:
            yield "no question has cells: nothing can be marked"
        for question, cells in self.cells.items():
            if question not in self.questions:
                yield f"cells of {question}, which is not among the questions"
                continue
            if cells and len(set(cells.values())) < 2:
                yield f"{question}: only one answer is ever right: use at least two"
            for row, key in cells.items():
                if row not in self.rows:
                    yield f"{question}: {row} is not among the rows"
                if key not in self.questions[question]:
                    yield f"{question}: {key} is not among its answers"
        for question in self.reasons.difference(self.questions):
            yield f"a reason is asked for {question}, which is not among the questions"


def _one_line(values: Sequence[str]) -> str:
    return " ".join(clean(" ".join(values)).split())
