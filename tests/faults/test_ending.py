"""SIGTERM while a hundred answers are in flight: each is answered, and is stored or was not taken."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.faults.program import presses, program
from tests.stories.acts import K1, element

LIMIT = 10.0
"""Seconds until the process has to be gone."""


@pytest.mark.parametrize(("crowd", "free_in_time"), [(100, True), (30, False)], ids=["free in time", "never free"])
async def test_what_is_in_flight_is_finished_within_ten_seconds(
    tmp_path: Path, crowd: int, free_in_time: bool
) -> None:
    async with program(tmp_path) as run, asyncio.timeout(100):
        people = await run.room.add_people([(f"Person {number}", "en") for number in range(crowd)])
        await run.begins(*people)
        forms = [await run.waits_for(who, "Answer") for who in people]
        other = sqlite3.connect(tmp_path / "kolbot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")  # so that all of them wait when the signal comes
        words = {who: f"of {who}." for who in people}
        answering = [asyncio.create_task(presses(form, words[who])) for form, who in zip(forms, people, strict=True)]
        await asyncio.sleep(0.5)
        began = time.monotonic()
        run.signals(signal.SIGTERM)
        await asyncio.sleep(0.3)
        assert not any(task.done() for task in answering), "they were all in flight"
        if free_in_time:
            other.execute("ROLLBACK")
        answers = dict(zip(people, await asyncio.gather(*answering), strict=True))
        assert await run.gone() == 0, run.log
        assert time.monotonic() - began < LIMIT
        other.close()
        stored = run.stored()
        receipts = 0
        for who, answer in answers.items():
            assert answer.dialog is not None, ("not answered", who, answer)
            there = sum(words[who] in value for value in stored)
            if element(answer.dialog, "receipt"):
                receipts += 1
                assert words[who] in " ".join(answer.texts()), "what was recorded is what they wrote"
                assert there == 1, ("told that it is recorded, and missing", who)
            else:
                said = element(answer.dialog, "unconfirmed") or element(answer.dialog, "refusal")
                assert "press again" in said, answer.texts()
                assert answer.dialog.values() == {K1: words[who]}, "the text is not lost"
                assert there == 0, ("stored without a receipt", who)
        assert len(stored) == receipts, "nothing else"
        assert bool(receipts) == free_in_time
        if free_in_time:
            assert not run.errors(), run.errors()
