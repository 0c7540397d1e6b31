"""Where things are kept in the project folder, and the environment that its programs run in.

Never starts anything.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VAR = ROOT / "var"
LOGS = VAR / "log"
PAGE = ROOT / "rehearsal"
"""Holds package.json and package-lock.json of the rehearsal room's page."""

WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
"""The virtual environment's Python.

Programs are run as `PYTHON -m …`: the scripts beside it stop working when the folder is moved.
"""

MISLEADING = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PIP_TARGET", "PIP_PREFIX", "PIP_USER")
"""Variables that would make the virtual environment's Python find, or pip fill, another place."""


class Trouble(Exception):
    """Something that the person at the keyboard has to know.

    The message is printed as it is, with no traceback.
    """

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def surroundings(**more: str) -> dict[str, str]:
    """The environment variables for a program of the project.

    This process's own, without those that mislead, and `more`. Of uv's, only where its cache is: all else pip is told.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in MISLEADING and (not name.startswith("UV_") or name == "UV_CACHE_DIR")
    }
    return kept | {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"} | more


def last_lines(log: Path, count: int = 20) -> str:
    """The end of a log, indented, for showing why something failed."""
    if not log.exists():
        return "    (it wrote nothing)"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    return "\n".join(f"    {line}" for line in lines) or "    (it wrote nothing)"
