"""When clients asked for views of their own of a card, and when it is put again for their sake. It posts nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.posted import Posted
from workshop.model import Workshop
from workshop.views import StageCard
from workshop.wall import hanging

AGAIN = timedelta(seconds=62)
"""A client that asked so long ago asks again when the card is edited: Teams' minute ("only if the card from the last
invoke is older than a minute", Microsoft Learn, User Specific Views), and what an answer takes to get there."""
LATE = timedelta(seconds=3)
"""So long after an edit those whom it made ask have asked."""
NAMED = timedelta(seconds=60)
"""So long after its last edit a card is put again where only others are to be named on it, or later, up to twice that,
if somebody has asked lately."""
LONGEST = 2 * NAMED
BEFORE = timedelta(seconds=1)
"""So long before it is written down an edit may have been seen."""
KEPT = timedelta(minutes=3)
LEFT = timedelta(seconds=30)
"""Between two looks in the store for cards that an instance which is no more was to put again."""
MARK = "~"
"""After a card's digest: it is to be put again. As often as it was to be in a row."""
OVER = "!"
"""After it, where it was put as often as it may be without anything that has changed."""
IN_A_ROW = 5
"""Puts, at most, after something has changed, each because somebody's view was lost with the one before."""
REMEMBERED = 2000
"""Cards, and workshops, of which it is known; the latest."""
MANY = 400

Key = tuple[str, str]
"""A workshop and a slot."""


def unmarked(digest: str) -> str:
    """The digest of the card itself."""
    return digest.rstrip(MARK + OVER)


def marks(digest: str) -> int:
    """The how manieth put in a row is to come."""
    return digest.count(MARK)


class Asks:
    """An edit takes everybody's own view away, and who asked within the minute before does not ask again: their card is
    put once more when they will. Other instances hear of other asks: each looks to those that it has heard of."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """`clock` gives UTC."""
        self._clock = clock
        self._began = clock()
        self._heard: dict[Key, deque[datetime]] = {}
        self._put: dict[Key, tuple[datetime, datetime]] = {}
        self._last: dict[str, datetime] = {}
        self._looks_at: dict[str, datetime] = {}
        self._left = self._began

    def heard(self, w: Workshop, slot: str) -> None:
        """A client asked for its own view of a card. Who that was does not matter: each of a person's clients asks.
        The slot may be made up."""
        if not isinstance(hanging(slot, w, ()), StageCard):
            return
        now, key = self._clock(), (w.id, slot)
        self._heard[key] = deque(self._known(key, now), MANY)
        self._heard[key].append(now)
        self._last[key[0]] = now
        self._look_at(key[0], now + AGAIN)
        _keep_latest(self._heard, key)
        _keep_latest(self._last, key[0])

    def _known(self, key: Key, now: datetime) -> list[datetime]:
        return [at for at in self._heard.get(key, ()) if now - KEPT < at <= now]

    # A card is put.

    def anew(self, key: Key) -> None:
        """It is posted as a new message, of which nobody has asked for anything."""
        self._heard.pop(key, None)

    def marked(self, digest: str, key: Key, begun: datetime, before: Posted, same: bool) -> str:
        """The digest of a card with which views are lost that is edited now. `same`: only for views' sake."""
        if begun >= self._began + AGAIN and not self._lost(key, begun, begun):
            return digest
        row = max(marks(before.digest) + (before.until is None), 1) if same else 1
        return digest + (MARK * row if row <= IN_A_ROW else OVER)

    def landed(self, key: Key, begun: datetime, at: datetime) -> None:
        """The edit, or the first post, that is written down with the time `at`."""
        self._put[key] = (at, begun)
        _keep_latest(self._put, key)

    def _lost(self, key: Key, put: datetime, now: datetime) -> bool:
        return any(put - AGAIN < at < put for at in self._known(key, now))

    # It is put again.

    def due(self, key: Key, at: datetime, digest: str, differs: bool) -> datetime | None:
        """When a card that was put with this digest at this time is put again for the sake of people's own views;
        None: nobody waits for it. `differs`: others are to be named on it."""
        now, row = self._clock(), marks(digest)
        noted, begun = self._put.get(key, (None, at))
        mine = noted == at and begun >= self._began + AGAIN
        put = begun if noted == at else at - BEFORE
        waits = row > 0 or (self._lost(key, put, now) and not digest.endswith(OVER))
        if not waits and not differs:
            return None
        last = max(self._known(key, now), default=at) + AGAIN
        if not waits:
            return min(max(last, at + NAMED), at + LONGEST)
        # In a row all have to be able to ask, also those whom the last put made ask: else they would take turns.
        return min(max(last, at + (LATE if mine and row <= 1 else AGAIN)), at + AGAIN + LATE)

    # A workshop is looked at.

    def later(self, workshop_id: str, at: datetime) -> None:
        """A card of the workshop is put again then, or sooner."""
        self._look_at(workshop_id, at)

    def looked(self, workshop_id: str) -> None:
        """It is being looked at. Once more a minute after the last ask: another instance may take that view away."""
        self._looks_at.pop(workshop_id, None)
        last = self._last.get(workshop_id)
        if last is not None and last + AGAIN > self._clock():
            self._look_at(workshop_id, last + AGAIN)

    def to_look_at(self, now: datetime) -> set[str]:
        """The workshops whose time has come."""
        return {workshop_id for workshop_id, at in self._looks_at.items() if at <= now}

    def waiting(self) -> list[datetime]:
        """When workshops are looked at."""
        return list(self._looks_at.values())

    def left(self, now: datetime) -> bool:
        """Whether it is time to look for what others have left: at the start, and now and then."""
        due = not now < self._left <= now + LEFT
        if due:
            self._left = now + LEFT
        return due

    def _look_at(self, workshop_id: str, at: datetime) -> None:
        self._looks_at[workshop_id] = min(at, self._looks_at.get(workshop_id, at))


def _keep_latest(kept: dict[Any, Any], key: object) -> None:
    """The entry was just made: forget those made longest ago where there are too many."""
    kept[key] = kept.pop(key)
    while len(kept) > REMEMBERED:
        del kept[next(iter(kept))]
