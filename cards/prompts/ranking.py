"""A ranking on cards: each item with its place; the board shows the points of all places, shared places as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import elements as el, phrases as ph
from cards.prompts.asking import field_id, without_field
from cards.prompts.listed import item_row, placed_bars
from locales import Words
from workshop.plan import Item, Prompt
from workshop.prompts.figures import LEFT_OPEN
from workshop.prompts.ranking import Ranked, RankingResult, ranking_rules
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class RankingCard:
    kind = "ranking"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        rules = ranking_rules(form.prompt)
        last = rules.places(len(form.items))
        found: list[el.Element] = [el.line(_how(last, min(rules.least, last), len(form.items), say))]
        found += without_field(form, tuple(item.key for item in form.items), say)
        for number, item in enumerate(form.items, 1):
            found += self._row(form, item, number, last, say, otherwise)
        return found

    def _row(
        self, form: PromptForm, item: Item, number: int, last: int, say: Words, otherwise: str
    ) -> list[el.Element]:
        given = form.given.get(item.key, "").strip()
        offered = [str(place) for place in range(1, last + 1)]
        place = el.teams.ChoiceSetInput(
            id=field_id(form, item.key),
            label=say("Place of item {n}", n=number),
            choices=[
                el.choice(say("no place"), LEFT_OPEN),
                *(el.choice(say("place {n}", n=place), place) for place in offered),
            ],
            style="compact",
            wrap=True,
            value=given if given in offered else LEFT_OPEN,
        )
        return item_row(form, item, number, place, "130px", say, otherwise)

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        rules = ranking_rules(prompt)
        return {"most": rules.most, "least": rules.least}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, RankingResult)
        items = board.result.items

        def told(item: Ranked, tie: bool) -> str:
            return _gathered(item, board.prompt, tie, say)

        lines = placed_bars(items, lambda item: item.points, told, say, otherwise, most, start, longest)
        if items[start : start + most]:
            borda = say("Points by place (Borda): 2 for each item behind; items without a place share what is left.")
            lines.insert(0, el.line(borda, subtle=True, size="Small", spacing="None"))
        return lines

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        labels = {item.key: ph.own_words(item.label, say, otherwise) for item in recorded.items}
        order = recorded.value["order"]
        keys = [str(key) for key in order if key in labels] if isinstance(order, list) else []
        return [el.said(labels[key], prefix=f"{place}. ", spacing="Small") for place, key in enumerate(keys, 1)]


def _how(last: int, least: int, items: int, say: Words) -> str:
    """How to fill it in: how many places there are, and how many have to be given."""
    said = say("Give place 1 to what comes first, then 2, and so on; each place once.")
    if last < items:
        said += " " + say.plural("There is {n} place.", "There are {n} places.", last)
    if least > 1:
        return said + " " + say.plural("At least {n} item needs one.", "At least {n} items need one.", least)
    return said + " " + say("Whatever you leave without a place comes after the others.")


def _gathered(item: Ranked, prompt: Prompt, tie: bool, say: Words) -> str:
    number = say.plural("{n} point", "{n} points", item.points)
    if item.placed:
        if prompt.per_group:
            number += " · " + say.plural("placed by {n} group", "placed by {n} groups", item.placed)
        else:
            number += " · " + say.plural("placed by {n} person", "placed by {n} people", item.placed)
        if tie:
            number += " · " + say("tie")
    return number


CARD = RankingCard()
