"""Rows rated on a scale from 1, each with "does not apply". The board shows how the numbers spread, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.model import Answer, Value
from workshop.plan import Item, Prompt, Text
from workshop.prompts.figures import Figures, answered, doubled_median, figures, on_scale, place_among, whole
from workshop.prompts.kind import Fields
from workshop.refusals import Problem, Wrong

NA = "na"
"""What stands for "does not apply" in forms and values."""


@dataclass(frozen=True, slots=True)
class ScaleRules:
    """The template's own rows (none where they are carried over), the highest number, names of the lowest and it."""

    options: tuple[Item, ...]
    high: int
    ends: tuple[Text, Text] | None = None


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One row: its numbers, and how many said that it does not apply. `place` 0: nobody gave it a number."""

    key: str
    label: Text
    numbers: Figures
    not_applying: int
    weight: int
    """Twice the median; 0 where nobody gave a number."""
    place: int
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScaleResult:
    """Rows by median, the highest first; those that nobody rated come last."""

    people: int
    rows: tuple[ScaleRow, ...]
    high: int
    ends: tuple[Text, Text] | None = None

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def per_page(self) -> int:
        return 20


class ScaleKind:
    name = "scale"
    takes_items = True
    decides = False
    """Its rows are not what a stage came to, unless the template says so."""

    def read(self, fields: Fields) -> ScaleRules:
        rows = tuple(Item(key, label) for key, label in fields.labelled("rows", 0, 20))
        return ScaleRules(rows, fields.integer("high", 5, 3, 10), fields.pair("ends", "low", "high"))

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return bool(items)

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        """A row left empty is not answered; where the prompt is required, every row needs something."""
        high = scale_rules(prompt).high
        known = {item.key for item in items}
        said = {key: words.strip() for key, words in given.items() if answered(words)}
        problems = [Problem(prompt.id, key, Wrong.NOT_AN_OPTION) for key in said if key not in known]
        rows: dict[str, int | str] = {}
        for item in items:
            words = said.get(item.key, "")
            number = whole(words)
            if words == NA:
                rows[item.key] = NA
            elif number is not None and 1 <= number <= high:
                rows[item.key] = number
            elif words:
                problems.append(Problem(prompt.id, item.key, Wrong.NOT_ON_SCALE, number or 0, high, 1))
            elif said and prompt.required:
                problems.append(Problem(prompt.id, item.key, Wrong.REQUIRED))
        if problems:
            return tuple(problems)
        return {"rows": rows} if rows else None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return {key: str(given) for key, given in scale_rows(value).items()}

    def about(self, value: Value) -> frozenset[str]:
        return frozenset(scale_rows(value))

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        return ()

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> ScaleResult:
        rules = scale_rules(prompt)
        numbers: dict[str, list[int]] = {item.key: [] for item in items}
        without = dict.fromkeys(numbers, 0)
        for answer in answers:
            for key, given in scale_rows(answer.value).items():
                if key in numbers and given == NA:
                    without[key] += 1
                elif key in numbers and isinstance(given, int) and on_scale(given, 1, rules.high):
                    numbers[key].append(given)
        weights = {key: doubled_median(found) if found else 0 for key, found in numbers.items()}
        rows = tuple(
            ScaleRow(
                item.key,
                item.label,
                figures(numbers[item.key], 1, rules.high),
                without[item.key],
                weights[item.key],
                place_among(weights[item.key], list(weights.values())) if weights[item.key] else 0,
                item.entries,
            )
            for item in sorted(items, key=lambda item: -weights[item.key])
        )
        return ScaleResult(len(answers), rows, rules.high, rules.ends)

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        """The rows by median, each as heavy as twice its median; rows that nobody rated are left out."""
        rows = self.tally(prompt, items, answers, {}, hidden).rows
        return tuple(Item(row.key, row.label, prompt.id, row.weight, row.entries) for row in rows if row.weight)


def scale_rules(prompt: Prompt) -> ScaleRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, ScaleRules)
    return prompt.rules


def scale_rows(value: Value) -> dict[str, object]:
    """What was given, by row: a number or `NA`."""
    rows = value.get("rows")
    return {str(key): given for key, given in rows.items()} if isinstance(rows, dict) else {}


KIND = ScaleKind()
