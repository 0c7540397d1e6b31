"""How even the groups are, beside chance and beside the best there is, and how long forming them takes.

Needs nothing but the project. docs/groups.md explains the figures.
"""

from __future__ import annotations

import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence

from workshop.groups import Formed, Groups, Member, Mix, Wish, form, in_order, spread

MIX = in_order(Mix.COUNTRY, Mix.INSTITUTION, Mix.ROLE)
SPLITS = 200
"""Random splits to compare with."""
ROUNDS = 5
"""Times that each forming is timed; the median counts."""


def crowd(size: int, seed: int) -> list[Member]:
    """People as they come: four countries of unlike size, some institutions that sent many, roles, gaps."""
    chance, members = random.Random(seed), []
    for number in range(size):
        country = chance.choices(("Poland", "Bulgaria", "Latvia", "Hungary"), (4, 3, 2, 2))[0]
        institution = f"{country} {min(chance.randrange(9), chance.randrange(9))}" if chance.random() < 0.95 else ""
        members.append(Member(f"p{number:04}", country, institution, chance.choice(("head", "expert", "officer", ""))))
    return members


def with_rules(members: Sequence[Member], number: int) -> Wish:
    """A wish with many rules: teams of three that stay together, threes that sit apart, people placed by hand."""
    ids = [member.id for member in members]
    random.Random(1).shuffle(ids)
    third = len(ids) // 3
    teams = tuple(frozenset(ids[at : at + 3]) for at in range(0, third, 10))
    apart = tuple(frozenset(ids[at : at + 3]) for at in range(third, 2 * third, 10))
    placed = {person: 1 + place % number for place, person in enumerate(ids[2 * third :: 10])}
    return Wish(number=number, together=teams, apart=apart, placed=placed)


def formed(members: Sequence[Member], wish: Wish) -> Formed:
    """The groups; a refusal would be a mistake of this file."""
    found = form(members, wish)
    if not isinstance(found, Formed):
        raise TypeError(found)
    return found


def random_split(members: Sequence[Member], number: int, chance: random.Random) -> Groups:
    """Even sizes, and nothing else looked at."""
    ids = [member.id for member in members]
    chance.shuffle(ids)
    return {group + 1: tuple(ids[group::number]) for group in range(number)}


def even_splits(ids: Sequence[str], number: int) -> Iterator[Groups]:
    """Every way to divide people into groups whose sizes differ by one at most."""
    largest, over = -(-len(ids) // number), len(ids) % number or number

    def seat(at: int, groups: tuple[tuple[str, ...], ...]) -> Iterator[Groups]:
        if at == len(ids):
            if len(groups) == number and sum(len(group) == largest for group in groups) == over:
                yield dict(enumerate(groups, 1))
            return
        for place, group in enumerate(groups):
            if len(group) < largest:
                yield from seat(at + 1, (*groups[:place], (*group, ids[at]), *groups[place + 1 :]))
        if len(groups) < number:
            yield from seat(at + 1, (*groups, (ids[at],)))

    return seat(0, ())


def timed(members: Sequence[Member], wish: Wish) -> tuple[Formed, float]:
    """The groups and the median of the CPU seconds that forming them took."""
    found, times = formed(members, wish), []
    for _ in range(ROUNDS):
        began = time.process_time()
        formed(members, wish)
        times.append(time.process_time() - began)
    return found, statistics.median(times)


def beside_chance() -> Iterator[str]:
    """Without rules, with rules, and with one rule that no even spread allows, so that the search runs to its end."""
    yield "measure (0: as even as can be, 1: everybody of a value in one group), groups of about six"
    title = f"chance: median, best of {SPLITS}"
    yield f"  {'people':>6} {'groups':>6} {'Kolbot':>9} {'proved':>6} {title:>30} {'CPU time':>9}"
    for size in (20, 80, 200, 500):
        members = crowd(size, size)
        number = len(formed(members, Wish(size=6)).groups)
        many = Wish(number=number, together=(frozenset(member.id for member in members[: size // 3]),))
        rules = with_rules(members, number)
        for name, wish in (("", Wish(size=6)), ("with rules", rules), ("a third kept together", many)):
            found, seconds = timed(members, wish)
            chance = random.Random(size)
            splits = sorted(
                float(spread(random_split(members, number, chance), members, MIX).measure) for _ in range(SPLITS)
            )
            beside = f"{statistics.median(splits):.4f}, {splits[0]:.4f}"
            yield (
                f"  {size:6} {number:6} {float(found.spread.measure):9.5f} {'yes' if found.best else 'no':>6} "
                f"{beside:>30} {seconds * 1000:6.0f} ms  {name}"
            )


def beside_the_best() -> Iterator[str]:
    """Small cases, where every division can be looked at."""
    cases, equal, proved, chances = 0, 0, 0, []
    for size, number in ((6, 2), (7, 3), (8, 2), (8, 3), (9, 3)):
        for seed in range(8):
            members = crowd(size, 1000 * size + seed)
            splits = [spread(groups, members, MIX).measure for groups in even_splits([m.id for m in members], number)]
            found = formed(members, Wish(number=number))
            cases, proved = cases + 1, proved + found.best
            equal += found.spread.measure == min(splits)
            chances.append(sum(split == min(splits) for split in splits) / len(splits))
    yield f"{cases} small cases (6 to 9 people, 2 or 3 groups): {equal} as even as the best of all, {proved} proved"
    yield f"  a random even split is that good in {100 * statistics.median(chances):.0f} % (median)"


def main() -> int:
    """Measure and print."""
    machine: Mapping[str, object] = {
        "cores": os.cpu_count(), "Python": platform.python_version(),
        "load before": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown",
    }  # fmt: skip
    date = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    for line in (*beside_chance(), *beside_the_best()):
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"{date}, {', '.join(f'{name} {value}' for name, value in machine.items())}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
