"""Rows asked about one by one, lists to choose from, and figures told in words: what the counting kinds share."""

from __future__ import annotations

from collections.abc import Sequence

from cards import elements as el, phrases as ph
from cards.prompts.asking import field_id
from locales import Words
from workshop.plan import Item, Text, in_language
from workshop.prompts.figures import LEFT_OPEN, Figures
from workshop.views import PromptForm

Ends = tuple[Text, Text] | None
"""What the lowest and the highest number of a scale are called, if anything."""


def about(item: Item, number: int, say: Words, otherwise: str) -> tuple[list[el.Element], str]:
    """What stands above a row's field, and the field's label. The template's words are the label; people's own words
    stand above it as text, because a label is a place where signs may be read."""
    words = ph.own_words(item.label, say, otherwise)
    if "" not in item.label:
        return [], words
    return [el.said(words, prefix=f"{number}. ", spacing="Medium")], say("Item {n}", n=number)


def choose(
    form: PromptForm, part: str, label: str, choices: Sequence[el.teams.Choice], say: Words
) -> el.teams.ChoiceSetInput:
    """A list to choose one from. Where nothing is required, what was chosen can be taken back."""
    must = form.prompt.required
    offered = [*choices] if must else [*choices, el.choice(say("no answer"), LEFT_OPEN)]
    given = form.given.get(part, "").strip()
    return el.teams.ChoiceSetInput(
        id=field_id(form, part),
        label=label,
        choices=offered,
        style="compact",
        wrap=True,
        placeholder=say("Please choose"),
        value=given if given in [choice.value for choice in offered] else None,
        is_required=True if must else None,
        error_message=say("Please choose one.") if must else None,
    )


def numbers(low: int, high: int, ends: Ends, say: Words, otherwise: str) -> list[el.teams.Choice]:
    """The numbers of a scale to choose from, the first and the last with what they are called."""
    called = {}
    if ends:
        called = dict(zip((low, high), (in_language(end, say.language, otherwise) for end in ends), strict=True))
    return [
        el.choice(f"{number} – {called[number]}" if number in called else str(number), str(number))
        for number in range(low, high + 1)
    ]


def ends_line(low: int, high: int, ends: Ends, say: Words, otherwise: str) -> list[el.Element]:
    """What the numbers of a result mean, where the template says so."""
    if not ends:
        return []
    first, last = (in_language(end, say.language, otherwise) for end in ends)
    said = say("{low} = {first}, {high} = {last}", low=low, first=first, high=high, last=last)
    return [el.line(said, subtle=True, size="Small")]


def spread(found: Figures, say: Words) -> str:
    """Median and quartiles; nothing where there are too few numbers for them."""
    if found.median is None or found.low is None or found.high is None:
        return ""
    return say(
        "median {median}, the middle half from {low} to {high}",
        median=say.number(found.median),
        low=say.number(found.low),
        high=say.number(found.high),
    )


def by_number(found: Figures) -> dict[str, int]:
    """How often each number of the scale was given."""
    return {str(number): count for number, count in enumerate(found.counts, found.least)}


def how_often(found: Figures, say: Words) -> el.Element:
    """How often each number was given, as one line of text."""
    often = [f"{number}: {say.number(count)}" for number, count in by_number(found).items()]
    return el.rich(el.run(" · ".join(often), subtle=True, size="Small"), spacing="None")
