"""A fixed number of points spread over items, all of them. The board shows how many each item got."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from workshop.model import MINIMUM, Answer, Value
from workshop.plan import Item, Prompt, Text
from workshop.prompts.figures import place_among, whole
from workshop.prompts.kind import ITEMS_LIMIT, PAGE, Fields
from workshop.refusals import Problem, Wrong


@dataclass(frozen=True, slots=True)
class PointsRules:
    """The template's own items (none where they are carried over), and how many points everybody spreads."""

    options: tuple[Item, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Pointed:
    """An item with all points that it got, from how many people, and the median of what everybody who answered gave
    it, nothing included; None below `MINIMUM` answers. Equal points share a place."""

    key: str
    label: Text
    points: int
    givers: int
    median: float | None
    place: int
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PointsResult:
    """Most points first. `points` is all that these items got."""

    people: int
    items: tuple[Pointed, ...]
    points: int

    @property
    def size(self) -> int:
        return len(self.items)

    @property
    def per_page(self) -> int:
        return PAGE


class PointsKind:
    name = "points"
    takes_items = True

    def read(self, fields: Fields) -> PointsRules:
        options = tuple(Item(key, label) for key, label in fields.labelled("options", 0, ITEMS_LIMIT))
        return PointsRules(options, fields.integer("total", 100, 10, 1000))

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return bool(items)

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        """Whole numbers whose sum is the total, exactly; an empty field is none."""
        total, known = points_rules(prompt).total, {item.key for item in items}
        points: dict[str, int] = {}
        problems: list[Problem] = []
        for key, typed in given.items():
            if not typed.strip():
                continue
            number = whole(typed)
            if key not in known:
                problems.append(Problem(prompt.id, key, Wrong.NOT_AN_OPTION))
            elif number is None or number > total:
                problems.append(Problem(prompt.id, key, Wrong.NOT_ON_SCALE, number or 0, total))
            else:
                points[key] = number
        spread = sum(points.values())
        if points and not problems and spread != total:
            problems.append(Problem(prompt.id, "", Wrong.WRONG_SUM, spread, total))
        if problems:
            return tuple(problems)
        return {"points": {key: number for key, number in points.items() if number}} if points else None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return {key: str(number) for key, number in _points(value).items()}

    def about(self, value: Value) -> frozenset[str]:
        return frozenset(_points(value))

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        return ()

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> PointsResult:
        """What was given to items that a moderator has hidden since counts nowhere."""
        given = [_points(answer.value) for answer in answers]
        totals = {item.key: sum(points.get(item.key, 0) for points in given) for item in items}
        found = tuple(
            Pointed(
                item.key,
                item.label,
                totals[item.key],
                sum(item.key in points for points in given),
                float(median(points.get(item.key, 0) for points in given)) if len(given) >= MINIMUM else None,
                place_among(totals[item.key], list(totals.values())),
                item.entries,
            )
            for item in sorted(items, key=lambda item: -totals[item.key])
        )
        return PointsResult(len(answers), found, sum(totals.values()))

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        found = self.tally(prompt, items, answers, {}, hidden).items
        return tuple(Item(item.key, item.label, prompt.id, item.points, item.entries) for item in found if item.points)


def points_rules(prompt: Prompt) -> PointsRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, PointsRules)
    return prompt.rules


def _points(value: Value) -> dict[str, int]:
    points = value["points"]
    return {str(key): int(number) for key, number in points.items()} if isinstance(points, dict) else {}


KIND = PointsKind()
