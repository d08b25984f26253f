"""Checks on the language of the content, for authors and for CI. They need the development packages."""

from dataclasses import dataclass

from quiz.content.language import cues, places, reading, twins
from quiz.core.library import Library

__all__ = ["Language", "look"]


@dataclass(frozen=True, kw_only=True)
class Language:
    """What was measured, by name, and what must be mended."""

    figures: dict[str, object]
    problems: tuple[str, ...]


def look(library: Library) -> Language:
    """Measure the language of a library."""
    checks = (cues.look(library), twins.look(library), reading.look(library), places.look(library))
    figures = {name: figure for measured, _says in checks for name, figure in measured.items()}
    return Language(figures=figures, problems=tuple(say for _measured, says in checks for say in says))
