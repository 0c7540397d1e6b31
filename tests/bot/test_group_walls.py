"""The publisher with groups' own conversations: each as right as the home, and none in the other's way."""

from __future__ import annotations

import pytest

from bot.teams import Gone, Refused, Retry, Unknown
from tests.bot.publishing import MOVED, Killed, Wall
from tests.workshop.paper import ANNA, HOME
from workshop import commands as c
from workshop.model import Ended

TWO = "19:two@thread.v2"
THREE = "19:three@thread.v2"
ENDED = "This conversation is not the group's own any more; the workshop goes on elsewhere."


@pytest.fixture
def wall() -> Wall:
    """Two groups; the second has a conversation of its own. Nothing is posted yet."""
    wall = Wall()
    wall.paper.joins(ANNA).grouped((ANNA, "ivan"), ("eva", "ola")).binds(2, TWO)
    return wall


def settled(wall: Wall) -> None:
    """Every message is remembered, once, as it hangs; nothing is left to do."""
    assert wall.memory.shown == wall.paper.w.revision
    remembered = [row.activity_id for row in wall.memory.rows.values()]
    assert sorted(filter(None, remembered)) == sorted(wall.teams.messages), "posted is what is remembered, once each"
    assert {row.state for row in wall.memory.rows.values()} <= {"posted", "gone"}


async def test_each_conversation_has_its_own_cards(wall: Wall) -> None:
    await wall.ticks()
    assert len(wall.reads_in(HOME)) == 2, "lobby and groups"
    assert [words[0] for words in wall.reads_in(TWO)] == ["Group 2"]
    wall.paper.starts().says("eva", K1=["alpha"])
    await wall.passes(6)
    there = wall.reads_in(TWO)
    assert len(there) == 3
    assert "Group 2" in there[1] and "Collect" in there[1]
    assert there[2][0] == "The board · Group 2"
    assert not any("Group 2" in words[:4] for words in wall.reads_in(HOME) if "Collect" in words)
    settled(wall)
    wall.paper.says("eva", K1=["alpha", "beta"])
    wall.paper.closes()
    await wall.passes(6)
    assert "• beta" in "\n".join(wall.reads_in(TWO)[2]) or "beta" in "\n".join(wall.reads_in(TWO)[2])
    settled(wall)


async def test_a_private_channel_is_tried_once_and_told_of_at_home(wall: Wall) -> None:
    wall.teams.closed[TWO] = Gone("NotEnoughPermissions")
    await wall.passes(5)
    assert wall.lost == [(0, False)]
    assert wall.reads_in(TWO) == []
    assert any("private channels refuse bots" in word for words in wall.reads_in(HOME) for word in words)
    before = len(wall.teams.calls)
    wall.paper.starts()
    await wall.passes(90)
    assert wall.lost == [(0, False)], "nothing is tried for ever"
    assert wall.teams.calls[before:].count(("send", "")) == 2, "stage card and board at home"
    settled(wall)


@pytest.mark.parametrize("says", [Refused(400, "BadArgument"), Refused(0, "ServiceUrlNotBelieved")])
async def test_a_first_post_that_is_refused_decides_as_well(wall: Wall, says: Refused) -> None:
    wall.teams.closed[TWO] = says
    await wall.passes(5)
    assert wall.lost == [(0, False)]
    assert wall.paper.w.bindings[0].ended is Ended.REFUSED
    settled(wall)


async def test_a_later_card_that_is_refused_is_no_end_of_the_conversation(wall: Wall) -> None:
    await wall.ticks()
    wall.teams.closed[TWO] = Refused(413, "MessageSizeTooBig")
    wall.paper.starts()
    await wall.passes(5)
    assert wall.lost == []
    del wall.teams.closed[TWO]
    await wall.passes(65)
    settled(wall)


@pytest.mark.parametrize("code", ["BotNotInConversationRoster", "ConversationNotFound", "403"])
async def test_a_conversation_that_is_gone_is_told_of_once_and_the_work_goes_on(wall: Wall, code: str) -> None:
    wall.paper.starts()
    await wall.passes(5)
    wall.teams.closed[TWO] = Gone(code)
    wall.paper.closes()
    await wall.passes(30)
    assert wall.lost == [(0, True)]
    said = [word for words in wall.reads_in(HOME) for word in words if "can no longer post in group 2's own" in word]
    assert len(said) == 1
    assert wall.memory.shown == wall.paper.w.revision


async def test_a_message_that_somebody_deleted_there_is_no_lost_conversation(wall: Wall) -> None:
    wall.paper.starts()
    await wall.passes(5)
    wall.paper.closes()
    wall.teams.closed[TWO] = Gone("ActivityNotFoundInConversation")
    await wall.passes(5)
    assert wall.lost == []
    assert wall.memory.rows["g2:0:stage:knowledge:0"].state == "gone"


async def test_an_address_that_was_forgotten_ends_it_too(wall: Wall) -> None:
    await wall.ticks()
    wall.addresses.forgotten.add(TWO)
    wall.paper.starts()
    await wall.passes(5)
    assert wall.lost == [(0, True)]
    settled(wall)


async def test_until_it_is_stored_that_it_is_lost_it_is_tried_again(wall: Wall) -> None:
    wall.teams.closed[TWO] = Gone("NotEnoughPermissions")
    wall.deaf = True
    await wall.passes(4)
    assert len(wall.lost) > 1
    wall.deaf = False
    await wall.passes(4)
    assert wall.paper.w.bindings[0].ended is Ended.REFUSED
    settled(wall)


async def test_a_conversation_that_was_left_says_so_and_the_new_one_has_everything(wall: Wall) -> None:
    wall.paper.starts()
    await wall.passes(5)
    wall.paper.binds(2, THREE)
    await wall.passes(5)
    assert all(ENDED in words for words in wall.reads_in(TWO)) and len(wall.reads_in(TWO)) == 3
    assert wall.reads_in(THREE)[0][0] == "Group 2" and len(wall.reads_in(THREE)) == 3
    settled(wall)
    wall.paper.binds(2, TWO)
    await wall.passes(5)
    assert len(wall.reads_in(TWO)) == 6, "back again, below what was there"
    settled(wall)


async def test_what_cannot_be_edited_where_a_group_was_is_let_go_of(wall: Wall) -> None:
    await wall.ticks()
    wall.paper.unbinds(2)
    wall.teams.closed[TWO] = Gone("BotNotInConversationRoster")
    await wall.passes(5)
    assert wall.lost == [], "it is no group's any more"
    assert wall.memory.rows["g2:0:here"].state == "gone"
    wall.addresses.forgotten.add(TWO)
    wall.paper.starts()
    await wall.passes(5)
    assert wall.lost == [] and wall.memory.shown == wall.paper.w.revision


async def test_one_that_has_to_wait_keeps_no_other_waiting(wall: Wall) -> None:
    await wall.ticks()
    wall.teams.closed[TWO] = Retry(30.0, by_teams=True)
    wall.paper.starts()
    await wall.passes(4)
    assert any("Collect" in words for words in wall.reads_in(HOME))
    tried = len(wall.teams.calls)
    wall.paper.closes()
    await wall.passes(4)
    assert not any("Collect" in words for words in wall.reads_in(TWO))
    assert len(wall.teams.calls) - tried <= 3, "and it is left alone as long as Teams says"
    del wall.teams.closed[TWO]
    await wall.passes(30)
    assert any("Collect" in words for words in wall.reads_in(TWO))
    settled(wall)


async def test_where_the_home_has_to_wait_groups_go_on(wall: Wall) -> None:
    await wall.ticks()
    wall.teams.closed[HOME] = Retry(30.0, by_teams=True)
    wall.paper.starts()
    await wall.passes(4)
    assert any("Collect" in words for words in wall.reads_in(TWO))
    del wall.teams.closed[HOME]
    await wall.passes(32)
    settled(wall)


async def test_boards_have_each_their_own_pace(wall: Wall) -> None:
    wall.paper.starts()
    await wall.passes(5)
    before = len(wall.teams.calls)
    wall.paper.says("eva", K1=["alpha"])
    await wall.publisher.tick()
    await wall.publisher.settle()
    edits = wall.teams.calls[before:]
    assert len(edits) == 2, "the board at home and the group's at once, not one after the other"


async def test_an_edit_in_doubt_there_is_put_again(wall: Wall) -> None:
    wall.paper.starts()
    await wall.passes(5)
    wall.paper.closes()
    wall.teams.troubles = [None, None, (Unknown("lost"), "after it was done")]
    await wall.passes(60)
    settled(wall)


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("call", range(3))
async def test_killed_at_any_call_all_is_right_afterwards(wall: Wall, call: int, done: bool) -> None:
    """Lobby, the group's first card, groups: the process dies with one of them on its way, done or not."""
    wall.teams.troubles = [*[None] * call, (Killed(), "after it was done") if done else Killed()]
    with pytest.raises(Killed):
        await wall.publisher._guarded("w1")
    wall.starts_again()
    await wall.passes(10)
    assert {row.state for row in wall.memory.rows.values()} == {"posted"}
    assert wall.memory.shown == wall.paper.w.revision
    hanging = {row.activity_id for row in wall.memory.rows.values()}
    beside = [name for name in wall.teams.messages if name not in hanging]
    assert len(beside) == done, "only what nobody was told of hangs beside another, which says so"
    anew = [name for name in hanging if name and MOVED in wall.words_of(name)]
    assert len(anew) == 1
    if beside:
        assert wall.teams.where[beside[0]] == wall.teams.where[anew[0]]


async def test_a_twin_is_found_in_its_own_conversation_only(wall: Wall) -> None:
    """A post whose answer was lost hangs there beside its successor; a press shows it."""
    wall.teams.troubles = [(Unknown("lost"), "after it was done")] * 2
    await wall.passes(10)
    here = [name for name, where in wall.teams.where.items() if where == TWO]
    assert len(here) == 2, "posted once more"
    lost, _ = here
    wall.publisher.pressed("w1", "g2:0:here", lost, HOME)
    await wall.passes(3)
    assert "Group 2" in wall.words_of(lost), "somebody made that up"
    wall.publisher.pressed("w1", "g2:9:here", lost, TWO)
    wall.publisher.pressed("w1", "g2:0:here", lost, TWO)
    wall.publisher.pressed("w1", "groups", "made up", HOME)
    await wall.passes(3)
    assert any("goes on further down" in word for word in wall.words_of(lost))


async def test_the_end_and_a_cancelled_workshop(wall: Wall) -> None:
    wall.paper.starts().says("eva", K1=["alpha"])
    await wall.passes(5)
    wall.paper.finishes()
    await wall.passes(8)
    there = wall.reads_in(TWO)
    assert there[0][2] == "The workshop is finished."
    assert there[2][0] == "The record of this workshop · Group 2"
    settled(wall)
    assert wall.paper.do(c.LosePlace(workshop="w1", by=c.SYSTEM, binding=0, ever=True))


