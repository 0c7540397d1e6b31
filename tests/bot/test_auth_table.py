"""Everybody who may not come in, over HTTP against the whole bot: 401 or 403, an empty body, and nothing done."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from rehearsal.keys import APP_ID, BOT_FRAMEWORK, TENANT
from tests.bot.headers import (
    ELSEWHERE,
    EVIL,
    STRANGER,
    Header,
    by_stranger,
    changed_after,
    claims,
    cut,
    due,
    exactly,
    good,
    post,
    saying,
    signed,
    unsigned,
    with_key_inside,
    with_public_key,
)
from tests.chat import Session, label, session
from tests.stories.acts import K1, form_of, leads, practices, sends

OTHER_TENANT = {"channelData": {"tenant": {"id": STRANGER}}}


@dataclass(frozen=True)
class Case:
    """One who may not come in: the status, the header, and what is other than usual in the activity."""

    name: str
    status: int
    header: Header = good
    fields: Mapping[str, Any] = field(default_factory=dict)


CASES = (
    Case("no header", 401, exactly(None)),
    Case("an empty header", 401, exactly("")),
    Case("Bearer alone", 401, exactly("Bearer")),
    Case("Bearer and a blank", 401, exactly("Bearer ")),
    Case("Basic", 401, exactly("Basic eDp5")),
    Case("a token without its scheme", 401, lambda room: good(room).removeprefix("Bearer ")),
    Case("two schemes", 401, lambda room: "Bearer " + good(room)),
    Case("no token at all", 401, exactly("Bearer abc")),
    Case("dots", 401, exactly("Bearer ..")),
    Case("null", 401, exactly("Bearer null")),
    Case("not base64", 401, exactly("Bearer a!.b!.c!")),
    Case("a hundred dots", 401, exactly("Bearer " + "." * 100)),
    Case("an endless token", 401, lambda room: good(room) + "A" * 7_000),
    Case("a header as long as it may be", 401, exactly("Bearer " + "A" * 8_000)),
    Case("the signature is cut off", 401, cut),
    Case("claims changed after signing", 401, changed_after),
    Case("signed by a stranger", 401, by_stranger),
    Case("unsigned", 401, unsigned),
    Case("HS256 with the public key as the secret", 401, with_public_key),
    Case("the key is in the token", 401, with_key_inside),
    Case("RS384", 401, signed("RS384")),
    Case("RS512", 401, signed("RS512")),
    Case("PS256", 401, signed("PS256")),
    Case("an unknown kid", 401, signed("RS256", kid="nobody")),
    Case("a kid that is a path", 401, signed("RS256", kid="../../etc/passwd")),
    Case("a kid that is empty", 401, signed("RS256", kid="")),
    Case("no kid", 401, signed("RS256", typ="JWT")),
    Case("expired", 401, due("exp", -301)),
    Case("expired long ago", 401, due("exp", -86_400)),
    Case("no exp", 401, saying(exp=None)),
    Case("exp out of range", 401, saying(exp=10**15)),
    Case("exp below zero", 401, saying(exp=-1)),
    Case("exp is true", 401, saying(exp=True)),
    Case("exp is a text", 401, saying(exp="tomorrow")),
    Case("not valid yet", 401, due("nbf", 330)),
    Case("nbf is a text", 401, saying(nbf="soon")),
    Case("another issuer", 401, saying(iss=f"https://sts.windows.net/{TENANT}/")),
    Case("another cloud's issuer", 401, saying(iss="https://api.botframework.us")),
    Case("no issuer", 401, saying(iss=None)),
    Case("another audience", 401, saying(aud=STRANGER)),
    Case("two audiences", 401, saying(aud=[APP_ID, BOT_FRAMEWORK])),
    Case("no audience", 401, saying(aud=None)),
    Case("the bot's own outgoing token", 401, lambda room: "Bearer " + room.keys.for_connector(APP_ID)),
    Case("bound to another service address", 401, saying(serviceurl=ELSEWHERE)),
    Case("bound to none", 401, saying(serviceurl=None)),
    Case("bound to an empty one", 401, saying(serviceurl="")),
    Case("bound to a list of them", 401, saying(serviceurl=[ELSEWHERE])),
    Case("an activity of another service address", 401, fields={"serviceUrl": EVIL}),
    Case("an activity of no service address", 403, fields={"serviceUrl": None}),
    Case("an activity of an empty service address", 403, fields={"serviceUrl": ""}),
    Case("a service address that is a number", 403, fields={"serviceUrl": 7}),
    Case("a signed service address outside the cloud", 403, saying(serviceurl=EVIL), {"serviceUrl": EVIL}),
    Case("one outside the cloud that differs by a slash", 403, saying(serviceurl=EVIL.rstrip("/")),
         {"serviceUrl": EVIL.rstrip("/") + "/"}),
    Case("a signed service address of Teams in a rehearsal", 403, saying(serviceurl=ELSEWHERE),
         {"serviceUrl": ELSEWHERE}),
    Case("no channel", 403, fields={"channelId": None}),
    Case("another channel", 403, fields={"channelId": "directline"}),
    Case("the emulator's channel", 403, fields={"channelId": "emulator"}),
    Case("a channel that is a list", 403, fields={"channelId": ["msteams"]}),
    Case("a conversation of another tenant", 403, fields=OTHER_TENANT),
    Case("a conversation of no tenant", 403, fields={"channelData": {}}),
    Case("no channelData", 403, fields={"channelData": None}),
    Case("a tenant that is empty", 403, fields={"channelData": {"tenant": {"id": ""}}}),
    Case("a tenant that is a list", 403, fields={"channelData": {"tenant": {"id": [TENANT]}}}),
    Case("a tenant only where the SDK would look", 403,
         fields={"channelData": {}, "conversation": {"id": "x", "tenantId": TENANT}}),
)


def everything(folder: Path) -> list[str]:
    """Every row of every table."""
    with closing(sqlite3.connect(folder / "kolbot.db")) as database:
        return list(database.iterdump())


async def activities(room: Session) -> list[dict[str, Any]]:
    """Three that do something when they are let in: an answer, a word to the bot, and the bot's removal."""
    await room.opens()
    await room.joins("james")
    await leads(room, label("Start", "pl"))
    await sends(await form_of(room, "james"), K1="From James")
    submitted = room.room.sent[-1].activity
    submitted["value"]["data"][K1] = "From nobody"
    await room.person("anna").says("@Kolbot help", root=room.root)
    said = room.room.sent[-1].activity
    removed = {**said, "type": "installationUpdate", "action": "remove"}
    await room.settles()
    return [submitted, said, removed]


async def test_who_may_not_come_in_does_nothing(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    asked = 0
    async with session(tmp_path, ALLOWED_TENANTS=TENANT) as room, aiohttp.ClientSession() as http:
        url = room.room.link.url
        assert url is not None
        tried = await activities(room)
        before, posted = everything(tmp_path), len(room.room.world.messages)
        for case in CASES:
            for activity in tried:
                asked += 1
                body = {**activity, "id": f"f:tried-{asked}", **case.fields}
                assert await post(http, url, case.header(room.room), body) == (case.status, ""), case.name
            assert everything(tmp_path) == before, case.name
            assert len(room.room.world.messages) == posted, case.name
        assert len({case.name for case in CASES}) == len(CASES)

        for activity in tried[:2]:  # and each of them does what it is for, when it comes from Teams
            assert (await post(http, url, good(room.room), {**activity, "id": f"{activity['id']}-x"}))[0] in (200, 201)
        assert await practices(room) == [["From nobody"]]
        assert len(room.room.world.messages) == posted + 1
        assert (await post(http, url, good(room.room), {**tried[2], "id": "f:gone"}))[0] == 201
        assert everything(tmp_path) != before
    record_property("counted", f"authentication: {len(CASES)} cases, {asked} requests, none let in and nothing done")


async def test_what_was_good_once_is_not_good_for_ever(tmp_path: Path) -> None:
    """A token that the bot has seen before ends all the same, and so does one whose key is published no more."""
    async with session(tmp_path) as room, aiohttp.ClientSession() as http:
        url = room.room.link.url
        assert url is not None
        update = room.room.activities.installed(room.room.world.conversation("Peer learning")) | {"action": "upgrade"}
        ending = "Bearer " + room.room.keys.sign(claims(room.room, exp=time.time() - 297))
        lasting = good(room.room)
        assert (await post(http, url, ending, update))[0] == (await post(http, url, lasting, update))[0] == 201
        await asyncio.sleep(3.1)
        assert (await post(http, url, ending, update))[0] == 401
        assert (await post(http, url, lasting, update))[0] == 201
        room.room.keys.rotate(keep=0)
        await room.bot.keys.refresh()
        assert (await post(http, url, lasting, update))[0] == 401
        assert (await post(http, url, good(room.room), update))[0] == 201
