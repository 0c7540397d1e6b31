"""Texts as a drawing: quotes with their authors, equal ones once."""

from __future__ import annotations

from drawings.prompts.panel import Drawn, Panel
from drawings.prompts.papers import columns_for, hang, quotes
from workshop.prompts.text import TextResult
from workshop.tally import PromptBoard


class TextDrawing:
    kind = "text"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, TextResult)
        papers = quotes(board.result.quotes, panel)
        columns = columns_for(len(papers), panel.width)
        parts, bottom = hang(papers, panel, x=panel.x, y=panel.y, width=panel.width, columns=columns)
        return Drawn(parts, bottom, [paper.told for paper in papers])


DRAWING = TextDrawing()
