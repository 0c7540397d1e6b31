"""A checklist on cards: a list of four states a condition; the board shows how many said what, as text and in a bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import charts, elements as el, phrases as ph
from cards.prompts.asking import field_problems, without_field
from cards.prompts.figured import about, choose
from cards.prompts.listed import by_item
from locales import Words
from workshop.plan import Prompt, in_language
from workshop.prompts.checklist import STATES, ChecklistResult, Condition, checklist_rows
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded

THICK, HALF, THIN = 12, 7, 3
"""Pixels: how high the bar's pieces are. What they mean is told by their order and height, never by a colour."""

SHADES: Mapping[str, el.teams.ChartColor] = {
    "in_place": "sequential1",
    "partly": "sequential3",
    "missing": "sequential4",
    "na": "neutral",
}
"""Of the pieces in a chart of Teams' own, whose legend has the words: from dark to pale, as thick to thin."""


class ChecklistCard:
    kind = "checklist"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        found = without_field(form, tuple(item.key for item in form.items), say)
        choices = [el.choice(name, state) for state, name in _names(say).items()]
        for number, item in enumerate(form.items, 1):
            above, label = about(item, number, say, otherwise)
            found += [*above, *field_problems(form, item.key, say), choose(form, item.key, label, choices, say)]
        return found

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        return {"states": list(STATES)}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, ChecklistResult)
        conditions = board.result.conditions
        shown, lines = conditions[start : start + most], list[el.Element]()
        if shown:
            legend = say("Thick: in place; half as thick: partly; thin: missing.")
            lines.append(el.OfBars(text=legend, wrap=True, is_subtle=True, size="Small"))
        for one in shown:
            words = ph.shortened(ph.own_words(one.label, say, otherwise), longest)
            counts = (one.in_place, one.partly, one.missing, one.not_applying)
            told = say(
                "in place: {in_place} · partly: {partly} · missing: {missing} · does not apply: {na}",
                **{state: say.number(count) for state, count in zip(STATES, counts, strict=True)},
            )
            lines.append(el.rich(el.run(words), el.run(f"  {told}", subtle=True, size="Small"), spacing="Medium"))
            if one.in_place or one.weight:
                lines.append(_bar(one, board.result.people, say))
        return lines + ph.rest(len(conditions) - start - most, say)

    def chart(self, board: PromptBoard, say: Words, otherwise: str, most: int) -> el.Element | None:
        assert isinstance(board.result, ChecklistResult)
        names, rows = _names(say), []
        for one in board.result.conditions[:most]:
            counts = dict(zip(STATES, (one.in_place, one.partly, one.missing, one.not_applying), strict=True))
            if any(counts.values()):
                pieces = [(names[state], count, SHADES[state]) for state, count in counts.items()]
                rows.append((charts.label(ph.own_words(one.label, say, otherwise)), pieces))
        return charts.stacked(in_language(board.prompt.text, say.language, otherwise), rows)

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        rows, names = checklist_rows(recorded.value), _names(say)
        return by_item(recorded, {key: names.get(state, state) for key, state in rows.items()}, say, otherwise)


def _names(say: Words) -> Mapping[str, str]:
    """What can be said of a condition, in words."""
    words = (say("in place"), say("partly"), say("missing"), say("does not apply"))
    return dict(zip(STATES, words, strict=True))


def _bar(one: Condition, people: int, say: Words) -> el.Element:
    """Three pieces side by side, each as long as its share of all who answered."""
    names = _names(say)
    pieces = (("in_place", one.in_place, THICK), ("partly", one.partly, HALF), ("missing", one.missing, THIN))
    columns = [
        el.teams.Column(
            items=[
                el.stripe(max(el.BAR_HEIGHT, round(el.BAR_WIDTH * count / people)), high, f"{names[state]}: {count}")
            ],
            width="auto",
            spacing="Small",
            vertical_content_alignment="Bottom",
        )
        for state, count, high in pieces
        if count
    ]
    return el.teams.ColumnSet(columns=columns, spacing="Small")


CARD = ChecklistCard()
