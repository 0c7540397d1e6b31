"""Runs the rehearsal room and the bot side by side until one of them dies or somebody stops them.

Never reads or passes on the settings of a real tenant.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tools.locking import held
from tools.places import LOGS, PYTHON, ROOT, VAR, WINDOWS, Trouble, last_lines, surroundings

HOST = "127.0.0.1"
DATABASE = VAR / "kolbot.db"
APP_ID = "00000000-0000-0000-0000-0000000000ab"
"""The app id reserved for rehearsal."""

START_LIMIT = 60.0
"""Seconds that a program may take until it answers.

A slow disk's first import of everything takes about ten.
"""

STOP_LIMIT = 10.0
"""Seconds that a program may take to end tidily before it is killed."""

NOT_FOR_REHEARSAL = ("MICROSOFT_APP_PASSWORD", "MICROSOFT_APP_TENANT_ID", "ALLOWED_TENANTS", "MAY_OPEN")
"""Settings of a real tenant, perhaps in .env or in the shell.

Set to nothing, which goes before .env, so that a rehearsal starts anyway.
"""


@dataclass(frozen=True, slots=True)
class Running:
    """One of the two programs, with the log that it writes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


def run(*, fresh: bool) -> int:
    """Start both programs, print the link, and wait; `fresh` forgets the database first.

    Ends with 0 when it was asked to stop.
    """
    already = "A rehearsal runs from this folder already:"
    with held(VAR / "run.lock", refusal=already) as note, contextlib.ExitStack() as stopping:
        if fresh:
            forget_database()
        bot_port = free_port(3978)
        room_port = free_port(3979, taken=bot_port)
        bot, room = f"http://{HOST}:{bot_port}", f"http://{HOST}:{room_port}"
        started: list[Running] = []
        stopping.callback(stop, started)
        try:
            # The room first: its keys are what the bot checks its callers with.
            room_command = ["-m", "rehearsal", "--port", str(room_port), "--bot", f"{bot}/api/messages"]
            started.append(start("the rehearsal room", "room", room_command, {}, note))
            wait_for(f"{room}/", started)
            started.append(start("the bot", "bot", ["app.py"], bot_settings(bot, bot_port, room), note))
            wait_for(f"{bot}/healthz", started)
            note.write(f"{room}/ (processes {', '.join(str(each.process.pid) for each in started)})")
            note.flush()
            print(
                f"\nKolbot is ready. Open {room}/\n\nCtrl-C stops it. Logs: {LOGS.relative_to(ROOT)}",
                flush=True,
            )
            while True:
                check(started)
                time.sleep(0.3)
        except KeyboardInterrupt:
            print("\nStopping ...", flush=True)
            return 0


def play(arguments: list[str]) -> int:
    """Play a session over HTTP without a browser.

    Hands over to the rehearsal room's own player, and returns its exit code.
    """
    return hand_over("rehearsal.play", arguments)


def soak(arguments: list[str]) -> int:
    """Go through the long sessions under faults and kills.

    Hands over to the rehearsal room, and returns its exit code.
    """
    return hand_over("rehearsal.soak", arguments)


def hand_over(module: str, arguments: list[str]) -> int:
    """Be this program from now on."""
    command = [str(PYTHON), "-m", module, *arguments]
    sys.stdout.flush()
    if not WINDOWS:
        os.chdir(ROOT)
        os.execve(command[0], command, surroundings())  # from here on, Ctrl-C and the exit code are its own
    return subprocess.call(command, cwd=ROOT, env=surroundings())


def bot_settings(bot: str, port: int, room: str) -> dict[str, str]:
    """The bot's settings for a rehearsal: loopback only, the reserved app id, no password."""
    own = {
        "CLOUD": "rehearsal",
        "REHEARSAL_URL": room,
        "MICROSOFT_APP_ID": APP_ID,
        "HOST": HOST,
        "PORT": str(port),
        "PUBLIC_URL": bot,
        "DATABASE_URL": f"sqlite:///{DATABASE.relative_to(ROOT).as_posix()}",
    }
    return own | dict.fromkeys(NOT_FOR_REHEARSAL, "")


def start(name: str, log_name: str, arguments: list[str], settings: dict[str, str], note: IO[str]) -> Running:
    """Start one program in the project folder, in a session of its own.

    Ctrl-C reaches only dev.py, which then stops both in order.

    It inherits the lock file: should dev.py be killed, the lock stays as long as a program lives, and no
    second bot opens the database.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{log_name}.log"
    kept = () if WINDOWS else (note.fileno(),)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(PYTHON), *arguments],
            cwd=ROOT,
            env=surroundings(**settings),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=kept,
        )
    return Running(name, process, log)


def wait_for(url: str, started: list[Running]) -> None:
    """Wait until the newest program answers at the URL with 200.

    Raises Trouble when one dies, or after START_LIMIT seconds.
    """
    direct = urllib.request.build_opener(
        urllib.request.ProxyHandler({})
    )  # a proxy of the machine has no business on loopback
    answered = "no answer"
    ends = time.monotonic() + START_LIMIT
    while time.monotonic() < ends:
        check(started)
        try:
            with direct.open(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError as error:
            answered = str(error)
        time.sleep(0.1)
    newest = started[-1]
    raise Trouble(
        f"{newest.name.capitalize()} did not answer at {url} within {START_LIMIT:.0f} s ({answered}). "
        f"The end of {newest.log.relative_to(ROOT)}:\n{last_lines(newest.log)}"
    )


def check(started: list[Running]) -> None:
    """Raise Trouble, with the end of its log, when one of the programs has ended by itself."""
    for each in started:
        code = each.process.poll()
        if code is not None:
            how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
            where = f"The end of {each.log.relative_to(ROOT)}:\n{last_lines(each.log)}"
            raise Trouble(f"{each.name.capitalize()} {how}. {where}")


def stop(started: list[Running]) -> None:
    """End the programs, the newest first, so that the bot can still say goodbye to the room.

    Kill what does not end in time.

    A second Ctrl-C means now. Processes that a program has left behind are ended with it: they would keep the
    lock.
    """
    for each in reversed(started):
        each.process.terminate()
        try:
            each.process.wait(STOP_LIMIT)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            print(f"{each.name.capitalize()} has not stopped yet and is killed.", flush=True)
            each.process.kill()
            each.process.wait()
        if not WINDOWS:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(each.process.pid, signal.SIGKILL)


def free_port(wanted: int, taken: int = 0) -> int:
    """The wanted port, or one that the system picks where it is busy or `taken`."""
    return next(port for port in bindable(wanted) if port != taken)


def bindable(wanted: int) -> Iterator[int]:
    """The wanted port if nobody listens on it, then others, endlessly."""
    for port in (wanted, *[0] * 20):
        with socket.socket() as probe:
            # Without this a port is refused for a minute after its last use; Windows means something else.
            if not WINDOWS:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            yield int(probe.getsockname()[1])
    raise Trouble(f"No free port on {HOST}.")


def forget_database() -> None:
    """Remove the database of earlier rehearsals, with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        DATABASE.with_name(DATABASE.name + suffix).unlink(missing_ok=True)
