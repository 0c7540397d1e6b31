"""What becomes of a team and its conversations while people talk: apps and people come and go, channels are renamed,
deleted, restored, the Connector moves. It decides nothing for the bot."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from rehearsal.bot_link import Delivery
from rehearsal.connector import NOWHERE, PREFIXES
from rehearsal.people import PEER_LEARNING, Conversation
from rehearsal.server import Room

Event = Literal["channelRenamed", "channelDeleted", "channelRestored", "teamRenamed"]


class Happenings:
    """What an owner of the team does in a started room. Each tells the bot as Teams does."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._world = room.world

    async def removes_bot(self, conversation: str, team: bool = False) -> Delivery:
        """Removes the app from there, or from the `team` with all its channels: the bot reaches it no more."""
        place = self._world.conversation(conversation)
        gone = self._together(place) if team else [place.id]
        self._world.without_bot |= dict.fromkeys(gone, "BotNotInConversationRoster")
        return await self._room.link.deliver(self._room.activities.installed(place, "remove"))

    async def adds_bot(self, conversation: str) -> Delivery:
        """Adds the app there (again)."""
        place = self._world.conversation(conversation)
        for each in self._together(place):
            self._world.without_bot.pop(each, None)
        await self._room.link.deliver(self._room.activities.joined(place, None))
        return await self._room.link.deliver(self._room.activities.installed(place))

    async def changes(self, conversation: str, event: Event, name: str = "") -> Delivery:
        """Deletes, restores or renames a channel, or renames the team."""
        place = self._world.conversation(conversation)
        if event == "channelDeleted":
            self.deletes(place.id)
        elif event == "channelRestored":
            self._world.without_bot.pop(place.id, None)
        elif event == "teamRenamed":
            self._world.team = name
        else:
            place = self._world.conversations[place.id] = replace(place, name=name)
        return await self._room.link.deliver(self._room.activities.changed(place, event))

    def deletes(self, conversation: str) -> None:
        """Deletes a channel without a word to the bot, which finds out when it next posts there."""
        self._world.without_bot[self._world.conversation(conversation).id] = NOWHERE

    async def leaves(self, person: str) -> Delivery:
        """Somebody leaves the team and its chats, or is removed."""
        member = self._world.member(person)
        self._world.away.add(member.id)
        return await self._room.link.deliver(self._room.activities.left(PEER_LEARNING, [member]))

    async def returns(self, person: str) -> Delivery:
        """Somebody is a member again."""
        member = self._world.member(person)
        self._world.away.discard(member.id)
        return await self._room.link.deliver(self._room.activities.joined(PEER_LEARNING, [member]))

    def moves(self) -> None:
        """The Connector is reached at another address only, which the bot learns from what comes next."""
        self._room.connector.prefix = PREFIXES[1]
        self._room.activities.service_url = f"{self._room.url}{PREFIXES[1]}/"

    def _together(self, place: Conversation) -> list[str]:
        """The conversations that have the app together."""
        if place.team is None:
            return [place.id]
        return [each.id for each in self._world.conversations.values() if each.team == place.team]
