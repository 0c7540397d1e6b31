"""Groups against every arrangement there is: with few people, none is more even."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings, strategies as st

from tests.workshop.sitting import MIX, formed, people, sizes
from workshop.groups import Formed, Impossible, Member, Wish, form


def unevenness(groups: Mapping[int, Sequence[str]], members: Sequence[Member]) -> Fraction:
    """The measure in its other words: squared deviations from the even share."""
    whole, weights = Fraction(0), 0
    for mix, weight in MIX:
        now = least = most = Fraction(0)
        for value, n in Counter(getattr(member, mix) for member in members).items():
            if not value:
                continue
            having = {member.id for member in members if getattr(member, mix) == value}
            share = Fraction(n, len(groups))
            now += sum((len(having.intersection(group)) - share) ** 2 for group in groups.values())
            least += sum((n // len(groups) + (place < n % len(groups)) - share) ** 2 for place in range(len(groups)))
            most += (n - share) ** 2 + (len(groups) - 1) * share**2
        if most > least:
            whole, weights = whole + weight * (now - least) / (most - least), weights + weight
    return whole / weights if weights else whole


def arrangements(members: Sequence[Member], wish: Wish, number: int) -> Iterator[Mapping[int, tuple[str, ...]]]:
    """Every way to sit that keeps the rules and leaves no group empty."""
    for seats in product(range(1, number + 1), repeat=len(members)):
        at = {member.id: seat for member, seat in zip(members, seats, strict=True)}
        if (
            len(set(seats)) == number
            and all(at[id] == hand for id, hand in wish.placed.items())
            and all(len({at[id] for id in rule}) == 1 for rule in wish.together)
            and all(at[one] != at[other] for rule in wish.apart for one, other in combinations(rule, 2))
        ):
            yield {seat: tuple(id for id in at if at[id] == seat) for seat in set(seats)}


def best_by_hand(members: Sequence[Member], wish: Wish, number: int) -> tuple[int, Fraction] | None:
    """The evenest sizes (sum of squares) and then the least measure; nothing where no arrangement keeps the rules."""
    by_size: dict[int, set[frozenset[tuple[str, ...]]]] = {}
    for groups in arrangements(members, wish, number):
        by_size.setdefault(sum(len(group) ** 2 for group in groups.values()), set()).add(frozenset(groups.values()))
    if not by_size:
        return None
    evenest = min(by_size)
    return evenest, min(unevenness(dict(enumerate(groups)), members) for groups in by_size[evenest])


@st.composite
def small_cases(draw: st.DrawFn) -> tuple[list[Member], Wish]:
    """Up to seven people in up to three groups, with rules that may clash."""
    values = st.sampled_from(["", "a", "b", "c"])
    members = [Member(f"p{n:03}", draw(values), draw(values), draw(values)) for n in range(draw(st.integers(1, 7)))]
    some = st.frozensets(st.sampled_from([member.id for member in members]), min_size=1, max_size=3)
    number = draw(st.integers(1, 3))
    seats = st.dictionaries(st.sampled_from([member.id for member in members]), st.integers(1, number), max_size=2)
    together, apart = draw(st.lists(some, max_size=1)), draw(st.lists(some, max_size=2))
    return members, Wish(number=number, together=tuple(together), apart=tuple(apart), placed=draw(seats))


@settings(max_examples=120, deadline=None)
@given(small_cases())
def test_no_arrangement_of_few_people_is_more_even(case: tuple[list[Member], Wish]) -> None:
    members, wish = case
    number = wish.number or 0
    best = best_by_hand(members, wish, number)
    found = form(members, wish)
    if best is None:
        assert isinstance(found, Impossible), "there is no arrangement that keeps the rules"
        return
    assert isinstance(found, Formed), f"{best} would be possible"
    assert (sum(size**2 for size in sizes(found)), found.spread.measure) == best
    assert found.spread.measure == unevenness(found.groups, members)
    assert found.best
    assert all(found.groups[hand].count(id) == 1 for id, hand in wish.placed.items())
    at = {id: number for number, group in found.groups.items() for id in group}
    assert all(len({at[id] for id in rule}) == 1 for rule in wish.together)
    assert all(len({at[id] for id in rule}) == len(rule) for rule in wish.apart)


EIGHT = (
    ("aabbccdd", "xxxyyzzz", "rsrsrsrs"),
    ("aaaaabbc", "xyxyxyxy", "........"),
    ("abcdefgh", "xxxxyyyy", "rrsstt.."),
    ("aaaabbbb", "aaaabbbb", "abababab"),
    ("aaabbb..", "x.y.x.y.", "rrrr...."),
    ("aaaaaaaa", "xxxxxxxx", "rrrrrrrr"),
)


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("columns", EIGHT)
def test_eight_people_sit_as_evenly_as_any_eight_can(columns: tuple[str, str, str], number: int) -> None:
    members, wish = people(*columns), Wish(number=number)
    found = formed(members, wish)
    assert (sum(size**2 for size in sizes(found)), found.spread.measure) == best_by_hand(members, wish, number)
    assert found.best
