"""A ranking as a drawing: bars of the points that places gave, with how they are counted."""

from __future__ import annotations

from drawings.prompts.bars import Bar, bars
from drawings.prompts.panel import Drawn, Panel
from workshop.prompts.ranking import Ranked, RankingResult
from workshop.tally import PromptBoard


class RankingDrawing:
    kind = "ranking"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, RankingResult)
        say, items = panel.say, board.result.items
        places = [item.place for item in items]
        rows = [
            Bar(
                f"{item.place}. {panel.own(item.label)}",
                item.points,
                say.plural("{n} point", "{n} points", item.points),
                _detail(item, board, panel, tie=places.count(item.place) > 1),
            )
            for item in items
        ]
        borda = say("Points by place (Borda): 2 for each item behind; items without a place share what is left.")
        return bars(panel, rows, note=borda if rows else "")


def _detail(item: Ranked, board: PromptBoard, panel: Panel, *, tie: bool) -> str:
    if not item.placed:
        return ""
    if board.prompt.per_group:
        told = panel.say.plural("placed by {n} group", "placed by {n} groups", item.placed)
    else:
        told = panel.say.plural("placed by {n} person", "placed by {n} people", item.placed)
    return f"{told} · {panel.say('tie')}" if tie else told


DRAWING = RankingDrawing()
