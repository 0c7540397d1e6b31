"""A SQLite file as Kolbot makes it, for tests that are not about making it: the schema is made once, then copied."""

from __future__ import annotations

import functools
import os
import tempfile
from pathlib import Path

from store.database import open_database


def made(file: Path) -> None:
    """What a bot leaves that was started and ended: a file for its owner alone, with a write-ahead log."""
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as new:
        new.write(_pattern())


@functools.cache
def _pattern() -> bytes:
    """A file in which there is nothing yet but the tables: 50 ms of computing, and a copy of it is a tenth of one."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "kolbot.db"
        open_database(f"sqlite:///{file}").dispose()
        assert [each.name for each in Path(folder).iterdir()] == ["kolbot.db"], "all of it is in the file"
        return file.read_bytes()
