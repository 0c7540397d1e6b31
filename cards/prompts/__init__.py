"""How each kind of prompt is asked and shown on a card: one module a kind, found by its `CARD`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from cards.elements import Element
from cards.phrases import QUOTE
from locales import Words
from workshop.plan import Prompt
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class PromptCard(Protocol):
    """One kind on cards. `language` of template texts is `say.language`, with `otherwise` where that is missing.

    A kind may also say `order(prompt, say)`: in which order its result stands, in words, where that is not just the
    strongest first ("" for none that means anything); and `gist(board, say, otherwise, most)`: what is worth reading of
    a result of which there is no room for all, where that is more than its beginning; and `chart(board, say, otherwise,
    most)`: a chart of Teams' own (`cards.charts`) of what the result says in words and bars, or None; and `kept(form)`:
    fields that nobody sees, which its button sends along."""

    kind: str

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[Element]:
        """The fields of the form, filled; problems stand beside their fields. Ids are `a.<prompt>.<part>`."""

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        """What a program that fills the form has to know: limits, columns."""

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = QUOTE
    ) -> Sequence[Element]:
        """The result, strongest first: at most `most` entries (of each column) from `start` on, each at most `longest`
        code points, and how many more there are."""

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[Element]:
        """What was recorded, word for word."""


def _found() -> dict[str, PromptCard]:
    cards: dict[str, PromptCard] = {}
    for module in sorted(info.name for info in iter_modules(__path__)):
        found: PromptCard | None = getattr(import_module(f"{__name__}.{module}"), "CARD", None)
        if found is not None:
            cards[found.kind] = found
    return cards


PROMPT_CARDS = _found()
