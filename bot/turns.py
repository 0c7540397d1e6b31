"""Activities into turns: who, where, in what language, with what data. It trusts the token, not the button."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from botbuilder.core import TurnContext

from bot.adapter import address_of, bug, raw
from bot.calls import Gone
from bot.teams import Address, Member, Teams, TeamsSays
from dialogs.turn import Turn, Via, Where, Who
from locales import LANGUAGES
from locales.zones import known_zone
from workshop.delivery import Delivery

log = logging.getLogger("kolbot.bot")

LOOK_UP = 3.0
"""Seconds in which somebody who is to be given a role is looked up."""
REMEMBERED = 20_000
"""People whose language is kept in memory."""


class Known(Protocol):
    """What is kept of a person between workshops."""

    @property
    def language(self) -> str | None: ...


class Conversations(Protocol):
    """Where conversations and people can be reached, kept across restarts."""

    lost: int
    """How often something of it may have been lost, so that it has to be said again."""

    async def remember(
        self, key: str, service_url: str, tenant: str, bot_id: str, kind: str, name: str = ""
    ) -> None: ...
    async def forget(self, key: str) -> None: ...
    async def address(self, key: str) -> object | None: ...
    async def meet(
        self, person_id: str, address_id: str, name: str, tenant: str, language: str | None, service_url: str,
        zone: str | None = None,
    ) -> None: ...  # fmt: skip
    async def zones(self, people: Sequence[str]) -> Mapping[str, str]: ...
    async def person(self, person_id: str) -> Known | None: ...
    async def choose_language(self, person_id: str, language: str, now: datetime) -> None: ...


class People:
    """Which language to speak to whom: their choice, else their Teams locale."""

    def __init__(
        self, conversations: Conversations, clock: Callable[[], datetime], away: tuple[type[Exception], ...] = ()
    ) -> None:
        """`clock` gives UTC; `away`: what the store raises while it cannot be had."""
        self._away = away
        self._conversations = conversations
        self._clock = clock
        self._languages: dict[str, tuple[str | None, str]] = {}
        """What they are spoken to in, and the locale that their Teams had then: somebody may set it to another."""

    async def language(self, person: str, locale: str | None) -> str:
        """The language for a person, one of `LANGUAGES`."""
        return await self.spoken(person, locale) or "en"

    async def spoken(self, person: str, locale: str | None) -> str:
        """The same; empty where nobody has ever said one."""
        if (kept := self.kept(person, locale)) is not None:
            return kept
        try:
            found = await self._conversations.person(person)
        except Exception as error:  # noqa: BLE001 - without the store they are spoken to in their Teams language
            note(error, self._away)
            return _of_locale(locale)
        known = (found.language if found else None) or _of_locale(locale)
        if known:
            self._keep(person, known, locale)
        return known if known in LANGUAGES or not known else "en"

    def kept(self, person: str, locale: str | None) -> str | None:
        """The same, as far as it can be said without asking; else None."""
        before, known = self._languages.get(person, _NEVER)
        if known is None or before != locale:
            return None
        return known if known in LANGUAGES else "en"

    async def zones(self, people: Sequence[str]) -> Mapping[str, str]:
        """The time zones of these people's Teams; none where the store cannot be asked."""
        try:
            return await self._conversations.zones(people)
        except Exception as error:  # noqa: BLE001 - without the store each reader's Teams says their time
            note(error, self._away)
            return {}

    async def choose_language(self, person: str, language: str) -> None:
        """Keep somebody's choice."""
        await self._conversations.choose_language(person, language, self._clock())
        self._keep(person, language, None)

    def heard(self, chosen: Mapping[str, str]) -> None:
        """These people have chosen their language, perhaps at another instance."""
        for person, language in chosen.items():
            if person in self._languages:
                self._languages[person] = (self._languages[person][0], language)

    def _keep(self, person: str, language: str, locale: str | None) -> None:
        if len(self._languages) >= REMEMBERED:
            self._languages.clear()
        self._languages[person] = (locale, language)


_NEVER: tuple[None, None] = (None, None)


class Turns:
    """Makes turns of activities, and remembers where their people and conversations are."""

    def __init__(
        self,
        teams: Teams,
        conversations: Conversations,
        people: People,
        away: tuple[type[Exception], ...] = (),
    ) -> None:
        """`away`: what the store raises while it cannot be had."""
        self._away = away
        self._teams = teams
        self._conversations = conversations
        self._people = people
        self._noted: dict[str, tuple[object, ...]] = {}
        """What was last remembered of each person and where they were, and how often such had been lost by then."""

    async def of(
        self,
        context: TurnContext,
        verb: str,
        via: Via,
        data: Mapping[str, Any],
        mentioned: Sequence[tuple[str, str]] = (),
        automatic: bool = False,
    ) -> Turn:
        """The turn of an activity. Whose client only shows a card is not remembered for it."""
        activity, address, sent = context.activity, address_of(context), raw(context)
        who = sender_of(sent["from"], address.tenant)
        shared = activity.conversation.conversation_type != "personal"
        if not automatic:
            here = activity.conversation
            said = (
                self._conversations.lost, address, here.conversation_type, here.name, activity.from_property.id,
                who.name, activity.locale, _zone(sent),
            )  # fmt: skip
            if self._noted.get(who.id) != said:
                await self._note(context, who, address, said)
        language = self._people.kept(who.id, activity.locale)
        if language is None:
            language = await self._people.spoken(who.id, activity.locale)

        async def roster() -> Sequence[Who]:
            return await self._roster(address)

        async def addresses() -> Sequence[str]:
            return await self._addresses(address, activity.from_property.id)

        async def member(person: str) -> Who:
            return await self._mentioned(address, person, "")

        return Turn(
            verb,
            who,
            Where(address.tenant, address.conversation_id, shared, team_of(sent)),
            language or "en",
            via,
            data,
            await self._all(address, mentioned) if mentioned else (),
            Delivery(f"{address.conversation_id}|{activity.id}", _when(sent)) if activity.id else None,
            roster,
            addresses,
            not language,
            automatic,
            member,
        )

    async def _note(self, context: TurnContext, who: Who, address: Address, said: tuple[object, ...]) -> None:
        """Remember where this conversation and person are reached. It can wait for the next turn; the answer cannot."""
        activity = context.activity
        kind, name = activity.conversation.conversation_type or "", activity.conversation.name or ""
        home, language = who.id.partition(":")[0], _of_locale(activity.locale) or None
        try:
            await self._conversations.remember(
                address.conversation_id, address.service_url, address.tenant, address.bot_id, kind, name
            )
            await self._conversations.meet(
                who.id, activity.from_property.id, who.name, home, language, address.service_url, _zone(raw(context))
            )
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the store, the turn goes on
            note(error, self._away)
        else:
            if len(self._noted) >= REMEMBERED:
                self._noted.clear()
            self._noted[who.id] = said

    async def _roster(self, address: Address) -> Sequence[Who]:
        try:
            return [who_is(member, address.tenant) for member in await self._teams.members(address, deadline=2.0)]
        except TeamsSays as why:
            log.warning("the members of a conversation cannot be listed: %s", type(why).__name__)
            return ()

    async def _addresses(self, address: Address, person: str) -> Sequence[str]:
        """A person's mail address and principal name; none where Teams does not tell them in time."""
        try:
            return (await self._teams.member(address, person, deadline=2.0)).addresses
        except TeamsSays as why:
            log.warning("somebody cannot be looked up: %s", type(why).__name__)
            return ()

    async def _all(self, address: Address, mentioned: Sequence[tuple[str, str]]) -> tuple[Who, ...]:
        """Everybody who is mentioned, in their order, looked up side by side."""
        return tuple(await asyncio.gather(*(self._mentioned(address, *mention) for mention in mentioned)))

    async def _mentioned(self, address: Address, person: str, name: str) -> Who:
        """A mentioned person as they are known by; whoever is not in the conversation, or cannot be looked up now,
        keeps the id of the mention and says so."""
        try:
            return who_is(await self._teams.member(address, person, deadline=LOOK_UP), address.tenant)
        except TeamsSays as why:
            log.warning("a mentioned person cannot be looked up: %s", type(why).__name__)
            return Who(f"{address.tenant}:{person}", name, False if isinstance(why, Gone) else None)


def note(error: Exception, away: tuple[type[Exception], ...]) -> None:
    """Log what went wrong while somebody was being remembered: a database that is away is no bug."""
    if isinstance(error, away):
        log.warning("a person or a conversation is not remembered now: %s", type(error).__name__)
    else:
        bug(error)


def who_is(member: Member, tenant: str) -> Who:
    """Somebody of a roster as they are known by; `tenant`: the conversation's."""
    return Who(f"{(member.tenant or tenant).lower()}:{(member.object_id or member.id).lower()}", member.name)


def sender_of(sender: Mapping[str, Any], tenant: str) -> Who:
    """The sender: home tenant and Entra object id, else the id that Teams gives them here."""
    home = sender.get("tenantId")
    person = sender.get("aadObjectId") or sender["id"]
    name = sender.get("name")
    return Who(
        f"{(home if isinstance(home, str) and home else tenant).lower()}:{str(person).lower()}",
        name if isinstance(name, str) else "",
    )


def team_of(activity: Mapping[str, Any]) -> str:
    """The team of a channel; empty in chats."""
    data = activity.get("channelData")
    team = data.get("team") if isinstance(data, dict) else None
    id = team.get("id") if isinstance(team, dict) else None
    return id if isinstance(id, str) and id.isprintable() else ""


def _zone(activity: Mapping[str, Any]) -> str | None:
    """The time zone of the sender's Teams by its IANA name, where it says one that there is."""
    said = activity.get("localTimezone")
    if isinstance(said, str) and (known := known_zone(said)):
        return known
    entities = activity.get("entities")
    for one in entities if isinstance(entities, list) else ():
        said = one.get("timezone") if isinstance(one, dict) else None
        if isinstance(said, str) and (known := known_zone(said)):
            return known
    return None


def _when(activity: Mapping[str, Any]) -> datetime | None:
    """When Teams took it from its person (UTC), where it says so."""
    said = activity.get("timestamp")
    if not isinstance(said, str):
        return None
    try:
        when = datetime.fromisoformat(said)
        return when.astimezone(UTC) if when.tzinfo is not None else None
    except (ValueError, OverflowError):  # no time, or one before the first or after the last
        return None


def _of_locale(locale: str | None) -> str:
    """The language of a locale, English for one that Kolbot does not speak; empty where there is none."""
    code = (locale or "").split("-")[0].lower()
    return code if code in LANGUAGES or not code else "en"
