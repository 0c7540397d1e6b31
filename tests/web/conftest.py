"""A room with the whole bot in it whose dialogs host pages, on each kind of database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat import Session, session
from tests.postgres import postgresql  # noqa: F401 - pytest finds the fixture here
from tests.stories.conftest import kept_in  # noqa: F401


@pytest.fixture
async def room(tmp_path: Path, kept_in: str) -> AsyncIterator[Session]:  # noqa: F811
    async with session(tmp_path, PAGES="on") as opened:
        yield opened


@pytest.fixture
async def looking(room: Session) -> AsyncIterator[None]:
    """The bot looks for what others have changed, as it does when it serves."""
    loop = asyncio.create_task(room.bot.site.live.run())
    yield
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
