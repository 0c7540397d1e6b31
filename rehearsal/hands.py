"""A person without a browser: reads, writes, clicks labels, fills in. It never knows more than a person sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rehearsal import answers
from rehearsal.reading import (
    Button,
    Field,
    NoSuchButton,
    NoSuchField,
    Value,
    all_fields,
    buttons,
    fill,
    pressed,
    sent_values,
    texts,
)
from rehearsal.seen import Seen, buttons_of, labels, seen_by, words_of
from rehearsal.talking import merged
from rehearsal.world import BOT, Message

if TYPE_CHECKING:
    from rehearsal.server import Room

__all__ = ["Answer", "Dialog", "Field", "NoSuchButton", "NoSuchField", "Person", "Seen", "texts"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person got for a click: dialog, card, message, closed, error, none, invalid (not sent) or url."""

    kind: str
    text: str = ""
    card: dict[str, Any] | None = None
    dialog: Dialog | None = None
    code: str = ""
    status: int = 200

    @property
    def unanswered(self) -> bool:
        """Nobody answered, or not with 200; what Teams refused to show is an answer, and would be the same again."""
        return self.kind == "error" and self.code in ("BotUnreachable", "BotError")

    def texts(self) -> list[str]:
        """All words of the answer."""
        if self.dialog is not None:
            return self.dialog.texts()
        return ([self.text] if self.text else []) + texts(self.card)


class Dialog:
    """A dialog on somebody's screen. After `presses`, go on with the answer's dialog, if it has one."""

    def __init__(self, person: Person, shown: answers.Answer) -> None:
        task = shown.task
        if task is None or shown.dialog_id is None:
            raise ValueError("this answer opens no dialog")
        self.person = person
        self.id: str = shown.dialog_id
        self.title: str = task.title
        self.card: dict[str, Any] | None = task.card
        self.url: str | None = task.url
        self.height: str | int = task.height
        self.width: str | int = task.width
        self._filled: dict[str, Value] = {}
        self._buttons = buttons(self.card)
        self._fields = all_fields(self.card, self._buttons) if self.card else []

    def texts(self) -> list[str]:
        """The title and all words of the card."""
        return ([self.title] if self.title else []) + texts(self.card)

    def buttons(self) -> list[str]:
        """The titles of everything to click."""
        return [button.title for button in self._buttons]

    def inputs(self) -> list[Field]:
        """The fields with what is filled in so far."""
        return fill(self._fields, self._filled)

    def values(self) -> dict[str, str]:
        """What would be sent, by field id."""
        return sent_values(self.inputs())

    def fills(self, mapping: dict[str, Value] | None = None, **by_name: Value) -> Dialog:
        """Fills in fields by id or label; choices by title or value, a list for several. Raises NoSuchField."""
        values = {**(mapping or {}), **by_name}
        fill(self._fields, values)
        self._filled |= values
        return self

    async def presses(self, title: str, which: int = 0) -> Answer:
        """Clicks a button of the dialog. Raises NoSuchButton."""
        button = pressed(self._buttons, title, which)
        invalid, inputs = _entered(button, self._filled)
        if invalid:
            return Answer("invalid", text=invalid)
        if button.action.get("type") == "Action.OpenUrl":
            return Answer("url", text=str(button.action.get("url")))
        if button.action.get("type") != "Action.Submit":
            return Answer("none")
        data = merged(button.action, inputs)
        return self.person.answer(await self.person.room.submit_dialog(self.person.id, self.id, data))

    async def closes(self) -> None:
        """The cross in the corner."""
        self.person.room.close_dialog(self.person.id, self.id)


class Person:
    """Somebody in a started room. `place` is where they are by default: a conversation's name or id, or "personal"."""

    def __init__(self, room: Room, who: str, place: str = "Peer learning") -> None:
        self.room = room
        self.world = room.world
        self.member = room.world.member(who)
        self.place = place

    @property
    def id(self) -> str:
        """The room's name for the person."""
        return self.member.id

    @property
    def name(self) -> str:
        """The full name."""
        return self.member.name

    @property
    def first(self) -> str:
        """The name that a colleague would say."""
        return self.member.first

    @property
    def language(self) -> str:
        """Two letters."""
        return self.member.language

    @property
    def toasts(self) -> list[str]:
        """The short notices that only this person got, newest last."""
        return list(self.world.toasts.get(self.id, ()))

    # Reading

    def messages(self, conversation: str | None = None, root: str | None = None) -> list[Seen]:
        """What stands in a conversation, or in one thread with its first message, oldest first."""
        history = self.world.history(self._where(conversation), self.id, root)
        return [seen_by(self.world, self.id, message) for message in history]

    def cards(self, conversation: str | None = None, root: str | None = None) -> list[Seen]:
        """The messages that hold a card and are still there, oldest first."""
        return [seen for seen in self.messages(conversation, root) if seen.card is not None and not seen.deleted]

    def find(self, label: str, conversation: str | None = None, root: str | None = None) -> Seen | None:
        """The newest card with a button of this title."""
        for message in self.world.newest(self._where(conversation), self.id, root):
            if message.attachments and label in labels(self.world.attachments(message, self.id)):
                return seen_by(self.world, self.id, message)
        return None

    async def sees(
        self, words: str, conversation: str | None = None, root: str | None = None, seconds: float = 10.0
    ) -> Seen:
        """Waits for a message that holds these words, in its text or its card; the newest. Raises TimeoutError."""

        place = self._where(conversation)

        read: int | None = None

        def newest() -> Seen | None:
            nonlocal read
            candidates: Iterable[Message] = self.world.newest(place, self.id, root)
            if read is not None:
                # Looked through everything before: only what has changed since can be new.
                changed = {name: self.world.messages[name] for name in self.world.changes[read:]}
                candidates = [changed[name] for name in sorted(changed, key=int, reverse=True)]
                candidates = [m for m in candidates if self._in_view(m, place, root)]
            read = len(self.world.changes)
            for message in candidates:
                card_words = words_of(self.world.attachments(message, self.id))
                if words in message.text or any(words in text for text in card_words):
                    return seen_by(self.world, self.id, message)
            return None

        found = await self.room.until(newest, seconds, f"{self.id} sees {words!r}")
        assert found is not None
        return found

    def now(self, message: Seen | str) -> Seen:
        """The message as it stands now. Raises KeyError if there is none."""
        return seen_by(self.world, self.id, self.world.messages[message if isinstance(message, str) else message.id])

    # Doing

    async def says(
        self, text: str, *, conversation: str | None = None, root: str | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Seen:
        """Writes; "@Kolbot", "@Anna Kowalska" and "@Anna" become mentions. Returns when the bot has taken it.
        `files`: name and content of each."""
        marked, mentions = self._mentioning(text)
        message, _ = await self.room.say(self.id, self._where(conversation), marked, root, mentions, files)
        return seen_by(self.world, self.id, message)

    async def clicks(
        self, message: Seen | str, label: str, inputs: dict[str, Value] | None = None, *, stale: bool = False,
        which: int = 0, **by_name: Value,
    ) -> Answer:
        """Clicks a button of the card as it stands now (`stale`: as it was when seen), filling in fields.

        Raises NoSuchButton and NoSuchField, which list what is there. "invalid" means that the client sent nothing.
        """
        seen = message if stale and isinstance(message, Seen) else self.now(message)
        button = pressed(buttons_of(seen.attachments), label, which)
        values = {**(inputs or {}), **by_name}
        fill(button.fields, values)
        invalid, entered = _entered(button, values)
        if invalid:
            return Answer("invalid", text=invalid)
        if button.action.get("type") == "Action.OpenUrl":
            return Answer("url", text=str(button.action.get("url")))
        return self.answer(await self.room.press(self.id, seen.id, button.action, entered))

    async def refreshes(self, message: Seen | str) -> Answer:
        """Chooses "Refresh card" from the message's menu."""
        name = message if isinstance(message, str) else message.id
        return self.answer(await self.room.talking.refresh(self.id, name))

    def answer(self, given: answers.Answer) -> Answer:
        """An answer of the room in this person's hands."""
        dialog = Dialog(self, given) if given.kind == "dialog" else None
        return Answer(given.kind, given.text, given.card, dialog, given.code, given.status)

    def _in_view(self, message: Message, place: str, root: str | None) -> bool:
        here = message.conversation == place and message.only_for in (None, self.id)
        return here and (root is None or root in (message.root, message.id))

    def _where(self, conversation: str | None) -> str:
        name = conversation or self.place
        if name == "personal":
            return self.world.chat_with(self.member).id
        return self.world.conversation(name).id

    def _mentioning(self, text: str) -> tuple[str, list[str]]:
        """Text with `<at>…</at>` for each name after an @, longest names first, and who they are."""
        names = {self.world.bot_name: (BOT, self.world.bot_name)}
        if "@" in text.replace(f"@{self.world.bot_name}", ""):
            for member in self.world.people.values():
                names.setdefault(member.first, (member.id, member.name))
                names[member.name] = (member.id, member.name)
        known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        found: list[str] = []

        def mark(match: re.Match[str]) -> str:
            who, full = names[match.group(1)]
            found.append(who)  # Teams names each mention of its own, of the same person too
            return f"<at>{full}</at>"

        return re.sub(rf"@({known})(?!\w)", mark, text), found


def _entered(button: Button, values: dict[str, Value]) -> tuple[str, dict[str, str]]:
    """The client's complaint ("" if none) and the values that go with the button."""
    fields = fill(button.fields, {name: value for name, value in values.items() if _is_of(button.fields, name)})
    if button.action.get("associatedInputs") != "none":
        for item in fields:
            if complaint := item.complaint():
                return complaint, {}
    return "", sent_values(fields)


def _is_of(fields: list[Field], name: str) -> bool:
    try:
        fill(fields, {name: ""})
    except NoSuchField:
        return False
    return True
