"""A room with the bot in it, on a loop in a thread of its own, so that Hypothesis can send it one thing at a time."""

from __future__ import annotations

import asyncio
import logging
import secrets
import sqlite3
import threading
import time
from collections.abc import Coroutine, Iterable
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import jwt

from rehearsal.keys import APP_ID, BOT_FRAMEWORK
from rehearsal.offers import data_of
from rehearsal.persona import people
from rehearsal.reading import buttons
from rehearsal.world import Unknown
from store.database import open_database
from store.writer import Writer
from templates import from_source
from tests.bot.fake_teams import private_key
from tests.chat import CHANNEL, database_of, label, session
from tests.hostile.every_kind import PLAN
from tests.hostile.judge import Stored, Tables
from tests.hostile.mutations import Attempt
from tests.stories.acts import clicks, element, form_of, starting, stored
from workshop import commands as c
from workshop.model import Workshop
from workshop.service import Change, Done

T = TypeVar("T")
PEOPLE = ("james", "liga", "ivan")
LEADS = "anna"
NEXT, MODERATES = label("Next: {step}", "en").partition("{")[0], label("Moderate", "en")
LASTING = ("extend 5", "moderator @Līga Ozola", "stage", "board")
TYPED = ("facilitator @Nagy Zsófia", "help", "language pl", "finish", "hlep", "nudge", *LASTING)
"""Typed by who leads; what lasts is there more often to be changed."""


class Errors(logging.Handler):
    """Every bug that the program notes."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())


class Served:
    """The bot in a thread. `corpus`: the activities of a real session up to the step, the weightier ones more often."""

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
        self._stored = Stored(self._database)
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
        """A workshop at the step, with everything that people do in it; and one that was opened and cancelled."""
        room, before = self.room, len(self.room.room.sent)
        if not self.corpus:
            await room.opens(LEADS)
            await room.types(LEADS, "@Kolbot cancel")
        await self.opens()
        for who in PEOPLE:
            joining = (await clicks(room, who, label("Join", "en"))).dialog
            await room.presses(joining, label("Join", "en"), institution="Town hall", challenge="Too little time")
        await self.leads("Start")
        for step in range(self._step + 1):
            for who in PEOPLE:
                await self.answers(who, step)
            if step < self._step:
                await self.leads(NEXT)
        for typed in TYPED:
            await room.types(LEADS, f"@Kolbot {typed}")
        await self.moderates()
        sent = [each for each in list(room.room.sent)[before:] if each.delivery.taken]
        self.corpus = [each.activity for each in sent if each.activity["type"] != "installationUpdate"]
        submits = [each for each in self.corpus if _verb(each) == "submit"][-len(PEOPLE) :]
        others = [each for each in self.corpus if _verb(each) in ("joined", "moderated") or _is_typed(each)]
        pressed = [each for each in self.corpus if _verb(each) and each["from"]["name"] == room.person(LEADS).name]
        askers = [submits[-1], submits[-1], pressed[-1]]
        hiding = [each["value"]["data"] for each in self.corpus if _verb(each) == "moderated"]
        rare = [_asking(each, submits[-1], data) for each in askers for data in [*self._rarely(), *hiding]]
        lively = submits * 20 + others[-8:] + rare
        self.corpus += lively * (3 * len(self.corpus) // len(lively) + 1)

    def _rarely(self) -> list[dict[str, Any]]:
        """What other buttons and forms send, of which few or none have been pressed."""
        own = PLAN.places[self._step]
        prompts = [prompt.id for prompt in own.step.prompts]
        return [
            {"verb": "chosen", "language": "en"}, {"verb": "withdraw", "step": own.number}, {"verb": "takeover"},
            {"verb": "late", "allowed": True}, {"verb": "reveal", "prompt": prompts[0]}, {"verb": "joined"},
            {"verb": "picked", "prompt": prompts[-1], "picked": "a,b"}, {"verb": "nudge"},
            {"verb": "form_groups", "way": "count", "number": "2"}, {"verb": "dissolve_groups"}, {"verb": "drop_cases"},
            {"verb": "add_practices", "table": "One\tTwo\tThree\tFour"}, {"verb": "remove_practices", "gone": "0"},
            {"verb": "move_to_group", "person": "James Carter", "group": "1"}, {"verb": "answer_case", "case": "a"},
            {"verb": "put_into_theme", "into": "new", "called": "One", "notes": "a,b"}, {"verb": "suggest_themes"},
            {"verb": "accept_theme", "notes": ["a"], "called.a": "One"}, {"verb": "undo_theme", "mark": "a"},
            {"verb": "rename_theme", "theme": "theme:1", "name": "x"}, {"verb": "themes", "page": 0},
            {"verb": "open", "plan": "kolb-taster-15", "language": "en", "title": "Another one"},
        ]  # fmt: skip

    async def opens(self) -> None:
        """The workshop of every kind, in a new thread, as if the template were among those on offer."""
        room = self.room
        said = await room.person(LEADS).says("@Kolbot help")
        room.root = said.id
        engine = open_database(database_of(self._folder))
        writer = Writer(engine, from_source)
        anna, place = room.person(LEADS).member, room.room.world.conversation(CHANNEL)
        command = c.Open(
            workshop=secrets.token_hex(8), by=f"{room.room.world.tenant}:{anna.object_id}", name=anna.name,
            tenant=room.room.world.tenant, home=f"{place.id};messageid={room.root}", plan=PLAN, title="Every kind",
            language="en", secret=secrets.token_hex(32),
        )  # fmt: skip
        outcome = await writer.change(Change(command, room.clock()))
        assert isinstance(outcome, Done), outcome
        await writer.close()
        engine.dispose()
        await room.settles()

    async def leads(self, title: str) -> None:
        console = await clicks(self.room, LEADS, label("Facilitate", "en"))
        assert console.dialog is not None, console.texts()
        await starting(console.dialog, title)
        await self.room.settles()

    async def answers(self, who: str, step: int) -> None:
        """Somebody fills in the form as a simulated participant does."""
        form = await form_of(self.room, who)
        button = next(button for button in buttons(form.card) if data_of(button).get("verb") == "submit")
        persona = people(len(PEOPLE), "en", step, date(2026, 11, 22))[PEOPLE.index(who)]
        for attempt in range(4):
            values = persona.fill(form.inputs(), data_of(button), attempt)
            answer = await form.fills(values).presses(button.title)
            if element(answer.dialog, "receipt"):
                return
        raise AssertionError((step, who, answer.texts()))

    async def moderates(self) -> None:
        """Somebody's words are hidden, and shown again."""
        for _ in range(2):
            console = await clicks(self.room, LEADS, label("Facilitate", "en"))
            assert console.dialog is not None
            form = (await console.dialog.presses(MODERATES)).dialog
            assert form is not None
            ticks = form.inputs()[0]
            title = next(button.title for button in buttons(form.card) if data_of(button).get("verb") == "moderated")
            await form.fills({ticks.id: [] if ticks.value else [ticks.choices[-1][1]]}).presses(title)

    async def heals(self) -> bool:
        """A facilitator's own command may have paused or closed the step: go on with it. Whether that worked."""
        self.room.clock.passes(seconds=6)
        for word in ("resume", "reopen"):
            await self.room.person(LEADS).says(f"@Kolbot {word}", root=self.room.root)
        now = await self.workshop()
        return now.status == "open" and now.at == self._step

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

    def rows(self) -> Tables:
        """Everything that is stored."""
        return self._stored.rows()

    async def workshops(self, ids: Iterable[str]) -> dict[str, Workshop]:
        found = {id_: await self.room.bot.reader.workshop(id_) for id_ in ids}
        return {id_: workshop for id_, workshop in found.items() if workshop is not None}

    def said(self) -> dict[str, str]:
        """What the bot has posted so far: the conversation, with its thread, of each message."""
        messages = self.room.room.world.messages
        return {
            id_: each.conversation + (f";messageid={each.root}" if each.root else "")
            for id_, each in messages.items()
            if each.author not in self.room.room.world.people
        }

    def known_as(self, tenant: str, name: str) -> set[str]:
        """What somebody mentioned by this id may be called in the database."""
        try:
            member = self.room.room.world.member(name)
        except Unknown:
            return {f"{tenant}:{name}".lower(), f"{tenant}:{name}"}
        return {f"{self.room.room.world.tenant}:{member.object_id}".lower()}

    async def workshop(self) -> Workshop:
        return (await stored(self.room))[0]


def _asking(sent: dict[str, Any], submit: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """The same person in the workshop of that answer, with another button."""
    kept = {"w": submit["value"]["data"]["w"]}
    return {**sent, "conversation": submit["conversation"], "value": {**submit["value"], "data": kept | data}}


def _is_typed(activity: dict[str, Any]) -> bool:
    """Whether somebody has typed what has an effect."""
    return any(f" {typed.split(' ')[0]}" in (activity.get("text") or "") for typed in LASTING)


def _verb(activity: dict[str, Any]) -> str:
    value = activity.get("value")
    data = value.get("data") if isinstance(value, dict) else None
    return str(data.get("verb", "")) if isinstance(data, dict) and activity.get("name") == "task/submit" else ""
