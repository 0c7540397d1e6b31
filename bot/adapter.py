"""Bot Framework's adapter with our own door and transport: HTTP in, a turn, HTTP out. It decides nothing."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import orjson
from aiohttp import web
from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import Activity, ConversationReference, ResourceResponse

from bot.activities import read_activity, wire
from bot.auth import Caller, Gate, NotLetIn
from bot.invokes import answer_of
from bot.logs import begin_turn, places, turn_id
from bot.metrics import Metrics
from bot.teams import Address, Teams

OnTurn = Callable[[TurnContext], Awaitable[None]]

LARGEST_BODY = 256 * 1024  # bytes; Teams' own activities stay below 100 KB
BODY_TIMEOUT = 10.0  # seconds to send a body in
_RAW = "kolbot.raw"
_CALLER = "kolbot.caller"

log = logging.getLogger("kolbot.bot")


class KolbotAdapter(BotAdapter):  # type: ignore[misc]  # botbuilder has no types
    """Lets activities in through the gate, runs the turn, and sends through our Connector."""

    def __init__(self, gate: Gate, teams: Teams, metrics: Metrics | None = None) -> None:
        super().__init__()
        self.metrics = metrics or Metrics()
        self.gate = gate
        self.teams = teams

    async def process(
        self, authorization: str | None, body: Mapping[str, Any], on_turn: OnTurn
    ) -> tuple[int, Mapping[str, Any] | None]:
        """One activity: (HTTP status, JSON body or None).

        401, 403, 503: not let in. 400: no activity. 201: taken, nothing to say. 501: an invoke without an
        answer. 500: a bug; its id is in the body and in the log.
        """
        begin_turn()
        begun = time.perf_counter()
        try:
            caller = await self.gate.check(authorization, body)
        except NotLetIn as refusal:
            log.warning("an activity was not let in: %s", refusal.reason)
            self.metrics.turned_away(refusal.reason)
            return refusal.status, None
        except Exception as error:  # noqa: BLE001 - nobody is let in by a bug, and it has its id all the same
            self.metrics.bug()
            return 500, {"error": {"code": "bug", "id": bug(error)}}
        try:
            activity = read_activity(body)
        except ValueError as error:
            log.warning("an activity cannot be read: %s", error)
            self.metrics.turned_away("the activity cannot be read")
            return 400, None
        context = TurnContext(self, activity)
        context.turn_state[_RAW] = body
        context.turn_state[_CALLER] = caller
        try:
            await self.run_pipeline(context, on_turn)
        except Exception as error:  # noqa: BLE001 - the outermost edge: whatever it is, it is a bug with an id
            self.metrics.bug()
            return 500, {"error": {"code": "bug", "id": bug(error)}}
        if activity.type != "invoke":
            return 201, None
        self.metrics.invoke_took(time.perf_counter() - begun)
        answer = answer_of(context)
        return (501, None) if answer is None else (answer.status, answer.body)

    def route(self, on_turn: OnTurn, path: str = "/api/messages") -> web.RouteDef:
        """The aiohttp route; other methods than POST get 405 from aiohttp."""
        return web.post(path, partial(self.messages, on_turn=on_turn))

    async def messages(self, request: web.Request, on_turn: OnTurn) -> web.Response:
        """One HTTP request of Teams, from its bytes to the response."""
        authorization = request.headers.get("Authorization")
        if authorization is None:
            self.metrics.turned_away("there is no Authorization header")
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        if request.content_type != "application/json":
            self.metrics.turned_away("HTTP 415")
            return web.Response(status=415)
        data = await _body(request)
        if isinstance(data, int):
            self.metrics.turned_away(f"HTTP {data}")
            return web.Response(status=data)
        try:
            body = orjson.loads(data)
        except orjson.JSONDecodeError:
            body = None
        if not isinstance(body, dict):
            self.metrics.turned_away("HTTP 400")
            return web.Response(status=400)
        status, said = await self.process(authorization, body, on_turn)
        try:
            answer = None if said is None else orjson.dumps(said)
        except TypeError as error:  # an answer that is not JSON, such as 2**64 or a set
            status, answer = 500, orjson.dumps({"error": {"code": "bug", "id": bug(error)}})
        headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
        kind = None if answer is None else "application/json"
        return web.Response(status=status, body=answer, content_type=kind, headers=headers)

    async def send_activities(
        self, context: TurnContext, activities: list[Activity | dict[str, Any]]
    ) -> list[ResourceResponse]:
        """Posts each in the turn's conversation, one after the other, as their order matters to readers.

        Called directly it takes plain dicts too; TurnContext.send_activity takes Activity only and copies it
        deeply. Raises what `Teams.send` raises.
        """
        sent = []
        for activity in activities:
            body = wire(activity)
            name = ""
            if body.get("type") == "invokeResponse":
                context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
            elif body.get("type") != "trace":
                name = await self.teams.send(_to(context, body), _outgoing(body))
            sent.append(ResourceResponse(id=name))
        return sent

    async def update_activity(self, context: TurnContext, activity: Activity | dict[str, Any]) -> ResourceResponse:
        """Replaces the message whose id the activity bears. Raises what `Teams.edit` raises."""
        body = wire(activity)
        name = str(body.get("id") or "")
        await self.teams.edit(_to(context, body), name, _outgoing(body))
        return ResourceResponse(id=name)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Deletes the message that the reference names. Raises what `Teams.delete` raises."""
        await self.teams.delete(address_of(context), str(reference.activity_id or ""))


def raw(context: TurnContext) -> Mapping[str, Any]:
    """The activity as it came, with the fields that `context.activity` leaves out."""
    body = context.turn_state[_RAW]
    assert isinstance(body, dict)
    return body


def caller(context: TurnContext) -> Caller:
    """Who sent this turn's activity, as the gate saw it."""
    found = context.turn_state[_CALLER]
    assert isinstance(found, Caller)
    return found


def address_of(context: TurnContext) -> Address:
    """Where this turn's conversation is reached (with its thread, in a channel)."""
    activity = context.activity
    return Address(
        service_url=activity.service_url,
        conversation_id=activity.conversation.id,
        tenant=activity.conversation.tenant_id or "",
        bot_id=activity.recipient.id,
    )


def bug(error: BaseException) -> str:
    """Logs a bug once, and returns the short id that the person can quote: the turn's, which all its lines bear.

    Only its kind and places: its message may hold an answer or a name.
    """
    name = turn_id()
    log.error("bug %s: %s at %s", name, type(error).__name__, places(error.__traceback__))
    return name


async def _body(request: web.Request) -> bytes | int:
    """The request's body, or the HTTP status that refuses it."""
    if (request.content_length or 0) > LARGEST_BODY:
        return 413
    content = request.content
    data = bytearray()
    try:
        if content.is_eof():  # it is there already, as most are: nothing to wait for, so no timer is set
            there = content.read_nowait()
            if content.at_eof():
                return there if len(there) <= LARGEST_BODY else 413
            data += there
        if not content.at_eof():
            async with asyncio.timeout(BODY_TIMEOUT):
                async for chunk in content.iter_any():
                    data += chunk
                    if len(data) > LARGEST_BODY:
                        return 413
    except TimeoutError:
        return 408
    except (web.RequestPayloadError, ConnectionError):  # broken off, or not the encoding that it says
        return 400
    return bytes(data) if len(data) <= LARGEST_BODY else 413


def _to(context: TurnContext, body: Mapping[str, Any]) -> Address:
    here = address_of(context)
    there = body.get("conversation")
    name = there.get("id") if isinstance(there, dict) else None
    return Address(here.service_url, name or here.conversation_id, here.tenant, here.bot_id)


def _outgoing(body: Mapping[str, Any]) -> dict[str, Any]:
    # What the SDK puts in for routing: the address says it already, and Teams does not route by replyToId.
    routing = ("serviceUrl", "channelId", "conversation", "replyToId", "recipient", "from")
    return {key: value for key, value in body.items() if key not in routing}
