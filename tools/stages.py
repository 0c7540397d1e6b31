"""Runs one check as a child process, with a time limit, and keeps what is needed to sum it up.

Knows nothing of what is checked.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

from tools.places import PYTHON, ROOT, WINDOWS, surroundings

CLOSING_LINE = re.compile(r"^(\x1b\[[\d;]*m)*=+ .*\bin \d+(\.\d+)?s\b.* =+(\x1b\[[\d;]*m)*$")
"""The last line of a pytest run: `===== 12 passed in 3.45s =====`, in colours or not."""

BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
"""Tests start the bot some fifty times: whatever the machine says, Python may keep what it has compiled."""

STOPPED = -1
"""The exit code of a check that reached its time limit."""


@dataclass(frozen=True, slots=True)
class Result:
    """How a stage ended.

    `passed`, `FAILED` or `NOT RUN`, after how many seconds, and pytest's closing line where it was pytest.
    """

    name: str
    ending: str
    seconds: float
    closing: str = ""
    words: tuple[str, ...] = ()
    """What it wrote, where that was kept."""

    def line(self) -> str:
        """One line of the summary."""
        return f"  {self.name:<10} {self.ending:<8} {self.seconds:7.1f} s"


def quiet_stage(name: str, arguments: list[str], limit: float = 300) -> Result:
    """Run Python with these arguments; prints one line, and the check's own words only where it fails.

    `limit` in seconds.
    """
    print(f"  {name:<10} ", end="", flush=True)
    began = time.monotonic()
    code, words = call(arguments, limit, show=False)
    result = Result(name, "passed" if code == 0 else "FAILED", time.monotonic() - began)
    print(f"{result.ending:<8} {result.seconds:7.1f} s", flush=True)
    if code:
        print("\n".join(f"    {line}" for line in [*words, *stopped_words(code, limit)]) + "\n", flush=True)
    return result


def pytest_stage(
    name: str, arguments: list[str], limit: float, beside: threading.Event | None = None, /, **more: str
) -> Result:
    """Run pytest with its words shown as they come; `limit` in seconds, `more` as environment variables.

    `beside` another stage its words are kept until that has ended, and it is ended where that is set.
    """
    heading = f"\n  {name}: pytest {' '.join(arguments)}"
    if beside is None:
        print(heading, flush=True)
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    began = time.monotonic()
    more = BYTECODE | more
    code, words = call(["-m", "pytest", *colour, *arguments], limit, show=beside is None, stop=beside, **more)
    said = [f"  {line}" for line in stopped_words(code, limit)]
    if beside is None and said:
        print(*said, sep="\n", flush=True)
    words_kept = () if beside is None else (heading, *words, *said)
    closing = next((line for line in reversed(words) if CLOSING_LINE.match(line)), "")
    return Result(name, "passed" if code == 0 else "FAILED", time.monotonic() - began, closing, words_kept)


def stopped_words(code: int, limit: float) -> list[str]:
    """What to say of a check that reached its limit."""
    return [f"Stopped: it had not ended after {limit:.0f} s."] if code == STOPPED else []


def call(
    arguments: list[str], limit: float, *, show: bool, stop: threading.Event | None = None, **more: str
) -> tuple[int, list[str]]:
    """Run Python with these arguments in the project folder; return its exit code and what it wrote.

    It is ended at `limit`, or where `stop` is set.

    It gets a process group of its own, which is ended as a whole at the limit, on Ctrl-C, and after the
    check has ended: a test that leaves a program behind neither holds this one up nor survives it.
    """
    process = subprocess.Popen(
        [str(PYTHON), *arguments],
        cwd=ROOT,
        env=surroundings(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    words: list[str] = []
    reader = threading.Thread(target=read, args=(process, words, show), daemon=True)
    reader.start()
    try:
        code = process.wait(limit) if stop is None else wait_beside(process, limit, stop)
    except subprocess.TimeoutExpired:
        code = STOPPED
        ask_to_end(process)
    except KeyboardInterrupt:
        ask_to_end(process)
        raise
    finally:
        end_group(process)
        reader.join(5)
    return code, words


def wait_beside(process: subprocess.Popen[str], limit: float, stop: threading.Event) -> int:
    """Its exit code. Raises TimeoutExpired after so many seconds, or when it is to stop."""
    until = time.monotonic() + limit
    while process.poll() is None:
        if stop.wait(0.2) or time.monotonic() >= until:
            raise subprocess.TimeoutExpired(process.args, limit)
    return process.returncode


def read(process: subprocess.Popen[str], words: list[str], show: bool) -> None:
    """Collect, and perhaps show, what a process writes until nobody can write any more."""
    assert process.stdout is not None  # opened as a pipe by call()
    for line in process.stdout:
        words.append(line.rstrip("\n"))
        if show:
            print(line, end="", flush=True)


def ask_to_end(process: subprocess.Popen[str]) -> None:
    """Send Ctrl-C and wait a little: pytest then closes its fixtures, browsers and servers among them, and sums up."""
    if not WINDOWS:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)


def end_group(process: subprocess.Popen[str]) -> None:
    """Kill a process and all that it has started and left behind."""
    if WINDOWS:
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
