"""The state of the room: people, conversations, messages and who sees what. It never speaks HTTP."""

from __future__ import annotations

import secrets
import time
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from rehearsal.feed import Event, Feed
from rehearsal.keys import APP_ID, TENANT
from rehearsal.people import CAST, SHARED, TEAM, Conversation, Member, personal_chat

BOT = f"28:{APP_ID}"


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a message; `text` is the exact part of the message, `<at>Name</at>`."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody put into a message; `id` is secret, as the address is that Teams gives to a bot."""

    id: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `author` is a person's id or the bot's; `root` is the first message of its thread, if any."""

    id: str
    conversation: str
    root: str | None
    author: str
    at: float
    text: str = ""
    text_format: str = "plain"
    mentions: tuple[Mention, ...] = ()
    attachments: tuple[dict[str, Any], ...] = ()
    only_for: str | None = None
    edited: float | None = None
    deleted: bool = False
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that Teams would not have taken, or (`warning`) that people would see go wrong."""

    at: float
    what: str
    why: str
    conversation: str | None
    warning: bool = False

    def shown(self) -> dict[str, Any]:
        """As the page reads it."""
        return {
            "at": moment(self.at), "what": self.what, "why": self.why, "conversation": self.conversation,
            "warning": self.warning,
        }


class Unknown(Exception):
    """Nobody and nothing of this name is in the room."""


def moment(seconds: float) -> str:
    """Seconds since 1970 as ISO 8601 in UTC with milliseconds, the form in Teams' activities."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class World:
    """Everything that is true in the room. Changed only through its methods, each of which tells the feed.

    `clock` gives seconds since 1970. Message ids are milliseconds, as in Teams, and never repeat. `changes` names
    every changed message in order, so that a reader can go on from where it stopped. `violations` counts the calls
    that were more than Teams takes, by the budget.
    """

    def __init__(self, bot_name: str = "Kolbot", clock: Callable[[], float] = time.time) -> None:
        self.bot_name = bot_name
        self.clock = clock
        self.feed = Feed()
        self.people: dict[str, Member] = {}
        self.conversations: dict[str, Conversation] = {place.id: place for place in SHARED}
        self.messages: dict[str, Message] = {}
        self.refusals: deque[Refusal] = deque(maxlen=1000)
        self.violations: Counter[str] = Counter()
        self.changes: list[str] = []
        self.without_bot: dict[str, str] = {}
        """Conversations that the bot was removed from, or that were deleted, with what its calls are answered."""
        self.away: set[str] = set()
        """People who have left the team and its chats, or were removed."""
        self.team = TEAM
        self.toasts: dict[str, deque[str]] = {}
        self.files: dict[str, File] = {}
        self.onlookers: list[Callable[[Message], None]] = []
        """Called with every message that comes or changes."""
        self._places: dict[str, list[str]] = {}
        self._threads: dict[str, list[str]] = {}
        self._views: dict[str, dict[str, tuple[dict[str, Any], ...]]] = {}
        self._by_teams_id: dict[str, Member] = {}
        self._last_id = 0
        self.enter(CAST)

    # People and places

    def enter(self, members: Iterable[Member]) -> None:
        """People come into the team and the group chat; those whom the bot reaches have a chat with it."""
        for member in members:
            self.people[member.id] = member
            for name in (member.mri, member.object_id, member.email):
                self._by_teams_id[name] = member
            if member.reachable and not member.simulated:
                self.chat_with(member)
        self.feed.tell(Event("room"))

    def member(self, name: str) -> Member:
        """By the room's id, the Teams id, the Entra object id or the principal name. Raises Unknown."""
        found = self.people.get(name) or self._by_teams_id.get(name)
        if found is None:
            raise Unknown(f"nobody here is called {name!r}")
        return found

    def conversation(self, name: str) -> Conversation:
        """By id (with or without `;messageid=`) or by name. Raises Unknown."""
        found = self.conversations.get(name.partition(";")[0])
        if found is None:
            found = next((place for place in SHARED if place.name == name), None)
        if found is None:
            raise Unknown(f"no conversation {name!r}")
        return found

    def chat_with(self, member: Member) -> Conversation:
        """The person's chat with the bot, made if there is none. Raises Unknown for those the bot does not reach."""
        if not member.reachable:
            raise Unknown(f"{member.id} is not reachable")
        chat = personal_chat(member)
        if chat.id not in self.conversations:
            self.conversations[chat.id] = chat
            self.feed.tell(Event("room"))
        return self.conversations[chat.id]

    def members(self, place: Conversation) -> list[Member]:
        """Who is in a conversation, in the order in which they came."""
        if place.person is not None:
            return [self.people[place.person]]
        return [member for member in self.people.values() if member.id not in self.away]

    # Messages

    def next_id(self) -> str:
        """A new id: the time in milliseconds, later than every id before."""
        self._last_id = max(self._last_id + 1, int(self.clock() * 1000))
        return str(self._last_id)

    def post(self, message: Message) -> Message:
        """Adds a message. Raises Unknown if its conversation or its thread does not exist."""
        place = self.conversation(message.conversation)
        if message.root is not None:
            root = self.messages.get(message.root)
            if root is None or root.conversation != place.id or root.root is not None:
                raise Unknown(f"no thread {message.root!r} in this conversation")
        self.messages[message.id] = message
        self._places.setdefault(place.id, []).append(message.id)
        self._threads.setdefault(message.root or message.id, []).append(message.id)
        self._changed(message)
        return message

    def put_file(self, name: str, content: bytes) -> File:
        """Uploads a file, as a client does before it sends the message that holds it."""
        file = File(secrets.token_urlsafe(16), name, content)
        self.files[file.id] = file
        return file

    def find(self, conversation: str, message_id: str) -> Message:
        """A message that is still there. Raises Unknown."""
        message = self.messages.get(message_id)
        if message is None or message.deleted or message.conversation != conversation:
            raise Unknown(f"no message {message_id!r} in this conversation")
        return message

    def edit(self, message: Message) -> Message:
        """Puts a new version in place of the old; with it every person's own view of the card ends."""
        self._views.pop(message.id, None)
        edited = replace(message, edited=self.clock())
        self.messages[message.id] = edited
        self._changed(edited)
        return edited

    def delete(self, message: Message) -> None:
        """Leaves the place of the message, without its words."""
        self._views.pop(message.id, None)
        gone = replace(message, text="", attachments=(), mentions=(), deleted=True)
        self.messages[message.id] = gone
        self._changed(gone)

    def show_to(self, message: Message, person: str, card: dict[str, Any]) -> None:
        """One person's own view of a card, from the answer to their click; the others see what they saw."""
        attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
        self._views.setdefault(message.id, {})[person] = (attachment,)
        self.changes.append(message.id)
        self.feed.tell(Event("message", message=message.id, conversation=message.conversation, person=person))

    def newest(self, conversation: str, person: str, root: str | None = None) -> Iterator[Message]:
        """What this person may see in a conversation, or in one thread with its first message; newest first."""
        names = self._places.get(conversation, []) if root is None else self._threads.get(root, [])
        for name in reversed(names):
            message = self.messages[name]
            if message.conversation == conversation and message.only_for in (None, person):
                yield message

    def history(self, conversation: str, person: str, root: str | None = None) -> list[Message]:
        """The same, oldest first."""
        return list(self.newest(conversation, person, root))[::-1]

    def since(self, conversation: str, message_id: str) -> list[Message]:
        """The messages of a conversation after this id (ids are times), oldest first."""
        names = self._places.get(conversation, [])
        return [self.messages[name] for name in names[bisect_left(names, message_id) :] if name != message_id]

    def attachments(self, message: Message, person: str) -> tuple[dict[str, Any], ...]:
        """What hangs on the message for this person: their own view, else what everybody sees."""
        return self._views.get(message.id, {}).get(person, message.attachments)

    def sees(self, message: Message, person: str) -> bool:
        """Whether the person is in the conversation and the message is not for somebody else only."""
        place = self.conversations[message.conversation]
        return place.person in (None, person) and message.only_for in (None, person) and self._is_in(place, person)

    def _is_in(self, place: Conversation, person: str) -> bool:
        return person in self.people and (place.person is not None or person not in self.away)

    # What goes wrong, and what people are told

    def refuse(self, what: str, why: str, conversation: str | None, *, warning: bool = False) -> Refusal:
        """Records what Teams would not have done, for the page and for whoever wrote the card."""
        refusal = Refusal(self.clock(), what, why, conversation, warning)
        self.refusals.append(refusal)
        self.feed.tell(Event("refused", conversation=conversation, refusal=refusal.shown()))
        return refusal

    def toast(self, person: str, text: str) -> None:
        """A short notice that only this person sees."""
        self.toasts.setdefault(person, deque(maxlen=50)).append(text)
        self.feed.tell(Event("toast", person=person, text=text))

    def typing(self, conversation: str) -> None:
        """The bot seems to be writing."""
        self.feed.tell(Event("typing", conversation=conversation))

    def _changed(self, message: Message) -> None:
        self.changes.append(message.id)
        for look in self.onlookers:
            look(message)
        person = message.only_for or self.conversations[message.conversation].person
        self.feed.tell(Event("message", message=message.id, conversation=message.conversation, person=person))

    @property
    def tenant(self) -> str:
        """The tenant that owns every conversation here."""
        return TENANT
