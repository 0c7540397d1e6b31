"""The program behind `dev.py backup` and `dev.py restore`: settings → store, and one sentence about what came of it.

Runs in the virtual environment; dev.py itself never imports it.
"""

from __future__ import annotations

import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from settings import WrongSetting, load_database_url
from store.backup import WrongBackup, back_up
from store.database import WrongDatabase
from store.restoring import restore


def main(command: str, file: str, *options: str) -> int:
    """`backup` or `restore` with a file; returns the exit code: 0 done, 1 not done."""
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, _asked_to_end)
    path, now = Path(file), datetime.now(UTC)
    try:
        url = load_database_url()
        if command == "backup":
            made = back_up(url, path, now, overwrite="--force" in options)
            print(f"Backed up to {path}: {made}.")
        else:
            made = restore(path, url, now)
            print(f"Restored from {path}: {made}. Kolbot can be started.")
    except (WrongSetting, WrongBackup, WrongDatabase) as wrong:
        print(wrong, file=sys.stderr)
        return 1
    return 0


def _asked_to_end(number: int, _: object) -> None:
    """What was begun is undone on the way out."""
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
