"""A vote on cards: each item with how many dots it gets; the board shows the strongest first, ties as ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import elements as el, phrases as ph
from cards.prompts.asking import field_id, without_field
from cards.prompts.listed import by_item, item_row, placed_bars, placed_shares
from locales import Words
from workshop.plan import Item, Prompt
from workshop.prompts.vote import Dots, VoteResult, vote_rules
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class VoteCard:
    kind = "vote"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        rules = vote_rules(form.prompt)
        have = say.plural("You have {n} dot.", "You have {n} dots.", rules.dots)
        each = say.plural("At most {n} on one item.", "At most {n} on one item.", rules.per_item)
        found: list[el.Element] = [el.line(f"{have} {each}")]
        found += without_field(form, tuple(item.key for item in form.items), say)
        for number, item in enumerate(form.items, 1):
            found += self._row(form, item, number, say, otherwise)
        return found

    def _row(self, form: PromptForm, item: Item, number: int, say: Words, otherwise: str) -> list[el.Element]:
        offered = range(vote_rules(form.prompt).per_item + 1)
        given = form.given.get(item.key, "").strip() or "0"
        dots = el.teams.ChoiceSetInput(
            id=field_id(form, item.key),
            label=say("Item {n}", n=number),
            choices=[el.choice(say.plural("{n} dot", "{n} dots", value), str(value)) for value in offered],
            style="compact",
            wrap=True,
            value=given if given in map(str, offered) else "0",
        )
        return item_row(form, item, number, dots, "130px", say, otherwise)

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        rules = vote_rules(prompt)
        return {"dots": rules.dots, "per_item": rules.per_item}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, VoteResult)
        items = board.result.items

        def told(item: Dots, tie: bool) -> str:
            number = say.plural("{n} dot", "{n} dots", item.dots)
            if item.dots:
                number += " · " + ph.from_so_many(item.voters, board.prompt, say)
                if tie:
                    number += " · " + say("tie")
            return number

        return placed_bars(items, lambda item: item.dots, told, say, otherwise, most, start, longest)

    def chart(self, board: PromptBoard, say: Words, otherwise: str, most: int) -> el.Element | None:
        assert isinstance(board.result, VoteResult)
        return placed_shares(board, board.result.items, lambda item: item.dots, say, otherwise, most)

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        given = recorded.value["dots"]
        dots = given if isinstance(given, dict) else {}
        told = {str(key): say.plural("{n} dot", "{n} dots", int(number)) for key, number in dots.items()}
        return by_item(recorded, told, say, otherwise)


CARD = VoteCard()
