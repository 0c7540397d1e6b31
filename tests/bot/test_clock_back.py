"""A clock that is put back does not freeze the boards."""

from __future__ import annotations

from datetime import timedelta

from tests.bot.publishing import Wall


async def test_what_waits_by_a_clock_that_was_put_back_goes_on() -> None:
    wall = Wall()
    wall.paper.starts()
    await wall.ticks(seconds=10)
    for number in range(2):  # the first edit starts the board's pace
        wall.paper.says("ivan", K1=[f"note {number}"])
        await wall.ticks()
    wall.clock.now -= timedelta(hours=1)
    wall.paper.closes()
    await wall.ticks()
    await wall.ticks(seconds=3)
    assert "note 1" in wall.all_words(), "the board follows, an hour before its old pace would have let it"
