"""The room as a whole: it holds world, Connector, login server, page and bot together, and never any rules."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, Self, TypeVar

from aiohttp import web

from rehearsal.activities import Activities, Activity
from rehearsal.answers import Answer
from rehearsal.bot_link import BotLink, Delivery, Sent
from rehearsal.budgets import Budgets
from rehearsal.connector import Connector
from rehearsal.faults import Faults
from rehearsal.front import Front
from rehearsal.keys import Keys
from rehearsal.login import login_routes
from rehearsal.page_api import PageApi
from rehearsal.people import PEER_LEARNING, Member
from rehearsal.replies import reply
from rehearsal.tab import tab_routes
from rehearsal.talking import Talking
from rehearsal.world import BOT, Message, Unknown, World

T = TypeVar("T")
MOST_PEOPLE = 1000
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Simulated(Protocol):
    """Simulated people at work."""

    async def start(self) -> None:
        """They begin."""

    async def stop(self) -> None:
        """They stop; nothing of theirs is on its way afterwards."""

    def state(self) -> dict[str, Any]:
        """Whether they run, how many they are, how much they have answered."""


class Room:
    """A rehearsal room. Make it with `make_room`, then `start` and `stop` it, or use it with `async with`."""

    def __init__(
        self, port: int, bot_url: str | None, seed: int, clock: Callable[[], float], hears_all: bool, strict: bool,
        faults: Faults, keys: Keys,
    ) -> None:
        self.port = port
        self.seed = seed
        self.keys = keys
        self.faults = faults
        self.strict = strict
        self.budgets = Budgets()
        self.world = World(clock=clock)
        self.link = BotLink(self.keys, self.faults, bot_url, self.world.feed.wake)
        self._hears_all = hears_all
        self._runner: web.AppRunner | None = None
        self._installing: asyncio.Task[None] | None = None
        self._has_bot = False
        self._simulation: Simulated | None = None

    @property
    def url(self) -> str:
        """Where the room is, once started."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def sent(self) -> deque[Sent]:
        """The last 5000 activities that went to the bot, newest last."""
        return self.link.sent

    async def start(self) -> Self:
        """Opens the door; the bot, if its address is known, is installed as soon as it answers."""
        application = web.Application(client_max_size=4 * 1024 * 1024, middlewares=[_own_pages_only])
        self.connector = connector = Connector(self.world, self.keys, self.faults, self.budgets, self.strict)
        page = PageApi(self)
        application.add_routes(
            [*connector.routes(), *login_routes(self.keys, self.faults), *page.routes(), *tab_routes(self)]
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, backlog=1024)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.activities = Activities(self.world, f"{self.url}/connector/")
        self.talking = Talking(self.world, self.activities, self.link, self._hears_all)
        await self.link.open()
        if self.link.url is not None:
            self._installing = asyncio.create_task(self._install())
        return self

    async def stop(self) -> None:
        """Closes the door and ends everything that still runs."""
        await self.end_simulation()
        if self._installing is not None:
            self._installing.cancel()
            await asyncio.gather(self._installing, return_exceptions=True)
        self.world.feed.close()
        if self._runner is not None:
            self.connector.close()
        await self.link.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # The bot

    async def meet(self, bot_url: str, *others: str, seconds: float = 30.0) -> None:
        """Tells the room where the bot is and installs it. Raises TimeoutError if it does not answer.

        `others` are more instances of it: then they stand behind a load balancer.
        """
        self.link.url = bot_url
        self.link.front = Front((bot_url, *others)) if others else None
        if self._installing is not None:
            self._installing.cancel()
        self._has_bot = False
        self._installing = asyncio.create_task(self._install())
        await self.installed(seconds)

    async def installed(self, seconds: float = 30.0) -> None:
        """Waits until the bot has taken the news that it is in the team. Raises TimeoutError."""
        await self.until(lambda: self._has_bot, seconds, "the bot takes its installation")

    async def _install(self) -> None:
        """Posts conversationUpdate and installationUpdate until the bot has taken both, each once."""
        pause, noted = 0.1, False
        for activity in (self.activities.joined(PEER_LEARNING, None), self.activities.installed(PEER_LEARNING)):
            while not (delivery := await self.link.post(activity)).taken:
                if delivery.status is not None and not noted:
                    # A bot that is not up yet is nothing to speak of; one that is up and refuses is.
                    self.world.refuse(activity["type"], f"the bot answered {delivery.status}", PEER_LEARNING.id)
                    noted = True
                await asyncio.sleep(pause)
                pause = min(pause * 1.5, 2.0)
        self._has_bot = True
        self.world.feed.tell_room()

    async def redeliver(self, activity: Activity) -> Delivery:
        """Posts the very same activity once more, as Teams does when an answer was late or lost."""
        return await self.link.post(activity)

    # People

    async def say(
        self, person: str, conversation: str, text: str, root: str | None = None, mentions: Sequence[str] = (),
        files: Sequence[tuple[str, bytes]] = (),
    ) -> tuple[Message, Delivery]:
        """See Talking.say."""
        return await self.talking.say(person, conversation, text, root, mentions, files)

    async def press(self, person: str, message_id: str, action: dict[str, Any], inputs: dict[str, Any]) -> Answer:
        """See Talking.press."""
        return await self.talking.press(person, message_id, action, inputs)

    async def submit_dialog(self, person: str, dialog_id: str, data: Any) -> Answer:
        """See Talking.submit."""
        return await self.talking.submit(person, dialog_id, data)

    def close_dialog(self, person: str, dialog_id: str) -> None:
        """See Talking.close."""
        self.talking.close(person, dialog_id)

    async def add_people(self, named: Sequence[tuple[str, str]], *, simulated: bool = False) -> list[str]:
        """New people, (name, language) each, come into the team and the group chat. Returns their ids.

        The bot hears of all of them in one conversationUpdate. Raises Unknown beyond 1000 people.
        """
        if len(self.world.people) + len(named) > MOST_PEOPLE:
            raise Unknown(f"the room holds {MOST_PEOPLE} people")
        first = len(self.world.people) + 1
        sort = "sim" if simulated else "person"
        members = [
            Member(f"{sort}-{first + number}", name, language, simulated=simulated)
            for number, (name, language) in enumerate(named)
        ]
        self.world.enter(members)
        if members and self._has_bot:
            await self.link.deliver(self.activities.joined(PEER_LEARNING, members))
        return [member.id for member in members]

    async def until(
        self, predicate: Callable[[], T], seconds: float = 10.0, what: str = "what was waited for"
    ) -> T:
        """Waits until something is true of the world; asked again after each change. Raises TimeoutError(what)."""
        return await self.world.feed.until(predicate, seconds, what)

    # Simulated people

    async def simulate(
        self, conversation: str, root: str | None, count: int, language: str | None, speed: str, seed: int
    ) -> None:
        """Lets simulated people join and answer; those who were at work stop first."""
        from rehearsal.simulated import Simulation

        await self.end_simulation()
        self._simulation = Simulation(self, conversation, root, count, language, speed, seed)
        await self._simulation.start()
        self.world.feed.tell_room()

    async def end_simulation(self) -> None:
        """The simulated people stop."""
        simulation, self._simulation = self._simulation, None
        if simulation is not None:
            await simulation.stop()
            self.world.feed.tell_room()

    def described(self) -> dict[str, Any]:
        """The room as the page reads it."""
        state = {"running": False, "people": 0, "answered": 0}
        if self._simulation is not None:
            state |= self._simulation.state()
        shared = [member.id for member in self.world.people.values()]
        return {
            "bot": {"id": BOT, "name": self.world.bot_name, "connected": self._has_bot}, "tenant": self.world.tenant,
            "people": [member.shown() for member in self.world.people.values()],
            "conversations": [
                {
                    "id": place.id, "kind": place.kind, "team": place.team, "name": place.name, "person": place.person,
                    "members": shared if place.person is None else [place.person],
                }
                for place in self.world.conversations.values()
            ],
            "simulation": state,
        }


@web.middleware
async def _own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Only this machine's own addresses, and only the room's own pages: no page elsewhere plays in the room."""
    host = request.host.rpartition(":")[0] or request.host
    origin = request.headers.get("Origin")
    if host not in ("127.0.0.1", "localhost", "[::1]") or origin not in (None, f"http://{request.host}"):
        return reply({"error": "only from this machine"}, 403)
    return await handler(request)


def make_room(
    port: int = 0,
    bot_url: str | None = None,
    seed: int = 1,
    *,
    clock: Callable[[], float] = time.time,
    hears_all: bool = False,
    strict: bool = True,
    faults: Faults | None = None,
    keys: Keys | None = None,
) -> Room:
    """A room on 127.0.0.1; port 0 takes a free one. `clock` gives seconds since 1970.

    `hears_all` lets the bot hear what does not mention it, as with the permission to read a channel's messages.
    `strict`: what is beyond Teams' budgets is answered with 429; it is counted in any case. `faults`, `keys`: see
    Faults and Keys; without, there are none and new ones.
    """
    return Room(port, bot_url, seed, clock, hears_all, strict, faults or Faults(seed), keys or Keys(clock))
