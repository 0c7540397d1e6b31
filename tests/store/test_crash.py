"""A process that is killed loses nothing that it acknowledged, and what it stored reads as what it held in memory."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from pathlib import Path

from sqlalchemy.engine import Engine

from store.database import open_database
from store.reader import Reader
from store.tables import deliveries
from store.writer import Writer
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, PLAN, SECRET, START, after, gave, joined, opened, read_plan
from workshop import commands as c
from workshop.model import Workshop
from workshop.prompts import kind_of
from workshop.prompts.kind import item_key
from workshop.service import Change, Done, Outcome

ROOT = Path(__file__).parents[2]


async def test_everything_acknowledged_before_a_kill_is_there_after_it(url: str) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.answering", url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    acknowledged = [(await program.stdout.readline()).decode() for _ in range(400)]
    program.kill()
    rest = (await program.stdout.read()).decode()
    acknowledged += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    await program.wait()

    last: dict[str, int] = {}
    for line in acknowledged:
        person, number = line.split()
        last[person] = int(number)
    engine = open_database(url)
    reader = Reader(engine, read_plan)
    found = await reader.answers("w1")
    assert found is not None
    stored = {answer.author: int(str(answer.value["all"][0])) for answer in found[1]}  # type: ignore[index]
    # At most one more each: stored, and killed before it was said.
    assert all(last[person] <= stored[person] <= last[person] + 1 for person in last)
    with engine.connect() as connection:
        marks = set(connection.execute(deliveries.select()).scalars())
    assert {f"change:{line.strip()}" for line in acknowledged} <= marks

    writer = Writer(engine, read_plan)
    again = await writer.change(gave("p0", "other", delivery=acknowledged[0].strip()))
    assert isinstance(again, Done) and again.repeated
    await writer.close()
    reader.close()
    engine.dispose()


def everything() -> list[Change]:
    """Commands that bring every field of a workshop to something else than it began with."""
    return [
        opened(reserves=(("other/res", "Réserve"),)),
        *(joined(f"p{number}", country="LV") for number in range(12)),
        Change(c.ChooseLanguage(workshop="w1", by="p3", language="en"), START),
        Change(c.Start(workshop="w1", by=ANA), START),
        *(gave(f"p{number}", f"note {number}", "shared", doubt="hm") for number in range(12)),
        Change(c.NameModerator(workshop="w1", by=ANA, people=(("p1", "P1"),)), START),
        Change(c.AllowLate(workshop="w1", by=ANA, allowed=True), START),
        Change(c.Nudge(workshop="w1", by=ANA), after(2)),
        Change(c.MoveDeadline(workshop="w1", by=c.SYSTEM), after(599.5)),
        Change(c.Pause(workshop="w1", by=ANA), after(600.25)),
        Change(c.Resume(workshop="w1", by=ANA), after(700.000001)),
        Change(c.Next(workshop="w1", by=ANA), after(710)),
        Change(c.PostStageAgain(workshop="w1", by=ANA), after(711)),
        Change(c.PostBoardAgain(workshop="w1", by=ANA), after(712)),
        Change(c.Next(workshop="w1", by=ANA), after(720)),
        Change(c.RevealAnswers(workshop="w1", by=ANA, prompt="sentence"), after(721)),
        Change(c.Close(workshop="w1", by=ANA), after(730)),
        Change(c.Finish(workshop="w1", by=ANA), after(740)),
    ]


async def test_a_loaded_workshop_is_the_one_in_memory_field_by_field(stored: Stored, engine: Engine) -> None:
    for change in everything():
        outcome: Outcome = await stored.writer.change(change)
        assert isinstance(outcome, Done), (change.command, outcome)
        fresh = Reader(engine, read_plan)
        loaded = await fresh.workshop("w1")
        fresh.close()
        assert loaded is not None
        for field in dataclasses.fields(Workshop):
            assert getattr(loaded, field.name) == getattr(outcome.workshop, field.name), field.name
        assert list(loaded.people) == list(outcome.workshop.people)
        assert loaded == await stored.workshop()
    assert SECRET not in repr(await stored.workshop())


async def test_picked_and_hidden_survive_a_restart(stored: Stored, engine: Engine) -> None:
    people = [f"p{number}" for number in range(8)]
    await stored.begin(*people)
    await asyncio.gather(*(stored.done(gave(p, *(f"{p} {n}" for n in range(5)))) for p in people))
    (first, *_) = await stored.answers("practices")
    prompt = PLAN.prompts["practices"]
    ((entry, _), *_) = kind_of(prompt).entries(prompt, first)
    await stored.done(Change(c.HideEntry(workshop="w1", by=ANA, entry=entry), START))
    await stored.done(Change(c.Close(workshop="w1", by=ANA), after(60)))
    keys = (item_key("p0 3"), item_key("p0 1"))
    await stored.done(Change(c.PickItems(workshop="w1", by=ANA, prompt="dots", keys=keys), after(61)))
    hidden = await stored.workshop()
    assert hidden.picked == {"dots": keys}
    fresh = Reader(engine, read_plan)
    assert await fresh.workshop("w1") == hidden and entry in hidden.hidden
    fresh.close()
