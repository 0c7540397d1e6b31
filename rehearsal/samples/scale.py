"""Rows on a scale: people rate most rows; the board tells how often each number was given, median and quartiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from rehearsal.question import Asked, Question
from rehearsal.reading import Value
from rehearsal.samples.figures import Figures, fill_rows, rows, tally_numbers, told_rows, told_spread
from rehearsal.samples.sample import Tally
from rehearsal.shown import Shown

if TYPE_CHECKING:
    from rehearsal.persona import Persona

NA = "na"


class ScaleSample(Figures):
    kind = "scale"

    def fill(
        self, persona: Persona, form: Sequence[Question], dice: Random, attempt: int
    ) -> dict[str, Value]:
        return fill_rows(form, dice, attempt, NA)

    def given(self, forms: Sequence[Sequence[Asked]]) -> Tally:
        found: Tally = Counter()
        for key, said in rows(forms).items():
            numbers = [int(value) for value in said if value != NA]
            found += tally_numbers(key, numbers, Counter(numbers))
            if NA in said:
                found["na", 0, key, said.count(NA)] += 1
        return found

    def seen(self, shown: Shown, asked: Sequence[Asked]) -> Tally:
        found: Tally = Counter()
        for key, told, often in told_rows(shown, asked):
            found["count", 0, key, int(told[0].split()[0])] += 1
            found.update(("often", given, key, count) for given, count in often.items() if count)
            for part in told[1:]:
                found.update(("spread", which, key, size) for which, size in told_spread(part))
                name, _, last = part.rpartition(": ")
                if name and last.isdigit():
                    found["na", 0, key, int(last)] += 1
        return found


SAMPLE = ScaleSample()
