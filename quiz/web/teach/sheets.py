"""An exercise as a paper sheet and the key to it: plain values for the templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

from quiz.core import keys
from quiz.core.article import Article
from quiz.core.drawing import unfold
from quiz.core.formats.grid import Grid
from quiz.core.item import Criterion, Item
from quiz.core.keys import Right
from quiz.core.library import Exercise, ExerciseKind, Library
from quiz.core.strip import OF_BIN
from quiz.core.units import AnswerText, Unit
from quiz.web.learn.article_view import paragraphs, plain
from quiz.web.learn.notes import notes
from quiz.web.learn.task_view import item_view
from quiz.web.learn.views import AnswerView, ItemView, NoteView, PieceView, QuestionView, SentenceView
from quiz.web.text import _

WORDS_A_LINE = 8
"""Words that fit on a line by hand."""
MOST_BRIEF = 3
"""Options that fit side by side."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A thing to answer: its number on the sheet, its text or its two, the sentence where it stands.

    Of what stands in the article only the words asked about are printed: the rest is read above.
    """

    id: str
    number: str
    sentence: int | None
    pieces: list[PieceView]
    other: list[PieceView]
    kind: str


@dataclass(frozen=True, kw_only=True)
class KeyLine:
    """The key to one row. Neutral: readers differ. `note` says why, where an author wrote a note."""

    number: str
    sentence: int | None
    about: str
    question: str
    answer: str
    kind: str
    neutral: bool
    note: NoteView | None


@dataclass(frozen=True, kw_only=True)
class TaskSheet:
    """A task on paper, and its key.

    `article`: the text to print before it. `repeats`: asked in the same words as the task before.
    """

    number: int
    part: str
    item: ItemView
    article: Article | None
    repeats: bool
    rows: list[Row]
    answers: list[AnswerView]
    questions: list[QuestionView]
    excerpt: list[SentenceView]
    lines: int
    key: list[KeyLine]
    left: list[str]
    model: str
    rubric: tuple[Criterion, ...]

    @property
    def brief(self) -> bool:
        """Whether it takes a line or two: a text of its own, and a few options that stand side by side."""
        return self.item.format == "choice" and bool(self.item.passages) and len(self.rows) <= MOST_BRIEF

    @property
    def numbers(self) -> Mapping[str, str]:
        """The number of each row, by its id."""
        return {row.id: row.number for row in self.rows}

    @property
    def marked(self) -> list[str]:
        """The numbers of what the key marks."""
        return [line.number for line in self.key if not line.neutral]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A whole sheet. `reserved`: a test that nobody should practise with; `drawn`: from the bank."""

    exercise: Exercise
    home: Article | None
    reserved: bool
    drawn: bool
    tasks: list[TaskSheet]

    @property
    def address(self) -> dict[str, str]:
        """What the address of the sheet and of its key name."""
        return {"article": self.exercise.scope, "exercise": self.exercise.id}

    @property
    def differ(self) -> bool:
        """Whether careful readers differ somewhere."""
        return any(line.neutral for task in self.tasks for line in task.key)


def build(exercise: Exercise, library: Library) -> Sheet:
    """The sheet of an exercise: what is drawn is drawn by the exercise's own name, so it prints alike."""
    drawn = unfold(exercise, library, Random(exercise.key))
    found = [(one.part, item) for one in drawn if (item := library.task(one.item))]
    texts = _texts([item for _part, item in found])
    tasks: list[TaskSheet] = []
    for place, (part, item) in enumerate(found):
        last = found[place - 1] if place else None
        task = _task(
            item,
            library,
            number=place + 1,
            part=exercise.steps[part].label or item.title,
            text=library.articles.get(texts.get(place, "")),
            repeats=last is not None and last[0] == part and _alike(last[1], item),
        )
        tasks.append(task)
    return Sheet(
        exercise=exercise,
        home=library.articles.get(exercise.article or ""),
        reserved=exercise.kind is ExerciseKind.FORM,
        drawn=any(step.draw or step.mirrors for step in exercise.steps),
        tasks=tasks,
    )


def _texts(items: Sequence[Item]) -> dict[int, str]:
    """Which article to print before which task: the first at the top, others where they are first read."""
    first: dict[str, int] = {}
    for place, item in enumerate(items):
        if item.article and item.show:
            first.setdefault(item.article, place if first else 0)
    return {place: id for id, place in first.items()}


def _alike(one: Item, other: Item) -> bool:
    """Whether two tasks ask the same in the same words, each of its own text."""

    def asked(item: Item) -> tuple[object, ...]:
        return item.prompt, item.help, item.scheme_line, item.units

    return bool(other.passages) and asked(one) == asked(other)


def _task(
    item: Item, library: Library, *, number: int, part: str, text: Article | None, repeats: bool
) -> TaskSheet:
    article = library.articles.get(item.article or "")
    units = keys.placed(item, article)
    rows = {unit.id: _row(item, unit, f"{number}.{place}") for place, unit in enumerate(units, start=1)}
    rights = keys.rights(item, article)
    return TaskSheet(
        number=number,
        part=part,
        item=item_view(item),
        article=text,
        repeats=repeats,
        rows=list(rows.values()),
        answers=_answers(item.answers),
        questions=_questions(item),
        excerpt=_excerpt(item, article),
        lines=ceil(max(getattr(item.format, "max_words", 0), 1) / WORDS_A_LINE),
        key=_key(item, article, rows, rights),
        left=[rows[one.row].number for one in rights if one.answer == "left"],
        model=item.model,
        rubric=item.rubric,
    )


def _row(item: Item, unit: Unit, number: str) -> Row:
    whole = item.spot_unit == "sentence"
    quoted = bool(unit.sentence and unit.words)
    return Row(
        id=unit.id,
        number=str(unit.sentence) if whole else number,
        sentence=unit.sentence,
        pieces=[PieceView(text=unit.words, marked=True)] if quoted else plain(unit.pieces),
        other=plain(unit.other),
        kind=OF_BIN.get(unit.id, ""),
    )


def _answers(answers: Sequence[AnswerText]) -> list[AnswerView]:
    return [
        AnswerView(id=one.id, text=one.text, hint=one.hint, kind=OF_BIN.get(one.id, "")) for one in answers
    ]


def _questions(item: Item) -> list[QuestionView]:
    keyed = item.format.keyed if isinstance(item.format, Grid) else ()
    return [
        QuestionView(
            id=one.id,
            text=one.text,
            answers=_answers(one.answers),
            reason=one.reason,
            poll=one.id not in keyed,
        )
        for one in item.questions
    ]


def _excerpt(item: Item, article: Article | None) -> list[SentenceView]:
    """The sentences in which some words can be marked."""
    if article is None or item.spot_unit not in {"claim", "span"}:
        return []
    shown = [one for group in paragraphs(article, item, None, {}) for one in group]
    return [one for one in shown if any(piece.unit for piece in one.pieces)]


def _key(
    item: Item, article: Article | None, rows: Mapping[str, Row], rights: Sequence[Right]
) -> list[KeyLine]:
    mark = keys.right_mark(item)
    said = {note.unit: note for note in notes(item, mark, article)} if mark else {}
    return [_line(item, rows[one.row], one, said.get(one.unit)) for one in rights if one.answer != "left"]


def _line(item: Item, row: Row, right: Right, note: NoteView | None) -> KeyLine:
    unit = item.by_unit[row.id]
    text = unit.brief
    return KeyLine(
        number="" if item.format.name == "choice" else row.number,
        sentence=None if item.spot_unit == "sentence" else row.sentence,
        about="" if unit.other or item.spot_unit == "sentence" else text,
        question=right.question,
        answer=_("readers differ") if right.neutral else right.text,
        kind="differ" if right.neutral else OF_BIN.get(right.answer, row.kind),
        neutral=right.neutral,
        note=note,
    )
