"""Items in order, all of them or the first few. The board counts places by Borda, and equal points share a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.model import Answer, Value
from workshop.plan import Item, Prompt, Text
from workshop.prompts.figures import answered, place_among, whole
from workshop.prompts.kind import ITEMS_LIMIT, PAGE, Fields
from workshop.refusals import Problem, Wrong


@dataclass(frozen=True, slots=True)
class RankingRules:
    """The template's own items (none where they are carried over); how many may be placed, and how many have to be in
    an answer that places any."""

    options: tuple[Item, ...]
    most: int
    least: int

    def places(self, items: int) -> int:
        """How many places there are with so many items."""
        return min(self.most, items)


@dataclass(frozen=True, slots=True)
class Ranked:
    """An item with its points, and how many people gave it a place at all; equal points share a place."""

    key: str
    label: Text
    points: int
    placed: int
    place: int
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankingResult:
    """Most points first."""

    people: int
    items: tuple[Ranked, ...]

    @property
    def size(self) -> int:
        return len(self.items)

    @property
    def per_page(self) -> int:
        return PAGE


class RankingKind:
    """Borda, in points that stay whole: in each answer an item gets two points for every item that it stands before.
    Items without a place stand together behind all others and share what is left: one point for every other of them.
    So everybody gives the same number of points, n·(n−1) for n items, however many of them they placed. (It is twice
    the usual n−1, n−2, …, 0 with the mean of the places left for those without one.)"""

    name = "ranking"
    takes_items = True

    def read(self, fields: Fields) -> RankingRules:
        options = tuple(Item(key, label) for key, label in fields.labelled("options", 0, ITEMS_LIMIT))
        most = fields.integer("most", ITEMS_LIMIT, 1, ITEMS_LIMIT)
        return RankingRules(options, most, fields.integer("least", 0, 0, most))

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return bool(items)

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        """Places 1, 2, 3 … without a gap and each once; an item without a place is not in the order."""
        rules, known = ranking_rules(prompt), {item.key for item in items}
        last = rules.places(len(items))
        places: dict[str, int] = {}
        problems: list[Problem] = []
        for key, typed in given.items():
            if not answered(typed):
                continue
            place = whole(typed)
            if key not in known:
                problems.append(Problem(prompt.id, key, Wrong.NOT_AN_OPTION))
            elif place is None or not 1 <= place <= last:
                problems.append(Problem(prompt.id, key, Wrong.NOT_ON_SCALE, place or 0, last, 1))
            else:
                places[key] = place
        problems = problems or _out_of_order(prompt, places, min(rules.least, last))
        if problems:
            return tuple(problems)
        return {"order": sorted(places, key=lambda key: places[key])} if places else None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return {key: str(place) for place, key in enumerate(_order(value), 1)}

    def about(self, value: Value) -> frozenset[str]:
        return frozenset(_order(value))

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        return ()

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> RankingResult:
        """What a moderator has hidden since is not among the items: the others close up."""
        points = {item.key: 0 for item in items}
        placed: Counter[str] = Counter()
        for answer in answers:
            order = [key for key in _order(answer.value) if key in points]
            placed.update(order)
            for before, key in enumerate(order, 1):
                points[key] += 2 * (len(points) - before)
            for key in points.keys() - set(order):
                points[key] += len(points) - len(order) - 1
        totals = list(points.values())
        found = tuple(
            Ranked(
                item.key,
                item.label,
                points[item.key],
                placed[item.key],
                place_among(points[item.key], totals),
                item.entries,
            )
            for item in sorted(items, key=lambda item: -points[item.key])
        )
        return RankingResult(len(answers), found)

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        """The items that anybody gave a place, by points; what was last for everybody has none, and weighs one."""
        found = self.tally(prompt, items, answers, {}, hidden).items
        return tuple(
            Item(item.key, item.label, prompt.id, max(item.points, 1), item.entries) for item in found if item.placed
        )


def _out_of_order(prompt: Prompt, places: Mapping[str, int], least: int) -> list[Problem]:
    """Places taken twice, the first place left out (said at the item that stands after it), too few places."""
    problems: list[Problem] = []
    taken: set[int] = set()
    for key, place in places.items():
        if place in taken:
            problems.append(Problem(prompt.id, key, Wrong.PLACE_TAKEN, place))
        taken.add(place)
    gap = next((place for place in range(1, len(places) + 1) if place not in taken), 0)
    behind = [key for key, place in places.items() if place > gap]
    if gap and behind:
        after = min(behind, key=lambda key: places[key])
        problems.append(Problem(prompt.id, after, Wrong.PLACE_LEFT_OUT, places[after], gap))
    if not problems and 0 < len(places) < least:
        problems.append(Problem(prompt.id, "", Wrong.TOO_FEW, len(places), least))
    return problems


def ranking_rules(prompt: Prompt) -> RankingRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, RankingRules)
    return prompt.rules


def _order(value: Value) -> list[str]:
    order = value["order"]
    return [str(key) for key in order] if isinstance(order, list) else []


KIND = RankingKind()
