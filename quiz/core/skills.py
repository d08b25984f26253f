"""What exercises train."""

from enum import StrEnum


class Skill(StrEnum):
    """What an item trains; one section each."""

    SOURCING = "sourcing"
    ANONYMITY = "anonymity"
    COMPARISON = "comparison"
    EDITING = "editing"
