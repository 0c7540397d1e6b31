"""Links into Teams, built of the ids that Teams itself gave to a conversation. Never of what anybody wrote."""

from __future__ import annotations

import re
from urllib.parse import quote

_PLACE = re.compile(
    r"(19:[A-Za-z0-9_.=-]+@(thread\.tacv2|thread\.skype|thread\.v2|unq\.gbl\.spaces))(?:;messageid=(\d+))?", re.ASCII
)
_CHANNEL = ("thread.tacv2", "thread.skype")
TEAMS = "https://teams.microsoft.com/l"


def conversation_link(place: str, tenant: str) -> str:
    """The address at which Teams opens a conversation: a thread of a channel, a channel, or a chat. Empty where its id
    is none that Teams would have given. (Microsoft Learn, "Deep link to a Teams chat".)"""
    found = _PLACE.fullmatch(place)
    if found is None:
        return ""
    conversation, kind, message = quote(found[1], safe=""), found[2], found[3]
    whose = f"tenantId={quote(tenant, safe='')}"
    if kind not in _CHANNEL:
        return f"{TEAMS}/chat/{conversation}/conversations?{whose}"
    if message:
        return f"{TEAMS}/message/{conversation}/{message}?{whose}&parentMessageId={message}"
    return f"{TEAMS}/channel/{conversation}/?{whose}"
