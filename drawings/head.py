"""What stands above a summary: its title, when and with whom it was held, the mark; and headings between rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from drawings import design
from drawings.cycle import shrunk
from drawings.lettering import Text, clipped, measured
from drawings.lines import line, paragraph
from drawings.mark import mark
from drawings.svg import Element, element
from drawings.view import SummaryView

_LINES: Final = 2


def heading(
    view: SummaryView, *, x: float, y: float, width: float, size: float, palette: design.Palette
) -> tuple[list[Element], float]:
    """Title of `size` px and under it what else is told, with the mark at the right. Gives the elements and their
    lower edge, px. Title and line have two lines each at most; what is longer ends with …"""
    badge = size * 1.25
    room = width - badge - size * 0.6
    title, lines = shrunk(
        measured(view.title, bold=True), room, _LINES * size * design.LEADING * 0.92, size, size * 0.7
    )
    parts = [mark(badge, x=x + width - badge, y=y, palette=palette)]
    parts += paragraph(lines, x=x, y=y, size=title, ink=palette.ink, bold=True)
    y += len(lines) * title * design.LEADING
    small = max(16.0, size * 0.44)
    told = measured(_told(view, room / small))
    lines = clipped(told.lines(room / small), _LINES, room / small)
    parts += paragraph(lines, x=x, y=y, size=small, ink=palette.soft)
    return parts, y + len(lines) * small * design.LEADING


def below_title(view: SummaryView) -> tuple[str, ...]:
    """All that is told under the title."""
    return tuple(
        part for part in (view.subtitle, view.date, ", ".join(view.groups), ", ".join(view.languages)) if part.strip()
    )


def _told(view: SummaryView, room: float) -> str:
    """All of it, if one line of `room` em holds that; else the names of the groups are left to the sentences."""
    told = "  ·  ".join(below_title(view))
    if measured(told).width <= room or not view.groups:
        return told
    return "  ·  ".join(part for part in below_title(view) if part != ", ".join(view.groups))


def ruled(text: str, *, x: float, y: float, width: float, size: float, palette: design.Palette) -> list[Element]:
    """A heading in the colour of the last stage, where the sentences come from, with a thin rule behind it; its middle
    at `y`."""
    said: Text = measured(text, bold=True)
    size = min(size, width * 0.8 / max(said.width, 0.1))
    ink = palette.stages[3].strong
    base = y + size * design.CAP_SHIFT
    after = x + said.width * size + size * 0.8
    return [
        line(" ".join(said.words), x=x, y=base, size=size, ink=ink, bold=True),
        element("line", x1=after, y1=y, x2=x + width, y2=y, stroke=palette.rule, stroke_width=2),
    ]


def foot(
    texts: Sequence[str], *, x: float, y: float, size: float, width: float, palette: design.Palette
) -> list[Element]:
    """One or two short lines in soft ink on one base line at `y`: at the left, and at the right."""
    parts: list[Element] = []
    for at, text in enumerate(texts):
        said = measured(text)
        fits = min(size, width / len(texts) / max(said.width, 0.1))
        at_x, anchor = (x + width, "end") if at else (x, None)
        parts.append(line(" ".join(said.words), x=at_x, y=y, size=fits, ink=palette.soft, anchor=anchor))
    return parts
