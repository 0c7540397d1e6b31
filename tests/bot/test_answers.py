"""What a turn answers, sends, edits and deletes, and what becomes of a bug."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator

import pytest
from botbuilder.core import TurnContext
from botbuilder.schema import Activity, ActivityTypes, Attachment, ConversationReference, InvokeResponse

from bot import invokes
from bot.adapter import bug
from tests.bot.fake_teams import APP_ID
from tests.bot.served import Bot, served


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with served() as ready:
        yield ready


async def test_an_invoke_is_answered_in_the_response(bot: Bot) -> None:
    async def turn(context: TurnContext) -> None:
        assert not invokes.answered(context)
        invokes.answer(context, invokes.execute_message("Zapisano 😀"))
        assert invokes.answered(context)

    bot.turn = turn
    value = {"action": {"type": "Action.Execute", "verb": "x", "data": {"a": [1, {"b": None}]}}, "trigger": "manual"}
    status, text = await bot.invoke("adaptiveCard/action", value=value, replyToId="17")
    assert status == 200
    assert json.loads(text) == {
        "statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Zapisano 😀",
    }
    assert bot.turns[0].activity.value == value
    assert bot.turns[0].activity.reply_to_id == "17"


async def test_a_dialog_is_closed_without_a_body(bot: Bot) -> None:
    async def turn(context: TurnContext) -> None:
        invokes.answer(context, invokes.CLOSE)

    bot.turn = turn
    assert await bot.invoke("task/submit") == (200, "")


async def test_an_unknown_invoke_is_501_said_or_unsaid(bot: Bot) -> None:
    assert await bot.invoke("signin/verifyState") == (501, "")

    async def turn(context: TurnContext) -> None:
        invokes.unknown(context)

    bot.turn = turn
    assert await bot.invoke("composeExtension/query") == (501, "")


async def test_an_answer_given_the_sdks_way_goes_back_too(bot: Bot) -> None:
    async def turn(context: TurnContext) -> None:
        value = InvokeResponse(status=200, body={"task": {}})
        await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=value))

    bot.turn = turn
    assert await bot.invoke() == (200, '{"task":{}}')
    assert bot.fake.asked == []


async def test_a_bug_is_logged_once_with_the_id_that_goes_back_and_nothing_private(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    async def turn(context: TurnContext) -> None:
        raise KeyError(f"{context.activity.from_property.name} said: {context.activity.text}")

    bot.turn = turn
    status, text = await bot.post(bot.fake.activity(text="my secret answer"))
    name = json.loads(text)["error"]["id"]
    assert status == 500
    assert [record.levelno for record in caplog.records].count(logging.ERROR) == 1
    assert f"bug {name}: KeyError" in caplog.text
    assert "test_answers.py" in caplog.text
    for private in ("secret", "Anna", "Kowalska", "29:anna", "eyJ"):
        assert private not in caplog.text + text


async def test_an_answer_that_is_not_json_is_a_bug(bot: Bot) -> None:
    async def turn(context: TurnContext) -> None:
        invokes.answer(context, {"value": {1, 2}})

    bot.turn = turn
    status, text = await bot.invoke()
    assert (status, json.loads(text)["error"]["code"]) == (500, "bug")


async def test_two_bugs_have_two_ids() -> None:
    assert bug(ValueError("a")) != bug(ValueError("a"))


async def test_a_turn_goes_on_when_teams_hangs_up(bot: Bot) -> None:
    begun, go, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def turn(_: TurnContext) -> None:
        begun.set()
        await go.wait()
        done.set()

    bot.turn = turn
    request = asyncio.create_task(bot.post(bot.fake.activity()))
    await begun.wait()
    request.cancel()
    await asyncio.sleep(0.05)  # until the server has seen that nobody is there
    go.set()
    await asyncio.wait_for(done.wait(), 5)


async def test_a_turn_sends_edits_and_deletes_in_its_thread(bot: Bot) -> None:
    async def turn(context: TurnContext) -> None:
        card = Attachment(content_type="application/vnd.microsoft.card.adaptive", content={"type": "AdaptiveCard"})
        sent = await context.send_activity(Activity(type=ActivityTypes.message, attachments=[card]))
        assert sent.id == "posted-1"
        await context.send_activity("hello")
        await context.send_trace_activity("not for Teams")
        await bot.adapter.send_activities(context, [{"text": "plain"}])
        await bot.adapter.update_activity(context, {"id": "17", "text": "new"})
        await context.update_activity(Activity(id="18", type="message", text="newer"))
        await context.delete_activity("17")

    bot.turn = turn
    assert (await bot.post(bot.fake.activity()))[0] == 201
    methods = [(asked.method, asked.path.rpartition("/")[2]) for asked in bot.fake.asked]
    assert methods == [
        ("POST", "activities"), ("POST", "activities"), ("POST", "activities"), ("PUT", "17"), ("PUT", "18"),
        ("DELETE", "17"),
    ]
    thread = "19:abc@thread.tacv2;messageid=1700000000000"
    first = bot.fake.asked[0].body
    assert first["attachments"] == [
        {"contentType": "application/vnd.microsoft.card.adaptive", "content": {"type": "AdaptiveCard"}}
    ]
    for asked in bot.fake.asked[:5]:
        assert asked.body["conversation"] == {"id": thread}
        assert asked.body["from"] == {"id": f"28:{APP_ID}"}
        assert not {"recipient", "serviceUrl", "replyToId"} & set(asked.body)
    assert [asked.body.get("text") for asked in bot.fake.asked[1:5]] == ["hello", "plain", "new", "newer"]


async def test_a_conversation_can_be_continued_without_a_request(bot: Bot) -> None:
    await bot.post(bot.fake.activity())
    reference: ConversationReference = TurnContext.get_conversation_reference(bot.turns[0].activity)

    async def later(context: TurnContext) -> None:
        await context.send_activity("later")

    await bot.adapter.continue_conversation(reference, later)
    assert bot.fake.asked[0].body["text"] == "later"
