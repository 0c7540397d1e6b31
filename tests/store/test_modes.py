"""Who may read SQLite's files: the one who runs Kolbot, whatever the umask; a mode that was chosen stays."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import for_writing, open_database
from store.tables import heartbeat
from tests.store.small_workshop import START


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """A system that lets everybody read and write whatever is made."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def used(folder: Path) -> dict[str, int]:
    """The modes of the files while something was written and the database is open."""
    engine = open_database(f"sqlite:///{folder / 'kolbot.db'}")
    with for_writing(engine).begin() as connection:
        connection.execute(heartbeat.insert().values(instance="one", at=START))
    found = modes(folder)
    with for_writing(engine).begin() as connection:
        connection.execute(heartbeat.delete())
    engine.dispose()
    return found


def test_a_new_database_is_for_its_owner_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert used(tmp_path) == {"kolbot.db": 0o600, "kolbot.db-wal": 0o600, "kolbot.db-shm": 0o600}
    assert used(tmp_path)["kolbot.db"] == 0o600
    assert not caplog.records


def test_a_wider_mode_is_said_in_the_log_and_kept(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    used(tmp_path)
    (tmp_path / "kolbot.db").chmod(0o640)
    with caplog.at_level(logging.WARNING, "store"):
        assert used(tmp_path) == {"kolbot.db": 0o640, "kolbot.db-wal": 0o640, "kolbot.db-shm": 0o640}
    (line,) = [record.getMessage() for record in caplog.records]
    assert "others on this machine (its mode is 640)" in line and "chmod 600" in line
    assert str(tmp_path) not in line
