"""Commands about single entries of what people wrote, for those who moderate. What they lead to is in
`workshop.moderating`."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class OfEntry(Command):
    entry: str
    """Its name (see `answer.entry_id`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HideEntry(OfEntry):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreEntry(OfEntry):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveEntry(OfEntry):
    """Let an entry of a moderated prompt be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotlightEntry(OfEntry):
    """Let every open board page show this entry large, instead of whatever it shows large now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSpotlight(OfEntry):
    """Show it large no longer; nothing is done where another one has taken its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateEntry(Command):
    """Keep what entries with the same words say in another language; no words: there is no translation any more."""

    entries: tuple[str, ...]
    language: str
    words: str
    was: str = ""
    """What stood there when they wrote it."""
