"""Runs app.py once for each set of settings, each in a child forked after the imports, which take most of a start."""

from __future__ import annotations

import json
import os
import runpy
import sys
import traceback
from pathlib import Path

import app

ROOT = Path(__file__).parents[1]


def child(folder: str, settings: dict[str, str]) -> None:
    """`python app.py` in this folder with these settings alone; what it writes goes to the files `out` and `err`."""
    os.environ.clear()
    os.environ.update(settings)
    os.chdir(folder)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT, 0o600), number)
    try:
        runpy.run_path(str(ROOT / "app.py"), run_name="__main__")
    except SystemExit as ended:
        code = ended.code
        if isinstance(code, str):  # as the interpreter does
            sys.stderr.write(f"{code}\n")
            sys.stderr.flush()
        os._exit(1 if isinstance(code, str) else code or 0)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def main() -> None:
    """One case after the other: `{folder: settings}` comes in, `{folder: exit code}` goes out."""
    assert app.main
    codes = {}
    for folder, settings in json.load(sys.stdin).items():
        pid = os.fork()
        if pid == 0:
            child(folder, settings)
        codes[folder] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    sys.stdout.write(json.dumps(codes))


if __name__ == "__main__":
    main()
