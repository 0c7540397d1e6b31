"""Forms of the kinds in which people put items in order, spread points over them, or choose several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.workshop.given import chosen
from tests.workshop.given.case import ITEMS, NUMBERS, Case
from tests.workshop.session import asks
from workshop.model import Answer
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.points import PointsRules
from workshop.prompts.ranking import RankingRules

KEYS = [item.key for item in ITEMS]
TOTAL = 10


def _placed(order: Sequence[str]) -> Mapping[str, str]:
    return {key: str(place) for place, key in enumerate(order, 1)}


RANKS = st.one_of(
    st.permutations(KEYS).flatmap(lambda keys: st.integers(0, 3).map(lambda most: _placed(keys[:most]))),
    st.dictionaries(st.sampled_from(KEYS), NUMBERS),
)


def _borda(answers: Sequence[Answer]) -> object:
    """Twice what each place is worth: n-1, n-2, … 0, and the mean of what is left for those without one."""
    worth = dict.fromkeys(KEYS, Fraction())
    placed = dict.fromkeys(KEYS, 0)
    for one in answers:
        order: Any = one.value["order"]
        left = [len(KEYS) - place for place in range(len(order) + 1, len(KEYS) + 1)]
        for key in KEYS:
            if key in order:
                worth[key] += len(KEYS) - 1 - order.index(key)
                placed[key] += 1
            else:
                worth[key] += Fraction(sum(left), len(left))
    return {key: (2 * worth[key], placed[key]) for key in KEYS}


def _spread(numbers: Sequence[int]) -> Mapping[str, str]:
    return {key: str(number) for key, number in zip(KEYS, numbers, strict=True)}


SHARES = st.one_of(
    st.integers(0, TOTAL).flatmap(
        lambda first: st.integers(0, TOTAL - first).map(lambda second: _spread((first, second, TOTAL - first - second)))
    ),
    st.dictionaries(st.sampled_from(KEYS), NUMBERS),
)


def _points(answers: Sequence[Answer]) -> object:
    given: list[Any] = [one.value["points"] for one in answers]
    found = {}
    for key in KEYS:
        each = sorted(points.get(key, 0) for points in given)
        middle = (each[len(each) // 2] + each[(len(each) - 1) // 2]) / 2 if len(each) > 2 else None
        found[key] = sum(each), sum(number > 0 for number in each), middle
    return found


CASES = (
    Case(
        asks("ranks", "ranking", RankingRules((), 20, 0)),
        RANKS,
        _borda,
        lambda result: {item.key: (item.points, item.placed) for item in result.items},
    ),
    Case(
        asks("firsttwo", "ranking", RankingRules((), 2, 2), required=True),
        RANKS,
        _borda,
        lambda result: {item.key: (item.points, item.placed) for item in result.items},
    ),
    Case(
        asks("shares", "points", PointsRules((), TOTAL)),
        SHARES,
        _points,
        lambda result: {item.key: (item.points, item.givers, item.median) for item in result.items},
    ),
    replace(chosen.CASES[0], prompt=asks("several", "choices", ChoiceRules((), 4, True))),
)
