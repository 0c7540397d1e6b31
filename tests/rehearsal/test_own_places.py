"""A private channel and one without the bot in the room; what a member of a group with its own place is offered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearsal.comparison import compare
from rehearsal.happenings import Happenings
from rehearsal.offers import Nearest, Offers
from rehearsal.own_places import _named
from rehearsal.people import GROUP_CHANNELS, ORGANISERS, PEER_LEARNING
from rehearsal.question import Asked
from rehearsal.record import Submitted
from rehearsal.server import Room
from rehearsal.world import BOT, Message
from tests.rehearsal.echo import EchoBot, card_message, card_of

ONE = GROUP_CHANNELS[0]


async def test_in_a_private_channel_a_bot_hears_and_may_not_post(room: Room, bot: EchoBot) -> None:
    status, body = await bot.call("POST", f"conversations/{ORGANISERS.id}/activities", {"type": "message", "text": "x"})
    assert (status, body["error"]["code"]) == (403, "NotEnoughPermissions")
    assert (await bot.call("GET", f"conversations/{ORGANISERS.id}/members"))[0] == 200
    assert room.world.history(ORGANISERS.id, "anna") == []
    assert not room.world.refusals, "a bot cannot know before it tries"


@pytest.mark.parametrize("how", ["removed", "deleted"])
async def test_where_the_bot_is_not_any_more_nothing_is_taken(room: Room, bot: EchoBot, how: str) -> None:
    path = f"conversations/{ONE.id}/activities"
    _, posted = await bot.call("POST", path, card_message(card_of({"type": "TextBlock", "text": "here"})))
    if how == "removed":
        await Happenings(room).removes_bot(ONE.name)
        assert bot.heard[-1]["action"] == "remove"
    else:
        Happenings(room).deletes(ONE.name)
    expected = (403, "BotNotInConversationRoster") if how == "removed" else (404, "ConversationNotFound")
    for method, where in (("POST", path), ("PUT", f"{path}/{posted['id']}"), ("DELETE", f"{path}/{posted['id']}")):
        status, body = await bot.call(method, where, {"type": "message", "text": "x"})
        assert (status, body["error"]["code"]) == expected
    assert not room.world.refusals


def offer(room: Room, place: str, step: int) -> None:
    """A card that asks to answer a step."""
    action = {"type": "Action.Submit", "title": "Answer", "data": {"verb": "answer", "w": "w1", "step": step}}
    card = card_of(actions=[action])
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    room.world.post(Message(room.world.next_id(), place, None, BOT, room.world.clock(), attachments=(attachment,)))


async def test_a_member_answers_from_the_groups_card_once_it_is_of_the_same_step(room: Room) -> None:
    home, own = (Offers(room.world, place.id, None, ("answer",)) for place in (PEER_LEARNING, ONE))
    both = Nearest(home, own)

    def asked() -> tuple[str, str] | None:
        for each in (home, own):
            each.look_back()
        found = both.newest("answer", "anna")
        return (room.world.messages[found.message].conversation, found.key[1]) if found else None

    assert asked() is None
    offer(room, ONE.id, 0)
    assert asked() == (ONE.id, "0")
    offer(room, PEER_LEARNING.id, 0)
    assert asked() == (ONE.id, "0")
    offer(room, PEER_LEARNING.id, 1)
    assert asked() == (PEER_LEARNING.id, "1"), "the group's card is not there yet"
    offer(room, ONE.id, 1)
    assert asked() == (ONE.id, "1")


def test_what_is_anonymous_is_left_out_of_a_groups_comparison() -> None:
    named = Asked("K1", "text", "", "said", True, 0, (), "en", "", False)
    nameless = replace(named, prompt="A1", anonymous=True)
    one = Submitted("p", "w1", "0", "", ("K1", "A1"), {}, 0.0, (named, nameless))
    kept = _named(one)
    assert kept.prompts == ("K1",) and kept.asked == (named,)
    missing = compare([kept], [], {}, {})
    assert missing.wrong, "and what is not on its board is found missing"
