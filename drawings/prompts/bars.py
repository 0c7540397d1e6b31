"""Items as bars, or as the dots that they got: what the kinds that count draw. What a number means each says itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from drawings import design
from drawings.lettering import measured
from drawings.lines import line, paragraph
from drawings.prompts.panel import GAP, SMALL, Drawn, Panel, label
from drawings.svg import Element, element

_LABELS: Final = 0.42  # of the width
_BAR: Final = 24.0
_DOT: Final = 24.0
_MOST_DOTS: Final = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """One item: its words, its amount, the amount in words, and what else is to be said of it."""

    label: str
    amount: int
    value: str
    detail: str = ""


def bars(panel: Panel, rows: Sequence[Bar], *, note: str = "", dots: bool = False) -> Drawn:
    """The items in their order; those with the largest amount in full colour. `dots`: every unit is a dot, where none
    has too many of them."""
    parts: list[Element] = []
    y = panel.y
    if note:
        remark, y = panel.line(note, y)
        parts += remark
        y += GAP
    full = max((row.amount for row in rows), default=0)
    counted = dots and full <= _MOST_DOTS
    values = max((measured(row.value, bold=True).width for row in rows), default=0.0) * SMALL
    longest = max(40.0, panel.width * (1 - _LABELS) - GAP - values - 12)
    for row in rows:
        drawn, y = _row(panel, row, full, longest, y, counted)
        parts += drawn
        y += GAP
    told = [" · ".join(part for part in (f"{row.label}: {row.value}", row.detail) if part) for row in rows]
    return Drawn(parts, y - GAP if rows else y, [note, *told] if note else told)


def _row(panel: Panel, row: Bar, full: int, longest: float, y: float, dots: bool) -> tuple[list[Element], float]:
    x = panel.x + panel.width * _LABELS + GAP
    room = panel.width * (1 - _LABELS) - GAP
    said, under = label(row.label, x=panel.x, y=y, width=panel.width * _LABELS, ink=panel.palette.ink)
    value = measured(row.value, bold=True)
    colour = panel.stage.strong if row.amount == full else panel.stage.mid
    if dots:
        step = min(_DOT, longest / max(full, 1))
        long = step * row.amount
        parts: list[Element] = [
            element("circle", cx=x + step * (at + 0.5), cy=y + _BAR / 2, r=step * 0.42, fill=colour)
            for at in range(row.amount)
        ]
    else:
        long = longest * row.amount / full if full else 0.0
        long = max(long, 3.0) if row.amount else 0.0
        parts = [element("rect", x=x, y=y, width=long, height=_BAR, rx=4, fill=colour)] if long else []
    if not row.amount:
        parts.append(element("rect", x=x, y=y, width=2, height=_BAR, fill=panel.palette.edge))
        long = 2.0
    base = y + _BAR / 2 + SMALL * design.CAP_SHIFT
    parts.append(line(" ".join(value.words), x=x + long + 8, y=base, size=SMALL, ink=panel.palette.ink, bold=True))
    below = y + _BAR + 2
    if row.detail:
        lines = measured(row.detail).lines(room / SMALL)
        parts += paragraph(lines, x=x, y=below, size=SMALL, ink=panel.palette.soft)
        below += len(lines) * SMALL * design.LEADING
    return [*said, *parts], max(under, below)
