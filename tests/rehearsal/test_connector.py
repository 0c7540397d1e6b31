"""The Connector as a bot meets it: tokens, threads, chats, only-you messages, member lists, refusals, faults."""

from __future__ import annotations

import asyncio
import base64
import struct
from typing import Any

import aiohttp
import pytest

from rehearsal.hands import Person
from rehearsal.keys import APP_ID, BOT_FRAMEWORK, TENANT
from rehearsal.people import GROUP_CHAT, PEER_LEARNING
from rehearsal.server import Room, make_room
from tests.rehearsal.echo import EchoBot, card_message, card_of, execute, text_block

CHANNEL = PEER_LEARNING.id
PLACE = f"conversations/{CHANNEL}/activities"
TARGETED = "?isTargetedActivity=true"


def words(text: str) -> dict[str, Any]:
    return {"type": "message", "text": text, "textFormat": "plain"}


async def test_only_the_rooms_own_tokens_open_the_connector(room: Room, bot: EchoBot) -> None:
    now = int(room.keys.clock())
    good = {"iss": "x", "aud": BOT_FRAMEWORK, "appid": APP_ID, "exp": now + 60}
    stranger = make_room().keys
    tokens = [
        "rubbish",
        room.keys.sign(good | {"exp": now - 10}),
        room.keys.sign(good | {"aud": APP_ID}),
        room.keys.sign(good | {"appid": "another"}),
        stranger.for_connector(APP_ID),
        room.keys.for_bot(APP_ID, room.activities.service_url),
    ]
    for token in tokens:
        status, body = await bot.call("POST", PLACE, words("x"), token)
        assert (status, body["error"]["code"]) == (401, "Unauthorized")
    assert (await bot.call("POST", PLACE, words("x"), room.keys.sign(good)))[0] == 201
    for wrong in ({"client_id": "x"}, {"grant_type": "password"}, {"scope": "x"}):
        assert (await bot.login(**wrong))["status"] == 400


async def test_old_keys_stay_published_after_a_rotation(room: Room, bot: EchoBot) -> None:
    room.keys.rotate()
    assert len(room.keys.jwks()["keys"]) == 2
    assert (await bot.call("POST", PLACE, words("x")))[0] == 201
    room.keys.rotate(keep=0)
    assert (await bot.call("POST", PLACE, words("x")))[0] == 401


async def test_posts_threads_edits_and_deletes(room: Room, bot: EchoBot) -> None:
    anna = Person(room, "anna")
    root = (await bot.call("POST", PLACE, words("first")))[1]["id"]
    thread = f"conversations/{CHANNEL};messageid={root}/activities"
    reply = (await bot.call("POST", f"{thread}/{root}", words("second")))[1]["id"]
    assert [seen.root for seen in anna.messages()] == [None, root]
    assert (await bot.call("PUT", f"{thread}/{reply}", words("changed")))[0] == 200
    assert anna.now(reply).text == "changed"
    assert anna.now(reply).edited is not None
    assert (await bot.call("DELETE", f"{PLACE}/{reply}"))[0] == 200
    assert (anna.now(reply).deleted, anna.now(reply).text) == (True, "")
    status, body = await bot.call("PUT", f"{PLACE}/{reply}", words("late"))
    assert (status, body["error"]["code"]) == (404, "ActivityNotFoundInConversation")
    wrong = f"conversations/{CHANNEL};messageid={reply}/activities"
    assert (await bot.call("POST", wrong, words("no such thread")))[0] == 404
    assert (await bot.call("POST", "conversations/19:nowhere/activities", words("x")))[0] == 404


async def test_a_bot_cannot_change_what_people_wrote(room: Room, bot: EchoBot) -> None:
    said = await Person(room, "anna").says("mine")
    assert (await bot.call("PUT", f"{PLACE}/{said.id}", words("ours")))[0] == 403
    assert (await bot.call("DELETE", f"{PLACE}/{said.id}"))[0] == 403


async def test_text_and_card_become_two_messages(room: Room, bot: EchoBot) -> None:
    both = card_message(card_of(text_block("card")), text="text")
    name = (await bot.call("POST", PLACE, both))[1]["id"]
    first, second = Person(room, "anna").messages()
    assert (first.id, first.texts(), second.texts()) == (name, ["text"], ["card"])
    assert room.world.refusals[-1].warning


async def test_only_you_messages(room: Room, bot: EchoBot) -> None:
    anna, ivan = Person(room, "anna"), Person(room, "ivan")
    to_anna = words("for you") | {"recipient": {"id": anna.member.mri}}
    name = (await bot.call("POST", PLACE + TARGETED, to_anna))[1]["id"]
    assert [seen.text for seen in anna.messages()] == ["for you"]
    assert anna.messages()[0].only_for == "anna"
    assert ivan.messages() == []
    assert (await bot.call("PUT", f"{PLACE}/{name}{TARGETED}", to_anna))[0] == 400
    assert (await bot.call("PUT", f"{PLACE}/{name}", words("public")))[0] == 400
    assert (await bot.call("PUT", f"{PLACE}/{name}{TARGETED}", words("still for you")))[0] == 200
    assert (await bot.call("POST", PLACE + TARGETED, words("for whom?")))[0] == 400
    chat = room.world.chat_with(anna.member).id
    assert (await bot.call("POST", f"conversations/{chat}/activities{TARGETED}", to_anna))[0] == 400
    assert (await bot.call("DELETE", f"{PLACE}/{name}{TARGETED}"))[0] == 200


async def test_private_chats_are_made_for_those_whom_the_bot_reaches(room: Room, bot: EchoBot) -> None:
    def asks(person: str, tenant: str = TENANT) -> dict[str, Any]:
        return {
            "bot": {"id": f"28:{APP_ID}"}, "members": [{"id": room.world.member(person).mri}],
            "channelData": {"tenant": {"id": tenant}},
        }

    status, body = await bot.call("POST", "conversations", asks("ivan"))
    assert status == 201
    await bot.call("POST", f"conversations/{body['id']}/activities", words("psst"))
    assert (await Person(room, "ivan", "personal").sees("psst")).by_bot
    assert (await bot.call("POST", "conversations", asks("outsider")))[0] == 403
    assert (await bot.call("POST", "conversations", asks("ivan", "another tenant")))[0] == 400
    assert (await bot.call("POST", "conversations", {"members": []}))[0] == 400
    [name] = await room.add_people([("Jan Nowak", "pl")], simulated=True)
    assert (await bot.call("POST", "conversations", asks(name)))[0] == 201


async def test_member_lists(room: Room, bot: EchoBot) -> None:
    await room.add_people([(f"Person {number}", "en") for number in range(120)])
    status, everybody = await bot.call("GET", f"conversations/{CHANNEL}/members")
    assert (status, len(everybody)) == (200, 127)
    found: list[str] = []
    token = ""
    while True:
        path = f"conversations/{CHANNEL}/pagedmembers?pageSize=50&continuationToken={token}"
        page = (await bot.call("GET", path))[1]
        found += [member["id"] for member in page["members"]]
        token = page.get("continuationToken", "")
        if not token:
            break
    assert found == [member["id"] for member in everybody]
    guest = room.world.member("guest")
    one = (await bot.call("GET", f"conversations/{CHANNEL}/members/{guest.mri}"))[1]
    assert (one["userRole"], one["name"]) == ("guest", "Marta Nowak")
    assert (await bot.call("GET", f"conversations/{CHANNEL}/members/29:nobody"))[0] == 404
    chat = room.world.chat_with(guest).id
    assert len((await bot.call("GET", f"conversations/{chat}/members"))[1]) == 1
    assert (await bot.call("GET", f"conversations/{chat}/pagedmembers?pageSize=x"))[0] == 400


async def test_what_is_too_big_or_wrong_is_refused_and_listed(room: Room, bot: EchoBot) -> None:
    big = card_of(*[text_block("ż" * 1000) for _ in range(60)])
    status, body = await bot.call("POST", PLACE, card_message(big))
    assert (status, body["error"]["code"]) == (413, "MessageSizeTooBig")
    wrongs: list[Any] = [
        {"type": "message"}, {"type": "event"}, [], words("x") | {"textFormat": "html"},
        {"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.hero"}]},
        card_message(card_of({"type": "TextBlock", "text": "x", "colour": "red"})),
    ]
    for wrong in wrongs:
        assert (await bot.call("POST", PLACE, wrong))[0] == 400
    assert len(room.world.refusals) == 7
    assert "no property 'colour'" in room.world.refusals[-1].why
    assert Person(room, "anna").messages() == []


async def test_pictures_have_limits(room: Room, bot: EchoBot) -> None:
    def picture(width: int, size: int = 100, mime: str = "image/png") -> dict[str, Any]:
        raw = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, 10) + b"\0" * size
        url = f"data:{mime};base64,{base64.b64encode(raw).decode()}"
        return {"type": "message", "attachments": [{"contentType": mime, "contentUrl": url}]}

    assert (await bot.call("POST", PLACE, picture(1024)))[0] == 201
    assert (await bot.call("POST", PLACE, picture(1024, 500_000)))[0] == 201
    assert (await bot.call("POST", PLACE, picture(1025)))[0] == 400
    assert (await bot.call("POST", PLACE, picture(10, 1024 * 1024)))[0] == 400
    assert (await bot.call("POST", PLACE, picture(10, mime="image/svg+xml")))[0] == 400
    assert Person(room, "anna").messages()[0].pictures()[0].startswith("data:image/png")


async def test_mentions_count_only_if_their_text_stands_in_the_message(room: Room, bot: EchoBot) -> None:
    anna = room.world.member("anna")
    entity = {"type": "mention", "text": "<at>Anna</at>", "mentioned": {"id": anna.mri, "name": "Anna"}}
    name = (await bot.call("POST", PLACE, words("<at>Anna</at>!") | {"entities": [entity]}))[1]["id"]
    assert room.world.messages[name].mentions[0].id == "anna"
    name = (await bot.call("POST", PLACE, words("<at>anna</at>!") | {"entities": [entity]}))[1]["id"]
    assert room.world.messages[name].mentions == ()
    assert room.world.refusals[-1].warning


async def test_typing_shows_and_leaves_nothing(room: Room, bot: EchoBot) -> None:
    stream = room.world.feed.open()
    assert await bot.call("POST", f"conversations/{GROUP_CHAT.id}/activities", {"type": "typing"}) == (201, {})
    event = await stream.next()
    assert event is not None
    assert event.kind == "typing"


async def test_a_lost_answer_took_effect_and_a_delayed_edit_lands_after_its_successor(room: Room, bot: EchoBot) -> None:
    anna = Person(room, "anna")
    room.faults.add("send", "lose")
    with pytest.raises(aiohttp.ClientError):
        await bot.call("POST", PLACE, words("once"))
    seen = await anna.sees("once")
    room.faults.add("edit", "delay", seconds=1.0)
    late = asyncio.create_task(bot.call("PUT", f"{PLACE}/{seen.id}", words("older")))
    while len(room.faults.met) < 2:  # noqa: ASYNC110 - until it is there and held up; it tells nobody
        await asyncio.sleep(0.01)
    await bot.call("PUT", f"{PLACE}/{seen.id}", words("newer"))
    assert anna.now(seen).text == "newer"
    assert (await late)[0] == 200
    assert anna.now(seen).text == "older"
    assert len(room.faults.met) == 2


async def test_a_view_stays_with_its_person_when_others_answer(room: Room, bot: EchoBot) -> None:
    name = await bot.post_card(CHANNEL, card_of(text_block("all"), actions=[execute("Me", "me")]))
    people = [Person(room, who) for who in ("anna", "ivan", "liga")]
    bot.on_invoke = lambda activity: {
        "statusCode": 200, "type": "application/vnd.microsoft.card.adaptive",
        "value": card_of(text_block(f"for {activity['from']['name']}")),
    }
    await asyncio.gather(*(person.clicks(name, "Me") for person in people))
    assert [person.now(name).texts() for person in people] == [[f"for {person.name}"] for person in people]
    assert Person(room, "james").now(name).texts() == ["all", "Me"]
