"""What the symbolic summary shows, as plain data. Holds finished words only; never looks up a sentence or a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StageSummary:
    """One stage: its name, its one headline result, and further results that only the full-size picture shows."""

    name: str
    headline: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One person's sentence for the shared board; `who` is None where it is anonymous."""

    text: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Our own words in the picture's language, from the catalogues. A glyph missing in these is a fault of ours.

    `more(n)` says that n sentences stand only on the full-size picture: how many fit is known when it is drawn. A view
    that is sent to another process needs a picklable one (functools.partial of a module's function).
    """

    take_home: str  # heading over the sentences
    people: str  # the word under the number of people, in the plural that this number needs
    nobody: str  # in place of the sentences when there are none
    more: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The whole cycle of one workshop. `stages` are the four in order; `date` is written out in its language."""

    title: str
    subtitle: str
    date: str
    language: str
    stages: tuple[StageSummary, StageSummary, StageSummary, StageSummary]
    sentences: tuple[Sentence, ...]
    people: int
    words: Words
    groups: tuple[str, ...] = ()
