"""What the forms of all parts share: a press, tidied lines, and what to say where a form can't be used."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms.validators import Length

from quiz.core.saying import Refusal
from quiz.core.written import clean
from quiz.web.text import _, later, why


class TypedForm(FlaskForm):
    """A form of what people type or press. A file that is sent in place of a text counts as nothing."""

    class Meta(FlaskForm.Meta):
        """Takes what was posted as text alone."""

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """The posted fields; None where nothing was posted."""
            return None if super().wrap_formdata(form, formdata) is None else request.form


class PressForm(TypedForm):
    """A press that needs nothing typed."""


def at_most(count: int) -> Length:
    """No more than so many characters, where no other words say so better."""
    return Length(max=count, message=later("That is too long: it may have %(max)s characters."))


def tidy(typed: str | None) -> str:
    """What was typed without the blanks around it."""
    return clean(typed or "")


def errors_of(form: FlaskForm, refusal: Refusal | None = None) -> dict[str, str]:
    """What is wrong with each field, in words; under an empty name what is wrong with the whole."""
    found = {name: " ".join(map(str, messages)) for name, messages in form.errors.items() if messages}
    if found.pop("csrf_token", ""):
        found[""] = (
            _("The page was too old to use. Look over what you typed and press once more.")
            if request.cookies
            else _("This browser sent no cookie. Allow this site to keep one, then press once more.")
        )
    if refusal:
        found[refusal.field] = why(refusal)
    return found


def said(form: FlaskForm) -> str:
    """What is wrong with a form, in one line."""
    return " ".join(errors_of(form).values())


def refused(form: FlaskForm) -> int:
    """The code for a form that can't be used: 400 where its token is missing or old, else 422."""
    return 400 if form.csrf_token.errors else 422
