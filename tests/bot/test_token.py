"""The bot's own token: asked for once, renewed in time, never shown."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.clouds import cloud_named
from bot.teams import Refused, Retry
from bot.token import NoToken, OwnToken, asks_msal
from tests.bot.fake_teams import APP_ID, TENANT, Clock, Reply
from tests.bot.line import Line, connected, error


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with connected() as ready:
        yield ready


async def test_a_refused_token_is_renewed_once(line: Line) -> None:
    line.fake.replies = [Reply(401, ""), Reply()]
    assert await line.teams.send(line.here, {"text": "x"})
    assert [asked.authorization for asked in line.fake.asked] == ["Bearer own-1", "Bearer own-2"]
    line.fake.replies = [Reply(401, error("BotNotRegistered")), Reply(401, error("BotNotRegistered"))]
    with pytest.raises(Refused) as said:
        await line.teams.send(line.here, {"text": "x"})
    assert said.value.status == 401
    assert line.fake.tokens_given == 3


async def test_one_token_serves_all_until_five_minutes_before_its_end(line: Line) -> None:
    line.fake.token_delay = 0.02
    assert set(await asyncio.gather(*(line.token.get() for _ in range(50)))) == {"own-1"}
    line.clock.now += 3299
    assert await line.token.get() == "own-1"
    line.clock.now += 1
    assert await line.token.get() == "own-2"


async def test_the_old_token_serves_while_the_authority_is_down(line: Line) -> None:
    assert await line.token.warm()
    line.fake.token_status = 503
    line.clock.now += 3400
    assert await line.token.get() == "own-1"
    assert line.fake.tokens_given == 2
    assert await line.token.get() == "own-1"
    assert line.fake.tokens_given == 2  # a failure rests a while
    line.clock.now += 200
    with pytest.raises(NoToken):
        await line.token.get()


async def test_without_a_token_nothing_is_sent(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    line.fake.token_status = 500
    assert not await line.token.warm()
    with pytest.raises(Retry):
        await line.teams.send(line.here, {"text": "x"})
    assert line.fake.asked == []
    assert "no token for the Connector" in caplog.text


@pytest.mark.parametrize("body", [{"token_type": "Bearer"}, {"access_token": "", "expires_in": 3600},
                                  {"access_token": "x", "expires_in": "soon"}, {"access_token": 5}])
async def test_an_authority_that_says_nothing_useful_gives_no_token(line: Line, body: dict[str, Any]) -> None:
    line.fake.token_body = body
    with pytest.raises(NoToken):
        await line.token.get()


async def test_who_gives_up_waiting_takes_the_token_from_nobody(line: Line) -> None:
    line.fake.token_delay = 0.05
    first, second = asyncio.create_task(line.token.get()), asyncio.create_task(line.token.get())
    await asyncio.sleep(0.01)
    first.cancel()
    assert await second == "own-1"


async def test_forgetting_an_older_token_keeps_the_newer(line: Line) -> None:
    await line.token.get()
    line.token.forget("own-0")
    assert await line.token.get() == "own-1"


@dataclass
class _Response:
    status_code: int
    text: str
    headers: dict[str, str]

    def raise_for_status(self) -> None:
        assert self.status_code < 400


class _Entra:
    """What MSAL speaks through: a Microsoft login in memory."""

    def __init__(self, answer: dict[str, Any], status: int = 200) -> None:
        self.answer = answer
        self.status = status
        self.posted: list[tuple[str, Any]] = []

    def get(self, url: str, **_: Any) -> _Response:
        host = url.partition("/tenant")[0].removesuffix("/common/discovery/instance")
        document = {
            "issuer": url.partition("/v2.0/")[0] + "/v2.0",
            "authorization_endpoint": f"{host}/authorize", "token_endpoint": f"{host}/token",
            "tenant_discovery_endpoint": url, "metadata": [],
        }
        return _Response(200, json.dumps(document), {})

    def post(self, url: str, data: Any = None, **_: Any) -> _Response:
        self.posted.append((url, data))
        return _Response(self.status, json.dumps(self.answer), {})

    def close(self) -> None:
        """Nothing is open."""


async def test_entra_is_asked_through_msal_off_the_loop() -> None:
    entra = _Entra({"access_token": "from-entra", "expires_in": 3599, "token_type": "Bearer"})
    clock = Clock()
    token = OwnToken(asks_msal(cloud_named("public"), APP_ID, "s3cret", TENANT, entra), clock=clock)
    assert await token.get() == "from-entra"
    assert await token.get() == "from-entra"
    [(_, form)] = entra.posted
    assert form["client_id"] == APP_ID
    assert form["client_secret"] == "s3cret"
    assert form["grant_type"] == "client_credentials"
    assert "https://api.botframework.com/.default" in form["scope"]
    token.forget("from-entra")
    await token.get()
    assert len(entra.posted) == 2  # MSAL's own cache would have given the refused one again


async def test_a_wrong_secret_says_so_without_the_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    entra = _Entra({"error": "invalid_client", "error_description": "the secret s3cret of app x is wrong"}, 401)
    token = OwnToken(asks_msal(cloud_named("public"), APP_ID, "s3cret", "", entra))
    assert not await token.warm()
    assert "invalid_client" in caplog.text
    assert "s3cret" not in caplog.text
