"""Somebody else holds the database: nobody is told "recorded" before it is, and pressing again counts once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from tests.chat import Session, database_of, label
from tests.stories.acts import K1, element, form_of, leads, practices, sends

HOLDING = {"sqlite": ("BEGIN IMMEDIATE",), "postgresql": ("BEGIN", "SELECT id FROM workshops FOR UPDATE")}
"""How another program keeps the writer waiting: SQLite's whole file, PostgreSQL's row."""


@contextmanager
def held(address: str, kept_in: str) -> Iterator[None]:
    other = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with other.connect() as holding:
        for statement in HOLDING[kept_in]:
            holding.exec_driver_sql(statement)
        try:
            yield
        finally:
            holding.exec_driver_sql("ROLLBACK")
    other.dispose()


async def test_not_confirmed_yet_and_then_once(room: Session, tmp_path: Path, kept_in: str) -> None:
    await room.opens()
    await room.joins("james")
    await leads(room, label("Start", "pl"))
    form = await form_of(room, "james")
    with held(database_of(tmp_path), kept_in):
        waiting = await sends(form, K1="Kept in the end")
        assert not element(waiting.dialog, "receipt"), "nothing is recorded yet"
        said = element(waiting.dialog, "unconfirmed") or element(waiting.dialog, "refusal")
        assert "press again" in said, waiting.texts()
        assert waiting.dialog is not None
        assert waiting.dialog.values() == {K1: "Kept in the end"}
        assert await practices(room) == []
    again = await sends(waiting.dialog, K1="Kept in the end")
    assert element(again.dialog, "receipt")
    assert await practices(room) == [["Kept in the end"]]
