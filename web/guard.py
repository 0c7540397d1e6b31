"""Stands around every request of a browser: headers, refusals in words, bugs with an id. It decides nothing else.

No middleware of aiohttp's: that would cost every activity of Teams a step too.
"""

from __future__ import annotations

import logging
import math
import secrets
import traceback
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import cast

import orjson
from aiohttp import web

from locales import words
from web.drawing import page
from web.headers import NO_STORE
from web.said import No, language_of, no

log = logging.getLogger("kolbot.web")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_STATUS: Mapping[No, int] = {
    No.NOT_FOUND: 404,
    No.NO_SUCH_LINK: 404,
    No.LINK_SPENT: 410,
    No.LINK_OVER: 410,
    No.NO_TICKET: 401,
    No.TICKET_OVER: 401,
    No.NO_RIGHT: 403,
    No.ERASED: 403,
    No.OTHER_WORKSHOP: 403,
    No.OTHER_PAGE: 403,
    No.NOT_SIGNED_IN: 401,
    No.NOT_LET_IN: 403,
    No.NOT_YOURS: 403,
    No.NO_KEYS: 503,
    No.METHOD: 405,
    No.NOT_UNDERSTOOD: 400,
    No.TOO_LARGE: 413,
    No.TOO_OFTEN: 429,
    No.AWAY: 503,
    No.FULL: 503,
    No.BUG: 500,
}


class TurnedAway(Exception):
    """A request that is answered with one sentence. `language`: the reader's where it is known."""

    def __init__(self, why: No, language: str = "", after: float = 0.0) -> None:
        super().__init__(why.value)
        self.why, self.language, self.after = why, language, after

    @property
    def status(self) -> int:
        return _STATUS[self.why]


class Guard:
    """What all handlers of pages are called by."""

    def __init__(self, headers: Mapping[str, str], away: tuple[type[Exception], ...], shell: Mapping[str, str]) -> None:
        """`away`: what the store raises while it cannot be had; `shell`: what every whole page is filled with."""
        self._headers = headers
        self._away = away
        self._shell = shell

    async def prepare(self, request: web.Request, response: web.StreamResponse) -> None:
        """Before anything of an answer is sent, of a stream too."""
        for name, value in self._headers.items():
            response.headers.setdefault(name, value)  # a tab's pages have a policy of their own
        response.headers.setdefault("Cache-Control", NO_STORE)

    def around(self, routes: Iterable[web.RouteDef]) -> Iterator[web.RouteDef]:
        """These routes with the guard around each; with those that refuse other methods, and all other addresses."""
        allowed = defaultdict[str, set[str]](set)
        for route in routes:
            allowed[route.path] |= {route.method} | ({"HEAD"} if route.method == "GET" else set())
            handler = cast("Handler", route.handler)  # functions, no views
            yield web.RouteDef(route.method, route.path, partial(self._guarded, handler), route.kwargs)
        for path, methods in allowed.items():
            yield web.route("*", path, partial(self._guarded, partial(_no_such_method, methods)))
        for path in ("", "/{rest:.*}"):
            yield web.route("*", path, partial(self._guarded, _nothing_there))

    async def _guarded(self, handler: Handler, request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except TurnedAway as refusal:
            return self._refused(request, refusal)
        except web.HTTPNotFound:
            return self._refused(request, TurnedAway(No.NOT_FOUND))
        except web.HTTPMethodNotAllowed as wrong:
            refused = self._refused(request, TurnedAway(No.METHOD))
            refused.headers["Allow"] = ", ".join(sorted(wrong.allowed_methods))
            return refused
        except web.HTTPException as other:
            too_large = other.status == 413
            return self._refused(request, TurnedAway(No.TOO_LARGE if too_large else No.NOT_UNDERSTOOD))
        except ConnectionError:
            raise
        except self._away as error:
            log.warning("a page waits for the database: %s", type(error).__name__)
            return self._refused(request, TurnedAway(No.AWAY, after=2))
        except Exception as error:  # noqa: BLE001 - the outermost edge: whatever it is, it is a bug with an id
            return self._refused(request, TurnedAway(No.BUG), bug(error))

    def _refused(self, request: web.Request, refusal: TurnedAway, id: str = "") -> web.Response:
        language = refusal.language or language_of(request.headers.get("Accept-Language", ""))
        said = no(refusal.why, words(language)) + (f" ({id})" if id else "")
        headers = {"Retry-After": str(max(1, math.ceil(refusal.after)))} if refusal.after else {}
        if refusal.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        if "text/html" in request.headers.get("Accept", ""):
            whole = page("refused.html", language=language, said=said, **self._shell)
            return web.Response(status=refusal.status, text=whole, content_type="text/html", headers=headers)
        return answer({"said": said, "kind": "alert", "why": refusal.why.value}, refusal.status, headers)


async def _no_such_method(allowed: set[str], request: web.Request) -> web.StreamResponse:
    raise web.HTTPMethodNotAllowed(request.method, allowed)


async def _nothing_there(request: web.Request) -> web.StreamResponse:
    raise TurnedAway(No.NOT_FOUND)


def answer(body: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """What a page's script is told."""
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json", headers=headers)


def bug(error: BaseException) -> str:
    """Log a bug by its kind and places, never with its text, which may hold an answer or a ticket; its id."""
    name = secrets.token_hex(4)
    found = traceback.extract_tb(error.__traceback__)[-12:]
    places = " < ".join(f"{place.filename}:{place.lineno} {place.name}" for place in reversed(found))
    log.error("bug %s: %s at %s", name, type(error).__name__, places)
    return name
