"""Groups that exist already: moves by hand, latecomers, who leaves, groups that became too small.

A group keeps its number whatever happens to the others; one that empties is gone. Nothing here forms groups anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshop.groups import Groups, Impossible, Member, Spread, Why, Wish, spread


@dataclass(frozen=True, slots=True)
class Merge:
    """A proposal, applied only when somebody says so: this group goes into that one, and what comes of it."""

    group: int
    into: int
    groups: Groups
    spread: Spread


def move(groups: Groups, person: str, to: int) -> Groups:
    """A person moved by hand, whatever the rules say (`broken` tells). KeyError where there is no such person or
    group."""
    if to not in groups:
        raise KeyError(to)
    elsewhere = {**left(groups, person), to: groups[to]}
    seated = tuple(sorted({*elsewhere[to], person}))
    return dict(sorted({**elsewhere, to: seated}.items()))


def left(groups: Groups, person: str) -> Groups:
    """The groups without this person. KeyError where nobody of this id sits in one."""
    at = group_of(groups, person)
    if at is None:
        raise KeyError(person)
    rest = {**groups, at: tuple(id for id in groups[at] if id != person)}
    return {number: people for number, people in rest.items() if people}


def group_of(groups: Groups, person: str) -> int | None:
    """The number of a person's group; nothing for who sits in none."""
    return next((number for number, people in groups.items() if person in people), None)


def broken(groups: Groups, wish: Wish) -> tuple[frozenset[str], ...]:
    """The rules that do not hold: of each, the people who sit apart and should not, or together and should not."""
    found = []
    for rule in wish.together:
        seated = {id: number for id in rule if (number := group_of(groups, id)) is not None}
        if len(set(seated.values())) > 1:
            found.append(frozenset(seated))
    for rule in wish.apart:
        found += [both for people in groups.values() if len(both := rule.intersection(people)) > 1]
    return tuple(found)


def place(groups: Groups, members: Iterable[Member], person: str, wish: Wish) -> int | Impossible:
    """The number of the group for a latecomer: among the smallest that the rules leave, the one where the measure
    grows least, and of those the first. `members` are everybody, the latecomer too.

    A group chosen by hand comes first, then that of whoever they stay together with. `wish.most` holds always.
    """
    company = frozenset[str]().union(*(rule for rule in wish.together if person in rule)) - {person}
    with_them = {number for number, people in groups.items() if company.intersection(people)}
    by_hand = {wish.placed[person]} if person in wish.placed else set()
    if not groups or not by_hand <= groups.keys():
        numbers = {"group": max(by_hand, default=1), "groups": len(groups)}
        return Impossible(Why.NO_SUCH_GROUP, numbers, frozenset({person}))
    if len(with_them) > 1 or (by_hand and with_them and by_hand != with_them):
        return Impossible(Why.PLACED_AGAINST_RULES, who=company | {person})
    foes = frozenset[str]().union(*(rule for rule in wish.apart if person in rule)) - {person}
    allowed = by_hand or with_them or set(groups)
    open_to = [number for number in sorted(allowed) if not foes.intersection(groups[number])]
    if not open_to:
        seated = foes.intersection(id for number in allowed for id in groups[number])
        if by_hand or with_them:
            return Impossible(Why.PLACED_AGAINST_RULES if by_hand else Why.TOGETHER_AND_APART, who=seated | {person})
        return Impossible(Why.APART_TOO_MANY, {"people": len(seated) + 1, "groups": len(groups)}, seated | {person})
    smallest = min(len(groups[number]) for number in open_to)
    if wish.most is not None and smallest >= wish.most:
        return Impossible(Why.FULL, {"people": smallest + 1, "most": wish.most})
    known = list(members)
    among = [number for number in open_to if len(groups[number]) == smallest]
    return min(among, key=lambda n: spread({**groups, n: (*groups[n], person)}, known, wish.mix_by).measure)


def merge_small(groups: Groups, members: Iterable[Member], wish: Wish) -> Merge | None:
    """Where the smallest group below `wish.least` could go: into the one where the measure is best, of those that the
    rules and `wish.most` leave, and of those the smallest. Nothing where no group is too small, or none can take it."""
    known = list(members)
    for group in sorted(groups, key=lambda number: (len(groups[number]), number)):
        if len(groups[group]) >= wish.least:
            return None
        rest = {number: people for number, people in groups.items() if number != group}
        proposals = []
        for into, people in rest.items():
            merged = {**rest, into: tuple(sorted(people + groups[group]))}
            too_many = wish.most is not None and len(merged[into]) > wish.most
            if too_many or _worse(groups, merged, wish):
                continue
            proposals.append(Merge(group, into, merged, spread(merged, known, wish.mix_by)))
        if proposals:
            return min(proposals, key=lambda made: (made.spread.measure, len(made.groups[made.into]), made.into))
    return None


def _worse(before: Groups, after: Groups, wish: Wish) -> bool:
    """Whether a rule that held does so no longer."""
    return not set(broken(after, wish)) <= set(broken(before, wish))
