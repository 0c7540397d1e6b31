#!/usr/bin/env python3
"""The one entry for people and for CI: sets up what is missing, then runs, tests, lints or plays.

Standard library only; the work is in tools/.
"""

from __future__ import annotations

import difflib
import shutil
import signal
import sys
import time
from types import FrameType
from typing import Optional

OLDEST = (3, 11)
USAGE = """\
usage: python3 dev.py <command> [options]

  run                  start the bot and a rehearsal room, a stand-in for Teams in the browser; prints a link
      --fresh            forget the workshops of earlier runs first
  test                 everything that CI runs: lint, types, import borders, catalogues, tests, browser tests
      --excuse-browser   succeed without the browser tests where no Chromium can be had
      PATH... -k WORD    anything else: only pytest, with these arguments (dev.py test tests/stories -k join)
  lint                 lint, types and import borders only
  play                 a whole session without a screen, over HTTP, by simulated people (see play --help)
  soak                 500 answers under faults and kill -9, on SQLite and on PostgreSQL with two instances, judged by
                       what the room saw (see soak --help); about six minutes
  backup FILE          all that Kolbot keeps into one file, while it runs (see docs/backup.md)
      --force            write over a file that is there
  restore FILE         a backup into an empty database, SQLite or PostgreSQL
  package              the app package to upload to Teams, built and checked (see package --help)
  bench                measures Kolbot beside Microsoft's SDKs, one core each; docs/performance.md explains the figures
      --quick            short rounds: about three minutes instead of ten
      --board            only the board page: 1,000 open at once (with --quick 200); two minutes
      --groups           only how even groups are and how long forming them takes (docs/groups.md); one minute

Each command first makes or completes the virtual environment in .venv; nothing is installed, and the network
is not used, while the requirement files are unchanged. Logs and the database are kept in var/.
"""
COMMANDS = ("run", "test", "lint", "play", "soak", "backup", "restore", "package", "bench")


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code: 0 done, 1 failed, 2 asked for something that does not exist."""
    if sys.version_info < OLDEST:
        return refuse_python()
    command, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if command in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0
    if command not in COMMANDS:
        nearest = difflib.get_close_matches(command.lower(), COMMANDS, n=1, cutoff=0.5)
        guess = f" Did you mean '{nearest[0]}'?" if nearest else ""
        print(f"dev.py has no command {command!r}.{guess}\n\n{USAGE}", end="", file=sys.stderr)
        return 2
    if command not in ("play", "soak", "package") and {"-h", "--help"} & set(rest):
        print(USAGE, end="")
        return 0
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupted)
    from tools.places import Trouble

    try:
        return hand_over(command, rest)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return trouble.exit_code
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130


def hand_over(command: str, rest: list[str]) -> int:
    """Give the command to its module in tools/."""
    from tools import backup, bench, checks, environment, package, rooms
    from tools.places import Trouble

    began = time.monotonic()
    if command == "run":
        unknown = [argument for argument in rest if argument != "--fresh"]
        if unknown:
            raise Trouble(f"'run' does not know {unknown[0]!r}. It takes only --fresh.", exit_code=2)
        environment.prepare("run", page=True)
        return rooms.run(fresh="--fresh" in rest)
    if command == "play":
        environment.prepare("run", page=True)
        return rooms.play(rest)
    if command == "soak":
        environment.prepare("dev", page=False)
        return rooms.soak(rest)
    if command in ("backup", "restore"):
        return backup.hand_over(command, rest)
    if command == "package":
        return package.package(rest)
    if command == "lint":
        if rest:
            raise Trouble(f"'lint' takes no arguments, and got {rest[0]!r}.", exit_code=2)
        environment.prepare("dev", page=False)
        return checks.lint(began)
    if command == "bench":
        environment.prepare("dev", page=False)
        return bench.bench(rest)
    environment.prepare("dev", page=True)
    chosen = [argument for argument in rest if argument != "--excuse-browser"]
    excuse = "--excuse-browser" in rest
    return checks.only_pytest(chosen) if chosen else checks.test(began, excuse_browser=excuse)


def refuse_python() -> int:
    """Say which Python is needed, and name a newer one that the machine has."""
    needed = ".".join(str(part) for part in OLDEST)
    newer = [name for name in (f"python3.{minor}" for minor in range(20, OLDEST[1] - 1, -1)) if shutil.which(name)]
    hint = f" This machine has {newer[0]}: start it with that instead of python3." if newer else ""
    print(
        f"Kolbot needs Python {needed} or later; {sys.executable} is Python {sys.version.split()[0]}.{hint}",
        file=sys.stderr,
    )
    return 1


def interrupted(_signal: int, _frame: Optional[FrameType]) -> None:  # noqa: UP045 - older Pythons read this file too
    """Being asked to end is Ctrl-C by another name: the same tidying up happens."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
