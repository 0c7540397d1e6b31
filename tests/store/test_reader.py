"""What can be asked, consistently, and never behind somebody who writes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.engine import Engine

from store.database import for_writing, open_database
from store.failures import NotRead
from store.tables import people, workshops
from store.writer import Writer
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, HOME, START, TENANT, after, gave, joined, opened, read_plan
from workshop import commands as c
from workshop.model import Answer
from workshop.service import Change, Done, Outcome


async def test_reads_do_not_wait_for_an_open_write(stored: Stored, engine: Engine) -> None:
    await stored.begin("jan")
    before = await stored.workshop()
    with for_writing(engine).connect() as connection:
        connection.execute(workshops.update().values(title="half written"))
        assert (await stored.reader.answers("w1")) == (before, ())
        assert await stored.reader.newest_in(TENANT, "home of w1") == before
        connection.rollback()


async def test_answers_and_revision_are_of_one_moment(stored: Stored) -> None:
    await stored.begin("jan")
    start = (await stored.workshop()).revision
    seen: list[tuple[int, str]] = []

    async def look() -> None:
        while True:
            found = await stored.reader.answers("w1")
            assert found is not None
            text = str(found[1][0].value["text"]) if found[1] else "0"
            seen.append((found[0].revision - start, text))
            if found[0].revision == start + 100:
                return

    async def write() -> None:
        for number in range(1, 101):
            await stored.done(gave("jan", remark=str(number)))

    await asyncio.gather(look(), look(), write())
    assert all(str(revision) == text for revision, text in seen)


async def test_the_live_workshop_of_a_conversation_comes_first_else_the_newest(stored: Stored) -> None:
    assert await stored.reader.newest_in(TENANT, HOME) is None
    await stored.done(opened("b", now=after(10)))
    await stored.done(Change(c.Cancel(workshop="b", by=ANA), after(11)))
    await stored.done(opened("a", now=after(5)))
    newest = await stored.reader.newest_in(TENANT, HOME)
    assert newest is not None and newest.id == "a"
    await stored.done(Change(c.Cancel(workshop="a", by=ANA), after(12)))
    newest = await stored.reader.newest_in(TENANT, HOME)
    assert newest is not None and newest.id == "b"
    assert await stored.reader.newest_in("other tenant", HOME) is None


async def test_the_workshops_of_a_person_are_those_they_are_in(stored: Stored) -> None:
    for number, name in enumerate(("a", "b", "c")):
        await stored.done(opened(name, home=name, now=after(number)))
    await stored.done(joined("jan", "a"))
    await stored.done(joined("jan", "c"))
    assert [workshop.id for workshop in await stored.reader.of_person("jan")] == ["c", "a"]
    assert [workshop.id for workshop in await stored.reader.of_person(ANA)] == ["c", "b", "a"]
    assert await stored.reader.of_person("nobody") == []


async def test_mine_are_mine(stored: Stored) -> None:
    await stored.begin("jan", "eva")
    await stored.done(gave("jan", "n", remark="jan's", doubt="quiet"))
    await stored.done(gave("eva", "m", remark="eva's", doubt="other"))
    workshop = await stored.workshop()
    authors = {prompt: workshop.author(prompt, "jan") or "" for prompt in ("remark", "doubt", "dots")}

    mine = await stored.reader.mine("w1", authors)

    assert mine["remark"] == Answer("remark", "jan", {"text": "jan's"})
    assert mine["doubt"].value == {"text": "quiet"} and set(mine) == {"remark", "doubt"}
    assert await stored.reader.mine("w1", {}) == {}


async def test_due_are_the_open_steps_whose_time_has_come(stored: Stored) -> None:
    for name in ("a", "b", "c"):
        await stored.begin(workshop=name)
    await stored.done(Change(c.Extend(workshop="b", by=ANA, minutes=5), after(1)))
    await stored.done(Change(c.Pause(workshop="c", by=ANA), after(1)))

    assert await stored.reader.due(after(599.999999)) == []
    assert await stored.reader.due(after(600)) == ["a"]
    assert await stored.reader.due(after(900)) == ["a", "b"]
    await stored.done(Change(c.Close(workshop="a", by=ANA), after(700)))
    assert await stored.reader.due(after(900)) == ["b"]


async def test_what_is_not_there_is_nothing(stored: Stored) -> None:
    assert await stored.reader.workshop("w1") is None
    assert await stored.reader.answers("w1") is None
    assert await stored.reader.last_seen() is None


@pytest.fixture
async def other(stored: Stored, url: str) -> AsyncIterator[Writer]:
    """Another instance, with an engine of its own on the same database."""
    engine = open_database(url)
    writer = Writer(engine, read_plan)
    yield writer
    await writer.close()
    engine.dispose()


async def test_two_instances_on_one_database_see_each_others_changes(stored: Stored, other: Writer) -> None:
    """Each has a cache of its own; answers and joins come through both."""
    await stored.begin("jan")

    async def takes_part(writer: Writer, person: str) -> list[Outcome]:
        changes = [joined(person), *(gave(person, f"{person} {number}") for number in range(20))]
        return [await writer.change(change) for change in changes]

    everybody = [f"p{number}" for number in range(20)]
    both = (stored.writer, other)
    told = await asyncio.gather(*(takes_part(both[n % 2], person) for n, person in enumerate(everybody)))

    assert all(isinstance(outcome, Done) for outcomes in told for outcome in outcomes)
    found = await stored.reader.answers("w1")
    assert found is not None and found[0] == await stored.workshop()
    assert {answer.author: answer.value for answer in found[1]} == {p: {"all": [f"{p} 19"]} for p in everybody}
    assert found[0].revision == 3 + 20 + 400
    assert stored.count(people) == 22


async def test_two_instances_open_one_workshop_in_a_conversation(stored: Stored, other: Writer) -> None:
    outcomes = await asyncio.gather(
        *((stored.writer if n % 2 else other).change(opened(f"w{n}", now=START)) for n in range(40))
    )
    assert sum(isinstance(outcome, Done) for outcome in outcomes) == 1
    assert stored.count(workshops) == 1


async def test_two_instances_get_the_same_delivery_and_one_has_the_effect(stored: Stored, other: Writer) -> None:
    await stored.begin("jan")
    before = await stored.workshop()
    both = (stored.writer, other)
    outcomes = await asyncio.gather(
        *(both[n % 2].change(gave("jan", "x", delivery=f"activity {n // 2}")) for n in range(60))
    )
    assert [outcome.repeated for outcome in outcomes if isinstance(outcome, Done)].count(True) == 30
    assert len(outcomes) == 60 and (await stored.workshop()).revision == before.revision + 30


async def test_a_database_that_cannot_be_asked_leaves_the_workshop_as_last_read(stored: Stored, engine: Engine) -> None:
    await stored.begin("jan")
    known = await stored.workshop()
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE workshops RENAME TO away")
    assert await stored.reader.workshop("w1") == known
    with pytest.raises(NotRead):
        await stored.reader.workshop("never read")
    with pytest.raises(NotRead):
        await stored.reader.answers("w1")
