"""From one stage to the next: what a group produced in one step becomes what a later prompt asks about. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.model import Answer, Workshop
from workshop.plan import Item, Prompt
from workshop.prompts import kind_of
from workshop.prompts.kind import ITEMS_LIMIT

Answers = Mapping[str, Sequence[Answer]]
"""Answers by prompt id."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """More candidates than a vote takes: the facilitator has to pick."""

    prompt: str
    candidates: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening the next step means: its number (None where nothing is left), items, and the steps passed over."""

    number: int | None
    items: Mapping[str, tuple[Item, ...]]
    skipped: tuple[int, ...] = ()


def outcome(workshop: Workshop, prompt_id: str, answers: Answers) -> tuple[Item, ...]:
    """What a prompt gave, the strongest first."""
    prompt = workshop.plan.prompts[prompt_id]
    return kind_of(prompt).carry(prompt, workshop.items.get(prompt_id, ()), answers.get(prompt_id, ()), workshop.hidden)


def strongest(items: tuple[Item, ...], top: int | None) -> tuple[Item, ...]:
    """The first `top` items, and those that tie with the last of them, at most `ITEMS_LIMIT`."""
    if top is None or len(items) <= top:
        return items
    tied = [item for item in items[top:] if item.weight == items[top - 1].weight]
    return (items[:top] + tuple(tied))[:ITEMS_LIMIT] if len(tied) <= top else items[:top]


def candidates(workshop: Workshop, prompt: Prompt, answers: Answers) -> tuple[Item, ...]:
    """What the prompt could ask about: the template's options, or what its source gave."""
    if prompt.source is None:
        options: tuple[Item, ...] = getattr(prompt.rules, "options", ())
        return options
    return strongest(outcome(workshop, prompt.source.prompt, answers), prompt.source.top)


def items_of(workshop: Workshop, prompt: Prompt, answers: Answers) -> tuple[Item, ...] | TooMany:
    """What the prompt will ask about if its step opens now."""
    found = candidates(workshop, prompt, answers)
    if len(found) <= ITEMS_LIMIT:
        return found
    picked = set(workshop.picked.get(prompt.id, ()))
    chosen = tuple(item for item in found if item.key in picked)
    return chosen or TooMany(prompt.id, found)


def opening(workshop: Workshop, number: int, answers: Answers) -> Opening | TooMany:
    """The first step from `number` on that has something to ask, with its items; or the vote that needs a pick."""
    skipped: list[int] = []
    for place in workshop.plan.places[number:]:
        items: dict[str, tuple[Item, ...]] = {}
        for prompt in place.step.prompts:
            if kind_of(prompt).takes_items:
                found = items_of(workshop, prompt, answers)
                if isinstance(found, TooMany):
                    return found
                items[prompt.id] = found
        empty = [kind_of(prompt).needs_items and not items[prompt.id] for prompt in place.step.prompts]
        if empty and all(empty):
            skipped.append(place.number)
            continue
        return Opening(place.number, items, tuple(skipped))
    return Opening(None, {}, tuple(skipped))


def sources_from(workshop: Workshop, number: int) -> frozenset[str]:
    """The prompts whose answers `opening` may look at: those that the step, and the ones after it that could be
    reached by passing over, carry over from."""
    needed: set[str] = set()
    for place in workshop.plan.places[max(number, 0) :]:
        needed |= {prompt.source.prompt for prompt in place.step.prompts if prompt.source}
        if not place.step.prompts or not all(kind_of(prompt).needs_items for prompt in place.step.prompts):
            break
    return frozenset(needed)
