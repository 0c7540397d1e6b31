"""A clock that jumps, as after a suspended machine or a wrong time server: nothing is lost or doubled."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.chat import Session, label, session
from tests.stories.acts import element, form_of, leads, practices, sends, stored

NEXT = label("Next: {step}", "pl").partition("{")[0]


async def begun(room: Session) -> None:
    """Teams' clock is another one, and does not jump."""
    start, began = room.clock.now.timestamp(), time.monotonic()
    room.room.world.clock = lambda: start + time.monotonic() - began
    await room.opens()
    await room.joins("james", "liga", "ivan")
    await leads(room, label("Start", "pl"))


@pytest.mark.parametrize("jump", [{"hours": -1}, {"days": -400}, {"minutes": -3}], ids=str)
async def test_back(tmp_path: Path, jump: dict[str, float]) -> None:
    async with session(tmp_path) as room:
        await begun(room)
        assert element((await sends(await form_of(room, "liga"), K1="Before it")).dialog, "receipt")
        old = room.room.sent[-1].activity
        room.clock.passes(**jump)
        assert element((await sends(await form_of(room, "james"), K1="After it")).dialog, "receipt")
        assert element((await sends(await form_of(room, "ivan"), K1="Long after")).dialog, "receipt")
        await room.room.redeliver(old)
        await room.bot.clockwork.tick()
        assert sorted(await practices(room)) == [["After it"], ["Before it"], ["Long after"]]
        await leads(room, NEXT)
        assert (await stored(room))[0].at > 0, "the course goes on"


@pytest.mark.parametrize("jump", [{"hours": 1}, {"days": 400}], ids=str)
async def test_forward(tmp_path: Path, jump: dict[str, float]) -> None:
    """What the clock says is over is closed, with what was given; it can be opened again."""
    async with session(tmp_path) as room:
        await begun(room)
        form = await form_of(room, "james")
        assert element((await sends(await form_of(room, "liga"), K1="Before it")).dialog, "receipt")
        room.clock.passes(**jump)
        late = await sends(form, K1="Too late")
        assert element(late.dialog, "refusal"), late.texts()
        assert late.dialog is not None and "Too late" in late.dialog.values().values()
        await room.ticks()
        assert (await stored(room))[0].status == "closed"
        await leads(room, label("Reopen the step", "pl"))
        assert element((await sends(await form_of(room, "james"), K1="In time")).dialog, "receipt")
        assert sorted(await practices(room)) == [["Before it"], ["In time"]]


async def test_to_and_fro(tmp_path: Path) -> None:
    """Thirty jumps while three people change their answers: each has the last one they were told is recorded."""
    async with session(tmp_path) as room:
        await begun(room)
        for number in range(30):
            room.clock.passes(seconds=(-1) ** number * number * 7)
            who = ("james", "liga", "ivan")[number % 3]
            answer = await sends(await form_of(room, who), K1=f"{who} {number}")
            if (await stored(room))[0].status == "open":
                assert element(answer.dialog, "receipt"), answer.texts()
        assert sorted(await practices(room)) == [["ivan 29"], ["james 27"], ["liga 28"]]
