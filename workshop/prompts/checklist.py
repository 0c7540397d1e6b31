"""Conditions: in place, partly, missing, or not applying. The board shows how many said what of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.model import Answer, Value
from workshop.plan import Item, Prompt, Text
from workshop.prompts.figures import answered
from workshop.prompts.kind import Fields
from workshop.refusals import Problem, Wrong

STATES = ("in_place", "partly", "missing", "na")
"""What can be said of a condition, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class ChecklistRules:
    """The template's own conditions; none where they are carried over."""

    options: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition and how many people said what of it."""

    key: str
    label: Text
    in_place: int
    partly: int
    missing: int
    not_applying: int
    entries: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """How much it lacks: two for each who says missing, one for each who says partly."""
        return 2 * self.missing + self.partly


@dataclass(frozen=True, slots=True)
class ChecklistResult:
    """What lacks most comes first; equally lacking ones as they were asked."""

    people: int
    conditions: tuple[Condition, ...]

    @property
    def size(self) -> int:
        return len(self.conditions)

    @property
    def per_page(self) -> int:
        return 20


class ChecklistKind:
    name = "checklist"
    takes_items = True
    decides = False
    """What is missing is not what a stage came to, unless the template says so."""

    def read(self, fields: Fields) -> ChecklistRules:
        return ChecklistRules(tuple(Item(key, label) for key, label in fields.labelled("rows", 0, 20)))

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return bool(items)

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        """A condition left empty is not answered; where the prompt is required, every one needs something."""
        known = {item.key for item in items}
        said = {key: words.strip() for key, words in given.items() if answered(words)}
        problems = [Problem(prompt.id, key, Wrong.NOT_AN_OPTION) for key in said if key not in known]
        rows: dict[str, str] = {}
        for item in items:
            words = said.get(item.key, "")
            if words in STATES:
                rows[item.key] = words
            elif words:
                problems.append(Problem(prompt.id, item.key, Wrong.NOT_AN_OPTION))
            elif said and prompt.required:
                problems.append(Problem(prompt.id, item.key, Wrong.REQUIRED))
        if problems:
            return tuple(problems)
        return {"rows": rows} if rows else None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return checklist_rows(value)

    def about(self, value: Value) -> frozenset[str]:
        return frozenset(checklist_rows(value))

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        return ()

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> ChecklistResult:
        counts = {item.key: dict.fromkeys(STATES, 0) for item in items}
        for answer in answers:
            for key, state in checklist_rows(answer.value).items():
                if key in counts and state in STATES:
                    counts[key][state] += 1
        found = []
        for item in items:
            in_place, partly, missing, without = counts[item.key].values()
            found.append(Condition(item.key, item.label, in_place, partly, missing, without, item.entries))
        return ChecklistResult(len(answers), tuple(sorted(found, key=lambda condition: -condition.weight)))

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        """The conditions that somebody says are missing or only partly there."""
        found = self.tally(prompt, items, answers, {}, hidden).conditions
        return tuple(Item(one.key, one.label, prompt.id, one.weight, one.entries) for one in found if one.weight)


def checklist_rows(value: Value) -> dict[str, str]:
    """What was said, by condition."""
    rows = value.get("rows")
    return {str(key): str(state) for key, state in rows.items()} if isinstance(rows, dict) else {}


KIND = ChecklistKind()
