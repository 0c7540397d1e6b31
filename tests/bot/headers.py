"""Authorization headers as Teams sends them, and forged, stale or bound elsewhere; and how to send one."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import aiohttp
import jwt

from rehearsal.keys import APP_ID, BOT_FRAMEWORK
from rehearsal.server import Room
from tests.bot.fake_teams import private_key

STRANGER = "99999999-2222-4333-8444-555555555555"
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


async def post(http: aiohttp.ClientSession, url: str, header: str | None, body: object) -> tuple[int, str]:
    headers = {"Content-Type": "application/json"} | ({} if header is None else {"Authorization": header})
    async with http.post(url, data=json.dumps(body).encode(), headers=headers) as response:
        return response.status, await response.text()
