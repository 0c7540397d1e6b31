"""A rating on cards: a list of numbers; the board shows their spread, and before, after and shift if asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import charts, elements as el, phrases as ph
from cards.prompts.asking import field_problems, without_field
from cards.prompts.figured import by_number, choose, ends_line, how_often, numbers, spread
from locales import Words
from workshop.model import MINIMUM
from workshop.plan import Prompt, in_language
from workshop.prompts.figures import Figures, whole
from workshop.prompts.rating import RatingResult, rating_rules
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class RatingCard:
    kind = "rating"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        rules = rating_rules(form.prompt)
        found = without_field(form, ("",), say)
        earlier = whole(form.before)
        if earlier is not None:
            found.append(el.line(say("Your number the first time: {n}", n=say.number(earlier)), subtle=True))
        found += field_problems(form, "", say)
        label = say("A number from {low} to {high}", low=rules.low, high=rules.high)
        choices = numbers(rules.low, rules.high, rules.ends, say, otherwise)
        return [*found, choose(form, "", label, choices, say)]

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        rules = rating_rules(prompt)
        return {"low": rules.low, "high": rules.high, "again": prompt.again}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, RatingResult)
        if most <= 0:  # no room for it
            return ph.rest(1, say)
        result, high = board.result, rating_rules(board.prompt).high
        lines = ends_line(result.after.least, high, result.ends, say, otherwise)
        if not board.prompt.again:
            return [*lines, *_figures(say("Numbers given"), result.after, high, say)]
        if result.before is None:
            lines.append(el.line(say("The answers of the first time cannot be shown."), subtle=True, size="Small"))
        else:
            lines += _figures(say("Before"), result.before, high, say)
        lines += _figures(say("After"), result.after, high, say)
        return [*lines, el.line(_shift(result, board.prompt, say), size="Small")]

    def chart(self, board: PromptBoard, say: Words, otherwise: str, most: int) -> el.Element | None:
        assert isinstance(board.result, RatingResult)
        result, question = board.result, in_language(board.prompt.text, say.language, otherwise)
        if result.before is None:
            return charts.columns(question, by_number(result.after))
        before, after = (say("Before"), by_number(result.before)), (say("After"), by_number(result.after))
        return charts.pairs(question, before, after)

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        return [el.said(str(recorded.value.get("value", "")), weight="Bolder")]


def _figures(label: str, found: Figures, high: int, say: Words) -> list[el.Element]:
    told = say.plural("{n} rating", "{n} ratings", found.count)
    if spread(found, say):
        told += f" · {spread(found, say)}"
    return [el.bar(label, told, found.median or 0, high), how_often(found, say)]


def _shift(result: RatingResult, prompt: Prompt, say: Words) -> str:
    """How far those moved who answered both times; not where they are so few that one could tell who."""
    if result.shift is None and prompt.per_group:
        return say.plural(
            "A shift is shown from {n} group on that answered both times.",
            "A shift is shown from {n} groups on that answered both times.",
            MINIMUM,
        )
    if result.shift is None:
        return say.plural(
            "A shift is shown from {n} person on who answered both times.",
            "A shift is shown from {n} people on who answered both times.",
            MINIMUM,
        )
    moved, shift = result.shift, result.shift.median
    sign = "+" if shift > 0 else "−" if shift < 0 else "±"
    if prompt.per_group:
        both = say.plural("{n} group answered both times.", "{n} groups answered both times.", result.pairs)
    else:
        both = say.plural("{n} person answered both times.", "{n} people answered both times.", result.pairs)
    return (
        both
        + " "
        + say(
            "The median of their own differences is {shift}: {risen} went up, {same} stayed, {fallen} went down.",
            shift=f"{sign}{say.number(abs(shift))}",
            risen=say.number(moved.risen),
            same=say.number(moved.same),
            fallen=say.number(moved.fallen),
        )
    )


CARD = RatingCard()
