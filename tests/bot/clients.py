"""People's Teams before a wall that a publisher keeps: each asks for its own view of a card as Microsoft's rule is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bot.publisher import Publisher
from bot.teams import Address
from bot.viewers import NOBODY, Everybody, Viewing
from tests.bot.publishing import Wall, card_of
from workshop.model import Workshop
from workshop.views import StageCard, View

SLOT = "stage:knowledge:0"
CARD = "2"
"""The message in that slot: the lobby's is the first."""
A_MINUTE = timedelta(seconds=60)


@dataclass
class Named(Everybody):
    """Those whom the stage cards name."""

    names: list[str]

    def of(self, address: Address, w: Workshop, view: View) -> Viewing:
        return Viewing(tuple(self.names)) if isinstance(view, StageCard) else NOBODY


@dataclass
class Client:
    """One client of somebody: it shows the card, and asks where it has not within the minute before."""

    person: str
    asked: datetime | None = None
    shown: Mapping[str, Any] | None = None
    own: bool = False
    """Whether it shows its own view, of the card as it is."""
    here: bool = True
    """Whether the conversation is open on it."""

    def sees(self, card: Mapping[str, Any] | None, now: datetime, opened: bool = False) -> bool:
        """It shows the card; whether it asks for its own view. An edit takes the one that it has away."""
        if card is not self.shown:
            self.shown, self.own = card, False
        elif not opened:
            return False
        named = card is not None and self.person in card_of(card).get("refresh", {}).get("userIds", ())
        if not named or (self.asked is not None and now - self.asked < A_MINUTE):
            return False
        self.asked, self.own = now, True
        return True


@dataclass
class Readers:
    """A wall, the instances of the bot and the clients before it, second by second. An ask reaches each instance in
    turn, and comes soon or late within a second, as `chance` has it."""

    wall: Wall = field(default_factory=Wall)
    names: list[str] = field(default_factory=lambda: ["29:ivan", "29:liga"])
    clients: list[Client] = field(default_factory=list)
    many: int = 1
    ear: int | None = None
    """The instance that hears all asks; None: each in turn."""
    chance: int = 0
    heard: int = 0

    def __post_init__(self) -> None:
        self.wall.clock.passes(seconds=0.2)
        self.clients = self.clients or [Client(name) for name in self.names]
        self.bots: list[Publisher] = []
        self._random = Random(self.chance)
        self.starts_again()

    def starts_again(self) -> None:
        """All instances die, and others come."""
        self.bots = [self.wall.instance(f"i{n}", viewers=Named(self.names)) for n in range(self.many)]

    async def passes(self, seconds: float) -> None:
        for _ in range(int(seconds)):
            for bot in self.bots:
                await bot.tick()
                await bot.settle()
            far = self._random.uniform(0.1, 0.9)
            self.wall.clock.passes(seconds=far)
            self.shows()
            self.wall.clock.passes(seconds=1 - far)

    def shows(self) -> None:
        """What there is now is there on every screen."""
        for client in self.clients:
            if client.here:
                self._shows(client)

    def opens(self, client: Client) -> None:
        """Somebody opens the conversation on one of their machines."""
        client.here = True
        self._shows(client, opened=True)

    def _shows(self, client: Client, opened: bool = False) -> None:
        if client.sees(self.wall.teams.messages.get(CARD), self.wall.clock(), opened):
            self.heard += 1
            bot = self.bots[self.heard % len(self.bots) if self.ear is None else self.ear]
            bot.pressed(self.wall.paper.w.id, SLOT, CARD, self.wall.paper.w.home, True)

    async def until_all_read(self, at_most: float) -> int:
        """Seconds until everybody who is here has the card in their own language."""
        for second in range(int(at_most) + 1):
            if all(client.own for client in self.clients if client.here):
                return second
            await self.passes(1)
        raise AssertionError(f"after {at_most} s these have the card in the workshop's language: {self.without()}")

    def without(self) -> Sequence[str]:
        return [client.person for client in self.clients if client.here and not client.own]

    @property
    def edits(self) -> int:
        return self.wall.teams.calls.count(("edit", CARD))
