"""What lets one person into one page of one workshop, from outside of Teams. Data only: no secret, no page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Sort(StrEnum):
    """A link is spent once, for a ticket; a ticket is shown with everything that the page asks."""

    LINK = "link"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class Pass:
    """Bound to person, workshop and page. What the person may do is not in it: that is asked of the workshop as it is,
    each time."""

    workshop: str
    person: str
    page: str
    language: str
    """In which they were spoken to when they got it."""
    until: datetime
    """When it ends (UTC)."""
    spent: bool = False
    """Of a link: somebody has gone in by it."""
