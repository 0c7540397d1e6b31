"""Items placed on two axes from 1. The board shows who is where in a picture of four quarters, and how they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from workshop.model import Answer, Value
from workshop.plan import Item, Prompt, Text
from workshop.prompts.figures import Figures, answered, doubled_median, figures, on_scale, place_among, whole
from workshop.prompts.kind import Fields
from workshop.refusals import Problem, Wrong

AXES = ("x", "y")


@dataclass(frozen=True, slots=True)
class MatrixRules:
    """The template's own items (none where they are carried over), the names of the axes, the highest number, and
    what the lowest and the highest of both axes are called."""

    options: tuple[Item, ...]
    axes: tuple[Text, Text]
    high: int
    ends: tuple[Text, Text] | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """One item: everybody's dots (x, y) in an order that says nothing, and how they spread along each axis.

    Dots have no names, in named prompts neither: the form promises that the board shows only how many."""

    key: str
    label: Text
    dots: tuple[tuple[int, int], ...]
    x: Figures
    y: Figures
    quadrant: tuple[bool, bool] | None
    """Whether its medians are high (x, y). None with a median in the very middle, which counts to neither side, or
    with too few dots for a median."""
    weight: int
    """Twice the sum of both medians; those that are high on both axes come before all others, so four times the
    highest number is added to theirs. 0 where nobody placed it."""
    place: int
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixResult:
    """High on both axes first, then by the sum of the medians."""

    people: int
    spots: tuple[Spot, ...]
    axes: tuple[Text, Text]
    high: int
    ends: tuple[Text, Text] | None = None

    @property
    def size(self) -> int:
        return len(self.spots)

    @property
    def per_page(self) -> int:
        return 20


class MatrixKind:
    name = "matrix"
    takes_items = True

    def read(self, fields: Fields) -> MatrixRules:
        options = tuple(Item(key, label) for key, label in fields.labelled("options", 0, 20))
        axes = fields.pair("axes", "x", "y", needed=True)
        assert axes is not None, "it is needed"
        return MatrixRules(options, axes, fields.integer("high", 5, 3, 10), fields.pair("ends", "low", "high"))

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return bool(items)

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        """An item with neither number is not placed; where the prompt is required, every item has to be."""
        high = matrix_rules(prompt).high
        known = {f"{item.key}.{axis}" for item, axis in product(items, AXES)}
        said = {part: words.strip() for part, words in given.items() if answered(words)}
        problems = [Problem(prompt.id, part, Wrong.NOT_AN_OPTION) for part in said if part not in known]
        points: dict[str, list[int]] = {}
        for item in items:
            point: list[int] = []
            other = any(f"{item.key}.{axis}" in said for axis in AXES)
            for part in (f"{item.key}.{axis}" for axis in AXES):
                number = whole(said.get(part, ""))
                if number is not None and 1 <= number <= high:
                    point.append(number)
                elif part in said:
                    problems.append(Problem(prompt.id, part, Wrong.NOT_ON_SCALE, number or 0, high, 1))
                elif other:
                    problems.append(Problem(prompt.id, part, Wrong.HALF_A_POINT))
                elif said and prompt.required:
                    problems.append(Problem(prompt.id, part, Wrong.REQUIRED))
            if len(point) == len(AXES):
                points[item.key] = point
        if problems:
            return tuple(problems)
        return {"points": points} if points else None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return {
            f"{key}.{axis}": str(number)
            for key, point in matrix_points(value).items()
            for axis, number in zip(AXES, point, strict=True)
        }

    def about(self, value: Value) -> frozenset[str]:
        return frozenset(matrix_points(value))

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        return ()

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> MatrixResult:
        rules = matrix_rules(prompt)
        dots: dict[str, list[tuple[int, int]]] = {item.key: [] for item in items}
        for answer in answers:
            for key, (x, y) in matrix_points(answer.value).items():
                if key in dots and on_scale(x, 1, rules.high) and on_scale(y, 1, rules.high):
                    dots[key].append((x, y))
        weights = {key: _weight(found, rules.high) for key, found in dots.items()}
        spots = tuple(
            _spot(item, sorted(dots[item.key]), rules.high, weights)
            for item in sorted(items, key=lambda item: -weights[item.key])
        )
        return MatrixResult(len(answers), spots, rules.axes, rules.high, rules.ends)

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        """The items that were placed, high on both axes first; equal sums of medians weigh the same."""
        spots = self.tally(prompt, items, answers, {}, hidden).spots
        return tuple(Item(spot.key, spot.label, prompt.id, spot.weight, spot.entries) for spot in spots if spot.weight)


def matrix_rules(prompt: Prompt) -> MatrixRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, MatrixRules)
    return prompt.rules


def matrix_points(value: Value) -> dict[str, tuple[int, int]]:
    """Where each item was placed: (x, y)."""
    points = value.get("points")
    found = points.items() if isinstance(points, dict) else ()
    return {str(key): (point[0], point[1]) for key, point in found if isinstance(point, list) and len(point) == 2}


def _weight(dots: Sequence[tuple[int, int]], high: int) -> int:
    if not dots:
        return 0
    x, y = doubled_median([dot[0] for dot in dots]), doubled_median([dot[1] for dot in dots])
    return x + y + (4 * high if min(x, y) > 1 + high else 0)  # the middle, doubled, is 1 + high


def _spot(item: Item, dots: Sequence[tuple[int, int]], high: int, weights: Mapping[str, int]) -> Spot:
    x, y = figures([dot[0] for dot in dots], 1, high), figures([dot[1] for dot in dots], 1, high)
    weight = weights[item.key]
    place = place_among(weight, list(weights.values())) if weight else 0
    return Spot(item.key, item.label, tuple(dots), x, y, _quadrant(x, y, high), weight, place, item.entries)


def _quadrant(x: Figures, y: Figures, high: int) -> tuple[bool, bool] | None:
    middle = (1 + high) / 2
    if x.median is None or y.median is None or middle in (x.median, y.median):
        return None
    return x.median > middle, y.median > middle


KIND = MatrixKind()
