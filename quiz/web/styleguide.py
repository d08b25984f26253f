"""The design on one page, for who works on it: tokens, marks, and each component in its states.

It is there only while the app runs in debug mode. The components come from the macros that pages use.
"""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from quiz.core.strip import Kind
from quiz.web import tokens
from quiz.web.learn.views import AnswerView, CellView, ExerciseView, NoteView, PieceView, StripRow

bp = Blueprint("styleguide", __name__)
VERDICTS = {
    "found": ("Found", "source", "The bakery’s owner"),
    "missed": ("Missed", "hint", "Not said who"),
    "over": ("Over-marked", "voice", "The article itself"),
    "misplaced": ("Another answer fits", "source", "Harbour office"),
    "open": ("Readers differ here", "", "Two readings"),
    "left": ("Rightly left", "voice", "The article itself"),
}
ROWS = {"Blank": "........", "Yours": "sshvv.sh", "The key": "shhvdvsh", "Marks": "m..mm.d."}
KINDS = {kind.value[:1] or ".": kind for kind in Kind}


@bp.get("/styleguide")
def page() -> ResponseReturnValue:
    """All of the design."""
    sheet = Path(current_app.root_path) / "static" / "css" / "base.css"
    known = tokens.colours(sheet)
    return render_template(
        "styleguide.html",
        colours=list(known.values()),
        contrasts=tokens.contrasts(known),
        measures=tokens.measures(sheet),
        bins=[
            AnswerView(id="sourced", text="Stated source", hint="the text says who", kind="source"),
            AnswerView(id="hinted", text="Hinted", hint="not said who", kind="hint"),
            AnswerView(id="own-voice", text="Own voice", hint="the article just says it", kind="voice"),
        ],
        notes=[_note(verdict) for verdict in VERDICTS],
        strips=[[_row(who)] for who in ("Blank", "Marks")] + [[_row("Yours"), _row("The key")]],
        marked=[_piece(verdict) for verdict in VERDICTS if verdict != "left"],
        exercises=[ExerciseView(title="Stated or not", about="Who says so?", minutes=5, url="#")],
        shares=[
            SimpleNamespace(text="Stated sources found", count=21, of=26, percent=81, wrong=False),
            SimpleNamespace(text="Carried past the full stop", count=12, of=26, percent=46, wrong=True),
        ],
        asking=_task(problem=""),
        refused=_task(problem="You marked nothing. Is that your answer: none here?"),
        told=_told(),
    )


def _note(verdict: str) -> NoteView:
    text, kind, stamp = VERDICTS[verdict]
    return NoteView(
        unit=verdict,
        row=verdict,
        question="",
        sentence=None,
        verdict=verdict,
        verdict_text=text,
        stamp=stamp,
        stamp_kind=kind,
        text="“Said” names its source at the end of the sentence.",
        why="Read on to the full stop: the last words say whom one could ask.",
        rule=1 if verdict == "missed" else 0,
    )


def _piece(verdict: str) -> PieceView:
    label = {"found": "sourced", "missed": "hinted", "over": "own-voice"}.get(verdict, "")
    return PieceView(text="The ferry is safe, the harbour office said.", unit="s1", mark=verdict, bin=label)


def _row(who: str) -> StripRow:
    cells = [CellView(kind=KINDS[one], title=KINDS[one].value or "no mark yet") for one in ROWS[who]]
    return StripRow(who=who, paragraphs=[cells[:3], cells[3:]])


def _task(problem: str) -> SimpleNamespace:
    return SimpleNamespace(
        **_head(),
        problem=problem,
        confirm="none_here" if problem else "",
        ungraded=False,
        tells=True,
        confidence=True,
        checked=lambda _field, value: value == "think",
    )


def _told() -> SimpleNamespace:
    counts = [(3, "found"), (1, "missed"), (0, "over-marked")]
    feedback = SimpleNamespace(
        headline="You found 3 of 4.",
        counts=counts,
        outcome="partly",
        outcome_text="Partly",
        sum="3 of 4.",
        since="This task was reworded after you answered. Your marks stay as they were.",
    )
    return SimpleNamespace(**_head(), problem="", typed=[], feedback=feedback, class_url="")


def _head() -> dict[str, Any]:
    item = SimpleNamespace(
        skill_text="Anonymous sourcing",
        prompt="Mark every sentence that rests on an anonymous source.",
        help="A role, no name, and no office behind the words.",
        rules=[1, 3],
        scheme_line="The share you find, less the share you mark wrongly.",
        chance="",
        format="spot",
    )
    place = SimpleNamespace(number=1, count=7, part="Spot the source", part_count=2)
    return {"item": item, "place": place, "stop_url": ""}
