"""Forms of join/."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from quiz.web.forms import TypedForm, tidy
from quiz.web.text import later


class CodeForm(TypedForm):
    """The code of a class."""

    code = StringField(
        filters=[tidy],
        validators=[
            InputRequired(later("Type the code from the board.")),
            Length(max=40, message=later("A code has six characters.")),
        ],
    )


class NameForm(TypedForm):
    """The name of a new seat."""

    name = StringField(
        filters=[tidy],
        validators=[
            InputRequired(later("Type a name.")),
            Length(max=80, message=later("That is longer than a name.")),
        ],
    )


class DigitsForm(TypedForm):
    """The six digits that let a seat in on another device."""

    digits = StringField(
        filters=[tidy],
        validators=[
            InputRequired(later("Type the six digits from your teacher.")),
            Length(max=20, message=later("The code has six digits.")),
        ],
    )
