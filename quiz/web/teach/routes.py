"""All routes of teach/ on their blueprint: importing them puts them there."""

from quiz.web.teach import assignments, bp, classes, projector, seats

__all__ = ["assignments", "bp", "classes", "projector", "seats"]
