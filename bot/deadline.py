"""The time that work has, as `asyncio.timeout` would give it, with one timer for all. Cancels nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from workshop.patience import Patience

T = TypeVar("T")


class Deadline:
    """The same time for everything that is done within it."""

    def __init__(self, seconds: float) -> None:
        self._patience = Patience(seconds)

    async def keep(self, work: Awaitable[T]) -> T:
        """What the work returns. TimeoutError where it takes longer: it is cancelled then."""
        task = asyncio.current_task()
        assert task is not None, "a coroutine runs in a task"
        stint = _Stint(task)
        self._patience.watch(stint)
        try:
            return await work
        except asyncio.CancelledError:
            # As asyncio.timeout has it: whoever else cancels the task is not to be swallowed.
            if stint.late and task.uncancel() <= stint.cancelling:
                raise TimeoutError from None
            raise
        finally:
            stint.over = True


class _Stint:
    """Work that is under way in a task."""

    __slots__ = ("cancelling", "late", "over", "task")

    def __init__(self, task: asyncio.Task[object]) -> None:
        self.task = task
        self.cancelling = task.cancelling()
        self.late = self.over = False

    def done(self) -> bool:
        return self.over

    def lose(self) -> None:
        self.late = True
        self.task.cancel()
