"""Everybody who may not come in, over HTTP against the whole bot: 401 or 403, an empty body, and nothing done."""

from __future__ import annotations

import asyncio
import base64
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
import jwt
from aiohttp import web
from botbuilder.core import TurnContext

from bot.adapter import KolbotAdapter
from bot.auth import Gate
from bot.clouds import cloud_named
from bot.keys import Keys
from bot.teams import Teams
from bot.token import own_token
from rehearsal.keys import APP_ID, BOT_FRAMEWORK, TENANT
from rehearsal.server import Room, make_room
from tests.bot.fake_teams import private_key
from tests.chat import Session, label, session
from tests.stories.acts import K1, form_of, leads, practices, sends

STRANGER = "99999999-2222-4333-8444-555555555555"
OTHER_TENANT = {"channelData": {"tenant": {"id": STRANGER}}}
ELSEWHERE = "https://smba.trafficmanager.net/emea/"
EVIL = "https://evil.example/"

Header = Callable[[Room], str | None]


def claims(room: Room, **changed: Any) -> dict[str, Any]:
    """What Teams' token says; a claim set to None is left out."""
    usual = {
        "iss": BOT_FRAMEWORK, "aud": APP_ID, "serviceurl": room.activities.service_url,
        "nbf": int(time.time()) - 300, "exp": int(time.time()) + 3600,
    }
    return {name: value for name, value in {**usual, **changed}.items() if value is not None}


def good(room: Room) -> str:
    return "Bearer " + room.keys.sign(claims(room))


def saying(**changed: Any) -> Header:
    """A token with the right signature under other claims."""
    return lambda room: "Bearer " + room.keys.sign(claims(room, **changed))


def due(claim: str, seconds: int) -> Header:
    """A token that ends or begins so many seconds from now."""
    return lambda room: "Bearer " + room.keys.sign(claims(room, **{claim: int(time.time()) + seconds}))


def signed(algorithm: str, **header: Any) -> Header:
    """The right key in another way, or under another header."""

    def make(room: Room) -> str:
        key = room.keys.published[0]
        given = header or {"kid": key.kid}
        return "Bearer " + jwt.encode(claims(room), key.private, algorithm=algorithm, headers=given)

    return make


def by_stranger(room: Room) -> str:
    headers = {"kid": room.keys.published[0].kid}
    return "Bearer " + jwt.encode(claims(room), private_key("stranger"), algorithm="RS256", headers=headers)


def unsigned(room: Room) -> str:
    return "Bearer " + jwt.encode(claims(room), "", algorithm="none", headers={"kid": room.keys.published[0].kid})


def with_public_key(room: Room) -> str:
    key = room.keys.published[0]
    return "Bearer " + jwt.encode(claims(room), room.keys.jwks()["keys"][0]["n"], "HS256", headers={"kid": key.kid})


def with_key_inside(room: Room) -> str:
    """The token brings its own key, which a careless library would believe."""
    stranger = private_key("stranger")
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(stranger.public_key()))
    headers = {"kid": room.keys.published[0].kid, "jwk": public, "jku": EVIL, "x5u": EVIL}
    return "Bearer " + jwt.encode(claims(room), stranger, algorithm="RS256", headers=headers)


def changed_after(room: Room) -> str:
    head, body, signature = good(room).split(".")
    said = {**json.loads(base64.urlsafe_b64decode(body + "==")), "serviceurl": EVIL}
    return f"{head}.{base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b'=').decode()}.{signature}"


def cut(room: Room) -> str:
    return good(room).rpartition(".")[0] + "."


def exactly(header: str | None) -> Header:
    return lambda room: header


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


async def post(http: aiohttp.ClientSession, url: str, header: str | None, body: object) -> tuple[int, str]:
    headers = {"Content-Type": "application/json"} | ({} if header is None else {"Authorization": header})
    async with http.post(url, data=json.dumps(body).encode(), headers=headers) as response:
        return response.status, await response.text()


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


BELIEVED = {
    "public": ["https://smba.trafficmanager.net/emea/", "https://SMBA.trafficmanager.net/pl/", ELSEWHERE[:-1]],
    "gcc": ["https://smba.infra.gcc.teams.microsoft.com/gcc/"],
    "gcch": ["https://smba.infra.gov.teams.microsoft.us/gov/"],
    "dod": ["https://smba.infra.dod.teams.microsoft.us/dod/"],
    "china": ["https://smba.botframework.azure.cn/teams/"],
}
NEVER = (
    "http://smba.trafficmanager.net/emea/", "https://smba.trafficmanager.net.evil.example/",
    "https://evil.example/smba.trafficmanager.net/", "https://smba.trafficmanager.net@evil.example/",
    "https://evil.example\\@smba.trafficmanager.net/", "https://evil-smba.trafficmanager.net/",
    "https://smba.trafficmanager.net:8443/", "https://smba.trafficmanager.net/../x/", "https://127.0.0.1/",
    "https://smba.trafficmanager.net/?x=1", "https://smba.trafficmanager.net/#x", "http://127.0.0.1:3979/connector/",
    "https://botframework.azure.cn/", "https://evilbotframework.azure.cn/", "https://169.254.169.254/metadata/",
    "https://smba.trafficmanager.net%2eevil.example/", "https://smba.trafficmanager.net./", "file:///etc/passwd",
)


@asynccontextmanager
async def door(room: Room, cloud: str, turns: list[TurnContext]) -> AsyncIterator[str]:
    """The door of a bot in this cloud, which believes the room's keys: only the service addresses differ."""

    async def on_turn(context: TurnContext) -> None:
        turns.append(context)

    async with aiohttp.ClientSession() as http:
        rehearsal = cloud_named("rehearsal", room.url)
        keys = Keys(rehearsal, http)
        gate = Gate(replace(cloud_named(cloud), issuer=BOT_FRAMEWORK), APP_ID, keys)
        adapter = KolbotAdapter(gate, Teams(rehearsal, http, own_token(rehearsal, http, APP_ID)))
        app = web.Application()
        app.add_routes([adapter.route(on_turn)])
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
        finally:
            await runner.cleanup()


async def test_each_cloud_believes_its_own_service_addresses_only(
    record_property: Callable[[str, object], None],
) -> None:
    asked = 0
    async with make_room() as room, aiohttp.ClientSession() as http:
        update = room.activities.installed(room.world.conversation("Peer learning"))
        for cloud, own in BELIEVED.items():
            turns: list[TurnContext] = []
            others = [address for other, addresses in BELIEVED.items() if other != cloud for address in addresses]
            async with door(room, cloud, turns) as url:
                for address in (*others, *NEVER):
                    asked += 1
                    header = "Bearer " + room.keys.sign(claims(room, serviceurl=address))
                    answer = await post(http, url, header, {**update, "serviceUrl": address})
                    assert (answer, turns) == ((403, ""), []), (cloud, address)
                for address in own:
                    header = "Bearer " + room.keys.sign(claims(room, serviceurl=address))
                    assert await post(http, url, header, {**update, "serviceUrl": address}) == (201, ""), address
                assert len(turns) == len(own)
    record_property("counted", f"service addresses: {asked} of other clouds and of nobody, none believed")
