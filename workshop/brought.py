"""What a second cycle begins with: copied from the earlier one at its opening, so that it outlives that one's answers.
Frozen data; the rules about it are elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from workshop.plan import COMMITMENTS, QUESTIONS, Item


@dataclass(frozen=True, slots=True)
class Promise:
    """One's own commitment of the earlier cycle, for oneself alone. `by` is a day (YYYY-MM-DD)."""

    what: str
    by: str = ""
    with_whom: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """`title` of the earlier workshop; what everybody may see of it; and what is its people's own."""

    title: str
    commitments: tuple[Item, ...] = ()
    """Of those who agreed that everybody may know."""
    questions: tuple[Item, ...] = ()
    """What its template calls open questions, the strongest first."""
    promises: Mapping[str, tuple[Promise, ...]] = field(default_factory=dict)
    """By the person who made them; never of an anonymous question."""
    profiles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What people said of themselves, by person: what their form is filled with when they join anew."""
    together: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()

    def of(self, origin: str) -> tuple[Item, ...]:
        """What is asked about under this name, each with a name of its own, by which it can be hidden: the entries that
        it was made of are in another workshop."""
        some = {COMMITMENTS: self.commitments, QUESTIONS: self.questions}.get(origin, ())
        return tuple(replace(item, entries=(f"{origin}:{item.key}",)) for item in some)
