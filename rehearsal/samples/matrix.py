"""Items on two axes: the careless first give one number of two; the board tells median and quartiles on each axis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from rehearsal.question import Asked, Question
from rehearsal.reading import Value
from rehearsal.samples.figures import FEW, Figures, left_out, number, rows, spread, told_rows, told_spread
from rehearsal.samples.sample import Tally
from rehearsal.shown import Shown

if TYPE_CHECKING:
    from rehearsal.persona import Persona

AXES = ("x", "y")


class MatrixSample(Figures):
    kind = "matrix"

    def fill(
        self, persona: Persona, form: Sequence[Question], dice: Random, attempt: int
    ) -> dict[str, Value]:
        values: dict[str, Value] = {}
        empty = {question.part.split(".")[0] for question in form if left_out(question, dice, attempt)}
        for question in form:
            values[question.field.id] = "" if question.part.split(".")[0] in empty else number(question, dice)
        if persona.careless and not attempt and values:
            values[next(iter(values))] = ""
        return values

    def given(self, forms: Sequence[Sequence[Asked]]) -> Tally:
        found: Tally = Counter()
        said = rows(forms)
        for key in dict.fromkeys(part.split(".")[0] for part in said):
            axes = [[int(value) for value in said.get(f"{key}.{axis}", ())] for axis in AXES]
            found["count", 0, key, len(axes[0])] += 1
            for axis, numbers in enumerate(axes):
                found.update(("spread", 3 * axis + which, key, size) for which, size in spread(numbers))
            if len(axes[0]) < FEW:
                found.update(("dot", x, key, y) for x, y in zip(*axes, strict=True))
        return found

    def seen(self, shown: Shown, asked: Sequence[Asked]) -> Tally:
        found: Tally = Counter()
        for key, told, _ in told_rows(shown, asked):
            found["count", 0, key, int(told[0].split()[0])] += 1
            dots = [part.strip("()").split(", ") for part in told[1:] if part.startswith("(")]
            found.update(("dot", int(x), key, int(y)) for x, y in dots)
            medians = [sizes for part in told[1:] if (sizes := list(told_spread(part.partition(": ")[2])))]
            for axis, sizes in enumerate(medians):
                found.update(("spread", 3 * axis + which, key, size) for which, size in sizes)
        return found


SAMPLE = MatrixSample()
