"""Somebody else holds the database: nobody is told "recorded" before it is, and pressing again counts once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from rehearsal.activities import Activity
from rehearsal.hands import Dialog
from tests.chat import Session, database_of, label
from tests.stories.acts import K1, element, form_of, leads, practices, sends

HOLDING = {"sqlite": ("BEGIN IMMEDIATE",), "postgresql": ("BEGIN", "SELECT id FROM workshops FOR UPDATE")}
"""How another program keeps the writer waiting: SQLite's whole file, PostgreSQL's row."""

WITHDRAWN = "Your answers to this step are withdrawn."


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


async def in_vain(room: Session, address: str, kept_in: str, words: str) -> tuple[Dialog, Activity]:
    """James answers while nothing can be stored: the form that he gets back, and what Teams may deliver once more."""
    await room.opens()
    await room.joins("james")
    await leads(room, label("Start", "pl"))
    form = await form_of(room, "james")
    with held(address, kept_in):
        waiting = await sends(form, K1=words)
        old = room.room.sent[-1].activity
        assert not element(waiting.dialog, "receipt"), waiting.texts()
    assert waiting.dialog is not None
    return waiting.dialog, old


async def test_what_was_not_stored_and_comes_once_more_undoes_nothing_newer(
    room: Session, tmp_path: Path, kept_in: str
) -> None:
    """He was told to press again, and wrote something else; then Teams delivers the first press once more."""
    form, old = await in_vain(room, database_of(tmp_path), kept_in, "First thought")
    assert element((await sends(form, K1="Second thought")).dialog, "receipt")
    for _ in range(2):
        late = await room.room.redeliver(old)
        assert await practices(room) == [["Second thought"]]
        words = str(late.body)
        assert "Second thought" in words and "First thought" not in words, "he is told what is recorded"


async def test_what_was_taken_back_is_not_brought_again_by_an_older_press(
    room: Session, tmp_path: Path, kept_in: str
) -> None:
    form, old = await in_vain(room, database_of(tmp_path), kept_in, "Better not")
    assert element((await sends(form, K1="Better not")).dialog, "receipt")
    change = await room.form("james")
    assert (await change.presses(label("Withdraw", "en"))).texts() == [WITHDRAWN]
    late = await room.room.redeliver(old)
    assert await practices(room) == []
    assert WITHDRAWN in str(late.body) and "Better not" not in str(late.body)
