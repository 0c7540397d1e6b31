"""Makes a rehearsal go wrong on purpose, by hand or by chance: says what happens to a call, never to its words."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

Op = Literal["send", "edit", "delete", "create", "members", "token", "keys", "message", "invoke"]
"""Calls of the bot (the first seven) and calls to the bot (the last two)."""
Kind = Literal["lose", "delay", "refuse", "late", "again"]
CONNECTOR: tuple[Op, ...] = ("send", "edit", "delete", "create", "members")
LATE = 20.0
"""Seconds after which a late edit lands, whatever came after it."""
AGAIN = 15.0
"""Seconds after which Teams posts a message again that it thinks was not taken (msteams-docs issue 6084)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`lose`: the call takes effect and its answer never arrives. `delay`: it takes effect `seconds` later.

    `refuse`: it has no effect and is answered with `status` (429: with Retry-After `seconds`). `late`: an edit is
    answered with 504 and lands `seconds` later. `again`: an activity is posted a second time after `seconds`.
    """

    op: Op
    kind: Kind
    seconds: float = 0.0
    status: int = 0


@dataclass(frozen=True, slots=True)
class Rates:
    """How likely a call is to meet something, each from 0 to 1."""

    conflict: float = 0.0
    """412: something else was going on in the conversation."""
    failing: float = 0.0
    """500, 502, 503 or 504, nothing done."""
    throttled: float = 0.0
    """429 out of the blue."""
    lost: float = 0.0
    """Done, and the answer is lost: the connection breaks."""
    late: float = 0.0
    """An edit that lands 20 s later, past its successors."""
    slow: float = 0.0
    """0.2 to 3 s."""
    unheard: float = 0.0
    """The bot's answer to an invoke or a message is lost."""
    again: float = 0.0
    """A message is delivered again after 15 s; an invoke at once, as by an impatient client."""
    stale: float = 0.0
    """An invoke that was answered is delivered again after 15 s, whatever the person has done since."""


NOTHING = Rates()
MIX = Rates(
    conflict=0.08, failing=0.04, throttled=0.06, lost=0.03, late=0.08, slow=0.08, unheard=0.03, again=0.06, stale=0.01,
)
"""Something of everything, and still so little that people come to the end of a session."""
ROUGH = replace(MIX, failing=0.08, throttled=0.1, lost=0.08, late=0.15)
"""More of what the bot's own calls meet: a session of several hundred answers has only some hundred of them."""


@dataclass(frozen=True, slots=True)
class Met:
    """What happens to one call, after its delay. `status` 0: nothing is refused."""

    lost: bool = False
    status: int = 0
    after: float = 0.0
    late: float = 0.0
    again: float | None = None
    stale: float | None = None
    broken: bool = False
    """The connection breaks before anything is done."""


class Faults:
    """The faults still to come, first planned first met, and those by chance: `rates` by the dice of `seed`.

    `dead`, `slow` (seconds) and `no_keys` are as they are until somebody changes them: the Connector gone, each of its
    calls slow, the metadata host gone. Without any fault, asking costs nothing. `met` has those that were planned,
    `counted` what has happened by its name.
    """

    def __init__(self, seed: int = 1, rates: Rates = NOTHING, late: float = LATE, again: float = AGAIN) -> None:
        """`late` and `again` are the seconds by which an edit and a second delivery are late."""
        self.seed = seed
        self.rates = rates
        self._late = late
        self._again = again
        self.planned: list[Fault] = []
        self.met: list[Fault] = []
        self.counted: Counter[str] = Counter()
        self.dead = False
        self.slow = 0.0
        self.no_keys = False
        self._dice = Random(f"faults {seed}")
        self._under_way = 0
        self._throttled_until = 0.0

    def add(self, op: Op, kind: Kind, *, seconds: float = 0.0, times: int = 1, status: int = 0) -> None:
        """The next `times` calls of this kind meet the fault."""
        self.planned.extend([Fault(op, kind, seconds, status)] * times)

    def ends(self) -> None:
        """From now on everything is well; what is under way still lands."""
        self.rates = NOTHING
        self.planned.clear()
        self.dead, self.slow, self.no_keys = False, 0.0, False

    @property
    def over(self) -> bool:
        """Whether nothing goes wrong any more, no call is being held up, and whoever was told to wait has waited."""
        quiet = self.rates == NOTHING and not (self.planned or self.dead or self.slow or self.no_keys)
        return quiet and not self._under_way and time.monotonic() >= self._throttled_until

    async def meets(self, op: Op) -> Met:
        """To be awaited before a call takes effect: sits out its delay, and says what else happens to it."""
        self._under_way += 1
        try:
            met = await self._meets(op)
        finally:
            self._under_way -= 1
        if met.after:
            self._throttled_until = max(self._throttled_until, time.monotonic() + met.after)
        return met

    async def _meets(self, op: Op) -> Met:
        planned = {kind: self._planned(op, kind) for kind in ("delay", "lose", "refuse", "late", "again")}
        if (delay := planned["delay"]) is not None:
            await asyncio.sleep(delay.seconds)
        if self.slow and op in CONNECTOR:
            self.counted["slow Connector"] += 1
            await asyncio.sleep(self._dice.uniform(0.2, self.slow))
        if (self.dead and op in CONNECTOR) or (self.no_keys and op == "keys"):
            self.counted["metadata host down" if op == "keys" else "dead Connector"] += 1
            return Met(broken=True) if self._dice.random() < 0.2 else Met(status=503)
        if (refused := planned["refuse"]) is not None:
            return Met(status=refused.status, after=refused.seconds)
        late, again = planned["late"], planned["again"]
        if planned["lose"] is not None or late is not None or again is not None:
            return Met(
                lost=planned["lose"] is not None, late=late.seconds if late is not None else 0.0,
                again=again.seconds if again is not None else None,
            )
        return await self._by_chance(op)

    def _planned(self, op: Op, kind: str) -> Fault | None:
        fault = next((fault for fault in self.planned if fault.op == op and fault.kind == kind), None)
        if fault is not None:
            self.planned.remove(fault)
            self.met.append(fault)
        return fault

    async def _by_chance(self, op: Op) -> Met:
        rates, roll = self.rates, self._dice.random
        if rates is NOTHING or op in ("token", "keys"):
            return Met()
        if op in ("message", "invoke"):
            again = (self._again if op == "message" else 0.0) if self._happens("delivered again", rates.again) else None
            stale = op == "invoke" and self._happens("delivered again late", rates.stale)
            return Met(
                lost=stale or self._happens("answer of the bot lost", rates.unheard), again=again,
                stale=self._again if stale else None,
            )
        if self._happens("slow", rates.slow):
            await asyncio.sleep(0.2 + 2.8 * roll())
        if self._happens("412", rates.conflict):
            return Met(status=412)
        if self._happens("429 out of the blue", rates.throttled):
            return Met(status=429, after=1 + int(3 * roll()))
        if self._happens("5xx", rates.failing):
            return Met(status=self._dice.choice((500, 502, 503, 504)))
        if op == "edit" and self._happens("late edit", rates.late):
            return Met(late=self._late)
        return Met(lost=self._happens("lost after its effect", rates.lost))

    def _happens(self, what: str, chance: float) -> bool:
        happens = self._dice.random() < chance
        self.counted[what] += happens
        return happens
