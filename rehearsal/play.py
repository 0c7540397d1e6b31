"""A whole session without a screen, over HTTP, seeded: `python -m rehearsal.play`. It knows the bot only by its cards.

The room runs in this process, the bot as a program of its own. The exit code is 0 only if the board shows, word for
word, what people were told was kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rehearsal.account import Options, Played, summary
from rehearsal.agendas import agenda_of
from rehearsal.arguments import options_of
from rehearsal.bot_link import LOST
from rehearsal.bot_process import BotFailed, BotProcess
from rehearsal.comparison import Verdict, compare, posted
from rehearsal.console import cards_of
from rehearsal.director import Director, Stuck
from rehearsal.faults import MIX, Faults
from rehearsal.hands import NoSuchButton, NoSuchField, Person
from rehearsal.kills import Kills
from rehearsal.mischief import Mischief
from rehearsal.outages import Outages
from rehearsal.own_places import binds, wrong_within
from rehearsal.people import PEER_LEARNING
from rehearsal.postgres import postgresql
from rehearsal.second import brought
from rehearsal.server import Room, make_room
from rehearsal.shown import Shown, read_board
from rehearsal.simulated import Simulation
from rehearsal.witness import Witness

__all__ = ["Options", "Played", "main", "play", "summary"]

JOIN_LIMIT = 300.0
"""Seconds until everybody has joined."""
STRANGE = 5
"""One of so many people writes what nobody expects."""
SHOWN = 20
"""Differences that are printed."""
SETTLED_WITHIN = 150.0
"""Seconds after the last fault in which the board has to be right: the bot gives a lost edit 45 s to land."""


async def play(options: Options, folder: Path, tell: Callable[[str], None]) -> Played:
    """As `_play`, on the database that was asked for."""
    if options.database == "sqlite":
        return await _play(options, folder, "", tell)
    async with postgresql() as address:
        return await _play(options, folder, address, tell)


async def _play(options: Options, folder: Path, address: str, tell: Callable[[str], None]) -> Played:
    """One session from the typed command to the compared board; database and log are kept in `folder`.

    Never raises for what goes wrong with the bot: that is in the result.
    """
    played = Played()
    began = time.monotonic()
    faults = Faults(options.seed, late=options.late, again=options.again)
    async with make_room(seed=options.seed, faults=faults) as room:
        bot = BotProcess(folder, room.url, database=address, templates=options.templates)
        witness: Witness | None = None
        try:
            await bot.start()
            await room.meet(f"{bot.url}/api/messages")
            witness = Witness.of(room, options.templates) if options.languages else None
            first = await _session(options, room, bot, played, tell)
            if options.second:
                await _goes_on(options, room, bot, first, played, tell)
        except (Stuck, BotFailed, TimeoutError, NoSuchField, NoSuchButton) as failure:
            played.wrong.append(f"the session did not come to its end: {failure}")
        finally:
            await bot.stop()
        if witness is not None:
            played.read, played.different = witness.read, witness.different()
            played.wrong += witness.wrong()
        played.budgets = [f"{times} times {why}" for why, times in room.world.violations.items()]
        played.peaks = room.budgets.peaks()
        played.faults = {what: times for what, times in room.faults.counted.items() if times}
    played.errors = bot.errors()
    played.seconds = time.monotonic() - began
    return played


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is over: who took part, who led it, what its board shows."""

    simulation: Simulation
    director: Director
    shown: Mapping[str, Shown]


async def _goes_on(
    options: Options, room: Room, bot: BotProcess, first: Session, played: Played, tell: Callable[[str], None]
) -> None:
    """A second cycle by the same people, from the button of the first one's record; and what came along."""
    tell("a second cycle begins")
    played.second = Played()
    again = replace(options, plan=options.second, agenda=None, crash=0, faults=False, second="")
    went = await _session(again, room, bot, played.second, tell, first)
    came = options.agenda or agenda_of(options.plan)
    played.second.wrong += brought(came, agenda_of(options.second), first.shown, went.director.went)
    played.wrong += [f"second cycle: {wrong}" for wrong in played.second.wrong]


async def _session(
    options: Options,
    room: Room,
    bot: BotProcess,
    played: Played,
    tell: Callable[[str], None],
    before: Session | None = None,
) -> Session:
    began = time.monotonic()
    last = max(room.world.messages) if before else ""
    director = Director(room, PEER_LEARNING.id, options.seed, tell, last, options.languages)
    lobby = await director.opens(options.plan, options.language, second=before is not None)
    root = lobby.root or lobby.id
    strange = options.people // STRANGE
    simulation = Simulation(
        room, PEER_LEARNING.id, root, options.people, options.languages or None, options.speed, options.seed,
        strange=strange,
        same=before.simulation.participants if before else (),
    )
    agenda = options.agenda or agenda_of(options.plan)
    answers = round(0.9 * options.people * agenda.answers)
    kills = Kills([bot], options.crash, answers, options.seed, tell)
    simulation.record.on_sent, simulation.record.on_taken = kills.sent, kills.taken
    async with _at_work(simulation):
        await simulation.settled(JOIN_LIMIT)
        played.people = simulation.state()["joined"]
        if played.people != options.people:
            played.wrong.append(f"{played.people} of {options.people} people could join")
        await director.counts(lobby, played.people)
        tell(f"{played.people} people are in")
        await director.prepares(agenda.presented(options.language), agenda.group)
        own = await binds(room, simulation, tell) if agenda.group and options.people >= 2 * agenda.group else []
        answering = time.monotonic()
        mischief = Mischief(room, options.seed)

        async def between() -> None:
            await kills.over()
            await mischief.plays()

        async with _going_wrong(room, options.faults, tell):
            played.steps = await director.leads(simulation, between if options.faults else kills.over)
        played.answering = time.monotonic() - answering
    await kills.over()
    ended = time.monotonic()
    await director.ended()
    tell("the picture and the last board are posted")
    acknowledged, unsure = simulation.acknowledged, simulation.unsure
    played.kills, played.acknowledged, played.unsure = kills.done, len(acknowledged), len(unsure)
    most = Counter(one.person for one in acknowledged).most_common(1)
    reader = Person(room, most[0][0] if most else simulation.participants[0].hands.id, PEER_LEARNING.id)
    names = {one.hands.id: one.hands.name for one in simulation.participants}
    shown = read_board(await director.pages(reader))
    verdict = compare(acknowledged, unsure, shown, names)
    played.wrong += mischief.wrong + await _board(director, shown, SETTLED_WITHIN if options.faults else 0.0)
    patience = SETTLED_WITHIN if options.faults else 5.0
    for each in own:
        wrong, compared = await wrong_within(each, acknowledged, unsure, names, patience)
        played.wrong += wrong
        tell(f"group {each.number}: {compared} entries are compared with its own board")
        played.own.append(compared)
    played.settled = time.monotonic() - ended
    played.went = [step.told(acknowledged, verdict.compared) for step in director.went]
    _judges(played, verdict, kills, room, simulation)
    played.seconds = time.monotonic() - began
    return Session(simulation, director, shown)


async def _board(director: Director, shown: Mapping[str, Shown], seconds: float) -> list[str]:
    """What is wrong with the posted board, at the latest after so many seconds."""
    ends = time.monotonic() + seconds
    while True:
        _, board = await director.ended()
        wrong = [why for card in cards_of(board) for why in posted(card, shown)]
        coming = director.room.connector.landing + director.room.link.to_come
        if (not wrong and not coming) or time.monotonic() > ends:
            return wrong
        await asyncio.sleep(0.25)


@contextlib.asynccontextmanager
async def _going_wrong(room: Room, faults: bool, tell: Callable[[str], None]) -> AsyncIterator[None]:
    """A mix of everything, until the end of the block; then all is well but for what is under way."""
    if not faults:
        yield
        return
    room.faults.rates = MIX
    outages = asyncio.create_task(Outages(room.faults, room.keys, tell).run())
    try:
        yield
    finally:
        outages.cancel()
        await asyncio.gather(outages, return_exceptions=True)
        room.faults.ends()
        tell("the faults are over")


def _judges(
    played: Played, verdict: Verdict, kills: Kills, room: Room, simulation: Simulation
) -> None:
    played.compared = dict(verdict.compared)
    played.again = simulation.record.again
    played.wrong += verdict.wrong
    if kills.left:
        played.wrong.append(f"the session was over before the bot was killed {kills.left} more times")
    if gave_up := simulation.state()["gave_up"]:
        played.wrong.append(f"{gave_up} times somebody got no answer however often they pressed")
    if not played.acknowledged:
        played.wrong.append("nobody's answer was acknowledged")
    # While the bot is away, or its answers are lost on purpose, nobody answers: that is the outage, and no refusal.
    # Of a key that is a few seconds old it may not know yet, and started without any it lets nobody in.
    faulty = (LOST, "the bot answered 401", "the bot answered 503") if room.faults.counted else ()
    away = (("no connection",) if kills.done else ()) + faulty
    refused = Counter(
        f"{refusal.what}: {refusal.why}" for refusal in room.world.refusals
        if not refusal.warning and not refusal.why.startswith(away)
    )
    played.wrong += [f"refused as Teams would: {why} ({times} times)" for why, times in refused.items()]


@contextlib.asynccontextmanager
async def _at_work(simulation: Simulation) -> AsyncIterator[None]:
    await simulation.start()
    try:
        yield
    finally:
        await simulation.stop()


def main(arguments: list[str] | None = None, place: Path | None = None) -> int:
    """Reads the command line, plays, prints. Returns the exit code. `place` is where log and database are kept."""
    options = options_of(arguments)
    folder = Path(tempfile.mkdtemp(prefix="kolbot-play-", dir=place))
    began = time.monotonic()

    def tell(line: str) -> None:
        if options.verbose:
            print(f"{time.monotonic() - began:7.1f} s  {line}", flush=True)

    try:
        played = asyncio.run(play(options, folder, tell))
    except KeyboardInterrupt:
        shutil.rmtree(folder, ignore_errors=True)
        return 130
    print(summary(options, played))
    if played.second is not None:
        print(summary(replace(options, plan=options.second), played.second))
    for error in played.errors[:SHOWN] if options.verbose or played.wrong else []:
        print(f"  log: {error}")
    for sentence in played.wrong[:SHOWN]:
        print(f"  - {sentence}")
    if len(played.wrong) > SHOWN:
        print(f"  … and {len(played.wrong) - SHOWN} more")
    if played.wrong or options.keep:
        print(f"  log and database: {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    if played.wrong:
        lines = (folder / "bot.log").read_text(encoding="utf-8", errors="replace").splitlines()[-SHOWN:]
        print("  the end of the bot's log:\n" + "\n".join(f"    {line}" for line in lines))
    return 1 if played.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
