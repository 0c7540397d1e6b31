"""A message that hangs beside the one that counts, and cannot be reached until somebody presses a button of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot import twins
from bot.teams import Gone, Retry, Unknown
from tests.bot.publishing import LOBBY, Wall

POINTS = ["Learning", "↓ This card goes on further down in this conversation."]


@pytest.fixture
async def wall() -> Wall:
    """The lobby's card was posted, its answer was lost, and it was posted anew."""
    wall = Wall()
    wall.teams.troubles = [(Unknown("lost"), True)]
    await wall.passes(3)
    assert len(wall.teams.messages) == 2
    return wall


def press(wall: Wall, name: str, slot: str = LOBBY, place: str | None = None) -> None:
    wall.publisher.pressed("w1", slot, name, wall.paper.w.home if place is None else place)


def slots(node: Any) -> set[str]:
    if isinstance(node, list):
        return {slot for inner in node for slot in slots(inner)}
    if not isinstance(node, dict):
        return set()
    here = {node["data"]["slot"]} if str(node.get("type", "")).startswith("Action.") else set()
    return here.union(*(slots(inner) for inner in node.values()))


async def test_every_button_of_the_wall_tells_where_it_hangs(wall: Wall) -> None:
    wall.paper.starts()
    await wall.passes(3)
    for row in wall.memory.rows.values():
        assert row.activity_id is not None
        assert slots(wall.teams.messages[row.activity_id]) == {row.slot}


async def test_pressed_it_points_to_the_one_that_counts(wall: Wall) -> None:
    press(wall, "1")
    await wall.passes(1)
    assert wall.words_of("1") == POINTS
    assert "3 people are in" in wall.words_of("2")
    assert wall.memory.rows[LOBBY].activity_id == "2"
    calls = len(wall.teams.calls)
    await wall.passes(20)
    assert len(wall.teams.calls) == calls, "once"


@pytest.mark.parametrize("trouble", [Unknown("lost"), Retry(1.0), False])
async def test_that_goes_on_until_it_does(wall: Wall, trouble: Any) -> None:
    press(wall, "1")
    wall.teams.troubles = [trouble]
    await wall.passes(1)
    calls = len(wall.teams.calls)
    await wall.passes(2)
    assert wall.words_of("1") == POINTS
    assert wall.teams.calls[calls:] == [("edit", "1")]


async def test_out_of_reach_it_is_left(wall: Wall) -> None:
    press(wall, "1")
    wall.teams.troubles = [Gone("MessageDeleted")]
    await wall.passes(1)
    calls = len(wall.teams.calls)
    await wall.passes(20)
    assert len(wall.teams.calls) == calls


async def test_what_counts_is_pressed_for_nothing(wall: Wall) -> None:
    press(wall, "2")
    await wall.passes(1)
    assert "3 people are in" in wall.words_of("2")
    reads = wall.reader.reads
    press(wall, "2")
    wall.clock.passes(seconds=10)
    wall.publisher.look()
    await wall.publisher.settle()
    assert wall.reader.reads == reads, "it costs nothing"


@pytest.mark.parametrize(("name", "slot", "place"), [
    ("1", "board:0", None),  # nothing hangs in that slot
    ("1", LOBBY, "19:elsewhere"),
    ("2", "stage:K:0", None),  # what hangs in another slot
])
async def test_what_is_made_up_changes_nothing(wall: Wall, name: str, slot: str, place: str | None) -> None:
    press(wall, name, slot, place)
    before, calls = dict(wall.teams.messages), len(wall.teams.calls)
    await wall.passes(2)
    assert wall.teams.messages == before and len(wall.teams.calls) == calls


async def test_a_workshop_that_nobody_read_is_made_up(wall: Wall) -> None:
    home = wall.paper.w.home
    wall.paper.maybe = None
    wall.publisher.pressed("w1", LOBBY, "1", home)
    assert wall.publisher._twins.waiting == set()


async def test_where_nothing_was_posted_anew_there_is_no_twin() -> None:
    wall = Wall()
    await wall.passes(2)
    press(wall, "17")
    await wall.passes(2)
    assert wall.teams.calls == [("send", "")]


async def test_while_what_counts_is_being_posted_it_waits(wall: Wall) -> None:
    wall.memory.rows[LOBBY] = await wall.memory.intend("w1", LOBBY, wall.clock.now, by="")
    press(wall, "1")
    await wall.ticks()
    assert wall.words_of("1") != POINTS
    await wall.passes(5)
    assert wall.words_of("1") == POINTS
    assert wall.memory.rows[LOBBY].activity_id == "3", "and what it was posted as before is another twin"


async def test_presses_that_are_made_up_fill_no_memory(wall: Wall) -> None:
    found = wall.publisher._twins
    assert [found.pressed("w1", LOBBY, f"made up {n}") for n in range(12)] == [True] * 10 + [False] * 2
    assert found.pressed("w1", LOBBY, "made up 3")
    found._known = {("w", str(number)): "x" for number in range(twins.REMEMBERED)}
    await wall.passes(1)
    assert len(found._known) == 1
