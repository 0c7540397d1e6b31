"""A lease is had by one at a time, longer by its holder, by another when it ran out or was given back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from store.database import open_database
from store.heart import Beats, Heartbeat
from store.leases import Leases
from store.tables import leases as table
from store.writer import Writer
from tests.store.conftest import Stored
from tests.store.small_workshop import START, after, read_plan


@pytest.fixture
async def leases(engine: Engine) -> AsyncIterator[Leases]:
    writer = Writer(engine, read_plan)
    yield Leases(writer)
    await writer.close()


async def test_one_has_it_and_may_have_it_longer(leases: Leases) -> None:
    assert await leases.take("wall", "one", START, 20)
    assert not await leases.take("wall", "two", after(19.9), 20)
    assert await leases.take("wall", "one", after(10), 20)
    assert not await leases.take("wall", "two", after(29.9), 20)
    assert await leases.take("other wall", "two", START, 20)


async def test_it_runs_out_and_whoever_follows_knows_after_whom(leases: Leases) -> None:
    assert await leases.follow("wall", "one", START, 20) == ""
    assert await leases.follow("wall", "one", after(25), 20) == "", "its own"
    assert await leases.follow("wall", "two", after(44), 20) is None
    assert await leases.follow("wall", "two", after(45), 20) == "one"
    assert await leases.follow("wall", "one", after(46), 20) is None


async def test_the_lease_of_one_that_gives_no_sign_of_life_is_followed_at_once(stored: Stored) -> None:
    here, one = Leases(stored.writer), Heartbeat(stored.writer, "one")
    await one.beat(START)
    assert await here.take("wall", "one", after(0.5), 20)
    assert await here.follow("wall", "two", after(2.9), 20) is None, "it may be about to beat"
    await one.beat(after(3))
    assert await here.follow("wall", "two", after(5.9), 20) is None
    assert await here.follow("wall", "two", after(6), 20) == "one"
    assert await here.follow("wall", "one", after(6), 20) is None, "it was only stalled, and finds its lease lost"


async def test_a_lease_that_is_made_longer_is_a_sign_of_life_too(stored: Stored) -> None:
    here = Leases(stored.writer)
    await Heartbeat(stored.writer, "one").beat(START)
    assert await here.take("wall", "one", after(10), 20)
    assert not await here.take("wall", "two", after(12.9), 20)
    assert await here.follow("wall", "two", after(13), 20) == "one"


async def test_how_long_teams_said_to_wait_holds_though_its_hearer_died(stored: Stored) -> None:
    here = Leases(stored.writer)
    await Heartbeat(stored.writer, "one").beat(START)
    await here.take("wall", "one", START, 20)
    await here.give_back("wall", "one", after(19))
    assert not await here.take("wall", "two", after(18), 20)
    assert await here.follow("wall", "two", after(19), 20) == ""


async def test_who_was_never_heard_of_is_not_taken_for_dead(stored: Stored) -> None:
    here = Leases(stored.writer)
    assert not await here.silent("one", START)
    await Heartbeat(stored.writer, "one").beat(START)
    assert not await here.silent("one", after(2.9))
    assert await here.silent("one", after(3))


async def test_who_lives_is_who_beat_lately(stored: Stored) -> None:
    beats = Beats(stored.reader)
    assert await beats.since(START) == []
    await Heartbeat(stored.writer, "one").beat(START)
    await Heartbeat(stored.writer, "two").beat(after(4))
    assert await beats.since(START) == ["one", "two"]
    assert await beats.since(after(1)) == ["two"]


async def test_given_back_it_is_free_from_then_on(leases: Leases) -> None:
    await leases.take("wall", "one", START, 20)
    await leases.give_back("wall", "one", after(2))
    assert not await leases.take("wall", "two", after(1.9), 20)
    assert await leases.follow("wall", "two", after(2), 20) == "", "nothing was left open"
    await leases.give_back("wall", "one", after(3))
    assert not await leases.take("wall", "one", after(4), 20), "who no longer has it gives nothing back"


async def test_its_holder_may_take_it_again_at_any_time(leases: Leases) -> None:
    await leases.take("wall", "one", START, 20)
    await leases.give_back("wall", "one", after(60))
    assert await leases.take("wall", "one", after(1), 20)


async def test_of_many_who_ask_at_once_one_has_it(url: str) -> None:
    """Two instances of 16 holders each ask for 16 leases, in opposite orders."""
    engines = [open_database(url) for _ in range(2)]
    writers = [Writer(engine, read_plan) for engine in engines]
    names = [f"wall {number}" for number in range(16)]

    async def ask(writer: Writer, holder: str, wanted: list[str], second: int) -> list[bool]:
        here = Leases(writer)
        return list(await asyncio.gather(*(here.take(name, holder, after(second), 20) for name in wanted)))

    for round_ in range(3):  # new ones at first, then those that ran out
        told = await asyncio.gather(
            *(ask(writers[0], f"a{number}", names, round_ * 20) for number in range(16)),
            *(ask(writers[1], f"b{number}", names[::-1], round_ * 20) for number in range(16)),
        )
        one, other = told[:16], [answers[::-1] for answers in told[16:]]
        assert [sum(column) for column in zip(*one, *other, strict=True)] == [1] * 16
    for writer, engine in zip(writers, engines, strict=True):
        await writer.close()
        engine.dispose()


async def test_old_ones_are_cleared_away(stored: Stored) -> None:
    here = Leases(stored.writer)
    await here.take("old", "one", START, 20)
    await here.take("young", "one", after(3600), 20)
    await Heartbeat(stored.writer, "one").beat(START + timedelta(days=1, minutes=5))
    assert stored.count(table) == 1
