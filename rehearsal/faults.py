"""Makes a rehearsal go wrong on purpose: answers lost, calls delayed. It never changes what is said."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

Op = Literal["send", "edit", "delete", "create", "members", "token", "keys", "message", "invoke"]
"""Calls of the bot (the first seven) and calls to the bot (the last two)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`lose`: the call takes effect and its answer never arrives. `delay`: it takes effect `seconds` later."""

    op: Op
    kind: Literal["lose", "delay"]
    seconds: float = 0.0


class Faults:
    """The faults still to come, first planned first met. Without any, asking costs nothing."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []
        self.met: list[Fault] = []

    def add(self, op: Op, kind: Literal["lose", "delay"], *, seconds: float = 0.0, times: int = 1) -> None:
        """The next `times` calls of this kind meet the fault."""
        self.planned.extend([Fault(op, kind, seconds)] * times)

    async def before(self, op: Op) -> bool:
        """To be awaited before a call takes effect: sits out a delay; True if its answer is to be lost."""
        lost = False
        for kind in ("delay", "lose"):
            fault = next((fault for fault in self.planned if fault.op == op and fault.kind == kind), None)
            if fault is None:
                continue
            self.planned.remove(fault)
            self.met.append(fault)
            if fault.kind == "delay":
                await asyncio.sleep(fault.seconds)
            else:
                lost = True
        return lost
