"""What is tried again, what is not, and what the caller is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from email.utils import formatdate
from time import time
from typing import Any

import aiohttp
import pytest

from bot.clouds import cloud_named
from bot.teams import Gone, Refused, Retry, Teams, TeamsSays, Unknown
from bot.token import OwnToken, asks_room
from tests.bot.fake_teams import APP_ID, Reply
from tests.bot.line import Line, connected, error


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with connected() as ready:
        yield ready


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
@pytest.mark.parametrize("call", ["send", "edit", "delete"])
async def test_what_microsoft_lists_is_tried_again(line: Line, status: int, call: str) -> None:
    line.fake.replies = [Reply(status, error("X")), Reply(status, ""), Reply(200, {"id": "17"})]
    if call == "send":
        assert await line.teams.send(line.here, {"text": "x"}) == "17"
    elif call == "edit":
        # After a lost answer an earlier copy may still land: the caller is told.
        assert await line.teams.edit(line.here, "17", {"text": "x"}) is (status not in (502, 504))
    else:
        await line.teams.delete(line.here, "17")
    assert len(line.fake.asked) == 3
    assert line.clock.slept == [0.5, 1.0]


async def test_retry_after_is_honoured_in_seconds_and_as_a_date(line: Line) -> None:
    later = formatdate(time() + 9, usegmt=True)
    line.fake.replies = [Reply(429, "", {"Retry-After": "7"}), Reply(503, "", {"Retry-After": later}), Reply()]
    await line.teams.send(line.here, {"text": "x"})
    assert line.clock.slept[0] == 7.0
    assert 6 < line.clock.slept[1] <= 9


@pytest.mark.parametrize("header", ["", "soon", "nan", "inf"])
async def test_a_retry_after_that_says_nothing_is_not_believed(line: Line, header: str) -> None:
    line.fake.replies = [Reply(429, "", {"Retry-After": header}), Reply()]
    await line.teams.send(line.here, {"text": "x"})
    assert line.clock.slept == [0.5]


async def test_a_retry_after_beyond_the_deadline_goes_to_the_caller_at_once(line: Line) -> None:
    line.fake.replies = [Reply(429, "", {"Retry-After": "40"})]
    with pytest.raises(Retry) as said:
        await line.teams.send(line.here, {"text": "x"}, deadline=30)
    assert said.value.after == 40
    assert line.clock.slept == []
    with pytest.raises(Retry):
        await line.teams.send(line.here, {"text": "x"}, deadline=30)
    assert len(line.fake.asked) == 1, "meanwhile nobody else asks either"
    line.clock.now += 40
    line.fake.replies = [Reply(429, "", {"Retry-After": "999999999"})]
    with pytest.raises(Retry) as said:
        await line.teams.send(line.here, {"text": "x"})
    assert said.value.after == 3600


async def test_what_teams_throttles_waits_for_all_who_call_there(line: Line) -> None:
    line.fake.replies = [Reply(429, "", {"Retry-After": "7"}), *[Reply(201, {"id": str(n)}) for n in range(3)]]
    began = line.clock.now
    first = asyncio.create_task(line.teams.send(line.here, {"text": "x"}))
    while not line.clock.slept:  # noqa: ASYNC110 - until it has heard
        await asyncio.sleep(0.005)
    await asyncio.gather(first, *(line.teams.send(line.here, {"text": "x"}) for _ in range(2)))
    assert line.clock.now - began >= 7
    assert len(line.fake.asked) == 4


async def test_waits_grow_with_jitter_and_end_with_the_deadline(line: Line) -> None:
    line.fake.replies = [Reply(503, "")] * 50
    began = line.clock.now
    with pytest.raises(Retry):
        await line.teams.send(line.here, {"text": "x"}, deadline=60)
    assert line.clock.slept[:5] == [0.5, 1.0, 2.0, 2.0, 2.0], "never long: Teams may be back"
    assert set(line.clock.slept[5:]) == {2.0}
    assert 55 < line.clock.now - began <= 60


async def test_whoever_is_told_to_wait_knows_whether_teams_says_so(line: Line) -> None:
    for reply, by_teams in ((Reply(429, "", {"Retry-After": "40"}), True), (Reply(503, ""), False)):
        line.fake.replies = [reply] * 9
        with pytest.raises(Retry) as said:
            await line.teams.send(line.here, {"text": "x"}, deadline=5)
        assert (said.value.by_teams, said.value.by_budget) == (by_teams, False)
        line.clock.now += 60
        line.fake.replies = []


@pytest.mark.parametrize("status", [502, 504])
async def test_what_may_have_been_done_and_must_not_happen_twice_is_unknown_at_once(line: Line, status: int) -> None:
    line.fake.replies = [Reply(503, ""), Reply(status, "")]
    with pytest.raises(Unknown):
        await line.teams.send(line.here, {"text": "x"}, patience=60)
    assert len(line.fake.asked) == 2


async def test_with_patience_the_answer_is_waited_for_beyond_the_deadline(line: Line) -> None:
    line.fake.replies = [Reply(201, {"id": "17"}, delay=0.5)]
    assert await line.impatient().send(line.here, {"text": "x"}, deadline=0.3, patience=30) == "17"
    line.fake.replies = [Reply(201, {"id": "18"}, delay=5)]
    with pytest.raises(Unknown):
        await line.impatient().send(line.here, {"text": "x"}, deadline=0.3, patience=0.5)
    assert len(line.fake.asked) == 2


async def test_a_deadline_that_is_over_asks_nobody(line: Line) -> None:
    with pytest.raises(Retry):
        await line.teams.send(line.here, {"text": "x"}, deadline=0)
    assert line.fake.asked == []


async def test_the_gcc_host_that_moves_is_tried_again(line: Line) -> None:
    line.fake.replies = [Reply(403, error("InvalidBotApiHost")), Reply()]
    assert await line.teams.send(line.here, {"text": "x"})


async def test_nobody_listening_means_nothing_happened(line: Line) -> None:
    async with aiohttp.ClientSession() as session:
        nowhere = "http://127.0.0.1:1"
        token = OwnToken(asks_room(cloud_named("rehearsal", line.fake.url), session, APP_ID), clock=line.clock)
        teams = Teams(cloud_named("rehearsal", nowhere), session, token, clock=line.clock, sleep=line.clock.sleep)
        with pytest.raises(Retry):
            await teams.send(replace(line.here, service_url=f"{nowhere}/connector/"), {"text": "x"}, deadline=5)
    assert len(line.clock.slept) > 1


@pytest.mark.parametrize(("status", "body", "code"), [
    (404, error("ActivityNotFoundInConversation"), "ActivityNotFoundInConversation"),
    (404, error("ConversationNotFound"), "ConversationNotFound"),
    (404, {"errorCode": "TARGETED_MESSAGE_EXPIRED_OR_DELETED"}, "TARGETED_MESSAGE_EXPIRED_OR_DELETED"),
    (404, "<html>", "404"),
    (403, error("BotNotInConversationRoster"), "BotNotInConversationRoster"),
    (403, error("ConversationBlockedByUser"), "ConversationBlockedByUser"),
    (403, error("BotDisabledByAdmin"), "BotDisabledByAdmin"),
    (403, error("Anna Kowalska is not here"), "403"),
])
async def test_out_of_reach_is_gone_at_once(line: Line, status: int, body: Any, code: str) -> None:
    line.fake.replies = [Reply(status, body)]
    with pytest.raises(Gone) as said:
        await line.teams.edit(line.here, "17", {"text": "x"})
    assert said.value.code == code
    assert len(line.fake.asked) == 1


@pytest.mark.parametrize("status", [302, 307, 400, 405, 409, 413, 422])
async def test_what_teams_will_never_take_is_refused_at_once(line: Line, status: int, caplog: Any) -> None:
    line.fake.replies = [Reply(status, error("MessageSizeTooBig"), {"Location": "https://evil.example/"})]
    with pytest.raises(Refused) as said:
        await line.teams.send(line.here, {"text": "secret words"})
    assert (said.value.status, said.value.code) == (status, "MessageSizeTooBig")
    assert len(line.fake.asked) == 1
    assert "MessageSizeTooBig" in caplog.text
    for private in ("secret", "Anna", "own-1"):
        assert private not in caplog.text + str(said.value)


@pytest.mark.parametrize("status", [408, 500, 501, 520])
async def test_other_errors_of_the_server_leave_the_outcome_open(line: Line, status: int) -> None:
    line.fake.replies = [Reply(status, error("ServiceError"))]
    with pytest.raises(Unknown):
        await line.teams.send(line.here, {"text": "x"})
    assert len(line.fake.asked) == 1


@pytest.mark.parametrize("call", ["send", "edit", "delete"])
async def test_a_lost_answer_is_unknown_and_never_sent_again(line: Line, call: str) -> None:
    calls: dict[str, Callable[[], Awaitable[Any]]] = {
        "send": lambda: line.teams.send(line.here, {"text": "x"}),
        "edit": lambda: line.teams.edit(line.here, "17", {"text": "x"}),
        "delete": lambda: line.teams.delete(line.here, "17"),
    }
    await line.teams.send(line.here, {"text": "so that the connection is an old one"})
    line.fake.replies = [Reply(lose=True), Reply(lose=True)]
    with pytest.raises(Unknown):
        await calls[call]()
    # aiohttp itself repeats a DELETE on a connection that was old, which does no harm; a PUT must not be.
    assert len(line.fake.asked) == (3 if call == "delete" else 2)


async def test_no_answer_in_time_is_unknown(line: Line) -> None:
    line.fake.replies = [Reply(delay=5)]
    with pytest.raises(Unknown):
        await line.impatient().edit(line.here, "17", {"text": "x"})
    assert len(line.fake.asked) == 1


async def test_no_free_connection_in_time_means_nothing_happened(line: Line) -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as session:
        await line.token.get()
        line.fake.replies = [Reply(delay=5)]
        first = asyncio.create_task(session.get(line.fake.service_url))
        while not line.fake.asked:  # noqa: ASYNC110 - until it holds the connection
            await asyncio.sleep(0.005)
        with pytest.raises(Retry):
            await line.impatient(session).send(line.here, {"text": "x"}, deadline=2, patience=60)
        assert len(line.fake.asked) == 1
        first.cancel()


async def test_lost_until_the_deadline_is_unknown(line: Line) -> None:
    line.fake.replies = [Reply(504, ""), *[Reply(503, "")] * 20]
    with pytest.raises(Unknown):
        await line.teams.send(line.here, {"text": "x"})


async def test_a_read_is_tried_again_whatever_was_lost(line: Line) -> None:
    line.fake.replies = [Reply(lose=True), Reply(delay=5), Reply(200, {"members": []})]
    assert await line.impatient().members(line.here) == []
    line.fake.replies = [Reply(504, "")] * 60
    with pytest.raises(Retry):
        await line.teams.members(line.here)


async def test_taken_without_an_id_is_unknown_except_for_typing(line: Line) -> None:
    line.fake.replies = [Reply(201, ""), Reply(201, {"id": 5}), Reply(202, "")]
    for _ in range(2):
        with pytest.raises(Unknown):
            await line.teams.send(line.here, {"text": "x"})
    assert await line.teams.send(line.here, {"type": "typing"}) == ""


@pytest.mark.parametrize("url", ["https://evil.example/", "http://127.0.0.1:9/", "", "http://127.0.0.1@evil.example/"])
async def test_the_token_never_goes_to_a_service_address_that_is_not_believed(line: Line, url: str) -> None:
    with pytest.raises(Refused):
        await line.teams.send(replace(line.here, service_url=url), {"text": "x"})
    assert line.fake.tokens_given == 0


@pytest.mark.parametrize("name", ["", ".", "..", "..."])
async def test_an_id_that_climbs_out_of_its_place_is_refused(line: Line, name: str) -> None:
    for wrong in (lambda: line.teams.delete(line.here, name),
                  lambda: line.teams.send(replace(line.here, conversation_id=name), {})):
        with pytest.raises(Refused):
            await wrong()
    assert line.fake.asked == []


async def test_five_hundred_in_as_many_tenants_at_once(line: Line) -> None:
    line.fake.replies = [Reply(201, {"id": str(n)}) for n in range(500)]
    places = [replace(line.here, tenant=str(n), conversation_id=f"19:{n}@thread.v2") for n in range(500)]
    teams = [line.teams.send(place, {"text": "x"}) for place in places]
    assert sorted(await asyncio.gather(*teams), key=int) == [str(n) for n in range(500)]
    assert line.fake.tokens_given == 1


async def test_the_outcomes_are_one_family() -> None:
    for outcome in (Retry(1.0), Gone("x"), Refused(400, "x"), Unknown("x")):
        assert isinstance(outcome, TeamsSays)
