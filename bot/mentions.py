"""Who is mentioned in a message, and what else it says. Told by its entities, never by a name in the text."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """A message to the bot.

    `text`: without the bot's mentions; `words`: without anybody's, as a command is read; `people`: the others
    mentioned, (id, name), each once, in the order of the entities; `to_bot`: whether the bot is mentioned; `bot_twice`:
    more than once, so that what is said may be about the bot too.
    """

    text: str
    words: str
    people: tuple[tuple[str, str], ...]
    to_bot: bool
    bot_twice: bool = False


def read(text: str | None, entities: Iterable[Any] | None, bot_id: str) -> Said:
    """What was said. A mention entity removes its own exact text, once; without a text it removes nothing.

    `bot_id` is the activity's recipient.id. (The SDK's own function removes the bot's name wherever it occurs.)
    """
    rest = text or ""
    people: dict[str, str] = {}
    others: list[str] = []
    to_bot = 0
    for entity in entities or ():
        mention = _mention(entity)
        if mention is None:
            continue
        who, name, written = mention
        if who == bot_id:
            to_bot += 1
            rest = _without(rest, written)
        else:
            people.setdefault(who, name)
            others.append(written)
    words = rest
    for written in others:
        words = _without(words, written)
    return Said(_plain(rest), " ".join(_plain(words).split()), tuple(people.items()), to_bot > 0, to_bot > 1)


def _mention(entity: object) -> tuple[str, str, str] | None:
    """(id, name, text) of a mention entity, None for any other or a broken one."""
    if not isinstance(entity, Mapping) or str(entity.get("type", "")).lower() != "mention":
        return None
    mentioned = entity.get("mentioned")
    who = mentioned.get("id") if isinstance(mentioned, Mapping) else None
    if not isinstance(mentioned, Mapping) or not isinstance(who, str) or not who:
        return None
    name, written = mentioned.get("name"), entity.get("text")
    return who, name if isinstance(name, str) else "", written if isinstance(written, str) else ""


def _without(text: str, written: str) -> str:
    """A blank in the mention's place, so that the words around it stay two."""
    return text.replace(written, " ", 1) if written else text


def _plain(text: str) -> str:
    return html.unescape(text).replace("\N{NO-BREAK SPACE}", " ").strip()
