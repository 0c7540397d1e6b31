"""Migrating is done once, whole, by whoever comes first; each migration has met rows of the release before it."""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

from store.database import WrongDatabase, alone, engine_on, migrate, open_database, use_log_ahead, version_of, versions
from tests.store.test_migrations import AT, FIRST_RELEASE, STATE

TAKEN_OVER = STATE.replace('"nudges"', '"takeovers":["res"],"nudges"')
POST = {**FIRST_RELEASE["posts"][0], "state": "posted"}

THIRD: dict[str, list[dict[str, Any]]] = {
    **FIRST_RELEASE,
    "workshops": [{**FIRST_RELEASE["workshops"][0], "state": TAKEN_OVER}],
    "leases": [{"name": "wall:w1", "holder": "before", "until": AT, "given_back": True}],
    "posts": [{**POST, "by": "one", "until": AT}],
    "persons": [{**FIRST_RELEASE["persons"][0], "chosen_at": AT}],
}

ROWS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "0001": FIRST_RELEASE,
    "0002": {
        **FIRST_RELEASE,
        "workshops": [{**FIRST_RELEASE["workshops"][0], "state": TAKEN_OVER}],
        "leases": [{"name": "wall:w1", "holder": "before", "until": AT, "given_back": False}],
        "posts": [
            POST,
            {**POST, "slot": "lobby", "state": "unknown"},
            {**POST, "slot": "stage:0", "state": "unknown", "activity_id": None},
            {**POST, "slot": "stage:1", "state": "sending", "activity_id": None},
            {**POST, "slot": "summary", "state": "gone"},
        ],
    },
    "0003": THIRD,
    "0004": {
        **FIRST_RELEASE,
        "workshops": [
            {**FIRST_RELEASE["workshops"][0], "state": TAKEN_OVER},
            {**FIRST_RELEASE["workshops"][0], "id": "ended", "status": "finished", "state": TAKEN_OVER},
            {**FIRST_RELEASE["workshops"][0], "id": "erased", "status": "finished", "home": "", "state": TAKEN_OVER},
        ],
    },
}
ROWS["0005"] = {
    **ROWS["0003"],
    "places": [{"workshop": "w1", "number": 0, "tenant": "t", "place": "19:home", "group": 0, "live": True}],
}
ROWS["0006"] = {
    **ROWS["0005"],
    "workshops": [
        THIRD["workshops"][0],
        {**THIRD["workshops"][0], "id": "w2", "home": "closed", "status": "closed"},
        {**THIRD["workshops"][0], "id": "w3", "home": "paused", "status": "paused", "closes_at": None},
    ],
}
ROWS["0007"] = {
    **ROWS["0006"],
    "workshops": [{**one, "due_at": one["closes_at"]} for one in ROWS["0006"]["workshops"]],
}
ROWS["0008"] = {**ROWS["0007"], "reminders": [{"workshop": "w1", "nudge": 0, "person": "jan", "state": "reached"}]}
ROWS["0009"] = {
    **ROWS["0008"],
    "tickets": [
        {
            "key": "k", "sort": "link", "workshop": "w1", "person": "t/jan", "page": "console", "language": "pl",
            "until": AT, "spent": False,
        }
    ],
}
ROWS["0010"] = {**ROWS["0009"], "persons": [{**FIRST_RELEASE["persons"][0], "zone": "Europe/Warsaw"}]}
ROWS["0011"] = {
    **ROWS["0010"],
    "translations": [
        {
            "workshop": "w1", "entry": "one", "language": "en", "prompt": "practices", "case": "", "round": 1,
            "author": "t/jan", "words": "bread", "by": "t/eva",
        }
    ],
}
"""By the version that wrote them: what the migration to the next one is tried on. A new migration needs its line here,
with the kinds of rows that it treats in different ways."""

CHANGED = {
    "0001": {"workshops": {"state"}},
    "0002": dict[str, set[str]](),
    "0003": dict[str, set[str]](),
    "0004": dict[str, set[str]](),
    "0005": dict[str, set[str]](),
    "0006": dict[str, set[str]](),
    "0007": dict[str, set[str]](),
    "0008": dict[str, set[str]](),
    "0009": dict[str, set[str]](),
    "0010": dict[str, set[str]](),
    "0011": dict[str, set[str]](),
}
"""Columns that the migrations from there on are meant to change, by table. New ones may be there beside the others."""


def release(url: str, version: str) -> None:
    """Make a database as this version left it."""
    engine = engine_on(url)
    with alone(engine) as connection:
        migrate(connection, version)
        tables = sa.MetaData()
        tables.reflect(connection)
        for name, rows in ROWS[version].items():
            for row in rows:
                connection.execute(tables.tables[name].insert(), row)
    engine.dispose()


def rows_of(url: str) -> dict[str, list[dict[str, Any]]]:
    """Everything in a database, whatever its version."""
    engine = engine_on(url)
    tables = sa.MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        found = {
            table.name: [dict(row) for row in connection.execute(sa.select(table).order_by(*table.c)).mappings()]
            for table in tables.sorted_tables
        }
    engine.dispose()
    return found


def version(url: str) -> str | None:
    engine = engine_on(url)
    with engine.connect() as connection:
        known = version_of(connection)
    engine.dispose()
    return known


def test_every_migration_has_rows_to_migrate() -> None:
    assert [*ROWS] == [*CHANGED] == sorted(versions())[:-1]


@pytest.mark.parametrize("before", ROWS)
def test_nothing_is_lost_or_changed_by_the_way(before: str, empty_url: str) -> None:
    """From every version to today's: the rows are all there, and say what they said."""
    release(empty_url, before)
    old = rows_of(empty_url)
    open_database(empty_url).dispose()
    new = rows_of(empty_url)
    for name in ROWS[before]:
        changed = CHANGED[before].get(name, set())
        for was, row in zip(old[name], new[name], strict=True):
            assert row.items() >= {key: value for key, value in was.items() if key not in changed}.items(), name


def test_edits_that_were_lost_may_still_land_for_a_while(empty_url: str) -> None:
    """0003: of what is posted, only an edit without an answer is in doubt, for 45 s since then."""
    release(empty_url, "0002")
    open_database(empty_url).dispose()
    new = rows_of(empty_url)
    until = {row["slot"]: row["until"] for row in new["posts"]}
    assert until == {"board": None, "lobby": AT + 45_000_000, "stage:0": None, "stage:1": None, "summary": None}
    assert {row["by"] for row in new["posts"]} == {""}
    assert [row["chosen_at"] for row in new["persons"]] == [None]


def test_every_workshop_has_its_home_among_the_places(empty_url: str) -> None:
    """0005: live or not, but for those that were erased."""
    release(empty_url, "0004")
    open_database(empty_url).dispose()
    new = rows_of(empty_url)
    home = FIRST_RELEASE["workshops"][0]["home"]
    found = {row["workshop"]: (row["number"], row["place"], row["group"], bool(row["live"])) for row in new["places"]}
    assert found == {"w1": (0, home, 0, True), "ended": (0, home, 0, False)}
def test_of_what_runs_the_open_step_is_due(empty_url: str) -> None:
    """0007: nothing is due of a workshop whose step is closed or paused, whatever its deadline was."""
    release(empty_url, "0006")
    open_database(empty_url).dispose()
    due = {row["id"]: row["due_at"] for row in rows_of(empty_url)["workshops"]}
    assert due == {"w1": AT + 600_000_000, "w2": None, "w3": None}


def migrations_run(url: str) -> int:
    """As a start of Kolbot opens its database."""
    ran: list[str] = []
    log = logging.getLogger("alembic.runtime.migration")
    log.setLevel(logging.INFO)
    log.addFilter(lambda record: ran.append(record.getMessage()) or True)
    open_database(url).dispose()
    return sum("Running upgrade" in line for line in ran)


def test_instances_that_start_at_once_migrate_once(empty_url: str) -> None:
    """Three processes; each counts the migrations that it ran itself."""
    release(empty_url, "0001")
    waits, goes = os.pipe()
    listens, tells = os.pipe()
    instances = []
    for _ in range(3):
        pid = os.fork()
        if pid == 0:
            os.close(goes)
            os.read(waits, 1)  # until nobody holds the other end: all three at once
            with contextlib.suppress(BaseException):
                os.write(tells, b"%d " % migrations_run(empty_url))
            os._exit(0)
        instances.append(pid)
    for end in (waits, goes, tells):
        os.close(end)
    with os.fdopen(listens) as said:
        counted = sorted(map(int, said.read().split()))
    for pid in instances:
        os.waitpid(pid, 0)
    assert counted == [0, 0, len(versions()) - 1]
    assert version(empty_url) == versions()[0]


def test_a_file_that_another_instance_is_giving_its_log_is_waited_for(tmp_path: Path) -> None:
    """SQLite refuses the second who asks at once, however patient it is; here the first is done after that."""
    file = tmp_path / "kolbot.db"
    release(f"sqlite:///{file}", "0001")
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    asked: list[str] = []

    def asks(statement: str) -> None:
        if "journal_mode" in statement:
            asked.append(statement)
            if len(asked) == 2:
                other.execute("ROLLBACK")

    def listens(connection: sqlite3.Connection, record: object) -> None:
        connection.set_trace_callback(asks)

    event.listen(Engine, "connect", listens)
    try:
        open_database(f"sqlite:///{file}").dispose()
    finally:
        event.remove(Engine, "connect", listens)
        other.close()
    assert len(asked) >= 2, "it was refused, and asked again"
    assert version(f"sqlite:///{file}") == versions()[0]


def test_a_file_that_another_program_does_not_let_go_is_said(tmp_path: Path) -> None:
    file = tmp_path / "kolbot.db"
    release(f"sqlite:///{file}", "0001")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    engine = engine_on(f"sqlite:///{file}")
    with pytest.raises(WrongDatabase, match="in use by another program: end that first"):
        use_log_ahead(engine, 0.0)
    other.close()
    engine.dispose()


def test_who_waits_for_a_migration_that_fails_does_it(empty_url: str) -> None:
    """The first instance migrates and dies of something else before it is done; the next start does all of it."""
    release(empty_url, "0001")
    engine = engine_on(empty_url)

    def dies() -> None:
        with alone(engine) as connection:
            migrate(connection)
            raise RuntimeError("dies")

    with pytest.raises(RuntimeError, match="dies"):
        dies()
    engine.dispose()
    assert version(empty_url) == "0001"
    assert "leases" not in rows_of(empty_url)
    open_database(empty_url).dispose()
    assert version(empty_url) == versions()[0]


@contextmanager
def killed_beyond(size: int) -> Iterator[None]:
    """In a process of its own: the system kills it as soon as it writes beyond so many bytes of a file."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    with contextlib.suppress(BaseException):
        yield
    os._exit(0)


def test_a_file_whose_migration_is_killed_in_the_middle(tmp_path: Path) -> None:
    """Most workshops have been rewritten by then; none is, for whoever comes next, which does it."""
    url = f"sqlite:///{tmp_path / 'kolbot.db'}"
    release(url, "0001")
    engine = engine_on(url)
    with engine.begin() as connection:
        tables = sa.MetaData()
        tables.reflect(connection)
        workshop = FIRST_RELEASE["workshops"][0]
        more = [{**workshop, "id": f"w{number:04}", "home": f"home {number}"} for number in range(10, 2_000)]
        connection.execute(tables.tables["workshops"].insert(), more)
    engine.dispose()
    before = rows_of(url)
    pid = os.fork()
    if pid == 0:
        with killed_beyond(1_000_000):
            open_database(url)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGXFSZ
    assert (tmp_path / "kolbot.db-wal").stat().st_size > 900_000, "it had come far"
    assert rows_of(url) == before
    open_database(url).dispose()
    assert all('"takeovers":[]' in row["state"] for row in rows_of(url)["workshops"])


def test_a_newer_database_is_left_alone(url: str) -> None:
    """Whatever this Kolbot does not know: one refusal, and not a byte of it changed."""
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE of_the_future (id INTEGER)"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    before = rows_of(url)
    for _ in range(2):
        with pytest.raises(WrongDatabase, match="install that version, or restore a backup made before it"):
            open_database(url)
    assert rows_of(url) == before
