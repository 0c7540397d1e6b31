"""Teams' budgets as sliding windows, and what counts in them. It never waits and never sends."""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass

HOUR = 3600.0
LATENCY = 5.0
"""Seconds after its start at which Teams has surely counted a call, however late its answer comes."""


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many calls within so many seconds."""

    seconds: float
    most: int


MESSAGES = (Window(1, 6), Window(2, 7), Window(30, 55), Window(HOUR, 1700))
"""Send, edit and delete together, threads of a channel together. Teams takes 7, 8, 60, 1800 (Microsoft Learn)."""
ROSTER = (Window(1, 12), Window(2, 14), Window(30, 110), Window(HOUR, 3400))
"""Members of a conversation; Teams takes twice what it takes of messages."""
TENANT = (Window(1, 45),)
"""All calls of the app for one tenant; Teams takes 50."""


class Ledger:
    """The calls of one budget. Teams counts a call when it arrives: after its start, before its end."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self.windows = windows
        self.ended: list[float] = []
        self.going: dict[int, float] = {}
        self.not_before = -math.inf

    def begins(self, call: int, now: float) -> None:
        """A call goes out now."""
        self.going[call] = now + LATENCY

    def ends(self, call: int, now: float) -> None:
        """A call is over now."""
        insort(self.ended, min(self.going.pop(call), now))
        kept = max((window.seconds for window in self.windows), default=0.0)
        del self.ended[: bisect_right(self.ended, now - kept)]

    def ready(self, share: float) -> float:
        """When the next call may go, for one that may use this share of each window."""
        counted = [*self.ended, *sorted(self.going.values())]
        ready = self.not_before
        for window in self.windows:
            most = max(int(window.most * share), 1)
            if len(counted) >= most:
                ready = max(ready, counted[-most] + window.seconds)
        return ready

    def used(self, seconds: float, now: float) -> int:
        """How many calls count within so many seconds before now."""
        return len(self.going) + len(self.ended) - bisect_right(self.ended, now - seconds)
