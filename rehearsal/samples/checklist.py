"""Conditions that are in place, partly there, missing or not applying; the board tells how many said what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from rehearsal.question import Asked, Question
from rehearsal.reading import Value
from rehearsal.samples.figures import Figures, left_out, rows, told_rows
from rehearsal.samples.sample import Tally, liked
from rehearsal.shown import Shown

if TYPE_CHECKING:
    from rehearsal.persona import Persona

STATES = ("in_place", "partly", "missing", "na")


class ChecklistSample(Figures):
    kind = "checklist"

    def fill(
        self, persona: Persona, form: Sequence[Question], dice: Random, attempt: int
    ) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for question in form:
            offered = [value for _, value in question.field.choices if value in STATES]
            if left_out(question, dice, attempt):
                values[question.field.id] = ""
            elif offered:
                good = liked(question.part)
                weights = dict(zip(STATES, (good, 0.4, 1 - good, 0.1), strict=True))
                values[question.field.id] = dice.choices(offered, [weights[state] for state in offered])[0]
        return values

    def given(self, forms: Sequence[Sequence[Asked]]) -> Tally:
        return Counter(
            ("state", which, key, said.count(state))
            for key, said in rows(forms).items()
            for which, state in enumerate(STATES)
        )

    def seen(self, shown: Shown, asked: Sequence[Asked]) -> Tally:
        return Counter(
            ("state", which, key, int(part.rpartition(" ")[2]))
            for key, told, _ in told_rows(shown, asked)
            for which, part in enumerate(told)
        )


SAMPLE = ChecklistSample()
