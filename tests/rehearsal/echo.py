"""A small bot for the tests of the room: checks the token, notes what it hears, answers as it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aiohttp
import jwt
import orjson
from aiohttp import web

APP_ID = "00000000-0000-0000-0000-0000000000ab"
CARD = "application/vnd.microsoft.card.adaptive"
Reaction = Callable[[dict[str, Any]], Any]


class EchoBot:
    """Listens on loopback; `on_invoke` gives the body of the answer to an invoke, `on_message` is awaited."""

    def __init__(self, room_url: str) -> None:
        self.room_url = room_url
        self.heard: list[dict[str, Any]] = []
        self.tokens_seen: set[str] = set()
        self.on_invoke: Reaction = lambda activity: None
        self.on_message: Reaction | None = None
        self.status = 200
        self.hold = 0.0
        self.url = ""
        self._keys: dict[str, Any] = {}

    async def start(self) -> EchoBot:
        application = web.Application()
        application.router.add_post("/api/messages", self._hear)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/api/messages"
        self.session = aiohttp.ClientSession()
        self.token = (await self.login())["access_token"]
        return self

    async def stop(self) -> None:
        await self.session.close()
        await self._runner.cleanup()

    async def login(self, **changed: str) -> dict[str, Any]:
        form = {
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "scope": "https://api.botframework.com/.default",
        } | changed
        async with self.session.post(f"{self.room_url}/oauth2/v2.0/token", data=form) as response:
            body: dict[str, Any] = await response.json()
            return body | {"status": response.status}

    async def call(self, method: str, path: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        """A Connector call below the serviceUrl: status and body."""
        headers = {"Authorization": f"Bearer {token or self.token}"}
        url = f"{self.room_url}/connector/v3/{path}"
        data = None if body is None else orjson.dumps(body)
        async with self.session.request(method, url, data=data, headers=headers) as response:
            raw = await response.read()
            return response.status, orjson.loads(raw) if raw else None

    async def post_card(self, conversation: str, card: dict[str, Any]) -> str:
        status, body = await self.call("POST", f"conversations/{conversation}/activities", card_message(card))
        assert status == 201, body
        return str(body["id"])

    async def _check(self, header: str, activity: dict[str, Any]) -> None:
        scheme, _, token = header.partition(" ")
        assert scheme == "Bearer"
        if not self._keys:
            async with self.session.get(f"{self.room_url}/v1/.well-known/openidconfiguration") as response:
                metadata = await response.json()
            assert metadata["issuer"] == "https://api.botframework.com"
            async with self.session.get(metadata["jwks_uri"]) as response:
                published = await response.json()
            self._keys = {key["kid"]: jwt.PyJWK(key).key for key in published["keys"]}
        kid = jwt.get_unverified_header(token)["kid"]
        claims = jwt.decode(
            token,
            self._keys[kid],
            algorithms=["RS256"],
            audience=APP_ID,
            issuer="https://api.botframework.com",
            options={"require": ["exp", "nbf", "iss", "aud"]},
        )
        assert claims["serviceurl"] == activity["serviceUrl"]
        self.tokens_seen.add(token)

    async def _hear(self, request: web.Request) -> web.Response:
        activity = orjson.loads(await request.read())
        await self._check(request.headers["Authorization"], activity)
        self.heard.append(activity)
        if activity["type"] == "invoke":
            body = self.on_invoke(activity)
            return web.Response(body=orjson.dumps(body), status=self.status, content_type="application/json")
        if self.on_message is not None and activity["type"] == "message":
            await self.on_message(activity)
        return web.Response(status=202 if self.status == 200 else self.status)


def text_block(text: str) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, "wrap": True}


def card_of(*body: dict[str, Any], actions: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body), "actions": actions or [], **more}


def execute(title: str, verb: str, **data: Any) -> dict[str, Any]:
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": data}


def opens(title: str, **data: Any) -> dict[str, Any]:
    return {"type": "Action.Submit", "title": title, "data": {"msteams": {"type": "task/fetch"}, **data}}


def card_message(card: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "message", "attachments": [{"contentType": CARD, "content": card}], **more}


def shows(card: dict[str, Any]) -> dict[str, Any]:
    return {"statusCode": 200, "type": CARD, "value": card}


def toast(text: str) -> dict[str, Any]:
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}


def dialog(title: str, card: dict[str, Any]) -> dict[str, Any]:
    value = {"title": title, "height": "medium", "width": "medium", "card": {"contentType": CARD, "content": card}}
    return {"task": {"type": "continue", "value": value}}
