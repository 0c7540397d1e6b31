"""Kolbot's mark: a ring of four segments, as the cycle has stages, around a common middle. Knows no other drawing."""

from __future__ import annotations

import math
from typing import Final

from drawings import design
from drawings.svg import Element, element

SVG: Final = "http://www.w3.org/2000/svg"
_GAP: Final = 34.0
"""Degrees between two segments, measured on the middle line: their round ends take most of it."""
_RADIUS, _STROKE, _DOT = 0.38, 0.165, 0.135
"""Of the mark's side: the ring's middle line, its breadth, the radius of the middle."""


def mark(size: float, *, x: float = 0, y: float = 0, palette: design.Palette = design.LIGHT, ink: str = "") -> Element:
    """The mark as a fragment, `size` × `size` px with its top left corner at (x, y): each segment in its stage's
    colour, the first at the top left, as on the cycle; or all of it in one `ink`."""
    colours = (ink,) * 4 if ink else tuple(stage.strong for stage in palette.stages)
    return ring(
        x + size / 2,
        y + size / 2,
        radius=size * _RADIUS,
        stroke=size * _STROKE,
        dot=size * _DOT,
        colours=colours,
        middle=ink or palette.ink,
    )


def mark_svg(size: float, *, palette: design.Palette = design.LIGHT, ink: str = "") -> Element:
    """The mark as a whole picture on nothing, for a page. It is decoration: what it stands beside names Kolbot."""
    return element(
        "svg",
        mark(size, palette=palette, ink=ink),
        xmlns=SVG,
        width=size,
        height=size,
        viewBox=f"0 0 {size:g} {size:g}",
        aria_hidden="true",
    )


def ring(
    x: float, y: float, *, radius: float, stroke: float, dot: float, colours: tuple[str, ...], middle: str
) -> Element:
    """The mark around (x, y) with lengths of its own, px: what icons of few pixels need."""
    arcs = [
        element("path", d=_arc(x, y, radius, 90.0 * stage - 90), stroke=colour) for stage, colour in enumerate(colours)
    ]
    return element(
        "g",
        element("g", *arcs, fill="none", stroke_width=stroke, stroke_linecap="round"),
        element("circle", cx=x, cy=y, r=dot, fill=middle),
    )


def _arc(x: float, y: float, radius: float, start: float) -> str:
    """One segment as path data, clockwise from `start` degrees (0 is up)."""
    ends = (math.radians(start + _GAP / 2), math.radians(start + 90 - _GAP / 2))
    (x1, y1), (x2, y2) = ((x + radius * math.sin(a), y - radius * math.cos(a)) for a in ends)
    return f"M{x1:.3f} {y1:.3f}A{radius:g} {radius:g} 0 0 1 {x2:.3f} {y2:.3f}"
