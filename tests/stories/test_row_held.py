"""On PostgreSQL somebody else holds a row: nobody is told "recorded" before it is; pressing again counts once."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL

from tests.chat import database_of, label, session, uses
from tests.postgres import database
from tests.stories.acts import K1, element, form_of, leads, practices, sends


async def test_not_confirmed_yet_and_then_once(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    server: URL = request.getfixturevalue("postgresql")
    with database(server) as address:
        uses(tmp_path, address)
        other = sa.create_engine(database_of(tmp_path))
        async with session(tmp_path) as room:
            await room.opens()
            await room.joins("james")
            await leads(room, label("Start", "pl"))
            form = await form_of(room, "james")
            with other.connect() as holding:
                holding.execute(sa.text("SELECT id FROM workshops FOR UPDATE"))
                waiting = await sends(form, K1="Kept in the end")
                assert not element(waiting.dialog, "receipt"), "nothing is recorded yet"
                said = element(waiting.dialog, "unconfirmed") or element(waiting.dialog, "refusal")
                assert "press again" in said, waiting.texts()
                assert waiting.dialog is not None
                assert waiting.dialog.values() == {K1: "Kept in the end"}
                assert await practices(room) == []
                holding.rollback()
            again = await sends(waiting.dialog, K1="Kept in the end")
            assert element(again.dialog, "receipt")
            assert await practices(room) == [["Kept in the end"]]
        other.dispose()
