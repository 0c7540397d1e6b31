"""Each cloud believes its own service addresses, over HTTP: another cloud's and nobody's are 403."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
from aiohttp import web
from botbuilder.core import TurnContext

from bot.adapter import KolbotAdapter
from bot.auth import Gate
from bot.clouds import cloud_named
from bot.keys import Keys
from bot.teams import Teams
from bot.token import own_token
from rehearsal.keys import APP_ID, BOT_FRAMEWORK
from rehearsal.server import Room, make_room
from tests.bot.headers import ELSEWHERE, claims, post

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
