"""SIGTERM while answers are in flight: each is answered, and is stored or was not taken; what is queued is stored."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import time
from pathlib import Path

from rehearsal.hands import Answer, Dialog
from tests.faults.program import Program, presses, program
from tests.stories.acts import K1, element

LIMIT = 10.0
"""Seconds until the process has to be gone."""
LONG = "60"
"""Seconds of patience: nobody loses theirs because the machine is busy."""


async def forms_of(run: Program, crowd: int) -> dict[str, Dialog]:
    """By what they are going to write: so many people with the open form."""
    people = await run.room.add_people([(f"Person {number}", "en") for number in range(crowd)])
    await run.begins(*people)
    return {f"of {who}.": await run.waits_for(who, "Answer") for who in people}


def sends(forms: dict[str, Dialog]) -> dict[str, asyncio.Task[Answer]]:
    return {words: asyncio.create_task(presses(form, words)) for words, form in forms.items()}


def not_confirmed(answer: Answer, words: str) -> None:
    """They are told so, and the form still has what they wrote."""
    assert answer.dialog is not None, ("not answered", words, answer)
    said = element(answer.dialog, "unconfirmed") or element(answer.dialog, "refusal")
    assert "press again" in said, answer.texts()
    assert answer.dialog.values() == {K1: words}, "the text is not lost"


async def test_what_is_in_flight_is_stored_and_answered(tmp_path: Path) -> None:
    """A hundred, in two batches at least, of which none is stored yet when the signal comes."""
    async with program(tmp_path, PATIENCE=LONG) as run, asyncio.timeout(100):
        forms = await forms_of(run, 100)
        run.plans("hold begun")
        sent = sends(forms)
        await run.queues(len(sent))
        began = time.monotonic()
        run.signals(signal.SIGTERM)
        await run.closes_its_door()
        assert not any(task.done() for task in sent.values()), "they are all in flight"
        run.plans()
        for words, task in sent.items():
            answer = await task
            assert element(answer.dialog, "receipt"), ("not acknowledged", words, answer)
            assert words in " ".join(answer.texts()), "what was recorded is what they wrote"
        assert await run.gone() == 0, run.log
        assert time.monotonic() - began < LIMIT
        stored = run.stored()
        assert all(sum(words in value for value in stored) == 1 for words in sent)
        assert len(stored) == len(sent), "nothing else"
        assert not run.errors(), run.errors()


async def test_what_is_queued_is_stored_after_its_people_have_gone(tmp_path: Path) -> None:
    """They have been told that it is not confirmed yet. One answer is held up, and the others wait behind it."""
    async with program(tmp_path) as run, asyncio.timeout(100):
        forms = await forms_of(run, 8)
        run.plans("keep begun")  # until the store is asked to close
        first = next(iter(forms))
        sent = sends({first: forms[first]})
        await run.queues(1)
        sent |= sends({words: form for words, form in forms.items() if words != first})
        for words, task in sent.items():
            not_confirmed(await task, words)
        assert run.stored() == []
        run.signals(signal.SIGTERM)
        assert await run.gone() == 0, run.log
        assert sorted(words for words in sent for value in run.stored() if words in value) == sorted(sent)


async def test_a_database_that_is_never_free_ends_nothing_late(tmp_path: Path) -> None:
    """Nearly four hundred answers, of which each batch would wait two seconds for the lock that somebody else has."""
    async with program(tmp_path) as run, asyncio.timeout(100):
        forms = await forms_of(run, 25)
        other = sqlite3.connect(tmp_path / "kolbot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        answering = [
            (f"{number} {words}", asyncio.create_task(presses(form, f"{number} {words}")))
            for number in range(15)
            for words, form in forms.items()
        ]
        await run.queues(len(answering))
        began = time.monotonic()
        run.signals(signal.SIGTERM)
        for words, task in answering:
            not_confirmed(await task, words)
        assert await run.gone() == 0, run.log
        assert time.monotonic() - began < LIMIT
        other.close()
        assert run.stored() == []
