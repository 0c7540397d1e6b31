"""Points on cards: a field for each item; the board shows what each got, of all points and as a median a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import elements as el, phrases as ph
from cards.prompts.asking import field_problems, number_input, without_field
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
            found += [
                el.said(ph.own_words(item.label, say, otherwise), prefix=f"{number}. ", spacing="Medium"),
                *field_problems(form, item.key, say),
                el.row((field, "150px"), spacing="None"),
            ]
        return found

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        return {"total": points_rules(prompt).total}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, PointsResult)
        result = board.result
        full = max((item.points for item in result.items), default=0)
        places = [item.place for item in result.items]
        lines: list[el.Element] = []
        for item in result.items[start : start + most]:
            words = ph.shortened(ph.own_words(item.label, say, otherwise), longest)
            number = _gathered(item, result, places.count(item.place) > 1, say)
            lines.append(el.bar(f"{item.place}. {words}", number, item.points, full))
        return lines + ph.rest(len(result.items) - start - most, say)

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        given = recorded.value["points"]
        points = given if isinstance(given, dict) else {}
        return [
            el.rich(
                el.run(say.plural("{n} point", "{n} points", int(points[item.key])), weight="Bolder"),
                el.run(f" · {ph.own_words(item.label, say, otherwise)}"),
                spacing="Small",
            )
            for item in recorded.items
            if item.key in points
        ]


def _gathered(item: Pointed, result: PointsResult, tie: bool, say: Words) -> str:
    """What an item got; shares and medians only where enough people answered for them to mean something."""
    said = [say.plural("{n} point", "{n} points", item.points)]
    if item.points and result.people >= MINIMUM:
        said.append(say.percent(item.points / result.points))
    if item.median is not None:
        said.append(say("median of a person: {number}", number=say.number(item.median)))
    if item.points and tie:
        said.append(say("tie"))
    return " · ".join(said)


CARD = PointsCard()
