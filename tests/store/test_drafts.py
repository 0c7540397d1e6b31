"""Drafts and a team's own templates: whose they are, how many, how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest

from store.drafts import DRAFTS_LIMIT, KEPT, Drafts
from store.retention import Retention
from store.tables import drafts as drafts_table, own_templates
from tests.store.conftest import Stored
from tests.store.small_workshop import START, TENANT
from workshop.drafts import Changes, Draft, Own

HERE = "19:team"
WORDS = {"K1": {"en": "Zażółć ' \\ 👩‍👩‍👧"}}
CHANGES = Changes({"one": 0, "two": 7}, {"two": True}, WORDS, {"K1": {"most": 3, "own": True}})
DRAFT = Draft(TENANT, "ana", "d1", '{"id":"x"}', CHANGES, {"title": "Mine", "language": "pl"})
OWN = Own("own-1", "Żółw", 90, ("en", "pl"))


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(stored: Stored, clock: Clock) -> Drafts:
    return Drafts(stored.writer, stored.reader, clock)


async def test_a_draft_is_its_person_s_alone_and_comes_back_as_it_was(kept: Drafts) -> None:
    assert await kept.keep(DRAFT)
    assert await kept.draft(TENANT, "ana", "d1") == DRAFT
    for tenant, person, id in (("other", "ana", "d1"), (TENANT, "eva", "d1"), (TENANT, "ana", "d2")):
        assert await kept.draft(tenant, person, id) is None
    later = Draft(TENANT, "ana", "d1", "{}")
    assert await kept.keep(later)
    assert await kept.draft(TENANT, "ana", "d1") == later
    assert await kept.drop(Draft(TENANT, "eva", "d1", "{}"))
    assert await kept.draft(TENANT, "ana", "d1") == later
    assert await kept.drop(later)
    assert await kept.draft(TENANT, "ana", "d1") is None


async def test_the_oldest_of_a_person_s_drafts_goes_for_the_next(kept: Drafts, stored: Stored, clock: Clock) -> None:
    await kept.keep(Draft(TENANT, "eva", "d0", "{}"))
    for number in range(DRAFTS_LIMIT + 1):
        clock.now += timedelta(minutes=1)
        await kept.keep(Draft(TENANT, "ana", f"d{number}", "{}"))
    assert await kept.draft(TENANT, "ana", "d0") is None
    assert await kept.draft(TENANT, "ana", "d1") is not None
    assert await kept.draft(TENANT, "eva", "d0") is not None
    assert stored.count(drafts_table) == DRAFTS_LIMIT + 1


async def test_a_draft_that_nobody_touches_is_forgotten(kept: Drafts, stored: Stored, clock: Clock) -> None:
    await kept.keep(DRAFT)
    await kept.keep_own(TENANT, HERE, OWN, "{}", "ana")
    tick = Retention(stored.writer, clock, 60).tick
    clock.now += KEPT - timedelta(seconds=1)
    assert await tick() == 0
    assert await kept.draft(TENANT, "ana", "d1") == DRAFT
    clock.now += timedelta(seconds=1)
    assert await kept.draft(TENANT, "ana", "d1") is None
    assert stored.count(drafts_table) == 1
    assert await tick() == 0
    assert (stored.count(drafts_table), stored.count(own_templates)) == (0, 1)


async def test_own_templates_are_their_team_s_by_name(kept: Drafts) -> None:
    other = Own("own-2", "apple", 5, ("bg",))
    for own in (OWN, other):
        assert await kept.keep_own(TENANT, HERE, own, f'"{own.id}"', "ana")
    assert await kept.own(TENANT, HERE) == [other, OWN]
    assert await kept.own_source(TENANT, HERE, "own-1") == '"own-1"'
    for tenant, team in (("other", HERE), (TENANT, "19:else")):
        assert await kept.own(tenant, team) == []
        assert await kept.own_source(tenant, team, "own-1") is None
        assert await kept.drop_own(tenant, team, "own-1")
    assert await kept.keep_own(TENANT, HERE, Own("own-1", "Żółw", 30, ("en",)), "new", "eva")
    assert [own.minutes for own in await kept.own(TENANT, HERE)] == [5, 30]
    assert await kept.own_source(TENANT, HERE, "own-1") == "new"
    assert await kept.drop_own(TENANT, HERE, "own-1")
    assert await kept.own(TENANT, HERE) == [other]


async def test_what_cannot_be_written_is_said(kept: Drafts, stored: Stored) -> None:
    await stored.writer.close()
    for write in (
        partial(kept.keep, DRAFT),
        partial(kept.drop, DRAFT),
        partial(kept.keep_own, TENANT, HERE, OWN, "{}", "ana"),
        partial(kept.drop_own, TENANT, HERE, "own-1"),
    ):
        assert await write() is False
