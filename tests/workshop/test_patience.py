"""Whoever waits too long is told so, in time, and nobody else is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from tests.workshop.in_no_time import in_no_time
from workshop.patience import Patience


class Guest:
    """Waits, and notes when it was told that it is too late."""

    def __init__(self) -> None:
        self.served = False
        self.lost: list[float] = []

    def done(self) -> bool:
        return self.served

    def lose(self) -> None:
        self.lost.append(asyncio.get_running_loop().time())


def losses(guests: Sequence[Guest]) -> list[list[float]]:
    return [[round(at, 6) for at in guest.lost] for guest in guests]


def test_each_loses_patience_after_the_same_time_however_many_wait() -> None:
    async def story() -> None:
        patience, guests = Patience(5.0), [Guest() for _ in range(4)]
        began = asyncio.get_running_loop().time()
        for guest in guests:
            patience.watch(guest)
            await asyncio.sleep(2)
        guests[2].served = True  # at 8 s, a second before its time
        await asyncio.sleep(30)
        assert losses(guests) == [[began + 5], [began + 7], [], [began + 11]]

    in_no_time(story())


def test_who_comes_after_all_others_are_served_has_the_whole_time() -> None:
    async def story() -> None:
        patience, first, second = Patience(5.0), Guest(), Guest()
        patience.watch(first)
        first.served = True
        await asyncio.sleep(4)
        patience.watch(second)
        began = asyncio.get_running_loop().time()
        await asyncio.sleep(30)
        assert losses([first, second]) == [[], [began + 5]]

    in_no_time(story())


def test_what_was_left_of_an_event_loop_that_has_ended_stops_nobody() -> None:
    patience, before, after = Patience(5.0), Guest(), Guest()

    async def left() -> None:
        patience.watch(before)
        before.served = True

    async def story() -> None:
        patience.watch(after)
        await asyncio.sleep(6)

    in_no_time(left())
    in_no_time(story())
    assert (before.lost, len(after.lost)) == ([], 1)
