"""Dots on items, with a limit in all and one per item. The board shows the strongest first, ties as ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.model import Answer, Value
from workshop.plan import Item, Prompt, Text
from workshop.prompts.kind import PAGE, Fields
from workshop.refusals import Problem, Wrong


@dataclass(frozen=True, slots=True)
class VoteRules:
    """Dots a person has, and the most of them on one item."""

    dots: int
    per_item: int


@dataclass(frozen=True, slots=True)
class Dots:
    """An item with its dots and how many people gave them; equal dots share a place."""

    key: str
    label: Text
    dots: int
    voters: int
    place: int
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VoteResult:
    people: int
    items: tuple[Dots, ...]

    @property
    def size(self) -> int:
        return len(self.items)

    @property
    def per_page(self) -> int:
        return PAGE


class VoteKind:
    name = "vote"
    takes_items = True

    def read(self, fields: Fields) -> VoteRules:
        dots = fields.integer("dots", 3, 1, 20)
        return VoteRules(dots, fields.integer("per_item", min(2, dots), 1, dots))

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return bool(items)

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        rules = vote_rules(prompt)
        known = {item.key for item in items}
        dots: dict[str, int] = {}
        for key, number in given.items():
            if not number.strip() or number.strip() == "0":
                continue
            if key not in known:
                return (Problem(prompt.id, key, Wrong.NOT_AN_OPTION),)
            if not number.strip().isascii() or not number.strip().isdigit() or len(number.strip()) > 3:
                return (Problem(prompt.id, key, Wrong.NOT_A_NUMBER, 0, rules.per_item),)
            dots[key] = int(number)
            if dots[key] > rules.per_item:
                return (Problem(prompt.id, key, Wrong.TOO_MANY_DOTS_ON_ONE, dots[key], rules.per_item),)
        if sum(dots.values()) > rules.dots:
            return (Problem(prompt.id, "", Wrong.TOO_MANY_DOTS, sum(dots.values()), rules.dots),)
        dots = {key: number for key, number in dots.items() if number}
        return {"dots": dots} if dots else None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return {key: str(number) for key, number in _dots(value).items()}

    def about(self, value: Value) -> frozenset[str]:
        return frozenset(_dots(value))

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        return ()

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> VoteResult:
        given = [_dots(answer.value) for answer in answers]
        totals = {item.key: sum(dots.get(item.key, 0) for dots in given) for item in items}
        found = tuple(
            Dots(
                item.key,
                item.label,
                totals[item.key],
                sum(item.key in dots for dots in given),
                1 + sum(total > totals[item.key] for total in totals.values()),
                item.entries,
            )
            for item in sorted(items, key=lambda item: -totals[item.key])
        )
        return VoteResult(len(answers), found)

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        found = self.tally(prompt, items, answers, {}, hidden).items
        return tuple(Item(item.key, item.label, prompt.id, item.dots, item.entries) for item in found if item.dots)


def vote_rules(prompt: Prompt) -> VoteRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, VoteRules)
    return prompt.rules


def _dots(value: Value) -> dict[str, int]:
    dots = value["dots"]
    return {str(key): int(number) for key, number in dots.items()} if isinstance(dots, dict) else {}


KIND = VoteKind()
