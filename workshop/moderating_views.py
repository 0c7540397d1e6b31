"""What those who moderate are shown of what people wrote, entry by entry; nameless. Never how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.model import Workshop
from workshop.plan import Prompt
from workshop.said import Sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of somebody's answer, for moderation; nameless."""

    id: str
    words: str
    prompt: Prompt
    hidden: bool
    waiting: bool = False
    """Nobody else sees it until a moderator lets it through."""
    shown: bool = False
    """Everybody sees it now, so that it can be shown large."""
    asked: bool = False
    """Nobody's answer has it (any more), but it is asked about: withdrawn, or brought from an earlier cycle."""


@dataclass(frozen=True, slots=True)
class ModerateForm:
    """The entries of the workshop, a page at a time (newest step first), to hide or restore."""

    workshop: Workshop
    entries: tuple[Entry, ...]
    """Those that wait for a moderator first."""
    page: int
    pages: int
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class TranslateForm:
    """One entry, to be written in the workshop's languages; what was typed stays."""

    workshop: Workshop
    prompt: Prompt
    entries: tuple[str, ...]
    """Those with the same words."""
    words: str
    was: Mapping[str, str]
    """What stands there, by language."""
    typed: Mapping[str, str] = field(default_factory=dict)
    sentence: Sentence | None = None
