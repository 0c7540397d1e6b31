"""One server under measurement: a process on a core of its own, what it costs, how it is ended."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import load
from benchmarks.scene import APP_ID, HOST

ROOT = Path(__file__).resolve().parent.parent
BENCH_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
TICK = os.sysconf("SC_CLK_TCK")
START_LIMIT = 300.0
"""Seconds until a server has to answer: one has ten thousand people to let in first."""


@dataclass
class Server:
    """`expect` are bytes that every good answer holds."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    expect: bytes
    folder: tempfile.TemporaryDirectory[str]

    def cpu(self) -> float:
        """CPU seconds so far, of the process and of the database server that it may have started."""
        ours = self.folder.name
        total = _cpu(self.process.pid)
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != self.process.pid and _cwd(entry).startswith(ours):
                total += _cpu(int(entry.name))
        return total

    def ask(self, path: str) -> dict[str, Any]:
        """What one of the benchmark's own routes answers. Blocks."""
        with urllib.request.urlopen(f"http://{HOST}:{self.port}{path}", timeout=120) as answer:
            return dict(json.load(answer))

    def has_keys(self) -> bool:
        """Whether the bot has fetched the keys by which it knows who asks: on a busy machine its first try may fail."""
        try:
            said = self.ask("/readyz")
        except urllib.error.HTTPError as not_ready:
            said = json.load(not_ready)
        return bool(said["checks"]["signing keys"] == "ok")

    def end(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        try:
            if self.name.startswith("kolbot"):  # it ends by itself, and with it its database
                self.process.wait(15)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self.process.terminate()
            self.process.wait(15)
            self.folder.cleanup()


async def started(name: str, script: str, core: int | None, room: str, *more: str) -> Server:
    """Start a server on a core (None: on any) and wait until it listens."""
    port = _free_port()
    folder = tempfile.TemporaryDirectory(prefix="kolbot-bench-", ignore_cleanup_errors=True)
    python = str(BENCH_PYTHON if "sdk" in script else sys.executable)
    ours = script == "kolbot_server"
    # As a script the SDKs' servers see nothing of this folder; ours sees the project.
    command = [python, "-m", f"benchmarks.{script}"] if ours else [python, str(ROOT / "benchmarks" / f"{script}.py")]
    command += [str(port), room, folder.name if ours else APP_ID, *more]
    process = subprocess.Popen(  # noqa: S603, ASYNC220 - nothing else is under way
        command,
        cwd=ROOT if ours else folder.name,
        stdin=subprocess.PIPE,
        stderr=None if ours else subprocess.DEVNULL,
        preexec_fn=None if core is None else lambda: os.sched_setaffinity(0, {core}),
    )
    expect = b'"id":"receipt"' if ours else b"echo"
    server = Server(name, process, port, expect, folder)
    waited = 0.0
    while True:
        try:
            (await load.lines(port, 1))[0].close()
        except OSError:
            waited += 0.1
            if process.poll() is not None or waited > START_LIMIT:
                server.end()
                raise RuntimeError(f"{name} did not start") from None
            await asyncio.sleep(0.1)
        else:
            break
    while ours and not await asyncio.to_thread(server.has_keys):
        waited += 0.5
        if waited > START_LIMIT:
            server.end()
            raise RuntimeError(f"{name} could not fetch the signing keys")
        await asyncio.sleep(0.5)
    return server


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def _cwd(entry: Path) -> str:
    try:
        return os.readlink(entry / "cwd")
    except OSError:
        return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
