"""Activities between JSON and Bot Framework's class, by hand. It never checks who sent one."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from botbuilder.schema import Activity, ChannelAccount, ConversationAccount

T = TypeVar("T")
Names = Sequence[tuple[str, str]]


def read_activity(body: Mapping[str, Any]) -> Activity:
    """An Activity with the fields that a turn needs; entities, value and channelData stay plain dicts.

    By hand: `Activity().deserialize` takes 25 times as long, and loses conversation.tenantId. ValueError if a
    field that has to be there is not, or is of another kind; it names the field, never what it holds.
    """
    conversation = _object(body, "conversation")
    data = body.get("channelData")
    tenant = data.get("tenant") if isinstance(data, dict) else None
    entities, sender, recipient = body.get("entities"), _object(body, "from"), _object(body, "recipient")
    texts = _texts(body, _NEEDED, _TEXTS)
    return _made(
        _Activity,
        {
            **texts,
            "id": texts["id"] or "",
            "from_property": _account(sender),
            "recipient": _account(recipient),
            "conversation": _made(
                _Conversation,
                {
                    **_texts(conversation, _ID, _CONVERSATION),
                    "is_group": conversation.get("isGroup") is True,
                    "tenant_id": _text_or_none(tenant, "id") if isinstance(tenant, dict) else None,
                },
            ),
            "entities": [each for each in entities if isinstance(each, dict)] if isinstance(entities, list) else [],
            "channel_data": data,
            "value": body.get("value"),
            "members_added": _accounts(body.get("membersAdded")),
            "members_removed": _accounts(body.get("membersRemoved")),
        },
    )


def wire(thing: Any) -> Any:
    """An Activity as the JSON that Teams reads; plain dicts pass through.

    By hand: msrest takes 8 ms for a card of 20 KB.
    """
    names = getattr(thing, "_attribute_map", None)
    if names is not None:
        values = {known["key"]: getattr(thing, attribute, None) for attribute, known in names.items()}
        values |= getattr(thing, "additional_properties", None) or {}
        return {key: wire(value) for key, value in values.items() if value is not None}
    if isinstance(thing, list):
        return [wire(each) for each in thing]
    if isinstance(thing, enum.Enum):
        return thing.value
    return thing.isoformat() if isinstance(thing, date) else thing


def _made(kind: type[T], fields: dict[str, Any]) -> T:
    """What the constructor would make of these fields: it sets dozens of others to None, one by one, every time."""
    made = kind.__new__(kind)
    fields["additional_properties"] = {}
    made.__dict__ = fields
    return made


def _blank(kind: type[T]) -> type[T]:
    """The same class, in which a field that is not set is what the constructor sets it to."""
    return type(kind.__name__, (kind,), {**vars(kind()), "__module__": kind.__module__})


_Activity, _Account, _Conversation = _blank(Activity), _blank(ChannelAccount), _blank(ConversationAccount)
_ID = (("id", "id"),)
_NEEDED = (("type", "type"), ("channel_id", "channelId"), ("service_url", "serviceUrl"))
_TEXTS = (
    ("id", "id"), ("name", "name"), ("text", "text"), ("text_format", "textFormat"), ("locale", "locale"),
    ("reply_to_id", "replyToId"), ("action", "action"),
)  # fmt: skip
_CONVERSATION = (("name", "name"), ("conversation_type", "conversationType"))
_ACCOUNT = (("name", "name"), ("aad_object_id", "aadObjectId"))


def _texts(body: Mapping[str, Any], needed: Names, others: Names) -> dict[str, Any]:
    """Texts by the names that Bot Framework's class has for them: those that have to be there, and hold something, and
    those that may be missing."""
    found = {}
    for ours, theirs in needed:
        value = found[ours] = body.get(theirs)
        if not isinstance(value, str) or not value:
            raise ValueError(f"{theirs} is not a text")
    for ours, theirs in others:
        value = found[ours] = body.get(theirs)
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{theirs} is not a text")
    return found


def _object(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    if not isinstance(value, dict):
        raise ValueError(f"{name} is missing")
    return value


def _text_or_none(body: Mapping[str, Any], name: str) -> str | None:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is not a text")
    return value


def _account(item: Mapping[str, Any]) -> ChannelAccount:
    return _made(_Account, _texts(item, _ID, _ACCOUNT))


def _accounts(items: object) -> list[ChannelAccount]:
    listed: Iterable[Any] = items if isinstance(items, list) else ()
    return [_account(item) for item in listed if isinstance(item, dict)]
