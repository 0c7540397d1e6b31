"""A deadline in the time of every zone that is present. Where all are in one, each reader's Teams says theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cards.elements import HALF_A_DAY
from locales import Words
from locales.zones import zone, zone_of_country
from workshop.model import Person
from workshop.tally import Board

NAMED = 4
"""So many different times are said with the cities they are of; more with their distance from UTC."""
MOST = 8
"""Of more different times none is said: each reader's Teams says theirs."""
CITIES = 3
"""Of each time."""


def zones_of(people: Sequence[Person], known: Mapping[str, str]) -> tuple[str, ...]:
    """The zones of these people: of their Teams, else of the country that they named where it has just one."""
    said = {known.get(person.id) or person.country for person in people}  # few, however many people there are
    found = (name if zone(name) is not None else zone_of_country(name) for name in said)
    return tuple(sorted({name for name in found if name}))


def closing(at: datetime, minutes: int, board: Board, say: Words) -> str:
    """When a step of so many minutes ends, for those who see this board; empty where each reader's Teams says it."""
    w = board.workshop
    group = next((one for one in w.groups if one.number == board.group), None)
    of_group = {*group.members, *group.facilitators} if group else set()
    there = [person for person in w.people.values() if person.joined or person.facilitator]
    there = [person for person in there if group is None or person.id in of_group]
    return times(at, minutes, zones_of(there, board.zones), say)


def times(at: datetime, within: int, zones: Sequence[str], say: Words) -> str:
    """An instant as "10:45 (Warsaw), 11:45 (Riga, Sofia)", with days where it is within more than half a day (`within`
    is in minutes) or not the same day everywhere; empty where one time says it for all, or there are too many."""
    by_time: dict[datetime, list[str]] = {}
    for name in zones:
        there = zone(name)
        assert there is not None, "zones_of leaves others out"
        by_time.setdefault(at.astimezone(there).replace(tzinfo=None), []).append(name)
    if not 1 < len(by_time) <= MOST:
        return ""
    days = within > HALF_A_DAY or len({local.date() for local in by_time}) > 1
    return ", ".join(
        f"{say.clock(local, days)} ({_called(names, local, at, len(by_time), say)})"
        for local, names in sorted(by_time.items())
    )


def _called(names: Sequence[str], local: datetime, at: datetime, many: int, say: Words) -> str:
    if many > NAMED:
        minutes = round((local - at.replace(tzinfo=None)).total_seconds() / 60)
        sign = "-" if minutes < 0 else "+"
        hours, left = divmod(abs(minutes), 60)
        return f"UTC{sign}{hours}:{left:02}" if left else f"UTC{sign}{hours}"
    cities = sorted({say.city(name) for name in names})
    return ", ".join(cities[:CITIES]) + (" …" if len(cities) > CITIES else "")
