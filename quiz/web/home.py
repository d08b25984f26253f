"""The front page and the guide, each with something to try; privacy; whether the app is well."""

from dataclasses import dataclass

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine
from wtforms import StringField
from wtforms.validators import AnyOf, ValidationError

from quiz.core.article import Bin
from quiz.core.item import Item
from quiz.core.strip import OF_BIN
from quiz.store import schema
from quiz.web import limits
from quiz.web.forms import TypedForm, refused, said
from quiz.web.learn import start_url
from quiz.web.learn.views import AnswerView
from quiz.web.outside import library
from quiz.web.text import _, later

bp = Blueprint("home", __name__)
BINS = [one.value for one in Bin]


class TryForm(TypedForm):
    """The sentence to try; its answer is kept nowhere."""

    answer = StringField(validators=[AnyOf(BINS, later("Press one of the answers."))])


class RuleForm(TypedForm):
    """The statement to try under a rule of the guide; its answer is kept nowhere."""

    rule = StringField()
    answer = StringField()

    def validate_rule(self, field: StringField) -> None:
        """Refuse a rule that has nothing to try."""
        if _statement(field.data) is None:
            raise ValidationError(_("There is no such rule to try. Press an answer under one of these."))

    def validate_answer(self, field: StringField) -> None:
        """Refuse an answer that isn’t one of those under that rule."""
        item = _statement(self.rule.data)
        if item is not None and field.data not in item.by_unit:
            raise ValidationError(_("That isn’t one of the answers here. Press one of these."))


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is said to an answer: its note, under the stamp of the right one. `why`: what speaks for that."""

    right: str
    stamp: str
    text: str
    why: str


@dataclass(frozen=True, kw_only=True)
class TryView:
    """A statement to try under a rule, with what was pressed and what is said to it."""

    item: Item
    options: list[AnswerView]
    pressed: str = ""
    told: Told | None = None
    problem: str = ""


@bp.get("/")
def front() -> str:
    """The front page; `try` shows what is said to that answer."""
    return _front_page(request.args.get("try", ""))


@bp.post("/")
def try_one() -> ResponseReturnValue:
    """Answer the sentence to try. Nothing is kept."""
    form = TryForm()
    if form.validate_on_submit():
        return redirect(f"{url_for('.front')}?try={form.answer.data}#try", code=303)
    return _front_page("", said(form)), refused(form)


def _front_page(tried: str, problem: str = "") -> str:
    return render_template(
        "home.html",
        tried=tried if tried in BINS else "",
        problem_text=problem,
        short_url=start_url(library().exercises[library().site.first]),
    )


@bp.get("/guide")
def guide() -> str:
    """The question, the bins and the rules on one page."""
    return _guide_page()


@bp.get("/guide/bookmark")
def bookmark() -> str:
    """The question, the marks and the rules, to print and cut out."""
    return render_template("bookmark.html")


@bp.post("/guide")
def try_rule() -> ResponseReturnValue:
    """Answer the statement to try under a rule. Nothing is kept."""
    form = RuleForm()
    if form.validate_on_submit():
        return _guide_page(form)
    return _guide_page(form), refused(form)


def _guide_page(form: RuleForm | None = None) -> str:
    tries = {}
    for number, id in library().site.rules.items():
        here = form if form and form.rule.data == str(number) else None
        tries[number] = _try(library().bank[id], here)
    return render_template("guide.html", tries=tries, unknown=" ".join(form.rule.errors) if form else "")


def _statement(rule: str | None) -> Item | None:
    """The statement to try under a rule, as the form names the rule; None where there is none."""
    named = library().site.rules.items()
    return next((library().bank[id] for number, id in named if str(number) == rule), None)


def _try(item: Item, form: RuleForm | None) -> TryView:
    answer = form.answer.data or "" if form else ""
    pressed = answer if answer in item.by_unit else ""
    return TryView(
        item=item,
        options=[
            AnswerView(id=unit.id, text=unit.pieces[0].text, hint="", kind=OF_BIN.get(unit.id, ""))
            for unit in item.units
        ],
        pressed=pressed,
        told=_told(item, pressed) if pressed else None,
        problem=" ".join(form.answer.errors) if form else "",
    )


def _told(item: Item, pressed: str) -> Told:
    said = item.notes[pressed]
    right, why = next((unit, note) for unit, note in item.notes.items() if note.found)
    if pressed == right:
        return Told(right=right, stamp=why.stamp, text=said.found, why="")
    return Told(right=right, stamp=why.stamp, text=said.over, why=why.found)


@bp.get("/privacy")
def privacy() -> str:
    """What is kept, and how the app stays impartial."""
    return render_template("privacy.html", days=current_app.config["RETENTION_DAYS"])


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 while the process serves."""
    return "ok\n", {"Content-Type": "text/plain"}


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """200 only when the database answers and is migrated; says where guesses are counted in memory."""
    engine: Engine = current_app.extensions["quiz_engine"]
    try:
        ready = schema.is_current(engine)
    except (schema.Unreachable, schema.Newer):
        ready = False
    words, code = ("ready\n", 200) if ready else ("not ready\n", 503)
    if limits.store_is_away():
        words += "The store of RATELIMIT_STORAGE_URI is away: each worker counts wrong guesses for itself.\n"
    return words, code, {"Content-Type": "text/plain"}
