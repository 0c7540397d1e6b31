"""The tab in Teams: who has opened it is asked of Teams' sign-in, what they may see of the store. It trusts no page.

What the page says of itself (its conversation, its language) is a hint at what to show first, and lets nobody see more.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import orjson
from aiohttp import web

from cards.console import status
from dialogs.whereabouts import speaks
from locales import Words, words
from web import drawing
from web.acts import turn_of
from web.board import BOARD
from web.guard import TurnedAway, answer
from web.opened import Page
from web.said import No, language_of, of_page
from web.tickets import Door
from workshop.model import LIVE, Workshop, channel_of
from workshop.passes import Pass
from workshop.roles import Role, led_by, roles_of

LARGEST = 4096
"""Bytes of what a tab asks."""
SHOWN = 50
"""Workshops that are listed: those that run first, then the newest."""
LONGEST = 200
"""Characters of an id or a locale; Teams' have less than half."""


class Visitor(Protocol):
    """Somebody whom Teams has signed in."""

    @property
    def tenant(self) -> str: ...
    @property
    def person(self) -> str:
        """The id that the bot knows them by."""


class Workshops(Protocol):
    """What there is. All raise what the store raises."""

    async def workshop(self, workshop_id: str) -> Workshop | None: ...
    async def of_person(self, person: str) -> Sequence[Workshop]: ...


@dataclass(frozen=True, slots=True)
class Entrance:
    """Who comes, and in which language they are spoken to. `who` takes the Authorization header and raises
    `TurnedAway`; `language` takes a person and the locale of their Teams."""

    who: Callable[[str | None], Awaitable[Visitor]]
    language: Callable[[str, str], Awaitable[str]]


class Tab:
    """Signs people in, shows them their workshops and opens their pages."""

    def __init__(
        self,
        entrance: Entrance,
        door: Door,
        reader: Workshops,
        pages: Mapping[str, Page],
        clock: Callable[[], datetime],
    ) -> None:
        """`pages` in the order in which they are offered; `clock` gives UTC."""
        self._entrance = entrance
        self._door = door
        self._reader = reader
        self._pages = pages
        self._clock = clock

    async def enter(self, request: web.Request) -> web.Response:
        """POST enter: which workshops somebody has here, and which page to open at once."""
        visitor, asked, language = await self._signed_in(request)
        theirs = [w for w in await self._reader.of_person(visitor.person) if takes_part(w, visitor.person)]
        theirs.sort(key=lambda w: w.status not in LIVE)  # the reader gives the newest first
        conversation = asked["conversation"]
        here = [w for w in theirs if held_in(w, conversation)] if conversation else theirs
        say = words(language)
        body: dict[str, object] = {"language": language, "title": say("Workshops")}
        if (straight := _straight(here)) is not None and conversation:
            body["open"] = {"workshop": straight.id, "page": next(iter(self._pages))}
        shown = {"title": say("Workshops"), "nothing": _nothing(conversation, say) if not here else ""}
        if here:
            shown["title"] = say("Workshops in this conversation") if conversation else say("Your workshops")
        shown["all"] = say("All your workshops") if conversation and len(here) < len(theirs) else ""
        rows = [self._row(w, visitor, language) for w in here[:SHOWN]]
        return answer(body | {"html": drawing.part("tab.html", "chosen", {**shown, "workshops": rows})})

    async def open(self, request: web.Request) -> web.Response:
        """POST open: a ticket to a page of a workshop, and the other pages that there are beside it."""
        visitor, asked, language = await self._signed_in(request)
        workshop = await self._reader.workshop(asked["workshop"])
        pages = self._open_to(workshop, visitor, language) if workshop is not None else ()
        if workshop is None or asked["page"] not in pages:
            raise TurnedAway(No.NOT_YOURS, language)
        given = Pass(workshop.id, visitor.person, asked["page"], language, self._clock())
        ticket = await self._door.admit(given)
        reads = speaks(turn_of(given, workshop, "tab", {}), workshop)
        say = words(language)
        facts = {"pages": _called(pages, say), "now": given.page, "workshop": workshop.id, "others": say("Workshops")}
        bar = drawing.part("tab.html", "bar", facts)
        group = group_in(workshop, asked["conversation"]) if given.page == BOARD else 0
        return answer(
            {
                "ticket": ticket,
                "page": given.page,
                "title": workshop.title_in(reads),
                "bar": bar,
                "shows": {"group": str(group)} if group else {},
            }
        )

    async def _signed_in(self, request: web.Request) -> tuple[Visitor, dict[str, str], str]:
        asked = await _asked(request)
        try:
            visitor = await self._entrance.who(request.headers.get("Authorization"))
        except TurnedAway as refusal:
            refusal.language = language_of(asked["locale"])
            raise
        self._door.seldom(visitor.person)
        return visitor, asked, await self._entrance.language(visitor.person, asked["locale"])

    def _open_to(self, w: Workshop, visitor: Visitor, language: str) -> Sequence[str]:
        """The pages that somebody may see of a workshop, by the pages' own rules."""
        if not takes_part(w, visitor.person):
            return ()
        now = self._clock()
        passes = {name: Pass(w.id, visitor.person, name, language, now) for name in self._pages}
        return [name for name, page in self._pages.items() if page.key(w, passes[name], {}) is not None]

    def _row(self, w: Workshop, visitor: Visitor, language: str) -> dict[str, Any]:
        given = Pass(w.id, visitor.person, "", language, self._clock())
        say = words(speaks(turn_of(given, w, "tab", {}), w))
        return {
            "id": w.id,
            "title": w.title_in(say.language),
            "language": say.language,
            "status": status(w, say),
            "live": w.status in LIVE,
            "pages": _called(self._open_to(w, visitor, language), words(language)),
        }


def takes_part(w: Workshop, person: str) -> bool:
    """Whether somebody is anything in a workshop: whoever only once looked at its cards is not."""
    return bool(roles_of(w, person) - {Role.ANYBODY} or led_by(w, person))


def held_in(w: Workshop, conversation: str) -> bool:
    """Whether a workshop, or one of its groups, is in this channel or chat."""
    return conversation == channel_of(w.home) or group_in(w, conversation) != 0


def group_in(w: Workshop, conversation: str) -> int:
    """The number of the group whose own conversation is in this channel or chat; 0 where it is none's."""
    return next((one.number for one in w.groups if one.place and channel_of(one.place) == conversation), 0)


def _straight(here: Sequence[Workshop]) -> Workshop | None:
    """The one workshop that there is nothing to choose about: the only one, or the only one that runs."""
    running = [w for w in here if w.status in LIVE]
    found = running if running else here
    return found[0] if len(found) == 1 else None


def _nothing(conversation: str, say: Words) -> str:
    if conversation:
        return say("You take part in no workshop of this conversation. Join one by its card, then open this tab again.")
    return say("You take part in no workshop yet. Join one by its card in a channel or chat, then come back.")


def _called(pages: Sequence[str], say: Words) -> list[dict[str, str]]:
    return [{"page": page, "name": of_page(page, say)["title"]} for page in pages]


async def _asked(request: web.Request) -> dict[str, str]:
    """What the page asks for, each of it text; empty where it says nothing of it. Raises `TurnedAway`."""
    if (request.content_length or 0) > LARGEST:
        raise TurnedAway(No.TOO_LARGE)
    body = await request.read()
    try:
        sent = orjson.loads(body) if len(body) <= LARGEST else None
    except orjson.JSONDecodeError:
        sent = None
    if not isinstance(sent, dict):
        raise TurnedAway(No.NOT_UNDERSTOOD)
    asked = {name: sent.get(name) or "" for name in ("conversation", "locale", "workshop", "page")}
    if not all(isinstance(value, str) and len(value) <= LONGEST for value in asked.values()):
        raise TurnedAway(No.NOT_UNDERSTOOD)
    return asked
