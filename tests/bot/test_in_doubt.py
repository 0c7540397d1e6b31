"""Edits that may land late: as long as they may, the newest state is put again and again, so the room is soon right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.doubts import AGAIN, SETTLING, Doubts
from bot.teams import Priority, Retry, Unknown
from tests.bot.publishing import LOBBY, ON, Killed, Wall
from tests.workshop.paper import START

STALE: dict[str, Any] = {"attachments": [{"content": {"body": []}}]}


@pytest.fixture
def wall() -> Wall:
    return Wall()


async def started(wall: Wall, trouble: object) -> None:
    """The lobby's card hangs there; its edit at the start of the workshop meets this."""
    await wall.ticks()
    wall.paper.starts()
    wall.teams.troubles = [trouble]
    await wall.ticks(seconds=2)


async def test_an_edit_whose_answer_was_lost_is_put_again_at_once(wall: Wall) -> None:
    await started(wall, Unknown("lost"))
    assert wall.memory.rows[LOBBY].state == "unknown"
    await wall.passes(1)
    assert ON in wall.all_words()
    assert wall.memory.shown < wall.paper.w.revision, "it may still land"


@pytest.mark.parametrize("trouble", [False, Unknown("lost")])
@pytest.mark.parametrize("late", [1, 7, 20, 30, 44])
async def test_however_late_an_edit_lands_the_room_is_right_within_five_seconds(
    wall: Wall, trouble: object, late: int
) -> None:
    await started(wall, trouble)
    await wall.passes(late)
    wall.teams.messages["1"] = STALE
    wrong = 0.0
    while wall.teams.messages["1"] == STALE:
        await wall.ticks(seconds=0.25)
        wrong += 0.25
    assert wrong <= AGAIN + 1 <= 5
    assert ON in wall.all_words()
    await wall.passes(SETTLING.total_seconds())
    assert wall.memory.rows[LOBBY].state == "posted"
    assert wall.memory.shown == wall.paper.w.revision
    calls = len(wall.teams.calls)
    await wall.passes(60)
    assert len(wall.teams.calls) == calls, "then it is left alone"


async def test_only_what_is_in_doubt_is_put_again_and_after_all_news(wall: Wall) -> None:
    await started(wall, False)
    calls = len(wall.teams.calls)
    await wall.passes(SETTLING.total_seconds() + 5)
    again = wall.teams.calls[calls:]
    assert set(again) == {("edit", "1")}
    assert len(again) == SETTLING.total_seconds() // 4 + 1, "seen each second, it is due at the fourth"
    assert set(wall.teams.priorities[-len(again):]) == {Priority.BOARD}


async def test_what_is_new_does_not_wait_for_doubts(wall: Wall) -> None:
    await started(wall, False)
    wall.paper.cancels()
    wall.publisher.nudge("w1", True)
    await wall.ticks()
    assert ON not in wall.all_words()
    await wall.passes(SETTLING.total_seconds() + 5)
    assert wall.memory.shown == wall.paper.w.revision


async def test_a_doubt_survives_the_process(wall: Wall) -> None:
    await started(wall, False)
    wall.starts_again()
    await wall.passes(20)
    wall.teams.messages["1"] = STALE
    wall.starts_again()
    await wall.passes(5)
    assert wall.teams.messages["1"] != STALE


async def test_killed_on_the_way_to_an_edit(wall: Wall) -> None:
    """What it was sending may land after its successor's."""
    await wall.ticks()
    wall.paper.starts()
    wall.teams.troubles = [Killed()]
    with pytest.raises(Killed):
        await wall.publisher._guarded("w1")
    wall.starts_again()
    await wall.passes(2)
    assert ON in wall.all_words()
    wall.teams.messages["1"] = STALE
    await wall.passes(5)
    assert ON in wall.all_words()
    await wall.passes(SETTLING.total_seconds())
    assert wall.memory.shown == wall.paper.w.revision


async def test_a_message_that_nobody_was_at_is_not_in_doubt_after_a_crash(wall: Wall) -> None:
    wall.paper.starts()
    await wall.passes(3)
    wall.paper.closes()
    wall.teams.troubles = [Killed()]
    with pytest.raises(Killed):
        await wall.publisher._guarded("w1")
    wall.starts_again()
    calls = len(wall.teams.calls)
    await wall.passes(60)
    names = [name for _, name in wall.teams.calls[calls:]]
    assert names.count("1") == 0 and names.count("2") > 5, "the stage's card was on its way"


def test_many_doubts_are_put_more_slowly() -> None:
    """Six messages of one workshop in doubt: each every six seconds, one a second in all."""
    doubts, now = Doubts(), START
    for number in range(6):
        doubts.doubt(("w1", str(number)), now + SETTLING)
    assert doubts.again("w1", now) == timedelta(seconds=6)
    assert doubts.again("w2", now) == timedelta(seconds=AGAIN)
    for number in range(6):
        doubts.surely(("w1", str(number)))
    assert doubts.again("w1", now) == timedelta(seconds=AGAIN)
    for number in range(100):
        doubts.doubt((str(number), "board:0"), now + SETTLING)
    assert doubts.again("w2", now) == timedelta(seconds=20), "five a second in all"
    assert doubts.again("w2", now + 2 * SETTLING) == timedelta(seconds=AGAIN)


async def test_what_is_put_again_and_throttled_is_tried_later(wall: Wall) -> None:
    await started(wall, False)
    wall.teams.troubles = [Retry(9.0, by_teams=True)]
    await wall.passes(4)
    calls = len(wall.teams.calls)
    await wall.passes(8)
    assert len(wall.teams.calls) == calls
    await wall.passes(SETTLING.total_seconds())
    assert wall.memory.shown == wall.paper.w.revision


async def test_another_instance_has_begun_meanwhile(wall: Wall) -> None:
    """This one was stalled in an edit, and taken for dead: what came of it is not recorded over what the other did."""
    await wall.ticks()
    wall.paper.starts()

    class Stalling(type(wall.teams)):  # type: ignore[misc]
        async def edit(self, *said: object, **more: object) -> bool:
            name = str(said[1])
            await wall.memory.editing("w1", LOBBY, wall.clock.now, wall.clock.now + SETTLING, "other")
            self.messages[name] = said[2]
            return True

    teams = Stalling(messages=wall.teams.messages)
    wall.teams = teams
    wall.publisher = wall.instance("this")
    await wall.ticks()
    assert wall.memory.rows[LOBBY].by == "other"
    assert wall.memory.rows[LOBBY].state == "unknown"
    assert wall.memory.shown < wall.paper.w.revision


async def test_everything_again_after_the_memory_of_a_crash(wall: Wall) -> None:
    """A new process at every single look of a course: no message twice, and the wall ends equal to the paper."""
    wall.paper.starts()
    wall.paper.says("ivan", K1=["alpha", "beta"])
    for doing in (wall.paper.closes, wall.paper.next, wall.paper.pauses):
        doing()
        for _ in range(4):
            wall.starts_again()
            await wall.ticks(seconds=SETTLING.total_seconds())
    slots = [row.activity_id for row in wall.memory.rows.values() if row.activity_id]
    assert len(set(slots)) == len(slots) == len(wall.teams.messages)
    assert wall.memory.shown == wall.paper.w.revision
    assert "Step 2 of" in wall.all_words()
