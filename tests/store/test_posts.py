"""The publisher's memory: intended before sent, known or unknown after, and which workshops are behind."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.engine import Engine

from store.database import for_writing
from store.posts import GONE, POSTED, SENDING, UNKNOWN, Post, Posts
from store.tables import workshops
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, START, after, gave, opened
from workshop import commands as c
from workshop.service import Change


@pytest.fixture
def posts(stored: Stored) -> Posts:
    return Posts(stored.writer, stored.reader)


async def test_a_post_is_intended_then_posted_then_posted_anew(posts: Posts) -> None:
    first = await posts.intend("w1", "board", START)
    assert first == Post("", "board", SENDING, None, None, "", 0, 1, START)
    assert await posts.posts_of("w1") == [first]

    await posts.posted("w1", "board", "activity 1", "digest", 7, after(1))
    assert await posts.posts_of("w1") == [Post("", "board", POSTED, "activity 1", None, "digest", 7, 1, after(1))]

    again = await posts.intend("w1", "board", after(2))
    assert again == Post("", "board", SENDING, None, "activity 1", "", 0, 2, after(2))


async def test_an_intent_whose_post_was_never_known_keeps_the_one_before(posts: Posts) -> None:
    await posts.intend("w1", "board", START)
    await posts.posted("w1", "board", "activity 1", "d", 1, START)
    await posts.intend("w1", "board", after(1))
    third = await posts.intend("w1", "board", after(2))
    assert (third.previous, third.generation) == ("activity 1", 3)


async def test_unknown_and_gone_keep_what_was_known(posts: Posts) -> None:
    await posts.intend("w1", "stage", START, conversation="group 2")
    await posts.intend("w1", "stage", START)
    await posts.posted("w1", "stage", "a", "d", 3, START, conversation="group 2")
    await posts.unknown("w1", "stage", after(1), conversation="group 2")
    await posts.gone("w1", "stage", after(2))
    home, group = await posts.posts_of("w1")
    assert (home.state, home.at) == (GONE, after(2))
    assert group == Post("group 2", "stage", UNKNOWN, "a", None, "d", 3, 1, after(1))


async def test_what_is_under_way_is_recorded_by_whom(posts: Posts) -> None:
    """So that after a crash only that is in doubt which was on its way."""
    await posts.intend("w1", "board", START, by="one")
    assert await posts.posted("w1", "board", "a", "d", 1, after(1), by="one")
    await posts.editing("w1", "board", after(2), after(47), "one")
    assert await posts.posts_of("w1") == [
        Post("", "board", UNKNOWN, "a", None, "d", 1, 1, after(2), "one", after(47))
    ]
    assert await posts.posted("w1", "board", "a", "new", 2, after(3), by="one", until=after(48))
    assert await posts.posts_of("w1") == [Post("", "board", POSTED, "a", None, "new", 2, 1, after(3), "", after(48))]


async def test_what_came_of_a_call_is_not_recorded_over_another_instances(posts: Posts) -> None:
    await posts.intend("w1", "board", START, by="one")
    await posts.intend("w1", "board", after(3), by="two")
    theirs = await posts.posts_of("w1")
    assert not await posts.posted("w1", "board", "a", "d", 1, after(4), by="one")
    await posts.unknown("w1", "board", after(4), by="one")
    await posts.undone("w1", "board", None, "one")
    assert await posts.posts_of("w1") == theirs
    assert await posts.posted("w1", "board", "b", "d", 1, after(5), by="two")


async def test_what_had_no_effect_is_as_it_was(posts: Posts) -> None:
    await posts.intend("w1", "board", START, by="one")
    await posts.undone("w1", "board", None, "one")
    assert await posts.posts_of("w1") == []
    await posts.intend("w1", "board", START, by="one")
    await posts.posted("w1", "board", "a", "d", 1, after(1), by="one", until=after(40))
    before = (await posts.posts_of("w1"))[0]
    await posts.editing("w1", "board", after(2), after(47), "one")
    await posts.undone("w1", "board", before, "one")
    assert await posts.posts_of("w1") == [before]


async def test_behind_are_those_stored_later_than_published(stored: Stored, posts: Posts) -> None:
    await stored.begin("jan", workshop="a")
    await stored.begin("jan", workshop="b")
    assert await posts.behind() == ["a", "b"]
    for name in ("a", "b"):
        await posts.published(name, (await stored.workshop(name)).revision)
    assert await posts.behind() == []
    await stored.done(gave("jan", "x", workshop="b"))
    assert await posts.behind() == ["b"]
    await posts.published("b", (await stored.workshop("b")).revision)
    await posts.published("b", 1)
    assert await posts.behind() == []


async def test_marked_are_those_that_say_so_of_a_message_put_lately(posts: Posts) -> None:
    for name, digest in (("a", "made~"), ("b", "made"), ("c", "made~~"), ("c", "made~"), ("d", "made!")):
        await posts.intend(name, digest, START)
        await posts.posted(name, digest, "activity", digest, 1, after(5))
    assert sorted(await posts.marked(after(5))) == ["a", "c"]
    assert await posts.marked(after(6)) == []


async def test_what_ended_long_ago_is_left_alone(stored: Stored, posts: Posts) -> None:
    await stored.done(opened("a", home="a"))
    await stored.done(opened("b", home="b"))
    await stored.done(Change(c.Cancel(workshop="a", by=ANA), after(10)))
    assert await posts.behind(since=after(10)) == ["a", "b"]
    assert await posts.behind(since=after(11)) == ["b"]


async def test_the_publisher_does_not_wait_for_who_reads_behind_a_write(
    stored: Stored, posts: Posts, engine: Engine
) -> None:
    await stored.begin("jan")
    with for_writing(engine).connect() as connection:
        connection.execute(workshops.update().values(title="half written"))
        assert await posts.behind() == ["w1"] and await posts.posts_of("w1") == []
        connection.rollback()


async def test_many_posts_at_once(posts: Posts) -> None:
    await asyncio.gather(*(posts.intend(f"w{n % 10}", f"slot {n // 10}", START) for n in range(200)))
    assert [len(await posts.posts_of(f"w{n}")) for n in range(10)] == [20] * 10
