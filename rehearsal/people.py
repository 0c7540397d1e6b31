"""Who is in the room and where they talk, as plain data. It never changes while people talk."""

from __future__ import annotations

import hashlib
import uuid
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from rehearsal.keys import TENANT

OTHER_TENANT = "7d0c7f0e-93a4-4c1d-8a51-2f1f3a0b0002"
LOCALES = {"pl": "pl-PL", "bg": "bg-BG", "lv": "lv-LV", "hu": "hu-HU", "en": "en-GB", "nl": "nl-NL"}
ZONES = {
    "pl": "Europe/Warsaw", "bg": "Europe/Sofia", "lv": "Europe/Riga", "hu": "Europe/Budapest", "en": "Europe/London",
    "nl": "Europe/Amsterdam",
}
"""Where people of a language have their clients' clocks; the others where the organiser is."""
COLOURS = ("#8764b8", "#038387", "#ca5010", "#498205", "#0078d4", "#c239b3", "#986f0b", "#4f6bed")

Kind = Literal["channel", "groupchat", "personal"]


@dataclass(frozen=True, slots=True)
class Member:
    """A person as Teams knows them; `id` is the room's own short name, `mri` and `object_id` are what a bot sees."""

    id: str
    name: str
    language: str
    role: str = "participant"
    guest: bool = False
    reachable: bool = True
    simulated: bool = False
    tenant: str = TENANT

    @property
    def first(self) -> str:
        """The name that a colleague would say: in Hungarian the family name comes first."""
        parts = self.name.split() or [self.name]
        return parts[-1] if self.language == "hu" else parts[0]

    @property
    def last(self) -> str:
        """The family name, empty if there is only one."""
        parts = self.name.split()
        if len(parts) < 2:
            return ""
        return " ".join(parts[:-1] if self.language == "hu" else parts[1:])

    @property
    def locale(self) -> str:
        """The language of the person's client, as `activity.locale` carries it."""
        return LOCALES.get(self.language, self.language)

    @property
    def zone(self) -> str:
        """The time zone of the person's client, as `localTimezone` carries it."""
        return ZONES.get(self.language, ZONES["pl"])

    @property
    def object_id(self) -> str:
        """The Entra object id: the same in every run, so that a bot's database survives a restart of the room."""
        return _object_id(self.tenant, self.id)

    @property
    def mri(self) -> str:
        """The Teams user id, `29:…`, opaque to a bot."""
        return _mri(self.tenant, self.id)

    @property
    def email(self) -> str:
        """A user principal name; the reserved domain `.example` belongs to nobody."""
        return f"{self.id}@rehearsal.example"

    def shown(self) -> dict[str, Any]:
        """As the page reads it."""
        parts = self.name.split() or ["?"]
        initials = (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper()
        return {
            "id": self.id, "name": self.name, "first": self.first, "language": self.language, "role": self.role,
            "initials": initials, "color": COLOURS[sum(self.id.encode()) % len(COLOURS)], "guest": self.guest,
            "reachable": self.reachable, "simulated": self.simulated, "tenant": self.tenant,
        }

    def roster(self) -> dict[str, Any]:
        """As an entry of the Connector's member lists."""
        return {
            "id": self.mri, "name": self.name, "givenName": self.first, "surname": self.last, "email": self.email,
            "userPrincipalName": self.email, "tenantId": self.tenant, "aadObjectId": self.object_id,
            "objectId": self.object_id, "userRole": "guest" if self.guest else "user",
        }


@cache
def _object_id(tenant: str, name: str) -> str:
    return str(uuid.uuid5(uuid.UUID(tenant), name))


@cache
def _mri(tenant: str, name: str) -> str:
    digest = hashlib.sha256(f"{tenant} {name}".encode()).digest()
    return "29:1" + urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Conversation:
    """A channel, a group chat or a personal chat with the bot. `person` is set for the last kind only."""

    id: str
    kind: Kind
    name: str
    team: str | None = None
    person: str | None = None
    private: bool = False
    """A private channel: a bot can be added, and hears what is said to it, but may not post."""
    meeting: str = ""
    """The id of the meeting whose chat it is."""

    @property
    def type(self) -> str:
        """`conversationType` of the activities."""
        return "groupChat" if self.kind == "groupchat" else self.kind


TEAM = "SYNERGIA"
GENERAL = Conversation("19:general0000000000000000000000000@thread.tacv2", "channel", "General", TEAM)
PEER_LEARNING = Conversation("19:peerlearning000000000000000000000@thread.tacv2", "channel", "Peer learning", TEAM)
GROUP_CHAT = Conversation("19:workshopteam00000000000000000000@thread.v2", "groupchat", "Workshop team")
GROUP_CHANNELS = tuple(
    Conversation(f"19:group{number}000000000000000000000000000@thread.tacv2", "channel", f"Group {number}", TEAM)
    for number in range(1, 5)
)
"""Where workshop groups can have a conversation of their own."""
MEETING = Conversation(
    "19:meeting_MjdhNjM4YzUtNDE3@thread.v2", "groupchat", "Weekly meeting", meeting="MCMxOTptZWV0aW5nX01qIzA="
)
"""The chat of a meeting: a group chat that says which meeting it is of."""
ORGANISERS = Conversation(
    "19:organisers0000000000000000000000@thread.tacv2", "channel", "Organisers (private)", TEAM, private=True
)
SHARED = (PEER_LEARNING, GENERAL, *GROUP_CHANNELS, ORGANISERS, GROUP_CHAT, MEETING)
TEAM_ID = GENERAL.id
"""A team's id is the id of its General channel."""

CAST = (
    Member("anna", "Anna Kowalska", "pl", role="facilitator"),
    Member("ivan", "Иван Петров", "bg"),
    Member("liga", "Līga Ozola", "lv"),
    Member("zsofi", "Nagy Zsófia", "hu"),
    Member("james", "James Carter", "en"),
    Member("guest", "Marta Nowak", "pl", role="guest", guest=True),
    Member("outsider", "Pieter de Vries", "nl", role="other tenant", reachable=False, tenant=OTHER_TENANT),
)


def personal_chat(member: Member) -> Conversation:
    """The chat of one person with the bot; the same id in every run."""
    digest = hashlib.sha256(f"chat {member.tenant} {member.id}".encode()).digest()
    return Conversation(
        "a:1" + urlsafe_b64encode(digest).decode().rstrip("="), "personal", "Kolbot", person=member.id
    )
