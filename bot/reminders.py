"""Sends private reminders: to each who has not answered, once, behind what people wait for. It decides to send none."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.adapter import bug
from bot.leases import Hold, Leases, Lost
from bot.places import Addresses
from bot.teams import Address, Gone, Priority, Refused, Retry, Teams, Unknown, card_activity
from bot.viewers import Acquaintances
from cards import draw
from workshop.commands import SYSTEM, ReportNudge
from workshop.model import Answer, Nudge, Person, Workshop
from workshop.reminding import NUDGE_LASTS, missing
from workshop.service import NotStored, Reader, Workshops
from workshop.views import Reminder

log = logging.getLogger("kolbot.reminders")

EVERY = 1.0
"""Seconds between two looks."""
AT_ONCE = 8
"""People written to at the same time: what an instance that dies had begun is at most so many, and never sent again."""
PATIENCE = 10.0
"""Seconds that one message may wait for its turn and be tried."""
LATER = timedelta(seconds=5)
"""Until the next look, where something was in the way."""


class Kept(Protocol):
    """What is on its way, kept across restarts."""

    async def due(self) -> Sequence[tuple[str, int]]: ...
    async def begun(self, workshop_id: str, nudge: int) -> Mapping[str, bool]: ...
    async def begin(self, workshop_id: str, nudge: int, people: Sequence[str]) -> None: ...
    async def ended(self, workshop_id: str, nudge: int, reached: Mapping[str, bool | None]) -> None: ...
    async def drop(self, workshop_id: str, nudge: int) -> None: ...


class Reminders:
    """At most once to each: what may have been sent is not sent again. One instance at a time for a workshop."""

    def __init__(
        self,
        kept: Kept,
        reader: Reader,
        workshops: Workshops,
        addresses: Addresses,
        acquaintances: Acquaintances,
        teams: Teams,
        leases: Leases,
        instance: str,
        away: tuple[type[Exception], ...] = (),
    ) -> None:
        """`instance` names this process in `leases`; `away`: what the store raises while it cannot be had."""
        self.kept = kept
        self._reader = reader
        self._workshops = workshops
        self._addresses = addresses
        self._acquaintances = acquaintances
        self._teams = teams
        self._leases = leases
        self._instance = instance
        self._away = away
        self._clock: Callable[[], datetime] = workshops.clock
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._not_before: dict[str, datetime] = {}
        self._chats: dict[str, str] = {}

    async def run(self) -> None:
        """Look every second. What goes wrong is logged by its kind, and tried again."""
        while True:
            try:
                await self.tick()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next look may succeed
                self._went_wrong(error)
            await asyncio.sleep(EVERY)

    async def tick(self) -> None:
        """Begin with every reminder that is due, of each workshop one after the other."""
        now, first = self._clock(), dict[str, int]()
        for workshop_id, number in await self.kept.due():
            first.setdefault(workshop_id, number)
        for workshop_id, number in first.items():
            if workshop_id not in self._sending and self._not_before.get(workshop_id, now) <= now:
                task = asyncio.create_task(self._guarded(workshop_id, number))
                self._sending[workshop_id] = task
                task.add_done_callback(lambda _, name=workshop_id: self._sending.pop(name))  # type: ignore[misc]

    async def settle(self) -> None:
        """Wait until what `tick` began has ended."""
        while self._sending:
            await asyncio.wait(list(self._sending.values()))

    async def _guarded(self, workshop_id: str, number: int) -> None:
        """One workshop's trouble is no other's."""
        hold = Hold(self._leases, f"remind:{workshop_id}", self._instance, self._clock)
        self._not_before[workshop_id] = self._clock() + LATER
        try:
            if await hold.take() is None:
                return
            if await self._send(hold, workshop_id, number):
                self._not_before.pop(workshop_id, None)
        except Lost:
            pass
        except Exception as error:  # noqa: BLE001 - the loop has to outlive whatever one reminder does
            self._went_wrong(error)
        try:
            await hold.give_back(self._clock())
        except Exception as error:  # noqa: BLE001 - then it runs out
            self._went_wrong(error)

    def _went_wrong(self, error: Exception) -> None:
        if isinstance(error, self._away):
            log.warning("reminders wait for the database: %s", type(error).__name__)
        else:
            bug(error)

    async def _send(self, hold: Hold, workshop_id: str, number: int) -> bool:
        """Write to all whom one reminder is for, look anew who they are between two lots, and report what came of it.
        Whether it is done."""
        begun = dict(await self.kept.begun(workshop_id, number))
        while True:
            read = await self._reader.answers(workshop_id)
            nudge = read[0].nudges[number] if read is not None and number < len(read[0].nudges) else None
            if read is None or nudge is None or not nudge.going:
                await self.kept.drop(workshop_id, number)
                return True
            place = await self._addresses.address(read[0].home)
            left = [one for one in self._left(*read, nudge) if one.id not in begun]
            if place is None:  # the bot was removed: nobody is reached from there
                begun |= {person.id: False for person in left}
            if not left or place is None:
                return await self._report(workshop_id, number, begun)
            some = left[:AT_ONCE]
            await hold.lasts()
            await self.kept.begin(workshop_id, number, [person.id for person in some])
            address = Address(place.service_url, read[0].home, place.tenant, place.bot_id)
            known = await self._acquaintances.met([person.id for person in some])
            came = await asyncio.gather(*(self._surely(self._one(address, read[0], each, known)) for each in some))
            outcome = {person.id: reached for person, reached in zip(some, came, strict=True)}
            await self.kept.ended(workshop_id, number, outcome)
            begun |= {person: reached for person, reached in outcome.items() if reached is not None}
            if None in came:
                return False  # Teams is in trouble, or wants less: the rest in a while

    def _left(self, w: Workshop, answers: Sequence[Answer], nudge: Nudge) -> Sequence[Person]:
        return missing(w, nudge, answers) if self._clock() - nudge.at < NUDGE_LASTS else ()

    async def _report(self, workshop_id: str, number: int, begun: Mapping[str, bool]) -> bool:
        reached, unreached = sum(begun.values()), tuple(person for person, came in begun.items() if not came)
        command = ReportNudge(workshop=workshop_id, by=SYSTEM, number=number, reached=reached, unreached=unreached)
        if isinstance(await self._workshops.do(command), NotStored):
            return False
        await self.kept.drop(workshop_id, number)
        return True

    async def _surely(self, work: Awaitable[bool | None]) -> bool | None:
        """What came of it; whom a bug keeps from being written to is not reached."""
        try:
            return await work
        except Exception as error:  # noqa: BLE001 - one person's trouble is no other's
            self._went_wrong(error)
            return False

    async def _one(
        self, address: Address, w: Workshop, person: Person, known: Mapping[str, tuple[str, str | None]]
    ) -> bool | None:
        """Write to somebody: in their chat, else where only they see it. False: they are not reached; None: surely
        nothing was sent, and it may be tried again."""
        if person.id not in known:
            return False
        name, spoken = known[person.id]
        language = person.language or spoken or w.language
        card = draw(Reminder(w.for_person(person.id)), language if language in w.plan.languages else w.language)
        heading = next((part["text"] for part in card["body"] if part.get("style") == "heading"), "")
        activity = card_activity(card, summary=heading)
        sends = (
            partial(self._in_their_chat, address, name, activity),
            partial(
                self._teams.send_only_to, address, name, activity, deadline=PATIENCE, priority=Priority.PRIVATE
            ),
        )
        for send in sends:
            try:
                await send()
                return True
            except Unknown:
                return True  # it may have been sent
            except Retry:
                return None
            except (Gone, Refused):
                self._chats.pop(name, None)
        return False

    async def _in_their_chat(self, address: Address, name: str, activity: Mapping[str, object]) -> str:
        chat = self._chats.get(name)
        if chat is None:
            try:
                chat = self._chats[name] = await self._teams.open_chat(address, name, deadline=PATIENCE)
            except Unknown as unknown:
                raise Retry(1.0, "a chat could not be opened") from unknown
        there = Address(address.service_url, chat, address.tenant, address.bot_id)
        return await self._teams.send(there, activity, deadline=PATIENCE, priority=Priority.PRIVATE)
