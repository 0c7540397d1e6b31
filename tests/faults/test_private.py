"""Whatever fails on the way of an answer, the person is told so, and the log holds nobody's words, name or token."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from rehearsal.keys import APP_ID
from tests.chat import CHANNEL
from tests.faults.points import FAILING, SECRET
from tests.faults.program import Program, presses, program

ANSWER = "Only for this group: the mayor refused"


async def test_an_exception_that_quotes_everything_leaves_nothing_in_the_log(tmp_path: Path) -> None:
    async with program(tmp_path) as run, asyncio.timeout(100):
        await run.begins("james")
        for number, point in enumerate(FAILING):
            form = await run.waits_for("james", "Answer")
            before = len(run.errors())
            run.plans(f"fail {point}")
            answer = await presses(form, f"{ANSWER} {number}")
            run.plans()
            noted = run.errors()[before:]
            assert len(noted) == 1, (point, "noted once", noted)
            assert noted[0]["message"].startswith(f"bug {noted[0]['turn']}: KeyError at "), (point, noted)
            body = json.dumps(run.room.sent[-1].delivery.body)
            assert noted[0]["turn"] in body, (point, "under the id that the person can quote", body)
            assert answer.texts(), point
            assert "Traceback" not in body and "KeyError" not in body, point
            form = await run.waits_for("james", "Answer")
            again = await presses(form, f"{ANSWER} {number}")
            assert f"• {ANSWER} {number}" in again.texts(), (point, "it goes on, without a restart", again.texts())
        assert len(run.stored()) == 1
        token = run.room.keys.for_bot(run.room.sent[-1].activity["recipient"]["id"].removeprefix("28:"), "x")
        people = [part for member in run.room.world.people.values() for part in member.name.split()]
        private = [*SECRET.replace(",", " ").split(" "), "mayor", ANSWER, token[:16], "eyJ", *people]
        lines = run.log.splitlines()
        for word in set(private) - {"said:", "Bearer"}:
            if len(word) > 3 or word == "eyJ":  # shorter ones are parts of any line
                assert not [line for line in lines if word in line or json.dumps(word)[1:-1] in line], word


TOO_LONG = (7_000, 8_150, 8_190, 9_000, 65_536)
"""Characters behind a good token: the bot takes 8,192 of it, and its web server 8,190 of a header."""


async def test_a_header_too_long_is_refused_and_its_token_is_in_no_log(tmp_path: Path) -> None:
    async with program(tmp_path) as run, asyncio.timeout(60):
        token = run.room.keys.for_bot(APP_ID, run.room.activities.service_url)
        update = run.room.activities.installed(run.room.world.conversation(CHANNEL)) | {"action": "upgrade"}
        good = f"Bearer {token}"
        assert await status_of(run, good, update) == 201, "it is good as it is"
        assert await status_of(run, f"Basic {token}", update) == 401
        for more in TOO_LONG:
            for header in (good + "A" * more, f"Bearer {'A' * more}{token}", f"{good} {token * (more // len(token))}"):
                assert await status_of(run, header, update) in (400, 401, 431), (more, header[:20])
        assert await status_of(run, good, update) == 201, "it goes on"
        assert run.log.count("LineTooLong") + run.log.count("not let in") >= len(TOO_LONG), "they are noted"
        for start in (0, 100, len(token) - 100):
            assert token[start : start + 20] not in run.log
        assert "eyJ" not in run.log
        assert "AAAAAAAA" not in run.log


async def status_of(run: Program, authorization: str, activity: dict[str, Any]) -> int:
    """What comes back for an activity under this header, sent as plain bytes: no client lets such a header through."""
    body = json.dumps(activity).encode()
    head = f"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    reader, writer = await asyncio.open_connection("127.0.0.1", int(run.url.rpartition(":")[2]))
    try:
        writer.write(f"{head}\r\nAuthorization: {authorization}\r\n\r\n".encode() + body)
        return int((await reader.readline()).split(b" ")[1])
    finally:
        writer.close()
