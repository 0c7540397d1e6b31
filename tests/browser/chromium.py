"""One Chromium for all browser tests, and the windows that are open in it and nobody looks at. Knows no test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tools.browsers import NAMES

PATIENCE_MS = 20_000
"""How long the page may take for anything: far more than it needs on a busy machine."""

ARGUMENTS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--mute-audio",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
)
SEEN: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 860},
    "locale": "pl-PL",
    "timezone_id": "Europe/Warsaw",
    "color_scheme": "light",
    "reduced_motion": "reduce",
}
"""How a page is looked at, unless a test says otherwise."""

NOTHING = "/static/icon.svg"
"""What an empty window shows."""

expect.set_options(timeout=PATIENCE_MS)


class Windows:
    """The Chromium, and its empty windows.

    A window is a context with one page: storage and connections are its own. Opening one costs as much computing as
    loading the room's page three times, so the next test gets it too, emptied.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._empty: dict[str, list[Page]] = {}
        self._held_frames: set[Page] = set()

    def take(self, **settings: Any) -> Page:
        """An empty window; `settings` are those of SEEN that are to be others, and more."""
        wanted = SEEN | settings
        empty = self._empty.setdefault(_kind(wanted), [])
        if empty:
            page = empty.pop()
            page.set_viewport_size(wanted["viewport"])
            return page
        context = self.browser.new_context(**wanted)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("frameattached", lambda _: self._held_frames.add(page))
        return page

    def give_back(self, page: Page, **settings: Any) -> None:
        """One that was taken with these settings, when nobody looks any more.

        It is closed where other pages were inside of its page: what those have stored cannot be reached.
        """
        if page in self._held_frames:
            page.context.close()
            return
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        # Nothing to draw; of the same server, or Chromium would begin the next page in a new process.
        page.goto(urljoin(page.url, NOTHING))
        self._empty[_kind(SEEN | settings)].append(page)


def _kind(settings: Mapping[str, Any]) -> str:
    """What cannot be changed once a window is open."""
    return repr(sorted((name, value) for name, value in settings.items() if name != "viewport"))


@contextmanager
def opened() -> Iterator[Windows]:
    """A Chromium: the one that KOLBOT_CHROMIUM names, else the machine's. Without one the tests fail and say so."""
    path = os.environ.get("KOLBOT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("No Chromium: name one in KOLBOT_CHROMIUM, or let python3 dev.py test tests/browser bring one.")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        # Chromium refuses its own sandbox to root; only pages of this machine are opened here.
        arguments = [*ARGUMENTS, "--no-sandbox"] if root else list(ARGUMENTS)
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield Windows(browser)
        browser.close()
