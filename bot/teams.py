"""The Teams Connector over one HTTP session: send, edit, delete, open a chat, roster. It keeps no state."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson
from yarl import URL

from bot.budgets import Budgets, Lane, Priority
from bot.calls import ATTEMPT, Call, Gone, Line, Refused, Retry, TeamsSays, Unknown, text_of
from bot.clouds import Cloud
from bot.metrics import Metrics
from bot.token import OwnToken

__all__ = [
    "Address", "Gone", "Member", "Priority", "Refused", "Retry", "Teams", "TeamsSays", "Unknown", "card_activity",
]

DEADLINE = 30.0  # seconds for a call with all its retries
PAGE = 500  # members asked for at once
PAGES = 100  # far more than a team can have
_ONLY = "?isTargetedActivity=true"


@dataclass(frozen=True, slots=True)
class Address:
    """A conversation as the bot reaches it. `conversation_id` with `;messageid=` is a thread of a channel."""

    service_url: str
    conversation_id: str
    tenant: str
    bot_id: str

    @property
    def bare(self) -> Address:
        """The conversation without its thread: posting there makes a new root message."""
        return replace(self, conversation_id=self.conversation_id.partition(";messageid=")[0])


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a conversation. `object_id`: Entra's; `tenant`: the home one; `role`: user, guest; `addresses`: mail
    address and principal name, as far as Teams tells them"""

    id: str
    name: str
    object_id: str
    tenant: str
    role: str
    addresses: tuple[str, ...] = ()


class Teams:
    """The Connector. `clock`: seconds, only for durations; `chance`: 0..1, for jitter; `attempt`: seconds.

    Each call waits for its turn in `budgets`, by its priority, within its deadline; then it is Retry.
    """

    def __init__(
        self,
        cloud: Cloud,
        session: aiohttp.ClientSession,
        token: OwnToken,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        attempt: float = ATTEMPT,
        budgets: Budgets | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        self._cloud = cloud
        self.budgets = budgets if budgets is not None else Budgets(clock=clock, sleep=sleep)
        self._line = Line(session, token, self.budgets, clock, sleep, chance, attempt, metrics or Metrics())

    def wait(self, address: Address, priority: Priority) -> float:
        """Seconds until a message of this sort could go there within Teams' budgets; 0: now."""
        return self.budgets.wait(_lane(address), priority)

    async def send(
        self,
        address: Address,
        activity: Mapping[str, Any],
        *,
        deadline: float = DEADLINE,
        priority: Priority = Priority.REPLY,
        patience: float = 0.0,
    ) -> str:
        """Posts a message; its id. Cards and text go separately: Teams splits them and tells only one id.

        With `patience` (seconds) an answer is waited for that long, beyond the deadline too, and nothing that may have
        been done is done again: then Unknown means that it has happened, or never will.
        """
        body = _from(address, activity)
        call = self._call("POST", address, _activities(address), body, deadline, priority, patience=patience)
        return _id(await call.run(), activity)

    async def send_only_to(
        self,
        address: Address,
        person_id: str,
        activity: Mapping[str, Any],
        *,
        deadline: float = DEADLINE,
        priority: Priority = Priority.PRIVATE,
    ) -> str:
        """Posts a message that only this person sees (not in a 1:1 chat); its id. It is gone after 24 hours.

        Not every cloud and client has these: on Gone or Refused fall back to a private chat.
        """
        body = {**_from(address, activity), "recipient": {"id": person_id}}
        call = self._call("POST", address, _activities(address) + _ONLY, body, deadline, priority)
        return _id(await call.run(), activity)

    async def edit(
        self,
        address: Address,
        activity_id: str,
        activity: Mapping[str, Any],
        *,
        only_to: bool = False,
        deadline: float = DEADLINE,
        priority: Priority = Priority.REPLY,
    ) -> bool:
        """Replaces a message of ours. True: this is how it stays. False: edited, but an earlier attempt of
        this call got no answer (502, 504) and may still land after a later edit: put again after a while.
        """
        body = _from(address, activity)
        if only_to:
            body.pop("recipient", None)  # with one Teams answers 400
        path = f"{_activities(address)}/{_part(activity_id)}{_ONLY if only_to else ''}"
        call = self._call("PUT", address, path, {**body, "id": activity_id}, deadline, priority)
        await call.run()
        return not call.perhaps

    async def delete(
        self, address: Address, activity_id: str, *, only_to: bool = False, deadline: float = DEADLINE
    ) -> None:
        """Deletes a message of ours. Gone means that it was deleted before."""
        path = f"{_activities(address)}/{_part(activity_id)}{_ONLY if only_to else ''}"
        await self._call("DELETE", address, path, None, deadline).run()

    async def open_chat(self, address: Address, person_id: str, *, deadline: float = DEADLINE) -> str:
        """The id of the private chat with a person of the address' tenant; Gone if there can be none."""
        body = {
            "bot": {"id": address.bot_id},
            "members": [{"id": person_id}],
            "channelData": {"tenant": {"id": address.tenant}},
            "tenantId": address.tenant,
            "isGroup": False,
        }
        lane = Lane(address.tenant)
        call = self._call("POST", address, "v3/conversations", body, deadline, Priority.PRIVATE, lane)
        return _id(await call.run(), {})

    async def members(
        self, address: Address, *, deadline: float = 2 * DEADLINE, priority: Priority = Priority.REPLY
    ) -> list[Member]:
        """Everybody in the conversation (a thread's are its channel's), the bot left out by Teams."""
        until = self._line.clock() + deadline
        path = f"{_conversation(address.bare)}/pagedmembers?pageSize={PAGE}"
        lane = _lane(address, roster=True)
        found: dict[str, Member] = {}
        more = ""
        for _ in range(PAGES):
            wanted = path + (f"&continuationToken={quote(more, safe='')}" if more else "")
            call = self._call("GET", address, wanted, None, until - self._line.clock(), priority, lane)
            page = await call.run()
            listed = page.get("members")
            for item in listed if isinstance(listed, list) else ():
                member = _member(item)
                if member is not None:
                    found[member.id] = member
            before, more = more, text_of(page, "continuationToken")
            if not more or more == before:
                return list(found.values())
        return list(found.values())

    async def member(self, address: Address, person_id: str, *, deadline: float = DEADLINE) -> Member:
        """One person of the conversation; Gone if they are not in it."""
        path = f"{_conversation(address.bare)}/members/{_part(person_id)}"
        lane = _lane(address, roster=True)
        found = _member(await self._call("GET", address, path, None, deadline, Priority.REPLY, lane).run())
        if found is None:
            raise Unknown("the answer names nobody")
        return found

    def _call(
        self,
        method: str,
        address: Address,
        path: str,
        body: Mapping[str, Any] | None,
        deadline: float,
        priority: Priority = Priority.REPLY,
        lane: Lane | None = None,
        patience: float = 0.0,
    ) -> Call:
        if not self._cloud.believes(address.service_url):
            raise Refused(0, "ServiceUrlNotBelieved")  # the token must not go there
        url = URL(f"{address.service_url.rstrip('/')}/{path}", encoded=True)
        data = None if body is None else orjson.dumps(body)
        return Call(self._line, method, url, data, deadline, lane or _lane(address), priority, patience)


def card_activity(card: Mapping[str, Any], summary: str = "") -> dict[str, Any]:
    """A message that holds one Adaptive Card; `summary` is what a notification shows of it."""
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    activity: dict[str, Any] = {"type": "message", "attachments": [attachment]}
    return {**activity, "summary": summary} if summary else activity


def _part(name: str) -> str:
    """A name as one part of a path; none can climb out of its place."""
    if not name or not name.strip("."):
        raise Refused(0, "BadId")
    return quote(name, safe="")


def _conversation(address: Address) -> str:
    return f"v3/conversations/{_part(address.conversation_id)}"


def _lane(address: Address, *, roster: bool = False) -> Lane:
    """The budget of the conversation: its threads share one."""
    return Lane(address.tenant, address.bare.conversation_id, roster)


def _activities(address: Address) -> str:
    return f"{_conversation(address)}/activities"


def _from(address: Address, activity: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "message",
        "from": {"id": address.bot_id},
        "conversation": {"id": address.conversation_id},
        **activity,
    }


def _id(answer: Mapping[str, Any], activity: Mapping[str, Any]) -> str:
    name = text_of(answer, "id")
    if not name and activity.get("type") != "typing":  # typing is answered without one
        raise Unknown("Teams took it but told no id")
    return name


def _member(item: object) -> Member | None:
    if not isinstance(item, dict) or not text_of(item, "id"):
        return None
    return Member(
        id=text_of(item, "id"),
        name=text_of(item, "name"),
        object_id=text_of(item, "aadObjectId", "objectId").lower(),
        tenant=text_of(item, "tenantId").lower(),
        role=text_of(item, "userRole", "role"),
        addresses=tuple(filter(None, (text_of(item, "email"), text_of(item, "userPrincipalName")))),
    )
