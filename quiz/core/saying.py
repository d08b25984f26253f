"""Sentences for people from where nobody knows their language: a message, and its values apart from it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Saying:
    """A message in English, by which catalogues know it, and its values. `many`: where `num` isn't one."""

    one: str
    many: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        """The sentence in English, for logs and the command line."""
        said = self.many if self.many and self.values["num"] != 1 else self.one
        return said % self.values if self.values else said


def say(message: str, **values: object) -> Saying:
    """A message for people; `%(name)s` stands for a value. Extraction finds messages by this name."""
    return Saying(one=message, many="", values=values)


def say_many(one: str, many: str, num: int, **values: object) -> Saying:
    """A message for one and for many, with the count as `num`."""
    return Saying(one=one, many=many, values={"num": num, **values})


class Refusal(Exception):
    """Something can't be done as asked. `saying` tells a person why, and what to do.

    `field` is the one at fault; empty where it is the whole.
    """

    def __init__(self, saying: Saying, field: str = "") -> None:
        super().__init__(saying)
        self.saying = saying
        self.field = field
