"""The keys survive rotation and outages, and nobody makes the bot fetch them at will."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.auth import KeysUnavailable, NotLetIn, Unauthorized
from tests.bot.door import Door, opened
from tests.bot.fake_teams import NOW


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with opened() as ready:
        yield ready


async def test_after_a_rotation_the_new_key_is_fetched_at_once(door: Door) -> None:
    assert await door.let_in()
    door.clock.now += 60
    door.teams.kids = ["one", "two"]
    assert await door.let_in(door.teams.token("two"))
    assert door.teams.metadata_asked == 2


async def test_unknown_key_ids_cause_one_fetch_in_ten_seconds(door: Door) -> None:
    assert await door.let_in()
    door.clock.now += 10
    for _ in range(20):
        with pytest.raises(Unauthorized):
            await door.let_in(door.teams.token("stranger"))
    assert door.teams.metadata_asked == 2
    door.clock.now += 9.9
    with pytest.raises(Unauthorized):
        await door.let_in(door.teams.token("stranger"))
    assert door.teams.metadata_asked == 2
    door.clock.now += 0.2
    with pytest.raises(Unauthorized):
        await door.let_in(door.teams.token("stranger"))
    assert door.teams.metadata_asked == 3
    assert await door.let_in()


async def test_a_new_key_is_asked_for_every_two_seconds_while_its_host_is_down(door: Door) -> None:
    assert await door.let_in()
    door.clock.now += 60
    door.teams.kids, door.teams.metadata_status = ["one", "two"], 500
    for seconds, asked in ((0.0, 2), (1.9, 2), (0.2, 3), (1.9, 3), (0.2, 4)):
        door.clock.now += seconds
        with pytest.raises(Unauthorized):
            await door.let_in(door.teams.token("two"))
        assert door.teams.metadata_asked == asked
        assert await door.let_in(), "the old key is good meanwhile"
    door.teams.metadata_status = 200
    door.clock.now += 2
    assert await door.let_in(door.teams.token("two"))


async def test_many_at_once_share_one_fetch(door: Door) -> None:
    door.teams.metadata_delay = 0.05
    assert len(await asyncio.gather(*(door.let_in() for _ in range(30)))) == 30
    assert door.teams.metadata_asked == 1


async def test_who_goes_away_does_not_stop_the_fetch_for_the_others(door: Door) -> None:
    door.teams.metadata_delay = 0.05
    first = asyncio.create_task(door.let_in())
    second = asyncio.create_task(door.let_in())
    await asyncio.sleep(0.01)
    first.cancel()
    assert await second


@pytest.mark.parametrize("outage", [
    {"metadata_status": 503}, {"metadata_status": 302}, {"keys_body": {"keys": []}}, {"keys_body": ["x"]},
    {"keys_body": {"keys": [{"kty": "RSA", "kid": "one", "n": "!", "e": "!"}, 7]}},
    {"jwks_uri": "http://evil.example/keys"},
])
async def test_old_keys_serve_while_the_metadata_host_is_down(door: Door, outage: dict[str, Any]) -> None:
    assert await door.let_in()
    door.teams.kids = ["stranger"]  # what a redirect or a careless reader would find
    for name, value in outage.items():
        setattr(door.teams, name, value)
    door.clock.now += 7200
    await door.keys.tick()
    assert door.teams.metadata_asked == 2
    assert await door.let_in(door.teams.token(exp=int(door.clock.now) + 60))
    with pytest.raises(Unauthorized):
        await door.let_in(door.teams.token("stranger"))


async def test_without_any_key_nothing_is_said_about_the_token(door: Door) -> None:
    door.teams.metadata_status = 503
    with pytest.raises(KeysUnavailable) as refusal:
        await door.let_in()
    assert refusal.value.status == 503
    door.teams.metadata_status = 200
    door.clock.now += 10
    assert await door.let_in()


async def test_a_slow_metadata_host_does_not_hold_up_those_whose_key_is_known(door: Door) -> None:
    assert await door.let_in()
    door.teams.metadata_delay = 1.0
    door.clock.now += 3600
    refresh = asyncio.create_task(door.keys.tick())
    await asyncio.sleep(0.01)
    assert await asyncio.wait_for(door.let_in(door.teams.token(exp=int(NOW) + 9000)), 0.8)
    assert not refresh.done()
    await refresh


async def test_keys_are_refreshed_in_the_background_when_due(door: Door) -> None:
    known = []

    async def sleep(seconds: float) -> None:
        known.append([kid for kid in ("one", "two") if door.keys.known(kid)])
        door.teams.kids = ["two"]
        door.clock.now += seconds
        if len(known) == 3:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await door.keys.run(1800.0, sleep)
    assert known == [["one"], ["one"], ["two"]]
    assert door.teams.metadata_asked == 2


async def test_a_start_without_keys_asks_again_soon_and_then_every_five_seconds(door: Door) -> None:
    door.teams.metadata_status = 500
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        door.clock.now += seconds
        if len(slept) == 8:
            door.teams.metadata_status = 200
        if len(slept) == 10:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await door.keys.run(60.0, sleep)
    assert slept == [1, 2, 4, 5, 5, 5, 5, 5, 60, 60]
    assert door.teams.metadata_asked == 9, "the eighth pause was the last without keys"


async def test_a_withdrawn_key_takes_its_verified_tokens_with_it(door: Door) -> None:
    token = door.teams.token(exp=int(NOW) + 9000)
    assert await door.let_in(token)
    door.teams.kids = ["two"]
    door.clock.now += 3600
    await door.keys.tick()
    with pytest.raises(Unauthorized):
        await door.let_in(token)


async def test_a_verified_token_ends_with_its_time(door: Door) -> None:
    token = door.teams.token(exp=int(NOW) + 10)
    assert await door.let_in(token)
    door.clock.now += 10 + 299
    assert await door.let_in(token)
    door.clock.now += 1
    with pytest.raises(Unauthorized):
        await door.let_in(token)


async def test_no_token_gets_into_the_log(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "kolbot")
    token = door.teams.token(iss="https://evil.example")
    with pytest.raises(NotLetIn):
        await door.let_in(token)
    door.teams.metadata_status = 500
    await door.keys.refresh()
    assert "signing keys not fetched" in caplog.text
    assert not any(part in caplog.text for part in token.split("."))
