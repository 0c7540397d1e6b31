"""The bot's door on loopback, over real HTTP, before a fake Teams."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from botbuilder.core import TurnContext

from bot.adapter import KolbotAdapter
from bot.auth import Gate, Keys
from bot.clouds import cloud_named
from bot.teams import Teams
from bot.token import own_token
from tests.bot.fake_teams import APP_ID, TENANT, Clock, FakeTeams, fake_teams

Turn = Callable[[TurnContext], Awaitable[None]]


@dataclass
class Bot:
    """The bot's door on loopback; `turn` is what it does, `turns` what came through."""

    fake: FakeTeams
    session: aiohttp.ClientSession
    adapter: KolbotAdapter
    url: str = ""
    turn: Turn | None = None
    turns: list[TurnContext] = field(default_factory=list)

    async def on_turn(self, context: TurnContext) -> None:
        """Notes the turn, then does what the test wants."""
        self.turns.append(context)
        if self.turn is not None:
            await self.turn(context)

    async def post(self, data: Any, **headers: str | None) -> tuple[int, str]:
        """Status and text of the answer to a POST; a header set to None is left out."""
        usual = {"Authorization": f"Bearer {self.fake.token()}", "Content-Type": "application/json"}
        sent = {name.replace("_", "-"): value for name, value in {**usual, **headers}.items() if value is not None}
        body = data if isinstance(data, bytes) or hasattr(data, "__aiter__") else json.dumps(data).encode()
        skip = ["Content-Type"] if "Content-Type" not in sent else None
        async with self.session.post(self.url, data=body, headers=sent, skip_auto_headers=skip) as response:
            return response.status, await response.text()

    async def invoke(self, name: str = "task/fetch", **fields: Any) -> tuple[int, str]:
        """Status and text of the answer to an invoke."""
        return await self.post(self.fake.activity(type="invoke", name=name, text=None, **fields))


@asynccontextmanager
async def served() -> AsyncIterator[Bot]:
    """A bot that listens."""
    async with fake_teams() as fake, aiohttp.ClientSession() as session:
        cloud = cloud_named("rehearsal", fake.url)
        clock = Clock()
        keys = Keys(cloud, session, clock=clock)
        gate = Gate(cloud, APP_ID, keys, allowed_tenants=frozenset({TENANT}), clock=clock)
        teams = Teams(cloud, session, own_token(cloud, session, APP_ID), sleep=clock.sleep)
        made = Bot(fake, session, KolbotAdapter(gate, teams))
        app = web.Application()
        app.add_routes([made.adapter.route(made.on_turn)])
        runner = web.AppRunner(app)  # as web.run_app does; aiohttp's TestServer would cancel turns on a hang-up
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
        try:
            yield made
        finally:
            await runner.cleanup()
