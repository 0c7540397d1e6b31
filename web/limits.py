"""How often one page may ask: enough for hasty fingers, too little to be felt by others. Keeps nobody's name."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

HELD = 10_000
"""Pages that are remembered; who has asked nothing for longest is forgotten first."""


class Limit:
    """So many requests at once, and so many a second in the long run, for each key."""

    def __init__(self, at_once: int, a_second: float, clock: Callable[[], float]) -> None:
        """`clock`: seconds. Where it is put back, nobody is given anything for the time between."""
        self._at_once = at_once
        self._a_second = a_second
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def asks(self, key: str) -> float:
        """0 where the request may go on; else the seconds after which it may."""
        now = self._clock()
        left, seen = self._left.pop(key, (float(self._at_once), now))
        left = min(self._at_once, left + max(0.0, now - seen) * self._a_second)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        if len(self._left) > HELD:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._a_second
