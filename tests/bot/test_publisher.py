"""The publisher at its work: what it leaves alone, what it paces, and what it is throttled at."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.leases import Alone
from bot.publisher import EVERY
from bot.teams import Gone, Refused, Retry
from tests.bot.publishing import LOBBY, ON, Wall


@pytest.fixture
def wall() -> Wall:
    return Wall()


async def test_what_is_equal_is_left_alone(wall: Wall) -> None:
    await wall.ticks()
    assert wall.teams.calls == [("send", "")]
    for _ in range(3):
        await wall.ticks(seconds=5)
    assert len(wall.teams.calls) == 1
    assert wall.memory.shown == wall.paper.w.revision


async def test_a_deleted_message_stays_deleted(wall: Wall) -> None:
    """Somebody deleted the lobby card: it is not forced back, and everything else goes on."""
    await wall.ticks()
    wall.paper.starts()
    wall.teams.troubles = [Gone("MessageDeleted")]
    await wall.ticks(seconds=2)
    assert wall.memory.rows[LOBBY].state == "gone"
    assert "Collect" in wall.all_words(), "the stage's card is there"
    assert wall.memory.shown == wall.paper.w.revision
    wall.paper.next()
    await wall.ticks(seconds=10)
    assert ("edit", "1") not in wall.teams.calls[-2:]


async def test_a_conversation_that_is_gone_is_posted_to_no_more(wall: Wall) -> None:
    wall.teams.troubles = [Gone("ConversationNotFound")]
    await wall.passes(70)
    assert wall.teams.calls == [("send", "")]
    assert wall.memory.rows == {}, "nothing was ever posted"


async def test_a_conversation_that_is_there_again_gets_what_is_true_now(wall: Wall) -> None:
    """Kolbot was removed in the middle: what hangs there is edited when it is back, and what is new is posted."""
    await wall.ticks()
    wall.teams.closed[wall.paper.w.home] = Gone("BotNotInConversationRoster")
    wall.paper.starts()
    await wall.passes(70)
    assert len(wall.teams.calls) == 2, "tried once, then no more"
    assert {row.state for row in wall.memory.rows.values()} == {"posted"}
    assert wall.memory.shown < wall.paper.w.revision
    wall.teams.closed.clear()
    wall.addresses.forgotten.clear()
    await wall.passes(40)
    assert ON in wall.all_words() and "Collect" in wall.all_words()
    assert wall.memory.shown == wall.paper.w.revision


async def test_throttled_it_waits_as_long_as_teams_says(wall: Wall) -> None:
    wall.teams.troubles = [Retry(30.0, by_teams=True)]
    await wall.ticks()
    assert wall.teams.messages == {}
    await wall.ticks(seconds=29)
    assert len(wall.teams.calls) == 1
    await wall.ticks(seconds=2)
    assert len(wall.teams.messages) == 1
    assert wall.memory.shown == wall.paper.w.revision
    assert wall.memory.rows[LOBBY].generation == 1, "nothing had been posted: it takes nothing's place"


async def test_where_teams_does_not_say_how_long_it_is_tried_soon(wall: Wall) -> None:
    """Its own caution after many attempts would be longer than what people wait for."""
    wall.teams.troubles = [Retry(20.0)]
    await wall.ticks()
    await wall.passes(2)
    assert len(wall.teams.messages) == 1


async def test_an_edit_that_was_throttled_is_made(wall: Wall) -> None:
    """What was to be shown is not called shown before it is."""
    await wall.ticks()
    wall.paper.starts()
    wall.teams.troubles = [Retry(5.0, by_teams=True)]
    await wall.ticks(seconds=2)
    for _ in range(3):
        await wall.ticks(seconds=6)
    assert ON in wall.all_words()
    assert wall.memory.shown == wall.paper.w.revision


async def test_a_board_that_is_throttled_holds_up_no_new_step(wall: Wall) -> None:
    wall.paper.starts()
    for _ in range(3):
        await wall.ticks(seconds=10)
    wall.paper.says("ivan", K1=["a note"])
    wall.teams.troubles = [Retry(30.0, by_teams=True)]
    await wall.ticks()
    assert wall.teams.troubles == [] and "• a note — Ivan" not in wall.all_words()
    wall.paper.closes()
    wall.publisher.nudge("w1", True)
    await wall.ticks(seconds=1)
    assert "This step is closed. The facilitator opens the next one." in wall.all_words()
    assert "• a note — Ivan" not in wall.all_words(), "the board waits as long as Teams said"
    await wall.passes(28)
    assert "• a note — Ivan" not in wall.all_words()
    await wall.passes(2)
    assert "• a note — Ivan" in wall.all_words()
    assert wall.memory.shown == wall.paper.w.revision


async def test_a_board_without_its_turn_holds_up_no_new_step(wall: Wall) -> None:
    """Many boards are live: it looks again when it may go, and nothing is begun before."""
    wall.paper.starts()
    for _ in range(3):
        await wall.ticks(seconds=10)
    calls = len(wall.teams.calls)
    wall.paper.says("ivan", K1=["a note"])
    wall.teams.waits = 5.0
    await wall.ticks()
    assert len(wall.teams.calls) == calls
    wall.paper.closes()
    wall.publisher.nudge("w1", True)
    await wall.ticks()
    assert "This step is closed. The facilitator opens the next one." in wall.all_words()
    wall.teams.waits = 0.4
    await wall.passes(4)
    assert "• a note — Ivan" not in wall.all_words()
    await wall.passes(2)
    assert "• a note — Ivan" in wall.all_words()
    assert wall.memory.shown == wall.paper.w.revision


async def test_throttled_and_killed(wall: Wall) -> None:
    wall.teams.troubles = [Retry(30.0, by_teams=True)]
    await wall.ticks()
    wall.starts_again()
    await wall.ticks(seconds=31)
    assert len(wall.teams.messages) == 1


async def test_a_refused_card_does_not_hold_up_the_others(wall: Wall) -> None:
    wall.paper.starts()
    wall.teams.troubles = [Refused(400, "BadSyntax")]
    await wall.ticks()
    assert "Collect" in wall.all_words()
    assert wall.memory.shown < wall.paper.w.revision
    calls = len(wall.teams.calls)
    await wall.passes(30)
    assert len(wall.teams.calls) == calls, "not again and again"
    wall.paper.closes()
    await wall.passes(3)
    assert "This step is closed. The facilitator opens the next one." in wall.all_words(), "the others go on"
    await wall.passes(60)
    assert "3 people are in" in wall.all_words()
    assert wall.memory.shown == wall.paper.w.revision


async def test_a_refused_edit_leaves_what_was_shown(wall: Wall) -> None:
    await wall.ticks()
    before = wall.memory.rows[LOBBY]
    wall.paper.starts()
    wall.teams.troubles = [Refused(413, "MessageSizeTooBig")]
    await wall.passes(3)
    assert wall.memory.rows[LOBBY] == before
    assert "Collect" in wall.all_words()
    await wall.passes(60)
    assert ON in wall.all_words()


async def test_a_bug_in_one_board_is_tried_again(wall: Wall) -> None:
    wall.teams.troubles = [ValueError("a bug")]
    await wall.ticks()
    assert wall.teams.messages == {}
    await wall.passes(9)
    assert wall.teams.messages == {}
    await wall.passes(3)
    assert len(wall.teams.messages) == 1


async def test_when_the_database_is_back_the_board_is_soon_right(
    wall: Wall, caplog: pytest.LogCaptureFixture
) -> None:
    wall.publisher = wall.instance(away=(ConnectionError,))
    wall.teams.troubles = [ConnectionError("it stands for the store's")]
    await wall.ticks()
    assert "wait for the database: ConnectionError" in caplog.text and "bug" not in caplog.text
    await wall.passes(2)
    assert len(wall.teams.messages) == 1


async def test_before_anybody_said_where_the_conversation_is(wall: Wall) -> None:
    wall.addresses.known = False
    await wall.ticks()
    assert wall.teams.calls == []
    wall.addresses.known = True
    await wall.ticks(seconds=31)
    assert len(wall.teams.messages) == 1


async def test_a_workshop_that_is_gone(wall: Wall) -> None:
    wall.paper.maybe, kept = None, wall.paper.maybe
    await wall.publisher._guarded("w1")
    assert wall.teams.calls == [] and kept is not None


async def test_answers_wait_for_the_boards_pace_and_a_new_step_does_not(wall: Wall) -> None:
    wall.paper.starts()
    for _ in range(3):
        await wall.ticks(seconds=10)
    before = len(wall.teams.calls)
    for number in range(8):
        wall.paper.says("ivan", K1=[f"note {number}"])
        wall.publisher.nudge("w1", False)
        await wall.ticks(seconds=0.25)
    assert len(wall.teams.calls) - before <= 2, "two seconds"
    wall.paper.closes()
    wall.publisher.nudge("w1", True)
    await wall.ticks()
    assert "This step is closed. The facilitator opens the next one." in wall.all_words(), "at once"
    for _ in range(3):
        await wall.ticks(seconds=EVERY.total_seconds())
    assert "• note 7 — Ivan" in wall.all_words()
    assert wall.memory.shown == wall.paper.w.revision


def another(wall: Wall, number: int) -> None:
    """Other numbers on the board than before."""
    if number % 3 < 2:
        wall.paper.says(("ivan", "eva")[number % 3], K1=["a note"])
    else:
        wall.paper.withdraws("ivan")
        wall.paper.withdraws("eva")


async def test_two_instances_keep_the_boards_pace_together(wall: Wall) -> None:
    wall.paper.starts()
    for _ in range(3):
        await wall.ticks(seconds=10)
    calls = len(wall.teams.calls)
    both = (wall.publisher, wall.instance("other"))
    for number in range(20):
        another(wall, number)
        await both[number % 2].tick()
        await both[number % 2].settle()
        wall.clock.passes(seconds=1)
    assert len(wall.teams.calls) - calls == 10, "one in two seconds"


async def test_where_nothing_is_to_be_edited_the_board_is_not_counted_again_and_again(wall: Wall) -> None:
    """People send the same again, or what stays hidden."""
    wall.paper.starts()
    wall.paper.says("ivan", K1=["a note"])
    for _ in range(3):
        await wall.ticks(seconds=10)
    reads, calls = wall.reader.reads, len(wall.teams.calls)
    for _ in range(40):
        wall.paper.says("ivan", K1=["another note"])
        wall.publisher.nudge("w1", False)
        await wall.ticks(seconds=0.25)
    assert len(wall.teams.calls) == calls
    assert wall.reader.reads - reads == 5, "once in two seconds"


@pytest.mark.parametrize("urgent", [False, True])
async def test_others_wait_as_long_as_teams_told_this_one_and_no_longer(wall: Wall, urgent: bool) -> None:
    at: list[datetime] = []

    class Noting(Alone):
        async def give_back(self, name: str, holder: str, instant: datetime) -> None:
            at.append(instant)

    wall.publisher = wall.instance(leases=Noting())
    wall.teams.troubles = [Retry(30.0, by_teams=True)]
    if urgent:
        wall.paper.starts()
    await wall.ticks()
    assert at == [wall.clock.now + timedelta(seconds=30)]
    await wall.ticks(seconds=31)
    assert at[1:] == [wall.clock.now], "a new step at another instance does not wait for the board's pace here"
    wall.paper.closes() if urgent else wall.paper.starts()
    wall.teams.troubles = [Retry(30.0, by_budget=True)]
    await wall.ticks(seconds=10)
    assert at[2:] == [wall.clock.now + timedelta(seconds=30)]


async def test_a_new_step_while_the_board_is_worked_on_is_looked_at_at_once(wall: Wall) -> None:
    wall.paper.starts()
    for _ in range(3):
        await wall.ticks(seconds=10)
    wall.paper.says("ivan", K1=["a note"])
    wall.teams.troubles = [answer := asyncio.Event()]
    calls = len(wall.teams.calls)
    wall.publisher.nudge("w1", False)
    wall.publisher.look()
    while len(wall.teams.calls) == calls:  # noqa: ASYNC110 - until its request is on its way
        await asyncio.sleep(0)
    wall.paper.closes()
    wall.publisher.nudge("w1", True)
    answer.set()
    await wall.publisher.settle()
    wall.publisher.look()
    await wall.publisher.settle()
    assert "This step is closed. The facilitator opens the next one." in wall.all_words()
