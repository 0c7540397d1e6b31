"""The icons, drawn at build time: a ring of four segments, as the cycle has stages, around a common middle."""

from __future__ import annotations

import math

import resvg_py

ACCENT = "#5B5FC7"
_WHITE = "#FFFFFF"
_GAP = 34.0
"""Degrees between two segments, measured on the middle line: their round ends take most of it."""


def icons() -> dict[str, bytes]:
    """The PNG files by name. The same bytes whenever the same resvg draws them."""
    return {
        # Full bleed: Teams rounds the corners itself. The mark stays within the inner 120 × 120 px.
        "color.png": _png(mark(192, radius=46, stroke=20, dot=16, ink=_WHITE, ground=ACCENT), 192),
        "outline.png": _png(mark(32, radius=12.5, stroke=4, dot=3.4, ink=_WHITE), 32),
        "color32x32.png": _png(mark(32, radius=12.5, stroke=4.6, dot=3.8, ink=ACCENT), 32),
    }


def mark(size: int, *, radius: float, stroke: float, dot: float, ink: str, ground: str = "") -> str:
    """The mark as an SVG of `size` × `size` px; without a `ground` it stands on nothing. All lengths in px."""
    middle = size / 2
    field = f'<rect width="{size}" height="{size}" fill="{ground}"/>' if ground else ""
    arcs = "".join(f'<path d="{_arc(middle, radius, 90.0 * stage)}"/>' for stage in range(4))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}">{field}'
        f'<g fill="none" stroke="{ink}" stroke-width="{stroke}" stroke-linecap="round">{arcs}</g>'
        f'<circle cx="{middle}" cy="{middle}" r="{dot}" fill="{ink}"/></svg>'
    )


def _arc(middle: float, radius: float, start: float) -> str:
    """One segment as path data, clockwise from `start` degrees (0 is up)."""
    ends = (math.radians(start + _GAP / 2), math.radians(start + 90 - _GAP / 2))
    (x1, y1), (x2, y2) = ((middle + radius * math.sin(a), middle - radius * math.cos(a)) for a in ends)
    return f"M{x1:.3f} {y1:.3f}A{radius} {radius} 0 0 1 {x2:.3f} {y2:.3f}"


def _png(svg: str, size: int) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size, skip_system_fonts=True))
