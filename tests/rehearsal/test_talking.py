"""A person and a bot talk over real HTTP: messages, mentions, threads, buttons, dialogs, faults."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from rehearsal.hands import NoSuchButton, NoSuchField, Person
from rehearsal.people import GROUP_CHAT, PEER_LEARNING
from rehearsal.server import Room
from rehearsal.world import Unknown
from tests.rehearsal.echo import EchoBot, card_message, card_of, dialog, execute, opens, shows, text_block, toast

CHANNEL = PEER_LEARNING.id


async def test_the_bot_is_installed_in_the_team(room: Room, bot: EchoBot) -> None:
    update, installation = bot.heard
    assert (update["type"], installation["type"]) == ("conversationUpdate", "installationUpdate")
    assert update["membersAdded"] == [{"id": update["recipient"]["id"]}]
    assert installation["action"] == "add"
    assert update["conversation"]["id"] == CHANNEL
    assert update["channelData"]["team"]["name"] == "SYNERGIA"


async def test_a_mention_reaches_the_bot_and_its_answer_lands_in_the_thread(room: Room, bot: EchoBot) -> None:
    anna = Person(room, "anna")

    async def answer(activity: dict[str, Any]) -> None:
        place = activity["conversation"]["id"]
        body = {"type": "message", "text": "hello", "textFormat": "plain"}
        assert (await bot.call("POST", f"conversations/{place}/activities", body))[0] == 201

    bot.on_message = answer
    said = await anna.says("@Kolbot new with @Иван")
    heard = bot.heard[-1]
    assert heard["conversation"]["id"] == f"{CHANNEL};messageid={said.id}"
    assert heard["text"] == "<at>Kolbot</at> new with <at>Иван Петров</at>"
    assert heard["entities"][0]["mentioned"]["id"] == heard["recipient"]["id"]
    assert heard["from"]["aadObjectId"] == room.world.member("anna").object_id
    assert heard["locale"] == "pl-PL"
    hello = await anna.sees("hello", root=said.id)
    assert (hello.root, hello.by_bot) == (said.id, True)


async def test_words_without_a_mention_stay_among_people(room: Room, bot: EchoBot) -> None:
    before = len(bot.heard)
    await Person(room, "ivan").says("good morning")
    assert len(bot.heard) == before
    await Person(room, "ivan", "personal").says("help")
    assert bot.heard[-1]["conversation"]["conversationType"] == "personal"
    with pytest.raises(Unknown):
        await room.say("anna", room.world.chat_with(room.world.member("ivan")).id, "not my chat")


async def test_execute_shows_a_card_to_one_person_until_the_message_is_edited(room: Room, bot: EchoBot) -> None:
    anna, ivan = Person(room, "anna"), Person(room, "ivan")
    name = await bot.post_card(CHANNEL, card_of(text_block("Lobby"), actions=[execute("Join", "join", workshop=7)]))
    bot.on_invoke = lambda activity: shows(card_of(text_block("You are in")))
    answer = await anna.clicks(name, "Join")
    assert answer.kind == "card"
    action = bot.heard[-1]["value"]["action"]
    assert (action["verb"], action["data"]) == ("join", {"workshop": 7})
    assert bot.heard[-1]["replyToId"] == name
    assert bot.heard[-1]["value"]["trigger"] == "manual"
    assert anna.now(name).texts() == ["You are in"]
    assert ivan.now(name).texts() == ["Lobby", "Join"]
    edited = card_message(card_of(text_block("Closed")))
    assert (await bot.call("PUT", f"conversations/{CHANNEL}/activities/{name}", edited))[0] == 200
    assert anna.now(name).texts() == ["Closed"]
    assert anna.now(name).edited is not None


async def test_execute_answers_with_a_toast_or_an_error(room: Room, bot: EchoBot) -> None:
    anna = Person(room, "anna")
    name = await bot.post_card(CHANNEL, card_of(actions=[execute("Next", "next")]))
    bot.on_invoke = lambda activity: toast("Not yet")
    assert (await anna.clicks(name, "Next")).text == "Not yet"
    assert anna.toasts == ["Not yet"]
    error = {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": {"code": "No", "message": "no"}}
    bot.on_invoke = lambda activity: error
    answer = await anna.clicks(name, "Next")
    assert (answer.kind, answer.code, answer.status) == ("error", "No", 400)
    assert not room.world.refusals


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        [],
        "text",
        {"statusCode": 200, "type": "application/vnd.microsoft.adaptive.card", "value": card_of()},
        {"statusCode": "200", "type": "application/vnd.microsoft.card.adaptive", "value": card_of()},
        shows(card_of({"type": "Blink", "text": "x"})),
        {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": {"text": "x"}},
        {"statusCode": 429, "type": "application/vnd.microsoft.error", "value": {"code": "x", "message": "x"}},
    ],
)
async def test_a_wrong_answer_to_execute_is_an_error_and_noted(room: Room, bot: EchoBot, body: Any) -> None:
    anna = Person(room, "anna")
    name = await bot.post_card(CHANNEL, card_of(text_block("As it was"), actions=[execute("Next", "next")]))
    bot.on_invoke = lambda activity: body
    answer = await anna.clicks(name, "Next")
    assert (answer.kind, answer.text) == ("error", "Something went wrong. Please try again.")
    assert anna.now(name).texts()[0] == "As it was"
    assert room.world.refusals[-1].what == "answer to 'next'"


async def test_a_dialog_is_opened_filled_sent_refused_and_closed(room: Room, bot: EchoBot) -> None:
    anna = Person(room, "anna")
    name = await bot.post_card(CHANNEL, card_of(actions=[opens("Answer", workshop=7)]))
    form = card_of(
        {"type": "Input.Text", "id": "saw", "label": "What did you see?", "isMultiline": True, "maxLength": 10,
         "isRequired": True, "errorMessage": "Please write something"},
        {"type": "Input.ChoiceSet", "id": "pick", "label": "Pick", "isMultiSelect": True,
         "choices": [{"title": "Red", "value": "r"}, {"title": "Blue", "value": "b"}]},
        {"type": "Input.Toggle", "id": "agree", "title": "I agree"},
        actions=[{"type": "Action.Submit", "title": "Send", "data": {"verb": "answer"}}],
    )
    answers: list[Any] = [dialog("Your answer", form), dialog("Again", form), None]
    bot.on_invoke = lambda activity: answers.pop(0)
    opened = (await anna.clicks(name, "Answer")).dialog
    assert opened is not None
    assert bot.heard[-1]["name"] == "task/fetch"
    assert bot.heard[-1]["value"]["data"] == {"msteams": {"type": "task/fetch"}, "workshop": 7}
    assert opened.texts() == ["Your answer", "What did you see?", "Pick", "Red", "Blue", "I agree", "Send"]
    refused = await opened.presses("Send")
    assert (refused.kind, refused.text) == ("invalid", "Please write something")
    assert len(answers) == 2
    opened.fills(saw="0123456789 too long", pick=["Red", "b"], i_agree=True)
    again = (await opened.presses("Send")).dialog
    assert bot.heard[-1]["value"]["data"] == {"verb": "answer", "saw": "0123456789", "pick": "r,b", "agree": "true"}
    assert again is not None
    assert again.title == "Again"
    assert (await again.fills({"What did you see?": "red"}).presses("Send")).kind == "closed"
    with pytest.raises(Unknown):
        await again.presses("Send")


async def test_a_dialog_that_teams_would_not_show_is_an_error(room: Room, bot: EchoBot) -> None:
    anna = Person(room, "anna")
    name = await bot.post_card(CHANNEL, card_of(actions=[opens("Answer")]))
    wrong = [
        None, {"task": {"type": "show"}}, dialog("x", card_of(actions=[execute("Go", "go")])),
        dialog("x", card_of({"type": "Input.Text", "id": "a"})),
    ]
    bot.on_invoke = lambda activity: wrong.pop()
    while wrong:
        assert (await anna.clicks(name, "Answer")).kind == "error"
    assert len(room.world.refusals) == 4


async def test_a_wrong_label_or_field_names_those_that_are_there(room: Room, bot: EchoBot) -> None:
    anna = Person(room, "anna")
    name = await bot.post_card(CHANNEL, card_of(actions=[execute("Join", "join"), execute("Leave", "leave")]))
    with pytest.raises(NoSuchButton, match="'Join', 'Leave'"):
        await anna.clicks(name, "Start")
    with pytest.raises(NoSuchField, match="there are: none"):
        await anna.clicks(name, "Join", text="x")


async def test_a_submit_without_dialog_is_a_message_with_a_value(room: Room, bot: EchoBot) -> None:
    anna = Person(room, "anna", "Workshop team")
    submit = {"type": "Action.Submit", "title": "Old", "data": {"a": 1}}
    name = await bot.post_card(GROUP_CHAT.id, card_of(actions=[submit]))
    assert room.world.refusals[-1].warning
    assert (await anna.clicks(name, "Old")).kind == "none"
    assert anna.toasts == ["Your response was sent to the app"]
    assert (bot.heard[-1]["type"], bot.heard[-1]["value"]) == ("message", {"a": 1})
    assert "text" not in bot.heard[-1]


async def test_only_those_named_refresh_by_themselves_and_not_twice_a_minute(room: Room, bot: EchoBot) -> None:
    anna = room.world.member("anna")
    card = card_of(text_block("all"), refresh={"action": execute("Refresh", "refresh"), "userIds": [anna.mri]})
    bot.on_invoke = lambda activity: shows(card_of(text_block("yours")))
    name = await bot.post_card(CHANNEL, card)
    await asyncio.gather(*(room.talking.looks(person, name) for person in ("anna", "ivan", "anna")))
    invokes = [heard for heard in bot.heard if heard["type"] == "invoke"]
    assert [heard["from"]["id"] for heard in invokes] == [anna.mri]
    assert invokes[0]["value"]["trigger"] == "automatic"
    assert Person(room, "ivan").now(name).texts() == ["all"]
    assert (await Person(room, "ivan").refreshes(name)).kind == "card"


async def test_a_bot_that_fails_or_hangs_is_out_of_reach(room: Room, bot: EchoBot) -> None:
    anna = Person(room, "anna")
    name = await bot.post_card(CHANNEL, card_of(actions=[execute("Join", "join")]))
    bot.on_invoke = lambda activity: toast("ok")
    bot.status = 500
    assert (await anna.clicks(name, "Join")).status == 500
    bot.status = 501
    assert (await anna.clicks(name, "Join")).text == "Unable to reach app. Please try again."
    bot.status = 200
    room.faults.add("invoke", "lose")
    heard = len(bot.heard)
    assert (await anna.clicks(name, "Join")).code == "BotUnreachable"
    assert len(bot.heard) == heard + 1
    again = await room.redeliver(bot.heard[-1])
    assert again.status == 200
    assert bot.heard[-1] == bot.heard[-2]


async def test_a_late_message_is_posted_again_as_it_was(room: Room, bot: EchoBot) -> None:
    room.link.patience = 0.2
    stuck = asyncio.Event()

    async def slow(activity: dict[str, Any]) -> None:
        if len([heard for heard in bot.heard if heard["type"] == "message"]) == 1:
            await stuck.wait()

    bot.on_message = slow
    await Person(room, "anna").says("@Kolbot new")
    stuck.set()
    assert bot.heard[-1] == bot.heard[-2]


async def test_five_hundred_people_come_at_once_and_are_announced_once(room: Room, bot: EchoBot) -> None:
    names = await room.add_people([(f"Person {number}", "pl") for number in range(500)], simulated=True)
    assert len(bot.heard[-1]["membersAdded"]) == 500
    name = await bot.post_card(CHANNEL, card_of(actions=[execute("Join", "join")]))
    bot.on_invoke = lambda activity: toast("in")
    people = [Person(room, person) for person in names]
    answers = await asyncio.gather(*(person.clicks(name, "Join") for person in people))
    assert {answer.kind for answer in answers} == {"message"}
    assert len(bot.tokens_seen) == 1


async def test_a_bot_that_comes_late_is_installed_once(room: Room) -> None:
    echo = EchoBot(room.url)
    await echo.start()
    await echo.stop()
    meeting = asyncio.create_task(room.meet(echo.url))
    await room.until(lambda: room.sent, 5)
    late = EchoBot(room.url)
    late.status = 503
    await late.start()
    room.link.url = late.url
    await room.until(lambda: room.world.refusals, 5)
    late.status = 200
    late.heard.clear()
    await meeting
    assert [heard["type"] for heard in late.heard] == ["conversationUpdate", "installationUpdate"]
    await late.stop()


async def test_labels_are_found_as_written_or_as_python_names(room: Room, bot: EchoBot) -> None:
    number = {"type": "Input.Number", "id": "n", "label": "How many?", "min": 1, "max": 3, "value": 2}
    outer = {"type": "Input.Text", "id": "t", "label": "Name", "regex": "^[a-z]+$", "errorMessage": "letters only"}
    inner = card_of(number, actions=[execute("Send", "send")])
    name = await bot.post_card(
        CHANNEL, card_of(outer, actions=[{"type": "Action.ShowCard", "title": "More", "card": inner}])
    )
    bot.on_invoke = lambda activity: toast("ok")
    anna = Person(room, "anna")
    assert (await anna.clicks(name, "Send", how_many=5)).kind == "invalid"
    assert (await anna.clicks(name, "Send", name="A1")).text == "letters only"
    assert (await anna.clicks(name, "send", {"Name": "ab", "n": 3})).kind == "message"
    assert bot.heard[-1]["value"]["action"]["data"] == {"t": "ab", "n": "3"}
    assert [item.value for item in anna.now(name).fields()] == ["", "2"]
    with pytest.raises(NoSuchField, match=r"t \(Name\), n \(How many\?\)"):
        await anna.clicks(name, "Send", other="x")


async def test_the_outsider_keeps_the_tenant_of_the_conversation(room: Room, bot: EchoBot) -> None:
    await Person(room, "outsider").says("@Kolbot hello")
    heard = bot.heard[-1]
    assert heard["from"]["tenantId"] != heard["channelData"]["tenant"]["id"]
    assert heard["conversation"]["tenantId"] == heard["channelData"]["tenant"]["id"]


async def test_files_reach_the_bot_in_a_personal_chat_only(room: Room, bot: EchoBot) -> None:
    anna = Person(room, "anna", "personal")
    seen = await anna.says("here", files=[("plan ä.yaml", b"id: x"), ("b.csv", b"y")])
    first, second = [each for each in bot.heard[-1]["attachments"] if each["contentType"] != "text/html"]
    assert first["name"] == "plan ä.yaml"
    assert [each["content"]["fileType"] for each in (first, second)] == ["yaml", "csv"]
    async with aiohttp.ClientSession() as session:
        async with session.get(first["content"]["downloadUrl"]) as answer:
            assert await answer.read() == b"id: x"
        async with session.get(f"{room.url}/files/guessed") as answer:
            assert answer.status == 404
        page = {"as": "anna", "conversation": seen.conversation}
        async with session.get(f"{room.url}/api/messages", params=page) as answer:
            assert (await answer.json())["messages"][-1]["files"][0] == {"name": "plan ä.yaml", "size": 5}
        for files, status in (
            ([{"name": "c.csv", "data": "eA=="}], 200), ([{"name": "c.csv", "data": "%"}], 400), ([5], 400), ("x", 400),
            ([{"name": "c.csv"}], 400),
        ):  # fmt: skip
            async with session.post(f"{room.url}/api/say", json={**page, "text": "", "files": files}) as answer:
                assert answer.status == status
    assert bot.heard[-1]["attachments"][-1]["name"] == "c.csv"
    await Person(room, "anna").says("@Kolbot here", files=[("b.csv", b"y")])
    assert [each["contentType"] for each in bot.heard[-1]["attachments"]] == ["text/html"]
