"""The publisher when things go wrong: lost answers, vanished messages, throttling, crashes, a picture that fails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.publisher import EVERY, SETTLING, Publisher
from bot.teams import Gone, Refused, Retry, Unknown
from rehearsal.hands import texts
from tests.bot.wall_in_memory import Addresses, Hand, Memory, PaperReader, Pictures, ScriptedTeams
from tests.workshop.paper import START, Paper, opened


class Wall:
    """A workshop on paper, and what hangs of it in a conversation."""

    def __init__(self) -> None:
        self.paper: Paper = opened()
        self.clock = Hand(START)
        self.memory = Memory(self.paper)
        self.reader = PaperReader(self.paper)
        self.teams = ScriptedTeams()
        self.addresses = Addresses()
        self.pictures = Pictures()
        self.starts_again()

    def starts_again(self) -> None:
        """The process died and is there again: only the memory of posts and the conversation are as they were."""
        self.publisher = Publisher(
            self.reader,
            self.memory,
            self.addresses,
            self.teams,  # type: ignore[arg-type]
            self.pictures,
            self.clock,
        )

    async def ticks(self, **time: float) -> None:
        self.clock.passes(**time)
        await self.publisher.tick()
        await self.publisher.settle()

    def reads(self) -> list[list[str]]:
        """The words of every message, in the order in which they hang."""
        return [texts(_card(message)) for message in self.teams.messages.values()]

    def all_words(self) -> str:
        return "\n".join(word for words in self.reads() for word in words)


def _card(message: Any) -> dict[str, Any]:
    card: dict[str, Any] = message["attachments"][0]["content"]
    return card


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


async def test_the_first_post_is_lost_and_never_doubled(wall: Wall) -> None:
    """Teams took it and its answer was lost: whether it hangs is not known until it has had time to land."""
    wall.teams.troubles = [(Unknown("lost"), True)]
    await wall.ticks()
    assert len(wall.teams.messages) == 1
    assert wall.memory.rows["stage:lobby:0"].state == "unknown"
    assert wall.memory.shown < wall.paper.w.revision, "it is not called published"
    await wall.ticks(seconds=10)
    assert len(wall.teams.calls) == 1, "not at once: it may still land"
    await wall.ticks(seconds=SETTLING.total_seconds())
    assert wall.memory.rows["stage:lobby:0"].state == "posted"
    assert wall.memory.shown == wall.paper.w.revision


async def test_posted_anew_it_says_so(wall: Wall) -> None:
    """Two cards hang there now, and nobody can reach the first one: the second says that it takes its place."""
    wall.teams.troubles = [(Unknown("lost"), True)]
    await wall.ticks()
    for _ in range(2):
        await wall.ticks(seconds=SETTLING.total_seconds())
    first, second = wall.reads()
    assert set(second) - set(first), "a word that it has moved"


async def test_killed_between_intending_and_posting(wall: Wall) -> None:
    """It was written down that it would be posted, and nothing else happened."""
    await wall.memory.intend("w1", "stage:lobby:0", wall.clock.now)
    wall.starts_again()
    for _ in range(3):
        await wall.ticks(seconds=SETTLING.total_seconds())
    assert len(wall.teams.messages) == 1
    assert wall.memory.rows["stage:lobby:0"].state == "posted"


async def test_killed_in_the_middle_of_posting(wall: Wall) -> None:
    """The process dies with the post on its way (no answer is written down); afterwards the card is whole and live."""
    wall.teams.troubles = [(KeyboardInterrupt(), True)]
    with pytest.raises(KeyboardInterrupt):
        await wall.publisher._make_equal("w1")
    wall.starts_again()
    for _ in range(3):
        await wall.ticks(seconds=SETTLING.total_seconds())
    assert wall.memory.rows["stage:lobby:0"].state == "posted"
    name = wall.memory.rows["stage:lobby:0"].activity_id
    assert name is not None
    assert "3 people are in" in texts(_card(wall.teams.messages[name]))


async def test_an_edit_whose_answer_was_lost_is_put_again(wall: Wall) -> None:
    await wall.ticks()
    wall.paper.starts()
    wall.teams.troubles = [Unknown("lost")]
    await wall.ticks(seconds=2)
    lobby = wall.memory.rows["stage:lobby:0"]
    assert lobby.state == "unknown"
    await wall.ticks(seconds=SETTLING.total_seconds())
    assert "The workshop has started; you can still join. It goes on further down." in wall.all_words()
    assert wall.memory.shown == wall.paper.w.revision


async def test_an_edit_that_an_earlier_one_may_overtake_is_put_again(wall: Wall) -> None:
    """Edited, but an earlier attempt of the same call may still land: put once more when that is over."""
    await wall.ticks()
    wall.paper.starts()
    wall.teams.troubles = [False]
    await wall.ticks(seconds=2)
    stale = wall.teams.messages["1"]
    assert wall.memory.rows["stage:lobby:0"].state == "unknown"
    assert wall.memory.shown < wall.paper.w.revision
    wall.teams.messages["1"] = {"attachments": [{"content": {"body": []}}]}  # the late one lands
    await wall.ticks(seconds=SETTLING.total_seconds())
    assert wall.teams.messages["1"] == stale
    assert wall.memory.rows["stage:lobby:0"].state == "posted"


async def test_a_deleted_message_stays_deleted(wall: Wall) -> None:
    """Somebody deleted the lobby card: it is not forced back, and everything else goes on."""
    await wall.ticks()
    wall.paper.starts()
    wall.teams.troubles = [Gone("MessageDeleted")]
    await wall.ticks(seconds=2)
    assert wall.memory.rows["stage:lobby:0"].state == "gone"
    assert "Collect" in wall.all_words(), "the stage's card is there"
    assert wall.memory.shown == wall.paper.w.revision
    wall.paper.next()
    await wall.ticks(seconds=10)
    assert ("edit", "1") not in wall.teams.calls[-2:]


async def test_throttled_it_waits_as_long_as_teams_says(wall: Wall) -> None:
    wall.teams.troubles = [Retry(30.0)]
    await wall.ticks()
    assert wall.teams.messages == {}
    await wall.ticks(seconds=29)
    assert len(wall.teams.calls) == 1
    await wall.ticks(seconds=2)
    assert len(wall.teams.messages) == 1
    assert wall.memory.shown == wall.paper.w.revision


async def test_an_edit_that_was_throttled_is_made(wall: Wall) -> None:
    """What was to be shown is not called shown before it is."""
    await wall.ticks()
    wall.paper.starts()
    wall.teams.troubles = [Retry(5.0)]
    await wall.ticks(seconds=2)
    for _ in range(3):
        await wall.ticks(seconds=6)
    assert "The workshop has started; you can still join. It goes on further down." in wall.all_words()
    assert wall.memory.shown == wall.paper.w.revision


async def test_killed_on_the_way_to_an_edit(wall: Wall) -> None:
    await wall.ticks()
    wall.paper.starts()
    wall.teams.troubles = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        await wall.publisher._make_equal("w1")
    wall.starts_again()
    for _ in range(2):
        await wall.ticks(seconds=SETTLING.total_seconds())
    assert "The workshop has started; you can still join. It goes on further down." in wall.all_words()
    assert wall.memory.shown == wall.paper.w.revision


async def test_throttled_and_killed(wall: Wall) -> None:
    wall.teams.troubles = [Retry(30.0)]
    await wall.ticks()
    wall.starts_again()
    await wall.ticks(seconds=SETTLING.total_seconds())
    assert len(wall.teams.messages) == 1


async def test_a_refused_card_does_not_hold_up_the_others(wall: Wall) -> None:
    wall.paper.starts()
    wall.teams.troubles = [Refused(400, "BadSyntax")]
    await wall.ticks()
    assert "Collect" in wall.all_words()
    assert wall.memory.shown < wall.paper.w.revision
    calls = len(wall.teams.calls)
    await wall.ticks(seconds=30)
    assert len(wall.teams.calls) == calls, "not again and again"
    await wall.ticks(minutes=2)
    assert "3 people are in" in wall.all_words()
    assert wall.memory.shown == wall.paper.w.revision


async def test_a_bug_in_one_board_is_tried_again(wall: Wall) -> None:
    wall.teams.troubles = [ValueError("a bug")]
    await wall.ticks()
    await wall.ticks(seconds=11)
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
    await wall.publisher._make_equal("w1")
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


def ended(wall: Wall) -> None:
    wall.paper.starts()
    wall.paper.to_step(len(wall.paper.plan.places) - 1)
    prompt = wall.paper.plan.places[-1].step.prompts[0].id
    wall.paper.says("ivan", **{prompt: "I take home a lot"})
    wall.paper.finishes()


async def test_the_picture_and_below_it_the_record(wall: Wall) -> None:
    ended(wall)
    for _ in range(4):
        await wall.ticks(seconds=10)
    cards = [_card(message) for message in wall.teams.messages.values()]
    pictures = [card for card in cards if any(part.get("type") == "Image" for part in card["body"])]
    assert len(pictures) == 1
    assert cards.index(pictures[0]) == len(cards) - 2
    assert texts(cards[-1])[0] == "The record of this workshop"
    assert wall.pictures.drawn == 1, "drawn once, not at every look"


async def test_a_picture_that_cannot_be_drawn_is_text(wall: Wall) -> None:
    ended(wall)
    wall.pictures.fails = True
    for _ in range(4):
        await wall.ticks(seconds=10)
    assert "What we take home" in wall.all_words()
    assert "I take home a lot" in wall.all_words()
    cards = [_card(message) for message in wall.teams.messages.values()]
    assert not [card for card in cards if any(part.get("type") == "Image" for part in card["body"])]
    assert wall.memory.shown == wall.paper.w.revision


async def test_everything_again_after_the_memory_of_a_crash(wall: Wall) -> None:
    """Killed after every single call of a whole course: no message twice, and the wall ends equal to the paper."""
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


async def test_ended_long_ago_it_is_left_in_peace(wall: Wall) -> None:
    """The sweep asks for what ended within a day only."""
    asked: list[object] = []

    class Asking(Memory):
        async def behind(self, since: object = None) -> list[str]:
            asked.append(since)
            return []

    wall.memory = Asking(wall.paper)
    wall.starts_again()
    await wall.ticks()
    assert asked == [wall.clock.now - timedelta(days=1)]
