"""The room that every story happens in, once on each kind of database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.chat import Session, session, uses
from tests.postgres import database, postgresql  # noqa: F401 - pytest finds the fixture here

DATABASES = ("sqlite", "postgresql")
"""Every story is told on both."""


@pytest.fixture(autouse=True, params=DATABASES)
def kept_in(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Which database the bots of this test's folder use."""
    kind: str = request.param
    if kind == "sqlite":
        yield kind
        return
    with database(request.getfixturevalue("postgresql")) as address:
        uses(tmp_path, address)
        yield kind
    assert not list(tmp_path.glob("*.db")), "nothing went to a file"


@pytest.fixture
async def room(tmp_path: Path, kept_in: str) -> AsyncIterator[Session]:
    async with session(tmp_path) as opened:
        yield opened
