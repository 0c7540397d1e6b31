"""What Teams takes of a bot within a time, counted as Teams counts it. It answers nothing itself."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rehearsal.faults import Op

Limits = Sequence[tuple[float, int]]
"""So many seconds, and how many calls within them."""
MESSAGES: Limits = ((1.0, 7), (2.0, 8), (30.0, 60), (3600.0, 1800))
"""Send, edit and delete for one conversation, threads of a channel together (Microsoft Learn, rate-limit, 2026)."""
MEMBERS: Limits = ((1.0, 14), (2.0, 16), (30.0, 120), (3600.0, 3600))
TENANT: Limits = ((1.0, 50),)
"""Everything that an app asks for in one tenant."""
SORTS: dict[str, str] = {"send": "messages", "edit": "messages", "delete": "messages", "members": "members"}
LIMITS = {"messages": MESSAGES, "members": MEMBERS, "requests": TENANT}


@dataclass(frozen=True, slots=True)
class Excess:
    """A call too many: `why` in words, and the seconds (whole, at least 1) after which there is room again."""

    why: str
    after: int


class Budgets:
    """Counts the calls of one bot. `clock`: seconds, only for durations."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.asked = 0
        self.most: Counter[tuple[str, float]] = Counter()
        """By sort and seconds: the most calls within such a window, refused ones included."""
        self._taken: dict[tuple[str, str], list[float]] = {}

    def asks(self, op: Op, conversation: str, tenant: str) -> Excess | None:
        """A call arrives; None if Teams takes it. What is refused uses up nothing."""
        now = self.clock()
        self.asked += 1
        counted = [("requests", tenant)]
        if conversation and op in SORTS:
            counted.append((SORTS[op], conversation))
        excess = [self._over(sort, name, now) for sort, name in counted]
        worst = max((one for one in excess if one is not None), key=lambda one: one.after, default=None)
        if worst is None:
            for key in counted:
                self._taken[key].append(now)
        return worst

    def _over(self, sort: str, name: str, now: float) -> Excess | None:
        taken = self._taken.setdefault((sort, name), [])
        limits = LIMITS[sort]
        del taken[: bisect_right(taken, now - limits[-1][0])]
        found = None
        for seconds, most in limits:
            within = len(taken) - bisect_right(taken, now - seconds)
            self.most[sort, seconds] = max(self.most[sort, seconds], within + 1)
            if within >= most:
                after = max(int(taken[-most] + seconds - now) + 1, 1)
                found = Excess(f"more than {most} {sort} within {seconds:g} s", after)
        return found

    def peaks(self) -> str:
        """The most that was asked for, beside what is allowed."""
        return ", ".join(
            f"{self.most[sort, seconds]} of {most} {sort} in {seconds:g} s"
            for sort, limits in LIMITS.items() for seconds, most in limits if self.most[sort, seconds]
        )
