"""Several of the options, as many as apply unless the template says how many. All else is as with a choice."""

from __future__ import annotations

from workshop.plan import Item
from workshop.prompts.choice import ChoiceKind, ChoiceRules
from workshop.prompts.kind import ITEMS_LIMIT, Fields


class ChoicesKind(ChoiceKind):
    name = "choices"

    def read(self, fields: Fields) -> ChoiceRules:
        options = tuple(Item(key, label) for key, label in fields.labelled("options", 0, ITEMS_LIMIT))
        own = fields.flag("own", False)
        every = len(options) + own if options else ITEMS_LIMIT
        return ChoiceRules(options, fields.integer("most", every, 1, ITEMS_LIMIT + 1), own)


KIND = ChoicesKind()
