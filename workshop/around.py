"""What a template says around its questions: how groups are formed, and what follows the session. Frozen data."""

from __future__ import annotations

from dataclasses import dataclass

MIXED_BY = ("country", "institution", "role")
"""What groups may be mixed by, the most important first."""


@dataclass(frozen=True, slots=True)
class Forming:
    """How groups are formed unless a facilitator says otherwise: people in a group, and what is spread over them."""

    size: int
    least: int = 1
    most: int | None = None
    mix_by: tuple[str, ...] = MIXED_BY
    """Of `MIXED_BY`, the most important first."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What follows the session, in days after its end; 0: no report, no plan."""

    report_due: int = 0
    plan_due: int = 0
    remind: tuple[int, ...] = ()
    check_in: tuple[int, ...] = ()
    """When commitments are looked at again."""
