"""Links and tickets as they are kept: given once, recognised, over, taken back; never kept as they are held."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.database import open_database
from store.reader import Reader
from store.retention import Retention
from store.tables import tickets
from store.tickets import REMEMBERED, Tickets, Watch
from store.writer import Writer
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, START, after, joined, opened, read_plan
from tests.store.test_retention import ended
from workshop.passes import Pass, Sort

SOON, LATER = after(600), after(3600)
GIVEN = Pass("w1", ANA, "console", "pl", SOON)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(stored: Stored, clock: Clock) -> Tickets:
    return Tickets(stored.writer, stored.reader, clock)


async def test_a_link_is_spent_once_for_a_ticket(kept: Tickets) -> None:
    link = await kept.issue(GIVEN)
    assert await kept.look(link, Sort.LINK) == GIVEN
    assert await kept.look(link, Sort.TICKET) is None, "a link is no ticket"
    came = await kept.spend(link, LATER)
    assert came is not None
    assert came[0] == replace(GIVEN, until=LATER) == await kept.look(came[1], Sort.TICKET)
    assert await kept.spend(link, LATER) is None
    assert await kept.look(link, Sort.LINK) == replace(GIVEN, spent=True)
    assert await kept.spend(came[1], LATER) is None, "a ticket is no link"


async def test_what_is_held_is_nowhere_in_the_database(kept: Tickets, engine: Engine) -> None:
    link = await kept.issue(GIVEN)
    came = await kept.spend(link, LATER)
    assert came is not None
    with engine.connect() as connection:
        rows = repr(connection.execute(sa.select(tickets)).all())
    assert link not in rows and came[1] not in rows


async def test_a_changed_letter_is_another_link(kept: Tickets) -> None:
    link = await kept.issue(GIVEN)
    for place in range(len(link)):
        other = link[:place] + ("A" if link[place] != "A" else "B") + link[place + 1 :]
        assert await kept.look(other, Sort.LINK) is None
    assert await kept.look("\ud800", Sort.LINK) is None, "what cannot be encoded neither"


async def test_of_many_at_once_one_goes_in(kept: Tickets) -> None:
    link = await kept.issue(GIVEN)
    came = await asyncio.gather(*(kept.spend(link, LATER) for _ in range(8)))
    assert sum(one is not None for one in came) == 1


async def test_of_two_instances_one_lets_in(url: str, kept: Tickets, clock: Clock) -> None:
    link, engine = await kept.issue(GIVEN), open_database(url)
    writer, reader = Writer(engine, read_plan), Reader(engine, read_plan)
    other = Tickets(writer, reader, clock)
    came = await asyncio.gather(kept.spend(link, LATER), other.spend(link, LATER))
    assert sum(one is not None for one in came) == 1
    await writer.close()
    reader.close()
    engine.dispose()


async def test_a_link_is_over_in_time_and_forgotten_later(kept: Tickets, clock: Clock, stored: Stored) -> None:
    link = await kept.issue(GIVEN)
    clock.now = SOON
    assert await kept.spend(link, LATER) is None
    assert await kept.look(link, Sort.LINK) == GIVEN, "so that it can be said"
    retention = Retention(stored.writer, clock, 60)
    await retention.tick()
    assert await kept.look(link, Sort.LINK) is not None
    clock.now = SOON + REMEMBERED
    await retention.tick()
    assert await kept.look(link, Sort.LINK) is None


async def test_pages_hang_on_revisions_and_tickets(kept: Tickets, stored: Stored) -> None:
    await stored.done(opened())
    watch, link = Watch(stored.reader), await kept.issue(GIVEN)
    came = await kept.spend(link, LATER)
    assert came is not None
    ticket = came[1]
    first, held = await watch.look({"w1", "gone"}, {ticket, "never given"})
    assert first == {"w1": (await stored.workshop()).revision} and held == {ticket}
    await stored.done(joined("jan"))
    await kept.take_back(ticket)
    then, held = await watch.look({"w1"}, {ticket})
    assert then["w1"] > first["w1"] and not held
    assert await kept.look(ticket, Sort.TICKET) is None


async def test_with_a_workshop_its_tickets_are_erased(kept: Tickets, clock: Clock, stored: Stored) -> None:
    await ended(stored)
    link = await kept.issue(replace(GIVEN, until=START + timedelta(days=400)))
    clock.now = START + timedelta(days=100)
    await Retention(stored.writer, clock, 60).tick()
    assert await kept.look(link, Sort.LINK) is None
