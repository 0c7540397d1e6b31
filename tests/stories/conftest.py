"""The room that every story happens in, and the stories that happen on PostgreSQL too."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.chat import Session, session, uses
from tests.postgres import database, postgresql  # noqa: F401 - pytest finds the fixture here

ON_BOTH = ("test_whole", "test_redelivery", "test_clock", "test_two_conversations", "test_instances")
"""Whole courses, races, the clock: where a database could make a difference. The store's own suite has the rest."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.module.__name__.rpartition(".")[2] in ON_BOTH:
        metafunc.parametrize("kept_in", ("sqlite", "postgresql"), indirect=True)


@pytest.fixture(autouse=True)
def kept_in(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Which database the bots of this test's folder use."""
    kind: str = getattr(request, "param", "sqlite")
    if kind == "sqlite":
        yield kind
        return
    with database(request.getfixturevalue("postgresql")) as address:
        uses(tmp_path, address)
        yield kind


@pytest.fixture
async def room(tmp_path: Path, kept_in: str) -> AsyncIterator[Session]:
    async with session(tmp_path) as opened:
        yield opened
