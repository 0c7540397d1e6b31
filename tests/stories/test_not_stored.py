"""Somebody else holds the database: nobody is told "recorded" before it is, and pressing again counts once."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.chat import Session, label, session
from tests.stories.acts import K1, element, form_of, leads, practices, sends


@asynccontextmanager
async def held(folder: Path) -> AsyncIterator[Session]:
    """A workshop at its first step, whose database another program has begun to write into."""
    async with session(folder) as room:
        await room.opens()
        await room.joins("james")
        await leads(room, label("Start", "pl"))
        yield room


async def test_not_confirmed_yet_and_then_once(tmp_path: Path) -> None:
    async with held(tmp_path) as room:
        form = await form_of(room, "james")
        other = sqlite3.connect(tmp_path / "kolbot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            waiting = await sends(form, K1="Kept in the end")
            assert not element(waiting.dialog, "receipt"), "nothing is recorded yet"
            said = element(waiting.dialog, "unconfirmed") or element(waiting.dialog, "refusal")
            assert "press again" in said, waiting.texts()
            assert waiting.dialog is not None
            assert waiting.dialog.values() == {K1: "Kept in the end"}
            assert await practices(room) == []
        finally:
            other.execute("ROLLBACK")
            other.close()
        again = await sends(waiting.dialog, K1="Kept in the end")
        assert element(again.dialog, "receipt")
        assert await practices(room) == [["Kept in the end"]]
