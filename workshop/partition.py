"""Divides things into groups so that having them together costs least. It never knows what the things are.

Whole numbers only, no clock and no chance: the same question has the same answer on every machine. The work is bounded
by how many exchanges are looked at, so it ends on a slow machine too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add, sub

EFFORT = 500_000
"""Exchanges looked at by the search. It never ends halfway to something better, so many things may take more."""
KICK = 3
"""Exchanges made blindly to leave an arrangement that no single exchange makes better."""
SMALL = 18
"""With up to so many things free to go, a proof is tried: every arrangement is looked through that could be better."""
PATIENCE = 20_000
"""How many beginnings of arrangements are looked at before the proof is given up."""


def least_pairs(things: int, groups: int) -> int:
    """How many pairs sit together at least when so many things are spread over the groups, as evenly as can be."""
    each, more = divmod(things, groups)
    return groups * each * (each - 1) // 2 + more * each


def partition(
    costs: Sequence[Sequence[int]], groups: int, fixed: Mapping[int, int], floor: int = 0, effort: int = EFFORT
) -> tuple[list[int], bool]:
    """The group (from 0) of each thing, and whether it is proved that nothing costs less.

    `costs[a][b]` is what it costs, from 0, to have the two in one group: as much as `costs[b][a]`, and 0 for a thing
    with itself. `fixed` things stay where they are. No arrangement can cost less than `floor`: reaching it ends the
    search.
    """
    search = _Search(costs, groups, fixed)
    small = len(search.free) <= SMALL
    search.look(floor, effort // 25 if small else effort)
    proved = search.least == floor or (small and search.look_through())
    if small and not proved:
        search.look(floor, effort)
        proved = search.least == floor
    return search.best, proved


class _Search:
    """One arrangement that is changed again and again, and the best that was met."""

    def __init__(self, costs: Sequence[Sequence[int]], groups: int, fixed: Mapping[int, int]) -> None:
        self.costs, self.groups, self.fixed = costs, groups, fixed
        # What costs most beside anything comes first: later it would find fewer places that suit it.
        order = sorted(range(len(costs)), key=lambda thing: (-sum(costs[thing]), thing))
        self.free = [thing for thing in order if thing not in fixed]
        self.number = 0x9E3779B97F4A7C15
        self.clear()
        self.best, self.least = list(self.at), -1

    def clear(self) -> None:
        """Nothing stands anywhere but what is fixed."""
        self.at = [-1] * len(self.costs)
        self.near = [[0] * len(self.costs) for _ in range(self.groups)]
        """What each thing would cost beside what stands in each group."""
        self.inside: list[set[int]] = [set() for _ in range(self.groups)]
        """What stands in each group and may leave it."""
        self.cost = 0
        for thing, group in self.fixed.items():
            self.put(thing, group)

    def put(self, thing: int, group: int) -> None:
        """Have the thing in this group, wherever it stood before; -1 takes it away."""
        old, row = self.at[thing], self.costs[thing]
        if old >= 0:
            self.cost -= self.near[old][thing]
            self.near[old] = list(map(sub, self.near[old], row))
            self.inside[old].discard(thing)
        if group >= 0:
            self.cost += self.near[group][thing]
            self.near[group] = list(map(add, self.near[group], row))
            if thing not in self.fixed:
                self.inside[group].add(thing)
        self.at[thing] = group

    def look(self, floor: int, effort: int) -> None:
        """Everything where it costs least as it comes; made better until no exchange helps; shaken, made better again.
        Going on from what is worse than the best finds as much as going back to it."""
        self.clear()
        for thing in self.free:
            self.put(thing, min(range(self.groups), key=lambda group: self.near[group][thing]))
        left = effort - self.settle()
        self.keep()
        while left > 0 and self.least > floor and len(self.free) > 1:
            for _ in range(KICK):
                self.swap(self.free[self.chance(len(self.free))], self.free[self.chance(len(self.free))])
            left -= self.settle()
            self.keep()

    def settle(self) -> int:
        """Make the best exchange or move of each thing in turn until none costs less; how many were looked at."""
        looked, since, turn = 0, 0, 0
        while since < len(self.free):
            thing = self.free[turn % len(self.free)]
            gain, group, other = self.best_change(thing)
            looked += len(self.free) + 4 * self.groups  # what a group costs to look at, beside what is in it
            turn, since = turn + 1, since + 1
            if gain < 0:
                since = 0
                if other >= 0:
                    self.swap(thing, other)
                else:
                    self.put(thing, group)
        return looked

    def best_change(self, thing: int) -> tuple[int, int, int]:
        """The change that costs least, as (difference, group, thing to exchange with or -1 for a move)."""
        mine, row = self.at[thing], self.costs[thing]
        here = self.near[mine]
        best = (0, mine, -1)
        for group, there in enumerate(self.near):
            if group == mine:
                continue
            move = there[thing] - here[thing]
            best = min(best, (move, group, -1))
            if inside := self.inside[group]:
                gain, other = min([(here[o] - there[o] - 2 * row[o], o) for o in inside])
                best = min(best, (move + gain, group, other))
        return best

    def swap(self, one: int, other: int) -> None:
        first, second = self.at[one], self.at[other]
        self.put(one, second)
        self.put(other, first)

    def keep(self) -> None:
        if self.least < 0 or self.cost < self.least:
            self.best, self.least = list(self.at), self.cost

    def chance(self, below: int) -> int:
        """A number that looks like chance and is the same on every machine."""
        self.number = (self.number * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.number >> 33) % below

    def look_through(self) -> bool:
        """Every arrangement, without those that can no longer be better than the best; whether it came to the end."""
        self.clear()
        pairs = [cost for a, row in enumerate(self.costs) for cost in row[a + 1 :]]
        self.cheapest = min(pairs, default=0)
        self.patience = PATIENCE
        self.descend(0)
        return self.patience > 0

    def descend(self, depth: int) -> None:
        if depth == len(self.free):
            self.keep()
            return
        rest = self.free[depth:]
        # None of the rest can cost less beside what stands, and among themselves they cost something too.
        bound = self.cost + self.cheapest * least_pairs(len(rest), self.groups)
        bound += sum(min(near[thing] for near in self.near) for thing in rest)
        self.patience -= 1
        if bound >= self.least or self.patience <= 0:
            return
        empty_tried = False
        for group in sorted(range(self.groups), key=lambda group: self.near[group][rest[0]]):
            empty = not self.inside[group] and group not in self.fixed.values()
            if empty and empty_tried:
                continue  # one empty group is like another
            empty_tried = empty_tried or empty
            self.put(rest[0], group)
            self.descend(depth + 1)
            self.put(rest[0], -1)
