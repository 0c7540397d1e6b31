"""Where people and conversations are reached is remembered when it changes, or may have been lost; not at each turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from bot.adapter import KolbotAdapter
from bot.auth import Caller, Gate
from bot.turns import People, Turns
from dialogs.turn import Via
from tests.bot.fake_teams import FakeTeams


@dataclass
class Kept:
    """What was asked to be kept; as often as `away` says, it could not be."""

    lost: int = 0
    away: int = 0
    noted: list[tuple[str, ...]] = field(default_factory=list)

    async def check(self, *_: object) -> Caller:
        return Caller("app", "", "")

    async def remember(self, *conversation: str) -> None:
        if self.away:
            self.away -= 1
            raise ConnectionError
        self.noted.append(conversation)

    async def meet(self, *person: str) -> None:
        self.noted.append(person)

    async def person(self, person_id: str) -> None: ...


async def came(kept: Kept, *bodies: dict[str, Any]) -> list[int]:
    """Activities one after the other at one instance: how much was asked to be kept at each."""
    adapter = KolbotAdapter(cast(Gate, kept), cast(Any, None))
    people = People(cast(Any, kept), lambda: datetime(2026, 11, 28, tzinfo=UTC), (ConnectionError,))
    turns, found = Turns(adapter.teams, cast(Any, kept), people, (ConnectionError,)), []
    for body in bodies:
        before = len(kept.noted)
        await adapter.process("Bearer x", body, lambda context: turns.of(context, "help", Via.TYPED, {}))  # type: ignore[arg-type, return-value]
        found.append(len(kept.noted) - before)
    return found


USUAL = FakeTeams().activity(localTimezone="Europe/Warsaw")


async def test_who_comes_again_as_before_is_not_remembered_again() -> None:
    assert await came(Kept(), USUAL, {**USUAL, "id": "2", "text": "other words"}, USUAL) == [2, 0, 0]


@pytest.mark.parametrize("change", [
    {"serviceUrl": "https://smba.trafficmanager.net/amer/"},
    {"locale": "en-GB"},
    {"localTimezone": "Europe/Riga"},
    {"from": {**USUAL["from"], "name": "Anna Nowak"}},
    {"from": {**USUAL["from"], "id": "29:moved"}},
    {"conversation": {**USUAL["conversation"], "id": "19:other@thread.tacv2"}},
    {"conversation": {**USUAL["conversation"], "name": "Renamed"}},
    {"recipient": {**USUAL["recipient"], "id": "28:other"}},
])
async def test_what_is_new_of_them_is_remembered(change: dict[str, Any]) -> None:
    assert await came(Kept(), USUAL, {**USUAL, **change}, {**USUAL, **change}, USUAL) == [2, 2, 0, 2]


async def test_all_is_said_again_once_something_was_lost_and_what_could_not_be_kept_is_tried_again() -> None:
    kept = Kept(away=1)
    assert await came(kept, USUAL, USUAL, USUAL) == [0, 2, 0]
    kept = Kept()

    async def forgets(*conversation: str) -> None:
        kept.noted.append(conversation)
        kept.lost += len(kept.noted) == 1

    kept.remember = forgets  # type: ignore[method-assign]
    assert await came(kept, USUAL, USUAL, USUAL) == [2, 2, 0], "it was lost while it was being said"
