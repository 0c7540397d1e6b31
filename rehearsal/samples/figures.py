"""Numbers that people choose item by item: how they choose them, and how the board tells them. It is no kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from rehearsal.question import Asked, Question
from rehearsal.reading import Value
from rehearsal.samples.sample import Sample, Tally, items_of, liked
from rehearsal.shown import PLACE, Shown
from rehearsal.wording import unmarked

FEW = 3
"""Fewer numbers have no median and no quartiles on the board."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?!\d|\s?%)")
"""A size; "the middle 50 %" is none."""
OFTEN = re.compile(r"\d+: \S+(?: · \d+: \S+)+")
"""How often each number was given: "1: 0 · 2: 3"."""
UNSAID = ("", "-")


class Figures(Sample):
    """What the kinds of figures have in common."""

    by_item = True
    numbered = True

    def words(self, asked: Asked) -> list[str]:
        return []

    def answered(self, form: Sequence[Asked]) -> bool:
        return any(asked.value not in UNSAID for asked in form)


def number(question: Question, dice: Random) -> str:
    """A number that the field offers: people differ, yet of what everybody is drawn to they think alike."""
    offered = [int(value) for _, value in question.field.choices if value.isdigit()]
    if not offered:
        return ""
    low, high = min(offered), max(offered)
    thought = dice.gauss(low + (high - low) * (0.3 + 0.7 * liked(question.part)), (high - low) / 5)
    return str(min(max(round(thought), low), high))


def left_out(question: Question, dice: Random, attempt: int) -> bool:
    """Whether a row stays empty; once refused, people leave nothing out."""
    return not question.field.required and not attempt and dice.random() < 0.07


def rows(form: Sequence[Sequence[Asked]]) -> dict[str, list[str]]:
    """What was said of each item (part of the form), by everybody who said something; asked items without it too."""
    found: dict[str, list[str]] = {}
    for asked in (asked for one in form for asked in one):
        said = found.setdefault(asked.part, [])
        if asked.value not in UNSAID:
            said.append(asked.value)
    return found


def spread(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Median and quartiles by linear interpolation, four times each, so that they are whole: (which, its size)."""
    ordered = sorted(numbers)
    if len(ordered) >= FEW:
        for which, quarter in enumerate((2, 1, 3)):
            before, part = divmod((len(ordered) - 1) * quarter, 4)
            after = ordered[min(before + 1, len(ordered) - 1)]
            yield which, 4 * ordered[before] + (after - ordered[before]) * part


def told_spread(told: str) -> Iterator[tuple[int, int]]:
    """The same, read from "median 4.5, the middle half from 3 to 5", in whatever language."""
    numbers = [float(found.replace(",", ".")) for found in NUMBER.findall(told)]
    if len(numbers) >= FEW:
        yield from ((which, round(4 * size)) for which, size in enumerate(numbers[-FEW:]))


def told_rows(shown: Shown, asked: Sequence[Asked]) -> Iterator[tuple[str, list[str], Mapping[int, int]]]:
    """Each item's key, what its line tells in parts, and how often each number was given, where a line says so."""
    keys = items_of(shown, asked)
    for place, line in enumerate(shown.lines):
        label = unmarked(line[0])
        key = keys.get(label) or keys.get(PLACE.sub("", label, count=1))
        if key is not None and len(line) > 1:
            after = shown.lines[place + 1] if place + 1 < len(shown.lines) else ()
            yield key, line[1].strip().split(" · "), how_often(after)


def how_often(line: Sequence[str]) -> Mapping[int, int]:
    """A line of how often each number was given; nothing if it is none."""
    if len(line) != 1 or not OFTEN.fullmatch(line[0]):
        return {}
    pairs = (part.split(": ") for part in line[0].split(" · "))
    return {int(given): int(re.sub(r"\D", "", count)) for given, count in pairs}


def tally_numbers(key: str, numbers: Sequence[int], often: Mapping[int, int]) -> Tally:
    """How many numbers, of each how often, and how they spread."""
    found: Tally = Counter({("count", 0, key, len(numbers)): 1})
    found.update(("often", given, key, count) for given, count in often.items() if count)
    found.update(("spread", which, key, size) for which, size in spread(numbers))
    return found


def fill_rows(
    form: Sequence[Question], dice: Random, attempt: int, extra: str = "", often: float = 0.1
) -> dict[str, Value]:
    """A number for nearly every row, or now and then what else is offered."""
    values: dict[str, Value] = {}
    for question in form:
        offered = [value for _, value in question.field.choices]
        chosen = extra if extra in offered and dice.random() < often else number(question, dice)
        values[question.field.id] = "" if left_out(question, dice, attempt) else chosen
    return values
