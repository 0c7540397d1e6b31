"""A room with the bot in it, on a loop in a thread of its own, so that Hypothesis can send it one thing at a time."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import jwt

from rehearsal.keys import APP_ID, BOT_FRAMEWORK
from rehearsal.reading import Field
from tests.bot.fake_teams import private_key
from tests.chat import label, session
from tests.hostile.mutations import Attempt
from tests.stories.acts import SEND, clicks, form_of, starting, stored
from workshop.model import Workshop

T = TypeVar("T")
PEOPLE = ("james", "liga", "ivan")
NEXT = label("Next: {step}", "pl").partition("{")[0]
CORE = ("workshops", "people", "answers", "audit")
"""What a workshop is made of; who was met where, and what was delivered, is not."""


ANYBODYS = ("revision", "shape", "stage_posts", "board_posts", "posted_at", "acted_at")
"""What answers move, and what anybody may ask for: that the stage card or the board is posted again below."""


class Errors(logging.Handler):
    """Every bug that the program notes."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())


class Served:
    """The bot in a thread. `corpus` are the activities of a real session up to the step."""

    def __init__(self, folder: Path, step: int) -> None:
        self._folder = folder
        self._step = step
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        self._ready: Future[None] = Future()
        self.errors = Errors()
        self._version = -1
        self.corpus: list[dict[str, Any]] = []
        self.statuses: dict[int, int] = {}

    def __enter__(self) -> Served:
        logging.getLogger().addHandler(self.errors)
        self._thread.start()
        self._ready.result(60)
        self._database = sqlite3.connect(self._folder / "kolbot.db")
        self.changed()
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(30)
        self._loop.close()
        logging.getLogger().removeHandler(self.errors)

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(60)

    async def _serve(self) -> None:
        try:
            async with session(self._folder) as self.room, aiohttp.ClientSession() as self._http:
                await self.begin()
                self._ready.set_result(None)
                await self._over.wait()
                self.room.room.world.refusals.clear()  # hostile activities are answered in conversations that are none
        except BaseException as error:
            if not self._ready.done():
                self._ready.set_exception(error)
            raise

    async def begin(self) -> None:
        """A workshop at the step, with everything that people do in it."""
        room, before = self.room, len(self.room.room.sent)
        await room.opens()
        await room.joins(*PEOPLE)
        await self.course("Start")
        for step in range(self._step + 1):
            for who in PEOPLE:
                await self.answers(who)
            if step < self._step:
                await self.course(NEXT)
        for word in ("help", "extend 5", "board", "language pl", "moderator @Līga Ozola", "finish", "stage", "hlep"):
            await room.types("anna", f"@Kolbot {word}")
        await clicks(room, "anna", label("Facilitate", "en"))
        sent = [each for each in list(room.room.sent)[before:] if each.delivery.taken]
        self.corpus = [each.activity for each in sent if each.activity["type"] != "installationUpdate"]
        submits = [each for each in self.corpus if _is_answer(each)]
        self.corpus += submits[-len(PEOPLE) :] * 8

    async def course(self, title: str) -> None:
        console = await clicks(self.room, "anna", label("Facilitate", "en"))
        assert console.dialog is not None
        begins = label(title, "pl") if title == "Start" else title
        if any(there.startswith(begins) for there in console.dialog.buttons()):
            await starting(console.dialog, begins)
            await self.room.settles()

    async def answers(self, who: str) -> None:
        if self.room.person(who).find(label("Answer", "en"), root=self.room.root) is None:
            return
        form = await form_of(self.room, who)
        titles = [label(title, language) for title in SEND for language in ("en", "pl")]
        title = next((title for title in titles if title in form.buttons()), None)
        if title is not None:
            await form.fills(filled(form.inputs(), who)).presses(title)

    async def sends(self, attempt: Attempt) -> tuple[int, bytes]:
        """Status and body of the answer."""
        headers = {"Content-Type": "application/json"}
        if attempt.token != "none":
            headers["Authorization"] = f"Bearer {self.token(attempt.token)}"
        url = self.room.room.link.url
        assert url is not None
        async with self._http.post(url, data=attempt.body, headers=headers) as response:
            self.statuses[response.status] = self.statuses.get(response.status, 0) + 1
            return response.status, await response.read()

    def token(self, kind: str) -> str:
        room, now = self.room.room, int(time.time())
        claims: dict[str, Any] = {
            "iss": BOT_FRAMEWORK, "aud": APP_ID, "serviceurl": room.activities.service_url, "nbf": now - 300,
            "exp": now + 3600,
        }
        if kind == "stranger":
            headers = {"kid": room.keys.published[0].kid}
            return jwt.encode(claims, private_key("stranger"), algorithm="RS256", headers=headers)
        if kind == "expired":
            return room.keys.sign({**claims, "exp": now - 400})
        if kind == "other address":
            return room.keys.sign({**claims, "serviceurl": "https://evil.example/"})
        return room.keys.for_bot(APP_ID, room.activities.service_url)

    def changed(self) -> bool:
        """Whether anything at all has been written since this was asked last."""
        last, self._version = self._version, self._database.execute("PRAGMA data_version").fetchone()[0]
        return bool(last != self._version)

    def rows(self) -> dict[str, set[tuple[Any, ...]]]:
        """All rows of the core tables; a workshop's without the counters that answers move."""
        found = {}
        for table in CORE:
            read = self._database.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in read.description]
            found[table] = {
                tuple(_kept(name, value) for name, value in zip(names, row, strict=True) if name not in ANYBODYS)
                for row in read
            }
        return found

    async def workshop(self) -> Workshop:
        return (await stored(self.room))[0]


def _kept(name: str, value: Any) -> Any:
    if name != "state":
        return value
    return json.dumps({key: part for key, part in json.loads(value).items() if key not in ANYBODYS})


def _is_answer(activity: dict[str, Any]) -> bool:
    return activity.get("name") == "task/submit" and activity["value"]["data"].get("verb") == "submit"


def filled(inputs: list[Field], who: str) -> dict[str, Any]:
    """Something for every field; of several numbers only the first, so that no limit is passed."""
    values: dict[str, Any] = {}
    for field in inputs:
        if field.type == "Input.ChoiceSet":
            values[field.id] = field.choices[0][1] if field.choices else ""
        elif field.type == "Input.Number":
            values |= {} if any(value == "1" for value in values.values()) else {field.id: "1"}
        elif field.type == "Input.Date":
            values[field.id] = "2026-12-01"
        elif field.type == "Input.Text":
            values[field.id] = f"What {who} says"
    return values


def person_of(activity: dict[str, Any]) -> str:
    """Home tenant and object id of the sender."""
    sender = activity["from"]
    home = sender.get("tenantId")
    home = home if isinstance(home, str) and home else activity["channelData"]["tenant"]["id"]
    return f"{home.lower()}:{(sender.get('aadObjectId') or sender['id']).lower()}"
