"""What was promised to be erased is erased, in time and not before, and only that."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from store.posts import Posts
from store.retention import AT_ONCE, Retention
from store.tables import answers, audit, people, posts, workshops
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, HOME, START, TENANT, gave
from workshop import commands as c
from workshop.model import Status
from workshop.service import Change

DAYS = 60


class Hand:
    """The clock."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


async def ended(stored: Stored, workshop: str = "w1", home: str = HOME) -> None:
    await stored.begin("jan", "ola", workshop=workshop, home=home)
    await stored.done(gave("jan", "words of Jan", workshop=workshop))
    await Posts(stored.writer, stored.reader).intend(workshop, "lobby", START)
    await stored.done(Change(c.Finish(workshop=workshop, by=ANA), START))


def everything(stored: Stored) -> str:
    """All that stands in the tables, as one text."""
    with stored.engine.connect() as connection:
        rows = [connection.execute(sa.select(table)).all() for table in (workshops, people, answers, audit, posts)]
    return repr(rows)


async def test_not_a_moment_before_its_time(stored: Stored) -> None:
    await ended(stored)
    clock = Hand(START + timedelta(days=DAYS) - timedelta(seconds=1))
    assert await Retention(stored.writer, clock, DAYS).tick() == 0
    assert "words of Jan" in everything(stored)
    clock.now += timedelta(seconds=1)
    assert await Retention(stored.writer, clock, DAYS).tick() == 1
    assert await Retention(stored.writer, clock, DAYS).tick() == 0, "once is enough"


async def test_nothing_of_people_is_left_but_that_it_was_erased(stored: Stored) -> None:
    await ended(stored)
    now = START + timedelta(days=DAYS)
    await Retention(stored.writer, Hand(now), DAYS).tick()
    left = everything(stored)
    for gone in ("words of Jan", "jan", "ola", ANA, HOME):
        assert gone not in left, gone
    assert (stored.count(people), stored.count(answers), stored.count(posts)) == (0, 0, 0)
    with stored.engine.connect() as connection:
        trail = connection.execute(sa.select(audit.c.action, audit.c.at, audit.c.by)).all()
    assert trail == [("Erased", now, "system")]


async def test_what_is_left_is_found_by_nobody_and_breaks_nothing(stored: Stored) -> None:
    await ended(stored)
    await Retention(stored.writer, Hand(START + timedelta(days=DAYS)), DAYS).tick()
    assert await stored.reader.newest_in(TENANT, HOME) is None
    assert list(await stored.reader.of_person("jan")) == []
    left = await stored.workshop()
    assert (left.title, left.status, dict(left.people)) == ("", Status.FINISHED, {})
    await stored.begin("jan", workshop="w2", home=HOME)  # a new one can begin there


async def test_a_workshop_that_goes_on_is_left_alone(stored: Stored) -> None:
    await stored.begin("jan")
    await stored.done(gave("jan", "words of Jan"))
    assert await Retention(stored.writer, Hand(START + timedelta(days=999)), DAYS).tick() == 0
    assert "words of Jan" in everything(stored)


async def test_more_than_go_at_once_all_go(stored: Stored) -> None:
    for number in range(AT_ONCE + 1):
        await ended(stored, f"w{number}", f"home {number}")
    assert await Retention(stored.writer, Hand(START + timedelta(days=DAYS)), DAYS).tick() == AT_ONCE + 1
