"""What the console page's buttons do: the same verbs as the card's, through the same router. It decides nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import web

from cards import draw, title_of
from cards.notice import is_trouble
from cards.sentences import sentence
from dialogs.console_now import STAFF
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via, Where, Who
from locales import words
from web import drawing
from web.guard import TurnedAway, answer
from web.said import No
from web.tickets import Door, Links
from workshop.delivery import Delivery
from workshop.model import Workshop
from workshop.passes import Pass
from workshop.roles import led_by, roles_of
from workshop.views import Console, GroupConsole, ModerateForm

CONSOLE = "console"
"""The page's name: in its address, and in what lets somebody into it."""
MODERATION = "moderation"
"""The moderation page's name."""
LARGEST = 128 * 1024
"""Bytes of one press, with everything that was typed into a form: a table of people is the longest."""

DOES = frozenset(
    {
        "console", "group_console", "start", "next", "back", "reopen", "close", "extend", "pause", "resume", "finish",
        "cancel", "nudge", "late", "reveal", "takeover", "pick", "picked", "drop_cases", "moderate", "moderated",
        "summary", "board", "practices", "add_practices", "remove_practices", "people", "expect", "forget_list",
        "groups", "form_groups", "dissolve_groups", "move_to_group", "name_speaks", "lead_group", "unlead_group",
        "themes", "suggest_themes", "accept_theme", "put_into_theme", "merge_themes", "rename_theme", "undo_theme",
        "roles", "named", "unnamed",
    }
)  # fmt: skip
"""The verbs that the page's buttons have: a ticket to the console is good for nothing else."""

_ID = re.compile(r"[A-Za-z0-9-]{8,64}\Z")


class Acts:
    """Carries out what is pressed on the console page."""

    def __init__(self, door: Door, links: Links, router: Router, kolbot: Kolbot) -> None:
        self._door = door
        self._links = links
        self._router = router
        self._kolbot = kolbot

    async def act(self, request: web.Request) -> web.Response:
        """POST act: a button was pressed."""
        given, ticket = await self._door.admitted(request, CONSOLE)
        data, id, options = await pressed(request, given)
        workshop = await self._kolbot.reader.workshop(given.workshop)
        if workshop is None or not leads(workshop, given.person):
            raise TurnedAway(No.NO_RIGHT, given.language)
        verb = data.get("verb")
        if not isinstance(verb, str) or verb not in DOES:
            raise TurnedAway(No.NOT_UNDERSTOOD, given.language)
        if data.get("w", given.workshop) != given.workshop:
            raise TurnedAway(No.OTHER_WORKSHOP, given.language)
        turn = turn_of(given, workshop, verb, {**data, **options, "w": given.workshop}, f"page|{ticket[-12:]}|{id}")
        reply = await self._router.answer(turn, self._kolbot)
        if isinstance(reply, Show) and isinstance(reply.view, ModerateForm):
            link = await self._links.link(MODERATION, given.workshop, given.person, given.language)
            if link:  # else there is the card's form
                return answer({"link": link})
        return answer(_told(reply, staff=bool(roles_of(workshop, given.person) & STAFF)))


def turn_of(
    given: Pass, workshop: Workshop, verb: str, data: Mapping[str, object], press: str | None = None
) -> Turn:
    """What somebody does on a page: as who they are bound to be, in the workshop's own conversation."""
    person = workshop.people.get(given.person)
    who = Who(given.person, person.name if person else "")
    where = Where(workshop.tenant, workshop.home)
    return Turn(verb, who, where, given.language, Via.PAGE, data, delivery=Delivery(press) if press else None)


def leads(workshop: Workshop, person: str) -> bool:
    """Whether somebody may see a console of this workshop as it is now."""
    return bool(roles_of(workshop, person) & STAFF or led_by(workshop, person))


async def pressed(request: web.Request, given: Pass) -> tuple[dict[str, Any], str, dict[str, object]]:
    """What a button sends: its data with the fields, what makes it one press, what the page shows."""
    if (request.content_length or 0) > LARGEST:
        raise TurnedAway(No.TOO_LARGE, given.language)
    body = await request.read()
    if len(body) > LARGEST:
        raise TurnedAway(No.TOO_LARGE, given.language)
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError:
        sent = None
    data, id = (sent.get("data"), sent.get("id")) if isinstance(sent, dict) else (None, None)
    if not isinstance(data, dict) or not isinstance(id, str) or not _ID.match(id):
        raise TurnedAway(No.NOT_UNDERSTOOD, given.language)
    return data, id, {"names": True} if sent.get("names") is True and "names" not in data else {}


def _told(reply: Reply, staff: bool) -> dict[str, object]:
    """What the page is told of a press. The console itself comes by the stream, as soon as it has changed."""
    say = words(reply.language)
    if isinstance(reply, Tell):
        return {"said": sentence(reply.sentence, say), "kind": kind_of(is_trouble(reply.sentence)), "close": False}
    view = reply.view
    if isinstance(view, Console) or (isinstance(view, GroupConsole) and not staff):
        told = view.sentence
        body: dict[str, object] = {"said": "", "kind": "status", "close": True}
        if told is not None:
            body |= {"said": sentence(told, say), "kind": kind_of(is_trouble(told))}
        return body | ({"group": view.stands.number} if isinstance(view, GroupConsole) else {})
    card = draw(view, reply.language)
    return {"sheet": {"title": title_of(view, reply.language), "html": drawing.card(card), "language": reply.language}}


def kind_of(trouble: bool) -> str:
    """How a sentence is told: its role in the page."""
    return "alert" if trouble else "status"
