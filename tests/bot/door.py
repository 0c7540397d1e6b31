"""A gate before a fake Teams, with a clock that is turned by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.auth import Caller, Gate, Keys
from bot.clouds import cloud_named
from tests.bot.fake_teams import APP_ID, Clock, FakeTeams, fake_teams


@dataclass
class Door:
    """What stands around the gate."""

    teams: FakeTeams
    keys: Keys
    gate: Gate
    clock: Clock

    async def let_in(self, token: str | None = None, **fields: Any) -> Caller:
        """An activity comes with this token, or a good one."""
        return await self.gate.check(f"Bearer {token or self.teams.token()}", self.teams.activity(**fields))


@asynccontextmanager
async def opened() -> AsyncIterator[Door]:
    """A door whose fake Teams is running."""
    async with fake_teams() as teams, aiohttp.ClientSession() as session:
        cloud = cloud_named("rehearsal", teams.url)
        clock = Clock()
        keys = Keys(cloud, session, clock=clock)
        yield Door(teams, keys, Gate(cloud, APP_ID, keys, clock=clock), clock)
