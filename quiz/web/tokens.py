"""The design's tokens as static/css/base.css has them, and how well its colours can be told apart."""

import re
from dataclasses import dataclass
from pathlib import Path

TEXT, PART = 4.5, 3.0
"""The least contrast of text, and of the edges of controls and marks: WCAG 2.2, 1.4.3 and 1.4.11."""
PAPERS = ("desk", "paper", "card", "slip")
PAIRS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("ink", (*PAPERS, "marker", "source-wash", "hint-wash", "voice-wash"), TEXT),
    ("soft", PAPERS, TEXT),
    ("source", ("paper", "card", "source-wash"), TEXT),
    ("hint", ("paper", "card", "hint-wash"), TEXT),
    ("voice", ("paper", "card", "voice-wash"), TEXT),
    ("found", ("desk", "paper", "card"), TEXT),
    ("missed", ("paper", "card"), TEXT),
    ("over", ("desk", "paper", "card"), TEXT),
    ("open", ("paper", "card"), TEXT),
    ("edge", PAPERS, PART),
)
"""Which colour stands on which, and the least contrast that it needs there."""


@dataclass(frozen=True, kw_only=True)
class Colour:
    """A colour by its name: #rrggbb in the light and in the dark."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """How one colour stands out from another, from 1 to 21, in both themes."""

    on_top: Colour
    below: Colour
    light: float
    dark: float
    least: float

    @property
    def enough(self) -> bool:
        """Whether it reaches its least in both themes."""
        return min(self.light, self.dark) >= self.least


def colours(sheet: Path) -> dict[str, Colour]:
    """The opaque colours of a style sheet, by name."""
    found = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", sheet.read_text("utf-8"))
    return {name: Colour(name=name, light=light, dark=dark) for name, light, dark in found}


def measures(sheet: Path) -> list[tuple[str, str]]:
    """The steps of type and space in the first rule of a style sheet: name and value, in its order."""
    root = sheet.read_text("utf-8").partition(":root {")[2].partition("\n}")[0]
    return re.findall(r"--(h\d|read|small|s\d|gutter|touch): ([^;]+);", root)


def contrasts(known: dict[str, Colour]) -> list[Contrast]:
    """Each pair that meets on a page. Raises KeyError where a colour of PAIRS isn’t known."""
    return [
        Contrast(
            on_top=known[top],
            below=known[under],
            light=contrast(known[top].light, known[under].light),
            dark=contrast(known[top].dark, known[under].dark),
            least=least,
        )
        for top, papers, least in PAIRS
        for under in papers
    ]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours #rrggbb, from 1 to 21, by the formula of WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
