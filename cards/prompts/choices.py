"""Several options on cards: the same as a choice."""

from __future__ import annotations

from cards.prompts.choice import ChoiceCard


class ChoicesCard(ChoiceCard):
    kind = "choices"


CARD = ChoicesCard()
