"""Our Connector before a fake Teams, with a clock that waits in no time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.clouds import cloud_named
from bot.teams import Address, Teams
from bot.token import OwnToken, own_token
from tests.bot.fake_teams import APP_ID, TENANT, Clock, FakeTeams, fake_teams

CHANNEL = "19:abc@thread.tacv2"
THREAD = f"{CHANNEL};messageid=1700000000000"
PATH = "v3/conversations/19%3Aabc%40thread.tacv2%3Bmessageid%3D1700000000000"


def error(code: str) -> dict[str, Any]:
    """How Teams says what is wrong; its message may quote what should stay private."""
    return {"error": {"code": code, "message": "Anna Kowalska wrote a secret"}}


@dataclass
class Line:
    """What stands around the Connector."""

    fake: FakeTeams
    teams: Teams
    token: OwnToken
    clock: Clock
    here: Address
    session: aiohttp.ClientSession

    def impatient(self, session: aiohttp.ClientSession | None = None) -> Teams:
        """One that waits 0.2 s for an answer."""
        cloud = cloud_named("rehearsal", self.fake.url)
        return Teams(cloud, session or self.session, self.token, clock=self.clock, sleep=self.clock.sleep, attempt=0.2)


@asynccontextmanager
async def connected() -> AsyncIterator[Line]:
    """A line whose fake Teams is running."""
    async with fake_teams() as fake, aiohttp.ClientSession() as session:
        cloud = cloud_named("rehearsal", fake.url)
        clock = Clock()
        token = own_token(cloud, session, APP_ID, clock=clock)
        teams = Teams(cloud, session, token, clock=clock, sleep=clock.sleep, chance=lambda: 1.0)
        here = Address(fake.service_url, THREAD, TENANT, f"28:{APP_ID}")
        yield Line(fake, teams, token, clock, here, session)
