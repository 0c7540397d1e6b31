"""Sticky notes as a drawing: columns beside each other where there is room, themes as areas, equal notes once."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from drawings.design import LEADING, outline
from drawings.lettering import measured
from drawings.lines import paragraph
from drawings.prompts.panel import BODY, GAP, SMALL, Drawn, Panel
from drawings.prompts.papers import Paper, columns_for, hang, quotes
from drawings.svg import Element, element
from workshop.prompts.notes import Column, NotesResult
from workshop.tally import PromptBoard

_MOST: Final = 80
"""Papers of a column: a picture of more would be longer than anybody scrolls. In the text they are all."""
_PAD: Final = 10.0
_NARROWEST: Final = 200.0
"""px of a column: where they would be narrower, on a phone, they stand one below the other, and no word is broken."""


class NotesDrawing:
    kind = "notes"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, NotesResult)
        columns = board.result.columns
        wide = (panel.width - GAP * (len(columns) - 1)) / len(columns)
        below = wide < _NARROWEST
        parts: list[Element] = []
        told: list[str] = []
        bottom = panel.y
        for at, column in enumerate(columns):
            named = panel.own(column.name) if len(columns) > 1 else ""
            if below:
                place = replace(panel, y=bottom + (GAP if at else 0))
                drawn = _column(column, named, place, panel.x, panel.width)
            else:
                drawn = _column(column, named, panel, panel.x + at * (wide + GAP), wide)
            parts += drawn.parts
            told += drawn.told
            bottom = max(bottom, drawn.bottom)
        return Drawn(parts, bottom, told)


def _column(column: Column, name: str, panel: Panel, x: float, width: float) -> Drawn:
    parts: list[Element] = []
    told: list[str] = []
    y = panel.y
    if name:
        y = _heading(name, panel, parts, x, y, width)
        told.append(name)
    if not column.notes:
        none = panel.say("No notes here.")
        lines = measured(none).lines(width / SMALL)
        parts += paragraph(lines, x=x, y=y, size=SMALL, ink=panel.palette.soft)
        return Drawn(parts, y + len(lines) * SMALL * LEADING, [*told, none])
    left = _MOST
    for theme in column.themes:
        papers = quotes(theme.notes, panel)
        title = f"{theme.name} · {panel.say.number(len(theme.notes))}"
        told += [title, *(paper.told for paper in papers)]
        if left > 0:
            y = _theme(title, papers[:left], panel, parts, x, y, width) + GAP
        left -= len(papers)
    papers = quotes(column.rest, panel)
    told += [paper.told for paper in papers]
    if papers and left > 0:
        columns = columns_for(len(papers), width)
        drawn, y = hang(papers[:left], panel, x=x, y=y, width=width, columns=columns)
        parts += drawn
    if (over := len(papers) - left) > 0:
        said = panel.say.plural("… and {n} more", "… and {n} more", over)
        parts += paragraph([said], x=x, y=y + 6, size=SMALL, ink=panel.palette.soft)
        y += 6 + SMALL * LEADING
    return Drawn(parts, y, told)


def _heading(name: str, panel: Panel, parts: list[Element], x: float, y: float, width: float) -> float:
    lines = measured(name, bold=True).lines(width / BODY)
    parts += paragraph(lines, x=x, y=y, size=BODY, ink=panel.stage.strong, bold=True)
    y += len(lines) * BODY * LEADING + 4
    parts.append(element("line", x1=x, y1=y, x2=x + width, y2=y, stroke=panel.stage.strong, stroke_width=2))
    return y + 10


def _theme(
    title: str, papers: list[Paper], panel: Panel, parts: list[Element], x: float, y: float, width: float
) -> float:
    """A tinted area: the theme's name with how many notes it has, and the notes. Gives its lower edge."""
    room = width - 2 * _PAD
    lines = measured(title, bold=True).lines(room / BODY)
    top = y + _PAD + len(lines) * BODY * LEADING + 6
    inside = paragraph(lines, x=x + _PAD, y=y + _PAD, size=BODY, ink=panel.palette.ink, bold=True)
    columns = columns_for(len(papers), room)
    drawn, bottom = hang(papers, panel, x=x + _PAD, y=top, width=room, columns=columns)
    bottom += _PAD
    edge = outline(panel.palette, panel.stage)
    parts.append(element("rect", x=x, y=y, width=width, height=bottom - y, rx=10, fill=panel.stage.tint, stroke=edge))
    parts += [*inside, *drawn]
    return bottom


DRAWING = NotesDrawing()
