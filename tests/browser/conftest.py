"""The rehearsal room and the bot as two programs, and a Chromium that looks at them: what browser tests stand on."""

from __future__ import annotations

import re
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
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect

from settings import REHEARSAL_APP_ID
from tests.browser.chromium import Windows, opened
from tests.browser.inside import Inside, inside
from tools.places import PYTHON, ROOT, last_lines, surroundings
from tools.rooms import NOT_FOR_REHEARSAL

START_SECONDS = 60.0
STOP_SECONDS = 10.0
Look = Callable[..., Page]

HERE = Path(__file__).parent
OPEN, CLOSING = pytest.StashKey[Windows](), pytest.StashKey[ExitStack]()


@pytest.fixture(scope="module")
def pages() -> str:
    """Whether dialogs host pages; a module about pages says "on"."""
    return "off"


@pytest.fixture(scope="module")
def plans() -> Path:
    """The folder of templates that there are besides the shipped ones."""
    return ROOT / "tests" / "plans"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, pages: str, plans: Path) -> Iterator[Inside]:
    """A room of this module's own with the real bot in it, both in this process."""
    with inside(tmp_path_factory.mktemp("inside"), plans, pages) as opened:
        yield opened


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
def windows(request: pytest.FixtureRequest) -> Windows:
    """The Chromium that is open until the last browser test, and its windows."""
    stash = request.config.stash
    if OPEN not in stash:
        stash[CLOSING] = ExitStack()
        stash[OPEN] = stash[CLOSING].enter_context(opened())
    return stash[OPEN]


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Playwright's loop, of this thread, is in the way of tests with a loop of their own."""
    if CLOSING in item.config.stash and (nextitem is None or not nextitem.path.is_relative_to(HERE)):
        del item.config.stash[OPEN]
        with item.config.stash[CLOSING]:
            del item.config.stash[CLOSING]


@pytest.fixture(scope="module")
def browser(windows: Windows) -> Browser:
    return windows.browser


@pytest.fixture
def look(windows: Windows, address: str) -> Iterator[Look]:
    """Opens pages of the room. At the end none of them may have had an error, nor the room a refusal to show."""
    wrong: list[str] = []
    taken: list[tuple[Page, dict[str, Any]]] = []

    def heard(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            wrong.append(said.text)

    def failed(error: Error) -> None:
        wrong.append(str(error))

    def look(path: str = "", **settings: Any) -> Page:
        page = windows.take(**settings)
        taken.append((page, settings))
        page.on("console", heard)
        page.on("pageerror", failed)
        page.goto(f"{address}/{path}")
        return page

    yield look
    for page, settings in taken:
        expect(page.get_by_test_id("refusals-badge")).to_be_hidden()
        page.remove_listener("console", heard)
        page.remove_listener("pageerror", failed)
        windows.give_back(page, **settings)
    assert not wrong, wrong
