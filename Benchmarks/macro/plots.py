"""Plots as SVG, in colours that can be read on a light and on a dark page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 760
INK = "#768390"
OURS = "#d9822b"
OTHERS = "#5b8db8"
LINES = ("#d9822b", "#5b8db8", "#4d9e63", "#a56cc1")
FONT = "font-family='system-ui, sans-serif' font-size='13'"


@dataclass(frozen=True)
class Bar:
    """One bar; `note` stands behind it."""

    label: str
    value: float
    note: str
    is_ours: bool = False


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Horizontal bars from zero."""
    left, right, top, pitch = 230, 110, 44, 30
    scale = (WIDTH - left - right) / (max(row.value for row in rows) or 1)
    height = top + pitch * len(rows) + 10
    parts = []
    for number, row in enumerate(rows):
        y = top + pitch * number
        width = max(row.value * scale, 1)
        parts += [
            text(left - 10, y + 15, row.label, "end"),
            f"<rect x='{left}' y='{y}' width='{width:.1f}' height='20' rx='2' fill='{OURS if row.is_ours else OTHERS}'/>",
            text(left + width + 8, y + 15, row.note),
        ]
    return document(title, height, parts)


@dataclass(frozen=True)
class Line:
    """One line: points of x and y."""

    label: str
    points: Sequence[tuple[float, float]]


def lines(title: str, drawn: Sequence[Line], *, x_label: str, logarithmic: bool = False) -> str:
    """Lines over a common grid; y begins at zero."""
    left, right, top, bottom, height = 60, 36, 64, 60, 340
    points = [point for each in drawn for point in each.points]
    low, high = min(x for x, _ in points), max(x for x, _ in points)
    ceiling = nice_ceiling(max(y for _, y in points))

    def place(x: float, y: float) -> tuple[float, float]:
        along = position(x, low, high, logarithmic)
        return left + along * (WIDTH - left - right), height - bottom - y / ceiling * (height - top - bottom)

    parts = []
    for step in range(5):
        y = place(low, ceiling * step / 4)[1]
        parts += [
            f"<line x1='{left}' y1='{y:.1f}' x2='{WIDTH - right}' y2='{y:.1f}' stroke='{INK}' stroke-opacity='0.3'/>",
            text(left - 8, y + 4, f"{ceiling * step / 4:g}", "end"),
        ]
    for x in sorted({x for x, _ in points}) if logarithmic else [high * step / 4 for step in range(5)]:
        parts.append(text(place(x, 0)[0], height - bottom + 20, power(x) if logarithmic else f"{x:,.0f}", "middle"))
    parts.append(text(WIDTH - right, height - 12, x_label, "end"))
    legend = WIDTH - right
    for line, colour in zip(reversed(drawn), reversed(LINES[: len(drawn)]), strict=True):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in line.points))
        parts.append(f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='2.5'/>")
        parts += [f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3.5' fill='{colour}'/>" for x, y in (place(*p) for p in line.points)]
        parts.append(text(legend, top - 14, line.label, "end", colour))
        legend -= 7 * len(line.label) + 18
    return document(title, height, parts)


def position(x: float, low: float, high: float, logarithmic: bool) -> float:
    """Where between its bounds a number is, from 0 to 1."""
    if high == low:
        return 0.5
    if logarithmic:
        return (math.log(x) - math.log(low)) / (math.log(high) - math.log(low))
    return (x - low) / (high - low)


def nice_ceiling(value: float) -> float:
    """A round number that is not less."""
    unit = 10.0 ** math.floor(math.log10(value or 1))
    return next(unit * step for step in (1, 2, 4, 6, 8, 10) if unit * step >= value)


def power(number: float) -> str:
    """A power of ten."""
    return "10" + "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(round(math.log10(number))))


def text(x: float, y: float, words: str, anchor: str = "start", colour: str = INK) -> str:
    """A line of text."""
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' fill='{colour}' {FONT}>{escape(words)}</text>"


def document(title: str, height: float, parts: Sequence[str]) -> str:
    """The file."""
    heading = f"<text x='8' y='22' fill='{INK}' font-weight='600' {FONT}>{escape(title)}</text>"
    return "\n".join(
        [
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' role='img'>",
            f"<title>{escape(title)}</title>",
            heading,
            *parts,
            "</svg>",
            "",
        ]
    )
