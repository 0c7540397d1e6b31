"""Commitments as a drawing: one paper each, the nearest day first, of those who let them be seen."""

from __future__ import annotations

from drawings.prompts.panel import GAP, SMALL, Drawn, Panel
from drawings.prompts.papers import Paper, Paragraph, columns_for, hang
from workshop.prompts.commitment import CommitmentResult, Shown
from workshop.tally import PromptBoard
from workshop.translations import first_into


class CommitmentDrawing:
    kind = "commitment"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, CommitmentResult)
        made, shown, say = board.result.made, board.result.shown, panel.say
        head = say.plural("{n} commitment in all", "{n} commitments in all", made)
        if made > len(shown):
            head += " · " + say.plural("{n} not on the board", "{n} not on the board", made - len(shown))
        remark, y = panel.line(head, panel.y)
        papers = [_paper(one, panel) for one in shown]
        columns = columns_for(len(papers), panel.width)
        parts, bottom = hang(papers, panel, x=panel.x, y=y + GAP, width=panel.width, columns=columns)
        return Drawn([*remark, *parts], bottom, [head, *(paper.told for paper in papers)])


def _paper(one: Shown, panel: Panel) -> Paper:
    say, made = panel.say, one.commitment
    said = [
        Paragraph(say("by {date}", date=say.date(made.by)), bold=True, size=SMALL),
        Paragraph(made.what),
    ]
    if made.with_whom:
        said.append(Paragraph(f"{say('with:')} {made.with_whom}", size=SMALL))
    if made.sign:
        said.append(Paragraph(f"{say('sign of success:')} {made.sign}", size=SMALL))
    if into := first_into((one.into,), say.language):
        said += [Paragraph(into), Paragraph(say("translated by a moderator"), soft=True, size=SMALL)]
    if one.who:
        said.append(Paragraph(panel.signed(one.who), soft=True, size=SMALL))
    return Paper(tuple(said))


DRAWING = CommitmentDrawing()
