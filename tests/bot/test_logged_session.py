"""The log of a session in which much goes wrong: nothing of what people wrote, who they are, where; ids to quote."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from pathlib import Path

import aiohttp

from bot.logs import OURS, JsonLines
from rehearsal.keys import TENANT
from store.reader import Reader
from tests.bot.listening import ID, lines, logged
from tests.chat import Session, called, session
from tests.stories.acts import leads

# Without aiohttp.access: `app.serve` keeps no log of requests, the tests' own server does.
OTHERS = (
    "aiohttp.server", "aiohttp.web", "aiohttp.client", "aiohttp.internal",
    "sqlalchemy", "asyncio", "msal", "urllib3", "alembic", "botbuilder", "msrest",
)

TITLE = "Zażółć gęślą jaźń & <Wrocław>"
FIRST = "My neighbour's brindled dachshund"
SECOND = "Кварталният фонтан"
LOST = "Nobody may ever read of turquoise hedgehogs"
TYPED = "what about the purple xylophone"
WROTE = (TITLE, FIRST, SECOND, LOST, TYPED, "dachshund", "фонтан", "hedgehogs", "xylophone", "jaźń", "quokka")


async def plays(room: Session, folder: Path) -> None:
    await room.opens(title=TITLE)
    await room.joins("ivan", "james", institution="Institute of quokka studies")
    await leads(room, "Start")
    await room.answers("ivan", K1_practice=FIRST)
    await room.answers("james", K1_practice=SECOND)
    form = await room.form("ivan")
    field = form.inputs()[0].id
    await form.fills({field: LOST * 200}).presses(called(form, "Replace my answer"))
    await room.types("james", f"@Kolbot {TYPED}")
    await forged(room)
    room.room.faults.add("send", "refuse", status=403)
    await room.types("james", "@Kolbot help")
    room.room.faults.add("edit", "refuse", status=404)
    await without_database(room, folder)
    await leads(room, "Zamknij krok")


async def forged(room: Session) -> None:
    """Requests with tokens and bodies that are wrong in ways of their own, all with words in them."""
    url = room.room.link.url
    assert url is not None
    good = room.room.keys.for_bot(room.room.link.sent[-1].activity["recipient"]["id"].removeprefix("28:"), url)
    activity = json.dumps({"type": "message", "text": LOST, "from": {"name": "quokka"}, "serviceUrl": LOST})
    json_type = {"Content-Type": "application/json"}
    async with aiohttp.ClientSession() as web:
        for token in ("", LOST.encode().hex(), good, f"{good}x", f"eyJ.{LOST.encode().hex()}.x"):
            for data in (activity, "[", json.dumps({"channelId": "msteams", "quokka": LOST})):
                headers = {"Authorization": f"Bearer {token}", **json_type}
                async with web.post(url, data=data, headers=headers) as answer:
                    assert 400 <= answer.status < 500
        async with web.get(f"{url}/{'quokka'}?{LOST[:6]}") as answer:
            assert answer.status == 404
    reader, writer = await asyncio.open_connection("127.0.0.1", int(url.split(":")[2].split("/")[0]))
    writer.write(b"POST /api/messages quokka\r\nhedgehogs\r\n\r\n")
    await reader.read(1000)
    writer.close()
    await writer.wait_closed()


async def without_database(room: Session, folder: Path) -> None:
    """Somebody answers while the table of answers is away."""
    form = await room.form("ivan")
    reader: Reader = room.bot.reader
    engine = reader._engine
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE answers RENAME TO gone")
    await form.fills({form.inputs()[0].id: LOST}).presses(called(form, "Replace my answer"))
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO answers")


def private(room: Session) -> set[str]:
    """Everything that people wrote, and everything about people and places: what no log may hold."""
    world = room.room.world
    found = {*WROTE, TENANT, *world.conversations}
    for member in world.people.values():
        found |= {member.name, *member.name.split(), member.mri, member.object_id, member.email}
    for sent in room.room.sent:
        found |= {sent.activity["conversation"]["id"], str(sent.activity.get("id", TENANT))}
    found |= set(world.messages)
    assert len(found) > 50
    return {word for word in found if len(word) > 3}


async def test_a_whole_session_leaves_nothing_in_the_log(tmp_path: Path) -> None:
    with (
        logged(JsonLines(), *OURS, *OTHERS) as product,
        logged(logging.Formatter("%(message)s"), *OURS) as plain,
    ):
        async with session(tmp_path) as room:
            await plays(room, tmp_path)
            words = private(room)
            room.room.world.refusals.clear()
    for form, text in (("JSON", product.getvalue()), ("ours, with errors' texts", plain.getvalue())):
        assert not [word for word in words if word in text], form
        assert "eyJ" not in text and "Bearer" not in text, "a token"
        assert not re.search(r"19:[a-z]|a:1|29:1", text), "a conversation or a person"
    written = lines(product)
    assert len(written) > 100, "sqlalchemy speaks at DEBUG"
    assert any(line["message"] == "Row %r" for line in written), "and would tell every row that it reads"
    said = [line["message"] for line in written if line["logger"].partition(".")[0] in OURS]
    for expected in (
        "an activity was not let in: the token cannot be read", "an answer could not be posted: Gone",
        "Not stored (1 at once): OperationalError SQLITE_ERROR",
    ):
        assert expected in said, (expected, set(said))


async def test_every_line_is_an_object_and_a_turns_lines_bear_its_id(tmp_path: Path) -> None:
    with logged(JsonLines(), *OURS) as out:
        async with session(tmp_path) as room:
            await room.opens()
            await forged(room)
    for line in lines(out):
        assert {"time", "level", "logger", "message"} <= set(line) <= {
            "time", "level", "logger", "message", "turn", "error", "places",
        }
        assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\Z", line["time"])
    refused = [line for line in lines(out) if line["message"].startswith("an activity was not let in")]
    assert len(refused) >= 8
    assert all(ID.match(line["turn"]) for line in refused)
    assert len({line["turn"] for line in refused}) == len(refused), "each request has its own"
