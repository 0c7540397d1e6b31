"""Which messages may still be written over by an earlier edit, and when they are put again. It posts nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

SETTLING = timedelta(seconds=45)
"""An edit whose outcome is not known may land this late, after its successors."""
AGAIN = 3.5
"""Seconds after which, as long as an earlier edit may land over it, a message is put again: so the room is right again
within five, however late the earlier one lands. More where much is in doubt: a second for each of the workshop's
messages, and never more than `PUTS` a second in all."""
PUTS = 5.0

Key = tuple[str, str]
"""A message: its workshop and slot."""


class Doubts:
    """Until when each message of all walls is in doubt (UTC), where it is."""

    def __init__(self) -> None:
        self._until: dict[Key, datetime] = {}

    def doubt(self, key: Key, until: datetime) -> None:
        """An edit whose outcome is not known may land until then."""
        self._until[key] = until

    def surely(self, key: Key) -> None:
        """It is as it was last put."""
        self._until.pop(key, None)

    def again(self, workshop_id: str, now: datetime) -> timedelta:
        """How long after it was put what is in doubt is put again."""
        self._until = {key: until for key, until in self._until.items() if until + SETTLING > now}
        here = sum(workshop == workshop_id for workshop, _ in self._until)
        return timedelta(seconds=max(AGAIN, float(here), len(self._until) / PUTS))
