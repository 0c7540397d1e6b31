"""The icons, drawn at build time: Kolbot's mark in the sizes and inks that Teams asks for."""

from __future__ import annotations

import resvg_py

from drawings.design import LIGHT
from drawings.mark import SVG, ring
from drawings.svg import element, write

ACCENT = LIGHT.accent
_WHITE = LIGHT.on_accent


def icons() -> dict[str, bytes]:
    """The PNG files by name. The same bytes whenever the same resvg draws them."""
    return {
        # Full bleed: Teams rounds the corners itself. The mark stays within the inner 120 × 120 px.
        "color.png": _png(_icon(192, radius=46, stroke=20, dot=16, ink=_WHITE, ground=ACCENT), 192),
        "outline.png": _png(_icon(32, radius=12.5, stroke=4, dot=3.4, ink=_WHITE), 32),
        "color32x32.png": _png(_icon(32, radius=12.5, stroke=4.6, dot=3.8, ink=ACCENT), 32),
    }


def _icon(size: int, *, radius: float, stroke: float, dot: float, ink: str, ground: str = "") -> str:
    """The mark as an SVG of `size` × `size` px; without a `ground` it stands on nothing. All lengths in px."""
    field = (element("rect", width=size, height=size, fill=ground),) if ground else ()
    drawn = ring(size / 2, size / 2, radius=radius, stroke=stroke, dot=dot, colours=(ink,) * 4, middle=ink)
    return write(element("svg", *field, drawn, xmlns=SVG, width=size, height=size, viewBox=f"0 0 {size} {size}"))


def _png(svg: str, size: int) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size, skip_system_fonts=True))
