"""Forms of account/."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from quiz.core.written import clean


class PressForm(FlaskForm):
    """A press that needs nothing typed."""


class DeleteForm(FlaskForm):
    """Deleting all that is kept, confirmed."""

    sure = BooleanField(validators=[InputRequired("Tick the box to say that you mean it.")])


class ResumeForm(FlaskForm):
    """Coming back with a recovery code."""

    code = StringField(
        filters=[lambda typed: clean(typed or "")],
        validators=[InputRequired("Type your code."), Length(max=60, message="That is longer than a code.")],
    )
