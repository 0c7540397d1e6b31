"""The log: JSON, a line each, under ids that people can quote; of errors and of others' loggers only what is safe."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from botbuilder.core import TurnContext

from bot.adapter import bug
from bot.handler import Handler
from bot.logs import LONGEST, OURS, JsonLines, begin_turn, keep_quiet, turn_id
from bot.turns import People, Turns
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Turn
from tests.bot.listening import ID, lines, logged
from tests.bot.served import Bot, served

ROOT = Path(__file__).parents[2]
LOST = "Nobody may ever read of turquoise hedgehogs"


# The id that a person can quote


class NoConversations:
    """Nothing is kept, as if the store were away."""

    lost = 0

    async def remember(self, *_: str) -> None:
        raise ConnectionError("quokka")

    async def meet(self, *_: object) -> None:
        raise ConnectionError("quokka")

    async def forget(self, key: str) -> None: ...

    async def person(self, person_id: str) -> None: ...

    async def choose_language(self, person_id: str, language: str, now: datetime) -> None: ...


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with served() as ready:
        yield ready


async def breaks(turn: Turn, kolbot: Kolbot) -> Reply:
    raise KeyError(turn.text("words"))


async def test_the_apology_shows_the_id_of_all_lines_of_its_turn(bot: Bot) -> None:
    router, conversations = Router(), NoConversations()
    none: Any = None
    router.add("break", breaks)
    people = People(conversations, lambda: datetime.now(UTC))
    turns = Turns(bot.adapter.teams, conversations, people)
    handler = Handler(bot.adapter, turns, conversations, none, router, none, none)
    bot.turn = handler.on_turn
    with logged(JsonLines(), *OURS) as out:
        status, text = await bot.invoke(value={"data": {"verb": "break", "words": LOST}})
        first = lines(out)
        await bot.invoke(value={"data": {"verb": "break", "words": LOST}})
        second = lines(out)[len(first) :]
    assert status == 200
    assert [line["message"].partition(":")[2].split()[0] for line in first] == ["ConnectionError", "KeyError"]
    (name,) = {line["turn"] for line in first}
    assert name in json.loads(text)["task"]["value"]
    assert {line["turn"] for line in second} != {name}
    assert LOST not in out.getvalue() and "quokka" not in out.getvalue()
    figures = bot.adapter.metrics.text(0).decode()
    assert 'kolbot_turns_total{kind="test_logs",outcome="bug",via="dialog"} 2.0' in figures
    assert "kolbot_bugs_total 2.0" in figures


async def test_a_bug_at_the_edge_has_the_same_id_too(bot: Bot) -> None:
    async def turn(context: TurnContext) -> None:
        logging.getLogger("kolbot.test").info("on the way")
        raise ValueError(context.activity.text)

    bot.turn = turn
    with logged(JsonLines(), *OURS) as out:
        status, text = await bot.post(bot.fake.activity(text=LOST))
    assert status == 500
    assert {line["turn"] for line in lines(out)} == {json.loads(text)["error"]["id"]}
    assert LOST not in out.getvalue()


async def test_what_a_turn_starts_bears_its_id_and_what_is_beside_it_does_not() -> None:
    async def inner() -> str:
        return turn_id()

    async def turn() -> tuple[str, str, str]:
        return begin_turn(), turn_id(), await asyncio.create_task(inner())

    first, second = await asyncio.gather(turn(), turn())
    assert len(set(first)) == len(set(second)) == 1
    assert first != second
    assert turn_id() != turn_id(), "outside of any turn each has its own"


def test_a_bug_outside_of_a_turn_has_an_id_too() -> None:
    with logged(JsonLines(), *OURS) as out:
        name = bug(ValueError(LOST))
    (line,) = lines(out)
    assert ID.match(name) and f"bug {name}: ValueError" in line["message"]
    assert "turn" not in line


# The form of a line


def record(name: str, message: object, *args: object, error: BaseException | None = None) -> dict[str, Any]:
    info = None if error is None else (type(error), error, error.__traceback__)
    made = logging.LogRecord(name, logging.ERROR, "", 1, message, args, info)
    line: dict[str, Any] = json.loads(JsonLines().format(made))
    return line


def test_of_an_error_only_its_kind_and_places() -> None:
    try:
        raise ValueError(LOST)
    except ValueError as error:
        line = record("kolbot.x", "broken", error=error)
    assert line["error"] == "ValueError"
    assert "test_of_an_error_only_its_kind_and_places" in line["places"]
    assert LOST not in json.dumps(line)


def test_of_others_only_the_words_of_their_code() -> None:
    assert record("urllib3.x", "Retrying after %s", LOST)["message"] == "Retrying after %s"
    assert record("asyncio", f"Task exception was never retrieved\nfuture: {LOST}")["message"] == (
        "Task exception was never retrieved"
    )
    assert record("asyncio", "x" * 1000)["message"] == "x" * LONGEST
    assert record("x", ValueError(LOST))["message"] == "ValueError"
    assert record("kolbot.x", "%d at %s", 3, "once")["message"] == "3 at once"
    assert record("kolbotter", "%s", LOST)["message"] == "%s"


def test_a_line_break_in_a_message_makes_no_second_line() -> None:
    forged_line = 'a\n{"level":"forged"}\u2028'
    line = JsonLines().format(logging.LogRecord("kolbot.x", logging.INFO, "", 1, forged_line, (), None))
    assert "\n" not in line
    assert json.loads(line)["message"].startswith("a\n{")


async def test_what_goes_wrong_out_of_sight_is_logged_by_its_kind() -> None:
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    keep_quiet(loop)
    try:
        with logged(JsonLines(), *OURS) as out:
            loop.call_exception_handler({"message": f"Task exception\n{LOST}", "exception": ValueError(LOST)})
            loop.call_exception_handler({"message": "no exception here"})
    finally:
        loop.set_exception_handler(before)
    first, second = lines(out)
    assert first["message"] == "Task exception: ValueError "
    assert second["message"].startswith("no exception here")


# A process of its own


def process(code: str) -> tuple[int, list[Mapping[str, Any]], str]:
    """Exit status, the log's lines, and whatever else was written."""
    begins = "import logging, threading, sys; from bot.logs import set_up; "
    done = subprocess.run(
        [sys.executable, "-c", begins + code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )
    return done.returncode, [json.loads(line) for line in done.stderr.splitlines()], done.stdout


def test_the_level_is_for_ours_and_others_speak_from_warning_on() -> None:
    status, written, _ = process(
        "set_up('DEBUG')\n"
        "for name in ('kolbot.x', 'store.x', 'aiohttp.access', 'msal', 'sqlalchemy.engine.Engine'):\n"
        "    log = logging.getLogger(name); log.debug('low'); log.info('middle'); log.warning('high')"
    )
    assert status == 0
    assert [(line["logger"], line["message"]) for line in written] == [
        ("kolbot.x", "low"), ("kolbot.x", "middle"), ("kolbot.x", "high"),
        ("store.x", "low"), ("store.x", "middle"), ("store.x", "high"),
        ("aiohttp.access", "high"), ("msal", "high"), ("sqlalchemy.engine.Engine", "high"),
    ]
    _, quiet, _ = process("set_up('ERROR'); logging.getLogger('kolbot.x').warning('a')")
    assert quiet == []


def test_a_crash_is_logged_by_its_kind() -> None:
    status, written, out = process("set_up('INFO')\ndef falls(): raise ValueError('quokka')\nfalls()")
    assert status == 1
    assert [line["level"] for line in written] == ["CRITICAL"]
    assert "ValueError" in written[0]["message"] and "falls" in written[0]["message"]
    assert "quokka" not in json.dumps(written) + out


def test_a_thread_that_crashes_is_logged_by_its_kind() -> None:
    status, written, _ = process(
        "set_up('INFO')\ndef falls(): raise ValueError('quokka')\n"
        "def leaves(): sys.exit()\n"
        "for each in (falls, leaves): thread = threading.Thread(target=each); thread.start(); thread.join()"
    )
    assert status == 0
    (line,) = written
    assert "ValueError" in line["message"] and "quokka" not in json.dumps(line)


def test_an_interruption_is_no_crash() -> None:
    assert process("set_up('INFO'); raise KeyboardInterrupt('quokka')")[1] == []
