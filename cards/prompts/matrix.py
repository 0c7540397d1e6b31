"""A matrix on cards: two lists of numbers an item; the board shows four quarters with the items, and their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from cards import elements as el, phrases as ph
from cards.prompts.asking import field_problems, without_field
from cards.prompts.figured import choose, numbers, spread
from cards.prompts.listed import by_item
from locales import Words
from workshop.model import MINIMUM
from workshop.plan import Prompt, in_language
from workshop.prompts.matrix import AXES, MatrixResult, MatrixRules, Spot, matrix_points, matrix_rules
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class MatrixCard:
    kind = "matrix"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        rules = matrix_rules(form.prompt)
        found = without_field(form, tuple(f"{item.key}.{axis}" for item, axis in product(form.items, AXES)), say)
        choices = numbers(1, rules.high, rules.ends, say, otherwise)
        for number, item in enumerate(form.items, 1):
            found.append(el.said(ph.own_words(item.label, say, otherwise), prefix=f"{number}. ", spacing="Medium"))
            for axis, name in zip(AXES, _axes(rules, say, otherwise), strict=True):
                part = f"{item.key}.{axis}"
                found += field_problems(form, part, say)
                found.append(choose(form, part, f"{number} · {name}", choices, say))
        return found

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        return {"low": 1, "high": matrix_rules(prompt).high, "axes": list(AXES)}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, MatrixResult)
        result = board.result
        spots = result.spots[start : start + most]
        if not spots:
            return ph.rest(len(result.spots) - start, say)
        axes = _axes(result, say, otherwise)
        middle = say.number((1 + result.high) / 2)
        about = say(
            "Placed by the medians, on axes from 1 to {n}. A median of {middle}, the very middle, is on neither side.",
            n=result.high,
            middle=middle,
        )
        lines: list[el.Element] = [el.line(about, subtle=True, size="Small")]
        for up in (True, False):
            boxes = [_quarter(result, spots, (right, up), say, otherwise) for right in (False, True)]
            lines.append(el.row(*((box, "1") for box in boxes), spacing="Small"))
        nowhere = [spot for spot in spots if spot.quadrant is None]
        if nowhere:
            said = say.plural(
                "In none of the four: in the middle of an axis, or placed by fewer than {n} person.",
                "In none of the four: in the middle of an axis, or placed by fewer than {n} people.",
                MINIMUM,
            )
            lines += [el.line(said, subtle=True, size="Small"), *(_named(spot, say, otherwise) for spot in nowhere)]
        for spot in spots:
            words = ph.shortened(ph.own_words(spot.label, say, otherwise), longest)
            told = _told(spot, board, axes, say)
            lines.append(el.rich(el.run(_placed(spot, words)), el.run(f"  {told}", subtle=True, size="Small")))
        return lines + ph.rest(len(result.spots) - start - most, say)

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        points = matrix_points(recorded.value)
        axes = _axes(matrix_rules(recorded.prompt), say, otherwise)
        told = {
            key: " · ".join(f"{name}: {number}" for name, number in zip(axes, placed, strict=True))
            for key, placed in points.items()
        }
        return by_item(recorded, told, say, otherwise)


def _axes(named: MatrixRules | MatrixResult, say: Words, otherwise: str) -> tuple[str, str]:
    x, y = (in_language(name, say.language, otherwise) for name in named.axes)
    return x, y


def _quarter(
    result: MatrixResult, spots: Sequence[Spot], where: tuple[bool, bool], say: Words, otherwise: str
) -> el.Element:
    """One of the four boxes: high or low on each axis, and the items whose medians are there."""
    low, high = say("low"), say("high")
    if result.ends:
        low, high = (in_language(end, say.language, otherwise) for end in result.ends)
    sides = [
        f"{name}: {high if side else low}" for name, side in zip(_axes(result, say, otherwise), where, strict=True)
    ]
    inside = [_named(spot, say, otherwise) for spot in spots if spot.quadrant == where]
    head = el.line(" · ".join(sides), weight="Bolder", size="Small")
    return el.box([head, *(inside or [el.line("–", subtle=True, size="Small")])], style="emphasis")


def _named(spot: Spot, say: Words, otherwise: str) -> el.Element:
    words = ph.shortened(ph.own_words(spot.label, say, otherwise), ph.NAME)
    return el.rich(el.run(_placed(spot, words), size="Small"), spacing="Small")


def _placed(spot: Spot, words: str) -> str:
    return f"{spot.place}. {el.isolated(words)}" if spot.place else words


def _told(spot: Spot, board: PromptBoard, axes: tuple[str, str], say: Words) -> str:
    """How many placed it, and median and spread along each axis; of too few, where each of them did."""
    result, many = board.result, len(spot.dots)
    assert isinstance(result, MatrixResult)
    groups = say.plural("{n} group", "{n} groups", many) if board.prompt.per_group else ""
    told = [groups or say.plural("{n} person", "{n} people", many)]
    if len(spot.dots) < MINIMUM:
        told += [f"({x}, {y})" for x, y in spot.dots]
    else:
        told += [f"{name}: {spread(found, say)}" for name, found in zip(axes, (spot.x, spot.y), strict=True)]
    if spot.place and sum(other.place == spot.place for other in result.spots) > 1:
        told.append(say("tie"))
    return " · ".join(told)


CARD = MatrixCard()
