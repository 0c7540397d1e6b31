"""The room that every story happens in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat import Session, session


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Session]:
    async with session(tmp_path) as opened:
        yield opened
