"""Messages that hang beside the one that counts: found by a press or a late answer, made to point to it. Posts none."""

from __future__ import annotations

import logging

from bot.leases import EDIT
from bot.posting import LOOK
from bot.round import Round
from bot.teams import Gone, Priority, Refused, Retry, Teams, Unknown, card_activity
from cards import draw
from workshop.wall import instead

log = logging.getLogger("kolbot.publisher")

REMEMBERED = 20_000
"""Slots whose message is kept in memory, so that a press of it costs nothing."""
MOST = 10
"""Messages of one workshop that are looked into at once: presses can be made up."""


class Twins:
    """A message whose posting was never answered cannot be reached, until somebody shows that it exists."""

    def __init__(self, teams: Teams) -> None:
        self._teams = teams
        self._known: dict[tuple[str, str], str] = {}
        self._found: dict[str, dict[str, str]] = {}

    def pressed(self, workshop_id: str, slot: str, name: str) -> bool:
        """There is a message that says it hangs in this slot. Whether that has to be looked into."""
        if self._known.get((workshop_id, slot)) == name:
            return False
        found = self._found.setdefault(workshop_id, {})
        if name not in found and len(found) >= MOST:
            return False
        found[name] = slot
        return True

    @property
    def waiting(self) -> set[str]:
        """Workshops in which there is something to look into."""
        return set(self._found)

    async def tidy(self, go: Round) -> None:
        """Make what hangs beside a message point to it. Only where a message was posted anew there can be another."""
        workshop = go.board.workshop
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        hanging = {post.activity_id: post for post in go.rows.values() if post.activity_id is not None}
        for name, post in hanging.items():
            self._known[workshop.id, post.slot] = name
        found = self._found.pop(workshop.id, {})
        others = {name: slot for name, slot in found.items() if not go.has(slot)}
        if others:
            self._found[workshop.id] = others
        for name, slot in found.items():
            if name in others:
                continue  # it hangs in another conversation
            row = go.rows.get(slot)
            if row is None or name in hanging or (row.generation < 2 and row.activity_id is not None):
                continue
            # Without an id, what counts is being posted at this moment.
            if row.activity_id is None or not await self._points(go, slot, name):
                self.pressed(workshop.id, slot, name)
                go.look(go.now + LOOK, shown=True)

    async def _points(self, go: Round, slot: str, name: str) -> bool:
        """Whether it does now, or never can."""
        content = card_activity(draw(instead(slot, go.board.workshop), go.board.workshop.language))
        try:
            return await self._teams.edit(go.address, name, content, deadline=EDIT, priority=Priority.BOARD)
        except (Unknown, Retry):
            return False
        except (Gone, Refused) as never:
            log.warning("a message beside another is out of reach: %s", type(never).__name__)
            return True
