"""Words that are asked about though no answer has them (any more): withdrawn since, or brought from an earlier cycle.
They can be hidden like all others. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from workshop.model import Workshop
from workshop.plan import Prompt, as_written
from workshop.prompts.text import TextRules
from workshop.themes import THEME
from workshop.translations import LONGEST


def still_asked(w: Workshop) -> Mapping[str, tuple[str, Prompt]]:
    """What is or was asked about, by the entries that it was made of, with the question that gave it: whether
    somebody's answer still has them or not. Themes have names of their own."""
    found: dict[str, tuple[str, Prompt]] = {}
    for item in (item for items in (*w.items.values(), *w.gone.values()) for item in items):
        if item.origin in w.plan.prompts and "" in item.label and not item.key.startswith(THEME):
            for entry in item.entries:
                found.setdefault(entry, (item.label[""], w.plan.prompts[item.origin]))
    return {**found, **_brought(w)}


def _brought(w: Workshop) -> Mapping[str, tuple[str, Prompt]]:
    """Of what an earlier cycle left, as far as any question is about it; the title of that one stands for the question
    that was asked there."""
    if w.brought is None:
        return {}
    found = {}
    for source in {prompt.source.prompt for prompt in w.plan.prompts.values() if prompt.source} - w.plan.prompts.keys():
        prompt = Prompt(source, "text", as_written(w.brought.title), TextRules(LONGEST, False))
        found.update({entry: (item.label[""], prompt) for item in w.brought.of(source) for entry in item.entries})
    return found
