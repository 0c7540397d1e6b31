"""Builds the activities that Teams would send to a bot. It only builds them: `bot_link` sends, `world` remembers."""

from __future__ import annotations

import html
import uuid
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rehearsal.people import GENERAL, TEAM_ID, Conversation, Member
from rehearsal.world import BOT, File, Mention, Message, World, moment

Activity = dict[str, Any]


@cache
def _zone(name: str) -> tuple[str, tzinfo]:
    """The zone of somebody's clients; UTC on a machine without a time zone database."""
    try:
        return name, ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return "UTC", UTC


class Activities:
    """Makes activities for one bot; `service_url` is where the bot is to answer."""

    def __init__(self, world: World, service_url: str) -> None:
        self.world = world
        self.service_url = service_url

    def message(self, said: Message) -> Activity:
        """Somebody wrote to the bot, or mentioned it."""
        author = self.world.member(said.author)
        place = self.world.conversations[said.conversation]
        activity = self._base("message", author, place, said.root or said.id, said.id)
        activity |= {
            "text": said.text, "textFormat": "plain",
            "attachments": [
                {"contentType": "text/html", "content": f"<p>{html.escape(said.text)}</p>"},
                *(self._file(file, author) for file in said.files if place.kind == "personal"),
            ],
        }
        activity["entities"] = [*(self._mention(mention) for mention in said.mentions), *activity["entities"]]
        if said.root is not None:
            activity["replyToId"] = said.root
        return activity

    def pressed(self, person: Member, card: Message, value: Any, text: str | None = None) -> Activity:
        """An Action.Submit: a message with a value, and (messageBack, imBack) perhaps a text."""
        activity = self._click("message", person, card)
        activity["value"] = value
        if text is not None:
            activity |= {"text": text, "textFormat": "plain"}
        return activity

    def execute(self, person: Member, card: Message, action: dict[str, Any], data: Any, trigger: str) -> Activity:
        """An Action.Execute: invoke `adaptiveCard/action`; `trigger` is manual, or automatic for a refresh."""
        activity = self._click("invoke", person, card)
        activity |= {
            "name": "adaptiveCard/action",
            "value": {
                "action": {
                    "type": "Action.Execute", "id": action.get("id", ""), "verb": action.get("verb"), "data": data,
                },
                "trigger": trigger,
            },
        }
        return activity

    def task(self, step: str, person: Member, card: Message, data: Any) -> Activity:
        """A dialog: invoke `task/fetch` opens it, `task/submit` sends what was filled in."""
        activity = self._click("invoke", person, card)
        activity |= {
            "name": f"task/{step}",
            "value": {"data": data, "context": {"theme": "default"}, "tabContext": None},
        }
        return activity

    def joined(self, place: Conversation, people: list[Member] | None) -> Activity:
        """conversationUpdate: these people came, or (None) the bot itself was added."""
        by = self.world.member("anna")
        activity = self._base("conversationUpdate", by, place, None, f"f:{self._unique()}")
        came = [{"id": BOT}] if people is None else [
            {"id": person.mri, "aadObjectId": person.object_id} for person in people
        ]
        activity["membersAdded"] = came
        if place.kind == "channel":
            activity["channelData"]["eventType"] = "teamMemberAdded"
        return activity

    def left(self, place: Conversation, people: list[Member]) -> Activity:
        """conversationUpdate: these people went, or were removed."""
        activity = self.joined(place, people)
        activity["membersRemoved"] = activity.pop("membersAdded")
        if place.kind == "channel":
            activity["channelData"]["eventType"] = "teamMemberRemoved"
        return activity

    def changed(self, place: Conversation, event: str) -> Activity:
        """conversationUpdate of a channel, or of the whole team: `channelRenamed`, `channelDeleted`, `channelRestored`,
        `teamRenamed`. It comes in the team's conversation (Microsoft Learn, "Conversation events")."""
        activity = self._base("conversationUpdate", self.world.member("anna"), place, None, f"f:{self._unique()}")
        activity["conversation"]["id"] = TEAM_ID
        activity["channelData"] |= {"eventType": event, "team": {"id": TEAM_ID, "name": self.world.team}}
        if event.startswith("team"):
            del activity["channelData"]["channel"]
        return activity

    def installed(self, place: Conversation, action: str = "add") -> Activity:
        """installationUpdate: `add`, which Teams sends beside the conversationUpdate of the bot, or `remove`."""
        activity = self._base("installationUpdate", self.world.member("anna"), place, None, f"f:{self._unique()}")
        activity["action"] = action
        if place.kind == "channel":
            activity["channelData"]["settings"] = {"selectedChannel": {"id": place.id}}
        return activity

    def _click(self, kind: str, person: Member, card: Message) -> Activity:
        place = self.world.conversations[card.conversation]
        activity = self._base(kind, person, place, card.root or card.id, f"f:{self._unique()}")
        activity["replyToId"] = card.id
        activity["channelData"]["source"] = {"name": "message"}
        activity["channelData"]["legacy"] = {"replyToId": card.id}
        return activity

    def _base(self, kind: str, person: Member, place: Conversation, root: str | None, activity_id: str) -> Activity:
        now = self.world.clock()
        conversation: dict[str, Any] = {
            "id": place.id, "conversationType": place.type, "tenantId": self.world.tenant, "name": place.name,
        }
        channel_data: dict[str, Any] = {"tenant": {"id": self.world.tenant}}
        if place.kind == "personal":
            # Teams leaves name and isGroup out in personal chats.
            del conversation["name"]
        else:
            conversation["isGroup"] = True
        if place.meeting:
            channel_data["meeting"] = {"id": place.meeting}
        if place.kind == "channel":
            if root is not None:
                conversation["id"] = f"{place.id};messageid={root}"
            channel_data |= {
                "teamsChannelId": place.id, "teamsTeamId": TEAM_ID,
                "team": {"id": TEAM_ID, "name": self.world.team, "aadGroupId": _group_id()},
                "channel": {"id": place.id, "name": place.name},
            }
        zone, face = _zone(person.zone)
        sender: dict[str, Any] = {"id": person.mri, "name": person.name, "aadObjectId": person.object_id}
        if person.tenant != self.world.tenant:
            sender["tenantId"] = person.tenant
        return {
            "type": kind, "id": activity_id, "channelId": "msteams", "serviceUrl": self.service_url,
            "timestamp": moment(now), "localTimestamp": _local(now, face), "localTimezone": zone,
            "locale": person.locale, "from": sender, "recipient": {"id": BOT, "name": self.world.bot_name},
            "conversation": conversation, "channelData": channel_data,
            "entities": [{
                "type": "clientInfo", "locale": person.locale, "country": person.locale[-2:], "platform": "Web",
                "timezone": zone,
            }],
        }

    def _mention(self, mention: Mention) -> dict[str, Any]:
        teams_id = BOT if mention.id == BOT else self.world.member(mention.id).mri
        return {"type": "mention", "text": mention.text, "mentioned": {"id": teams_id, "name": mention.name}}

    def _file(self, file: File, author: Member) -> dict[str, Any]:
        """A file as a bot gets it: an address that needs no token, and is secret."""
        origin = self.service_url.removesuffix("connector/")
        return {
            "contentType": "application/vnd.microsoft.teams.file.download.info",
            "contentUrl": f"{origin}personal/{author.id}/Documents/{quote(file.name)}", "name": file.name,
            "content": {
                "downloadUrl": f"{origin}files/{file.id}", "uniqueId": file.id,
                "fileType": file.name.rpartition(".")[2] if "." in file.name else "",
            },
        }

    def _unique(self) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.service_url} {self.world.next_id()}"))


@cache
def _group_id() -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, GENERAL.id))


def _local(seconds: float, face: tzinfo) -> str:
    return datetime.fromtimestamp(seconds, face).isoformat(timespec="milliseconds")
