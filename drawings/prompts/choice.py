"""A choice as a drawing: a bar an option, the most chosen first."""

from __future__ import annotations

from drawings.prompts.bars import Bar, bars
from drawings.prompts.panel import Drawn, Panel
from workshop.model import MINIMUM
from workshop.prompts.choice import ChoiceResult
from workshop.tally import PromptBoard


class ChoiceDrawing:
    def __init__(self, kind: str) -> None:
        self.kind = kind

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, ChoiceResult)
        say, people = panel.say, board.result.people
        rows = []
        for bar in sorted(board.result.bars, key=lambda bar: -bar.count):
            words = panel.own(bar.label)
            share = say.percent(bar.count / people) if people >= MINIMUM else ""
            rows.append(
                Bar(
                    say("{words} (own words)", words=words) if bar.own else words,
                    bar.count,
                    say.plural("{n} vote", "{n} votes", bar.count),
                    share,
                )
            )
        return bars(panel, [Bar(row.label, row.amount, _with(row.value, row.detail)) for row in rows])


def _with(value: str, share: str) -> str:
    return f"{value} · {share}" if share else value


DRAWING = ChoiceDrawing("choice")
