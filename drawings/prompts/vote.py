"""A vote as a drawing: the dots that each item got, or bars where they are many."""

from __future__ import annotations

from drawings.prompts.bars import Bar, bars
from drawings.prompts.panel import Drawn, Panel
from workshop.prompts.vote import Dots, VoteResult
from workshop.tally import PromptBoard


class VoteDrawing:
    kind = "vote"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, VoteResult)
        items = board.result.items
        places = [item.place for item in items]
        rows = [
            Bar(
                f"{item.place}. {panel.own(item.label)}",
                item.dots,
                panel.say.plural("{n} dot", "{n} dots", item.dots),
                _detail(item, board, panel, tie=places.count(item.place) > 1),
            )
            for item in items
        ]
        return bars(panel, rows, dots=True)


def _detail(item: Dots, board: PromptBoard, panel: Panel, *, tie: bool) -> str:
    if not item.dots:
        return ""
    if board.prompt.per_group:
        told = panel.say.plural("from {n} group", "from {n} groups", item.voters)
    else:
        told = panel.say.plural("from {n} person", "from {n} people", item.voters)
    return f"{told} · {panel.say('tie')}" if tie else told


DRAWING = VoteDrawing()
