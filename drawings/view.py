"""What the symbolic summary shows, as plain data. Holds finished words only; never looks up a sentence or a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StageSummary:
    """One stage: its name, the one thing that it handed on, and further results, shown as far as there is room."""

    name: str
    headline: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One person's sentence for the shared board; `who` is None where it is anonymous; `group` is a group's label."""

    text: str
    who: str | None = None
    group: str = ""

    @property
    def signed(self) -> str:
        """Whose it is, with the group."""
        return " · ".join(part for part in (self.who or "", self.group) if part)


@dataclass(frozen=True, slots=True)
class Words:
    """Our own words in the picture's language, from the catalogues. A glyph missing in these is a fault of ours.

    `more(n)` says that n sentences stand only on the full-size picture, `page(n, of)` which of several pages one is:
    both are known only when it is drawn. A view that is sent to another process needs picklable ones
    (functools.partial of a module's function).
    """

    take_home: str  # heading over the sentences
    people: str  # the word under the number of people, in the plural that this number needs
    nobody: str  # in place of the sentences when there are none
    more: Callable[[int], str]
    page: Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The whole cycle of one workshop. `stages` are the four in order; `date` is written out in its language, and so
    are `languages`, those that the workshop was held in."""

    title: str
    subtitle: str
    date: str
    language: str
    stages: tuple[StageSummary, StageSummary, StageSummary, StageSummary]
    sentences: tuple[Sentence, ...]
    people: int
    words: Words
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
