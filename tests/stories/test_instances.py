"""Two instances on one database and in one conversation: every card once, and when one dies the other goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.leases import LEASE
from bot.publisher import SETTLING, Publisher
from rehearsal.server import make_room
from tests.chat import Clock, Session, bot, label
from tests.stories.acts import gives, leads, practices, says, stored

PEOPLE = ("james", "liga", "ivan", "zsofi")


@dataclass
class Two(Session):
    """A session whose activities reach one instance or the other, as a load balancer would have it."""

    other: Session | None = None
    doors: tuple[str, str] = ("", "")

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
    async with make_room() as room, bot(room, folder, clock) as one:
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


async def dies_with_its_lease(publisher: Publisher, workshop: str) -> None:
    """It has begun, and is gone before it is done."""
    earlier = publisher._holds.get(workshop)
    await publisher.tick()
    task = publisher._running[workshop]
    for _ in range(5_000):
        hold = publisher._holds.get(workshop)
        if hold is not None and hold is not earlier and hold._taken is not None:
            break
        await asyncio.sleep(0.001)
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled(), "it was not done yet"
    await asyncio.sleep(0.3)  # a request that was on its way arrives


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
        await dies_with_its_lease(room.bot.publisher, workshop)
        died, before = room.clock.now, room.words()

        async def lives() -> None:
            assert room.other is not None
            await room.other.bot.publisher.tick()
            await room.other.bot.publisher.settle()

        for _ in range(4):
            await lives()
            assert room.words() == before, "the lease still holds"
            room.clock.passes(seconds=LEASE / 5)
        while (room.clock.now - died).total_seconds() < LEASE + 4:
            room.clock.passes(seconds=1)
            await lives()
        board = " ".join(room.board())
        assert all(f"{name} says it" in board for name in PEOPLE), board

        # What the dead one had sent lands only now, after its successor; it is put right.
        posts = {post.slot: post for post in await room.other.bot.publisher._posts.posts_of(workshop)}
        assert "unknown" in {post.state for post in posts.values()}
        for _ in range(8):
            room.clock.passes(seconds=SETTLING.total_seconds() / 4)
            await lives()
        await hangs_once(room, workshop)
