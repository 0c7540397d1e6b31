"""The log: one JSON object a line, each turn under an id that the person can quote. It keeps what people wrote out."""

from __future__ import annotations

import asyncio
import logging
import secrets
import sys
import threading
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from random import getrandbits
from types import TracebackType
from typing import Any, TextIO

import orjson

OURS = ("kolbot", "store")
"""Loggers whose messages are written whole: ours are made of words of the code and of figures only."""

LONGEST = 200
"""Characters of a foreign logger's line that are written."""

_turn: ContextVar[str] = ContextVar("turn", default="")


def begin_turn() -> str:
    """A new id for what is done from here on in this task, and in the tasks that it starts."""
    # No secret, and so not worth a call to the system for every turn: asking it lets go of the interpreter's lock.
    name = f"{getrandbits(32):08x}"
    _turn.set(name)
    return name


def turn_id() -> str:
    """The id of the turn that is being answered here; a new one outside of any turn."""
    return _turn.get() or secrets.token_hex(4)


def places(trace: TracebackType | None) -> str:
    """Where an error arose, the innermost place first: files, lines and functions, never values."""
    found = traceback.extract_tb(trace)[-12:]
    return " < ".join(f"{place.filename}:{place.lineno} {place.name}" for place in reversed(found))


class JsonLines(logging.Formatter):
    """A log record as one line of JSON. Of an error only its kind and its places: its text may hold an answer. Of
    others' loggers only the words that stand in their code: what they fill in may be what people wrote."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        ours = record.name.partition(".")[0] in OURS
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": when.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage() if ours else _template(record.msg),
        }
        if turn := getattr(record, "turn", "") or _turn.get():
            line["turn"] = turn
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["places"] = places(record.exc_info[1].__traceback__)
        return orjson.dumps(line).decode()


def set_up(level: str, out: TextIO | None = None) -> None:
    """All logs as JSON lines to `out` (standard error). `level` is for Kolbot's own; others speak from WARNING on:
    with DEBUG some of them write whatever passes through them."""
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    sys.excepthook = _crashed
    threading.excepthook = _thread_crashed


def keep_quiet(loop: asyncio.AbstractEventLoop) -> None:
    """What goes wrong out of sight in this loop is logged by its kind: asyncio itself writes the error's text."""
    loop.set_exception_handler(_out_of_sight)


def _template(message: object) -> str:
    text = message if isinstance(message, str) else type(message).__name__
    return text.partition("\n")[0][:LONGEST]


_log = logging.getLogger("kolbot.process")


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("the process ends by a bug: %s at %s", kind.__name__, places(trace))


def _thread_crashed(args: threading.ExceptHookArgs) -> None:
    if args.exc_type is SystemExit:
        return
    _log.critical("a thread ended by a bug: %s at %s", args.exc_type.__name__, places(args.exc_traceback))


def _out_of_sight(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    kind, where = (type(error).__name__, places(error.__traceback__)) if error is not None else ("no error", "")
    _log.error("%s: %s %s", _template(context.get("message")), kind, where)
