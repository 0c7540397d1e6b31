"""Opening: the migrations make what the code expects, twice is once, and what cannot be used is said in a sentence."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.pq import TransactionStatus
from sqlalchemy.engine import Connection, Engine

import store
from store.database import WrongDatabase, for_asking, for_reading, for_writing, open_database, versions
from store.tables import metadata


def test_the_migrations_make_what_the_code_expects(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_partial_index_keeps_its_condition(engine: Engine) -> None:
    index = next(i for i in sa.inspect(engine).get_indexes("workshops") if i["name"] == "one_live_workshop_in_a_home")
    condition = index["dialect_options"][f"{engine.dialect.name}_where"]
    assert "status" in str(condition) and "lobby" in str(condition)


def test_the_versions_are_those_that_alembic_finds() -> None:
    scripts = ScriptDirectory(str(Path(store.__file__).parent / "migrations"))
    assert versions() == tuple(script.revision for script in scripts.walk_revisions())


def test_opening_twice_is_opening_once(empty_url: str) -> None:
    open_database(empty_url).dispose()
    again = open_database(empty_url)
    with again.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all() == [versions()[0]]
    again.dispose()


async def test_instances_that_start_at_once_make_one_schema(empty_url: str) -> None:
    engines = await asyncio.gather(*(asyncio.to_thread(open_database, empty_url) for _ in range(4)))
    for engine in engines:
        with engine.connect() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM workshops")).scalar() == 0
        engine.dispose()


def test_a_database_of_a_newer_version_is_refused(url: str) -> None:
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(
        WrongDatabase, match=rf"written by a newer Kolbot \(its schema is 9999, this one knows up to {versions()[0]}\)"
    ):
        open_database(url)


def test_a_reader_sees_one_state_from_beginning_to_end(engine: Engine) -> None:
    count = sa.text("SELECT count(*) FROM heartbeat")
    with for_reading(engine).connect() as reading:
        assert reading.execute(count).scalar() == 0
        with for_writing(engine).begin() as writing:
            writing.execute(sa.text("INSERT INTO heartbeat (instance, at) VALUES ('a', 1)"))
        assert reading.execute(count).scalar() == 0
    with for_reading(engine).connect() as reading:
        assert reading.execute(count).scalar() == 1


def test_a_single_question_is_in_no_transaction_and_what_follows_on_its_connection_is(engine: Engine) -> None:
    count = sa.text("SELECT count(*) FROM heartbeat")
    for kind, inside in ((for_asking, False), (for_reading, True), (for_asking, False), (for_writing, True)):
        with kind(engine).connect() as connection:
            assert connection.execute(count).scalar() == 0
            assert is_inside(connection) is inside, kind.__name__
    with for_asking(engine).connect() as asking:
        assert asking.execute(count).scalar() == 0
        with for_writing(engine).begin() as writing:
            writing.execute(sa.text("INSERT INTO heartbeat (instance, at) VALUES ('a', 1)"))
        assert asking.execute(count).scalar() == 1


def is_inside(connection: Connection) -> bool:
    """Whether the driver's connection has a transaction under way."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite":
        return bool(driver.in_transaction)
    return driver.info.transaction_status is not TransactionStatus.IDLE


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("mysql://user:secret@host/db", r"mysql://user:\*\*\*@host/db is neither"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///file:kolbot.db?uri=true", "has to name SQLite's file itself"),
        ("sqlite:////no/such/folder/kolbot.db", "folder /no/such/folder of the database does not exist"),
        ("postgresql://user:secret@127.0.0.1:1/db", r"user:\*\*\*@127.0.0.1:1/db cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_a_sentence(wrong: str, sentence: str) -> None:
    with pytest.raises(WrongDatabase, match=sentence) as failure:
        open_database(wrong)
    assert "secret" not in str(failure.value)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "kolbot.db").write_text("This is a letter, not a database. " * 100)
    with pytest.raises(WrongDatabase, match="cannot be opened"):
        open_database(f"sqlite:///{tmp_path / 'kolbot.db'}")
