"""Choice: the learner picks one option, or several."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from quiz.core.formats import Example
from quiz.core.mark import BadAnswer, Fields, Mark, Outcome, Unfinished, judge_marked
from quiz.core.saying import Saying, say
from quiz.core.units import UnitRef


@dataclass(frozen=True, kw_only=True)
class ChoiceAnswer:
    """The options picked; `left_out`: fewer than asked for, on purpose."""

    picked: frozenset[str] = frozenset()
    left_out: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was picked."""
        return not self.picked

    def fields(self) -> dict[str, list[str]]:
        """The answer as posted fields."""
        options = {"option": sorted(self.picked)} if self.picked else {}
        return options | {"leave_empty": ["yes"]} if self.left_out else options


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The key to a choice item, as ids of options.

    `several`: more than one may be picked. `told`: the task says how many are right, and just as
    many are to be picked. A neutral option is shown and never counts.
    """

    name: ClassVar[str] = "choice"
    scheme: ClassVar[str] = "choice/1"

    right: frozenset[str]
    wrong: frozenset[str]
    neutral: frozenset[str] = frozenset()
    several: bool = False
    told: bool = False

    @property
    def chance(self) -> Fraction:
        """1 of the options, or the share of right ones where their number is told, else nothing."""
        options = len(self.right) + len(self.wrong)
        if not self.several:
            return Fraction(1, options)
        return Fraction(len(self.right), options) if self.told else Fraction(0)

    @property
    def units(self) -> frozenset[str]:
        """Every option."""
        return self.right | self.wrong | self.neutral

    def refs(self) -> Iterator[UnitRef]:
        """Each option is a row."""
        return (UnitRef(id=unit, row=unit) for unit in sorted(self.units))

    def key_form(self) -> dict[str, Any]:
        """Right, wrong and neutral options, and how many may be picked."""
        key: dict[str, Any] = {"right": sorted(self.right), "wrong": sorted(self.wrong)}
        key |= {"neutral": sorted(self.neutral)} if self.neutral else {}
        return key | {name: True for name in ("several", "told") if getattr(self, name)}

    @classmethod
    def from_key_form(cls, key: dict[str, Any]) -> Self:
        """The choice of a kept key."""
        return cls(
            right=frozenset(key["right"]),
            wrong=frozenset(key["wrong"]),
            neutral=frozenset(key.get("neutral", ())),
            several=key.get("several", False),
            told=key.get("told", False),
        )

    def read(self, fields: Fields) -> ChoiceAnswer:
        """Take the answer from the field `option`; `leave_empty` says that gaps are meant.

        Raises BadAnswer for an option that isn't there or for too many, Unfinished for too few.
        """
        picked = frozenset(fields.get("option", ()))
        if picked - self.units:
            raise BadAnswer(say("That answer is not on this page. Load the page again and choose once more."))
        most = 1 if not self.several else len(self.right) if self.told else len(self.units)
        if len(picked) > most:
            raise BadAnswer(say("You chose %(picked)s. Keep %(most)s.", picked=len(picked), most=most))
        least = most if self.told else 1
        if len(picked) < least and "leave_empty" not in fields:
            raise Unfinished(_too_few(len(picked), least), "leave_empty")
        return ChoiceAnswer(picked=picked, left_out=len(picked) < least)

    def mark(self, answer: ChoiceAnswer) -> Mark:
        """Score as docs/scoring.md, "choice", says for one answer, several, and several told."""
        hits = len(answer.picked & self.right)
        false_marks = len(answer.picked & self.wrong)
        points = Fraction(hits, len(self.right))
        if self.several and not self.told:
            points = max(Fraction(0), points - Fraction(false_marks, len(self.wrong)))
        return Mark(
            points=points,
            outcome=Outcome.of(points, empty=answer.empty),
            scheme=self.scheme,
            units=tuple(
                judge_marked(
                    unit, marked=unit in answer.picked, key=unit in self.right, neutral=unit in self.neutral
                )
                for unit in sorted(self.units)
            ),
            hits=hits,
            keys=len(self.right),
            false_marks=false_marks,
            noise=len(self.wrong),
        )

    def examples(self) -> Iterator[Example]:
        """The key, each wrong option alone, nothing, and an option that isn't there."""
        yield Example(name="right", fields={"option": sorted(self.right)}, points=Fraction(1))
        for option in sorted(self.wrong):
            fields = {"option": [option], "leave_empty": ["yes"]}
            yield Example(name=f"wrong: {option}", fields=fields, points=Fraction(0))
        yield Example(name="empty", fields={}, points=None)
        yield Example(name="left empty", fields={"leave_empty": ["yes"]}, points=Fraction(0))
        yield Example(name="unreadable", fields={"option": ["no-such-option"]}, points=None)

    def blankets(self) -> Iterator[Fields]:
        """Every option, where their number isn't told."""
        if self.several and not self.told:
            yield {"option": sorted(self.right | self.wrong)}

    def faults(self, *, graded: bool) -> Iterator[str]:
        """No right or wrong option; an option in two places; one answer with several right ones."""
        if not self.right or not self.wrong:
            yield "a choice needs at least one right and one wrong option"
        for unit in sorted(self.right & self.wrong | (self.right | self.wrong) & self.neutral):
            yield f"{unit} stands in more than one of right, wrong and neutral: keep one"
        if not self.several and len(self.right) > 1:
            yield "more than one right option: say several = true"
        if self.told and not self.several:
            yield "told = true goes with several = true"


def _too_few(picked: int, least: int) -> Saying:
    if not picked:
        return say("You chose nothing yet. Choose, or leave it empty on purpose.")
    return say(
        "You chose %(picked)s of %(least)s. Choose more, or leave the rest on purpose.",
        picked=picked,
        least=least,
    )
