"""What people do in the room and what Teams makes of it: say, press, fill in. It never answers for the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from rehearsal.activities import Activities
from rehearsal.answers import WRONG, Answer, read_execute, read_task
from rehearsal.bot_link import BotLink, Delivery
from rehearsal.lookup import with_people
from rehearsal.people import Member
from rehearsal.seen import card_of
from rehearsal.world import BOT, Mention, Message, Unknown, World

SETTLE = 60.0
"""Seconds before a client refreshes the same card by itself again (Microsoft Learn: about a minute)."""

SENT = "Your response was sent to the app"
"""What Teams says after an Action.Submit, unless the action hides it."""


@dataclass(frozen=True, slots=True)
class OpenDialog:
    """A dialog on somebody's screen, its card, and the message whose button opened it."""

    person: str
    message: Message
    card: dict[str, Any] | None = None


class Onlooker(Protocol):
    """Somebody who looks over everybody's shoulder."""

    def sent(self, person: str, data: Any, card: dict[str, Any] | None) -> None:
        """Somebody sends these fields of a card."""

    def answered(self, person: str, answer: Answer) -> None:
        """Somebody got this for a click."""


class Talking:
    """Turns deeds into messages of the world and activities for the bot."""

    def __init__(self, world: World, activities: Activities, link: BotLink, hears_all: bool = False) -> None:
        self.world = world
        self.activities = activities
        self.link = link
        self.hears_all = hears_all
        self.dialogs: dict[str, OpenDialog] = {}
        self.onlooker: Onlooker | None = None
        self._refreshed: dict[tuple[str, str], float] = {}

    async def say(
        self, person: str, conversation: str, text: str, root: str | None = None, mentions: Sequence[str] = (),
        files: Sequence[tuple[str, bytes]] = (),
    ) -> tuple[Message, Delivery]:
        """Writes a message; `text` holds `<at>Name</at>` for each of `mentions` (people's ids or the bot's). `files`,
        with name and content, reach a bot in personal chats only (Microsoft Learn, "Send and receive files").

        The bot hears it in its personal chats and where it is mentioned, as without a resource-specific permission.
        Raises Unknown for a person, a conversation, a thread or a mention that is not there.
        """
        author, place = self.world.member(person), self.world.conversation(conversation)
        if place.person not in (None, author.id):
            raise Unknown("this is somebody else's chat")
        named = tuple(self._mention(name, text) for name in mentions)
        said = self.world.post(Message(
            id=self.world.next_id(), conversation=place.id, root=root, author=author.id, at=self.world.clock(),
            text=text, mentions=named, files=tuple(self.world.put_file(*file) for file in files),
        ))
        to_bot = place.kind == "personal" or self.hears_all or any(mention.id == BOT for mention in named)
        if not to_bot:
            return said, Delivery(None, error="not for the bot")
        delivery = await self.link.deliver(self.activities.message(said))
        if not delivery.taken:
            self._not_taken("message", delivery, said.conversation)
        return said, delivery

    async def press(
        self, person: str, message_id: str, action: dict[str, Any], inputs: dict[str, Any], trigger: str = "manual"
    ) -> Answer:
        """A button of a card in a message. The data goes to the bot as it is given: a client can be made to lie."""
        who, card = self._card(person, message_id)
        if self.onlooker is not None:
            self.onlooker.sent(who.id, inputs, card_of(self.world.attachments(card, who.id)))
        return self._seen(who.id, await self._press(who, card, action, inputs, trigger))

    async def _press(
        self, who: Member, card: Message, action: dict[str, Any], inputs: dict[str, Any], trigger: str
    ) -> Answer:
        kind, data = action.get("type"), merged(action, inputs)
        if kind == "Action.Execute":
            activity = self.activities.execute(who, card, action, data, trigger)
            answer = read_execute(await self.link.deliver(activity))
            self._note(f"answer to {action.get('verb')!r}", answer, card.conversation)
            if answer.kind == "card" and answer.card is not None:
                self.world.show_to(card, who.id, answer.card)
            if answer.kind in ("message", "error") and trigger == "manual":
                self.world.toast(who.id, answer.text)
            return answer
        if kind != "Action.Submit":
            return Answer("none")
        teams = data.get("msteams") if isinstance(data, dict) else None
        sort = teams.get("type") if isinstance(teams, dict) else None
        if sort == "task/fetch":
            answer = read_task(await self.link.deliver(self.activities.task("fetch", who, card, data)), "fetch")
            return self._dialog(answer, OpenDialog(who.id, card), None)
        if isinstance(teams, dict) and sort == "imBack":
            await self.say(who.id, card.conversation, str(teams.get("value", "")), card.root)
            return Answer("none")
        text = str(teams.get("text", "")) if isinstance(teams, dict) and sort == "messageBack" else None
        delivery = await self.link.deliver(self.activities.pressed(who, card, data, text))
        if not delivery.taken:
            self._not_taken("Action.Submit", delivery, card.conversation)
            return Answer("error", text=WRONG, code="BotError", status=502)
        if not _silent(action):
            self.world.toast(who.id, SENT)
        return Answer("none")

    async def submit(self, person: str, dialog_id: str, data: Any) -> Answer:
        """Sends what was filled in. Raises Unknown if this person has no such dialog open."""
        dialog = self._open(person, dialog_id)
        who = self.world.member(person)
        if self.onlooker is not None:
            self.onlooker.sent(who.id, data, dialog.card)
        answer = read_task(await self.link.deliver(self.activities.task("submit", who, dialog.message, data)), "submit")
        return self._seen(who.id, self._dialog(answer, dialog, dialog_id))

    def close(self, person: str, dialog_id: str) -> None:
        """The cross in the corner: the bot is not told. Raises Unknown if this person has no such dialog open."""
        self._open(person, dialog_id)
        del self.dialogs[dialog_id]

    async def refresh(self, person: str, message_id: str, trigger: str = "manual") -> Answer:
        """The card's refresh action: from the menu (manual), or by the client itself, at most once a minute."""
        who, message = self._card(person, message_id)
        action = refresh_action(self.world.attachments(message, who.id))
        if action is None:
            return Answer("none")
        return await self.press(who.id, message_id, action, {}, trigger)

    async def looks(self, person: str, message_id: str) -> None:
        """A client shows the card; if its refresh names this person, it asks for their own view."""
        message = self.world.messages.get(message_id)
        if message is None or message.deleted or not self.world.sees(message, person):
            return
        members = self.world.members(self.world.conversations[message.conversation])
        if not refreshes_for(message, self.world.member(person), len(members)):
            return
        now, key = self.world.clock(), (person, message_id)
        if now - self._refreshed.get(key, -SETTLE) < SETTLE:
            return
        self._refreshed[key] = now
        await self.refresh(person, message_id, "automatic")

    def _seen(self, person: str, answer: Answer) -> Answer:
        if self.onlooker is not None:
            self.onlooker.answered(person, answer)
        return answer

    def _card(self, person: str, message_id: str) -> tuple[Member, Message]:
        who = self.world.member(person)
        message = self.world.messages.get(message_id)
        if message is None or message.deleted or not self.world.sees(message, who.id):
            raise Unknown(f"no message {message_id!r} for {who.id}")
        return who, message

    def _open(self, person: str, dialog_id: str) -> OpenDialog:
        dialog = self.dialogs.get(dialog_id)
        if dialog is None or dialog.person != self.world.member(person).id:
            raise Unknown(f"no open dialog {dialog_id!r}")
        return dialog

    def _dialog(self, answer: Answer, dialog: OpenDialog, old: str | None) -> Answer:
        """Opens, goes on with, or closes the dialog that the answer is about; an error leaves it open."""
        step = "task/fetch" if old is None else "task/submit"
        self._note(f"answer to {step}", answer, dialog.message.conversation)
        if answer.kind == "error":
            return replace(answer, dialog_id=old)
        if answer.kind == "dialog":
            answer = self._searched(answer, dialog)
            name = old or f"dialog-{self.world.next_id()}"
            self.dialogs[name] = replace(dialog, card=answer.task.card if answer.task is not None else None)
            return replace(answer, dialog_id=name)
        if old is not None:
            self.dialogs.pop(old, None)
        return answer

    def _searched(self, answer: Answer, dialog: OpenDialog) -> Answer:
        """The dialog with the people that Teams' own search would find in its conversation."""
        if answer.task is None or answer.task.card is None:
            return answer
        place = self.world.conversations[dialog.message.conversation]
        card = with_people(answer.task.card, self.world.members(place))
        return replace(answer, task=replace(answer.task, card=card))

    def _mention(self, name: str, text: str) -> Mention:
        if name in (BOT, "bot"):
            called, known = self.world.bot_name, BOT
        else:
            member = self.world.member(name)
            called, known = member.name, member.id
        exact = f"<at>{called}</at>"
        if exact not in text:
            raise Unknown(f"the text does not hold the mention {exact!r}")
        return Mention(known, called, exact)

    def _note(self, what: str, answer: Answer, conversation: str) -> None:
        if answer.why:
            self.world.refuse(what, answer.why, conversation)
        for warning in answer.warnings:
            self.world.refuse(what, warning, conversation, warning=True)

    def _not_taken(self, what: str, delivery: Delivery, conversation: str) -> None:
        why = delivery.error or f"the bot answered {delivery.status}"
        self.world.refuse(what, why, conversation)


def _silent(action: dict[str, Any]) -> bool:
    """Whether the action asks Teams not to say that something was sent: `msteams.feedback.hide`."""
    for name in ("msteams", "msTeams"):
        teams = action.get(name)
        feedback = teams.get("feedback") if isinstance(teams, dict) else None
        if isinstance(feedback, dict) and feedback.get("hide") is True:
            return True
    return False


def merged(action: dict[str, Any], inputs: dict[str, Any]) -> Any:
    """The action's data with the inputs, as the client sends it: inputs win, an action may ask for none of them."""
    data = action.get("data")
    if action.get("associatedInputs") == "none":
        inputs = {}
    if data is None or isinstance(data, dict):
        return {**(data or {}), **inputs}
    return data


def refresh_action(attachments: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The refresh action of the first card among the attachments that has one."""
    for attachment in attachments:
        card = attachment.get("content")
        refresh = card.get("refresh") if isinstance(card, dict) else None
        if isinstance(refresh, dict) and isinstance(refresh.get("action"), dict):
            action: dict[str, Any] = refresh["action"]
            return action
    return None


def refreshes_for(message: Message, member: Member, people: int) -> bool:
    """Whether a client of this person refreshes the card by itself: named, or nobody named and at most 60 members."""
    for attachment in message.attachments:
        card = attachment.get("content")
        refresh = card.get("refresh") if isinstance(card, dict) else None
        if isinstance(refresh, dict):
            viewers = refresh.get("userIds")
            return people <= 60 if viewers is None else member.mri in viewers
    return False
