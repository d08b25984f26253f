"""The bank's statements and pairs as tasks."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from quiz.content.bank_schema import MirrorFile, PairFile, SideFile, StatementFile, TextFile
from quiz.content.pieces import cut
from quiz.content.wrong_options import said_to
from quiz.core.article import Bin, Label
from quiz.core.formats.choice import Choice
from quiz.core.formats.classify import Classify
from quiz.core.formats.text import Text
from quiz.core.ids import BANK, scoped
from quiz.core.item import Case, Criterion, Item, Note, Tag, WrongNote
from quiz.core.library import Statement
from quiz.core.skills import Skill
from quiz.core.units import AnswerText, Piece, Unit

STAMPS = {
    Label.NAMED: "A named person",
    Label.DOCUMENT: "A document to look up",
    Label.INSTITUTION: "An office",
    Label.ANON_ROLE: "Somebody unnamed",
    Label.VAGUE: "Not said who",
    Label.BACKGROUND: "The article itself",
    Label.BARE: "The article itself",
    Label.EVALUATION: "The article itself",
}
BINS = {
    Bin.SOURCED.value: "A stated source",
    Bin.HINTED.value: "Only hinted",
    Bin.OWN_VOICE.value: "The article’s own voice",
}
OPENLY = {"yes": "Yes: a person by name, a document or an office", "no": "No: a role, without name or office"}
KINDS = {"look-up": "Anyone can look it up", "source": "It needs a source", "judgement": "It is a judgement"}
KIND_OF = {Label.BACKGROUND: "look-up", Label.BARE: "source", Label.EVALUATION: "judgement"}
ELSEWHERE = "The reason stands with the right answer."
MORE = {"a": "A", "b": "B", "same": "No difference"}
ASKED_OPENLY = frozenset({Case.OFFICE_OR_ANONYMOUS})
ASKED_BY_KIND = frozenset({Case.LOOK_UP_OR_SOURCE, Case.PLAIN_OR_JUDGING})


def question(use: str, case: Case) -> tuple[str, Mapping[str, str]]:
    """What a statement is asked, and the options. Only practice asks a step further than the bins."""
    if use == "practice" and case in ASKED_OPENLY:
        return "The marked words have a stated source. Could you ask it openly?", OPENLY
    if use == "practice" and case in ASKED_BY_KIND:
        return "The article says the marked words in its own voice. What kind are they?", KINDS
    return "On whose word do the marked words rest?", BINS


def option(use: str, case: Case, label: Label) -> str:
    """The option that the label is, as the statement is asked; empty where it is none of them."""
    if use == "practice" and case in ASKED_OPENLY:
        return ("yes" if label.sound else "no") if label.bin is Bin.SOURCED else ""
    if use == "practice" and case in ASKED_BY_KIND:
        return KIND_OF.get(label, "")
    return label.bin.value


def told(mirror: MirrorFile) -> dict[str, StatementFile]:
    """Both versions of a mirrored pair, with the ids `<pair>a` and `<pair>b`."""
    first, second = mirror.sides
    return {"a": _told(mirror, "a", first, second), "b": _told(mirror, "b", second, first)}


def _told(mirror: MirrorFile, version: str, accuser: str, replier: str) -> StatementFile:
    fields = mirror.model_dump(exclude={"id", "sides"})
    for field in ("text", "words", "reason", "wrong_note"):
        fields[field] = fields[field].replace("{accuser}", accuser).replace("{replier}", replier)
    return StatementFile(**fields, id=mirror.id + version, use="mirror")


def statement_of(file: StatementFile, *, pair: str = "", version: str = "") -> Statement:
    """The statement as core knows it; a version of a mirrored pair with the pair's id."""
    fields = {"use", "case", "level", "label", "text", "words", "retired"}
    return Statement(
        **file.model_dump(include=fields),
        id=scoped(BANK, file.id),
        pair=scoped(BANK, pair) if pair else "",
        version=version,
    )


def sides_of(file: PairFile) -> tuple[Statement, Statement]:
    """Both statements of a pair, with the ids `<pair>a` and `<pair>b`."""
    return _side(file, "a", file.a), _side(file, "b", file.b)


def _side(file: PairFile, letter: str, side: SideFile) -> Statement:
    return Statement(
        id=scoped(BANK, f"{file.id}{letter}"),
        use="pair",
        pair=scoped(BANK, file.id),
        version=letter,
        retired=file.retired,
        **side.model_dump(),
    )


def statement_item(file: StatementFile) -> Item:
    """A statement as a task: one choice, the likely wrong option with its own note."""
    prompt, options = question(file.use, file.case)
    right = option(file.use, file.case, file.label)
    likely = option(file.use, file.case, file.likely_wrong)
    notes = {right: Note(stamp=STAMPS[file.label], found=file.reason, missed=file.reason, wrong={})}
    for wrong in (one for one in options if one != right):
        over = file.wrong_note if wrong == likely else said_to(right, wrong) or ELSEWHERE
        misconception = file.misunderstands if wrong == likely else ""
        notes[wrong] = Note(over=over, misconception=misconception, wrong={})
    return _task(
        file,
        case=file.case,
        sound=file.label.sound,
        skill=Skill.ANONYMITY if options is OPENLY else Skill.SOURCING,
        title="Fresh statement",
        prompt=prompt,
        passages=(cut(file.text, file.words),),
        format=Choice(right=frozenset({right}), wrong=frozenset(options.keys() - {right})),
        units=_options(options),
        notes=notes,
    )


def pair_item(file: PairFile) -> Item:
    """A pair as a task of its own: A, B, or no difference."""
    return _task(
        file,
        skill=Skill.ANONYMITY,
        title="Which lets you check more?",
        prompt="Which lets a reader check more?",
        passages=(cut(file.a.text, file.a.words), cut(file.b.text, file.b.words)),
        format=Choice(right=frozenset({file.more}), wrong=frozenset(MORE.keys() - {file.more})),
        units=_options(MORE),
        notes={choice: _pair_note(file, choice) for choice in MORE},
    )


def _pair_note(file: PairFile, choice: str) -> Note:
    if choice == file.more:
        return Note(stamp=_pair_stamp(file), found=file.reason, missed=file.reason, wrong={})
    misconception = file.misunderstands if choice == file.likely_wrong else ""
    return Note(over=wrong_text(file, choice), misconception=misconception, wrong={})


def _pair_stamp(file: PairFile) -> str:
    return {"a": "A lets you check more", "b": "B lets you check more", "same": "No difference"}[file.more]


def wrong_text(file: PairFile, choice: str) -> str:
    """What is said to somebody who chose wrongly."""
    return {"a": file.a_note, "b": file.b_note, "same": file.same_note}[choice] or file.reason


def rows_of_pairs(pairs: list[PairFile]) -> dict[str, Any]:
    """Several pairs as the rows of one classify item."""
    return {
        "format": Classify(answers=tuple(MORE), rows={pair.id: pair.more for pair in pairs}),
        "answers": tuple(AnswerText(id=id, text=text) for id, text in MORE.items()),
        "units": tuple(
            Unit(id=pair.id, pieces=cut(pair.a.text, pair.a.words), other=cut(pair.b.text, pair.b.words))
            for pair in pairs
        ),
        "notes": {pair.id: _row_note(pair) for pair in pairs},
    }


def _row_note(pair: PairFile) -> Note:
    wrong = {
        choice: WrongNote(
            text=wrong_text(pair, choice),
            misconception=pair.misunderstands if choice == pair.likely_wrong else "",
        )
        for choice in MORE
        if choice != pair.more
    }
    return Note(stamp=_pair_stamp(pair), found=pair.reason, missed=pair.reason, wrong=wrong)


def _options(options: Mapping[str, str]) -> tuple[Unit, ...]:
    return tuple(Unit(id=id, pieces=(Piece(text=text),)) for id, text in options.items())


def text_item(file: TextFile) -> Item:
    """A text that belongs to no one article, as a task."""
    core = tuple(one.id for one in file.rubric if one.core)
    rest = tuple(one.id for one in file.rubric if not one.core)
    return _task(
        file,
        **file.model_dump(include={"title", "prompt", "help", "scheme_line", "ask_the_class", "model"}),
        skill=Skill.EDITING,
        passages=(),
        format=Text(
            criteria=core,
            optional=rest,
            levels=len(file.rubric[0].levels),
            min_words=file.min_words,
            max_words=file.max_words,
        ),
        units=(),
        notes={},
        rubric=tuple(Criterion(**one.model_dump()) for one in file.rubric),
    )


def _task(file: StatementFile | PairFile | TextFile, **fields: Any) -> Item:
    source = written(file)
    plain: dict[str, Any] = {
        "help": "",
        "scheme_line": "One answer is right.",
        "ask_the_class": "",
        "model": "",
        "rubric": (),
        "case": None,
    }
    return Item(
        **plain | fields,
        id=scoped(BANK, file.id),
        article=None,
        section="bank",
        tag=Tag.CORE,
        graded=False,
        rules_on_screen=(),
        claims=(),
        show=(),
        picture=None,
        answers=(),
        questions=(),
        after="",
        after_title="",
        support_of=None,
        spot_unit="",
        frames=(),
        retired=file.retired,
        revision=revision(source),
        source=source,
    )


def written(*files: BaseModel) -> str:
    """What an author wrote, in a fixed form, to be kept beside the answers given to it.

    Values that are the schema's defaults are left out: a field that is added moves no revision.
    """
    fields = [file.model_dump(mode="json", exclude_defaults=True) for file in files]
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def revision(source: str) -> str:
    """The revision of an item: a hash of what was written."""
    return sha256(source.encode()).hexdigest()[:16]
