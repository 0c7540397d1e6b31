"""A batch is as if its commands had come one after the other, whatever they are."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, START, after, gave, joined, opened
from workshop import commands as c
from workshop.service import Change, Done

PEOPLE = ("jan", "eva", "ola")
WORDS = ("bread", "butter", "salt", "tea")


def anything(chance: random.Random, workshop: str) -> Iterator[Change]:
    """Commands that look at answers, between commands that give them, change them and take them back."""
    yield opened(workshop, home=workshop)
    yield from (joined(person, workshop) for person in PEOPLE)
    yield Change(c.Start(workshop=workshop, by=ANA), START)
    yield Change(c.AllowLate(workshop=workshop, by=ANA, allowed=True), START)
    for second in range(10, 400, 10):
        now, person = after(second), chance.choice(PEOPLE)
        match chance.randrange(9):
            case 0 | 1 | 2 | 3:
                notes = chance.sample(WORDS, chance.randint(0, 3))
                yield gave(person, *notes, workshop=workshop, now=now, remark=chance.choice(("", *WORDS)))
            case 4 | 5:
                yield Change(c.WithdrawAnswers(workshop=workshop, by=person, step=0), now)
            case 6 | 7:
                yield Change(c.Next(workshop=workshop, by=ANA), now)
            case _:
                yield Change(c.Back(workshop=workshop, by=ANA), now)


@pytest.mark.parametrize("seed", range(20))
async def test_a_batch_is_as_if_one_came_after_the_other(stored: Stored, seed: int) -> None:
    alone = list(anything(random.Random(seed), "alone"))
    together = list(anything(random.Random(seed), "together"))
    start = 6 + seed % 20  # some are stored before the batch, which reads them

    told_alone = [await stored.writer.change(change) for change in alone]
    told = [await stored.writer.change(change) for change in together[:start]]
    told_together = [*told, *await stored.in_one_batch(*together[start:])]

    assert [_seen(outcome) for outcome in told_together] == [_seen(outcome) for outcome in told_alone]
    one, other = await stored.reader.answers("alone"), await stored.reader.answers("together")
    assert one is not None
    assert other is not None
    assert other[1] == one[1]
    assert other[0].revision == one[0].revision
    last = next(outcome for outcome in reversed(told_together) if isinstance(outcome, Done))
    assert other[0] == last.workshop


async def test_who_changes_an_answer_keeps_their_place_for_a_next_in_the_same_batch(stored: Stored) -> None:
    await stored.begin("jan", "eva")
    await stored.done(gave("jan", "bread"))
    await stored.done(gave("eva", "salt"))
    await stored.in_one_batch(gave("jan", "tea"), Change(c.Next(workshop="w1", by=ANA), after(60)))
    assert [item.label[""] for item in (await stored.workshop()).items["dots"]] == ["tea", "salt"]


def _seen(outcome: object) -> object:
    """What a command led to, without the workshop's name."""
    if not isinstance(outcome, Done):
        return outcome
    w = outcome.workshop
    return type(outcome), outcome.repeated, w.revision, w.at, w.status, w.items, [type(e) for e in outcome.events]
