"""A page without a room on which cards are drawn as in the rehearsal room, by Microsoft's renderer."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from playwright.sync_api import Browser, Page, Route

from tests.browser.chromium import SEEN
from tools.places import PAGE

T = TypeVar("T")
HOST = "http://cards.example"
STYLES = ("tokens", "base", "shell", "message", "chat", "feed", "cards", "overlay")
HTML = f"""<!doctype html><html lang="en" data-theme="light"><head><title>Cards</title>
{"".join(f'<link rel="stylesheet" href="/static/{name}.css">' for name in STYLES)}
<script src="/vendor/adaptivecards.min.js"></script></head>
<body style="overflow: auto; display: block"><main><h1>Cards</h1><div id="all"></div></main></body></html>"""
DRAW = """async samples => {
    const {drawCard} = await import("/static/cards.js");
    const all = document.getElementById("all");
    for (const [number, {name, card, dialog}] of samples.entries()) {
        const frame = document.createElement("section");
        frame.setAttribute("aria-label", `${number} ${name}`);
        if (dialog) frame.className = "dialog";
        frame.style.cssText = "margin: 8px 0; max-height: none; overflow: visible; display: block";
        frame.append(drawCard(card, {locale: card.lang || "en", onPress() {}}));
        all.append(frame);
    }
    return document.querySelectorAll(".card.broken").length;
}"""


def awaited(work: Coroutine[Any, Any, T]) -> T:
    """What comes of it, in a thread of its own: Playwright has a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


@contextmanager
def cards_on_a_page(browser: Browser, samples: list[dict[str, Any]], **settings: Any) -> Iterator[Page]:
    """Each of them (`name`, `card`, `dialog`) in a section of its own, called by its number and name."""
    context = browser.new_context(**(SEEN | settings))
    page = context.new_page()
    page.route(f"{HOST}/**", _serve)
    page.goto(f"{HOST}/")
    assert page.evaluate(DRAW, samples) == 0, "a card cannot be drawn"
    yield page
    context.close()


def _serve(route: Route) -> None:
    """The page's own files, without a room."""
    path = route.request.url.removeprefix(HOST)
    if path == "/":
        route.fulfill(body=HTML, content_type="text/html")
        return
    file = PAGE / path.lstrip("/").replace("vendor/", "node_modules/adaptivecards/dist/", 1)
    if not file.is_file():
        route.fulfill(status=404, body="")
        return
    route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")
