"""What old and foreign cards do when somebody presses them after all: nothing may be taken. It asks as Teams would."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

from rehearsal.activities import Activity
from rehearsal.bot_link import Delivery
from rehearsal.front import UNAVAILABLE
from rehearsal.offers import key_of
from rehearsal.server import Room
from rehearsal.strict import objects
from rehearsal.world import moment

NOWHERE = "00000000-0000-4000-8000-000000000000"
"""A workshop that does not exist."""
CHANGED = " (from an old card)"
"""Added to words that are sent from where they must not be taken: on the board they would show."""


class Mischief:
    """Presses what was pressed before, by the dice of `seed`. `wrong` has a sentence for each effect."""

    def __init__(self, room: Room, seed: int) -> None:
        self._room = room
        self._dice = Random(f"mischief {seed}")
        self.done = 0
        self.wrong: list[str] = []

    async def plays(self) -> None:
        """After a step: an answer to an earlier step, one to a foreign workshop, an old dialog opened again."""
        submits = list(self._pressed("task/submit", "submit"))
        if not submits:
            return
        now = key_of(submits[-1]["value"]["data"])
        stale = [one for one in submits if key_of(one["value"]["data"]) != now]
        if stale:
            await self._presses("a stale answer", self._changed(self._dice.choice(stale)))
        foreign = self._changed(self._dice.choice([one for one in submits if key_of(one["value"]["data"]) == now]))
        foreign["value"]["data"]["w"] = NOWHERE
        await self._presses("a foreign answer", foreign)
        await self._presses("an old dialog", copy.deepcopy(self._dice.choice(list(self._pressed("task/fetch")))))

    def _pressed(self, name: str, verb: str | None = None) -> Iterator[Activity]:
        """Each in the place in which it was pressed: what is delivered once more is no new press."""
        seen: set[str] = set()
        for sent in self._room.sent:
            activity = sent.activity
            id = str(activity["id"])
            if activity.get("name") == name and not id.startswith("old:") and id not in seen:
                seen.add(id)
                data = activity["value"].get("data")
                if isinstance(data, dict) and verb in (None, data.get("verb")):
                    yield activity

    def _changed(self, activity: Activity) -> Activity:
        changed = copy.deepcopy(activity)
        data: dict[str, Any] = changed["value"]["data"]
        for name, value in data.items():
            if name.startswith("a.") and isinstance(value, str) and " " in value:
                data[name] = value + CHANGED
        return changed

    async def _presses(self, what: str, activity: Activity) -> None:
        self.done += 1
        activity["id"], activity["timestamp"] = f"old:{self.done}", moment(self._room.world.clock())
        delivery = await self._room.link.deliver(activity)
        if (why := _effect(delivery)) and not what.startswith("an old dialog"):
            self.wrong.append(f"{what} was taken: {why}")
        if delivery.status is not None and delivery.status >= 500 and delivery.status != UNAVAILABLE:
            self.wrong.append(f"{what} was answered with {delivery.status}")


def _effect(delivery: Delivery) -> str:
    return "there is a receipt" if any(part.get("id") == "receipt" for part in objects(delivery.body)) else ""
