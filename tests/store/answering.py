"""A program that answers without end and says which answers were acknowledged: made to be killed. Run by a test."""

from __future__ import annotations

import asyncio
import sys

from store.database import open_database
from store.writer import Writer
from tests.store.small_workshop import ANA, START, gave, joined, opened, read_plan
from workshop import commands as c
from workshop.service import Change, Done


async def answer_without_end(url: str) -> None:
    """32 people, each giving one answer after the other; a line per acknowledged one: person and number."""
    writer = Writer(open_database(url), read_plan)
    people = [f"p{number}" for number in range(32)]
    for change in (opened(), *(joined(person) for person in people)):
        await writer.change(change)
    await writer.change(Change(c.Start(workshop="w1", by=ANA), START))

    async def one(person: str) -> None:
        number = 0
        while True:
            number += 1
            outcome = await writer.change(gave(person, f"{number}", delivery=f"{person} {number}"))
            assert isinstance(outcome, Done)
            sys.stdout.write(f"{person} {number}\n")
            sys.stdout.flush()

    await asyncio.gather(*(one(person) for person in people))


if __name__ == "__main__":
    asyncio.run(answer_without_end(sys.argv[1]))
