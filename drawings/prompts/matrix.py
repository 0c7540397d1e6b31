"""A matrix as drawings: everybody's medians on one square of four quarters, and a small one of each item's dots."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from drawings import design
from drawings.lettering import clipped, measured
from drawings.lines import line, paragraph
from drawings.prompts.panel import BODY, GAP, SMALL, Drawn, Panel
from drawings.prompts.spread import told
from drawings.svg import Element, element
from workshop.model import MINIMUM
from workshop.prompts.matrix import MatrixResult, Spot
from workshop.tally import PromptBoard

_SIDE: Final = 440.0
_NARROW: Final = 700.0
"""px: in less than that the names of the items stand below the large square."""
_SMALL_SIDE: Final = 190.0
_MARK: Final = 15.0  # px, the radius of an item's number on the large square
_DOT: Final = 4.5
_TURN: Final = math.pi * (3 - math.sqrt(5))  # the golden angle: dots of one place spread evenly around it


@dataclass(frozen=True, slots=True)
class _Square:
    """A square for numbers from 1 to `high` on both axes, px."""

    x: float
    y: float
    side: float
    high: int

    def at(self, right: float, up: float) -> tuple[float, float]:
        step = self.side / self.high
        return self.x + (right - 0.5) * step, self.y + self.side - (up - 0.5) * step


class MatrixDrawing:
    kind = "matrix"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, MatrixResult)
        result = board.result
        if not result.spots:
            return Drawn([], panel.y, [])
        numbers = {spot.key: number for number, spot in enumerate(result.spots, 1)}
        beside = panel.width >= _NARROW
        side = _SIDE if beside else panel.width - SMALL * 2
        square = _Square(panel.x + SMALL * 2, panel.y, side, result.high)
        parts = _ground(square, panel)
        parts += _axes(square, result, panel)
        parts += _medians(square, result.spots, numbers, panel)
        below = panel.y + side + 4.2 * SMALL
        at = (square.x + side + 2 * GAP, panel.y) if beside else (panel.x, below + GAP)
        legend, under = _legend(result, numbers, panel, *at)
        parts += legend
        y = max(under, below) + GAP
        drawn, y = _each(result, numbers, panel, y)
        return Drawn([*parts, *drawn], y, _told(board, result, numbers, panel))


def _ground(square: _Square, panel: Panel) -> list[Element]:
    """The quarters; that which is high on both axes is tinted, since what is there comes first."""
    half, palette = square.side / 2, panel.palette
    return [
        element("rect", x=square.x, y=square.y, width=square.side, height=square.side, rx=6, fill=palette.surface,
                stroke=palette.edge, stroke_width=1.5),
        element("rect", x=square.x + half, y=square.y + 1, width=half - 1, height=half - 1, fill=panel.stage.tint),
        element("line", x1=square.x + half, y1=square.y, x2=square.x + half, y2=square.y + square.side,
                stroke=palette.edge, stroke_width=1),
        element("line", x1=square.x, y1=square.y + half, x2=square.x + square.side, y2=square.y + half,
                stroke=palette.edge, stroke_width=1),
    ]  # fmt: skip


def _names(result: MatrixResult, panel: Panel) -> tuple[str, str, str, str]:
    """Both axes, and what the lowest and the highest number are called."""
    across, up = (panel.own(axis) for axis in result.axes)
    low, high = panel.say("low"), panel.say("high")
    if result.ends:
        low, high = (panel.own(end) for end in result.ends)
    return across, up, low, high


def _axes(square: _Square, result: MatrixResult, panel: Panel) -> list[Element]:
    """Names of the axes below and, level like all text, above the left side's ends."""
    across, up, low, high = _names(result, panel)
    palette, parts = panel.palette, list[Element]()
    bottom = square.y + square.side
    for number in range(1, square.high + 1):
        at_x, _ = square.at(number, 1)
        _, at_y = square.at(1, number)
        said = panel.say.number(number)
        parts.append(line(said, x=at_x, y=bottom + SMALL * 1.1, size=13, ink=palette.soft, anchor="middle"))
        parts.append(line(said, x=square.x - 10, y=at_y + 5, size=13, ink=palette.soft, anchor="end"))
    room = square.side / SMALL
    named = (f"→ {across}: {low} – {high}", f"↑ {up}: {low} – {high}")
    lines = [clipped(measured(name).lines(room), 1, room)[0] for name in named]
    return parts + paragraph(lines, x=square.x, y=bottom + SMALL * 1.5, size=SMALL, ink=palette.ink)


def _medians(square: _Square, spots: Sequence[Spot], numbers: dict[str, int], panel: Panel) -> list[Element]:
    """Each item's number where its medians are, beside another where that is taken."""
    taken: list[tuple[float, float]] = []
    parts: list[Element] = []
    for spot in spots:
        if spot.x.median is None or spot.y.median is None:
            continue
        at = _free(square, *square.at(spot.x.median, spot.y.median), taken)
        taken.append(at)
        parts += _mark(spot, numbers[spot.key], *at, panel)
    return parts


def _mark(spot: Spot, number: int, x: float, y: float, panel: Panel) -> list[Element]:
    """An item's number in a circle, filled where it is high on both axes."""
    first = spot.quadrant == (True, True)
    fill = panel.stage.strong if first else panel.palette.surface
    ink = panel.stage.on if first else panel.stage.strong
    base = y + SMALL * design.CAP_SHIFT
    return [
        element("circle", cx=x, cy=y, r=_MARK, fill=fill, stroke=panel.stage.strong, stroke_width=2),
        line(str(number), x=x, y=base, size=SMALL, ink=ink, anchor="middle", bold=True),
    ]


def _free(square: _Square, x: float, y: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The nearest place on a spiral around (x, y) where no number is yet, within the square."""
    for step in range(400):
        away, turn = 3.2 * math.sqrt(step) * 2, step * _TURN
        at_x, at_y = x + away * math.cos(turn), y + away * math.sin(turn)
        inside = (
            square.x + _MARK < at_x < square.x + square.side - _MARK
            and square.y + _MARK < at_y < square.y + square.side - _MARK
        )
        if inside and all(math.dist((at_x, at_y), other) >= 2 * _MARK + 2 for other in taken):
            return at_x, at_y
    return x, y


def _legend(
    result: MatrixResult, numbers: dict[str, int], panel: Panel, x: float, y: float
) -> tuple[list[Element], float]:
    parts: list[Element] = []
    beside = 2 * _MARK + 10
    room = panel.x + panel.width - x - beside
    for spot in result.spots:
        lines = clipped(measured(panel.own(spot.label)).lines(room / BODY), 3, room / BODY)
        parts += _mark(spot, numbers[spot.key], x + _MARK, y + _MARK, panel)
        parts += paragraph(lines, x=x + beside, y=y + 3, size=BODY, ink=panel.palette.ink)
        y += max(len(lines) * BODY * design.LEADING, 2 * _MARK) + 12
    return parts, y


def _each(result: MatrixResult, numbers: dict[str, int], panel: Panel, y: float) -> tuple[list[Element], float]:
    """A small square for each item: everybody's dots, the middle half along both axes as a cross, the medians."""
    columns = int((panel.width + GAP) // (_SMALL_SIDE + GAP))
    step = (panel.width + GAP) / columns
    parts: list[Element] = []
    for at, spot in enumerate(result.spots):
        x, top = panel.x + at % columns * step, y + at // columns * (_SMALL_SIDE + BODY * 2.2)
        square = _Square(x, top + BODY * 1.4, _SMALL_SIDE, result.high)
        people = panel.say.plural("{n} answer", "{n} answers", len(spot.dots))
        title = f"{numbers[spot.key]} · {people}"
        parts += paragraph([title], x=x, y=top, size=SMALL, ink=panel.palette.ink, bold=True)
        parts += [*_ground(square, panel), *_dots(square, spot, panel), *_cross(square, spot, panel)]
    rows = -(-len(result.spots) // columns)
    return parts, y + rows * (_SMALL_SIDE + BODY * 2.2) - BODY * 0.8


def _dots(square: _Square, spot: Spot, panel: Panel) -> list[Element]:
    """Dots of one place side by side around it; where many are, smaller and closer."""
    parts: list[Element] = []
    met: dict[tuple[int, int], int] = {}
    most = max((spot.dots.count(dot) for dot in set(spot.dots)), default=1)
    reach = square.side / square.high / 2 - 2
    radius = min(_DOT, reach / (1.9 * math.sqrt(most)))
    for dot in spot.dots:
        nth = met[dot] = met.get(dot, -1) + 1
        x, y = square.at(*dot)
        away = min(radius * 1.75 * math.sqrt(nth), reach - radius)
        parts.append(
            element(
                "circle",
                cx=x + away * math.cos(nth * _TURN),
                cy=y + away * math.sin(nth * _TURN),
                r=radius,
                fill=panel.stage.strong,
                fill_opacity=0.5,
            )
        )
    return parts


def _cross(square: _Square, spot: Spot, panel: Panel) -> list[Element]:
    across, up = spot.x, spot.y
    if None in (across.median, across.low, across.high, up.median, up.low, up.high):
        return []
    assert across.median is not None and across.low is not None and across.high is not None
    assert up.median is not None and up.low is not None and up.high is not None
    x, y = square.at(across.median, up.median)
    (left, _), (right, _) = square.at(across.low, 1), square.at(across.high, 1)
    (_, low), (_, high) = square.at(1, up.low), square.at(1, up.high)
    strong = panel.stage.strong
    return [
        element("line", x1=left, y1=y, x2=right, y2=y, stroke=strong, stroke_width=3, stroke_linecap="round"),
        element("line", x1=x, y1=low, x2=x, y2=high, stroke=strong, stroke_width=3, stroke_linecap="round"),
        element("circle", cx=x, cy=y, r=6, fill=strong, stroke=panel.palette.surface, stroke_width=2),
    ]


def _told(board: PromptBoard, result: MatrixResult, numbers: dict[str, int], panel: Panel) -> list[str]:
    say = panel.say
    across, up, low, high = _names(result, panel)
    middle = say.number((1 + result.high) / 2)
    said = [
        say(
            "Placed by the medians, on axes from 1 to {n}. A median of {middle}, the very middle, is on neither side.",
            n=result.high,
            middle=middle,
        ),
        say("{low} = {first}, {high} = {last}", low=1, first=low, high=result.high, last=high),
    ]
    for spot in result.spots:
        many = len(spot.dots)
        parts = [say.plural("{n} group", "{n} groups", many) if board.prompt.per_group else ""]
        parts[0] = parts[0] or say.plural("{n} person", "{n} people", many)
        if many >= MINIMUM:
            parts += [f"{across}: {told(spot.x, say)}", f"{up}: {told(spot.y, say)}"]
        else:
            parts += [f"({x}, {y})" for x, y in spot.dots]
        said.append(f"{numbers[spot.key]}. {panel.own(spot.label)}: {' · '.join(parts)}")
    return said


DRAWING = MatrixDrawing()
