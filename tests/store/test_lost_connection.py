"""A connection that breaks: before the commit nothing is lost, during it nothing is called done that may not be."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection

from store.failures import NotWritten
from store.tables import workshops
from tests.store.conftest import Stored
from tests.store.small_workshop import START, gave
from workshop.service import NotStored


@dataclass
class Wire:
    """Cuts a connection at the next chance of its kind, as a server that goes away would."""

    cut_next_read: bool = False
    cut_before_commit: bool = False
    cut_after_commit: bool = False


@pytest.fixture
def wire(stored: Stored) -> Iterator[Wire]:
    wire = Wire()

    def on_statement(connection: Connection, *_: object) -> None:
        if wire.cut_next_read:
            wire.cut_next_read = False
            _cut(connection)

    def on_commit(connection: Connection) -> None:
        if wire.cut_after_commit:
            connection.connection.dbapi_connection.commit()  # type: ignore[union-attr]
        if wire.cut_after_commit or wire.cut_before_commit:
            wire.cut_after_commit = wire.cut_before_commit = False
            _cut(connection)

    event.listen(stored.engine, "before_cursor_execute", on_statement)
    event.listen(stored.engine, "commit", on_commit)
    yield wire
    event.remove(stored.engine, "before_cursor_execute", on_statement)
    event.remove(stored.engine, "commit", on_commit)


def _cut(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.close()


async def test_a_connection_lost_before_the_commit_costs_nothing(stored: Stored, wire: Wire) -> None:
    await stored.begin("jan", "eva")
    wire.cut_next_read = True
    await asyncio.gather(stored.done(gave("jan", "one")), stored.done(gave("eva", "two")))
    assert [answer.author for answer in await stored.answers("practices")] == ["jan", "eva"]


async def test_a_question_on_a_lost_connection_is_asked_again(stored: Stored, wire: Wire) -> None:
    await stored.begin("jan")
    wire.cut_next_read = True
    assert (await stored.workshop()).people["jan"].joined


async def test_a_commit_that_was_stored_but_not_confirmed_counts_once(stored: Stored, wire: Wire) -> None:
    await stored.begin("jan", "eva")
    wire.cut_after_commit = True
    told = await asyncio.gather(
        *(stored.writer.change(gave(person, "note", delivery=person)) for person in ("jan", "eva"))
    )
    # The first may have gone alone; whoever was in the lost commit is told that it is not known.
    assert NotStored(certain=False) in told

    again = [await stored.done(gave(person, "note", delivery=person)) for person in ("jan", "eva")]

    assert all(outcome.repeated for outcome in again)
    assert [answer.author for answer in await stored.answers("practices")] == ["jan", "eva"]
    assert (await stored.workshop()).revision == 4 + 2


async def test_a_commit_that_was_lost_can_be_asked_for_again(stored: Stored, wire: Wire) -> None:
    await stored.begin("jan")
    wire.cut_before_commit = True
    assert await stored.writer.change(gave("jan", "note", delivery="x")) == NotStored(certain=False)
    assert await stored.answers("practices") == []

    again = await stored.done(gave("jan", "note", delivery="x"))

    assert not again.repeated
    assert again.workshop == await stored.workshop()


async def test_a_small_write_says_whether_it_is_known(stored: Stored, wire: Wire) -> None:
    wire.cut_after_commit = True
    with pytest.raises(NotWritten) as failure:
        await stored.writer.first_time("x", START)
    assert not failure.value.certain
    assert not await stored.writer.first_time("x", START)


async def test_a_small_write_that_fails_harms_no_other(stored: Stored) -> None:
    """One breaks a constraint in the transaction that it shares with the others."""

    def wrong(connection: Connection) -> None:
        connection.execute(workshops.insert().values(id="incomplete"))

    told = await asyncio.gather(
        stored.writer.first_time("a", START),
        stored.writer.write(wrong),
        stored.writer.first_time("b", START),
        return_exceptions=True,
    )
    assert told[0] is True
    assert told[2] is True
    assert isinstance(told[1], NotWritten)
    assert told[1].certain
