"""Hands `dev.py package` over to teams_app/, in the virtual environment. Builds nothing itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools import environment
from tools.places import PYTHON, ROOT, surroundings

FOLDERS = ("--out", "--check")
"""Options that name a place: it is meant from where the person stands, and the program runs in the project folder."""


def package(arguments: list[str]) -> int:
    """Build or check the app package for Teams; returns the exit code."""
    environment.prepare("run", page=False)
    command = [str(PYTHON), "-m", "teams_app", *from_here(arguments, Path.cwd())]
    return subprocess.call(command, cwd=ROOT, env=surroundings())


def from_here(arguments: list[str], here: Path) -> list[str]:
    """The arguments with the places among them made absolute."""
    said = list(arguments)
    for at, argument in enumerate(said):
        name, sign, value = argument.partition("=")
        if name in FOLDERS and sign:
            said[at] = f"{name}={here / value}"
        elif at and said[at - 1] in FOLDERS:
            said[at] = str(here / argument)
    return said
