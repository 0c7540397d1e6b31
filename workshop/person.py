"""Somebody in a workshop: who they are, what they said about themselves, what they may do. It holds no answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a workshop. `id` is home tenant and Entra object id; `joined` once they took part themselves."""

    id: str
    name: str
    language: str = ""
    institution: str = ""
    country: str = ""
    role: str = ""
    challenge: str = ""
    joined: bool = False
    facilitator: bool = False
    moderator: bool = False
    reserve: bool = False
