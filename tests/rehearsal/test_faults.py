"""What goes wrong on purpose: by hand, by chance, and as an outage; and that all of it ends."""

from __future__ import annotations

import asyncio
from dataclasses import fields

import aiohttp
import pytest

from rehearsal.faults import MIX, NOTHING, Faults, Rates
from rehearsal.hands import Person
from rehearsal.keys import APP_ID
from rehearsal.mischief import NOWHERE, Mischief
from rehearsal.outages import Outages
from rehearsal.people import PEER_LEARNING
from rehearsal.server import Room, make_room
from tests.rehearsal.echo import EchoBot
from tests.rehearsal.table import Table

PLACE = f"conversations/{PEER_LEARNING.id}/activities"
WORDS = {"type": "message", "text": "hello", "textFormat": "plain"}


@pytest.mark.parametrize("status", [412, 429, 500, 502, 503, 504])
async def test_a_refused_call_has_no_effect(room: Room, bot: EchoBot, status: int) -> None:
    room.faults.add("send", "refuse", status=status, seconds=3 if status == 429 else 0)
    async with bot.session.post(
        f"{room.url}/connector/v3/{PLACE}", json=WORDS, headers={"Authorization": f"Bearer {bot.token}"}
    ) as answer:
        assert answer.status == status
        assert answer.headers.get("Retry-After") == ("3" if status == 429 else None)
    assert not room.world.since(PEER_LEARNING.id, "")
    assert (await bot.call("POST", PLACE, WORDS))[0] == 201


async def test_a_late_edit_lands_past_its_successor(room: Room, bot: EchoBot) -> None:
    name = (await bot.call("POST", PLACE, WORDS))[1]["id"]
    room.faults.add("edit", "late", seconds=0.2)
    assert (await bot.call("PUT", f"{PLACE}/{name}", WORDS | {"text": "older"}))[0] == 504
    assert (await bot.call("PUT", f"{PLACE}/{name}", WORDS | {"text": "newer"}))[0] == 200
    assert room.world.messages[name].text == "newer"
    assert room.connector.landing == 1
    await room.until(lambda: room.world.messages[name].text == "older", 5)


async def test_too_many_calls_are_answered_with_429_and_counted(room: Room, bot: EchoBot) -> None:
    clock = [0.0]
    room.budgets.clock = lambda: clock[0]
    answers = [(await bot.call("POST", PLACE, WORDS))[0] for _ in range(9)]
    assert answers == [201] * 7 + [429] * 2
    thread = f"conversations/{PEER_LEARNING.id};messageid={room.world.since(PEER_LEARNING.id, '')[0].id}/activities"
    assert (await bot.call("POST", thread, WORDS))[0] == 429, "threads have no budget of their own"
    assert room.world.violations == {"more than 7 messages within 1 s": 3}
    async with bot.session.get(f"{room.url}/api/refusals") as answer:
        told = await answer.json()
    assert told["violations"] == dict(room.world.violations)
    assert "429" in told["refusals"][0]["why"]
    clock[0] += 2
    assert (await bot.call("POST", thread, WORDS))[0] == 201


async def test_a_room_that_is_not_strict_only_counts() -> None:
    async with make_room(strict=False) as room:
        echo = await EchoBot(room.url).start()
        assert {(await echo.call("POST", PLACE, WORDS))[0] for _ in range(20)} == {201}
        assert room.world.violations.total() > 5
        assert not room.world.refusals
        await echo.stop()


async def test_messages_are_delivered_again(room: Room, bot: EchoBot) -> None:
    room.faults.add("message", "again", seconds=0.05)
    await Person(room, "anna").says("@Kolbot hello")
    assert room.link.to_come == 1
    await room.until(lambda: room.link.to_come == 0, 5)
    first, second = [activity for activity in bot.heard if activity["type"] == "message"]
    assert first == second
    async with bot.session.post(f"{room.url}/api/redeliver", json={}) as answer:
        assert (await answer.json())["status"] == 202
    assert bot.heard[-1] == first


async def test_an_invoke_that_was_answered_is_delivered_again_when_it_is_old() -> None:
    async with make_room(faults=Faults(1, again=0.2)) as room:
        bot = await EchoBot(room.url).start()
        await room.meet(bot.url)
        table = Table(bot)
        await table.opens(1)
        liga = Person(room, "liga")
        room.faults.rates = Rates(stale=1.0)
        assert (await liga.clicks(table.card, "Join")).code == "BotUnreachable", "Teams did not hear the answer"
        table.wrong = 1
        assert (await liga.clicks(table.card, "Join")).kind == "error", "what was not taken is no old news"
        room.faults.rates = NOTHING
        await room.until(lambda: room.link.to_come == 0, 20)
        first, second, again = [activity["id"] for activity in bot.heard if activity["type"] == "invoke"]
        assert first == again != second
        await bot.stop()


async def test_the_faults_are_over_when_nobody_waits_any_more(room: Room, bot: EchoBot) -> None:
    def over() -> bool:
        return room.faults.over

    assert over()
    room.faults.add("send", "delay", seconds=0.05)
    assert not over(), "one is planned"
    held_up = asyncio.create_task(room.faults.meets("send"))
    await asyncio.sleep(0)
    assert room.faults.met
    assert not over(), "one is held up"
    await held_up
    assert over()
    room.faults.add("send", "refuse", seconds=2, status=429)
    assert (await bot.call("POST", PLACE, WORDS))[0] == 429
    assert not over(), "whoever was told to wait two seconds is waiting"


async def test_nothing_to_deliver_again_is_said(room: Room, bot: EchoBot) -> None:
    async with bot.session.post(f"{room.url}/api/redeliver", json={}) as answer:
        assert answer.status == 404


async def test_the_same_seed_is_the_same_bad_luck() -> None:
    async def met(seed: int) -> list[object]:
        faults = Faults(seed, Rates(conflict=0.3, failing=0.3, throttled=0.2, lost=0.3, late=0.3))
        return [await faults.meets("edit") for _ in range(100)]

    assert await met(1) == await met(1) != await met(2)
    faults = Faults(1, MIX)
    faults.ends()
    assert faults.rates is NOTHING
    assert all(0 < getattr(MIX, rate.name) < 0.1 for rate in fields(MIX))


async def test_a_dead_connector_does_nothing(room: Room, bot: EchoBot) -> None:
    room.faults.dead = True
    for _ in range(10):
        try:
            assert (await bot.call("POST", PLACE, WORDS))[0] in (429, 503)
        except aiohttp.ClientError:
            continue
    room.faults.ends()
    assert not room.world.since(PEER_LEARNING.id, "")


async def test_the_metadata_host_is_down_and_the_clocks_are_apart(room: Room, bot: EchoBot) -> None:
    room.faults.no_keys = True
    try:
        async with bot.session.get(f"{room.url}/v1/.well-known/keys") as answer:
            assert answer.status == 503
    except aiohttp.ClientError:
        assert room.faults.counted["metadata host down"] == 1
    usual = room.keys.for_bot(APP_ID, "http://x/")
    room.keys.skew = 240
    assert room.keys.for_bot(APP_ID, "http://x/") != usual
    room.keys.skew = 0
    assert room.keys.for_bot(APP_ID, "http://x/") == usual


async def test_outages_follow_one_another_and_end_well(room: Room) -> None:
    told: list[str] = []
    outages = asyncio.create_task(Outages(room.faults, room.keys, told.append).run())
    while not told:  # noqa: ASYNC110 - it tells nobody else
        await asyncio.sleep(0.05)
    outages.cancel()
    await asyncio.gather(outages, return_exceptions=True)
    assert (room.faults.dead, room.faults.slow, room.faults.no_keys, room.keys.skew) == (False, 0.0, False, 0.0)


async def test_what_an_old_or_foreign_card_does_is_seen(room: Room, bot: EchoBot) -> None:
    table = Table(bot)
    await table.opens(1)
    liga = Person(room, "liga")
    form = (await liga.clicks(table.card, "Join")).dialog
    assert form is not None
    form = (await form.fills({"institution": "Rīga", "read": True}).presses("Join")).dialog
    mischief = Mischief(room, 1)
    await mischief.plays()
    assert mischief.done == 0, "nobody has answered yet"
    for step in (1, 2):
        if step > 1:
            await table.opens(step)
            form = (await liga.clicks(table.card, "Answer")).dialog
        assert form is not None
        form.fills({"a.notes.what": "a sticky note", "a.board.": "words of mine"})
        assert (await form.presses("Send")).dialog is not None
    await mischief.plays()
    assert mischief.done == 3
    assert mischief.wrong == ["a foreign answer was taken: there is a receipt"], "the table does not look at it"
    assert bot.heard[-2]["value"]["data"]["w"] == NOWHERE
    stale = table.kept[(liga.member.mri, 1)]
    assert "old card" not in str(stale)

    # Teams delivers an answer to the first step once more: what is asked now is still the second.
    first = next(sent.activity for sent in room.sent if sent.activity.get("name") == "task/submit")
    await room.redeliver(first)
    mischief.wrong.clear()
    await mischief.plays()
    assert mischief.wrong == ["a foreign answer was taken: there is a receipt"]
    assert bot.heard[-3]["value"]["data"]["step"] == 1, "the stale one"
