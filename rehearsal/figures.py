"""What a soak asks for and what was seen of it: plain figures. It runs nothing and judges nothing."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from rehearsal.agendas import LONG, SHORT
from rehearsal.faults import AGAIN, LATE, ROUGH, Rates

STEPS = {LONG: 15, SHORT: 6}
"""To how many steps of a template everybody answers, where there are neither groups nor earlier sessions' practices."""
ANSWERED = 0.95
"""Answers a person and step that may be counted on: some leave one out, some change one."""
FEW = 150
"""Up to so many answers, the short template is played."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be gone through. `for_good`: instances that die near the end and are not started again."""

    answers: int = 500
    kills: int = 20
    seed: int = 1
    instances: int = 1
    database: str = ""
    """A DATABASE_URL; "": SQLite in a file of its own."""
    for_good: int = 0
    late: float = LATE
    again: float = AGAIN
    """Seconds by which an edit and a second delivery of an activity are late."""
    rates: Rates = ROUGH
    stays: float = 3.0
    """Seconds that a board has to stay right to count as right."""

    @property
    def grips(self) -> int:
        """How often another program holds the database, and how often an instance stands still."""
        return math.ceil(self.kills / 10)

    @property
    def plan(self) -> str:
        """The template."""
        return SHORT if self.answers <= FEW else LONG

    @property
    def people(self) -> int:
        """As many as give the answers."""
        return math.ceil(self.answers / (STEPS[self.plan] * ANSWERED))

    @property
    def language(self) -> str:
        """Of the workshop: the seed decides."""
        return Random(f"language {self.seed}").choice(("en", "pl", "bg", "lv", "hu"))


@dataclass(slots=True)
class Figures:
    """What was seen. `wrong` has what belongs to no figure."""

    people: int = 0
    steps: int = 0
    acknowledged: int = 0
    unsure: int = 0
    again: int = 0
    unconfirmed: int = 0
    kills: int = 0
    grips: int = 0
    freezes: int = 0
    died: int = 0
    kills_left: int = 0
    missing: list[str] = field(default_factory=list)
    """Acknowledged, and not in the store."""
    doubled: list[str] = field(default_factory=list)
    """In the store more often than it was given."""
    conversation: list[str] = field(default_factory=list)
    """Teams' budgets for a conversation that were overrun, and how often."""
    tenant: list[str] = field(default_factory=list)
    right: list[float | None] = field(default_factory=list)
    """Seconds from the end of the faults until the posted board said what the store holds; None: never."""
    behind: list[str] = field(default_factory=list)
    """How the board differed where it was never right."""
    failures: Counter[int] = field(default_factory=Counter)
    """What the bot answered from 500 on, by status."""
    keyless: int = 0
    """503 before it could fetch the keys that Teams signs with: nobody can be let in then."""
    stall: float = 0.0
    """Seconds that the longest held up loop kept somebody waiting."""
    peaks: str = ""
    faults: dict[str, int] = field(default_factory=dict)
    passed_on: int = 0
    late: int = 0
    """How often something arrived after what was said later."""
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
