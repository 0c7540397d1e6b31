"""How many instances share Teams' budgets, and what people told another one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest

from bot.budgets import Budgets
from bot.presence import EVERY, HEARD, Presence
from tests.bot.wall_in_memory import Hand
from tests.workshop.paper import START


class Others:
    """Instances and their last signs of life; who has chosen a language when."""

    def __init__(self) -> None:
        self.beats: dict[str, datetime] = {}
        self.chosen: dict[str, tuple[datetime, str]] = {}
        self.told: dict[str, str] = {}
        self.asked = 0
        self.fails = 0

    async def since(self, instant: datetime) -> Sequence[str]:
        self.asked += 1
        if self.fails:
            self.fails -= 1
            raise OSError("the database is away")
        return [name for name, at in self.beats.items() if at >= instant]

    async def chosen_since(self, instant: datetime) -> Mapping[str, str]:
        return {person: language for person, (at, language) in self.chosen.items() if at >= instant}

    def heard(self, chosen: Mapping[str, str]) -> None:
        self.told |= chosen


def presence(
    others: Others, budgets: Budgets, clock: Hand, away: tuple[type[Exception], ...] = ()
) -> Presence:
    return Presence("this", others, budgets, others, others, clock, away)


async def test_the_budgets_are_shared_at_once_and_not_given_back_at_once() -> None:
    others, budgets, clock = Others(), Budgets(), Hand(START)
    here = presence(others, budgets, clock)
    await here.tick()
    assert budgets.instances == 1, "this one, which has not beaten yet"
    others.beats = {"this": clock.now, "other": clock.now, "third": clock.now}
    await here.tick()
    assert budgets.instances == 3
    clock.passes(seconds=5)
    others.beats["this"] = clock.now
    await here.tick()
    assert budgets.instances == 3, "what it sent counts with Teams for a while"
    clock.passes(seconds=0.1)
    await here.tick()
    assert budgets.instances == 1


async def test_what_people_told_another_instance_is_heard() -> None:
    others, clock = Others(), Hand(START)
    others.chosen = {"ana": (START, "pl"), "jan": (START - HEARD - timedelta(seconds=1), "lv")}
    here = presence(others, Budgets(), clock)
    await here.tick()
    assert others.told == {}, "alone there is nobody to hear of"
    others.beats = {"other": START}
    await here.tick()
    assert others.told == {"ana": "pl"}


@pytest.mark.parametrize(("away", "said"), [((OSError,), "cannot be seen: OSError"), ((), "OSError at")])
async def test_while_the_database_is_away_it_goes_on_asking(
    away: tuple[type[Exception], ...], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    others, budgets = Others(), Budgets()
    others.fails, others.beats = 1, {"other": START}
    running = asyncio.create_task(presence(others, budgets, Hand(START), away).run())
    while budgets.instances == 1:  # noqa: ASYNC110 - until it has heard
        await asyncio.sleep(EVERY / 20)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert others.asked == 2
    assert said in caplog.text and "away" not in caplog.text, "never what an error says"
