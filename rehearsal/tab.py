"""What the room tells its stand-in for a tab in Teams: who opens it, where, and in the bot's page. It draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from rehearsal.replies import reply
from rehearsal.world import Unknown

if TYPE_CHECKING:
    from rehearsal.server import Room


def tab_routes(room: Room) -> list[web.RouteDef]:
    """GET /api/tab: what a tab is told of itself, with a new token of single sign-on each time."""

    async def tab(request: web.Request) -> web.Response:
        try:
            person = room.world.member(request.query.get("as", ""))
            asked = request.query.get("conversation", "")
            place = room.world.conversation(asked) if asked else None
        except Unknown as error:
            return reply({"error": str(error)}, 404)
        return reply({
            "bot": str(room.link.url or "").removesuffix("/api/messages"), "locale": person.locale.lower(),
            "conversation": place.id if place else "", "kind": place.kind if place else "personal",
            "name": place.name if place else "", "person": person.name,
            "token": room.keys.for_tab(room.url, person.tenant, person.object_id),
        })

    return [web.get("/api/tab", tab)]
