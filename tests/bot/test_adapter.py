"""The door: a good request becomes a turn; every other gets its status, does nothing and leaks nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.adapter import address_of, caller, raw
from bot.teams import Address
from tests.bot.fake_teams import APP_ID, NOW, TENANT
from tests.bot.served import Bot, served


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with served() as ready:
        yield ready


async def test_a_message_becomes_a_turn(bot: Bot) -> None:
    status, text = await bot.post(bot.fake.activity(entities=[{"type": "mention"}, "broken"]))
    assert (status, text) == (201, "")
    [context] = bot.turns
    activity = context.activity
    assert activity.type == "message"
    assert activity.text == "<at>Kolbot</at> help"
    assert (activity.from_property.id, activity.from_property.aad_object_id) == ("29:anna", "aaaa")
    assert activity.recipient.id == f"28:{APP_ID}"
    assert activity.conversation.conversation_type == "channel"
    assert activity.conversation.tenant_id == TENANT
    assert activity.entities == [{"type": "mention"}]
    assert activity.channel_data["team"] == {"id": "19:team"}
    assert raw(context)["from"]["tenantId"] == TENANT
    assert caller(context).tenant == TENANT
    assert address_of(context) == Address(bot.fake.service_url, activity.conversation.id, TENANT, f"28:{APP_ID}")


async def test_who_came_and_what_was_installed_is_read(bot: Bot) -> None:
    people = [{"id": "29:x", "name": None, "aadObjectId": "b"}, "broken"]
    await bot.post(bot.fake.activity(type="conversationUpdate", text=None, membersAdded=people, membersRemoved=[]))
    await bot.post(bot.fake.activity(type="installationUpdate", text=None, action="add", id=None))
    came, installed = (context.activity for context in bot.turns)
    assert [person.aad_object_id for person in came.members_added] == ["b"]
    assert (installed.action, installed.id, installed.members_added) == ("add", "", [])


@pytest.mark.parametrize(("body", "headers", "status"), [
    (b"{}", {"Authorization": None}, 401),
    (b"not json", {"Authorization": None}, 401),
    (b"{}", {"Authorization": "Bearer x.y.z"}, 401),
    (b"{}", {"Authorization": "Basic eDp5"}, 401),
    (b"", {}, 400),
    (b"not json", {}, 400),
    (b"[]", {}, 400),
    (b"7", {}, 400),
    (b'{"a":' * 5000 + b"1" + b"}" * 5000, {}, 400),
    (b'{"text": "\xff"}', {}, 400),
    (b'{"text": NaN}', {}, 400),
    (b"{}", {}, 403),
    (b"{}", {"Content-Type": "text/plain"}, 415),
    (b"{}", {"Content-Type": None}, 415),
    (b"{}", {"Content-Encoding": "gzip"}, 400),
    (b"x" * (256 * 1024 + 1), {}, 413),
])
async def test_a_request_that_is_none_gets_its_status_and_does_nothing(
    bot: Bot, body: bytes, headers: dict[str, str | None], status: int
) -> None:
    got, text = await bot.post(body, **headers)
    assert (got, bot.turns) == (status, [])
    assert "Traceback" not in text


async def test_a_body_without_a_length_is_counted_while_it_comes(bot: Bot) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x" * 60_000

    assert (await bot.post(endless()))[0] == 413
    assert bot.turns == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_other_methods_are_405(bot: Bot, method: str) -> None:
    async with bot.session.request(method, bot.url, headers={"Authorization": "Bearer x"}) as response:
        assert response.status == 405


@pytest.mark.parametrize(("claims", "fields", "status"), [
    ({"exp": int(NOW) - 400}, {}, 401),
    ({"exp": None}, {}, 401),
    ({"aud": "someone else"}, {}, 401),
    ({"iss": "someone else"}, {}, 401),
    ({"serviceurl": "https://evil.example"}, {}, 401),
    ({"kid": "stranger"}, {}, 401),
    ({}, {"serviceUrl": "https://evil.example"}, 401),
    ({}, {"serviceUrl": None}, 403),
    ({}, {"channelId": None}, 403),
    ({"serviceurl": "https://evil.example"}, {"serviceUrl": "https://evil.example"}, 403),
    ({}, {"channelData": {"tenant": {"id": "other"}}}, 403),
    ({}, {"channelData": None}, 403),
])
async def test_who_is_not_let_in_does_nothing(
    bot: Bot, claims: dict[str, Any], fields: dict[str, Any], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    token = bot.fake.token(**claims)
    got = await bot.post(bot.fake.activity(**fields), Authorization=f"Bearer {token}")
    assert got == (status, "")
    assert bot.turns == bot.fake.asked == []
    assert "not let in" in caplog.text
    assert token not in caplog.text
    assert "Anna" not in caplog.text


async def test_teams_is_asked_to_come_again_while_there_are_no_keys(bot: Bot) -> None:
    bot.fake.metadata_status = 500
    assert await bot.post(bot.fake.activity()) == (503, "")


BROKEN: list[dict[str, Any]] = [
    {"type": None}, {"type": ""}, {"type": 7}, {"from": None}, {"from": "29:anna"}, {"from": {"name": "Anna"}},
    {"from": {"id": "29:anna", "name": ["Anna"]}}, {"recipient": None}, {"recipient": {"id": ""}},
    {"conversation": None}, {"conversation": []}, {"conversation": {"id": 5}}, {"text": {"a": 1}}, {"text": 5},
    {"id": 17}, {"name": []}, {"locale": {}}, {"replyToId": 3}, {"membersAdded": [{"name": "no id"}]},
]


@pytest.mark.parametrize("fields", BROKEN)
async def test_an_activity_of_another_shape_is_400(
    bot: Bot, fields: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    assert await bot.post(bot.fake.activity(**fields)) == (400, "")
    assert bot.turns == []
    assert "Anna" not in caplog.text
