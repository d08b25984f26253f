"""The bank's statements and pairs as tasks."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from quiz.content.pieces import cut
from quiz.content.schema import PairFile, SideFile, StatementFile
from quiz.core.article import Bin, Label
from quiz.core.formats.choice import Choice
from quiz.core.formats.classify import Classify
from quiz.core.library import AnswerText, Case, Item, Note, Piece, Skill, Statement, Tag, Unit, WrongNote

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


def question(case: Case) -> tuple[str, Mapping[str, str]]:
    """What a statement of the case is asked in practice, and the options."""
    if case in ASKED_OPENLY:
        return "The marked words have a stated source. Could you ask it openly?", OPENLY
    if case in ASKED_BY_KIND:
        return "The article says the marked words in its own voice. What kind are they?", KINDS
    return "On whose word do the marked words rest?", BINS


def option(case: Case, label: Label) -> str:
    """The option that the label is, as the case is asked; empty where it is none of them."""
    if case in ASKED_OPENLY:
        return ("yes" if label.sound else "no") if label.bin is Bin.SOURCED else ""
    if case in ASKED_BY_KIND:
        return KIND_OF.get(label, "")
    return label.bin.value


def statement_of(file: StatementFile) -> Statement:
    """The statement as core knows it."""
    fields = {"id", "use", "case", "level", "label", "text", "words"}
    return Statement(**file.model_dump(include=fields))


def sides_of(file: PairFile) -> tuple[Statement, Statement]:
    """Both statements of a pair, with the ids `<pair>a` and `<pair>b`."""
    return _side(file, "a", file.a), _side(file, "b", file.b)


def _side(file: PairFile, letter: str, side: SideFile) -> Statement:
    return Statement(id=f"{file.id}{letter}", use="pair", **side.model_dump())


def statement_item(file: StatementFile) -> Item:
    """A statement as a task: one choice, the likely wrong option with its own note."""
    prompt, options = question(file.case)
    right, likely = option(file.case, file.label), option(file.case, file.likely_wrong)
    notes = {right: Note(stamp=STAMPS[file.label], found=file.reason, missed=file.reason, wrong={})}
    for wrong in options.keys() - {right}:
        over = file.wrong_note if wrong == likely else ELSEWHERE
        misconception = file.misunderstands if wrong == likely else ""
        notes[wrong] = Note(over=over, misconception=misconception, wrong={})
    return _task(
        file,
        id=file.id,
        skill=Skill.ANONYMITY if file.case in ASKED_OPENLY else Skill.SOURCING,
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
        id=file.id,
        skill=Skill.ANONYMITY,
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
        for choice in MORE.keys() - {pair.more}
    }
    return Note(stamp=_pair_stamp(pair), found=pair.reason, missed=pair.reason, wrong=wrong)


def _options(options: Mapping[str, str]) -> tuple[Unit, ...]:
    return tuple(Unit(id=id, pieces=(Piece(text=text),)) for id, text in options.items())


def _task(file: StatementFile | PairFile, **fields: Any) -> Item:
    source = written(file)
    return Item(
        **fields,
        article=None,
        section="bank",
        tag=Tag.CORE,
        graded=False,
        title="Fresh statement" if file.use == "practice" else "Which lets you check more?",
        help="",
        scheme_line="One answer is right.",
        rules_on_screen=(),
        claims=(),
        show=(),
        picture=None,
        answers=(),
        questions=(),
        ask_the_class="",
        after="",
        after_title="",
        support_of=None,
        spot_unit="",
        frames=(),
        model="",
        rubric=(),
        revision=revision(source),
        source=source,
    )


def written(*files: BaseModel) -> str:
    """What an author wrote, in a fixed form, to be kept beside the answers given to it."""
    return json.dumps([file.model_dump(mode="json") for file in files], ensure_ascii=False, sort_keys=True)


def revision(source: str) -> str:
    """The revision of an item: a hash of what was written."""
    return sha256(source.encode()).hexdigest()[:16]
