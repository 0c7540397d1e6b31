"""Whatever fails on the way of an answer, the person is told so, and the log holds nobody's words, name or token."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from tests.faults.points import FAILING, SECRET
from tests.faults.program import presses, program

ANSWER = "Only for this group: the mayor refused"


async def test_an_exception_that_quotes_everything_leaves_nothing_in_the_log(tmp_path: Path) -> None:
    async with program(tmp_path) as run, asyncio.timeout(100):
        await run.begins("james")
        for number, point in enumerate(FAILING):
            form = await run.waits_for("james", "Answer")
            run.plans(f"fail {point}")
            answer = await presses(form, f"{ANSWER} {number}")
            run.plans()
            assert answer.texts(), point
            assert "Traceback" not in " ".join(answer.texts()), point
            form = await run.waits_for("james", "Answer")
            again = await presses(form, f"{ANSWER} {number}")
            assert f"• {ANSWER} {number}" in again.texts(), (point, "it goes on, without a restart", again.texts())
        assert len(run.stored()) == 1
        token = run.room.keys.for_bot(run.room.sent[-1].activity["recipient"]["id"].removeprefix("28:"), "x")
        people = [part for member in run.room.world.people.values() for part in member.name.split()]
        private = [*SECRET.replace(",", " ").split(" "), "mayor", ANSWER, token[:16], "eyJ", *people]
        lines = run.log.splitlines()
        assert sum("KeyError" in line for line in lines) >= len(FAILING) - 2, "each was noted by its kind"
        for word in set(private) - {"said:", "Bearer"}:
            if len(word) > 3 or word == "eyJ":  # shorter ones are parts of any line
                assert not [line for line in lines if word in line or json.dumps(word)[1:-1] in line], word
