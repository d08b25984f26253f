"""Every way of answering, by its name."""

from collections.abc import Mapping

from quiz.core.formats import AnyFormat
from quiz.core.formats.choice import Choice
from quiz.core.formats.classify import Classify
from quiz.core.formats.grid import Grid
from quiz.core.formats.spot import Spot
from quiz.core.formats.text import Text

FORMATS: Mapping[str, type[AnyFormat]] = {one.name: one for one in (Choice, Spot, Classify, Grid, Text)}
