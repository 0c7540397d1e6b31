"""A started room and a small bot that is installed in it, for every test of the room."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from rehearsal.server import Room, make_room
from tests.rehearsal.echo import EchoBot


@pytest_asyncio.fixture
async def room() -> AsyncIterator[Room]:
    async with make_room(seed=1) as started:
        yield started


@pytest_asyncio.fixture
async def bot(room: Room) -> AsyncIterator[EchoBot]:
    echo = await EchoBot(room.url).start()
    await room.meet(echo.url)
    yield echo
    await echo.stop()
