"""Reminders on their way: behind everything that people wait for, once to each, whatever Teams makes of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.leases import Alone
from bot.reminders import Reminders
from bot.teams import Address, Gone, Priority, Refused, Retry, Unknown
from tests.bot.wall_in_memory import Addresses, Hand
from tests.workshop.memory import Memory
from tests.workshop.paper import ANNA, HOME, START, TENANT
from tests.workshop.session import SESSION
from workshop import commands as c
from workshop.model import Nudge
from workshop.service import Done, Workshops


@dataclass
class Kept:
    """What is on its way, in memory."""

    rows: dict[str, bool | None] = field(default_factory=dict)
    whole: list[tuple[str, int]] = field(default_factory=list)

    async def due(self) -> Sequence[tuple[str, int]]:
        return list(self.whole)

    async def begun(self, workshop_id: str, nudge: int) -> Mapping[str, bool]:
        return {person: came is not False for person, came in self.rows.items()}

    async def begin(self, workshop_id: str, nudge: int, people: Sequence[str]) -> None:
        assert not set(people) & self.rows.keys(), "nobody twice"
        self.rows |= dict.fromkeys(people)

    async def ended(self, workshop_id: str, nudge: int, reached: Mapping[str, bool | None]) -> None:
        self.rows |= reached
        for person in [person for person, came in reached.items() if came is None]:
            del self.rows[person]

    async def drop(self, workshop_id: str, nudge: int) -> None:
        self.whole.remove((workshop_id, nudge))
        self.rows.clear()

    async def met(self, people: Sequence[str]) -> Mapping[str, tuple[str, str | None]]:
        return {person: (f"29:{person}", None) for person in people if person != "unmet"}


@dataclass
class Chats:
    """Teams: what happens to the next calls with somebody, and what came of all."""

    troubles: dict[tuple[str, str], list[Exception]] = field(default_factory=dict)
    came: Counter[tuple[str, str]] = field(default_factory=Counter)
    at_once: int = 0
    most: int = 0

    async def open_chat(self, address: Address, person_id: str, *, deadline: float) -> str:
        await self._call("open", person_id)
        return f"chat with {person_id}"

    async def send(self, address: Address, activity: Any, *, deadline: float, priority: Priority) -> str:
        assert priority is Priority.PRIVATE and activity["summary"].startswith("A reminder")
        await self._call("chat", address.conversation_id.removeprefix("chat with "))
        return "1"

    async def send_only_to(
        self, address: Address, person_id: str, activity: Any, *, deadline: float, priority: Priority
    ) -> str:
        assert priority is Priority.PRIVATE and address.conversation_id == HOME
        await self._call("only", person_id)
        return "1"

    async def _call(self, what: str, who: str) -> None:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        if trouble := self.troubles.get((what, who)):
            raise trouble.pop(0)
        self.came[what, who] += 1


class Sending:
    """A workshop whose facilitator has asked for a reminder."""

    def __init__(self) -> None:
        self.memory, self.clock, self.kept, self.teams = Memory(), Hand(START), Kept(), Chats()
        self.workshops = Workshops(self.memory, self.clock)
        self.addresses = Addresses()
        self.reminders = Reminders(
            self.kept, self.memory, self.workshops, self.addresses, self.kept, self.teams, Alone(), "one",  # type: ignore[arg-type]
            (ConnectionError,),
        )

    async def asked(self, *people: str) -> None:
        opened = c.Open(
            workshop="w1", by=ANNA, name="Anna", tenant=TENANT, home=HOME, title="T", language="en", plan=SESSION,
            secret="00" * 32,
        )
        commands: list[c.AnyCommand] = [opened]
        commands += [c.Join(workshop="w1", by=who, name=who.title(), language="en") for who in people]
        commands += [c.Start(workshop="w1", by=ANNA), c.Nudge(workshop="w1", by=ANNA)]
        for command in commands:
            assert isinstance(await self.workshops.do(command), Done)
        self.kept.whole = [("w1", 0)]

    async def ticks(self, seconds: float = 0) -> Nudge:
        self.clock.passes(seconds=seconds)
        await self.reminders.tick()
        await self.reminders.settle()
        return self.memory.workshops["w1"].nudges[0]


async def test_five_hundred_are_written_to_once_each_a_few_at_a_time() -> None:
    sending, people = Sending(), [f"p{number}" for number in range(500)]
    await sending.asked(*people)
    told = await sending.ticks()
    assert (told.reached, told.unreached) == (500, ())
    assert {who: n for (what, who), n in sending.teams.came.items() if what == "chat"} == {f"29:{p}": 1 for p in people}
    assert sending.teams.most <= 8 and sending.kept.whole == []
    await sending.ticks(seconds=10)
    assert max(sending.teams.came.values()) == 1


async def test_what_becomes_of_each() -> None:
    sending = Sending()
    await sending.asked("here", "blocked", "outside", "unmet", "lost", "busy", "doubtful", "odd")
    sending.teams.troubles = {
        ("open", "29:blocked"): [Refused(403, "ConversationBlockedByUser")],
        ("chat", "29:outside"): [Gone("BotNotInConversationRoster")],
        ("only", "29:outside"): [Refused(403, "NotEnoughPermissions")],
        ("chat", "29:lost"): [Unknown("no answer")],
        ("chat", "29:busy"): [Retry(3.0)],
        ("open", "29:doubtful"): [Unknown("no answer")],
        ("chat", "29:odd"): [ValueError("a bug")],
    }
    told = await sending.ticks()
    assert told.going, "not everybody was written to yet"
    assert sending.teams.came["chat", "29:busy"] == 0
    await sending.ticks(seconds=1)
    assert sending.teams.came["chat", "29:busy"] == 0, "Teams is left alone for a while"
    told = await sending.ticks(seconds=5)
    assert (told.reached, set(told.unreached)) == (5, {"outside", "unmet", "odd"})
    assert sending.teams.came["only", "29:blocked"] == 1
    assert sending.teams.came["chat", "29:lost"] == 0, "it may have come: never a second time"
    assert sending.teams.came["chat", "29:busy"] == sending.teams.came["chat", "29:doubtful"] == 1


async def test_what_cannot_be_sent_for_long_is_given_up() -> None:
    sending = Sending()
    await sending.asked("ivan", "eva")
    sending.teams.troubles = {("chat", "29:ivan"): [Retry(3.0) for _ in range(99)]}
    assert (await sending.ticks()).going
    told = await sending.ticks(seconds=601)
    assert (told.reached, told.unreached, sending.kept.whole) == (1, (), [])


async def test_a_conversation_that_the_bot_was_removed_from_reaches_nobody() -> None:
    sending = Sending()
    sending.addresses.known = False
    await sending.asked("ivan", "eva")
    told = await sending.ticks()
    assert (told.reached, set(told.unreached)) == (0, {"ivan", "eva"})


async def test_a_reminder_of_a_workshop_that_is_gone_is_dropped() -> None:
    sending = Sending()
    await sending.asked("ivan")
    sending.kept.whole = [("erased", 0), ("w1", 7)]
    for _ in range(2):
        await sending.ticks(seconds=6)
    assert sending.kept.whole == [] and not sending.teams.came


@pytest.mark.parametrize(("error", "said"), [(ConnectionError("a name"), "ConnectionError"), (ValueError("a"), "bug")])
async def test_while_the_store_is_away_it_is_tried_again(
    error: Exception, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    class Away(Kept):
        async def begun(self, workshop_id: str, nudge: int) -> Mapping[str, bool]:
            if errors:
                raise errors.pop()
            return await super().begun(workshop_id, nudge)

    errors, sending = [error], Sending()
    sending.reminders.kept = sending.kept = Away()
    await sending.asked("ivan")
    assert (await sending.ticks()).going and said in caplog.text and "a name" not in caplog.text
    assert (await sending.ticks(seconds=6)).reached == 1
