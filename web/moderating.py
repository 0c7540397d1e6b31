"""What the moderation page's buttons do: the verbs of the moderators' forms, by the same router. It decides nothing."""

from __future__ import annotations

from aiohttp import web

from cards import draw, title_of
from cards.notice import is_trouble
from cards.sentences import sentence
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Tell
from locales import words
from web import drawing
from web.acts import CONSOLE, MODERATION, kind_of, pressed, turn_of
from web.guard import TurnedAway, answer
from web.said import No
from web.tickets import Door, Links
from workshop import commands as c
from workshop.roles import may
from workshop.said import Sentence
from workshop.views import Console, GroupConsole, ThemesForm

PRESSED = frozenset(
    {"moderated", "put_into_theme", "rename_theme", "merge_themes", "undo_theme", "spotlight", "end_spotlight"}
)
"""Buttons of the page itself, which are answered with a sentence: what has changed comes by the stream."""
SHEETS = frozenset({"suggest_themes", "accept_theme", "themes", "translate", "translated"})
"""What opens a form over the page."""
DOES = PRESSED | SHEETS | {"console"}
"""All that a ticket to this page is good for."""


class ModerationActs:
    """Carries out what is pressed on the moderation page."""

    def __init__(self, door: Door, links: Links, router: Router, kolbot: Kolbot) -> None:
        self._door = door
        self._links = links
        self._router = router
        self._kolbot = kolbot

    async def act(self, request: web.Request) -> web.Response:
        """POST act: a button or a letter was pressed."""
        given, ticket = await self._door.admitted(request, MODERATION)
        data, id, _ = await pressed(request, given)
        workshop = await self._kolbot.reader.workshop(given.workshop)
        if workshop is None or not may(workshop, given.person, c.HideEntry):
            raise TurnedAway(No.NO_RIGHT, given.language)
        verb = data.get("verb")
        if not isinstance(verb, str) or verb not in DOES:
            raise TurnedAway(No.NOT_UNDERSTOOD, given.language)
        if data.get("w", given.workshop) != given.workshop:
            raise TurnedAway(No.OTHER_WORKSHOP, given.language)
        turn = turn_of(given, workshop, verb, {**data, "w": given.workshop}, f"page|{ticket[-12:]}|{id}")
        reply = await self._router.answer(turn, self._kolbot)
        if verb == "console" and not isinstance(reply, Tell):
            link = await self._links.link(CONSOLE, given.workshop, given.person, given.language)
            if link:
                return answer({"link": link})
        return answer(_told(reply, verb))


def _told(reply: Reply, verb: str) -> dict[str, object]:
    if isinstance(reply, Tell):
        return _said(reply.sentence, reply.language, close=False)
    view = reply.view
    if isinstance(view, Console | GroupConsole):
        return _said(view.sentence, reply.language)
    if isinstance(view, ThemesForm) and verb in PRESSED:
        return _said(view.sentence, reply.language)
    html = drawing.card(draw(view, reply.language))
    return {"sheet": {"title": title_of(view, reply.language), "html": html, "language": reply.language}}


def _said(told: Sentence | None, language: str, close: bool = True) -> dict[str, object]:
    if told is None:
        return {"said": "", "kind": "status", "close": close}
    return {"said": sentence(told, words(language)), "kind": kind_of(is_trouble(told)), "close": close}
