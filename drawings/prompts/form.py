"""Filled forms as a drawing: one paper each, its fields under their names."""

from __future__ import annotations

from drawings.prompts.panel import BODY, SMALL, Drawn, Panel
from drawings.prompts.papers import Paper, Paragraph, columns_for, hang, paragraphs
from workshop.prompts.form import Block, Filled, FormResult
from workshop.tally import PromptBoard
from workshop.translations import first_into


class FormDrawing:
    kind = "form"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, FormResult)
        labels = {field: panel.own(label) for field, label in board.result.fields}
        papers = [_paper(block, labels, panel) for block in board.result.blocks]
        if not papers:
            none = panel.say("Nothing to show here.")
            parts, bottom = panel.line(none, panel.y, size=BODY)
            return Drawn(parts, bottom, [none])
        columns = min(2, columns_for(len(papers), panel.width))
        parts, bottom = hang(papers, panel, x=panel.x, y=panel.y, width=panel.width, columns=columns)
        told = [
            f"{panel.signed(block.who)}: " * bool(block.who)
            + " · ".join(f"{labels[one.field]}: {_told(one, panel)}" for one in block.filled)
            for block in board.result.blocks
        ]
        return Drawn(parts, bottom, told)


def _told(one: Filled, panel: Panel) -> str:
    return Paper(paragraphs(one.words, first_into((one.into,), panel.say.language), panel)).told


def _paper(block: Block, labels: dict[str, str], panel: Panel) -> Paper:
    said = [Paragraph(panel.signed(block.who), bold=True)] if block.who else []
    for one in block.filled:
        into = first_into((one.into,), panel.say.language)
        said += [Paragraph(labels[one.field], soft=True, size=SMALL), *paragraphs(one.words, into, panel)]
    return Paper(tuple(said))


DRAWING = FormDrawing()
