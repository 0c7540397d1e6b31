"""Items one below the other: each with its field, as bars by their places, and with what one gave to it. What the kinds
that ask about items share; what a number means each says itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from cards import charts, elements as el, phrases as ph
from cards.prompts.asking import field_problems
from locales import Words
from workshop.plan import Item, Text, in_language
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class Placed(Protocol):
    """An item of a result; equals share a place."""

    @property
    def label(self) -> Text: ...
    @property
    def place(self) -> int: ...


P = TypeVar("P", bound=Placed)


def item_row(
    form: PromptForm, item: Item, number: int, field: el.Element, width: str, say: Words, otherwise: str
) -> list[el.Element]:
    """An item's words in the whole width, then what is wrong (above the words it would seem to be about the item
    before), then its field in as much as it needs."""
    words = el.said(ph.own_words(item.label, say, otherwise), prefix=f"{number}. ", spacing="Medium")
    return [words, *field_problems(form, item.key, say), el.row((field, width), spacing="None")]


def placed_bars(
    items: Sequence[P],
    amount: Callable[[P], int],
    told: Callable[[P, bool], str],
    say: Words,
    otherwise: str,
    most: int,
    start: int,
    longest: int,
) -> list[el.Element]:
    """At most `most` of the items from `start` on as bars, and how many more there are. `told`: what stands at the bar
    of an item, that may share its place."""
    full = max(map(amount, items), default=0)
    places = [item.place for item in items]
    lines: list[el.Element] = []
    for item in items[start : start + most]:
        words = ph.shortened(ph.own_words(item.label, say, otherwise), longest)
        lines.append(el.bar(f"{item.place}. {words}", told(item, places.count(item.place) > 1), amount(item), full))
    return lines + ph.rest(len(items) - start - most, say)


def placed_shares(
    board: PromptBoard, items: Sequence[P], amount: Callable[[P], int], say: Words, otherwise: str, most: int
) -> el.Element | None:
    """The same as a chart, each as a part of all: where they are all shown."""
    if len(items) > most:
        return None
    values = [(charts.label(ph.own_words(item.label, say, otherwise)), amount(item)) for item in items]
    return charts.shares(in_language(board.prompt.text, say.language, otherwise), values)


def by_item(recorded: Recorded, given: Mapping[str, str], say: Words, otherwise: str) -> list[el.Element]:
    """What was given to each item, by its key, before the item's words."""
    return [
        el.rich(
            el.run(given[item.key], weight="Bolder"),
            el.run(f" · {el.isolated(ph.own_words(item.label, say, otherwise))}"),
            spacing="Small",
        )
        for item in recorded.items
        if item.key in given
    ]
