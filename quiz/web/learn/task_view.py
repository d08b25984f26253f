"""A task as a page asks it: the item, its units, answers and questions, as plain values."""

from collections.abc import Sequence

from quiz.core.item import Item
from quiz.core.mark import Fields
from quiz.core.strip import OF_BIN
from quiz.core.units import AnswerText, Unit
from quiz.web.learn import words
from quiz.web.learn.article_view import plain
from quiz.web.learn.views import AnswerView, ItemView, NoteView, QuestionView, UnitView


def item_view(item: Item) -> ItemView:
    """The task as it is asked."""
    return ItemView(
        id=item.id,
        title=item.title,
        skill_text=words.skill(item.skill),
        format=item.format.name,
        prompt=item.prompt,
        help=item.help,
        scheme_line=item.scheme_line,
        chance=words.chance(item),
        rules=list(item.rules_on_screen),
        after=item.after,
        after_title=item.after_title,
        graded=item.graded,
        several=getattr(item.format, "several", False),
        told=getattr(item.format, "told", False),
        unit=item.spot_unit,
        passages=[plain(passage) for passage in item.passages],
        picture=item.picture,
        frames=item.frames,
        min_words=getattr(item.format, "min_words", 0),
        max_words=getattr(item.format, "max_words", 0),
    )


def unit_view(unit: Unit, said: Sequence[NoteView], shown: Fields) -> UnitView:
    """A row or an option with what is said to it, and the answer that was given."""
    mine = [note for note in said if note.row == unit.id]
    return UnitView(
        id=unit.id,
        pieces=[] if unit.other else plain(unit.pieces),
        a=plain(unit.pieces) if unit.other else [],
        b=plain(unit.other),
        number=unit.sentence,
        chosen="".join(shown.get(f"row-{unit.id}", ())),
        kind=OF_BIN.get(unit.id, ""),
        notes=mine,
    )


def answer_views(answers: Sequence[AnswerText]) -> list[AnswerView]:
    """Answers, each with the pattern of its bin where it is one."""
    return [
        AnswerView(id=one.id, text=one.text, hint=one.hint, kind=OF_BIN.get(one.id, "")) for one in answers
    ]


def question_views(item: Item) -> list[QuestionView]:
    """The questions of a grid with their answers; those without a key are polls."""
    keyed: Sequence[str] = getattr(item.format, "keyed", ())
    return [
        QuestionView(
            id=one.id,
            text=one.text,
            answers=answer_views(one.answers),
            reason=one.reason,
            poll=one.id not in keyed,
        )
        for one in item.questions
    ]
