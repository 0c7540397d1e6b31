"""Runs one step of the set-up as a child process, with its words in a log; never says what the steps are."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.places import LOGS, ROOT, Trouble, last_lines, surroundings

SETUP_LOG = LOGS / "setup.log"


def logged(command: list[str], failed: str, more: dict[str, str] | None = None, folder: Path = ROOT) -> None:
    """Run a step of the set-up with its words in var/log/setup.log.

    Raises Trouble with their end when it fails.
    """
    with meanwhile(command, failed, more, folder):
        pass


@contextmanager
def meanwhile(
    command: list[str], failed: str, more: dict[str, str] | None = None, folder: Path = ROOT, log: Path = SETUP_LOG
) -> Iterator[None]:
    """A step of the set-up beside what is done within; its words go to `log`.

    At the end it is waited for; it is ended where something was raised. Raises Trouble when it fails.
    """
    environment = surroundings(**(more or {}))
    with log.open("a", encoding="utf-8") as words:
        print("$", *command, file=words, flush=True)
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=words, stderr=words, env=environment
        )
    try:
        yield
        code = process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    if code:
        where = f"The end of {log.relative_to(ROOT)}:\n{last_lines(log)}"
        raise Trouble(f"{failed} (exit code {code}). {where}")


def quiet(command: list[str], limit: float = 30, **more: str) -> bool:
    """Whether a command exists, ends within `limit` (in seconds) and reports success; `more`: its environment's."""
    try:
        return subprocess.run(command, capture_output=True, timeout=limit, env=surroundings(**more)).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
