"""Which finished workshop a second cycle goes on from: of this thread, else of this channel; what it brought stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from store.retention import Retention
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, START, TENANT, after, opened
from tests.store.test_retention import Hand, ended, everything
from workshop import commands as c
from workshop.brought import Brought, Promise
from workshop.plan import Item, as_written
from workshop.service import Change

CHANNEL = "19:ch_nnel%@thread.tacv2"


async def found(stored: Stored, home: str, tenant: str = TENANT) -> str:
    workshop = await stored.reader.finished_in(tenant, home)
    return workshop.id if workshop else ""


async def test_the_newest_of_the_thread_else_of_the_channel(stored: Stored) -> None:
    assert await found(stored, CHANNEL) == ""
    await ended(stored, "w1", f"{CHANNEL};messageid=1")
    assert await found(stored, f"{CHANNEL};messageid=2") == "w1"
    await ended(stored, "w2", f"{CHANNEL};messageid=2")
    for number in (1, 2):
        assert await found(stored, f"{CHANNEL};messageid={number}") == f"w{number}"
    assert await found(stored, CHANNEL) in ("w1", "w2")
    for elsewhere in ("19:chXnnel%@thread.tacv2", "19:ch_nnel%@thread.tacv2x;messageid=1", CHANNEL[:-1]):
        assert await found(stored, elsewhere) == "", elsewhere
    assert await found(stored, CHANNEL, "another") == ""
    await stored.begin("jan", workshop="w3", home="19:chat")
    assert await found(stored, "19:chat") == "", "it is not finished"
    await stored.done(Change(c.Cancel(workshop="w3", by=ANA), START))
    assert await found(stored, "19:chat") == "", "it was cancelled"


async def test_what_was_brought_outlives_the_earlier_one_and_goes_with_its_own(stored: Stored) -> None:
    item = Item("c", as_written("one desk"), "commitments", 1)
    brought = Brought("Earlier", (item,), (), {"jan": (Promise("my own", "2026-01-31"),)})
    await ended(stored)
    change = opened("w2", home="19:second")
    assert isinstance(change.command, c.Open)
    await stored.done(replace(change, command=replace(change.command, brought=brought), now=after(60)))
    await Retention(stored.writer, Hand(START + timedelta(days=3650)), 3650).tick()
    assert (await stored.workshop("w2")).brought == brought and "words of Jan" not in everything(stored)
    await stored.done(Change(c.Cancel(workshop="w2", by=ANA), after(120)))
    await Retention(stored.writer, Hand(START + timedelta(days=3660)), 3650).tick()
    assert "one desk" not in everything(stored) and "my own" not in everything(stored)


async def around(stored: Stored, home: str, tenant: str = TENANT) -> str:
    workshop = await stored.reader.live_around(tenant, home)
    return workshop.id if workshop else ""


async def test_what_runs_in_another_post_of_the_channel_and_nothing_of_other_channels(stored: Stored) -> None:
    here = f"{CHANNEL};messageid=2"
    assert await around(stored, here) == ""
    await stored.begin("jan", workshop="w1", home=f"{CHANNEL};messageid=1")
    assert await around(stored, here) == await around(stored, CHANNEL) == "w1"
    elsewhere = ("19:chXnnel%@thread.tacv2", "19:CH_nnel%@thread.tacv2;messageid=1", f"{CHANNEL}x;messageid=1")
    for other in (*elsewhere, CHANNEL[:-1], "19:chat"):
        assert await around(stored, other) == "", other
    assert await around(stored, here, "another") == ""
    await stored.done(replace(opened("w2", home=f"{CHANNEL};messageid=3"), now=after(60)))
    assert await around(stored, here) == "w2", "the one opened last"
    for running in ("w2", "w1"):
        assert await around(stored, here) == running
        await stored.done(Change(c.Cancel(workshop=running, by=ANA), after(120)))
    assert await around(stored, here) == "", "neither runs any more"
