"""Points on cards: a field for each item; the board shows what each got, of all points and as a median a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import elements as el, phrases as ph
from cards.prompts.asking import number_input, without_field
from cards.prompts.listed import by_item, item_row, placed_bars, placed_shares
from locales import Words
from workshop.model import MINIMUM
from workshop.plan import Prompt
from workshop.prompts.points import Pointed, PointsResult, points_rules
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class PointsCard:
    kind = "points"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        total = points_rules(form.prompt).total
        have = say.plural(
            "Spread {n} point over the items, all of it: whole numbers, an empty field is 0.",
            "Spread {n} points over the items, all of them: whole numbers, an empty field is 0.",
            total,
        )
        error = say("Please give a whole number from {least} to {limit}.", least=0, limit=say.number(total))
        found: list[el.Element] = [el.line(have)]
        found += without_field(form, tuple(item.key for item in form.items), say)
        for number, item in enumerate(form.items, 1):
            label = say("Points for item {n}", n=number)
            field = number_input(form, item.key, label=label, least=0, most=total, error=error)
            found += item_row(form, item, number, field, "150px", say, otherwise)
        return found

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        return {"total": points_rules(prompt).total}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, PointsResult)
        result = board.result

        def told(item: Pointed, tie: bool) -> str:
            return _gathered(item, board, tie, say)

        return placed_bars(result.items, lambda item: item.points, told, say, otherwise, most, start, longest)

    def chart(self, board: PromptBoard, say: Words, otherwise: str, most: int) -> el.Element | None:
        assert isinstance(board.result, PointsResult)
        return placed_shares(board, board.result.items, lambda item: item.points, say, otherwise, most)

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        given = recorded.value["points"]
        points = given if isinstance(given, dict) else {}
        told = {str(key): say.plural("{n} point", "{n} points", int(number)) for key, number in points.items()}
        return by_item(recorded, told, say, otherwise)


def _gathered(item: Pointed, board: PromptBoard, tie: bool, say: Words) -> str:
    """What an item got; shares and medians only where enough people answered for them to mean something."""
    result = board.result
    assert isinstance(result, PointsResult)
    said = [say.plural("{n} point", "{n} points", item.points)]
    if item.points and result.people >= MINIMUM:
        said.append(say.percent(item.points / result.points))
    if item.median is not None:
        number = say.number(item.median)
        one = say("median of a group: {number}", number=number) if board.prompt.per_group else ""
        said.append(one or say("median of a person: {number}", number=number))
    if item.points and tie:
        said.append(say("tie"))
    return " · ".join(said)


CARD = PointsCard()
