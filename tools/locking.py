"""A lock on a file, so that two dev.py at once do not set up, or open one database, at the same time.

Freed by the system when its holder dies.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tools.places import Trouble

if sys.platform == "win32":
    import msvcrt

    def lock(file: IO[str], *, wait: bool) -> None:
        """Lock the file's last possible byte.

        Raises OSError where somebody else holds it (Windows gives up waiting after 10 s).
        """
        file.seek(0x7FFFFFFF)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def lock(file: IO[str], *, wait: bool) -> None:
        """Lock the file; raises OSError where somebody else holds it and `wait` is false."""
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(path: Path, *, wait: str = "", refusal: str = "") -> Iterator[IO[str]]:
    """Hold the lock on a file and yield it open for writing.

    While somebody else holds it: with `wait`, prints that sentence and waits; else raises Trouble with
    `refusal` and with what the holder has written into the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            lock(file, wait=False)
        except OSError:
            if not wait:
                file.seek(0)
                raise Trouble(f"{refusal} {file.read().strip()}".strip()) from None
            print(wait, flush=True)
            lock(file, wait=True)
        file.truncate(0)
        yield file
