"""A whole session without a screen, over HTTP, seeded: `python -m rehearsal.play`. It knows the bot only by its cards.

The room runs in this process, the bot as a program of its own. The exit code is 0 only if the board shows, word for
word, what people were told was kept.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import shutil
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

from rehearsal.bot_process import BotFailed, BotProcess
from rehearsal.comparison import Verdict, compare, posted, read_board
from rehearsal.director import Director, Stuck, cards_of
from rehearsal.feed import Event
from rehearsal.hands import NoSuchButton, NoSuchField, Person
from rehearsal.kills import Kills
from rehearsal.people import PEER_LEARNING
from rehearsal.server import MOST_PEOPLE, Room, make_room
from rehearsal.simulated import Simulation
from rehearsal.world import BOT, Refusal

SHORTEST = "kolb-taster-15"
STEPS = {"kolb-peer-learning-210": 13, SHORTEST: 6}
"""How many steps of a template ask something, so that kills fall anywhere in the session."""
JOIN_LIMIT = 300.0
"""Seconds until everybody has joined."""
STRANGE = 5
"""One of so many people writes what nobody expects."""
SHOWN = 20
"""Differences that are printed."""
BUDGETS = ((1.0, 7), (2.0, 8), (30.0, 60), (3600.0, 1800))
"""Messages that a bot may send to one conversation within so many seconds (Microsoft Learn, rate-limit)."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to play."""

    people: int = 30
    seed: int = 1
    plan: str = "kolb-peer-learning-210"
    language: str = "en"
    crash: int = 0
    speed: str = "fast"
    verbose: bool = False
    keep: bool = False


@dataclass(slots=True)
class Played:
    """What came of it. `wrong` has a sentence for everything that is not as it should be."""

    people: int = 0
    steps: int = 0
    acknowledged: int = 0
    unsure: int = 0
    again: int = 0
    """How often somebody pressed again because nobody had answered."""
    kills: int = 0
    seconds: float = 0.0
    answering: float = 0.0
    """Seconds from the first step to the last answer."""
    compared: dict[str, int] = field(default_factory=dict)
    budgets: list[str] = field(default_factory=list)
    """Those of Teams that the bot went beyond: a real Teams would make it wait, which makes no board wrong."""
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Pace:
    """Counts what the bot posts and edits in the conversation, against what Teams would take."""

    def __init__(self, room: Room, conversation: str) -> None:
        self._world = room.world
        self._conversation = conversation
        self._at: deque[float] = deque()
        self.most: Counter[float] = Counter()
        """By window in seconds: the most messages within one."""
        room.world.feed.listen(self._hears)

    def over(self) -> list[str]:
        """Each budget that was exceeded."""
        return [
            f"{self.most[seconds]} posts and edits within {seconds:g} s, Teams takes {most}"
            for seconds, most in BUDGETS if self.most[seconds] > most
        ]

    def _hears(self, event: Event) -> None:
        message = self._world.messages.get(event.message or "")
        if event.kind != "message" or message is None or message.author != BOT or event.person is not None:
            return
        if message.conversation == self._conversation:
            now = self._world.clock()
            self._at.append(now)
            for seconds, _ in BUDGETS:
                self.most[seconds] = max(self.most[seconds], sum(now - at < seconds for at in self._at))


async def play(options: Options, folder: Path, tell: Callable[[str], None]) -> Played:
    """One session from the typed command to the compared board; database and log are kept in `folder`.

    Never raises for what goes wrong with the bot: that is in the result.
    """
    played = Played()
    began = time.monotonic()
    async with make_room(seed=options.seed) as room:
        bot = BotProcess(folder, room.url)
        pace = Pace(room, PEER_LEARNING.id)
        try:
            await bot.start()
            await room.meet(f"{bot.url}/api/messages")
            await _session(options, room, bot, played, tell)
        except (Stuck, BotFailed, TimeoutError, NoSuchField, NoSuchButton) as failure:
            played.wrong.append(f"the session did not come to its end: {failure}")
        finally:
            await bot.stop()
        played.budgets = pace.over()
    played.errors = bot.errors()
    played.seconds = time.monotonic() - began
    return played


async def _session(options: Options, room: Room, bot: BotProcess, played: Played, tell: Callable[[str], None]) -> None:
    director = Director(room, PEER_LEARNING.id, options.seed, tell)
    lobby = await director.opens(options.plan, options.language)
    root = lobby.root or lobby.id
    strange = options.people // STRANGE
    simulation = Simulation(
        room, PEER_LEARNING.id, root, options.people, None, options.speed, options.seed, strange=strange
    )
    sends = round(0.9 * options.people * STEPS.get(options.plan, STEPS[SHORTEST]))
    kills = Kills(bot, options.crash, sends, options.seed, tell)
    simulation.record.on_sent, simulation.record.on_taken = kills.sent, kills.taken
    async with _at_work(simulation):
        await simulation.settled(JOIN_LIMIT)
        played.people = simulation.state()["joined"]
        if played.people != options.people:
            played.wrong.append(f"{played.people} of {options.people} people could join")
        await director.counts(lobby, played.people)
        tell(f"{played.people} people are in")
        began = time.monotonic()
        played.steps = await director.leads(simulation, kills.over)
        played.answering = time.monotonic() - began
    await kills.over()
    _, board = await director.ended()
    tell("the picture and the last board are posted")
    acknowledged, unsure = simulation.acknowledged, simulation.unsure
    played.kills, played.acknowledged, played.unsure = kills.done, len(acknowledged), len(unsure)
    most = Counter(one.person for one in acknowledged).most_common(1)
    reader = Person(room, most[0][0] if most else simulation.participants[0].hands.id, PEER_LEARNING.id)
    names = {one.hands.id: one.hands.name for one in simulation.participants}
    shown = read_board(await director.pages(reader))
    verdict = compare(acknowledged, unsure, shown, names)
    for card in cards_of(board):
        played.wrong += posted(card, shown)
    _judges(played, verdict, kills, room.world.refusals, simulation)


def _judges(
    played: Played, verdict: Verdict, kills: Kills, refusals: deque[Refusal], simulation: Simulation
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
    # While the bot is away nobody answers: that is the outage, and no refusal.
    away = "no connection" if kills.done else None
    refused = Counter(
        f"{refusal.what}: {refusal.why}" for refusal in refusals
        if not refusal.warning and not (away and refusal.why.startswith(away))
    )
    played.wrong += [f"refused as Teams would: {why} ({times} times)" for why, times in refused.items()]


@contextlib.asynccontextmanager
async def _at_work(simulation: Simulation) -> AsyncIterator[None]:
    await simulation.start()
    try:
        yield
    finally:
        await simulation.stop()


def summary(options: Options, played: Played) -> str:
    """The figures of a session, line by line."""
    rate = played.acknowledged / played.answering if played.answering else 0.0
    entries = ", ".join(f"{prompt} {number}" for prompt, number in played.compared.items())
    return "\n".join((
        f"{options.plan}, {options.language}, seed {options.seed}: {played.people} people, {played.steps} steps, "
        f"{played.seconds:.1f} s",
        f"  answers acknowledged   {played.acknowledged} ({rate:.1f}/s), not known {played.unsure}",
        f"  entries compared       {sum(played.compared.values())} ({entries or 'none'})",
        f"  kills                  {played.kills}, pressed again {played.again} times",
        f"  Teams' budgets         {'; '.join(played.budgets) or 'kept'}",
        f"  errors in the log      {len(played.errors)}",
        f"  {'equal, word for word' if not played.wrong else f'WRONG: {len(played.wrong)}'}",
    ))


def main(arguments: list[str] | None = None, place: Path | None = None) -> int:
    """Reads the command line, plays, prints. Returns the exit code. `place` is where log and database are kept."""
    options = _options(arguments)
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


def _options(arguments: list[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="dev.py play", description="A whole session, played by simulated people.")
    parser.add_argument("--people", type=_people, default=30, help=f"1 to {MOST_PEOPLE - 10} (30)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same people and answers (1)")
    parser.add_argument("--plan", default="kolb-peer-learning-210", help="id of the template (kolb-peer-learning-210)")
    parser.add_argument("--language", default="en", help="of the workshop; its people speak all languages (en)")
    parser.add_argument("--crash", type=int, default=0, metavar="N", help="kill -9 the bot N times amid the answers")
    parser.add_argument("--speed", choices=("fast", "human"), default="fast", help="how fast people answer (fast)")
    parser.add_argument("--verbose", action="store_true", help="a line for each step")
    parser.add_argument("--keep", action="store_true", help="keep log and database also if all is well")
    return Options(**vars(parser.parse_args(arguments)))


def _people(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST_PEOPLE - 10:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_PEOPLE - 10}")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
