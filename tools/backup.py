"""Hands `dev.py backup` and `dev.py restore` over to tools/backup_program.py, in the virtual environment.

Reads and writes nothing itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools import environment
from tools.places import PYTHON, ROOT, WINDOWS, Trouble, surroundings


def hand_over(command: str, arguments: list[str]) -> int:
    """Make a backup, or restore one; returns the exit code."""
    files = [argument for argument in arguments if not argument.startswith("-")]
    options = [argument for argument in arguments if argument.startswith("-")]
    known = ["--force"] if command == "backup" else []
    if unknown := [option for option in options if option not in known]:
        takes = "only --force" if known else "no options"
        raise Trouble(f"'{command}' does not know {unknown[0]!r}. It takes {takes}, and a file.", exit_code=2)
    if len(files) != 1:
        raise Trouble(f"'{command}' needs one file, and got {len(files)}: dev.py {command} FILE", exit_code=2)
    environment.prepare("run", page=False)
    # The program runs in the project folder, where .env is; the file is meant from where the person stands.
    said = [str(PYTHON), "-m", "tools.backup_program", command, str(Path.cwd() / files[0]), *options]
    sys.stdout.flush()
    if not WINDOWS:
        os.chdir(ROOT)
        os.execve(said[0], said, surroundings())  # whoever ends dev.py ends the program itself, which then tidies up
    return subprocess.call(said, cwd=ROOT, env=surroundings())
