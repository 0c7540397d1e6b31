"""What those who give people their roles are shown, as plain frozen data. Never how it looks."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.model import Workshop
from workshop.said import Sentence


@dataclass(frozen=True, slots=True)
class RolesForm:
    """Who has which role, and whom (id, name) one can be given; what was just chosen stays where it was refused."""

    workshop: Workshop
    offered: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...] = ()
    role: str = ""
    """Facilitator, moderator, reserve, or the number of the group to lead."""
    sentence: Sentence | None = None
