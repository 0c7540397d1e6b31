"""kill -9 at every point between receipt and answer: what was acknowledged is stored, what was not counts once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.hands import Dialog
from tests.faults.points import BEFORE, POINTS
from tests.faults.program import Program, presses, program
from tests.stories.acts import element


async def killed_at(run: Program, point: str, form: Dialog) -> None:
    """Somebody sends an answer that the bot is killed on; they press again, and Teams delivers the first once more."""
    text = f"killed when {point}"
    run.plans(f"kill {point}")
    answer = await presses(form, text)
    assert not element(answer.dialog, "receipt"), f"{point}: it was acknowledged, so it was not killed there"
    assert await run.gone() == -9, point
    first = run.room.sent[-1].activity
    there = sum(text in value for value in run.stored())
    assert there == (0 if point in BEFORE else 1), point

    await run.start()
    again = await presses(form, text)
    assert element(again.dialog, "receipt"), (point, again.texts())
    redelivered = await run.room.redeliver(first)
    assert redelivered.status == 200, point
    assert run.stored() == [value for value in run.stored() if text in value], point
    assert len(run.stored()) == 1, point


@pytest.mark.parametrize("points", [POINTS[::2], POINTS[1::2]], ids=["even", "odd"])
async def test_killed_at_every_point(
    tmp_path: Path, points: tuple[str, ...], record_property: Callable[[str, object], None]
) -> None:
    async with program(tmp_path) as run, asyncio.timeout(150):
        await run.begins("james")
        for point in points:
            form = await run.waits_for("james", "Answer")
            await killed_at(run, point, form)
    record_property("counted", f"kill -9: {len(points)} points ({', '.join(points)}), nothing lost, nothing doubled")
