"""What simulated participants know of their submits: acknowledged, unsure, refused. It sends nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rehearsal.offers import Key
from rehearsal.question import Asked


@dataclass(frozen=True, slots=True)
class Submitted:
    """What one person submitted for the prompts of one step: input id to value, as the client sent it."""

    person: str
    workshop: str
    step: str
    stage: str
    prompts: tuple[str, ...]
    values: dict[str, str]
    at: float
    """Seconds since 1970 at which the answer to it arrived, or it was sent if none did."""
    asked: tuple[Asked, ...] = ()
    """The form as it was filled in: what its fields and items were called."""
    case: str = ""
    """Which case the form was about."""


@dataclass(slots=True)
class Record:
    """What all simulated participants know of their submits."""

    acknowledged: list[Submitted] = field(default_factory=list)
    unsure: dict[tuple[str, Key], list[Submitted]] = field(default_factory=dict)
    """Sent without an answer, and no later submit for the step was acknowledged: it may count or not."""
    refused: int = 0
    skipped: int = 0
    gave_up: int = 0
    again: int = 0
    """Presses of a form that nobody had answered before."""
    unconfirmed: int = 0
    """How often somebody was told "not confirmed", and pressed again."""
    consents: dict[int, str] = field(default_factory=dict)
    """What the owners of the cases did: "yes", "no" or "nothing", by the case's number on the card."""
    on_sent: Callable[[], None] = lambda: None
    """Called when something is about to be sent."""
    on_taken: Callable[[], None] = lambda: None
    """Called the moment a receipt arrives."""

    def sent(self, submitted: Submitted) -> None:
        """It is on its way."""
        self.on_sent()
        self.unsure.setdefault((submitted.person, (submitted.workshop, submitted.step)), []).append(submitted)

    def not_taken(self, submitted: Submitted) -> None:
        """The bot said that it did not take it."""
        key = submitted.person, (submitted.workshop, submitted.step)
        left = [other for other in self.unsure.pop(key, []) if other is not submitted]
        if left:
            self.unsure[key] = left
        self.refused += 1

    def taken(self, submitted: Submitted) -> None:
        """The bot gave a receipt."""
        self.on_taken()
        self.unsure.pop((submitted.person, (submitted.workshop, submitted.step)), None)
        self.acknowledged.append(submitted)
