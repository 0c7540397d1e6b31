"""The one activity handler: activity to turn to answer. It decides nothing about workshops."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from botbuilder.core import TurnContext

from bot import invokes, mentions, replies
from bot.adapter import KolbotAdapter, address_of, bug, raw
from bot.comings import Comings
from bot.commands import understand
from bot.deadline import Deadline
from bot.metrics import kinds_of
from bot.teams import TeamsSays, card_activity
from bot.turns import Conversations, Turns, sender_of
from cards import draw
from cards.help import COMMAND_WORDS, MENTIONING
from cards.moved import SLOT
from cards.own_view import ASKED, VERB
from dialogs.helping import with_what_can_be
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from workshop.delivery import Delivery
from workshop.said import Said, Spoken
from workshop.views import BoardPage, Console, GroupConsole, ModerateForm, ThemesForm, View, Welcome

log = logging.getLogger("kolbot.bot")

DEADLINE = 4.0
"""Seconds after which an invoke is answered with an apology; Teams itself gives up at about 5."""


Rather = Callable[[Turn, Reply], Awaitable[dict[str, Any] | None]]


class Deliveries(Protocol):
    """Which activities without a command of their own have been answered."""

    async def first_time(self, delivery: str, now: datetime) -> bool: ...


class Files(Protocol):
    """Files that come with a message."""

    async def of(self, activity: Mapping[str, Any]) -> Mapping[str, object] | None: ...


class Pages(Protocol):
    """Where people can be shown a page in place of a card."""

    async def link(self, page: str, workshop: str, person: str, language: str) -> str:
        """An address that lets this person in once; empty where none can be given now."""


class NoPages:
    """All is shown on cards."""

    async def link(self, page: str, workshop: str, person: str, language: str) -> str:
        """None."""
        return ""


class Handler:
    """Everything that Teams can tell the bot."""

    def __init__(
        self,
        adapter: KolbotAdapter,
        turns: Turns,
        conversations: Conversations,
        deliveries: Deliveries,
        router: Router,
        kolbot: Kolbot,
        files: Files,
        pressed: Callable[[str, str, str, str, bool], None] = lambda workshop, slot, name, place, own: None,
        pages: Pages | None = None,
        members: Callable[[str], None] = lambda conversation: None,
    ) -> None:
        """`pressed` is told, of a card that says where it hangs, the workshop, the slot, the message and the
        conversation; without `pages` all is shown on cards; `members` is told of a conversation in which others are
        now."""
        self._adapter = adapter
        self._pages = pages or NoPages()
        self._pressed = pressed
        self._comings = Comings(conversations, kolbot, members)
        self._turns = turns
        self._deliveries = deliveries
        self._router = router
        self._files = files
        self._kolbot = kolbot
        self._metrics = adapter.metrics
        self._kinds = kinds_of(router)
        self._deadline = Deadline(DEADLINE)

    def on_turn(self, context: TurnContext) -> Awaitable[None]:
        """One activity."""
        return self._invoke(context) if context.activity.type == "invoke" else self._told(context)

    async def _told(self, context: TurnContext) -> None:
        activity = context.activity
        if activity.type == "message":
            await self._message(context)
        elif activity.type == "installationUpdate":
            await self._installation(context)
        elif activity.type == "conversationUpdate":
            sent = raw(context)
            address = address_of(context)
            await self._comings.changed(sent, address, sender_of(sent["from"], address.tenant))
        # Everything else (reactions, typing, a meeting's beginning and end) changes nothing here.

    async def _message(self, context: TurnContext) -> None:
        activity = context.activity
        if isinstance(activity.value, dict) and not activity.text:
            # An old client's plain Submit. The answer is for everybody to read: only what could be typed is done.
            verb = _text(activity.value, "verb")
            turn = await self._turns.of(context, verb if verb in COMMAND_WORDS else "", Via.TYPED, activity.value)
            await self._say(context, turn.delivery, await self._typed(turn))
            return
        said = mentions.read(activity.text, activity.entities, activity.recipient.id)
        personal = activity.conversation.conversation_type == "personal"
        if not said.to_bot and not personal:
            return
        if personal and (file := await self._files.of(raw(context))) is not None:
            turn = await self._turns.of(context, "file", Via.TYPED, file)
            await self._say(context, turn.delivery, await self._typed(turn))
            return
        typed = understand(said.words)
        data = typed.data if typed.verb else {**typed.data, "near": typed.near}
        if said.bot_twice and typed.verb in MENTIONING:
            data = {**data, "kolbot": True}
        turn = await self._turns.of(context, typed.verb or "", Via.TYPED, data, said.people)
        await self._say(context, turn.delivery, await self._typed(turn))

    async def _typed(self, turn: Turn) -> Reply:
        reply = await self._router.answer(turn, self._kolbot)
        self._metrics.reply(self._kinds.get(turn.verb, "unknown"), turn.via, reply)
        return await with_what_can_be(turn, self._kolbot, reply)

    def _invoke(self, context: TurnContext) -> Awaitable[None]:
        value = context.activity.value
        match context.activity.name:
            case "task/fetch" if isinstance(value, dict) and isinstance(value.get("data"), dict):
                return self._answer(context, Via.DIALOG, value["data"], replies.in_dialog, rather=self._opened)
            case "task/submit" if isinstance(value, dict) and isinstance(value.get("data"), dict):
                return self._answer(context, Via.DIALOG, value["data"], replies.in_dialog)
            case "adaptiveCard/action" if isinstance(value, dict) and isinstance(value.get("action"), dict):
                action, itself = value["action"], value.get("trigger") == "automatic"
                data = action.get("data")
                # What a client does by itself is to show a card; whatever else it says, it presses no button.
                data = {**(data if isinstance(data, dict) else {}), "verb": VERB if itself else _text(action, "verb")}
                viewer = context.activity.from_property.id
                return self._answer(context, Via.CARD, data, partial(replies.in_place, data, viewer), itself)
            case _:
                return self._unknown(context)

    async def _unknown(self, context: TurnContext) -> None:
        self._metrics.turned_away("the invoke is not known")
        invokes.unknown(context)

    async def _answer(
        self, context: TurnContext, via: Via, data: Mapping[str, Any], shape: Callable[[Reply], dict[str, Any]],
        automatic: bool = False, rather: Rather | None = None,
    ) -> None:  # fmt: skip
        """Answer an invoke in time; a bug is an apology with the id that the log has. `automatic`: nobody pressed
        anything; `rather` may know a better shape than `shape`."""
        turn = await self._turns.of(context, _text(data, "verb"), via, data, automatic=automatic)
        if (slot := _text(data, SLOT)) and (message := context.activity.reply_to_id):
            own = turn.verb == VERB and data.get(ASKED) is not True
            self._pressed(_text(data, "w"), slot, message, turn.where.home, own)
        reply: Reply
        kind = self._kinds.get(turn.verb, "unknown")
        try:
            if rather is None:
                reply = await self._deadline.keep(self._router.answer(turn, self._kolbot))
                body = shape(reply)
            else:
                reply, better = await self._deadline.keep(self._answered(turn, rather))
                body = better or shape(reply)
            self._metrics.reply(kind, via, reply)
        except TimeoutError:
            log.warning("a turn was not answered in time: %s", kind)
            self._metrics.turn(kind, via, "timeout")
            body = shape(Tell(Spoken(Said.NOT_CONFIRMED), turn.language))
        except Exception as error:  # noqa: BLE001 - whatever it is, the person gets an answer and an id
            self._metrics.bug()
            self._metrics.turn(kind, via, "bug")
            body = shape(Tell(Spoken(Said.APOLOGY, {"id": bug(error)}), turn.language))
        invokes.answer(context, body)

    async def _answered(self, turn: Turn, rather: Rather) -> tuple[Reply, dict[str, Any] | None]:
        reply = await self._router.answer(turn, self._kolbot)
        return reply, await rather(turn, reply)

    async def _opened(self, turn: Turn, reply: Reply) -> dict[str, Any] | None:
        """A dialog that hosts a page, for what has one; a dialog that shows cards already goes on with them."""
        if not isinstance(reply, Show) or (found := page_of(reply.view)) is None:
            return None
        page, workshop = found
        url = await self._pages.link(page, workshop, turn.who.id, turn.language)
        return replies.on_page(reply, url) if url else None

    async def _installation(self, context: TurnContext) -> None:
        """Added: say what to type. Removed: forget where it was."""
        activity = context.activity
        if activity.action in ("remove", "remove-upgrade"):
            await self._comings.goes(address_of(context))
            return
        turn = await self._turns.of(context, "welcome", Via.TYPED, {})
        if activity.action == "add":
            await self._post(context, turn.delivery, lambda: card_activity(draw(Welcome(), turn.language)))
            await self._comings.comes(address_of(context), turn.who)

    async def _say(self, context: TurnContext, delivery: Delivery | None, reply: Reply) -> None:
        await self._post(context, delivery, lambda: replies.as_message(reply))

    async def _post(self, context: TurnContext, delivery: Delivery | None, make: Callable[[], dict[str, Any]]) -> None:
        """Answer once, however often the activity is delivered. What it did is stored already: an answer that Teams
        does not take is only logged."""
        if delivery and not await self._is_first(delivery.key):
            return
        try:
            await self._adapter.teams.send(address_of(context), make(), deadline=8.0)
        except TeamsSays as why:
            log.warning("an answer could not be posted: %s", type(why).__name__)

    async def _is_first(self, delivery: str) -> bool:
        """Whether this activity has not been answered; where the store cannot tell, twice is better than never."""
        try:
            return await self._deliveries.first_time(delivery, self._kolbot.workshops.clock())
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the store, the person gets an answer
            bug(error)
            return True


def page_of(view: View) -> tuple[str, str] | None:
    """The page that shows what a view does, and the id of the workshop; nothing where only a card does."""
    match view:
        case Console():
            return "console", view.board.workshop.id
        case GroupConsole():
            return "console", view.stands.workshop.id
        case BoardPage() if not view.everything:
            return "board", view.board.workshop.id
        case ModerateForm() | ThemesForm():
            return "moderation", view.workshop.id
        case _:
            return None


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""
