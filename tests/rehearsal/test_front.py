"""Several instances behind a front, as behind a load balancer: whose turn it is, and what a dead one means."""

from __future__ import annotations

from rehearsal.front import Front
from rehearsal.hands import Person
from rehearsal.server import Room
from tests.rehearsal.echo import EchoBot


def test_the_instances_take_turns() -> None:
    front = Front(["a", "b", "c"])
    assert [next(iter(front.turn())) for _ in range(4)] == [(0, "a"), (1, "b"), (2, "c"), (0, "a")]
    assert [url for _, url in front.turn()] == ["b", "c", "a"]
    assert front.passed_on == 2


async def test_each_activity_goes_to_one_of_them_and_past_a_dead_one(room: Room) -> None:
    one, other = await EchoBot(room.url).start(), await EchoBot(room.url).start()
    await room.meet(one.url, other.url)
    anna = Person(room, "anna")
    for _ in range(4):
        await anna.says("@Kolbot hello")
    heard = [[each["type"] for each in bot.heard].count("message") for bot in (one, other)]
    assert heard == [2, 2]

    await other.stop()
    for _ in range(4):
        await anna.says("@Kolbot hello")
    assert len([each for each in one.heard if each["type"] == "message"]) == 6
    assert room.link.front is not None
    assert (room.link.front.passed_on, room.link.front.last) == (2, 0)
    assert not room.world.refusals
    await one.stop()


async def test_one_that_can_let_nobody_in_yet_is_passed_over(room: Room) -> None:
    one, other = await EchoBot(room.url).start(), await EchoBot(room.url).start()
    await room.meet(one.url, other.url)
    one.status = 503
    for _ in range(2):
        await Person(room, "anna").says("@Kolbot hello")
    one.status = 500
    for _ in range(2):
        await Person(room, "anna").says("@Kolbot hello")
    assert room.link.statuses[503] == 1
    assert room.link.statuses[500] == 1
    assert [refusal.why for refusal in room.world.refusals] == ["the bot answered 500"], "that one may have done it"
    await one.stop()
    await other.stop()


async def test_with_all_of_them_dead_nobody_answers(room: Room) -> None:
    one, other = await EchoBot(room.url).start(), await EchoBot(room.url).start()
    await room.meet(one.url, other.url)
    await one.stop()
    await other.stop()
    await Person(room, "anna").says("@Kolbot hello")
    assert [refusal.why.split(":")[0] for refusal in room.world.refusals] == ["no connection"]
