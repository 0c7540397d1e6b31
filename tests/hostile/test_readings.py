"""Whole activities, with shrinking: each is one turn, or none, or refused, as a second reader says; none fails."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import orjson
from hypothesis import assume, given, settings, strategies as st

from bot.adapter import KolbotAdapter
from bot.auth import Caller, Gate
from bot.handler import Handler
from bot.teams import Gone, Teams
from bot.turns import People, Turns
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Tell, Turn
from tests.bot.fake_teams import FakeTeams
from tests.hostile.mutations import HOSTILE, VERBS, at, paths
from tests.hostile.sense import sense_of
from workshop.said import Said, Spoken

MENTION = {"type": "mention", "mentioned": {"id": "28:bot", "name": "Kolbot"}, "text": "<at>Kolbot</at>"}
SOMEBODY = {"type": "mention", "mentioned": {"id": "29:eva", "name": "Eva"}, "text": "<at>Eva</at>"}
DATA = {"verb": "submit", "w": "w1", "step": 0, "a.K1.practice": "Words", "sure": "true", "keys": "a,b"}
USUAL: dict[str, Any] = FakeTeams().activity(
    serviceUrl="https://smba.trafficmanager.net/emea/", recipient={"id": "28:bot", "name": "Kolbot"}
)
BASES: tuple[dict[str, Any], ...] = (
    {**USUAL, "text": "<at>Kolbot</at> extend 5", "entities": [MENTION, {"type": "clientInfo", "locale": "pl-PL"}]},
    {**USUAL, "text": "<at>Kolbot</at> facilitator <at>Eva</at>", "entities": [MENTION, SOMEBODY]},
    {**USUAL, "text": "next", "conversation": {"id": "a:1", "conversationType": "personal"}},
    {**USUAL, "text": None, "value": DATA},
    {**USUAL, "type": "invoke", "name": "task/fetch", "value": {"data": {**DATA, "verb": "answer"}, "context": {}}},
    {**USUAL, "type": "invoke", "name": "task/submit", "value": {"data": DATA}},
    {**USUAL, "type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"verb": "board", "data": DATA}}},
    {**USUAL, "type": "installationUpdate", "action": "add"},
    {**USUAL, "type": "installationUpdate", "action": "remove"},
    {**USUAL, "type": "conversationUpdate", "channelData": {**USUAL["channelData"], "eventType": "channelDeleted",
                                                            "channel": {"id": "19:abc@thread.tacv2"}}},
    {**USUAL, "type": "conversationUpdate", "channelData": {**USUAL["channelData"], "eventType": "channelRestored",
                                                            "channel": {"id": "19:abc@thread.tacv2"}}},
    {**USUAL, "type": "conversationUpdate", "membersAdded": [{"id": "29:eva"}], "membersRemoved": [{"id": "29:jan"}]},
)
PLACES = sorted({path for base in BASES for path in paths(base)}, key=repr)
JSON = st.recursive(
    st.one_of(st.sampled_from(HOSTILE), st.sampled_from(VERBS), st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)
GONE = "gone"
CHANGES = st.lists(st.tuples(st.sampled_from(PLACES), st.one_of(st.just(GONE), JSON)), max_size=4)


@dataclass
class Nothing:
    """A store, a Connector and a gate that hold nothing, refuse nothing and know nobody; what was asked is kept."""

    turns: list[Turn] = field(default_factory=list)
    sent: list[Any] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    lost: int = 0

    async def check(self, authorization: str | None, activity: Mapping[str, Any]) -> Caller:
        return Caller("app", "", "")

    async def remember(self, key: str, *more: str) -> None:
        assert key

    async def meet(self, person_id: str, address_id: str, name: str, *more: str | None) -> None:
        assert address_id
        self.met.add(person_id)

    async def forget(self, key: str) -> None: ...

    async def held_in(self, tenant: str) -> Sequence[tuple[str, str]]:
        assert isinstance(tenant, str)
        return ()

    async def bound_in(self, tenant: str, conversation: str) -> Sequence[tuple[str, int]]:
        assert isinstance(tenant, str) and isinstance(conversation, str)
        return ()

    async def person(self, person_id: str) -> None: ...

    async def choose_language(self, person: str, language: str, now: datetime) -> None: ...

    async def first_time(self, delivery: str, now: datetime) -> bool:
        return True

    async def member(self, address: object, person: str, *, deadline: float) -> Any:
        raise Gone("nobody")

    async def send(self, address: object, activity: Any, *, deadline: float) -> str:
        self.sent.append(activity)
        return "1"

    async def of(self, activity: Mapping[str, Any]) -> Mapping[str, object] | None:
        return None

    async def answers(self, turn: Turn, kolbot: Kolbot) -> Reply:
        self.turns.append(turn)
        return Tell(Spoken(Said.ALREADY_SO), turn.language)


async def came_to(body: dict[str, Any], nothing: Nothing) -> int:
    """The HTTP status for an activity that the gate lets in."""
    adapter = KolbotAdapter(cast(Gate, nothing), cast(Teams, nothing))
    router = Router()
    router.add("", nothing.answers)
    people = People(nothing, lambda: datetime(2026, 11, 22, tzinfo=UTC))
    clock = SimpleNamespace(clock=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    kolbot = cast(Kolbot, SimpleNamespace(workshops=clock, reader=nothing))
    handler = Handler(adapter, Turns(adapter.teams, nothing, people), nothing, nothing, router, kolbot, nothing)
    return (await adapter.process("Bearer x", body, handler.on_turn))[0]


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(BASES), CHANGES)
def test_every_activity_is_a_turn_or_a_refusal(base: dict[str, Any], changes: list[tuple[Any, Any]]) -> None:
    body = copy.deepcopy(base)
    for path, value in changes:
        change(body, path, value)
    try:
        body = orjson.loads(orjson.dumps(body))
    except TypeError:  # no JSON that orjson would have given us
        assume(False)
    nothing = Nothing()
    status = asyncio.run(came_to(body, nothing))
    if not readable(body):
        assert (status, nothing.turns, nothing.sent, nothing.met) == (400, [], [], set())
        return
    asks = asked(body)
    known = body["type"] != "invoke" or asks
    assert status == (501 if not known else 200 if body["type"] == "invoke" else 201)
    assert len(nothing.turns) == (1 if asks and body["type"] != "installationUpdate" else 0)
    for turn in nothing.turns:
        sense = sense_of(body)
        assert (turn.who.id, turn.where.tenant, turn.where.home) == (sense.who, sense.tenant, sense.home)
        assert turn.where.shared is not sense.personal
        assert (turn.delivery.key if turn.delivery else "") == sense.delivery
        assert turn.verb == sense.verb or (sense.typed and not turn.verb), "typed, only what can be typed is done"
        assert {who.id.partition(":")[2] for who in turn.mentioned} == (sense.names if sense.typed else set())
        for name in (*turn.data, "w", ""):
            assert isinstance(turn.text(name), str)
            assert isinstance(turn.number(name), int | None)
            assert isinstance(turn.flag(name), bool)
            assert all(turn.keys(name))


def change(body: dict[str, Any], path: tuple[Any, ...], value: Any) -> None:
    """Put something there, or take it away; nothing where there is no such place (any more)."""
    try:
        parent = at(body, path[:-1])
        if value == GONE:
            del parent[path[-1]]
        else:
            parent[path[-1]] = copy.deepcopy(value)
    except (KeyError, IndexError, TypeError):
        pass


def readable(body: dict[str, Any]) -> bool:
    """What every activity has to have, and of what kind the rest is where it is there."""
    people = [body.get("from"), body.get("recipient")]
    for listed in (body.get("membersAdded"), body.get("membersRemoved")):
        people += [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    channel = body.get("channelData")
    tenant = channel.get("tenant") if isinstance(channel, dict) else None
    conversation = body.get("conversation")
    return (
        has(body, "type", "channelId", "serviceUrl")
        and may_have(body, "id", "name", "text", "textFormat", "locale", "replyToId", "action")
        and all(has(person, "id") and may_have(person, "name", "aadObjectId") for person in people)
        and has(conversation, "id") and may_have(conversation, "name", "conversationType")
        and (not isinstance(tenant, dict) or may_have(tenant, "id"))
    )  # fmt: skip


def has(part: Any, *names: str) -> bool:
    return isinstance(part, dict) and all(isinstance(part.get(name), str) and part[name] for name in names)


def may_have(part: Any, *names: str) -> bool:
    return all(isinstance(part.get(name), str | None) for name in names)


def asked(body: dict[str, Any]) -> bool:
    """Whether a well-formed activity asks the bot for anything."""
    value = body.get("value")
    if body["type"] == "invoke":
        if body.get("name") in ("task/fetch", "task/submit"):
            return isinstance(value, dict) and isinstance(value.get("data"), dict)
        action = value.get("action") if isinstance(value, dict) else None
        return body.get("name") == "adaptiveCard/action" and isinstance(action, dict)
    if body["type"] == "message":
        return (isinstance(value, dict) and not body.get("text")) or sense_of(body).typed
    return False
