"""From one stage to the next: what a group produced in one step becomes what a later prompt asks about. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.model import MINIMUM, Answer, Workshop
from workshop.plan import Item, Place, Prompt
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
    """What a prompt gave, the strongest first. Anonymous answers give nothing below the minimum, and come in the order
    of their pseudonyms: the order of arrival would tell who wrote first."""
    prompt = workshop.plan.prompts[prompt_id]
    given = answers.get(prompt_id, ())
    if prompt.anonymous:
        given = sorted(given, key=lambda answer: answer.author) if len(given) >= MINIMUM else ()
    return kind_of(prompt).carry(prompt, workshop.shown_items(prompt_id), given, workshop.hidden)


def strongest(items: tuple[Item, ...], top: int | None) -> tuple[Item, ...]:
    """The first `top` items and those that tie with the last of them; where these are more than `ITEMS_LIMIT`, those
    before the tie, and where there are none before it, the first `top`."""
    if top is None or len(items) <= top:
        return items
    last = items[top - 1].weight
    kept = tuple(item for item in items if item.weight >= last)
    if len(kept) <= ITEMS_LIMIT:
        return kept
    return tuple(item for item in items if item.weight > last) or items[:top]


def candidates(workshop: Workshop, prompt: Prompt, answers: Answers) -> tuple[Item, ...]:
    """What the prompt could ask about: the template's options, or what its source gave."""
    if prompt.source is None:
        options: tuple[Item, ...] = getattr(prompt.rules, "options", ())
        return options
    return strongest(outcome(workshop, prompt.source.prompt, answers), prompt.source.top)


def items_of(workshop: Workshop, prompt: Prompt, answers: Answers) -> tuple[Item, ...] | TooMany:
    """What the prompt will ask about if its step opens now."""
    found = candidates(workshop, prompt, answers)
    picked = set(workshop.picked.get(prompt.id, ()))
    if chosen := tuple(item for item in found if item.key in picked):
        return chosen
    return found if len(found) <= ITEMS_LIMIT else TooMany(prompt.id, found)


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
        asks = [kind_of(prompt).asks(prompt, items.get(prompt.id, ())) for prompt in place.step.prompts]
        if asks and not any(asks):
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
        if place.step.is_break or any(kind_of(prompt).asks(prompt, ()) for prompt in place.step.prompts):
            break
    return frozenset(needed)


def asked(workshop: Workshop, place: Place) -> tuple[Prompt, ...]:
    """The prompts of a step that there is anything to answer to."""
    return tuple(
        prompt for prompt in place.step.prompts if kind_of(prompt).asks(prompt, workshop.shown_items(prompt.id))
    )
