"""SIGTERM while a hundred answers are in flight: each is answered, and is stored or was not taken."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import time
from pathlib import Path

from rehearsal.hands import Answer
from tests.faults.program import presses, program
from tests.stories.acts import element

PEOPLE = 100


async def test_what_is_in_flight_is_finished_within_ten_seconds(tmp_path: Path) -> None:
    async with program(tmp_path) as run, asyncio.timeout(100):
        people = await run.room.add_people([(f"Person {number}", "en") for number in range(PEOPLE)])
        await run.begins(*people)
        forms = [await run.waits_for(who, "Answer") for who in people]
        other = sqlite3.connect(tmp_path / "kolbot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")  # so that all of them wait when the signal comes
        answering = [asyncio.create_task(presses(form, f"of {who}.")) for form, who in zip(forms, people, strict=True)]
        await asyncio.sleep(0.5)
        began = time.monotonic()
        run.signals(signal.SIGTERM)
        await asyncio.sleep(0.3)
        assert not any(task.done() for task in answering), "they were all in flight"
        other.execute("ROLLBACK")
        other.close()
        answers = dict(zip(people, await asyncio.gather(*answering), strict=True))
        assert await run.gone() == 0, run.log
        assert time.monotonic() - began < 10
        stored = " ".join(run.stored())
        for who, answer in answers.items():
            assert answer.dialog is not None, ("not answered", who, answer)
            receipt = bool(element(answer.dialog, "receipt"))
            said = element(answer.dialog, "unconfirmed") or element(answer.dialog, "refusal")
            assert receipt or "press again" in said, answer.texts()
            if receipt:
                assert f"of {who}." in stored
        assert any(_acknowledged(answer) for answer in answers.values()), "the database was free in time"
        assert " ERROR " not in run.log, run.log


def _acknowledged(answer: Answer) -> bool:
    return bool(element(answer.dialog, "receipt"))
