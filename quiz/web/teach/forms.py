"""Forms of teach/."""

from uuid import UUID

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    PasswordField,
    StringField,
    TextAreaField,
    validators,
)
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from quiz.core.names import Naming, UnfitName, tidied
from quiz.core.opening import Mode, is_zone
from quiz.web.forms import TypedForm, at_most, tidy
from quiz.web.text import _, later, why

MOST_TRIES = 10
MOST_NOTE = 300
MOST_CLASS_NAME = 60


class SignInForm(TypedForm):
    """Name and password."""

    name = StringField(filters=[tidy], validators=[InputRequired(later("Type your name.")), at_most(200)])
    password = PasswordField(validators=[InputRequired(later("Type your password.")), at_most(500)])


class SignUpForm(SignInForm):
    """A new teacher's name and password; what is wrong with them the service says."""


class NewPasswordForm(TypedForm):
    """A new password by a link."""

    password = PasswordField(validators=[InputRequired(later("Type a new password.")), at_most(500)])


class ChangePasswordForm(NewPasswordForm):
    """A new password in place of the present one."""

    old = PasswordField(validators=[InputRequired(later("Type your present password.")), at_most(500)])


def real_zone(_form: TypedForm, field: StringField) -> None:
    """A zone that has a name, such as Europe/Lisbon."""
    if not is_zone(str(field.data)):
        raise ValidationError(_("Give a zone such as Europe/Lisbon."))


def a_name(_form: TypedForm, field: StringField) -> None:
    """A name that one can read."""
    try:
        field.data = tidied(str(field.data), MOST_CLASS_NAME)
    except UnfitName as unfit:
        raise ValidationError(why(unfit)) from None


class ClassForm(TypedForm):
    """A new class. Its id comes with the page, so that a doubled press makes one class."""

    id = HiddenField(validators=[validators.UUID(later("The page is broken. Load it again."))])
    name = StringField(
        filters=[tidy],
        validators=[
            InputRequired(later("Give the class a name.")),
            a_name,
        ],
    )
    zone = StringField(
        filters=[tidy], validators=[InputRequired(later("Give a zone.")), at_most(60), real_zone]
    )
    naming = StringField(
        default=Naming.GENERATED.value,
        validators=[AnyOf([one.value for one in Naming], later("Choose how learners get their names."))],
    )


class DoorsForm(TypedForm):
    """Whether newcomers may come in."""

    to = StringField(validators=[AnyOf(["open", "closed"], later("Press one of the buttons."))])


class DeleteClassForm(TypedForm):
    """A class's name, typed to say that it is meant."""

    name = StringField(filters=[tidy], validators=[at_most(200)])


class RosterForm(TypedForm):
    """Names that were pasted; the route reads those of a file."""

    text = TextAreaField(validators=[Length(max=50_000, message=later("That is more than a roster."))])


class SeatNameForm(TypedForm):
    """Another name for a seat."""

    name = StringField(filters=[tidy], validators=[InputRequired(later("Type a name.")), at_most(200)])


class WholeNumber(IntegerField):
    """A field for a whole number, which says so in plain words where it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was posted."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Give a whole number.")) from None


class LocalTime(DateTimeLocalField):
    """A field for a day and a time, which says so in plain words where it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was posted."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Give a day and a time, such as 2027-03-01T08:15.")) from None


class ExtraForm(TypedForm):
    """Extra minutes after closing."""

    minutes = WholeNumber(validators=[InputRequired(later("Give whole minutes."))])


class MergeForm(TypedForm):
    """The seat whose work goes into this one; `sure` once the teacher has seen what becomes one."""

    sure = BooleanField()

    other = StringField(
        validators=[
            InputRequired(later("Choose a seat.")),
            validators.UUID(later("Choose a seat of the list.")),
        ]
    )

    @property
    def seat_id(self) -> UUID:
        """The seat chosen, once the form is validated."""
        return UUID(str(self.other.data))


short_note = Length(max=MOST_NOTE, message=later("A note has at most %(max)s characters."))


class EndForm(TypedForm):
    """Another closing time, local to the class's zone, and another note."""

    closes = LocalTime(format="%Y-%m-%dT%H:%M", validators=[Optional()])
    note = StringField(filters=[tidy], validators=[short_note])


class AssignmentForm(TypedForm):
    """What is given to a class, to whom, when and how. Times are local ones of the class's zone.

    Its id comes with the page, so that a doubled press gives one.
    """

    id = HiddenField(validators=[validators.UUID(later("The page is broken. Load it again."))])
    exercise = StringField(validators=[InputRequired(later("Choose what to give."))])
    seat = StringField(
        default="", validators=[Optional(), validators.UUID(later("Choose a seat of the list."))]
    )
    opens = LocalTime(format="%Y-%m-%dT%H:%M", validators=[Optional()])
    closes = LocalTime(format="%Y-%m-%dT%H:%M", validators=[Optional()])
    mode = StringField(
        default=Mode.PRACTICE.value,
        validators=[AnyOf([one.value for one in Mode], later("Choose practice or test."))],
    )
    tries = WholeNumber(
        default=1,
        validators=[
            InputRequired(later("Give a number of tries.")),
            NumberRange(1, MOST_TRIES, message=later("Give %(min)s to %(max)s tries.")),
        ],
    )
    note = StringField(
        filters=[tidy],
        validators=[short_note],
    )

    @property
    def seat_id(self) -> UUID | None:
        """The seat that it is for, once the form is validated; None for the whole class."""
        return UUID(str(self.seat.data)) if self.seat.data else None


class UnitForm(TypedForm):
    """A unit that a class counts no more, or again."""

    scope = HiddenField(validators=[InputRequired(later("The page is broken. Load it again.")), at_most(40)])
    unit = HiddenField(
        validators=[Regexp(r"[\w.-]{1,40}\Z", message=later("The page is broken. Load it again."))]
    )
    item = HiddenField(validators=[at_most(40)])
    to = StringField(validators=[AnyOf(["out", "back"], later("Press one of the buttons."))])


class ReviewForm(TypedForm):
    """What is said of a text. The levels are read by name."""

    comment = TextAreaField(
        filters=[tidy], validators=[Length(max=1000, message=later("A comment has at most 1000 characters."))]
    )
    flagged = BooleanField()
    hidden = BooleanField()
