"""What the page in the browser asks and is told: JSON and a stream of events. It draws nothing."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import web

from rehearsal.connector import Call
from rehearsal.feed import Event
from rehearsal.replies import reply
from rehearsal.world import BOT, Message, Unknown, World, moment

if TYPE_CHECKING:
    from rehearsal.server import Room

HERE = Path(__file__).parent
HEARTBEAT = 15.0
"""Seconds after which a silent stream says a word, so that a dead reader is noticed."""


class BadRequest(Exception):
    """The page asked for something that cannot be."""


def shown(world: World, message: Message, person: str) -> dict[str, Any]:
    """A message as this person sees it."""
    by_bot = message.author == BOT
    return {
        "id": message.id, "conversation": message.conversation, "root": message.root,
        "from": {
            "id": message.author, "bot": by_bot,
            "name": world.bot_name if by_bot else world.people[message.author].name,
        },
        "at": moment(message.at), "edited": moment(message.edited) if message.edited else None,
        "deleted": message.deleted, "text": message.text, "textFormat": message.text_format,
        "mentions": [{"id": m.id, "name": m.name, "text": m.text} for m in message.mentions],
        "attachments": list(world.attachments(message, person)), "onlyFor": message.only_for, "reactions": [],
        "files": [{"name": file.name, "size": len(file.content)} for file in message.files],
    }


class PageApi:
    """The page's endpoints over one room."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.world = room.world
        self._looking: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.AbstractRouteDef]:
        """All paths of the page."""
        routes: list[web.AbstractRouteDef] = [
            web.get("/", self._page), web.get("/api/room", self._guard(self._room)),
            web.get("/api/messages", self._guard(self._messages)), web.get("/api/events", self._events),
            web.get("/api/refusals", self._guard(self._refusals)), web.post("/api/say", self._guard(self._say)),
            web.post("/api/press", self._guard(self._press)), web.post("/api/refresh", self._guard(self._refresh)),
            web.post("/api/dialogs/{dialog}/submit", self._guard(self._submit)),
            web.post("/api/dialogs/{dialog}/close", self._guard(self._close)),
            web.post("/api/simulate", self._guard(self._simulate)),
            web.delete("/api/simulate", self._guard(self._end_simulation)),
            web.post("/api/people", self._guard(self._people)),
            web.post("/api/redeliver", self._guard(self._redeliver)), web.get("/vendor/{name}", self._vendor),
            web.get("/files/{file}", self._file),
        ]
        if (HERE / "static").is_dir():
            routes.append(web.static("/static", HERE / "static"))
        return routes

    def _guard(self, work: Call) -> Call:
        async def handle(request: web.Request) -> web.Response:
            try:
                return await work(request)
            except Unknown as error:
                return reply({"error": str(error)}, 404)
            except BadRequest as error:
                return reply({"error": str(error)}, 400)

        return handle

    async def _page(self, _: web.Request) -> web.StreamResponse:
        page = HERE / "static" / "index.html"
        if not page.is_file():
            return web.Response(text="The page of the rehearsal room is not installed.", status=404)
        return web.FileResponse(page, headers={"Cache-Control": "no-cache"})

    async def _vendor(self, request: web.Request) -> web.StreamResponse:
        names = {"adaptivecards.min.js", "adaptivecards.css"}
        name = request.match_info["name"]
        file = HERE / "node_modules" / "adaptivecards" / "dist" / name
        if name not in names or not file.is_file():
            return web.Response(text="Not here. Run npm ci in the folder rehearsal.", status=404)
        return web.FileResponse(file)

    async def _file(self, request: web.Request) -> web.Response:
        """A file's content for whoever knows its address, as in SharePoint."""
        file = self.world.files.get(request.match_info["file"])
        if file is None:
            return web.Response(text="This address holds nothing, or nothing any more.", status=404)
        return web.Response(body=file.content, content_type="application/octet-stream")

    async def _room(self, _: web.Request) -> web.Response:
        return reply(self.room.described())

    async def _messages(self, request: web.Request) -> web.Response:
        person = self.world.member(request.query.get("as", ""))
        place = self.world.conversation(request.query.get("conversation", ""))
        if place.person not in (None, person.id):
            raise Unknown("this is somebody else's chat")
        history = self.world.history(place.id, person.id)
        self._look(self._look_all(person.id, [m.id for m in history if m.attachments]))
        return reply({"messages": [shown(self.world, message, person.id) for message in history]})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        try:
            person = self.world.member(request.query.get("as", "")).id
        except Unknown as error:
            return reply({"error": str(error)}, 404)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        stream = self.world.feed.open()
        try:
            await response.write(b"retry: 1000\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(stream.next(), HEARTBEAT)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if event is None:
                    return response
                line = self._line(event, person)
                if line is not None:
                    await response.write(line)
        except ConnectionError:
            return response
        finally:
            self.world.feed.leave(stream)

    def _line(self, event: Event, person: str) -> bytes | None:
        """The event for this reader, or None if it is not theirs to know."""
        if event.person not in (None, person):
            return None
        data: dict[str, Any]
        if event.kind == "message" and event.message is not None:
            message = self.world.messages[event.message]
            if not self.world.sees(message, person):
                return None
            self._look(self.room.talking.looks(person, message.id))
            data = {"message": shown(self.world, message, person)}
        elif event.kind == "room":
            data = self.room.described()
        elif event.kind == "refused":
            data = event.refusal or {}
        elif event.kind == "typing":
            data = {"conversation": event.conversation}
        else:
            data = {"text": event.text}
        return b"event: " + event.kind.encode() + b"\ndata: " + orjson.dumps(data) + b"\n\n"

    async def _refusals(self, _: web.Request) -> web.Response:
        refusals = [refusal.shown() for refusal in self.world.refusals]
        return reply({"refusals": refusals, "violations": dict(self.world.violations)})

    async def _say(self, request: web.Request) -> web.Response:
        body = await _body(request)
        mentions = body.get("mentions", [])
        if not isinstance(mentions, list) or not all(isinstance(name, str) for name in mentions):
            raise BadRequest("mentions have to be a list of ids")
        root = body.get("root")
        message, delivery = await self.room.say(
            _text(body, "as"), _text(body, "conversation"), _text(body, "text"),
            root if isinstance(root, str) else None, mentions, _files(body),
        )
        person = self.world.member(_text(body, "as")).id
        return reply({"message": shown(self.world, message, person), "status": delivery.status})

    async def _press(self, request: web.Request) -> web.Response:
        body = await _body(request)
        action, inputs = body.get("action"), body.get("inputs") or {}
        if not isinstance(action, dict) or not isinstance(inputs, dict):
            raise BadRequest("action and inputs have to be objects")
        answer = await self.room.press(_text(body, "as"), _text(body, "message"), action, inputs)
        return reply(answer.shown())

    async def _refresh(self, request: web.Request) -> web.Response:
        body = await _body(request)
        answer = await self.room.talking.refresh(_text(body, "as"), _text(body, "message"))
        return reply(answer.shown())

    async def _submit(self, request: web.Request) -> web.Response:
        body = await _body(request)
        answer = await self.room.submit_dialog(_text(body, "as"), request.match_info["dialog"], body.get("data"))
        return reply(answer.shown())

    async def _close(self, request: web.Request) -> web.Response:
        body = await _body(request)
        self.room.close_dialog(_text(body, "as"), request.match_info["dialog"])
        return reply({"kind": "closed"})

    async def _simulate(self, request: web.Request) -> web.Response:
        body = await _body(request)
        count, seed, speed = body.get("count", 10), body.get("seed", 1), body.get("speed", "human")
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= 500:
            raise BadRequest("count has to be a number from 1 to 500")
        if not isinstance(seed, int) or speed not in ("human", "fast"):
            raise BadRequest('seed has to be a number, speed "human" or "fast"')
        place = self.world.conversation(_text(body, "conversation"))
        root, language = body.get("root"), body.get("language")
        await self.room.simulate(
            place.id, root if isinstance(root, str) else None, count,
            language if isinstance(language, str) and language else None, speed, seed,
        )
        return reply(self.room.described()["simulation"])

    async def _end_simulation(self, _: web.Request) -> web.Response:
        await self.room.end_simulation()
        return reply(self.room.described()["simulation"])

    async def _redeliver(self, _: web.Request) -> web.Response:
        """The last message to the bot once more, as Teams does when it thinks that it was not taken."""
        sent = (sent.activity for sent in reversed(self.room.sent) if sent.activity["type"] == "message")
        activity = next(sent, None)
        if activity is None:
            raise Unknown("nothing was said to the bot yet")
        return reply({"status": (await self.room.redeliver(activity)).status})

    async def _people(self, request: web.Request) -> web.Response:
        body = await _body(request)
        name, language = _text(body, "name").strip(), _text(body, "language")
        if not name or len(name) > 80 or len(language) not in (2, 5):
            raise BadRequest("a person has a name of up to 80 letters and a language like pl")
        ids = await self.room.add_people([(name, language)])
        return reply(self.world.people[ids[0]].shown(), 201)

    async def _look_all(self, person: str, messages: list[str]) -> None:
        for name in messages:
            await self.room.talking.looks(person, name)

    def _look(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise BadRequest(f"{name} has to be a text")
    return value


def _files(body: dict[str, Any]) -> list[tuple[str, bytes]]:
    """The files that go with a message, each with its name and its content in base64."""
    files = body.get("files", [])
    if not isinstance(files, list) or not all(isinstance(file, dict) for file in files) or len(files) > 10:
        raise BadRequest("files have to be a list of at most ten objects")
    try:
        return [(_text(file, "name"), base64.b64decode(_text(file, "data"), validate=True)) for file in files]
    except binascii.Error as error:
        raise BadRequest("the data of a file has to be base64") from error


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        # A page of another origin cannot send this type without asking first: nobody else's page acts here.
        raise BadRequest("the content type has to be application/json")
    try:
        body = orjson.loads(await request.read())
    except orjson.JSONDecodeError as error:
        raise BadRequest("the body is not JSON") from error
    if not isinstance(body, dict):
        raise BadRequest("the body has to be an object")
    return body
