"""Forms of teach/."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateTimeLocalField, IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, ValidationError

from quiz.core.opening import Mode
from quiz.core.written import clean
from quiz.services.classrooms import Naming

MOST_TRIES = 10
MOST_NOTE = 300
MOST_CLASS_NAME = 60


def tidy(typed: str | None) -> str:
    """What was typed without the blanks around it."""
    return clean(typed or "")


class PressForm(FlaskForm):
    """A press that needs nothing typed."""


class SignInForm(FlaskForm):
    """Name and password."""

    name = StringField(filters=[tidy], validators=[InputRequired("Type your name."), Length(max=200)])
    password = PasswordField(validators=[InputRequired("Type your password."), Length(max=500)])


class SignUpForm(SignInForm):
    """A new teacher's name and password; what is wrong with them the service says."""


class NewPasswordForm(FlaskForm):
    """A new password by a link."""

    password = PasswordField(validators=[InputRequired("Type a new password."), Length(max=500)])


class ChangePasswordForm(NewPasswordForm):
    """A new password in place of the present one."""

    old = PasswordField(validators=[InputRequired("Type your present password."), Length(max=500)])


def real_zone(_form: FlaskForm, field: StringField) -> None:
    """A zone that has a name, such as Europe/Lisbon."""
    try:
        ZoneInfo(str(field.data))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValidationError("Give a zone such as Europe/Lisbon.") from None


class ClassForm(FlaskForm):
    """A new class."""

    name = StringField(
        filters=[tidy],
        validators=[
            InputRequired("Give the class a name."),
            Length(max=MOST_CLASS_NAME, message=f"A class’s name has at most {MOST_CLASS_NAME} characters."),
        ],
    )
    zone = StringField(filters=[tidy], validators=[InputRequired("Give a zone."), Length(max=60), real_zone])
    naming = StringField(
        default=Naming.GENERATED.value,
        validators=[AnyOf([one.value for one in Naming], "Choose how learners get their names.")],
    )


class DeleteClassForm(FlaskForm):
    """A class's name, typed to say that it is meant."""

    name = StringField(filters=[tidy], validators=[Length(max=200)])


class RosterForm(FlaskForm):
    """Names, pasted or in a file."""

    text = TextAreaField(validators=[Length(max=50_000, message="That is more than a roster.")])
    file = FileField()


class SeatNameForm(FlaskForm):
    """Another name for a seat."""

    name = StringField(filters=[tidy], validators=[InputRequired("Type a name."), Length(max=200)])


class ExtraForm(FlaskForm):
    """Extra minutes after closing."""

    minutes = IntegerField(validators=[InputRequired("Give whole minutes.")])


class MergeForm(FlaskForm):
    """The seat whose work goes into this one."""

    other = StringField(validators=[InputRequired("Choose a seat."), Length(max=40)])


class AssignmentForm(FlaskForm):
    """What is given to a class, to whom, when and how. Times are local ones of the class's zone."""

    exercise = StringField(validators=[InputRequired("Choose what to give.")])
    seat = StringField(default="")
    opens = DateTimeLocalField(format="%Y-%m-%dT%H:%M", validators=[Optional()])
    closes = DateTimeLocalField(format="%Y-%m-%dT%H:%M", validators=[Optional()])
    mode = StringField(
        default=Mode.PRACTICE.value,
        validators=[AnyOf([one.value for one in Mode], "Choose practice or test.")],
    )
    tries = IntegerField(
        default=1,
        validators=[
            InputRequired("Give a number of tries."),
            NumberRange(1, MOST_TRIES, message=f"Give 1 to {MOST_TRIES} tries."),
        ],
    )
    note = StringField(
        filters=[tidy],
        validators=[Length(max=MOST_NOTE, message=f"A note has at most {MOST_NOTE} characters.")],
    )
