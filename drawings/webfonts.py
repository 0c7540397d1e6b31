"""The fonts that pages are set in: made once on a machine, in a process that gives way to the server, and kept for the
next start. What is kept is never more than a copy of what can be made again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from drawings.fonts import BROWSERS, for_browsers
from drawings.worker import Worker, WorkerLost

TIMEOUT: Final = 120.0
"""Seconds for one font: it takes about two of CPU, on a machine that may have much else to do."""
NICE: Final = 10
SIGNATURE: Final = b"wOFF"

Make = Callable[[Sequence[str]], Awaitable[dict[str, bytes]]]


def machines_folder() -> Path:
    """Where they are kept: below the temporary folder, for this user alone."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    return Path(tempfile.gettempdir()) / f"kolbot-fonts-{user}"


async def in_a_process(codes: Sequence[str]) -> dict[str, bytes]:
    """Made, by code: a process that is ended when they are."""
    worker = Worker(_begin, timeout=TIMEOUT, nice=NICE)
    try:
        return {code: await worker.do(for_browsers, code) for code in codes}
    except WorkerLost:  # a machine that starts no processes has pages all the same
        return {code: await asyncio.to_thread(for_browsers, code) for code in codes}
    finally:
        await worker.close()


async def webfonts(codes: Sequence[str], folder: Path, make: Make = in_a_process) -> Mapping[str, bytes]:
    """The fonts with these codes as WOFF, by code: those that are kept in the folder, the others made."""
    found = await asyncio.to_thread(_kept, codes, folder)
    missing = [code for code in codes if code not in found]
    if missing:
        made = await make(missing)
        await asyncio.to_thread(_keep, made, folder)
        found |= made
    return found


def _begin(folder: str) -> None:
    """Nothing has to be made ready."""


def _kept(codes: Sequence[str], folder: Path) -> dict[str, bytes]:
    """What is there of them, in a folder that nobody else can write to."""
    if not _is_ours(folder):
        return {}
    found: dict[str, bytes] = {}
    for code in codes:
        with contextlib.suppress(OSError):
            if (file := (folder / _name(code)).read_bytes()).startswith(SIGNATURE):
                found[code] = file
    return found


def _keep(made: Mapping[str, bytes], folder: Path) -> None:
    """Where it cannot be, they are made again at the next start."""
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        if not _is_ours(folder):
            return
        for code, file in made.items():
            # Whole or not at all: another instance may be reading, or writing the same.
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as half:
                half.write(file)
            Path(half.name).replace(folder / _name(code))


def _is_ours(folder: Path) -> bool:
    """A temporary folder is everybody's: what somebody else has put there is not read."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        return False
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o077)


def _name(code: str) -> str:
    """Of what it is made of, and by what."""
    made_of = (code, version("pymupdf-fonts"), version("fonttools"), BROWSERS)
    return f"{code}-{sha256(repr(made_of).encode()).hexdigest()[:16]}.woff"
