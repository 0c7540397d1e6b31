"""The whole bot with faults in it, for tests: at a point between receipt and answer it is killed, held up, or fails.

Run by `tests.faults.program`. A file says what happens next, as "kill written"; it is empty where nothing does.
The product has no such hooks: this wraps its functions before it wires them together.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import app
import bot.adapter
import bot.auth
import bot.handler
import bot.turns
import dialogs.router
import store.batch
import store.writer
import workshop.service
from templates import shipped
from workshop.commands import SubmitAnswers
from workshop.service import Change, Done

BEFORE = ("received", "let in", "understood", "queued", "begun", "decided", "written")
"""Nothing is on the disk yet."""
AFTER = ("committed", "known", "told", "answered", "formed")
"""It is stored, and the person does not know."""
POINTS = BEFORE + AFTER
FAILING = ("let in", "understood", "queued", "begun", "decided", "written", "known", "answered")
"""Where an exception is thrown that holds what nobody may read in a log."""
QUEUED = "queued"
"""A file beside the plan, with a byte for each answer that has come to the store's queue."""
SECRET = "Wilhelmina Geheim said: the minister's password is hunter2, Bearer eyJhbGciOiJSUzI1NiIs"


class Planned:
    """What the file says is to happen."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.queued = file.with_name(QUEUED).open("ab", buffering=0)

    def at(self, point: str) -> None:
        """The program has come to this point."""
        what, _, where = self.file.read_text(encoding="utf-8").partition(" ")
        while where == point and what in ("hold", "keep"):
            time.sleep(0.01)
            what, _, where = self.file.read_text(encoding="utf-8").partition(" ")
        if where == point and what == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if where == point and what == "fail":
            raise KeyError(SECRET)


    def closing(self) -> None:
        """The store is to finish what is queued: nothing is kept any longer."""
        if self.file.read_text(encoding="utf-8").startswith("keep"):
            self.file.write_text("", encoding="utf-8")


def wrap(planned: Planned) -> None:
    """Put the points into the bot. Only what a person's submit runs through counts, never the bot's own clock."""
    around_the_door(planned)
    around_the_store(planned)


def around_the_door(planned: Planned) -> None:
    process, check = bot.adapter.KolbotAdapter.process, bot.auth.Gate.check
    of, answer = bot.turns.Turns.of, dialogs.router.Router.answer
    messages = bot.adapter.KolbotAdapter.messages

    async def processed(self: Any, authorization: str | None, body: Any, on_turn: Any) -> Any:
        planned.at("received")
        return await process(self, authorization, body, on_turn)

    async def checked(self: Any, authorization: str | None, activity: Any) -> Any:
        caller = await check(self, authorization, activity)
        planned.at("let in")
        return caller

    async def understood(self: Any, *arguments: Any, **named: Any) -> Any:
        turn = await of(self, *arguments, **named)
        planned.at("understood")
        return turn

    async def answered(self: Any, turn: Any, kolbot: Any) -> Any:
        reply = await answer(self, turn, kolbot)
        planned.at("answered")
        return reply

    async def formed(self: Any, request: Any, on_turn: Any) -> Any:
        response = await messages(self, request, on_turn)
        planned.at("formed")
        return response

    put(bot.adapter.KolbotAdapter, process=processed, messages=formed)
    put(bot.auth.Gate, check=checked)
    put(bot.turns.Turns, of=understood)
    put(dialogs.router.Router, answer=answered)


def around_the_store(planned: Planned) -> None:
    ask, decide, write = store.writer.Writer._ask, store.batch.Batch.decide, store.batch.Batch.write
    commit, remember, tell = store.writer._commit, store.batch.Batch.remember, store.writer._tell
    close, deciding = store.writer.Writer.close, threading.local()

    async def closed(self: Any, *more: Any) -> None:
        planned.closing()
        await close(self, *more)

    async def asked(self: Any, work: Any, *more: Any) -> Any:
        waiting: Awaitable[Any] = ask(self, work, *more)
        if isinstance(work, Change):
            planned.at("queued")
            if isinstance(work.command, SubmitAnswers):
                planned.queued.write(b".")
        return await waiting

    def decided(self: Any, changes: Sequence[Any], *more: Any) -> Any:
        planned.at("begun")
        outcomes = decide(self, changes, *more)
        planned.at("decided")
        return outcomes

    def written(self: Any) -> None:
        write(self)
        planned.at("written")
        deciding.now = True

    def committed(connection: Any) -> Any:
        result: Any = commit(connection)
        if getattr(deciding, "now", False):
            deciding.now = False
            planned.at("committed")
        return result

    def remembered(self: Any) -> None:
        remember(self)
        planned.at("known")

    def told(answers: Any) -> None:
        tell(answers)
        if any(isinstance(answer, Done) for _, answer in answers):
            planned.at("told")

    put(store.writer.Writer, _ask=asked, close=closed)
    put(store.batch.Batch, decide=decided, write=written, remember=remembered)
    put(store.writer, _commit=committed, _tell=told)


def put(owner: Any, **functions: Callable[..., Any]) -> None:
    for name, function in functions.items():
        assert hasattr(owner, name), name
        setattr(owner, name, function)


def child(settings: dict[str, str]) -> None:
    """The bot, until it ends; what it writes goes where `LOG` says."""
    os.setsid()
    os.environ.update(settings)
    log = os.open(settings["LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    wrap(Planned(Path(settings["PLAN"])))
    if "PATIENCE" in settings:
        workshop.service.PATIENCE = bot.handler.DEADLINE = float(settings["PATIENCE"])
    try:
        app.main()
    except SystemExit as ended:
        sys.stderr.write(f"{ended.code}\n")
        os._exit(1)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        os._exit(2)
    os._exit(0)


def main() -> None:
    """Settings come in, a line each; the bot's process id and, when it has ended, its exit code go out.

    Every bot is forked from here, after the imports and the reading of the templates, which take most of a start.
    """
    shipped()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            child(json.loads(line))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
