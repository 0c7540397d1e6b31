"""Where tests keep their files: in memory, where there is room, so that they wait for no disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30
"""Bytes that have to be free there. On a disk every commit takes a millisecond, and the copy of a PostgreSQL database
up to 250 ms of computing for its 300 files."""


def folder() -> Path:
    """The machine's folder for such files, else its folder for temporary ones."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return Path(tempfile.gettempdir())
