"""A scale as a drawing: for each row how often each number was given, with the median and the middle half."""

from __future__ import annotations

from typing import Final

from drawings import design
from drawings.lettering import measured
from drawings.lines import paragraph
from drawings.prompts.panel import GAP, SMALL, Drawn, Panel, label
from drawings.prompts.spread import HEIGHT, counted, distribution, told
from drawings.svg import Element
from workshop.prompts.scale import ScaleResult, ScaleRow
from workshop.tally import PromptBoard

_LABELS: Final = 0.5


class ScaleDrawing:
    kind = "scale"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, ScaleResult)
        result, parts, said = board.result, list[Element](), list[str]()
        y = panel.y
        if ends := ends_told(panel, result):
            remark, y = panel.line(ends, y)
            parts += remark
            said.append(ends)
            y += GAP
        most = max((max(row.numbers.counts, default=0) for row in result.rows), default=0)
        wide, x = panel.width * _LABELS - GAP, panel.x + panel.width * _LABELS
        for row in result.rows:
            words = f"{row.place}. {panel.own(row.label)}" if row.place else panel.own(row.label)
            figures = _figures(row, result, panel)
            named, under = label(words, x=panel.x, y=y, width=wide, ink=panel.palette.ink)
            lines = measured(figures).lines(wide / SMALL)
            below = paragraph(lines, x=panel.x, y=under + 2, size=SMALL, ink=panel.palette.soft)
            under += 2 + len(lines) * SMALL * design.LEADING
            parts += [*named, *below]
            parts += distribution(panel, row.numbers, x=x, y=y, width=panel.width * (1 - _LABELS), most=most)
            y = max(under, y + HEIGHT) + 1.5 * GAP
            said.append(f"{words}: {figures} ({counted(row.numbers, panel.say)})")
        return Drawn(parts, y, said)


def ends_told(panel: Panel, result: ScaleResult) -> str:
    """What the lowest and the highest number are called, where the template says so."""
    if not result.ends or not result.rows:
        return ""
    low, high = (panel.own(end) for end in result.ends)
    return panel.say("{low} = {first}, {high} = {last}", low=1, first=low, high=result.high, last=high)


def _figures(row: ScaleRow, result: ScaleResult, panel: Panel) -> str:
    say = panel.say
    said = [say.plural("{n} rating", "{n} ratings", row.numbers.count), told(row.numbers, say)]
    if row.not_applying:
        said.append(say("does not apply: {n}", n=say.number(row.not_applying)))
    if row.place and sum(other.place == row.place for other in result.rows) > 1:
        said.append(say("tie"))
    return " · ".join(part for part in said if part)


DRAWING = ScaleDrawing()
