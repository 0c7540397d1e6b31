"""People with names in the rehearsal room's Teams, with the real bot, in process: what story tests are written with."""

from __future__ import annotations

import functools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import unused_port

from app import Running, running
from bot.budgets import Budgets
from bot.publisher import Publisher
from locales import LANGUAGES, words
from rehearsal.hands import Answer, Dialog, Person, Seen
from rehearsal.keys import Keys, new_key
from rehearsal.server import Room, make_room
from settings import REHEARSAL_APP_ID, Settings
from tests.cards.lint import lint
from tests.printing import lent
from tests.sqlite import made

CHANNEL = "Peer learning"


class Clock:
    """The bot's clock, moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        self._made = time.monotonic()

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        """Since 1970, for the room's clock: what people do has the time at which the bot hears of it, and no two do
        something at once."""
        return self.now.timestamp() + time.monotonic() - self._made

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Session:
    """A room, the bot in it, and the thread of one workshop."""

    room: Room
    bot: Running
    clock: Clock
    root: str | None = None
    joining: str = ""
    """What the lobby's button was called when it was last there."""

    def person(self, name: str, place: str = CHANNEL) -> Person:
        return Person(self.room, name, place)

    async def settles(self) -> None:
        """Let reminders go out and the publisher make all equal, for twelve seconds: it is asked until it rests for
        what is left of them (its clock passes the time between two edits)."""
        await self.bot.reminders.tick()
        await self.bot.reminders.settle()
        for left in range(12, 0, -2):
            await self.bot.publisher.tick()
            if rests(self.bot.publisher, timedelta(seconds=left)):
                self.clock.passes(seconds=left)
                return
            await self.bot.publisher.settle()
            self.clock.passes(seconds=2)

    async def ticks(self) -> None:
        await self.bot.clockwork.tick()
        await self.settles()

    async def types(self, name: str, text: str, place: str = CHANNEL) -> Seen:
        """Somebody types in the workshop's thread, and everything that follows is posted."""
        said = await self.person(name, place).says(text, root=self.root if place == CHANNEL else None)
        await self.settles()
        return said

    def card(self, name: str, label: str, place: str = CHANNEL) -> Seen:
        """The newest card of the thread with a button of this title, as this person sees it."""
        found = self.person(name, place).find(label, root=self.root if place == CHANNEL else None)
        assert found is not None, f"no card has a button {label!r}"
        return found

    async def clicks(self, name: str, label: str, place: str = CHANNEL, **inputs: Any) -> Answer:
        answer = await self.person(name, place).clicks(self.card(name, label, place), label, inputs=inputs)
        await self.settles()
        return answer

    async def presses(self, dialog: Dialog | None, label: str, **inputs: Any) -> Answer:
        """Fill a dialog and press a button of it."""
        assert dialog is not None, "there is no dialog"
        answer = await dialog.fills(inputs).presses(label)
        await self.settles()
        return answer

    async def opens(
        self, name: str = "anna", plan: str = "kolb-taster-15", language: str = "en", title: str = ""
    ) -> None:
        """A facilitator opens a workshop in a new thread of the channel."""
        self.root = None
        said = await self.person(name).says("@Kolbot new")
        self.root = said.id
        answer = await self.clicks(name, label("Open a workshop", self.person(name).language))
        given = {"plan": plan, "language": language} | ({"title": title} if title else {})
        await self.presses(answer.dialog, label("Open the workshop", self.person(name).language), **given)

    async def joins(self, *names: str, **said: str) -> None:
        for name in names:
            answer = await self.clicks(name, self.join_label())
            await self.presses(answer.dialog, label("Join", self.reads(name, answer.dialog)), **said)

    def join_label(self) -> str:
        """What the lobby's button says: Join in the workshop's language, then in the others of its template."""
        own = label("Join", self.shared_language())
        for seen in reversed(self.person("anna").cards(root=self.root)):
            for button in seen.buttons():
                if button.split(" · ")[0] == own:
                    self.joining = button
                    return button
        assert self.joining, f"no card has a button that begins with {own!r}"
        return self.joining

    def reads(self, name: str, dialog: Dialog | None) -> str:
        """The language of a dialog that somebody was shown, as its card says."""
        assert dialog is not None and dialog.card is not None
        return str(dialog.card.get("lang", "en"))

    async def console(self, name: str = "anna") -> Dialog:
        answer = await self.clicks(name, label("Facilitate", self.shared_language()))
        assert answer.dialog is not None, answer.texts()
        return answer.dialog

    def shared_language(self) -> str:
        """The language of the workshop's cards, as the newest one says."""
        for seen in reversed(self.person("anna").cards(root=self.root)):
            if seen.card and seen.card.get("lang"):
                return str(seen.card["lang"])
        raise AssertionError("no card yet")

    async def course(self, label: str, name: str = "anna") -> Answer:
        """The facilitator opens the console and presses the button that begins with these words."""
        dialog = await self.console(name)
        title = next((title for title in dialog.buttons() if title.startswith(label)), None)
        assert title is not None, f"no {label!r} among {dialog.buttons()}"
        return await self.presses(dialog, title)

    async def form(self, name: str) -> Dialog:
        """The answer dialog of the open step."""
        answer = await self.clicks(name, label("Answer", self.shared_language()))
        assert answer.dialog is not None, answer.texts()
        return answer.dialog

    async def answers(self, name: str, **fields: Any) -> Answer:
        """Fill the open step's form by its fields' ids ("a.K2.what" is `K2_what`) and submit."""
        dialog = await self.form(name)
        ids = {field.id.removeprefix("a.").replace(".", "_").rstrip("_"): field.id for field in dialog.inputs()}
        answer = await dialog.fills({ids[part]: value for part, value in fields.items()}).presses(
            label("Send", self.reads(name, dialog))
        )
        await self.settles()
        return answer

    def words(self, name: str = "anna") -> str:
        """Everything to be read in the thread, newest last."""
        return "\n".join(word for seen in self.person(name).messages(root=self.root) for word in seen.texts())

    def board(self, name: str = "anna") -> list[str]:
        """The words of the newest board card."""
        return self.newest(name, label("Board", self.shared_language())).texts()

    def newest(self, name: str, words: str) -> Seen:
        for seen in reversed(self.person(name).cards(root=self.root)):
            if any(words in text for text in seen.texts()):
                return seen
        raise AssertionError(f"no card says {words!r}")


def rests(publisher: Publisher, time: timedelta) -> bool:
    """Right after a tick: whether it does nothing now, and nothing that it knows of is due within this time."""
    waits = [*(publisher._due(each, publisher._seen) for each in publisher._dirty), *publisher._asks.waiting()]
    return not publisher._running and all(at >= publisher._seen + time for at in waits)


first_key = functools.cache(new_key)
"""The key that every room of a test run begins with."""


def label(english: str, language: str) -> str:
    """What a button is called in a language."""
    return words(language)(english)


def called(dialog: Dialog | None, *english: str) -> str:
    """The button of a dialog that is called one of these in whatever language its reader has."""
    assert dialog is not None, "there is no dialog"
    titles = {label(title, language) for title in english for language in LANGUAGES}
    return next(title for title in dialog.buttons() if title in titles)


def uses(folder: Path, address: str) -> None:
    """Bots of this folder keep their data at this address from now on, and not in a file of the folder."""
    (folder / "database.url").write_text(address, encoding="utf-8")


def database_of(folder: Path) -> str:
    """Where bots of this folder keep their data."""
    said = folder / "database.url"
    return said.read_text(encoding="utf-8") if said.exists() else f"sqlite:///{folder / 'kolbot.db'}"


def settings(room: Room, folder: Path, **more: str) -> Settings:
    """The bot's settings for this room, as `dev.py run` gives them."""
    port = unused_port()
    return Settings.read(
        {
            "CLOUD": "rehearsal",
            "REHEARSAL_URL": room.url,
            "MICROSOFT_APP_ID": REHEARSAL_APP_ID,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "DATABASE_URL": database_of(folder),
            "TEMPLATES": str(Path(__file__).parent / "plans"),
            "PAGES": "off",  # stories about pages say "on"
            **more,
        }
    )


@asynccontextmanager
async def bot(room: Room, folder: Path, clock: Clock, *, back: bool = False, **more: str) -> AsyncIterator[Running]:
    """The real bot on a port of its own, its loops ticked by hand; it posts as fast as it can, for a room that is not
    strict (tests/bot/test_budgets.py is about a strict one)."""
    chosen = settings(room, folder, **more)
    if chosen.database_url == f"sqlite:///{folder / 'kolbot.db'}" and not (folder / "kolbot.db").exists():
        made(folder / "kolbot.db")
    async with running(chosen, clock, Budgets(messages=(), roster=(), tenant=()), lent()) as parts:
        runner = web.AppRunner(parts.app)
        await runner.setup()
        await web.TCPSite(runner, chosen.host, chosen.port).start()
        await parts.clockwork.returned()
        if back:  # after a restart: nobody installs it anew
            room.link.url = f"{chosen.public_url}/api/messages"
        else:
            await room.meet(f"{chosen.public_url}/api/messages")
        try:
            yield parts
        finally:
            await runner.cleanup()


@asynccontextmanager
async def session(folder: Path, **more: str) -> AsyncIterator[Session]:
    """A room with the bot in it. At the end nothing may have been posted that Teams would refuse."""
    clock = Clock()
    teams = make_room(strict=False, keys=Keys(first=first_key()), clock=clock.seconds)
    async with teams as room, bot(room, folder, clock, **more) as parts:
        yield Session(room, parts, clock)
        wrong = [refusal for refusal in room.world.refusals if not refusal.warning]
        assert not wrong, wrong
        for seen in Person(room, "anna", CHANNEL).cards():
            assert seen.card is not None
            assert not lint(seen.card, user_words=(), edited=True, dialog=False), seen.texts()
