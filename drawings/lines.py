"""Lines of text in a picture, each run in the font that has its glyphs. Never breaks lines: lettering does."""

from __future__ import annotations

from collections.abc import Sequence

from drawings import design, fonts
from drawings.svg import Element, element

_RIGHT_TO_LEFT_MARK = "\u200f"


def line(
    text: str,
    *,
    x: float,
    y: float,
    size: float,
    ink: str,
    anchor: str | None = None,
    bold: bool = False,
    right_to_left: bool = False,
) -> Element:
    """One line with its baseline at `y`, px. `anchor` is None (starts at x), "middle" or "end"."""
    # A renderer takes a line for left-to-right; the mark at its end keeps the full stop of an Arabic or Hebrew line on
    # the left. It is ours and has no width; those that people type are taken out before.
    runs = spans(text + _RIGHT_TO_LEFT_MARK if right_to_left else text)
    return element(
        "text", *runs, x=x, y=y, text_anchor=anchor, font_size=size, font_weight="700" if bold else None, fill=ink
    )


def paragraph(
    lines: Sequence[str],
    *,
    x: float,
    y: float,
    size: float,
    ink: str,
    anchor: str | None = None,
    bold: bool = False,
    right_to_left: bool = False,
) -> list[Element]:
    """Lines one below the other, the first one's upper edge at `y`, px; each takes `size` × LEADING."""
    step = size * design.LEADING
    first = y + step / 2 + size * design.CAP_SHIFT
    return [
        line(
            said,
            x=x,
            y=first + at * step,
            size=size,
            ink=ink,
            anchor=anchor,
            bold=bold,
            right_to_left=right_to_left,
        )
        for at, said in enumerate(lines)
    ]


def spans(text: str) -> tuple[Element | str, ...]:
    """`text` with each run that the first font lacks as a tspan that names its font.

    Left to itself, resvg sets a whole line in any font that has all of it, and loses weight and face.
    """
    return tuple(
        run if family == fonts.DEFAULT_FAMILY else element("tspan", run, font_family=f"{family}, sans-serif")
        for family, run in fonts.runs(text)
    )
