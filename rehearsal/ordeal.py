"""One session under faults with the bot killed again and again, and the figures of it. It passes no judgement.

Everything is seen from the room: receipts, cards, calls. What the store holds is read from the bot's pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from rehearsal.bot_link import LOST
from rehearsal.bot_process import BotFailed, BotProcess
from rehearsal.comparison import compare
from rehearsal.director import Director, Stuck
from rehearsal.faults import Faults
from rehearsal.figures import STEPS, Asked, Figures
from rehearsal.grip import FROZEN, Grip, freezes, holds_postgresql, holds_sqlite
from rehearsal.hands import NoSuchButton, NoSuchField, Person
from rehearsal.kills import Kills
from rehearsal.mischief import Mischief
from rehearsal.outages import Outages
from rehearsal.people import PEER_LEARNING
from rehearsal.pulse import Pulse
from rehearsal.reading import texts
from rehearsal.server import Room, make_room
from rehearsal.shown import read_board
from rehearsal.simulated import Simulation
from rehearsal.watching import Card, Section, is_board, until_right, whole

PATIENCE = 4.0
"""Seconds after which Teams gives up here: less than an instance stands still."""
DIFFERS = re.compile("^[^ ]+: (missing|too much) ")
"""A difference that the figures tell already."""
STRANGE = 5
"""One of so many people writes what nobody expects."""
JOIN_LIMIT = 300.0
CALM_LIMIT = 60.0
"""Seconds in which what is under way at the end of the faults has to land."""
RIGHT_LIMIT = 60.0
"""Seconds after which nobody waits any longer for the board to be right."""


async def ordeal(asked: Asked, folder: Path, tell: Callable[[str], None]) -> Figures:
    """One session from the typed command to the compared record; logs (and SQLite's file) are kept in `folder`.

    Never raises for what goes wrong with the bot: that is in the figures.
    """
    figures, began = Figures(), time.monotonic()
    async with make_room(seed=asked.seed, faults=Faults(asked.seed, late=asked.late, again=asked.again)) as room:
        names = ["bot"] if asked.instances == 1 else [f"bot-{number + 1}" for number in range(asked.instances)]
        bots = [BotProcess(folder, room.url, name, asked.database) for name in names]
        pulse = Pulse([bot.url for bot in bots])
        try:
            await asyncio.gather(*(bot.start() for bot in bots))
            await room.meet(*(f"{bot.url}/api/messages" for bot in bots))
            async with _beside(pulse.run()):
                await _Session(asked, room, bots, pulse, figures, tell).goes()
        except (Stuck, BotFailed, TimeoutError, NoSuchField, NoSuchButton) as failure:
            figures.wrong.append(f"the session did not come to its end: {failure}")
        finally:
            await asyncio.gather(*(bot.stop() for bot in bots))
        figures.stall = pulse.longest
        of_the_room(room, figures)
    figures.errors = [f"{bot.log.stem}: {line}" for bot in bots for line in bot.errors()]
    figures.late = sum(bot.late() for bot in bots)
    figures.seconds = time.monotonic() - began
    return figures


def of_the_room(room: Room, figures: Figures) -> None:
    """What the room has counted: calls beyond the budgets, faults, what the bot answered, what Teams would refuse."""
    for why, times in room.world.violations.items():
        (figures.tenant if "requests" in why else figures.conversation).append(f"{times} times {why}")
    figures.failures = Counter({status: n for status, n in room.link.statuses.items() if status >= 500})
    figures.keyless = figures.failures.pop(503, 0)
    figures.peaks = room.budgets.peaks()
    figures.faults = {what: times for what, times in room.faults.counted.items() if times}
    figures.passed_on = room.link.front.passed_on if room.link.front else 0
    # While the bot is away, or its answers are lost on purpose, nobody answers: that is the outage, and no refusal.
    # Of a key that is a few seconds old it may not know yet, and none before it could fetch any. What is beyond the
    # budgets is counted apart.
    away = ("no connection", "no answer within", LOST, "the bot answered 401", "the bot answered 503", "429: more than")
    refused = Counter(
        f"{refusal.what}: {refusal.why}" for refusal in room.world.refusals
        if not refusal.warning and not refusal.why.startswith(away)
    )
    figures.wrong += [f"refused as Teams would: {why} ({times} times)" for why, times in refused.items()]


class _Session:
    """The session of one ordeal."""

    def __init__(
        self, asked: Asked, room: Room, bots: list[BotProcess], pulse: Pulse, figures: Figures,
        tell: Callable[[str], None],
    ) -> None:
        self._asked = asked
        self._room = room
        self._figures = figures
        self._tell = tell
        self._director = Director(room, PEER_LEARNING.id, asked.seed, tell)
        self._mischief = Mischief(room, asked.seed)
        answers = round(0.85 * asked.people * STEPS[asked.plan])
        front = room.link.front
        self._kills = Kills(
            bots, asked.kills, answers, asked.seed, tell, for_good=asked.for_good,
            gave=lambda: front.last if front is not None else 0,
            busy=lambda: self._grip.holding or self._freeze.holding,  # to start, an instance has to write
        )
        held = holds_postgresql(asked.database) if asked.database else holds_sqlite(str(bots[0].file))
        self._grip = Grip(
            held, asked.grips, answers, asked.seed, tell, lambda: self._kills.striking or self._freeze.holding
        )
        self._freeze = Grip(
            freezes(bots, asked.seed), asked.grips, answers, asked.seed, tell,
            lambda: self._kills.striking or self._grip.holding, between=FROZEN, what="an instance stands still",
        )
        pulse.standstills = lambda: self._freeze.begun + self._freeze.done
        room.link.patience = PATIENCE
        self._steps = 0

    def _sent(self) -> None:
        """An answer is on its way."""
        self._freeze.sent()
        self._grip.sent()
        self._kills.sent()

    def _taken(self) -> None:
        """A receipt has arrived."""
        self._freeze.taken()
        self._grip.taken()
        self._kills.taken()

    async def goes(self) -> None:
        asked, room, figures = self._asked, self._room, self._figures
        lobby = await self._director.opens(asked.plan, asked.language)
        (name,) = await room.add_people([("Rita Reader", asked.language)])
        self._reader = Person(room, name, PEER_LEARNING.id)
        simulation = Simulation(
            room, PEER_LEARNING.id, lobby.root or lobby.id, asked.people, None, "fast", asked.seed,
            strange=asked.people // STRANGE,
        )
        simulation.record.on_sent, simulation.record.on_taken = self._sent, self._taken
        await simulation.start()
        try:
            await simulation.settled(JOIN_LIMIT)
            figures.people = simulation.state()["joined"]
            await self._director.counts(lobby, figures.people)
            self._tell(f"{figures.people} people are in, the workshop speaks {asked.language}")
            async with self._going_wrong():
                figures.steps = await self._director.leads(simulation, self._between)
        finally:
            await simulation.stop()
        await self._kills.over()
        await self._comes_right(self._record)
        await self._compares(simulation)

    async def _between(self) -> None:
        """After each step: old cards are pressed; in the middle of the session there is a calm."""
        await asyncio.gather(self._kills.over(), self._grip.over(), self._freeze.over())
        self._steps += 1
        await self._mischief.plays()
        if self._steps == STEPS[self._asked.plan] // 2:
            await self._ends_faults()
            await self._comes_right(self._board)
            self._begins_faults()

    # Faults

    @contextlib.asynccontextmanager
    async def _going_wrong(self) -> AsyncIterator[None]:
        self._begins_faults()
        try:
            yield
        finally:
            await self._ends_faults()

    def _begins_faults(self) -> None:
        self._room.faults.rates = self._asked.rates
        self._outages = asyncio.create_task(Outages(self._room.faults, self._room.keys, self._tell).run())

    async def _ends_faults(self) -> None:
        self._outages.cancel()
        await asyncio.gather(self._outages, return_exceptions=True)
        self._room.faults.ends()
        self._tell("the faults are over")

    async def _calm(self) -> None:
        """Until the last late edit has landed, and no wait is left that the bot was told to keep.

        Raises TimeoutError.
        """
        room = self._room
        async with asyncio.timeout(CALM_LIMIT):
            while room.connector.landing or not room.faults.over:  # noqa: ASYNC110 - time alone ends a wait
                await asyncio.sleep(0.02)
        self._tell("nothing is under way to the room any more")

    # The board

    async def _comes_right(self, board: Callable[[], Card | None]) -> None:
        """How long it takes until the posted board says what the store holds."""
        await self._calm()
        reading = asyncio.create_task(self._director.pages(self._reader))
        pages: list[Section] | None = None

        def store() -> list[Section] | None:
            nonlocal pages
            if pages is None and reading.done():
                pages = whole(reading.result())
            return pages

        found = await until_right(board, store, RIGHT_LIMIT, self._asked.stays)
        self._figures.right.append(found.seconds)
        self._figures.behind += found.wrong
        took = "never right" if found.seconds is None else f"right after {found.seconds:.1f} s"
        self._tell(f"the board was {took} ({len(pages or [])} questions, {found.looks} looks)")
        for why in (found.wrong or found.last)[:2]:
            self._tell(f"  it was behind: {why}")

    def _board(self) -> Card | None:
        """The board that is alive."""
        return next((card for card in self._director.newest_cards() if is_board(card)), None)

    def _record(self) -> Card | None:
        """The board that is posted below the picture at the end."""
        return self._board() if self._director.last_cards() is not None else None

    async def _compares(self, simulation: Simulation) -> None:
        figures = self._figures
        acknowledged, unsure = simulation.acknowledged, simulation.unsure
        names = {one.hands.id: one.hands.name for one in simulation.participants}
        await self._room.until(lambda: not self._room.link.to_come, CALM_LIMIT, "everything is delivered again")
        pages = await self._director.pages(self._reader)
        verdict = compare(acknowledged, unsure, read_board(pages), names)
        figures.missing += verdict.missing
        figures.doubled += verdict.doubled
        told = verdict.missing or verdict.doubled
        figures.wrong += [why for why in verdict.wrong if not told or not DIFFERS.search(why)]
        figures.wrong += self._mischief.wrong + twins(self._director.newest_cards())
        figures.acknowledged, figures.unsure = len(acknowledged), len(unsure)
        figures.again, figures.unconfirmed = simulation.record.again, simulation.record.unconfirmed
        figures.grips, figures.freezes = self._grip.done, self._freeze.done
        figures.kills, figures.died, figures.kills_left = self._kills.done, self._kills.died, self._kills.left
        if gave_up := simulation.state()["gave_up"]:
            figures.wrong.append(f"{gave_up} times somebody got no answer however often they pressed")
        if figures.people != self._asked.people:
            figures.wrong.append(f"{figures.people} of {self._asked.people} people could join")


def twins(cards: list[dict[str, Any]]) -> list[str]:
    """The same card twice in the conversation, with buttons: people would not know which one is alive."""
    alive = [card for card in cards if card.get("actions")]
    return [
        f"the same card stands there twice: {' / '.join(texts(card))[:100]!r}"
        for number, card in enumerate(alive) if card in alive[:number]
    ]


@contextlib.asynccontextmanager
async def _beside(work: Any) -> AsyncIterator[None]:
    """Something goes on until the end of the block."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
