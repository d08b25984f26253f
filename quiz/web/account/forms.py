"""Forms of account/."""

import re
from uuid import UUID

from wtforms import BooleanField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from quiz.services.own_growth import OWN
from quiz.web.forms import TypedForm, tidy
from quiz.web.text import later

STEP = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([0-9]{1,3})")


class DeleteForm(TypedForm):
    """Deleting all that is kept, confirmed."""

    sure = BooleanField(validators=[InputRequired(later("Tick the box to say that you mean it."))])


class TestForm(TypedForm):
    """Which form to take alone."""

    form = StringField(validators=[AnyOf(OWN, later("Press one of the buttons."))])


class ResumeForm(TypedForm):
    """Coming back with a recovery code."""

    code = StringField(
        filters=[tidy],
        validators=[
            InputRequired(later("Type your code.")),
            Length(max=60, message=later("That is longer than a code.")),
        ],
    )
    back = StringField()
    mine = StringField(validators=[Optional(), AnyOf(["yes", "no"], later("Press one of the two."))])

    @property
    def step(self) -> tuple[UUID, int] | None:
        """The attempt and step to go back to; None where none is named."""
        found = STEP.fullmatch(self.back.data or "")
        return (UUID(found[1]), int(found[2])) if found else None

    @property
    def is_mine(self) -> bool | None:
        """Whether the work on this device is theirs too; None where it wasn't asked."""
        return self.mine.data == "yes" if self.mine.data else None
