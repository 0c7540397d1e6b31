"""Whose a conversation is, in both databases: one workshop or group at a time, found by it, freed at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import sqlalchemy as sa

from store.database import open_database
from store.reader import Reader
from store.retention import Retention
from store.tables import places
from store.writer import Writer
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, START, TENANT, after, joined, opened, read_plan
from workshop import commands as c
from workshop.model import Binding, Ended, Nudge
from workshop.refusals import Reason, Refused
from workshop.service import Change, Done

TWO, THREE = "19:two@thread.v2", "19:three@thread.tacv2;messageid=17"


def formed(*groups: tuple[str, ...], workshop: str = "w1") -> Change:
    return Change(c.FormGroups(workshop=workshop, by=ANA, groups=groups), START)


def binds(group: int, place: str, workshop: str = "w1", now: datetime = START) -> Change:
    return Change(c.BindGroup(workshop=workshop, by=ANA, tenant=TENANT, place=place, group=group), now)


async def grouped(stored: Stored, workshop: str = "w1") -> None:
    await stored.begin("jan", "eva", workshop=workshop)
    await stored.done(formed(("jan",), ("eva",), workshop=workshop))


async def held(stored: Stored) -> set[tuple[str, int, str, int, bool]]:
    """The rows as they are."""
    columns = (places.c.workshop, places.c.number, places.c.place, places.c.group, places.c.live)
    return await stored.reader.read(lambda connection: {tuple(row) for row in connection.execute(sa.select(*columns))})


async def found(stored: Stored, place: str) -> str | None:
    workshop = await stored.reader.newest_in(TENANT, place)
    return workshop.id if workshop else None


async def test_a_group_is_found_by_its_conversation(stored: Stored) -> None:
    await grouped(stored)
    await stored.done(binds(2, TWO))
    assert await held(stored) == {("w1", 0, "home of w1", 0, True), ("w1", 1, TWO, 2, True)}
    assert await found(stored, TWO) == "w1" and await found(stored, "home of w1") == "w1"
    assert await stored.reader.newest_in("another", TWO) is None
    assert (await stored.workshop()).bindings == (Binding(2, TWO, START, 0),)
    assert (await stored.workshop()).groups[1].place == TWO
    await stored.done(binds(2, THREE))
    assert await found(stored, TWO) is None, "it was left"
    assert await found(stored, THREE) == "w1"
    assert [one.ended for one in (await stored.workshop()).bindings] == [Ended.LEFT, None]
    lost = await stored.done(Change(c.LosePlace(workshop="w1", by=c.SYSTEM, binding=1, ever=True), START))
    assert lost.workshop == await stored.workshop()
    assert await held(stored) == {("w1", 0, "home of w1", 0, True)}


async def test_a_thread_is_found_by_its_channel(stored: Stored) -> None:
    await grouped(stored)
    await stored.done(binds(1, THREE))
    await stored.done(binds(2, TWO))
    channel = THREE.partition(";")[0]
    for said, bindings in ((THREE, [("w1", 0)]), (channel, [("w1", 0)]), (TWO, [("w1", 1)]), (channel[:-1], [])):
        assert await stored.reader.bound_in(TENANT, said) == bindings
    assert await stored.reader.bound_in("another", channel) == []
    assert await stored.reader.bound_in(TENANT, "home of w1") == [], "that is no group's"
    assert await stored.reader.held_in(TENANT) == [("w1", "home of w1")], "nor is a group's anybody's home"
    assert await stored.reader.held_in("another") == []
    assert await stored.reader.bound_in(TENANT, "19:thr%e@thread.tacv2") == []


async def test_the_end_of_the_workshop_frees_all_in_the_same_moment(stored: Stored) -> None:
    await grouped(stored)
    await stored.done(binds(2, TWO))
    assert isinstance(await stored.writer.change(opened("w2", home=TWO)), Refused)
    finish, anew = Change(c.Finish(workshop="w1", by=ANA), after(60)), opened("w2", after(61), home=TWO)
    ended, begun = await stored.in_one_batch(finish, anew)
    assert isinstance(ended, Done) and isinstance(begun, Done), "in one batch too"
    assert await found(stored, TWO) == "w2"
    assert ("w1", 1, TWO, 2, False) in await held(stored), "what it was is still known there, once nobody has it"
    await stored.done(Change(c.Cancel(workshop="w2", by=ANA), after(62)))
    assert await found(stored, TWO) == "w2", "the newest"


@pytest.mark.parametrize("first", ["bind", "open"])
async def test_in_one_batch_the_first_has_it(stored: Stored, first: str) -> None:
    await grouped(stored)
    both = [binds(2, TWO), opened("w2", home=TWO)]
    outcomes = await stored.in_one_batch(*(both if first == "bind" else both[::-1]))
    assert isinstance(outcomes[0], Done)
    assert isinstance(outcomes[1], Refused)
    assert outcomes[1].reason is Reason.PLACE_TAKEN
    assert len([row for row in await held(stored) if row[2] == TWO]) == 1


async def test_in_one_batch_what_one_leaves_the_next_can_have(stored: Stored) -> None:
    await grouped(stored)
    await grouped(stored, "w2")
    await stored.done(binds(2, TWO))
    leaves = Change(c.UnbindGroup(workshop="w1", by=ANA, group=2), START)
    refused, left, bound, again = await stored.in_one_batch(
        binds(1, TWO, "w2"), leaves, binds(1, TWO, "w2"), binds(1, TWO)
    )
    assert isinstance(refused, Refused) and isinstance(left, Done) and isinstance(bound, Done)
    assert isinstance(again, Refused) and again.facts == {"group": 1, "title": ""}
    assert await found(stored, TWO) == "w2"


async def test_regrouping_frees_and_a_latecomer_does_not(stored: Stored) -> None:
    await grouped(stored)
    await stored.done(binds(2, TWO))
    await stored.done(joined("late"))
    assert await found(stored, TWO) == "w1"
    await stored.done(formed(("jan", "eva"), ("late",)))
    assert await held(stored) == {("w1", 0, "home of w1", 0, True)}


async def test_what_is_said_to_one_group_is_kept_so(stored: Stored) -> None:
    await grouped(stored)
    await stored.done(binds(2, TWO))
    await stored.done(Change(c.Nudge(workshop="w1", by=ANA, group=2), after(30)))
    await stored.done(Change(c.PostBoardAgain(workshop="w1", by="eva", group=2), after(31)))
    kept = await stored.workshop()
    assert kept.nudges == (Nudge(after(30), 0, 2, ANA),)
    assert kept.stage_posts == {"g2:0:board": 1}


async def test_what_was_erased_has_no_conversations(stored: Stored) -> None:
    await grouped(stored)
    await stored.done(binds(2, TWO))
    await stored.done(Change(c.Finish(workshop="w1", by=ANA), after(60)))
    assert await Retention(stored.writer, lambda: after(400 * 86400), 60).tick() == 1
    assert await held(stored) == set()
    assert await found(stored, TWO) is None


@pytest.fixture
async def other(url: str, stored: Stored) -> AsyncIterator[Stored]:
    """A second instance on the same database."""
    engine = open_database(url)
    instance = Stored(engine, Writer(engine, read_plan), Reader(engine, read_plan))
    yield instance
    await instance.writer.close()
    instance.reader.close()
    engine.dispose()


@pytest.mark.parametrize("round_", range(6))
async def test_two_instances_and_one_conversation(stored: Stored, other: Stored, round_: int) -> None:
    """Two groups of two workshops and an opening, at both at once: one has it, the others are told, none waits."""
    await grouped(stored)
    await grouped(other, "w2")
    changes = [binds(2, TWO), binds(1, TWO, "w2"), opened("w3", home=TWO), binds(1, TWO)]
    changes = changes[round_ % 4 :] + changes[: round_ % 4]
    instances = (stored, other)
    outcomes = await asyncio.gather(
        *(instances[number % 2].writer.change(change) for number, change in enumerate(changes))
    )
    done = [outcome for outcome in outcomes if isinstance(outcome, Done) and outcome.events]
    assert len(done) == 1, outcomes
    assert all(isinstance(outcome, Refused) for outcome in outcomes if outcome not in done), outcomes
    assert {await found(one, TWO) for one in instances} == {done[0].workshop.id}
    assert len([row for row in await held(stored) if row[2] == TWO]) == 1


async def test_swapping_conversations_at_two_instances_never_waits_crosswise(stored: Stored, other: Stored) -> None:
    """What each lets go of the other takes, again and again."""
    await grouped(stored)
    await grouped(other, "w2")
    turns = []
    for number in range(8):
        mine, theirs = (TWO, THREE) if number % 2 else (THREE, TWO)
        turns += [stored.writer.change(binds(2, mine)), other.writer.change(binds(1, theirs, "w2"))]
    outcomes = await asyncio.wait_for(asyncio.gather(*turns), 60)
    assert all(isinstance(outcome, Done | Refused) for outcome in outcomes), outcomes
    live = [row for row in await held(stored) if row[4]]
    assert len({row[2] for row in live}) == len(live)


async def test_a_group_s_post_is_told_in_its_channel(stored: Stored) -> None:
    await grouped(stored)
    await stored.done(binds(1, THREE))
    for said, told in ((THREE, True), (THREE.partition(";")[0] + ";messageid=99", True), (TWO, False)):
        found = await stored.reader.live_around(TENANT, said)
        assert (found is not None and found.id == "w1") is told, said
    await stored.done(binds(1, TWO))
    assert await stored.reader.live_around(TENANT, THREE) is None, "the group has left"
