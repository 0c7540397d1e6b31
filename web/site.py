"""All pages under one folder of addresses, with what stands around them. It decides nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, Protocol
from urllib.parse import urlsplit

from aiohttp import web

from dialogs.router import Router
from dialogs.turn import Kolbot
from drawings.mark import mark_svg
from drawings.svg import write
from locales import LANGUAGES, Words, words
from web.acts import CONSOLE, MODERATION, Acts
from web.assets import Assets
from web.board import BOARD
from web.connection import Connection
from web.drawing import page as drawn
from web.easel import Easel
from web.guard import Guard, TurnedAway, answer, bug
from web.headers import headers_for, teams_script
from web.limits import Limit
from web.live import Live, Reader, Watch
from web.moderating import ModerationActs
from web.opened import Options
from web.pictures import ADDRESS as PICTURE, Pictures, Press
from web.said import No, appearances, for_script, for_tab, language_of, of_page, of_tab
from web.sorts import sorts
from web.tab import Entrance, Tab, Workshops
from web.tickets import Door, Links, Store

FOLDER = "/pages"
"""Where all pages are, below the bot's own address."""
HEARTBEAT = 10.0
"""Seconds after which a silent stream says a word, so that both ends notice a lost connection."""
PATIENCE = 20.0
"""Seconds for a page to take what it is sent: who does not read is not waited for."""
AT_ONCE, A_SECOND = 40, 20.0
"""Requests of one page: at once, and a second in the long run."""
OPTIONS = ("names", "queue", "group", "narrow", "text", "sheet", "page")
"""What a page can ask to see."""


class Site:
    """The pages' routes, their links, and what keeps them live."""

    def __init__(
        self,
        store: Store,
        watch: Watch,
        reader: Stored,
        router: Router,
        kolbot: Kolbot,
        address: str,
        cloud: str,
        rehearsal_url: str,
        clock: Callable[[], datetime],
        away: tuple[type[Exception], ...],
        press: Press,
        easel: Easel,
        entrance: Entrance,
    ) -> None:
        """`address`: the bot's public one; `clock` gives UTC; `away`: what the store raises while it cannot be had;
        `entrance`: who opens the tab in Teams."""
        # Behind a proxy the bot may have a path of its own, which only browsers see.
        self._base = urlsplit(address).path.rstrip("/") + FOLDER
        self.links = Links(store, address + FOLDER, clock, away)
        self.live = Live(reader, watch, clock, away, easel)
        self._clock = clock
        self._reader = reader
        self._door = Door(store, clock, Limit(AT_ONCE, A_SECOND, lambda: clock().timestamp()))
        self._acts = {
            CONSOLE: Acts(self._door, self.links, router, kolbot).act,
            MODERATION: ModerationActs(self._door, self.links, router, kolbot).act,
        }
        self._pictures = Pictures(self._door, reader, press)
        self._pages = sorts()
        offered = {name: self._pages[name] for name in (BOARD, CONSOLE, MODERATION)}
        self._tab = Tab(entrance, self._door, reader, offered, clock)
        self._teams = teams_script(cloud, rehearsal_url)
        self._in_teams = headers_for(cloud, rehearsal_url, self._teams)
        self._assets = Assets()
        frame = {name: self._assets.path(f"{file}") for name, file in _FILES.items()}
        self._frame = {"base": self._base, "mark": write(mark_svg(24)), **frame}
        self._guard = Guard(headers_for(cloud, rehearsal_url), away, self._frame)

    def into(self, app: web.Application) -> None:
        """Put all pages below `FOLDER` of an application."""
        pages = web.Application()
        pages.on_response_prepare.append(self._guard.prepare)
        routes: list[web.RouteDef] = [
            web.get("/open/{link}", self._shown_door),
            web.post("/open/{link}", self._enter),
            web.post("/leave", self._leave),
            *(web.get(f"/tab{path}", partial(self._tab_shell, page)) for path, page in _TABS.items()),
            web.post("/tab/enter", self._tab.enter),
            web.post("/tab/open", self._tab.open),
            *(web.get(f"/{name}", partial(self._shell, name)) for name in self._pages),
            *(web.get(f"/{name}/stream", partial(self._stream, name)) for name in self._pages),
            *(web.post(f"/{name}/again", partial(self._again, name)) for name in self._pages),
            *(web.post(f"/{name}/act", act) for name, act in self._acts.items()),
            web.get(PICTURE, self._pictures.save),
            web.get("/static/{digest}/{name}", self._assets.serve),
        ]
        pages.add_routes(self._guard.around(routes))
        app.add_subapp(FOLDER, pages)

        async def ending(_: web.Application) -> None:
            await self.live.close()

        app.on_shutdown.append(ending)

    async def warm(self) -> None:
        """Make ready what takes long, so that the first page does not wait for it."""
        try:
            await self._assets.warm()
        except Exception as error:  # noqa: BLE001 - it is tried again when a page asks
            bug(error)

    async def _shown_door(self, request: web.Request) -> web.Response:
        """GET a link: a page with one button. It changes nothing, for whoever follows links by themselves."""
        given = await self._door.look(request.match_info["link"])
        return self._page(words(given.language), given.page, "door")

    async def _enter(self, request: web.Request) -> web.Response:
        """The button's POST: the link is spent for a ticket."""
        given, ticket = await self._door.enter(request.match_info["link"])
        address = f"{self._base}/{given.page}?language={given.language}"
        title = of_page(given.page, words(given.language))["title"]
        return answer({"ticket": ticket, "address": address, "page": given.page, "title": title})

    async def _leave(self, request: web.Request) -> web.Response:
        await self._door.leave(request)
        return answer({})

    async def _again(self, page: str, request: web.Request) -> web.Response:
        """A new link to the same page for the same person: for a window of its own, outside of Teams."""
        given, _ = await self._door.admitted(request, page)
        return answer({"link": await self.links.link(page, given.workshop, given.person, given.language)})

    async def _shell(self, page: str, request: web.Request) -> web.Response:
        """The page without anything in it: what fills it is asked for with the ticket."""
        asked = request.query.get("language", "")
        language = asked if asked in LANGUAGES else language_of(request.headers.get("Accept-Language", ""))
        return self._page(words(language), page, "empty")

    async def _tab_shell(self, page: str, request: web.Request) -> web.Response:
        """A tab without anything in it, or the page that adds one: nobody has said yet who they are."""
        asked, theme = request.query.get("language", ""), request.query.get("theme", "")
        known = asked.partition("-")[0].lower() in LANGUAGES
        say = words(language_of(asked if known else request.headers.get("Accept-Language", "")))
        configuring = page == "configure"
        response = self._page(
            say,
            page,
            "configure" if configuring else "tab",
            teams=self._teams,
            theme=_THEMES.get(theme, ""),
            **of_tab(configuring, say),
        )
        response.headers.update(self._in_teams)
        return response

    def _page(self, say: Words, page: str, state: str, **more: Any) -> web.Response:
        in_teams = "teams" in more
        whole = drawn(
            "shell.html",
            language=say.language,
            skip=say("To the content"),
            appearance=say("Appearance"),
            appearances=appearances(say, in_teams),
            noscript=say("This page needs JavaScript."),
            texts={**for_script(say), **(for_tab(say) if in_teams else {})},
            **(more or of_page(page, say)),
            page=page,
            state=state,
            **self._frame,
        )
        return web.Response(text=whole, content_type="text/html")

    async def _stream(self, page: str, request: web.Request) -> web.StreamResponse:
        """Everything that the page shows, now and whenever it changes."""
        given, ticket = await self._door.admitted(request, page)
        options = _options(request)
        workshop = await self._reader.workshop(given.workshop)
        if workshop is None or not workshop.home:
            raise TurnedAway(No.ERASED, given.language)
        if self._pages[page].key(workshop, given, options) is None:
            raise TurnedAway(No.NO_RIGHT, given.language)
        opened = self.live.enters(given, ticket, self._pages[page], options)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        try:
            await response.prepare(request)
            opened.pipe = Connection(request)
            while True:
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        event = await opened.next(self._clock)
                except TimeoutError:
                    event = b": here\n\n"
                if event is None:
                    break
                async with asyncio.timeout(PATIENCE):
                    await response.write(event)
            with suppress(ConnectionError):
                await response.write_eof()
        except (ConnectionError, TimeoutError):
            pass
        finally:
            self.live.leaves(opened)
        return response


def _options(request: web.Request) -> Options:
    found = {name: request.query[name] for name in OPTIONS if request.query.get(name)}
    if any(len(value) > 6 or not (value.isascii() and value.isdigit()) for value in found.values()):
        raise TurnedAway(No.NOT_UNDERSTOOD)
    # What is shown is asked of a turn, whose data says "true".
    return found | ({"names": "true"} if "names" in found else {})


class Stored(Reader, Workshops, Protocol):
    """What the pages read."""


_TABS = {"": "tab", "/mine": "mine", "/configure": "configure"}
_THEMES = {"default": "light", "dark": "dark", "contrast": "contrast", "glass": "dark"}
"""Teams' themes, as our pages call them."""
_FILES = {"design": "design.css", "style": "page.css", "large": "large.css", "script": "page.js", "icon": "mark.svg"}
