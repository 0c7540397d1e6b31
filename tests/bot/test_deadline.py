"""Work that takes too long is cancelled and called late; whoever else cancels it is obeyed."""

from __future__ import annotations

import asyncio

import pytest

from bot.deadline import Deadline
from tests.workshop.in_no_time import in_no_time


def test_work_in_time_gives_its_result_and_nobody_comes_back_to_it() -> None:
    async def story() -> str:
        deadline = Deadline(4.0)
        found = await deadline.keep(asyncio.sleep(3, "in time"))
        await asyncio.sleep(10)  # long after the deadline, in the same task
        return found

    assert in_no_time(story()) == "in time"


def test_late_work_is_cancelled_at_its_deadline_and_the_task_goes_on() -> None:
    async def story() -> None:
        loop, deadline, ended = asyncio.get_running_loop(), Deadline(4.0), False
        began = loop.time()

        async def work() -> None:
            nonlocal ended
            try:
                await asyncio.sleep(60)
            finally:
                ended = True

        with pytest.raises(TimeoutError):
            await deadline.keep(work())
        assert ended and loop.time() - began == pytest.approx(4.0)
        task = asyncio.current_task()
        assert task is not None and task.cancelling() == 0
        assert await deadline.keep(asyncio.sleep(1, "once more")) == "once more"

    in_no_time(story())


def test_an_error_of_the_work_is_the_works_own() -> None:
    async def story() -> None:
        async def work() -> None:
            raise ValueError("a bug")

        with pytest.raises(ValueError, match="a bug"):
            await Deadline(4.0).keep(work())

    in_no_time(story())


@pytest.mark.parametrize("after", [1.0, 4.0])
def test_whoever_cancels_the_task_is_not_taken_for_the_deadline(after: float) -> None:
    async def story() -> None:
        working = asyncio.create_task(Deadline(4.0).keep(asyncio.sleep(60)))
        # At 4.0 both cancel it in the same round of the loop, and this one has to win.
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_later(after, working.cancel)
        with pytest.raises(asyncio.CancelledError):
            await working

    in_no_time(story())
