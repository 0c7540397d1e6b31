"""A text on cards: one field that counts its characters; quotes on the board, equal ones as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import elements as el, phrases as ph
from cards.prompts.asking import field_problems, text_input, without_field
from cards.prompts.written import in_order, lines, strongest_first, together
from locales import Words
from workshop.plan import Prompt
from workshop.prompts.text import TextResult, text_rules
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class TextCard:
    kind = "text"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        prompt, rules = form.prompt, text_rules(form.prompt)
        return [
            *without_field(form, ("",), say),
            *field_problems(form, "", say),
            text_input(
                form,
                "",
                label=say("Your answer (at most {n} characters)", n=say.number(rules.max_chars)),
                limit=rules.max_chars,
                lines=rules.lines,
                must=say("Please write something here.") if prompt.required else "",
            ),
        ]

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        return {"max_chars": text_rules(prompt).max_chars, "lines": text_rules(prompt).lines}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, TextResult)
        place = {quote.entry: number for number, quote in enumerate(board.result.quotes)}
        quotes = strongest_first(together(board.result.quotes), place, newest=not board.prompt.anonymous)
        return lines(quotes, say, most, start, longest)

    def order(self, prompt: Prompt, say: Words) -> str:
        return in_order(prompt, say)

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        return [el.said(str(recorded.value["text"]))]


CARD = TextCard()
