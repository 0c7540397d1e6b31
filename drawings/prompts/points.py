"""Spread points as a drawing: bars of all points that an item got; shares and medians where they mean something."""

from __future__ import annotations

from drawings.prompts.bars import Bar, bars
from drawings.prompts.panel import Drawn, Panel
from workshop.model import MINIMUM
from workshop.prompts.points import Pointed, PointsResult
from workshop.tally import PromptBoard


class PointsDrawing:
    kind = "points"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, PointsResult)
        items = board.result.items
        places = [item.place for item in items]
        return bars(
            panel,
            [
                Bar(
                    f"{item.place}. {panel.own(item.label)}",
                    item.points,
                    panel.say.plural("{n} point", "{n} points", item.points),
                    _detail(item, board, panel, board.result, tie=places.count(item.place) > 1),
                )
                for item in items
            ],
        )


def _detail(item: Pointed, board: PromptBoard, panel: Panel, result: PointsResult, *, tie: bool) -> str:
    say, told = panel.say, []
    if item.points and result.people >= MINIMUM:
        told.append(say.percent(item.points / result.points))
    if item.median is not None:
        number = say.number(item.median)
        of_groups = board.prompt.per_group
        told.append(
            say("median of a group: {number}", number=number)
            if of_groups
            else say("median of a person: {number}", number=number)
        )
    if item.points and tie:
        told.append(say("tie"))
    return " · ".join(told)


DRAWING = PointsDrawing()
