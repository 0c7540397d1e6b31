"""A thousand open board pages of one workshop with 5,000 notes, and answers meanwhile. See docs/performance.md."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks import load, report
from benchmarks.hall import PER_PERSON, drawn_ones, note_of
from benchmarks.pages import Crowd, opened, reached, tickets
from benchmarks.scene import Signer, request
from benchmarks.server import Server, started
from benchmarks.teams_stub import TeamsStub

SERVER_CORE, LOAD_CORE = 0, 1
PATIENCE = 120.0
"""Seconds after which a page that does not follow is a fault."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    people: int = 500
    pages: int = 1000
    alone: int = 20
    """Answers one after the other, each once all pages have shown the one before."""
    seconds: float = 30.0
    """For which answers come steadily, with and without pages."""
    a_second: float = 10.0


QUICK = Size(pages=200, alone=8, seconds=10.0)


class BoardMeasurement:
    """One run; `figures` is what came out, times in ms."""

    def __init__(self, size: Size, cores: tuple[int, int] | None = (SERVER_CORE, LOAD_CORE)) -> None:
        self.size, self._cores = size, cores
        self.signer, self.number = Signer.new(), load.Numbers()
        self.stub = TeamsStub(self.signer)
        self.figures: dict[str, Any] = {}

    async def run(self) -> None:
        await self.stub.start()
        token = self.signer.token(self.stub.url)
        self._answers = [request(note_of(self.stub.url, person), token) for person in drawn_ones(self.size.people)]
        self._next = 0
        _say(f"starting the bot with {self.size.people} people of {PER_PERSON} notes")
        core = self._cores[0] if self._cores else None
        server = await started("kolbot", "kolbot_server", core, self.stub.url, "--hall", str(self.size.people))
        try:
            await self._measure(server)
        finally:
            server.end()
            await self.stub.stop()

    async def _measure(self, server: Server) -> None:
        size, (line, *_) = self.size, await load.lines(server.port, 1)
        _say("answers with no page open")
        for _ in range(5):  # the bot knows the token and has read the workshop
            await self._answer(line, server)
        idle, _ = await self._steadily(line, server, None)
        before = await asyncio.to_thread(server.ask, "/bench")
        _say(f"opening {size.pages} pages")
        asked = f"/links?pages={size.pages}&people={size.people}"
        links = (await asyncio.to_thread(server.ask, asked))["links"]
        given = await tickets(server.port, links)
        began = time.perf_counter()
        crowd = await opened(server.port, given, PATIENCE)
        came = time.perf_counter() - began
        try:
            _say("answers one after the other")
            alone = await self._one_by_one(line, server, crowd)
            held = (await asyncio.to_thread(server.ask, "/bench"))["memory"]
            _say("answers steadily")
            busy, steady = await self._steadily(line, server, crowd)
            left = await asyncio.to_thread(server.ask, "/live")
            if left["open"] != size.pages or crowd.lost:
                raise RuntimeError(f"{left['open']} of {size.pages} pages are open; {crowd.lost[:1]}")
        finally:
            crowd.close()
            line.close()
        self.figures = {
            "pages": size.pages, "people": size.people, "stored": left["stored"], "seconds to open": came,
            "alone": alone, "steadily": steady, "idle": idle, "busy": busy,
            "memory before": before["memory"], "memory with pages": held,
            "MiB a page": (held - before["memory"]) / size.pages, "memory beside": left["memory beside"],
        }  # fmt: skip

    async def _one_by_one(self, line: load.Line, server: Server, crowd: Crowd) -> Mapping[str, float]:
        """From an answer's acknowledgement until the first, the median and the last page shows it."""
        taken: list[list[float]] = []
        bytes_before = crowd.bytes
        for _ in range(self.size.alone):
            revision, acknowledged, _ = await self._answer(line, server)
            await crowd.until(revision, PATIENCE)
            taken.append(reached(crowd, revision, acknowledged))
        sent = (crowd.bytes - bytes_before) / self.size.alone / len(crowd.pages)
        return _follows(taken) | {"kB a page and answer": sent / 1000}

    async def _steadily(
        self, line: load.Line, server: Server, crowd: Crowd | None
    ) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """Answers at an even rate; what they took, and how far behind them the pages were."""
        size, given = self.size, list[tuple[int, float]]()
        result = load.Result()
        await asyncio.to_thread(server.ask, "/bench")
        before = await asyncio.to_thread(server.ask, "/live")
        began = time.perf_counter()
        for number in range(round(size.seconds * size.a_second)):
            await asyncio.sleep(max(0.0, began + number / size.a_second - time.perf_counter()))
            revision, at, took = await self._answer(line, server)
            given.append((revision, at))
            result.latencies.append(took)
        if crowd is not None:
            await crowd.until(given[-1][0], PATIENCE)
        took_all = time.perf_counter() - began
        after = await asyncio.to_thread(server.ask, "/live")
        drawn, beside, cost = (after[name] - before[name] for name in ("drawings", "beside", "drawing seconds"))
        stall = (await asyncio.to_thread(server.ask, "/bench"))["stall"]
        answers = {"p50": result.at(0.5), "p99": result.at(0.99), "max": result.at(1), "stall": stall * 1000}
        answers |= {"answers a second": len(given) / took_all}
        if crowd is None:
            return answers, {}
        follows = _follows([reached(crowd, revision, at) for revision, at in given])
        return answers, follows | {
            "drawings a second": drawn / took_all,
            "drawn beside": beside / drawn,
            "ms of CPU a drawing": cost / drawn * 1000,
        }

    async def _answer(self, line: load.Line, server: Server) -> tuple[int, float, float]:
        """Give the next person's answer: the workshop's revision then, when it was acknowledged, how long that took."""
        whole = load.told(self._answers[self._next % len(self._answers)], self.number())
        self._next += 1
        began = time.perf_counter()
        answer = await line.ask(whole)
        acknowledged = time.perf_counter()
        if not (answer.startswith(b"HTTP/1.1 200") and server.expect in answer):
            raise RuntimeError(f"an answer was not stored: {answer[:400].decode('latin-1')}")
        told = await line.ask(b"GET /live HTTP/1.1\r\nHost: bench\r\n\r\n")
        return json.loads(told.partition(b"\r\n\r\n")[2])["revision"], acknowledged, acknowledged - began


def _follows(taken: list[list[float]]) -> dict[str, float]:
    """Medians over the answers in ms, and the worst of the last pages."""
    first, middle, last = ([each[at] * 1000 for each in taken] for at in (0, len(taken[0]) // 2, -1))
    medians = {name: statistics.median(of) for name, of in (("first", first), ("median", middle), ("last", last))}
    return medians | {"worst": max(last)}


def told(figures: Mapping[str, Any]) -> str:
    """The figures with their goals, as lines for a terminal."""
    f, idle, busy = figures, figures["idle"], figures["busy"]
    lines = ["", f"The board: {f['pages']} pages of {f['people']} people, {f['stored']} answers stored, ms"]
    for name in ("alone", "steadily"):
        each = f[name]
        lines.append(
            f"  {name:9} first page {each['first']:.0f}, median {each['median']:.0f}, last {each['last']:.0f} "
            f"(goal 1,000), worst of the last {each['worst']:.0f}"
        )
    a_look = f["steadily"]["drawings a second"]
    lines += [
        f"  drawings a second {a_look:.1f} for five languages: {a_look / 5:.2f} each (goal at most 2)",
        f"  sent to a page for an answer {f['alone']['kB a page and answer']:.2f} kB",
        f"  memory {f['MiB a page'] * 1024:.0f} kiB a page ({f['memory before']:.0f} MiB without pages, "
        f"{f['memory with pages']:.0f} with); the process that draws {f['memory beside']:.0f} MiB",
        f"  CPU of a drawing {f['steadily']['ms of CPU a drawing']:.0f} ms, "
        f"{f['steadily']['drawn beside']:.0%} of them in that process",
        f"  answers' p99 {busy['p99']:.1f} with pages, {idle['p99']:.1f} without: {busy['p99'] / idle['p99']:.1f} "
        f"times (goal at most 2); p50 {busy['p50']:.1f} and {idle['p50']:.1f}",
        f"  longest stall of the loop {busy['stall']:.0f} with pages, {idle['stall']:.0f} without",
        f"  all pages were open after {f['seconds to open']:.1f} s",
    ]
    return "\n".join(lines) + "\n"


def _say(words: str) -> None:
    sys.stderr.write(f"  {words} ...\n")


def main() -> int:
    """Measure and print; the figures are kept in var/bench.json too."""
    parser = argparse.ArgumentParser(prog="dev.py bench --board")
    parser.add_argument("--quick", action="store_true", help="200 pages for a shorter time")
    quick = parser.parse_args().quick
    if not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2:
        sys.stderr.write("dev.py bench needs Linux and two cores: one for the servers, one for the load.\n")
        return 1
    os.sched_setaffinity(0, {LOAD_CORE})
    before = os.getloadavg()[0]
    measurement = BoardMeasurement(QUICK if quick else Size())
    asyncio.run(measurement.run())
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load before": before, "quick": quick}
    machine["date"] = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    figures = {**measurement.figures, "machine": machine}
    report.keep({"board": figures})
    sys.stdout.write(told(figures))
    sys.stdout.write(f"{machine['cores']} cores, {machine['date']}, load average before {before:.1f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
