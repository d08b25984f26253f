"""Forms of learn/. A task's own fields are read by its format."""

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Optional, Regexp

from quiz.core.own_growth import CONFIDENCE
from quiz.web.forms import TypedForm
from quiz.web.text import later

KEY = r"[0-9A-Za-z-]{1,64}\Z"


class AnswerForm(TypedForm):
    """What comes with every answer besides the answer itself."""

    submit_key = HiddenField(
        validators=[
            InputRequired(later("The page was sent without its key. Check your answer and send it again.")),
            Regexp(KEY, message=later("The page’s key is broken. Check your answer and send it again.")),
        ]
    )
    confidence = StringField(
        validators=[
            Optional(),
            AnyOf(CONFIDENCE, later("Say how sure you are by one of the three, or not at all.")),
        ]
    )


class DraftForm(TypedForm):
    """A text that isn't handed in yet."""

    text = TextAreaField()
