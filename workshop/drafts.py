"""A template somebody is changing before a workshop is opened with it, and those that a team keeps. Data only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

OWN_LIMIT = 50
"""Most templates of its own that a team keeps."""

Setting = str | int | bool
Around = int | str | Sequence[int | str]
"""A setting around the stages: a number, or a list of words or days."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What was changed in a template; all else is as it says. Steps and prompts by their ids."""

    minutes: Mapping[str, int] = field(default_factory=dict)
    """0: the step is left out."""
    together: Mapping[str, bool] = field(default_factory=dict)
    """Whether a step is held in groups."""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Questions, by language."""
    settings: Mapping[str, Mapping[str, Setting]] = field(default_factory=dict)
    """Of a prompt, by the template's own names; what is no number, but should be one, stays as it was typed."""
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Of steps, by language."""
    around: Mapping[str, Mapping[str, Around]] = field(default_factory=dict)
    """Of `groups` and of `follow_up`, by the template's own names; a `size` or `max` of 0: the template says none."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A template (as its JSON) with somebody's changes, and what they chose beside it. Nobody else's."""

    tenant: str
    person: str
    id: str
    source: str
    changes: Changes = Changes()
    form: Mapping[str, str] = field(default_factory=dict)
    """Language, title and reserves, as the fields said."""


@dataclass(frozen=True, slots=True)
class Own:
    """A template that a team keeps under a name; `id` is the plan's."""

    id: str
    name: str
    minutes: int
    languages: tuple[str, ...]


class Drafts(Protocol):
    """Where drafts and own templates are kept. What writes returns False where it could not be stored."""

    async def draft(self, tenant: str, person: str, id: str) -> Draft | None: ...

    async def keep(self, draft: Draft) -> bool: ...

    async def drop(self, draft: Draft) -> bool: ...

    async def own(self, tenant: str, team: str) -> Sequence[Own]:
        """Those of a team, by name."""

    async def own_source(self, tenant: str, team: str, id: str) -> str | None:
        """One of them as its JSON."""

    async def keep_own(self, tenant: str, team: str, own: Own, source: str, by: str) -> bool:
        """Keep one, instead of the one that has the same id."""

    async def drop_own(self, tenant: str, team: str, id: str) -> bool: ...
