"""Two plots of how the app grows, as SVG that reads in light and dark."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 44, 50
DASHES = ("none", "7 4", "2 3", "9 3 2 3")
STYLE = (
    "<style>text{font:13px sans-serif;fill:#444}path{fill:none;stroke:#2b6777;stroke-width:2}"
    "circle{fill:#2b6777}line{stroke:#999;stroke-width:.5}"
    "@media(prefers-color-scheme:dark){text{fill:#ccc}path{stroke:#7fc3d3}circle{fill:#7fc3d3}}</style>"
)


@dataclass(frozen=True)
class Line:
    """A named row of points, each larger than 0."""

    name: str
    points: Sequence[tuple[float, float]]


def plot(rows: dict[str, list[dict[str, Any]]], folder: Path) -> None:
    """Write growth-learners.svg and growth-answers.svg."""

    def lines(of: str, by: tuple[str, ...], x: str, y: str, name: Callable[..., str]) -> list[Line]:
        found: dict[tuple[Any, ...], list[tuple[float, float]]] = {}
        for row in rows[of]:
            found.setdefault(tuple(row[one] for one in by), []).append((row[x], row[y]))
        return [Line(name(*key), points) for key, points in found.items() if len(points) > 1]

    def named(database: str, workers: int) -> str:
        return f"{database}, {workers} worker" + ("s" if workers > 1 else "")

    keys = ("database", "workers")
    waits = lines("paced", keys, "learners", "p99", named)
    rates = lines("full", keys, "stored", "answers", named)
    title = "Milliseconds for 99 of 100 requests, by learners who answer every 20 seconds"
    _write(folder / "growth-learners.svg", title, waits)
    _write(folder / "growth-answers.svg", "Answers a second, by answers kept", rates)


def _write(path: Path, title: str, lines: Sequence[Line]) -> None:
    across, up = (
        _scale([x for one in lines for x, _ in one.points]),
        _scale([y for one in lines for _, y in one.points]),
    )

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            LEFT + across(x) * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - up(y) * (HEIGHT - TOP - BOTTOM),
        )

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        STYLE,
        f'<title>{escape(title)}</title><text x="8" y="20">{escape(title)}</text>',
    ]
    for x in _tens([x for one in lines for x, _ in one.points]):
        here = at(x, 1)[0]
        drawn.append(f'<line x1="{here:.0f}" x2="{here:.0f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        drawn.append(f'<text x="{here:.0f}" y="{HEIGHT - 24}" text-anchor="middle">{x:,}</text>')
    for y in _tens([y for one in lines for _, y in one.points]):
        here = at(1, y)[1]
        drawn.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{here:.0f}" y2="{here:.0f}"/>')
        drawn.append(f'<text x="{LEFT - 8}" y="{here + 4:.0f}" text-anchor="end">{y:,}</text>')
    ends = sorted(((at(*one.points[-1])[1], one) for one in lines), key=lambda end: end[0])
    free = 0.0
    for number, one in enumerate(lines):
        points = [at(*point) for point in one.points]
        trace = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        drawn.append(f'<path d="M{trace}" stroke-dasharray="{DASHES[number % len(DASHES)]}"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
    for end, one in ends:
        free = max(free + 16, end + 4)
        drawn.append(f'<text x="{WIDTH - RIGHT + 10}" y="{free:.0f}">{escape(one.name)}</text>')
    path.write_text("\n".join([*drawn, "</svg>"]) + "\n", encoding="utf-8")


def _tens(values: Sequence[float]) -> list[int]:
    """The powers of ten around all values."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return [10**power for power in range(low, max(high, low + 1) + 1)]


def _scale(values: Sequence[float]) -> Callable[[float], float]:
    """From a value to its place between 0 and 1, by tens."""
    tens = _tens(values)
    low, high = math.log10(tens[0]), math.log10(tens[-1])
    return lambda value: min(1.0, max(0.0, (math.log10(value) - low) / (high - low)))
