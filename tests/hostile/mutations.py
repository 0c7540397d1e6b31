"""Activities as Teams would never send them: real ones, changed in up to five places, under good and bad tokens."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Path = tuple[str | int, ...]

VERBS = (
    "answer", "submit", "change", "withdraw", "join", "joined", "board", "summary", "language", "chosen", "next",
    "back", "reopen", "close", "extend", "pause", "resume", "finish", "cancel", "nudge", "late", "reveal", "pick",
    "picked", "moderate", "moderated", "takeover", "facilitator", "moderator", "new", "open", "facilitate", "console",
    "stage", "help", "", "__class__", "Next",
)
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
TOKENS = ("good",) * 17 + ("none", "expired", "stranger", "other address")


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


ANY = st.integers(0, 1_000_000)
CHANGES = st.tuples(
    ANY, st.sampled_from(WAYS), st.sampled_from(HOSTILE), st.integers(0, 3), ANY, st.sampled_from(VERBS)
)
RECIPES = st.tuples(
    ANY, ANY, st.lists(CHANGES, max_size=5), st.sampled_from(TOKENS), st.integers(0, 19), ANY, st.integers(0, 3)
)
"""How an attempt is made; drawn without regard to what it is made of, which differs from session to session."""


def made(recipe: tuple[Any, ...], corpus: Sequence[dict[str, Any]], number: int) -> Attempt:
    """One attempt, made of the activities of a real session; `number` tells it from all others."""
    base, fresh, changes, token, cut, place, how = recipe
    activity = copy.deepcopy(corpus[base % len(corpus)])
    if fresh % 10:  # else it is a redelivery
        activity["id"] = f"f:{number}"
    for source, way, value, within, where, verb in changes:
        other, data = corpus[source % len(corpus)], data_of(activity)
        if way == "verb":
            if isinstance(data, dict):
                data["verb"] = verb
        elif way == "person":
            activity["from"] = copy.deepcopy(other["from"])
        else:
            target = data if within and isinstance(data, dict) else activity
            if there := paths(target):
                changed(target, way, there[where % len(there)], value, other)
    body = json.dumps(activity).encode()
    if not cut:
        at_byte = place % len(body)
        start, rest = body[:at_byte], body[at_byte:]
        body = (start, start + b"\xff" + rest, rest, b"[" * at_byte)[how]
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        read = None
    return Attempt(body, token, read)
