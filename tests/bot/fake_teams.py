"""A small Teams for these tests: keys, metadata, tokens and Connector on loopback. It imports nothing of ours."""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from jwt.api_jws import PyJWS

APP_ID = "00000000-0000-0000-0000-0000000000ab"
ISSUER = "https://api.botframework.com"
TENANT = "11111111-2222-3333-4444-555555555555"
PERSON = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
NOW = 1_800_000_000.0


@functools.cache
def private_key(kid: str) -> rsa.RSAPrivateKey:
    """One key for each id, made once."""
    assert kid
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Clock:
    """A clock that goes only when told to, and a sleep that takes no time."""

    now: float = NOW
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@dataclass
class Reply:
    """How the Connector answers one request. `lose`: it has its effect, and the connection breaks."""

    status: int = 201
    body: Any = field(default_factory=lambda: {"id": "posted-1"})
    headers: dict[str, str] = field(default_factory=dict)
    lose: bool = False
    delay: float = 0.0


@dataclass
class Asked:
    """One request that the Connector got."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    authorization: str


class FakeTeams:
    """Answers as told in `replies`, then with a plain 201; remembers what was asked."""

    def __init__(self) -> None:
        self.kids = ["one"]
        self.endorsements: dict[str, list[str]] = {}
        self.metadata_status = 200
        self.metadata_delay = 0.0
        self.jwks_uri = ""
        self.keys_body: Any = None
        self.metadata_asked = 0
        self.people_kids = ["people"]
        self.people_issuers: dict[str, str] = {}
        self.people_status = 200
        self.people_asked: list[str] = []
        self.tokens_given = 0
        self.token_status = 200
        self.token_delay = 0.0
        self.token_body: dict[str, Any] | None = None
        self.replies: list[Reply] = []
        self.asked: list[Asked] = []
        self.url = ""

    @property
    def service_url(self) -> str:
        """Where the bot answers."""
        return f"{self.url}/connector/"

    def app(self) -> web.Application:
        """The server's routes."""
        app = web.Application(client_max_size=8_000_000)
        app.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/v1/.well-known/keys", self._keys)
        app.router.add_get("/elsewhere", self._elsewhere)
        app.router.add_get("/{tenant}/discovery/v2.0/keys", self._keys_of_people)
        app.router.add_post("/oauth2/v2.0/token", self._token)
        app.router.add_route("*", "/connector/{path:.*}", self._connector)
        return app

    async def _metadata(self, _: web.Request) -> web.Response:
        self.metadata_asked += 1
        await asyncio.sleep(self.metadata_delay)
        if self.metadata_status != 200:
            return web.Response(status=self.metadata_status, headers={"Location": "/elsewhere"})
        return await self._elsewhere(_)

    async def _elsewhere(self, _: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": self.jwks_uri or f"{self.url}/v1/.well-known/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        if self.keys_body is not None:
            return web.json_response(self.keys_body)
        return web.json_response({"keys": [self.jwk(kid) for kid in self.kids]})

    async def _keys_of_people(self, request: web.Request) -> web.Response:
        """As Entra publishes them: for which issuer, and for no channel."""
        self.people_asked.append(request.match_info["tenant"])
        usual = f"{self.url}/{{tenantid}}/v2.0"
        keys = [self.jwk(kid) | {"issuer": self.people_issuers.get(kid, usual)} for kid in self.people_kids]
        return web.json_response({"keys": [one | {"endorsements": []} for one in keys]}, status=self.people_status)

    def jwk(self, kid: str) -> dict[str, Any]:
        """The public half of a key, as it is published."""
        public = json.loads(RSAAlgorithm.to_jwk(private_key(kid).public_key()))
        return {**public, "kid": kid, "use": "sig", "endorsements": self.endorsements.get(kid, ["msteams"])}

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.tokens_given += 1
        await asyncio.sleep(self.token_delay)
        assert form["client_id"] == APP_ID
        assert "client_secret" not in form
        body = self.token_body or {"access_token": f"own-{self.tokens_given}", "expires_in": 3600}
        return web.json_response(body, status=self.token_status)

    async def _connector(self, request: web.Request) -> web.StreamResponse:
        data = await request.read()
        path = request.rel_url.raw_path.removeprefix("/connector/")
        self.asked.append(
            Asked(
                request.method,
                path,
                dict(request.query),
                json.loads(data) if data else None,
                request.headers.get("Authorization", ""),
            )
        )
        reply = self.replies.pop(0) if self.replies else Reply()
        await asyncio.sleep(reply.delay)
        if reply.lose:
            assert request.transport is not None
            request.transport.close()
        if isinstance(reply.body, (dict, list)):
            return web.json_response(reply.body, status=reply.status, headers=reply.headers)
        return web.Response(text=reply.body, status=reply.status, headers=reply.headers)

    def token(self, kid: str = "one", **claims: Any) -> str:
        """A token as Teams signs it; a claim set to None is left out."""
        usual = {
            "iss": ISSUER, "aud": APP_ID, "serviceurl": self.service_url,
            "nbf": int(NOW) - 60, "exp": int(NOW) + 3600,
        }
        said = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        return jwt.encode(said, private_key(kid), algorithm="RS256", headers={"kid": kid})

    def token_of_person(self, kid: str = "people", **claims: Any) -> str:
        """A token as Entra gives it to a tab (version 2); a claim set to None is left out."""
        usual = {
            "iss": f"{self.url}/{TENANT}/v2.0", "aud": APP_ID, "tid": TENANT, "oid": PERSON, "ver": "2.0",
            "scp": "access_as_user", "azp": "5e3ce6c0-2b1f-4285-8d4b-75ee78787346", "name": "Anna Kowalska",
            "iat": int(NOW) - 60, "nbf": int(NOW) - 60, "exp": int(NOW) + 4500,
        }
        said = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        # Signed as bytes: `jwt.encode` would not write some of what nobody should.
        return PyJWS().encode(json.dumps(said).encode(), private_key(kid), algorithm="RS256", headers={"kid": kid})

    def activity(self, **fields: Any) -> dict[str, Any]:
        """A message to the bot in a thread of a channel; a field set to None is left out."""
        usual = {
            "type": "message",
            "id": "1700000000001",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": {"id": "29:anna", "name": "Anna Kowalska", "aadObjectId": "aaaa", "tenantId": TENANT},
            "recipient": {"id": f"28:{APP_ID}", "name": "Kolbot"},
            "conversation": {
                "id": "19:abc@thread.tacv2;messageid=1700000000000", "conversationType": "channel", "isGroup": True,
                "tenantId": TENANT,
            },
            "channelData": {"tenant": {"id": TENANT}, "team": {"id": "19:team"}},
            "text": "<at>Kolbot</at> help",
            "locale": "pl-PL",
            "entities": [],
        }
        return {name: value for name, value in {**usual, **fields}.items() if value is not None}


@asynccontextmanager
async def fake_teams() -> AsyncIterator[FakeTeams]:
    """A running FakeTeams."""
    teams = FakeTeams()
    server = TestServer(teams.app())
    await server.start_server()
    teams.url = f"http://127.0.0.1:{server.port}"
    try:
        yield teams
    finally:
        await server.close()
