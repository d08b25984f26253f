"""What the templates of learn/ are given: plain values, ready to show."""

from dataclasses import dataclass

from quiz.core.article import Picture
from quiz.core.strip import Kind


@dataclass(frozen=True, kw_only=True)
class NoteView:
    """A margin note: verdict, stamp and reason for one unit; `rule`: the one that would have helped.

    `row` is what the unit is about, `question` which of a grid's several, `sentence` where it stands.
    """

    unit: str
    row: str
    question: str
    sentence: int | None
    verdict: str
    verdict_text: str
    stamp: str
    stamp_kind: str
    text: str
    why: str
    given_text: str = ""
    key_text: str = ""
    quote: str = ""
    rule: int = 0
    may_differ: bool = False
    own_reading: str = ""
    reading_typed: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewView:
    """What a teacher said of a text: the level of each criterion, in words, and a comment."""

    levels: list[tuple[str, str]]
    comment: str


@dataclass(frozen=True, kw_only=True)
class PieceView:
    """A run of text: a unit to mark, words asked about, a word to tap, or plain."""

    text: str
    unit: str = ""
    marked: bool = False
    mark: str = ""
    bin: str = ""
    term: str = ""


@dataclass(frozen=True, kw_only=True)
class TermView:
    """A word to tap, and what it means."""

    id: str
    word: str
    means: str


@dataclass(frozen=True, kw_only=True)
class SentenceView:
    """A numbered sentence. `unit` is its id where sentences are marked."""

    number: int
    id: str
    first: bool
    pieces: list[PieceView]
    unit: str = ""
    mark: str = ""
    notes: list[NoteView]


@dataclass(frozen=True, kw_only=True)
class UnitView:
    """A row or an option. A pair has two texts, `a` and `b`, instead of `pieces`."""

    id: str
    pieces: list[PieceView]
    a: list[PieceView]
    b: list[PieceView]
    number: int | None
    chosen: str
    kind: str
    notes: list[NoteView]


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    """An answer in words, with the pattern of its bin where it is one."""

    id: str
    text: str
    hint: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class QuestionView:
    """A question of a grid."""

    id: str
    text: str
    answers: list[AnswerView]
    reason: bool
    poll: bool


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """The task as it is asked."""

    id: str
    title: str
    skill_text: str
    format: str
    prompt: str
    help: str
    scheme_line: str
    chance: str
    rules: list[int]
    after: str
    after_title: str
    graded: bool
    several: bool
    told: bool
    unit: str
    passages: list[list[PieceView]]
    picture: Picture | None = None
    frames: tuple[str, ...] = ()
    min_words: int = 0
    max_words: int = 0


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the exercise a step stands."""

    number: int
    count: int
    part: str
    part_number: int
    part_count: int


@dataclass(frozen=True, kw_only=True)
class CellView:
    """A cell of the strip: its pattern or wash, its claim in words. `of`: the ids of claim and sentence."""

    kind: Kind
    title: str
    of: str = ""
    unsure: bool = False
    heat: str = ""


@dataclass(frozen=True, kw_only=True)
class StripRow:
    """A row of the strip, by paragraphs."""

    who: str
    paragraphs: list[list[CellView]]


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What came of the answer. `since`: what has changed in the task after it was given, in a line."""

    headline: str
    outcome: str
    outcome_text: str
    counts: list[tuple[int, str]]
    sum: str
    notes: list[NoteView]
    slips: str = ""
    model: str = ""
    rubric: tuple[object, ...] = ()
    written: str = ""
    review: ReviewView | None = None
    since: str = ""


@dataclass(frozen=True, kw_only=True)
class SkillView:
    """A skill's result."""

    skill_text: str
    headline: str
    percent: int
    lines: list[str]


@dataclass(frozen=True, kw_only=True)
class Link:
    """A title and where it leads."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class ExerciseView:
    """An exercise in a list."""

    title: str
    about: str
    minutes: int
    url: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """An article with its exercises, in a list."""

    title: str
    kicker: str
    url: str
    exercises: list[ExerciseView]
    lessons: list[ExerciseView]


@dataclass(frozen=True, kw_only=True)
class Mixed:
    """What was mixed up, and how often."""

    text: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Result:
    """A learner's result of an exercise. `fully`: for each step that has points, whether it earned all."""

    title: str
    finished: bool
    told: bool
    answered: int
    count: int
    by_skill: list[SkillView]
    fully: list[bool]
    fully_says: str
    mixed: list[Mixed]
    again: list[Link]
    strips: list[StripRow]
    sees: str
    slip: str
    question_for_today: str
