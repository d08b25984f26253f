"""All routes of teach/ on their blueprint: importing them puts them there."""

from quiz.web.teach import (
    assignments,
    board,
    bp,
    classes,
    exports,
    growth,
    material,
    projector,
    results,
    seats,
    texts,
)

__all__ = [
    "assignments",
    "board",
    "bp",
    "classes",
    "exports",
    "growth",
    "material",
    "projector",
    "results",
    "seats",
    "texts",
]
