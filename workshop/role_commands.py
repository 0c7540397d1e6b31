"""Commands that give people a role, or take it from them again. What they lead to is in `workshop.naming`."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRole(Command):
    """Give these people (id, name) a role, or (not `named`) take it from them: all of them, or nobody."""

    people: tuple[tuple[str, str], ...]
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFacilitator(NameRole):
    """At least one facilitator stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameModerator(NameRole):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class NameReserve(NameRole):
    """Reserves may take over where no facilitator has acted for five minutes."""
