"""Reads an activity that the bot posts or edits and says what Teams would refuse in it. It changes no state."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass, field
from typing import Any

from rehearsal.answers import CARD
from rehearsal.strict import LARGEST, judge, too_large
from rehearsal.world import BOT, Mention, Unknown, World

PICTURE_BYTES = 1024 * 1024
PICTURE_SIDE = 1024
"""Pictures in messages: at most 1 MB and 1024 x 1024, PNG, JPEG or GIF (Microsoft Learn)."""
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/*")
FORMATS = ("plain", "markdown", "xml", "extendedmarkdown")


class NotTaken(Exception):
    """Teams would answer with this status and error code."""

    def __init__(self, status: int, code: str, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.code = code


class Unwelcome(NotTaken):
    """The bot may not post here, or asks for somebody who is not. No mistake: it cannot know before it tries."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an activity says, checked."""

    text: str
    text_format: str
    mentions: tuple[Mention, ...]
    attachments: tuple[dict[str, Any], ...]
    warnings: list[str] = field(default_factory=list)


def read_message(world: World, activity: dict[str, Any]) -> Content:
    """Checks a message of the bot. Raises NotTaken with the status and the reason that Teams would give."""
    if size := too_large(activity):
        why = f"the message has {size} bytes as UTF-16, at most {LARGEST} go through"
        raise NotTaken(413, "MessageSizeTooBig", why)
    text = activity.get("text") or ""
    if not isinstance(text, str):
        raise NotTaken(400, "BadSyntax", "text has to be a text")
    text_format = activity.get("textFormat") or "markdown"
    if text_format not in FORMATS:
        raise NotTaken(400, "BadSyntax", f"textFormat {text_format!r} is unknown")
    attachments = activity.get("attachments") or []
    if not isinstance(attachments, list) or not all(isinstance(part, dict) for part in attachments):
        raise NotTaken(400, "BadSyntax", "attachments have to be a list of objects")
    if not text.strip() and not attachments:
        raise NotTaken(400, "BadSyntax", "the activity has neither text nor attachments")
    warnings: list[str] = []
    for attachment in attachments:
        warnings += _attachment(attachment)
    mentions = _mentions(world, activity.get("entities") or [], text, warnings)
    return Content(text, text_format, mentions, tuple(attachments), warnings)


def _attachment(attachment: dict[str, Any]) -> list[str]:
    kind = attachment.get("contentType")
    if kind == CARD:
        verdict = judge(attachment.get("content"), "message")
        if verdict.reasons:
            raise NotTaken(400, "BadArgument", "; ".join(verdict.reasons))
        return verdict.warnings
    if kind in PICTURES:
        _picture(str(attachment.get("contentUrl", "")))
        return []
    raise NotTaken(400, "BadArgument", f"an attachment of type {kind!r} cannot be sent to a chat")


def _picture(url: str) -> None:
    if url.startswith("https://"):
        return
    head, comma, body = url.partition(",")
    if not comma or head not in ("data:image/png;base64", "data:image/jpeg;base64", "data:image/gif;base64"):
        raise NotTaken(400, "BadArgument", "a picture has to be https or a PNG, JPEG or GIF as data:")
    try:
        raw = base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise NotTaken(400, "BadArgument", "the picture is not valid base64") from error
    if len(raw) > PICTURE_BYTES:
        raise NotTaken(400, "BadArgument", f"the picture has {len(raw)} bytes, at most {PICTURE_BYTES} go through")
    if raw[:8] == b"\x89PNG\r\n\x1a\n" and len(raw) >= 24:
        width, height = struct.unpack(">II", raw[16:24])
        if max(width, height) > PICTURE_SIDE:
            raise NotTaken(400, "BadArgument", f"the picture is {width} x {height}, at most {PICTURE_SIDE} each way")
    elif head.startswith("data:image/png"):
        raise NotTaken(400, "BadArgument", "the picture is said to be a PNG and is none")


def _mentions(world: World, entities: Any, text: str, warnings: list[str]) -> tuple[Mention, ...]:
    """Mention entities; Teams ignores those whose text does not stand in the message, letter by letter."""
    found = []
    for entity in entities if isinstance(entities, list) else []:
        if not isinstance(entity, dict) or entity.get("type") != "mention":
            continue
        exact, mentioned = entity.get("text"), entity.get("mentioned")
        if not isinstance(exact, str) or exact not in text or not isinstance(mentioned, dict):
            warnings.append(f"the mention {exact!r} does not stand in the text and is ignored")
            continue
        name = str(mentioned.get("id", ""))
        try:
            known = BOT if name == BOT else world.member(name).id
        except Unknown:
            warnings.append(f"the mention {exact!r} names nobody here and is ignored")
            continue
        found.append(Mention(known, str(mentioned.get("name", "")), exact))
    return tuple(found)
