"""The rehearsal room and the bot as two programs, and a Chromium that looks at them: what browser tests stand on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import unused_port
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from settings import REHEARSAL_APP_ID
from tools.browsers import NAMES
from tools.places import PYTHON, ROOT, last_lines, surroundings
from tools.rooms import NOT_FOR_REHEARSAL

START_SECONDS = 60.0
STOP_SECONDS = 10.0
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

Look = Callable[..., Page]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def pages() -> str:
    """Whether dialogs host pages; a module about pages says "on"."""
    return "off"


@pytest.fixture(scope="module")
def plans() -> Path:
    """The folder of templates that there are besides the shipped ones."""
    return ROOT / "tests" / "plans"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, pages: str, plans: Path) -> Iterator[str]:
    """Where a room of this module's own is, with the real bot in it: two programs, as `dev.py run` starts them."""
    folder = tmp_path_factory.mktemp("rehearsal")
    room_port, bot_port = unused_port(), unused_port()
    room, bot = f"http://127.0.0.1:{room_port}", f"http://127.0.0.1:{bot_port}"
    bot_settings = dict.fromkeys(NOT_FOR_REHEARSAL, "") | {
        "CLOUD": "rehearsal",
        "REHEARSAL_URL": room,
        "MICROSOFT_APP_ID": REHEARSAL_APP_ID,
        "HOST": "127.0.0.1",
        "PORT": str(bot_port),
        "PUBLIC_URL": bot,
        "DATABASE_URL": f"sqlite:///{folder / 'kolbot.db'}",
        "TEMPLATES": str(plans),
        "PAGES": pages,
    }
    with ExitStack() as stopping:
        command = ["-m", "rehearsal", "--port", str(room_port), "--bot", f"{bot}/api/messages"]
        _start(command, {}, folder / "room.log", f"{room}/", b"<title>", stopping)
        _start(["app.py"], bot_settings, folder / "bot.log", f"{room}/api/room", b'"connected":true', stopping)
        yield room
    for log in (folder / "room.log", folder / "bot.log"):
        words = log.read_text(encoding="utf-8", errors="replace")
        assert not re.search("Traceback| ERROR ", words), f"{log.name}:\n{words[-4000:]}"


def _start(
    arguments: list[str], settings: dict[str, str], log: Path, url: str, answer: bytes, stopping: ExitStack
) -> None:
    """One program, ended with `stopping`; returns when the URL gives that answer."""
    out = stopping.enter_context(log.open("wb"))
    process = subprocess.Popen(
        [str(PYTHON), *arguments],
        cwd=ROOT,
        env=surroundings(**settings),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    stopping.callback(_stop, process)
    ends = time.monotonic() + START_SECONDS
    while answer not in _asked(url):
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            pytest.fail(f"{arguments} ended with {process.returncode}:\n{last_lines(log)}")
        assert time.monotonic() < ends, f"{arguments} is not ready after {START_SECONDS:.0f} s:\n{last_lines(log)}"


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _asked(url: str) -> bytes:
    """What a URL answers; nothing while nobody is there."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=5) as answer:
            return bytes(answer.read())
    except (urllib.error.URLError, ConnectionError):
        return b""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium: the one that KOLBOT_CHROMIUM names, else the machine's. Without one the tests fail and say so."""
    path = os.environ.get("KOLBOT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("No Chromium: name one in KOLBOT_CHROMIUM, or let python3 dev.py test tests/browser bring one.")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        # Chromium refuses its own sandbox to root; only pages of this machine are opened here.
        arguments = [*ARGUMENTS, "--no-sandbox"] if root else list(ARGUMENTS)
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def look(browser: Browser, address: str) -> Iterator[Look]:
    """Opens pages of the room. At the end none of them may have had an error, nor the room a refusal to show."""
    wrong: list[str] = []
    contexts: list[BrowserContext] = []

    def look(path: str = "", **settings: Any) -> Page:
        context = browser.new_context(**(SEEN | settings))
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{address}/{path}")
        return page

    yield look
    for context in contexts:
        for page in context.pages:
            expect(page.get_by_test_id("refusals-badge")).to_be_hidden()
        context.close()
    assert not wrong, wrong
