"""Kolbot, channels and people come and go: posting stops, and goes on below when they are back. Decides no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.teams import Address
from bot.turns import Conversations
from dialogs.turn import Kolbot, Who
from workshop.commands import SYSTEM, LosePlace, PostBoardAgain, PostStageAgain

THREADS = ("@thread.tacv2", "@thread.skype")
"""In the ids of channels, of which a team has several."""
CHANNEL = "channel"


class Comings:
    """Told of every installationUpdate and conversationUpdate."""

    def __init__(
        self, conversations: Conversations, kolbot: Kolbot, members: Callable[[str], None] = lambda conversation: None
    ) -> None:
        """`members` is told of a conversation in which others are now."""
        self._conversations = conversations
        self._kolbot = kolbot
        self._members = members

    async def changed(self, activity: Mapping[str, Any], address: Address, who: Who) -> None:
        """A conversationUpdate. What is called otherwise is known by its new name from the next thing said there."""
        channel = channel_of(activity)
        there = address if channel is None else _at(address, channel)
        match event_of(activity):
            case "channelDeleted" if channel is not None:
                await self.goes(there)
            case "channelRestored" if channel is not None:
                await self.comes(there, who)
            case _ if activity.get("membersAdded") or activity.get("membersRemoved"):
                self._members(address.bare.conversation_id)

    async def goes(self, address: Address) -> None:
        """Nothing can be posted in this conversation any more: it is forgotten where it was. Groups that had it, or a
        thread of it, as their own work where all do."""
        await self._conversations.forget(address.conversation_id)
        for workshop, binding in await self._kolbot.reader.bound_in(address.tenant, address.conversation_id):
            await self._kolbot.workshops.do(LosePlace(workshop=workshop, by=SYSTEM, binding=binding, ever=True))

    async def comes(self, address: Address, who: Who) -> None:
        """Kolbot can post there again: cards of workshops that are held there are posted below, and those further up
        say so. In a team, what is held in other channels that could not be reached is tried too."""
        here = address.bare.conversation_id
        for workshop, home in await self._kolbot.reader.held_in(address.tenant):
            channels = all(any(kind in name for kind in THREADS) for name in (home, here))
            if home.partition(";")[0] != here and not (channels and await self._conversations.address(home) is None):
                continue
            await self._conversations.remember(
                home, address.service_url, address.tenant, address.bot_id, CHANNEL if channels else "groupChat"
            )
            for command in (PostStageAgain, PostBoardAgain):
                await self._kolbot.workshops.do(command(workshop=workshop, by=who.id))


def event_of(activity: Mapping[str, Any]) -> str:
    """What Teams calls the change of a team or channel; empty for others."""
    data = activity.get("channelData")
    event = data.get("eventType") if isinstance(data, dict) else None
    return event if isinstance(event, str) else ""


def channel_of(activity: Mapping[str, Any]) -> str | None:
    """The id of the channel that an event is about: the activity itself is in the team's conversation."""
    data = activity.get("channelData")
    channel = data.get("channel") if isinstance(data, dict) else None
    id = channel.get("id") if isinstance(channel, dict) else None
    return id if isinstance(id, str) and id else None


def _at(address: Address, conversation: str) -> Address:
    return Address(address.service_url, conversation, address.tenant, address.bot_id)
