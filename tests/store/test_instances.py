"""Several instances on one database: nothing is lost between them, nothing happens twice, none waits for ever."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select

from store.conversations import Conversations
from store.database import for_writing, open_database
from store.heart import Heartbeat
from store.marks import forget_marks
from store.reader import Reader
from store.tables import audit, deliveries
from store.upsert import insert, upsert
from store.writer import Writer
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, START, after, gave, joined, opened, read_plan
from workshop import commands as c
from workshop.delivery import Delivery
from workshop.model import GRACE, Status
from workshop.refusals import Reason, Refused
from workshop.service import Change, Clockwork, Done, NotStored, Workshops

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def two(url: str) -> AsyncIterator[tuple[Stored, Stored]]:
    """Two instances: engines, caches and threads of their own."""
    instances = []
    for _ in range(2):
        engine = open_database(url)
        instances.append(Stored(engine, Writer(engine, read_plan), Reader(engine, read_plan)))
    yield instances[0], instances[1]
    for instance in instances:
        await instance.writer.close()
        instance.reader.close()
        instance.engine.dispose()


@pytest.mark.parametrize("seed", range(3))
async def test_a_step_closes_while_answers_arrive_at_both(two: tuple[Stored, Stored], seed: int) -> None:
    """Every acknowledged answer is carried over; whoever came too late was told so."""
    one, other = two
    people = [f"p{number}" for number in range(40)]
    await one.begin(*people)

    async def answers(number: int) -> object:
        return await two[number % 2].writer.change(gave(people[number], f"note {number}", now=after(30)))

    async def closes() -> object:
        await asyncio.wait([given[3 + 7 * seed]])
        return await other.writer.change(Change(c.Next(workshop="w1", by=ANA), after(30)))

    given = [asyncio.ensure_future(answers(number)) for number in range(40)]
    moved = await closes()
    told = await asyncio.gather(*given)

    assert isinstance(moved, Done), moved
    acknowledged = {f"note {number}" for number, outcome in enumerate(told) if isinstance(outcome, Done)}
    refused = [outcome for outcome in told if isinstance(outcome, Refused)]
    assert len(acknowledged) + len(refused) == 40, told
    workshop = await one.workshop()
    assert workshop == await other.workshop()
    assert {answer.value["all"][0] for answer in await one.answers("practices")} == acknowledged  # type: ignore[index]
    assert {item.label[""] for item in workshop.items["dots"]} <= acknowledged
    assert workshop.revision == 1 + 40 + 1 + len(acknowledged) + 1


async def test_another_process_answers_while_this_one_closes_the_step(url: str) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.store.answering", url),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert program.stdout is not None
    lines = [(await program.stdout.readline()).decode() for _ in range(200)]
    engine = open_database(url)
    here = Stored(engine, Writer(engine, read_plan), Reader(engine, read_plan))
    moved = await here.done(Change(c.Next(workshop="w1", by=ANA), after(30)))
    rest, _ = await program.communicate()  # it ends at its first refusal

    last: dict[str, int] = {}
    for line in [*lines, *rest.decode().splitlines()]:
        person, number = line.split()
        last[person] = int(number)
    stored = {answer.author: answer.value["all"][0] for answer in await here.answers("practices")}  # type: ignore[index]
    # At most one more each: stored, and ended before it was said.
    assert all(last[person] <= int(str(stored[person])) <= last[person] + 1 for person in last)
    counted = Counter({item.label[""]: item.weight for item in moved.workshop.items["dots"]})
    kept = Counter(str(number) for number in stored.values())
    assert all(kept[words] == weight for words, weight in counted.items()), "what was carried over is what stayed"
    await here.writer.close()
    here.reader.close()
    engine.dispose()


async def test_the_same_delivery_at_both_at_once_has_one_effect(two: tuple[Stored, Stored]) -> None:
    await two[0].begin(*(f"p{number}" for number in range(30)))
    told = await asyncio.gather(
        *(
            instance.done(gave(f"p{number}", f"note {place}", delivery=f"activity {number}"))
            for number in range(30)
            for place, instance in enumerate(two)
        )
    )
    for number in range(30):
        assert sorted(outcome.repeated for outcome in told[2 * number : 2 * number + 2]) == [False, True]
    assert two[0].count(deliveries) == 30
    assert (await two[1].workshop()).revision == 1 + 30 + 1 + 30


async def test_the_newer_word_counts_whichever_instance_is_slower(two: tuple[Stored, Stored]) -> None:
    """Thirty people press, hear nothing, press again elsewhere with other words; both arrive at the same time."""
    await two[0].begin(*(f"p{number}" for number in range(30)))
    await asyncio.gather(
        *(
            two[(number + press) % 2].done(
                gave(f"p{number}", f"press {press}", now=after(9), delivery=f"{number} {press}", said=after(press))
            )
            for press in (2, 1, 3)
            for number in range(30)
        )
    )
    assert [answer.value for answer in await two[1].answers("practices")] == [{"all": ["press 3"]}] * 30
    assert two[0].count(deliveries) == 30


async def test_the_same_opening_at_both_at_once_opens_one(two: tuple[Stored, Stored]) -> None:
    """Two ids, one delivery: the second is answered with what the first opened."""
    for number in range(10):
        both = [opened(f"{place} {number}", home=f"home {number}") for place in ("a", "b")]
        told = await asyncio.gather(
            *(
                instance.done(Change(change.command, START, Delivery(f"opening {number}")))
                for instance, change in zip(two, both, strict=True)
            )
        )
        assert sorted(outcome.repeated for outcome in told) == [False, True]
        assert len({outcome.workshop.id for outcome in told}) == 1


async def test_two_facilitators_who_remove_each_other_at_once_leave_one(two: tuple[Stored, Stored]) -> None:
    """Whoever comes second is no facilitator any more; the audit trail says who took what from whom."""
    winners = set()
    for number in range(12):
        name = f"w{number}"
        await two[0].begin("eva", workshop=name)
        await two[0].done(Change(c.NameFacilitator(workshop=name, by=ANA, people=(("eva", "Eva"),)), START))
        each = [(ANA, "eva"), ("eva", ANA)]
        removals = [
            c.NameFacilitator(workshop=name, by=by, people=((whom, whom),), named=False)
            for by, whom in (each if number % 2 else reversed(each))
        ]
        told = await asyncio.gather(
            *(one.writer.change(Change(command, START)) for one, command in zip(two, removals, strict=True))
        )
        (won,) = [command.by for command, outcome in zip(removals, told, strict=True) if isinstance(outcome, Done)]
        (why,) = [outcome.reason for outcome in told if isinstance(outcome, Refused)]
        assert why is Reason.ONLY_FACILITATORS
        for instance in two:
            assert [person.id for person in (await instance.workshop(name)).facilitators] == [won]
        with two[0].engine.connect() as connection:
            rows = connection.execute(
                select(audit.c.by, audit.c.detail).where(audit.c.workshop == name, audit.c.action == "PersonChanged")
            ).all()
        lost = "eva" if won == ANA else ANA
        assert [(by, orjson.loads(detail)) for by, detail in rows][-1] == (
            won, {"person": lost, "given": [], "taken": ["facilitator"]}
        )
        winners.add(won)
    assert winners


async def test_batches_over_many_workshops_never_wait_crosswise(two: tuple[Stored, Stored]) -> None:
    one, other = two
    names = [f"w{number}" for number in range(12)]
    for name in names:
        await one.begin("jan", "eva", workshop=name)

    async def rounds(instance: Stored, person: str, order: list[str]) -> list[object]:
        told: list[object] = []
        for number in range(8):
            changes = (gave(person, f"{number}", workshop=name, delivery=f"{person}{number}{name}") for name in order)
            told += await instance.in_one_batch(*changes)
        return told

    told = await asyncio.gather(rounds(one, "jan", names), rounds(other, "eva", names[::-1]))
    assert [outcome for outcomes in told for outcome in outcomes if not isinstance(outcome, Done)] == []
    for name in names:
        assert (await one.workshop(name)).revision == 1 + 2 + 1 + 16


async def test_openings_in_many_homes_never_wait_crosswise(two: tuple[Stored, Stored]) -> None:
    homes = [f"home {number:02}" for number in range(20)]
    mine = [opened(f"a{99 - number}", home=home) for number, home in enumerate(homes)]
    theirs = [opened(f"b{number:02}", home=home) for number, home in enumerate(homes)]
    told = await asyncio.gather(two[0].in_one_batch(*mine), two[1].in_one_batch(*theirs[::-1]))
    outcomes = [outcome for each in told for outcome in each]
    assert sum(isinstance(outcome, Done) for outcome in outcomes) == len(homes)
    assert not any(isinstance(outcome, NotStored) for outcome in outcomes)


async def test_small_writes_of_both_never_wait_crosswise(two: tuple[Stored, Stored]) -> None:
    met = [Conversations(instance.writer, instance.reader) for instance in two]
    people = [f"p{number}" for number in range(60)]

    async def meets(known: Conversations, order: list[str], name: str) -> None:
        await asyncio.gather(*(known.meet(person, "29:x", name, "t", "en", "https://x") for person in order))
        await asyncio.gather(*(known.remember(person, "https://x", "t", name, "channel") for person in order))

    for round_ in range(4):
        await asyncio.gather(meets(met[0], people, f"a{round_}"), meets(met[1], people[::-1], f"b{round_}"))
    person = await met[0].person("p0")
    assert person is not None and person.name in ("a3", "b3")


async def test_what_another_instance_forgot_is_remembered_again(two: tuple[Stored, Stored]) -> None:
    one, other = (Conversations(instance.writer, instance.reader) for instance in two)
    await one.remember("19:x", "https://x", "t", "bot", "channel")
    await other.forget("19:x")
    assert await one.address("19:x") is None
    await one.remember("19:x", "https://x", "t", "bot", "channel")
    assert await other.address("19:x") is not None


async def test_two_instances_tick_at_once_and_a_step_closes_once(two: tuple[Stored, Stored]) -> None:
    one, _ = two
    names = [f"w{number}" for number in range(6)]
    for name in names:
        await one.begin("jan", workshop=name)
    due = (await one.workshop("w0")).closes_at
    assert due is not None
    now = due + GRACE
    nudged: list[str] = []
    clocks = [
        Clockwork(
            Workshops(instance.writer, lambda: now, lambda name, urgent: nudged.append(name)),
            instance.reader,
            Heartbeat(instance.writer, str(number)),
        )
        for number, instance in enumerate(two)
    ]
    await asyncio.gather(*(clock.tick() for clock in clocks for _ in range(2)))

    assert sorted(nudged) == names, "one instance each was told that it had happened"
    for name in names:
        assert (await one.workshop(name)).status is Status.CLOSED
    with one.engine.connect() as connection:
        closings = connection.execute(select(audit.c.workshop).where(audit.c.action == "StepClosed")).scalars().all()
    assert sorted(closings) == names


async def test_joining_at_both_keeps_everybody(two: tuple[Stored, Stored]) -> None:
    await two[0].done(opened())
    people = [f"p{number}" for number in range(60)]
    await asyncio.gather(*(two[number % 2].done(joined(person)) for number, person in enumerate(people)))
    assert set((await two[0].workshop()).people) == {ANA, *people}


async def test_forgetting_marks_waits_for_nobody_who_moves_them(two: tuple[Stored, Stored]) -> None:
    """An instance forgets what is a day old while another moves all of it: each would hold what the other wants."""
    here, there = two
    keys = [f"said:{number:02}" for number in range(40)]

    def rows(at: datetime) -> list[dict[str, object]]:
        return [{"key": key, "workshop": "w", "at": at, "said": at, "activity": "x"} for key in keys]

    with for_writing(here.engine).begin() as connection:
        insert(connection, deliveries, rows(START))
    with for_writing(here.engine).connect() as moving:
        if here.engine.dialect.name == "postgresql":  # SQLite has one writer at a time
            upsert(moving, deliveries, rows(after(86400))[20:21])
        forgetting = asyncio.create_task(
            there.writer.write(lambda connection: forget_marks(connection, after(3600)), "last")
        )
        await asyncio.sleep(0.2)
        upsert(moving, deliveries, rows(after(86400)))
        moving.commit()
    await forgetting
    assert here.count(deliveries) == len(keys), "what was moved stays"
