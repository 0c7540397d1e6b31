"""The Connector: how the bot writes, edits, deletes and looks people up. It never calls the bot."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import orjson
from aiohttp import web

from rehearsal.budgets import Budgets
from rehearsal.faults import Faults, Op
from rehearsal.incoming import Content, NotTaken, Unwelcome, read_message
from rehearsal.keys import APP_ID, BadToken, Keys
from rehearsal.people import Conversation, Member
from rehearsal.replies import failure, reply, struck
from rehearsal.world import BOT, Message, Unknown, World

Call = Callable[[web.Request], Awaitable[web.Response]]
GONE = "ActivityNotFoundInConversation"
NOWHERE = "ConversationNotFound"
PREFIXES = ("/connector", "/moved/connector")
"""Where the Connector can be; it is at one of them at a time."""


class Connector:
    """The endpoints below `serviceUrl`; `routes()` for the server. `strict`: too many calls are answered with 429."""

    def __init__(self, world: World, keys: Keys, faults: Faults, budgets: Budgets, strict: bool) -> None:
        self.world = world
        self.keys = keys
        self.faults = faults
        self.budgets = budgets
        self.strict = strict
        self.prefix = PREFIXES[0]
        self._landing: set[asyncio.Task[None]] = set()

    @property
    def landing(self) -> int:
        """How many edits are still to land."""
        return len(self._landing)

    def close(self) -> None:
        """What has not landed never will."""
        for task in self._landing:
            task.cancel()

    def routes(self) -> list[web.RouteDef]:
        """All paths below `/connector`."""
        return [route for prefix in PREFIXES for route in self._routes(prefix)]

    def _routes(self, prefix: str) -> list[web.RouteDef]:
        place = prefix + "/v3/conversations/{conversation}"
        return [
            web.post(prefix + "/v3/conversations", self._call("create", self._create)),
            web.post(place + "/activities", self._call("send", self._send)),
            web.post(place + "/activities/{activity}", self._call("send", self._send)),
            web.put(place + "/activities/{activity}", self._call("edit", self._edit)),
            web.delete(place + "/activities/{activity}", self._call("delete", self._delete)),
            web.get(place + "/members", self._call("members", self._members)),
            web.get(place + "/pagedmembers", self._call("members", self._paged)),
            web.get(place + "/members/{member}", self._call("members", self._member)),
        ]

    def _call(self, op: Op, work: Call) -> Call:
        """Checks the token, meets the planned faults, and words every refusal as the Connector does."""

        async def handle(request: web.Request) -> web.Response:
            try:
                self.keys.check(request.headers.get("Authorization", ""), APP_ID)
            except BadToken as error:
                return failure(401, "Unauthorized", str(error))
            try:
                await request.read()  # all that was sent has arrived before anything is done with it
            except ConnectionResetError:
                return failure(400, "BadSyntax", "the caller is gone in the middle of its words")
            if not request.path.startswith(f"{self.prefix}/"):
                return failure(503, "ServiceUnavailable", "it is elsewhere now")
            conversation = request.match_info.get("conversation", "").partition(";")[0] or None
            excess = self.budgets.asks(op, conversation or "", self.world.tenant)
            if excess is not None:
                self.world.violations[excess.why] += 1
                if self.strict:
                    self.world.refuse("budget", f"429: {excess.why}", conversation)
                    return failure(429, "Throttled", excess.why, excess.after)
            met = await self.faults.meets(op)
            if (response := struck(met, request)) is not None:
                return response
            if met.late:
                return await self._comes_late(request, work, met.late)
            try:
                response = await work(request)
            except Unwelcome as error:
                response = failure(error.status, error.code, str(error))
            except NotTaken as error:
                self.world.refuse(op, f"{error.status} {error.code}: {error}", conversation)
                response = failure(error.status, error.code, str(error))
            if met.lost and request.transport is not None:
                request.transport.abort()
            return response

        return handle

    async def _comes_late(self, request: web.Request, work: Call, seconds: float) -> web.Response:
        """The gateway gives up, the call takes effect when others have overtaken it."""

        async def lands() -> None:
            await asyncio.sleep(seconds)
            with contextlib.suppress(NotTaken):
                await work(request)

        task = asyncio.get_running_loop().create_task(lands())
        self._landing.add(task)
        task.add_done_callback(self._landing.discard)
        return failure(504, "GatewayTimeout", "on purpose")

    def _place(self, request: web.Request) -> tuple[Conversation, str | None]:
        """The conversation of the path and the thread in it, `;messageid=`."""
        bare, _, root = request.match_info["conversation"].partition(";messageid=")
        place = self.world.conversations.get(bare)
        if place is None:
            raise NotTaken(404, "ConversationNotFound", f"no conversation {bare!r}")
        if (code := self.world.without_bot.get(bare)) is not None:
            raise Unwelcome(404 if code == NOWHERE else 403, code, "the bot is not in this conversation")
        return place, root or None

    def _open(self, request: web.Request) -> tuple[Conversation, str | None]:
        """The same, where a bot may post: in a private channel none may (Microsoft Learn, 2026)."""
        place, root = self._place(request)
        if place.private:
            raise Unwelcome(403, "NotEnoughPermissions", "bots cannot post in private channels")
        return place, root

    async def _create(self, request: web.Request) -> web.Response:
        body = await _object(request)
        members = body.get("members")
        alone = isinstance(members, list) and len(members) == 1 and isinstance(members[0], dict)
        if body.get("isGroup") or not isinstance(members, list) or not alone:
            raise NotTaken(400, "BadSyntax", "a bot makes a chat with exactly one person")
        channel_data = body.get("channelData")
        tenant = channel_data.get("tenant") if isinstance(channel_data, dict) else None
        tenant_id = tenant.get("id") if isinstance(tenant, dict) else body.get("tenantId")
        if tenant_id != self.world.tenant:
            raise NotTaken(400, "BadArgument", f"tenant {tenant_id!r} is not the tenant of this conversation")
        try:
            member = self.world.member(str(members[0].get("id", "")))
        except Unknown as error:
            raise NotTaken(404, "ConversationNotFound", str(error)) from error
        if not member.reachable:
            # Not a mistake of the bot's: it cannot know before it tries. So this is no refusal to be listed.
            return failure(403, "BotNotInConversationRoster", "the app is not installed for this person")
        return reply({"id": self.world.chat_with(member).id}, 201)

    async def _send(self, request: web.Request) -> web.Response:
        place, root = self._open(request)
        body = await _object(request)
        if body.get("type") == "typing":
            self.world.typing(place.id)
            return reply({}, 201)
        if body.get("type") != "message":
            raise NotTaken(400, "BadSyntax", f"an activity of type {body.get('type')!r} cannot be sent")
        only_for = self._target(request, place, body)
        content = read_message(self.world, body)
        self._warn(content, place)
        if place.kind != "channel":
            root = None
        elif root is not None:
            first = self.world.messages.get(root)
            if first is None or first.root is not None or first.conversation != place.id:
                raise NotTaken(404, GONE, f"no thread {root!r} in this channel")
        parts = [content]
        if content.text.strip() and content.attachments:
            self.world.refuse(
                "send", "text and attachments in one activity become two messages, and edits reach only the first",
                place.id, warning=True,
            )
            parts = [replace(content, attachments=()), replace(content, text="", mentions=())]
        posted = [
            self.world.post(Message(
                id=self.world.next_id(), conversation=place.id, root=root, author=BOT, at=self.world.clock(),
                text=part.text, text_format=part.text_format, mentions=part.mentions,
                attachments=part.attachments, only_for=only_for,
            ))
            for part in parts
        ]
        return reply({"id": posted[0].id}, 201)

    def _target(self, request: web.Request, place: Conversation, body: dict[str, Any]) -> str | None:
        """Whom a targeted message is for. Needs a recipient and a conversation of several (Microsoft Learn, 2026)."""
        if not _targeted(request):
            return None
        recipient = body.get("recipient")
        if place.kind == "personal":
            raise NotTaken(400, "BadArgument", "a message only for one person makes no sense in a personal chat")
        if not isinstance(recipient, dict) or not recipient.get("id"):
            raise NotTaken(400, "BadArgument", "a targeted message needs its recipient")
        try:
            member = self.world.member(str(recipient["id"]))
        except Unknown as error:
            raise NotTaken(403, "BotNotInConversationRoster", str(error)) from error
        if not member.reachable:
            raise Unwelcome(403, "BotNotInConversationRoster", "the app does not reach this person")
        return member.id

    async def _edit(self, request: web.Request) -> web.Response:
        place, _ = self._open(request)
        body = await _object(request)
        message = self._own(request, place)
        if _targeted(request) and body.get("recipient") is not None:
            raise NotTaken(400, "BadArgument", "the edit of a targeted message has no recipient")
        content = read_message(self.world, body)
        self._warn(content, place)
        self.world.edit(replace(
            message, text=content.text, text_format=content.text_format, mentions=content.mentions,
            attachments=content.attachments,
        ))
        return reply({"id": message.id})

    async def _delete(self, request: web.Request) -> web.Response:
        place, _ = self._place(request)
        self.world.delete(self._own(request, place))
        return web.Response(status=200)

    def _own(self, request: web.Request, place: Conversation) -> Message:
        """The bot's message of the path; with or without `isTargetedActivity`, as it was sent."""
        try:
            message = self.world.find(place.id, request.match_info["activity"])
        except Unknown as error:
            raise NotTaken(404, GONE, str(error)) from error
        if message.author != BOT:
            raise NotTaken(403, "NotEnoughPermissions", "a bot changes only its own messages")
        if (message.only_for is not None) != _targeted(request):
            code = "INVALID_TARGETED_MESSAGE_ID" if _targeted(request) else "BadArgument"
            raise NotTaken(400, code, "isTargetedActivity has to be as it was when the message was sent")
        return message

    async def _members(self, request: web.Request) -> web.Response:
        place, _ = self._place(request)
        return reply([member.roster() for member in self.world.members(place)])

    async def _paged(self, request: web.Request) -> web.Response:
        place, _ = self._place(request)
        everybody = self.world.members(place)
        try:
            size = int(request.query.get("pageSize", "200"))
            start = int(request.query.get("continuationToken") or "0")
        except ValueError as error:
            raise NotTaken(400, "BadArgument", "pageSize and continuationToken have to be numbers") from error
        # Teams gives between 50 and 500 members a page, whatever is asked (Microsoft Learn).
        size = min(max(size, 50), 500)
        page = everybody[start : start + size]
        body: dict[str, Any] = {"members": [member.roster() for member in page]}
        if start + size < len(everybody):
            body["continuationToken"] = str(start + size)
        return reply(body)

    async def _member(self, request: web.Request) -> web.Response:
        place, _ = self._place(request)
        try:
            member: Member = self.world.member(request.match_info["member"])
        except Unknown as error:
            raise Unwelcome(404, "MemberNotFoundInConversation", str(error)) from error
        if member not in self.world.members(place):
            raise Unwelcome(404, "MemberNotFoundInConversation", f"{member.id} is not in this conversation")
        return reply(member.roster())

    def _warn(self, content: Content, place: Conversation) -> None:
        for warning in content.warnings:
            self.world.refuse("card", warning, place.id, warning=True)


def _targeted(request: web.Request) -> bool:
    return request.query.get("isTargetedActivity", "").lower() == "true"


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        body = orjson.loads(await request.read())
    except orjson.JSONDecodeError as error:
        raise NotTaken(400, "BadSyntax", "the body is not JSON") from error
    if not isinstance(body, dict):
        raise NotTaken(400, "BadSyntax", "the body has to be an object")
    return body
