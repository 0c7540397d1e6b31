"""Two instances on one database and in one conversation: every card once, and when one dies the other goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.doubts import SETTLING
from rehearsal.keys import Keys
from rehearsal.server import make_room
from tests.chat import Clock, Session, bot, label
from tests.stories.acts import gives, leads, practices, says, stored
from tests.stories.test_language import chooses

PEOPLE = ("james", "liga", "ivan", "zsofi")


@dataclass
class Two(Session):
    """A session whose activities reach one instance or the other, as a load balancer would have it."""

    other: Session | None = None
    doors: tuple[str | None, str | None] = (None, None)

    def turns_to(self, instance: int) -> None:
        self.room.link.url = self.doors[instance]

    async def settles(self) -> None:
        """Both publishers at once."""
        assert self.other is not None
        for _ in range(8):
            await asyncio.gather(self.bot.publisher.tick(), self.other.bot.publisher.tick())
            await asyncio.gather(self.bot.publisher.settle(), self.other.bot.publisher.settle())
            self.clock.passes(seconds=2)


@asynccontextmanager
async def two(folder: Path) -> AsyncIterator[Two]:
    clock = Clock()
    async with make_room(clock=clock.seconds, keys=Keys()) as room, bot(room, folder, clock) as one:
        first = room.link.url
        async with bot(room, folder, clock) as another:
            session = Two(room, one, clock, other=Session(room, another, clock), doors=(first, room.link.url))
            yield session
        # Teams counts its budgets in real seconds, and here the clock is moved by hand: 429 is no fault of the bot's.
        wrong = [refusal for refusal in room.world.refusals if not refusal.warning and refusal.what != "budget"]
        assert not wrong, wrong


async def opened(room: Two) -> str:
    """A workshop at its first step; its id."""
    await room.opens()
    await room.joins(*PEOPLE)
    await leads(room, label("Start", "pl"))
    return (await stored(room))[0].id


async def hangs_once(room: Two, workshop: str) -> None:
    """What is posted is what hangs there: each message once, none of them in doubt, none behind."""
    posts = await room.bot.publisher._posts.posts_of(workshop)
    assert {(post.state, post.generation) for post in posts} == {("posted", 1)}
    ids = [post.activity_id for post in posts]
    cards = [seen.id for seen in room.person("anna").cards(root=room.root)]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= set(cards)
    # The card that offered to open the workshop is an answer to who typed, and no part of the wall.
    assert len(cards) - len(ids) <= 1, cards
    assert await room.bot.publisher._posts.behind() == []


async def test_two_publishers_and_forty_answers(tmp_path: Path) -> None:
    async with two(tmp_path) as room:
        workshop = await opened(room)
        for round_ in range(10):
            room.turns_to(round_ % 2)
            for name in PEOPLE:
                await gives(room, name, K1=f"{name} says {round_}")
            await room.settles()
        room.turns_to(1)
        await says(room, "anna", "@Kolbot close")
        await room.settles()
        assert sorted(await practices(room)) == sorted([f"{name} says 9"] for name in PEOPLE)
        board = " ".join(room.board())
        assert all(f"{name} says 9" in board for name in PEOPLE), board
        assert "says 8" not in board
        assert (await stored(room))[0].revision >= 40
        await hangs_once(room, workshop)


def reads(room: Two, message: str) -> list[str]:
    """What a person reads in a message and can press. (Teams says meanwhile who sees it in their own language.)"""
    seen = next(seen for seen in room.person("anna").messages(root=room.root) if seen.id == message)
    return [*seen.texts(), *seen.buttons()]


async def dies_in_an_edit(room: Two, workshop: str) -> None:
    """It has begun, and is gone before it is done."""
    publisher = room.bot.publisher
    room.room.faults.add("edit", "delay", seconds=1)
    await publisher.tick()
    task = publisher._running[workshop]
    while room.room.faults.planned:  # noqa: ASYNC110 - until the edit is on its way
        await asyncio.sleep(0.001)
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled(), "it was not done yet"


async def test_one_dies_in_the_middle_and_the_other_takes_over(tmp_path: Path) -> None:
    async with two(tmp_path) as room:
        assert room.other is not None
        workshop = await opened(room)
        await room.settles()
        for name in PEOPLE:
            await gives(room, name, K1=f"{name} says it")
        await says(room, "anna", "@Kolbot close")
        room.clock.passes(seconds=10)
        room.turns_to(1)
        before = room.words()
        await dies_in_an_edit(room, workshop)

        async def lives(seconds: float) -> None:
            """This one only."""
            assert room.other is not None
            for _ in range(int(seconds)):
                room.clock.passes(seconds=1)
                await room.other.bot.clockwork.tick()
                await room.other.bot.publisher.tick()
                await room.other.bot.publisher.settle()

        await lives(2)
        assert room.words() == before, "it may be about to give a sign of life"
        await lives(3)
        board = " ".join(room.board())
        assert all(f"{name} says it" in board for name in PEOPLE), board

        # What the dead one had sent lands only now, after its successor; it is put right.
        posts = await room.other.bot.publisher._posts.posts_of(workshop)
        doubtful = [post for post in posts if post.until is not None]
        assert len(doubtful) == 1, "only what it was at"
        assert doubtful[0].activity_id is not None
        world = room.room.world
        while not room.room.faults.over:  # noqa: ASYNC110 - until what was on its way has landed
            await asyncio.sleep(0.01)
        message = world.messages[doubtful[0].activity_id]
        right = reads(room, message.id)
        world.edit(replace(message, text="what was there before", attachments=()))
        assert reads(room, message.id) != right
        await lives(5)
        assert reads(room, message.id) == right
        await lives(SETTLING.total_seconds())
        await hangs_once(room, workshop)


async def test_a_language_chosen_at_one_is_spoken_by_the_other(tmp_path: Path) -> None:
    async with two(tmp_path) as room:
        assert room.other is not None
        for instance in range(2):  # both know how to speak to him
            room.turns_to(instance)
            assert label("What you can do here", "en") in await says(room, "james", "@Kolbot help")
        room.turns_to(0)
        await chooses(room, "james", "pl")
        for instance_ in (room.bot, room.other.bot):
            await instance_.clockwork.tick()
            await instance_.presence.tick()
        room.turns_to(1)
        assert label("What you can do here", "pl") in await says(room, "james", "@Kolbot help")


async def test_two_instances_share_teams_budgets(tmp_path: Path) -> None:
    async with two(tmp_path) as room:
        assert room.other is not None
        shared = []
        for instance in (room.bot, room.other.bot):
            await instance.clockwork.tick()
            await instance.presence.tick()
            shared.append(instance.presence.instances)
        assert shared == [2, 2]
        room.clock.passes(seconds=6)  # and only one of them goes on
        await room.bot.clockwork.tick()
        await room.bot.presence.tick()
        assert room.bot.presence.instances == 1
