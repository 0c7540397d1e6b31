"""A scale on cards: a list of numbers a row; the board shows each row's median, spread and every number's count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import charts, elements as el, phrases as ph
from cards.prompts.asking import field_problems, without_field
from cards.prompts.figured import about, by_number, choose, ends_line, how_often, numbers, spread
from cards.prompts.listed import by_item
from locales import Words
from workshop.plan import Prompt, in_language
from workshop.prompts.scale import NA, ScaleResult, ScaleRow, scale_rows, scale_rules
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class ScaleCard:
    kind = "scale"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        rules = scale_rules(form.prompt)
        found = without_field(form, tuple(item.key for item in form.items), say)
        choices = numbers(1, rules.high, rules.ends, say, otherwise)
        choices.append(el.choice(say("does not apply"), NA))
        for number, item in enumerate(form.items, 1):
            above, label = about(item, number, say, otherwise)
            found += [*above, *field_problems(form, item.key, say), choose(form, item.key, label, choices, say)]
        return found

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        return {"low": 1, "high": scale_rules(prompt).high, "na": NA}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, ScaleResult)
        result = board.result
        shown = result.rows[start : start + most]
        lines = ends_line(1, result.high, result.ends, say, otherwise) if shown else []
        for row in shown:
            words = ph.shortened(ph.own_words(row.label, say, otherwise), longest)
            label = f"{row.place}. {words}" if row.place else words
            lines.append(el.bar(label, _told(row, result, say), row.numbers.median or 0, result.high))
            lines.append(how_often(row.numbers, say))
        return lines + ph.rest(len(result.rows) - start - most, say)

    def chart(self, board: PromptBoard, say: Words, otherwise: str, most: int) -> el.Element | None:
        assert isinstance(board.result, ScaleResult)
        rows = [
            (charts.label(ph.own_words(row.label, say, otherwise)), _pieces(row)) for row in board.result.rows[:most]
        ]
        rated = [row for row in rows if any(count for _, count, _ in row[1])]
        return charts.stacked(in_language(board.prompt.text, say.language, otherwise), rated)

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        rows = scale_rows(recorded.value)
        told = {key: say("does not apply") if number == NA else str(number) for key, number in rows.items()}
        return by_item(recorded, told, say, otherwise)


def _pieces(row: ScaleRow) -> charts.Pieces:
    counts = by_number(row.numbers)
    return [(number, count, charts.shade(at, len(counts))) for at, (number, count) in enumerate(counts.items())]


def _told(row: ScaleRow, result: ScaleResult, say: Words) -> str:
    """How many gave a number, how these spread, and for how many it does not apply."""
    told = [say.plural("{n} rating", "{n} ratings", row.numbers.count), spread(row.numbers, say)]
    if row.not_applying:
        told.append(say("does not apply: {n}", n=say.number(row.not_applying)))
    if row.place and sum(other.place == row.place for other in result.rows) > 1:
        told.append(say("tie"))
    return " · ".join(part for part in told if part)


CARD = ScaleCard()
