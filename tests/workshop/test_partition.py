"""The search behind the groups, on costs that mean nothing: as good as looking at everything, and it always ends."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import combinations, product

import pytest
from hypothesis import given, settings, strategies as st

from workshop.partition import SMALL, least_pairs, partition


def random_costs(things: int, seed: int, dearest: int = 9) -> list[list[int]]:
    chance = random.Random(seed)
    costs = [[0] * things for _ in range(things)]
    for one, other in combinations(range(things), 2):
        costs[one][other] = costs[other][one] = chance.randint(0, dearest)
    return costs


def cost(costs: Sequence[Sequence[int]], at: Sequence[int]) -> int:
    return sum(costs[one][other] for one, other in combinations(range(len(at)), 2) if at[one] == at[other])


def least(costs: Sequence[Sequence[int]], groups: int, fixed: Mapping[int, int]) -> int:
    places = [[fixed[thing]] if thing in fixed else range(groups) for thing in range(len(costs))]
    return min(cost(costs, at) for at in product(*places))


@pytest.mark.no_cover
@settings(max_examples=60, deadline=None)
@given(st.integers(1, 6), st.integers(1, 3), st.integers(0, 10**6), st.data())
def test_few_things_cost_the_least_and_it_is_proved(things: int, groups: int, seed: int, data: st.DataObject) -> None:
    costs = random_costs(things, seed)
    places = st.dictionaries(st.integers(0, things - 1), st.integers(0, groups - 1), max_size=things)
    fixed = data.draw(places)
    at, proved = partition(costs, groups, fixed)
    assert cost(costs, at) == least(costs, groups, fixed)
    assert proved
    assert all(at[thing] == group for thing, group in fixed.items())


@pytest.mark.no_cover
@pytest.mark.parametrize(("things", "groups"), [(8, 4), (9, 3), (12, 2)])
def test_looking_through_finds_what_no_search_was_made_for(things: int, groups: int) -> None:
    for seed in range(3):
        costs = random_costs(things, seed, 1000)
        at, proved = partition(costs, groups, {}, effort=0)
        assert cost(costs, at) == least(costs, groups, {0: 0})  # which group is the first does not matter
        assert proved


def test_what_is_too_many_to_look_through_is_not_called_proved() -> None:
    costs = random_costs(SMALL, 1, 10**6)
    assert partition(costs, 6, {}, effort=0)[1] is False
    assert partition(random_costs(SMALL + 1, 1, 10**6), 2, {})[1] is False


def test_many_things_cost_less_with_more_effort_and_never_more_than_by_chance() -> None:
    costs = random_costs(40, 7, 10**6)
    chance = random.Random(1)
    by_chance = min(cost(costs, [chance.randrange(5) for _ in range(40)]) for _ in range(200))
    little, much = (cost(costs, partition(costs, 5, {}, effort=effort)[0]) for effort in (0, 300_000))
    assert much < little < by_chance


def test_reaching_the_floor_ends_the_search_and_proves() -> None:
    """Twenty alike things in four groups: any even arrangement costs the floor."""
    costs = [[int(one != other) for other in range(20)] for one in range(20)]
    floor = least_pairs(20, 4)
    at, proved = partition(costs, 4, {}, floor=floor, effort=10**12)  # it would not end within a year
    assert (cost(costs, at), proved) == (floor, True)


def test_the_same_question_has_the_same_answer() -> None:
    costs = random_costs(25, 3)
    assert partition(costs, 4, {3: 1}, effort=20_000) == partition(costs, 4, {3: 1}, effort=20_000)


def test_nothing_is_free_to_go() -> None:
    assert partition(random_costs(3, 1), 2, {0: 1, 1: 0, 2: 1}) == ([1, 0, 1], True)


@pytest.mark.parametrize(
    ("things", "groups", "pairs"), [(0, 3, 0), (1, 1, 0), (3, 3, 0), (4, 3, 1), (6, 3, 3), (7, 3, 5), (7, 1, 21)]
)
def test_the_fewest_pairs(things: int, groups: int, pairs: int) -> None:
    assert least_pairs(things, groups) == pairs
