"""First posts whose outcome nobody knows: posted anew, or waited for; never two that look alive."""

from __future__ import annotations

import asyncio

import pytest

from bot.posting import CRASHED, HANGING
from bot.teams import Retry, Unknown
from tests.bot.publishing import LOBBY, MOVED, Killed, Wall


@pytest.fixture
def wall() -> Wall:
    return Wall()


async def test_lost_it_is_posted_anew_at_once_and_says_so(wall: Wall) -> None:
    """It has happened or never will: what hangs there cannot be reached, and the second says that it counts."""
    wall.teams.troubles = [(Unknown("lost"), True)]
    await wall.ticks()
    assert wall.memory.rows[LOBBY].state == "unknown"
    assert wall.memory.shown < wall.paper.w.revision, "it is not called published"
    await wall.ticks()
    assert wall.memory.rows[LOBBY].state == "posted"
    assert wall.memory.shown == wall.paper.w.revision
    first, second = wall.reads()
    assert set(second) - set(first) == {MOVED}


async def test_lost_again_and_again_it_takes_its_time(wall: Wall) -> None:
    wall.teams.troubles = [(Unknown("lost"), True)] * 8
    await wall.ticks()
    hung = []
    for _ in range(60):
        await wall.ticks(seconds=0.5)
        hung.append(len(wall.teams.messages))
    assert hung[:20].count(2) == 2 and hung[:20].count(3) == 6, "after one second, after three"
    assert hung[-1] == 6, "and after seven and fifteen"


async def test_killed_between_intending_and_posting(wall: Wall) -> None:
    """It was written down that it would be posted, and nothing else happened."""
    await wall.memory.intend("w1", LOBBY, wall.clock.now, by="")
    wall.starts_again()
    await wall.ticks(seconds=CRASHED.total_seconds() - 0.5)
    assert wall.teams.calls == [], "its request may have been on its way"
    await wall.ticks(seconds=1)
    assert len(wall.teams.messages) == 1
    assert wall.memory.rows[LOBBY].state == "posted"


async def test_killed_in_the_middle_of_posting(wall: Wall) -> None:
    """The process dies with the post on its way (no answer is written down); afterwards the card is whole and live."""
    wall.teams.troubles = [(Killed(), True)]
    with pytest.raises(Killed):
        await wall.publisher._guarded("w1")
    wall.starts_again()
    await wall.passes(4)
    assert wall.memory.rows[LOBBY].state == "posted"
    name = wall.memory.rows[LOBBY].activity_id
    assert name is not None
    assert "3 people are in" in wall.words_of(name)
    assert MOVED in wall.words_of(name)


async def test_one_that_hangs_is_waited_for_and_never_doubled(wall: Wall) -> None:
    """Teams is slow: the rest of the wall goes on, and the card's id is taken when it comes."""
    wall.paper.starts()
    answer = asyncio.Event()
    wall.teams.troubles = [answer]
    await wall.ticks()
    assert "Collect" in wall.all_words(), "the stage's card is there"
    assert wall.memory.rows[LOBBY].state == "sending"
    await wall.passes(HANGING)
    assert wall.teams.calls.count(("send", "")) == 3, "the lobby, the stage, the board: each once"
    wall.paper.closes()
    answer.set()
    await wall.publisher.close()
    assert wall.memory.rows[LOBBY].state == "posted"
    await wall.passes(3)
    assert len(wall.teams.messages) == 3
    assert ON_BOARD in wall.all_words() and MOVED not in wall.all_words()
    assert wall.memory.shown == wall.paper.w.revision


ON_BOARD = "This step is closed. The facilitator opens the next one."


@pytest.mark.parametrize(("outcome", "bugs"), [(Unknown("no answer"), 0), (Retry(1.0), 0), (ValueError("a bug"), 1)])
async def test_one_that_hangs_and_comes_to_nothing_is_posted_anew(
    wall: Wall, outcome: Exception, bugs: int, caplog: pytest.LogCaptureFixture
) -> None:
    class Hanging(type(wall.teams)):  # type: ignore[misc]
        async def send(self, *said: object, **more: object) -> str:
            if not self.calls:
                self.calls.append(("send", ""))
                await answer.wait()
                raise outcome
            return str(await super().send(*said, **more))

    answer = asyncio.Event()
    wall.teams = Hanging()
    wall.starts_again()
    await wall.ticks()
    wall.clock.passes(seconds=5)
    answer.set()
    await wall.publisher._posting.settle(60)
    wall.publisher.look()
    await wall.publisher.settle()
    assert len(wall.teams.messages) == 1, "without waiting for a sweep"
    assert wall.memory.rows[LOBBY].state == "posted"
    assert sum(record.message.startswith("bug ") for record in caplog.records) == bugs


async def test_what_another_instance_is_posting_is_left_to_it(wall: Wall) -> None:
    """Only when it must have given up is it posted anew."""
    class Alive:
        async def follow(self, name: str, holder: str, now: object, seconds: float) -> str:
            return ""

        async def give_back(self, name: str, holder: str, at: object) -> None: ...
        async def silent(self, instance: str, now: object) -> bool:
            return False

    await wall.memory.intend("w1", LOBBY, wall.clock.now, by="other")
    wall.publisher = wall.instance("this", leases=Alive())
    await wall.passes(HANGING)
    assert wall.teams.calls == []
    await wall.passes(12)
    assert len(wall.teams.messages) == 1


async def test_given_up_by_another_and_answered_after_all_it_points_to_the_other(wall: Wall) -> None:
    """This instance seemed dead, another posted anew; then the answer comes: two cards, one of them alive."""
    answer = asyncio.Event()
    wall.teams.troubles = [answer]
    wall.publisher = wall.instance("this")
    await wall.ticks()
    other = wall.instance("other")
    wall.clock.passes(seconds=3)
    await other.tick()
    await other.settle()
    assert wall.memory.rows[LOBBY].activity_id == "1"
    answer.set()
    await wall.publisher.close()
    await wall.passes(3)
    assert wall.memory.rows[LOBBY].activity_id == "1"
    assert wall.words_of("2") == ["Learning", "↓ This card goes on further down in this conversation."]
    assert "3 people are in" in wall.words_of("1")


async def test_what_hangs_is_written_down_however_often_that_fails(wall: Wall) -> None:
    wall.memory.fails = 2
    await wall.ticks()
    await wall.publisher.close()
    await wall.passes(3)
    assert len(wall.teams.messages) == 1
    assert wall.memory.rows[LOBBY].state == "posted"


async def test_what_cannot_be_written_down_at_all_is_posted_anew(wall: Wall) -> None:
    wall.publisher._posting.pauses = (0.0,)
    wall.memory.fails = 2
    await wall.ticks()
    assert wall.memory.rows[LOBBY].state == "sending"
    await wall.passes(15)
    assert MOVED in wall.words_of("2")


async def test_a_clock_that_was_put_back_holds_up_no_post(wall: Wall) -> None:
    await wall.memory.intend("w1", LOBBY, wall.clock.now, by="")
    wall.clock.passes(hours=-1)
    wall.starts_again()
    await wall.ticks()
    assert len(wall.teams.messages) == 1
