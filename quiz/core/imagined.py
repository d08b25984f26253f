"""Imagined learners: how they would answer an item, for a class that nobody sat in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random

from quiz.core.formats.choice import Choice
from quiz.core.formats.classify import Classify
from quiz.core.formats.grid import Grid
from quiz.core.formats.spot import Spot
from quiz.core.formats.text import Text
from quiz.core.item import Item
from quiz.core.mark import Fields

PAST = "past-the-full-stop"


@dataclass(frozen=True, kw_only=True)
class Habit:
    """How often a learner is right, what tempts them, and what they mark in a text whatever it says."""

    right: float
    tempted_by: str = ""
    marks_all: bool = False


class Kind(Enum):
    """Five kinds of learners; each learns a little from one exercise to the next."""

    GUESSING = Habit(right=0.45)
    LEARNING = Habit(right=0.68)
    MARKS_EVERYTHING = Habit(right=0.6, marks_all=True)
    PAST_THE_FULL_STOP = Habit(right=0.74, tempted_by=PAST)
    STRONG = Habit(right=0.93)


def answer(item: Item, kind: Kind, random: Random, *, gain: float = 0) -> Fields:
    """The fields that such a learner would post; `gain`: how much more often they are right by now."""
    habit = kind.value
    at_item = _AtItem(item=item, habit=habit, right=min(0.98, habit.right + gain), random=random)
    match item.format:
        case Spot():
            return at_item.spot(item.format)
        case Choice():
            return at_item.choice(item.format)
        case Classify():
            keys, answers = item.format.rows, item.format.answers
            units = sorted(item.format.units)
            return {f"row-{unit}": [at_item.one(unit, keys.get(unit), answers)] for unit in units}
        case Grid():
            return at_item.grid(item.format)
        case Text():
            return {"text": [at_item.text()], "hand_in": ["yes"]}
    raise AssertionError(f"no learner answers a {item.format.name}")


@dataclass(frozen=True, kw_only=True)
class _AtItem:
    """A learner before an item."""

    item: Item
    habit: Habit
    right: float
    random: Random

    def spot(self, format: Spot) -> Fields:
        marked = [unit for unit in sorted(format.units) if self._marks(unit, key=unit in format.keys)]
        return {"mark": marked} if marked else {"none_here": ["yes"]}

    def _marks(self, unit: str, *, key: bool) -> bool:
        if self.habit.marks_all:
            return self._by_chance(0.9)
        note = self.item.notes.get(unit)
        if note and self.habit.tempted_by and note.misconception == self.habit.tempted_by:
            return self._by_chance(0.85)
        is_right = self._by_chance(self.right)
        return is_right if key else not is_right and self._by_chance(0.6)

    def choice(self, format: Choice) -> Fields:
        if not format.several or format.told:
            count = len(format.right) if format.told else 1
            options = sorted(format.units)
            sure = self._by_chance(self.right)
            picked = sorted(format.right) if sure else self.random.sample(options, count)
            return {"option": picked[:count]}
        picked = [one for one in sorted(format.units) if self._by_chance(self.right) == (one in format.right)]
        return {"option": picked} if picked else {"leave_empty": ["yes"]}

    def grid(self, format: Grid) -> Fields:
        fields: dict[str, list[str]] = {}
        for question, answers in format.questions.items():
            for row in format.rows:
                key = format.cells.get(question, {}).get(row)
                unit = format.unit(question, row) if question in format.keyed else row
                fields[f"cell-{question}-{row}"] = [self.one(unit, key, answers)]
        return fields

    def one(self, unit: str, key: str | None, answers: Sequence[str]) -> str:
        """An answer to one row: the key, the wrong one that tempts, or any other."""
        if key is None:
            return self.random.choice(list(answers))
        note = self.item.notes.get(unit)
        wrong = {answer: one.misconception for answer, one in note.wrong.items()} if note else {}
        tempting = [one for one, name in wrong.items() if name and name == self.habit.tempted_by]
        if tempting and self._by_chance(0.8):
            return tempting[0]
        if self._by_chance(self.right):
            return key
        likely = [one for one, name in wrong.items() if name and one in answers]
        return self.random.choice(likely or [one for one in answers if one != key])

    def text(self) -> str:
        """A text that keeps more or fewer of the model’s sentences, as the learner is surer or less sure."""
        sentences = [one.strip() for one in self.item.model.split(". ") if one.strip()]
        kept = [one for one in sentences if self._by_chance(self.right)] or sentences[:1]
        return ". ".join(one.rstrip(".") for one in kept) + "."

    def _by_chance(self, probability: float) -> bool:
        return self.random.random() < probability
