"""What the forms of all parts share: a press, tidied lines, and what to say where a form can't be used."""

from typing import Any, Protocol

from flask import request
from flask_wtf import FlaskForm

from quiz.core.written import clean
from quiz.web.text import _


class Refusal(Protocol):
    """An error of a service that says which field is at fault; an empty one means the whole."""

    field: str


class TypedForm(FlaskForm):
    """A form of what people type or press. A file that is sent in place of a text counts as nothing."""

    class Meta(FlaskForm.Meta):
        """Takes what was posted as text alone."""

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """The posted fields; None where nothing was posted."""
            return None if super().wrap_formdata(form, formdata) is None else request.form


class PressForm(TypedForm):
    """A press that needs nothing typed."""


def tidy(typed: str | None) -> str:
    """What was typed without the blanks around it."""
    return clean(typed or "")


def errors_of(form: FlaskForm, refusal: Refusal | None = None) -> dict[str, str]:
    """What is wrong with each field, in words; under an empty name what is wrong with the whole."""
    found = {name: " ".join(messages) for name, messages in form.errors.items() if messages}
    if found.pop("csrf_token", ""):
        found[""] = _("The page was too old to use. Look over what you typed and press once more.")
    if refusal:
        found[refusal.field] = str(refusal)
    return found


def said(form: FlaskForm) -> str:
    """What is wrong with a form, in one line."""
    return " ".join(errors_of(form).values())


def refused(form: FlaskForm) -> int:
    """The code for a form that can't be used: 400 where its token is missing or old, else 422."""
    return 400 if form.csrf_token.errors else 422
