"""Balanced groups: who sits with whom, and how even that is. It never moves anybody who was placed by hand.

The measure, for one attribute (country, institution, role), counts the pairs of people who share its value and sit in
one group; for n people of a value and g groups, with n = q * g + r:

    E = (pairs - least) / (most - least)
    least = sum over values of g * q * (q - 1) / 2 + r * q      the fewest pairs that whole people allow
    most  = sum over values of n * (n - 1) / 2                  everybody of one value in one group

So 0 is as even as can be, and 1 the worst. (Twice the pairs are the squares of how many of a value each group has, less
their sum: fewest pairs are the least squared deviation from the even share.) The whole is the mean of E by the weights
of the attributes that can differ at all; an unknown value ("") counts to nothing. Rules come before even sizes, and
even sizes before the measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from math import lcm

from workshop.partition import least_pairs, partition
from workshop.prompts.kind import fold

Groups = Mapping[int, tuple[str, ...]]
"""Ids of people by the number of their group: from 1, and a group keeps its number for ever."""


class Mix(StrEnum):
    """By what groups are mixed: the names of the fields of a `Member`."""

    COUNTRY = "country"
    INSTITUTION = "institution"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody to sit in a group. Values are compared without case and outer spaces; "" is unknown."""

    id: str
    country: str = ""
    institution: str = ""
    role: str = ""


def in_order(*attributes: Mix) -> tuple[tuple[Mix, int], ...]:
    """Weights for attributes in the order of their importance: 3, 2, 1 for three of them."""
    return tuple((attribute, len(attributes) - place) for place, attribute in enumerate(attributes))


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: so many groups, or groups of about a size; and the rules, which always hold. Ids of people
    who are not there count for nothing, so that a rule outlives who has left."""

    number: int | None = None
    size: int | None = None
    """Either of the two, from 1. For a size: the number of groups whose mean size is nearest, of two the smaller."""
    least: int = 1
    most: int | None = None
    """Fewest and most people in a group. Rules may make a group smaller than `least`, never larger than `most`;
    fewer people than `least` in all are one group."""
    mix_by: tuple[tuple[Mix, int], ...] = in_order(Mix.COUNTRY, Mix.INSTITUTION, Mix.ROLE)
    """Attributes with their weights, each from 1."""
    together: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()
    """No two people of such a set sit in one group."""
    placed: Mapping[str, int] = field(default_factory=dict)
    """Groups chosen by hand."""


class Why(StrEnum):
    """Why groups cannot be formed, with the numbers that its sentence needs."""

    NOBODY = "nobody"
    WRONG_WISH = "wrong_wish"
    """number, size, least, most (0: not given): one below 1, both or neither of the first two, or least above most."""
    EMPTY_GROUPS = "empty_groups"
    """groups, people, empty: so many groups would have nobody."""
    NO_SIZE_FITS = "no_size_fits"
    """people, least, most (0: not given): no even division has sizes from least to most."""
    TOGETHER_TOO_MANY = "together_too_many"
    """people, most: those who stay together are more than a group may have."""
    APART_TOO_MANY = "apart_too_many"
    """people, groups: those who sit apart are more than there are groups."""
    TOGETHER_AND_APART = "together_and_apart"
    PLACED_AGAINST_RULES = "placed_against_rules"
    """Who stays together was placed in different groups, or who sits apart in one."""
    NO_SUCH_GROUP = "no_such_group"
    """group, groups: somebody was placed in a group that there is not."""
    FULL = "full"
    """people, most: whatever is done, a group would have so many people (for a latecomer: every group that may be)."""
    RULES_CLASH = "rules_clash"
    """No arrangement keeps every rule: for few people that is certain, among many none was found."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """Nothing was formed: why, the numbers to say, and the people it is about."""

    why: Why
    numbers: Mapping[str, int] = field(default_factory=dict)
    who: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Share:
    """One attribute: pairs of people with the same value in one group, at least and at most so many."""

    pairs: int
    least: int
    most: int

    @property
    def measure(self) -> Fraction:
        """From 0, as even as can be, to 1; 0 where it cannot differ."""
        return Fraction(self.pairs - self.least, self.most - self.least) if self.most > self.least else Fraction(0)


@dataclass(frozen=True, slots=True)
class Spread:
    """How evenly people are spread: from 0 (best) to 1, exact, and what it is made of."""

    measure: Fraction
    shares: Mapping[Mix, Share]


@dataclass(frozen=True, slots=True)
class Formed:
    """Groups numbered from 1, ids in order; `best`: it is proved that no arrangement is more even."""

    groups: Groups
    spread: Spread
    best: bool


def spread(groups: Groups, members: Iterable[Member], mix_by: Sequence[tuple[Mix, int]]) -> Spread:
    """The measure of groups as they stand; who sits in none counts for nothing. At least one group."""
    at = {person: number for number, people in groups.items() for person in people}
    seated = [member for member in members if member.id in at]
    shares, whole, weights = {}, Fraction(0), 0
    for attribute, weight in mix_by:
        values = [(value_of(member, attribute), at[member.id]) for member in seated if value_of(member, attribute)]
        totals = Counter(value for value, _ in values).values()
        pairs = sum(n * (n - 1) // 2 for n in Counter(values).values())
        share = Share(pairs, sum(least_pairs(n, len(groups)) for n in totals), sum(n * (n - 1) // 2 for n in totals))
        shares[attribute] = share
        if share.most > share.least:
            whole, weights = whole + weight * share.measure, weights + weight
    return Spread(whole / weights if weights else whole, shares)


def value_of(member: Member, attribute: Mix) -> str:
    """A member's value as it is compared; "" where it is unknown."""
    return fold(str(getattr(member, attribute)))


def form(members: Iterable[Member], wish: Wish) -> Formed | Impossible:
    """The most even groups that the search finds, the same for the same people in whatever order.

    Two members with one id, or a weight below 1 or given twice, are a mistake of the caller: ValueError.
    """
    people = sorted(members, key=lambda member: member.id)
    ids = [member.id for member in people]
    twice = len(set(ids)) < len(ids) or len(dict(wish.mix_by)) < len(wish.mix_by)
    if twice or any(weight < 1 for _, weight in wish.mix_by):
        raise ValueError("an id or an attribute twice, or a weight below 1")
    if not people:
        return Impossible(Why.NOBODY)
    units = _units(ids, wish.together)
    number = _how_many(len(people), len(units), wish)
    if isinstance(number, Impossible):
        return number
    fixed = {unit: wish.placed[id] - 1 for unit, some in enumerate(units) for id in some if id in wish.placed}
    against = _against(units, number, fixed, wish)
    if against is not None:
        return against
    groups, proved = _arranged(people, units, number, fixed, wish)
    clash = [rule for rule in wish.apart for some in groups.values() if len(rule.intersection(some)) > 1]
    if clash:
        return Impossible(Why.RULES_CLASH, who=frozenset().union(*clash).intersection(ids))
    largest = max(len(some) for some in groups.values())
    if wish.most is not None and largest > wish.most:
        return Impossible(Why.FULL, {"people": largest, "most": wish.most})
    return Formed(groups, spread(groups, people, wish.mix_by), proved)


def _units(ids: Sequence[str], together: Sequence[frozenset[str]]) -> list[list[str]]:
    """What goes as one: everybody alone, or with whom they stay together; in the order of ids."""
    unit_of = {id: [id] for id in ids}
    for rule in together:
        joined = sorted({other for id in rule if id in unit_of for other in unit_of[id]})
        unit_of.update(dict.fromkeys(joined, joined))
    return [unit_of[id] for id in ids if unit_of[id][0] == id]


def _how_many(people: int, units: int, wish: Wish) -> int | Impossible:
    """The number of groups that was asked for, or whose even size is nearest to the one that was."""
    most = people if wish.most is None else wish.most
    asked = {"number": wish.number, "size": wish.size, "least": wish.least, "most": wish.most}
    if any(n is not None and n < 1 for n in asked.values()) or (wish.number is None) == (wish.size is None):
        return Impossible(Why.WRONG_WISH, {name: n or 0 for name, n in asked.items()})
    if wish.most is not None and wish.least > wish.most:
        return Impossible(Why.WRONG_WISH, {name: n or 0 for name, n in asked.items()})
    if wish.number is not None and wish.number > units:
        return Impossible(
            Why.EMPTY_GROUPS, {"groups": wish.number, "people": people, "empty": wish.number - units}
        )
    fitting = [
        number
        for number in ([wish.number] if wish.number is not None else range(1, units + 1))
        if (number == 1 or people // number >= wish.least) and -(-people // number) <= most
    ]
    if not fitting:
        return Impossible(Why.NO_SIZE_FITS, {"people": people, "least": wish.least, "most": wish.most or 0})
    size = wish.size or 1
    return min(fitting, key=lambda number: (Fraction(abs(people - size * number), number), number))


def _against(units: Sequence[Sequence[str]], number: int, fixed: Mapping[int, int], wish: Wish) -> Impossible | None:
    """The rule that cannot hold, whatever the arrangement."""
    unit_of = {id: unit for unit, some in enumerate(units) for id in some}
    for some in units:
        if wish.most is not None and len(some) > wish.most:
            return Impossible(Why.TOGETHER_TOO_MANY, {"people": len(some), "most": wish.most}, frozenset(some))
        hands = {wish.placed[id] for id in some if id in wish.placed}
        if any(not 1 <= hand <= number for hand in hands):
            return Impossible(Why.NO_SUCH_GROUP, {"group": max(hands), "groups": number}, frozenset(some))
        if len(hands) > 1:
            return Impossible(Why.PLACED_AGAINST_RULES, who=frozenset(some))
    for rule in wish.apart:
        there = sorted(rule.intersection(unit_of))
        if len(there) > number:
            return Impossible(Why.APART_TOO_MANY, {"people": len(there), "groups": number}, frozenset(there))
        for one, other in combinations(there, 2):
            first, second = unit_of[one], unit_of[other]
            if first == second:
                return Impossible(Why.TOGETHER_AND_APART, who=frozenset({one, other}))
            if first in fixed and fixed[first] == fixed.get(second):
                return Impossible(Why.PLACED_AGAINST_RULES, who=frozenset({one, other}))
    empty = number - len(set(fixed.values())) - (len(units) - len(fixed))
    if empty > 0:
        return Impossible(Why.EMPTY_GROUPS, {"groups": number, "people": len(unit_of), "empty": empty})
    return None


def _arranged(
    people: Sequence[Member], units: Sequence[Sequence[str]], number: int, fixed: Mapping[int, int], wish: Wish
) -> tuple[Groups, bool]:
    """Groups as even as the search makes them. Everything is what two people in one group cost: with a shared value a
    little, any two more than all values (so that sizes are even), two who sit apart more than anything."""
    unit_of = {id: unit for unit, some in enumerate(units) for id in some}
    shares = spread({1: tuple(unit_of)} | dict.fromkeys(range(2, number + 1), ()), people, wish.mix_by).shares
    ranges = lcm(*(share.most - share.least or 1 for share in shares.values()))
    alike = [  # people who share a value, and what a pair of them costs: whole numbers, so that sums are exact
        (some, weight * ranges // (shares[attribute].most - shares[attribute].least or 1))
        for attribute, weight in wish.mix_by
        for some in _alike(people, attribute)
    ]
    both = 1 + sum(cost * len(some) * (len(some) - 1) // 2 for some, cost in alike)
    costs = [[0] * len(units) for _ in units]
    floor = 0
    for some, cost in [([member.id for member in people], both), *alike]:
        pairs = Counter((unit_of[one], unit_of[other]) for one, other in combinations(some, 2))
        inner = sum(n for (first, second), n in pairs.items() if first == second)
        floor += cost * max(least_pairs(len(some), number) - inner, 0)
        for (first, second), n in pairs.items():
            if first != second:
                costs[first][second] += cost * n
                costs[second][first] += cost * n
    never = 1 + both * len(people) ** 2
    for rule in wish.apart:
        for one, other in combinations(sorted(rule.intersection(unit_of)), 2):
            costs[unit_of[one]][unit_of[other]] += never
            costs[unit_of[other]][unit_of[one]] += never
    at, proved = partition(costs, number, fixed, floor)
    by_group: list[list[str]] = [[] for _ in range(number)]
    for id, unit in sorted(unit_of.items()):
        by_group[at[unit]].append(id)
    taken = {group + 1: tuple(by_group[group]) for group in set(fixed.values())}
    free = sorted(tuple(some) for group, some in enumerate(by_group) if group + 1 not in taken)
    rest = dict(zip((group for group in range(1, number + 1) if group not in taken), free, strict=True))
    return dict(sorted((taken | rest).items())), proved


def _alike(people: Sequence[Member], attribute: Mix) -> Iterable[list[str]]:
    """The people of each value."""
    by_value: dict[str, list[str]] = {}
    for member in people:
        if value := value_of(member, attribute):
            by_value.setdefault(value, []).append(member.id)
    return by_value.values()
