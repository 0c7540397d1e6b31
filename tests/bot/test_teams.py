"""The Connector: what is sent, and where."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.teams import Gone, Priority, card_activity
from tests.bot.fake_teams import APP_ID, TENANT, Reply
from tests.bot.line import PATH, THREAD, Line, connected, error


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with connected() as ready:
        yield ready


async def test_a_card_is_posted_with_the_bots_token(line: Line) -> None:
    card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Zażółć 😀 </at>"}]}
    assert await line.teams.send(line.here, card_activity(card, "New")) == "posted-1"
    [asked] = line.fake.asked
    assert (asked.method, asked.path, asked.query) == ("POST", f"{PATH}/activities", {})
    assert asked.authorization == "Bearer own-1"
    assert asked.body == {
        "type": "message", "summary": "New", "from": {"id": f"28:{APP_ID}"}, "conversation": {"id": THREAD},
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    }


async def test_the_bare_channel_is_where_a_new_post_goes(line: Line) -> None:
    await line.teams.send(line.here.bare, {"text": "hello"})
    assert line.fake.asked[0].path == "v3/conversations/19%3Aabc%40thread.tacv2/activities"
    assert line.here.bare.bare == line.here.bare


async def test_an_edit_and_a_delete_name_the_message(line: Line) -> None:
    line.fake.replies = [Reply(200, {"id": "17"}), Reply(200, "")]
    assert await line.teams.edit(line.here, "17/../x", {"text": "new"})
    await line.teams.delete(line.here, "17/../x")
    edit, delete = line.fake.asked
    assert (edit.method, edit.path) == ("PUT", f"{PATH}/activities/17%2F..%2Fx")
    assert edit.body["id"] == "17/../x"
    assert (delete.method, delete.path, delete.body) == ("DELETE", f"{PATH}/activities/17%2F..%2Fx", None)


async def test_a_message_for_one_person_has_a_recipient_only_when_new(line: Line) -> None:
    assert await line.teams.send_only_to(line.here, "29:anna", {"text": "psst"}) == "posted-1"
    await line.teams.edit(line.here, "17", {"text": "psst", "recipient": {"id": "29:anna"}}, only_to=True)
    await line.teams.delete(line.here, "17", only_to=True)
    assert [asked.query for asked in line.fake.asked] == [{"isTargetedActivity": "true"}] * 3
    assert line.fake.asked[0].body["recipient"] == {"id": "29:anna"}
    assert "recipient" not in line.fake.asked[1].body


async def test_a_private_chat_is_opened_in_the_tenant(line: Line) -> None:
    line.fake.replies = [Reply(201, {"id": "a:chat"})]
    assert await line.teams.open_chat(line.here, "29:anna") == "a:chat"
    [asked] = line.fake.asked
    assert asked.path == "v3/conversations"
    assert asked.body["members"] == [{"id": "29:anna"}]
    assert asked.body["channelData"] == {"tenant": {"id": TENANT}}


async def test_the_roster_is_read_page_by_page(line: Line) -> None:
    people: list[dict[str, Any]] = [
        {"id": f"29:{n}", "name": f"P {n}", "aadObjectId": f"AA{n}", "tenantId": TENANT.upper(), "userRole": "user"}
        for n in range(3)
    ]
    people[2] = {"id": "29:2", "objectId": "aa2", "name": None}
    line.fake.replies = [
        Reply(200, {"members": people[:1], "continuationToken": "a+b/c&d="}),
        Reply(503, ""),
        Reply(200, {"members": [*people[1:], "broken", {"name": "nobody"}]}),
    ]
    members = await line.teams.members(line.here)
    assert [member.object_id for member in members] == ["aa0", "aa1", "aa2"]
    assert (members[0].tenant, members[0].role, members[2].name) == (TENANT, "user", "")
    assert line.fake.asked[0].path == "v3/conversations/19%3Aabc%40thread.tacv2/pagedmembers"
    assert line.fake.asked[2].query == {"pageSize": "500", "continuationToken": "a+b/c&d="}


async def test_a_roster_that_goes_in_a_circle_ends(line: Line) -> None:
    page = Reply(200, {"members": [{"id": "29:0"}], "continuationToken": "again"})
    line.fake.replies = [page, page, page]
    assert len(await line.teams.members(line.here)) == 1
    assert len(line.fake.asked) == 2


async def test_one_member_is_asked_for(line: Line) -> None:
    gone = Reply(404, error("MemberNotFoundInConversation"))
    line.fake.replies = [Reply(200, {"id": "29:anna", "name": "Anna"}), gone]
    assert (await line.teams.member(line.here, "29:anna")).name == "Anna"
    with pytest.raises(Gone):
        await line.teams.member(line.here, "29:anna")


async def test_a_reply_goes_before_the_boards_and_stage_cards_that_wait(line: Line) -> None:
    for _ in range(7):
        await line.teams.send(line.here, {"text": "x"})
    await asyncio.gather(
        line.teams.edit(line.here, "1", {"text": "board"}, priority=Priority.BOARD),
        line.teams.send(line.here.bare, {"text": "stage"}, priority=Priority.STAGE),
        line.teams.send_only_to(line.here, "29:anna", {"text": "private"}),
        line.teams.send(line.here, {"text": "reply"}),
    )
    assert [asked.body["text"] for asked in line.fake.asked[7:]] == ["reply", "stage", "private", "board"]
