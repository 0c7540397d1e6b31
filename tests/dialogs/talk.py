"""People talking to the dialogs with no Teams around them: turns in, views and sentences out, a store in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

from dialogs import ALL
from dialogs.alike import Comparison
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via, Where, Who, nobody
from tests.workshop.memory import Memory
from tests.workshop.paper import HOME, START, TENANT
from tests.workshop.session import SESSION
from workshop.delivery import Delivery
from workshop.drafts import Draft, Own
from workshop.model import Workshop
from workshop.plan import Plan
from workshop.refusals import Refused
from workshop.said import Spoken
from workshop.service import Workshops

V = TypeVar("V")
GROUP_CHAT = Where(TENANT, HOME)
ELSEWHERE = Where(TENANT, "19:another@thread.tacv2")
STRANGE_TENANT = Where("another tenant", HOME)
PRIVATE = Where(TENANT, "a:private", shared=False)


class Chosen:
    """What people chose across workshops."""

    def __init__(self) -> None:
        self.languages: dict[str, str] = {}

    async def choose_language(self, person: str, language: str) -> None:
        self.languages[person] = language

    async def zones(self, people: Sequence[str]) -> Mapping[str, str]:
        return {"ivan": "Europe/Sofia", "eva": "Europe/Warsaw"}


class DraftsInMemory:
    """Drafts and own templates. While `away`, nothing can be written."""

    def __init__(self) -> None:
        self.away = False
        self.drafts: dict[tuple[str, str, str], Draft] = {}
        self.owned: dict[tuple[str, str, str], tuple[Own, str]] = {}

    async def draft(self, tenant: str, person: str, id: str) -> Draft | None:
        return self.drafts.get((tenant, person, id))

    async def keep(self, draft: Draft) -> bool:
        if not self.away:
            self.drafts[draft.tenant, draft.person, draft.id] = draft
        return not self.away

    async def drop(self, draft: Draft) -> bool:
        if not self.away:
            self.drafts.pop((draft.tenant, draft.person, draft.id), None)
        return not self.away

    async def own(self, tenant: str, team: str) -> Sequence[Own]:
        return [own for (t, where, _), (own, _) in self.owned.items() if (t, where) == (tenant, team)]

    async def own_source(self, tenant: str, team: str, id: str) -> str | None:
        return self.owned[tenant, team, id][1] if (tenant, team, id) in self.owned else None

    async def keep_own(self, tenant: str, team: str, own: Own, source: str, by: str) -> bool:
        if not self.away:
            self.owned[tenant, team, own.id] = (own, source)
        return not self.away

    async def drop_own(self, tenant: str, team: str, id: str) -> bool:
        if not self.away:
            self.owned.pop((tenant, team, id), None)
        return not self.away


class Talk:
    """A conversation with Kolbot; Anna opens and facilitates."""

    def __init__(self, plan: Plan = SESSION, openers: frozenset[str] | None = None) -> None:
        self.now = START
        self.memory = Memory(openers)
        self.people = Chosen()
        self.drafts = DraftsInMemory()
        self.roster: list[Who] = []
        self.outside: set[str] = set()
        """People who are mentioned and are not in the conversation."""
        self.unseen: set[str] = set()
        """People whom Teams does not look up now."""
        numbers = count(1)
        self.kolbot = Kolbot(
            Workshops(self.memory, lambda: self.now),
            self.memory,
            self.people,
            {plan.id: plan},
            ("en", "pl", "bg"),
            lambda: f"{next(numbers):016x}{0:048x}",
            self.drafts,
            openers,
            alike=Comparison(patience=60),  # a busy machine may read a dictionary for more than three seconds
        )

    @property
    def w(self) -> Workshop:
        return list(self.memory.workshops.values())[-1]

    def later(self, seconds: float = 0, minutes: float = 0) -> Talk:
        self.now += timedelta(seconds=seconds, minutes=minutes)
        return self

    async def turn(self, who: str, verb: str, via: Via = Via.DIALOG, /, **more: Any) -> Reply:
        """Somebody does something. `where`, `speaks` (their language), `mentioned`, `delivery` (its name, with `said`
        when) and `unlisted` (the roster cannot be had) say how; all else is the data that came with the button."""
        where, speaks = more.pop("where", GROUP_CHAT), more.pop("speaks", "en")
        mentioned, delivery = more.pop("mentioned", ()), more.pop("delivery", None)
        came = Delivery(delivery, more.pop("said", None)) if delivery else None
        roster = nobody if more.pop("unlisted", False) else self._listed
        people = tuple([await self._seen(one) for one in mentioned])
        by = Who(who, who.title())
        turn = Turn(verb, by, where, speaks, via, more, people, came, roster, member=self._seen)
        return await ALL.answer(turn, self.kolbot)

    async def _seen(self, one: str) -> Who:
        return Who(one, one.title(), None if one in self.unseen else one not in self.outside)

    async def _listed(self) -> Sequence[Who]:
        return self.roster

    async def types(self, who: str, verb: str, /, **more: Any) -> Reply:
        """Somebody types a command."""
        return await self.turn(who, verb, Via.TYPED, **more)

    async def opens(self) -> Talk:
        """Anna opens the session; Ivan, Eva and Ola join."""
        assert said(await self.turn("anna", "open", plan="session", title="Learning", language="en")) == "opened"
        for who in ("ivan", "eva", "ola"):
            assert said(await self.turn(who, "joined", language="en")) == "joined"
        return self

    async def starts(self) -> Talk:
        await self.opens()
        await self.turn("anna", "start", moves=self.w.moves)
        return self

    async def next(self) -> Talk:
        await self.turn("anna", "next", moves=self.w.moves, sure=True)
        return self


def said(reply: Reply) -> str:
    """The name of the one sentence that was said, or of the refusal."""
    assert isinstance(reply, Tell), type(getattr(reply, "view", None))
    sentence = reply.sentence
    return sentence.said.value if isinstance(sentence, Spoken) else sentence.reason.value


def shown(reply: Reply, kind: type[V]) -> V:
    """The view that was shown."""
    assert isinstance(reply, Show) and isinstance(reply.view, kind), getattr(reply, "sentence", type(reply))
    return reply.view


def why(view: object) -> str:
    """The sentence on top of a view."""
    sentence = getattr(view, "sentence", None)
    assert isinstance(sentence, Spoken | Refused), view
    return sentence.said.value if isinstance(sentence, Spoken) else sentence.reason.value


def facts(reply: Reply) -> dict[str, str | int]:
    """What fills the sentence that was said."""
    sentence = reply.sentence if isinstance(reply, Tell) else getattr(reply.view, "sentence", None)
    assert isinstance(sentence, Spoken | Refused)
    return dict(sentence.facts)


async def noted(entries: int = 2) -> Talk:
    """A first step in which Ivan gave three entries, and others one each."""
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K1.good": "alpha\nrude", "a.K2.": "words"})
    for number in range(entries - 2):
        await talk.turn(f"p{number}", "joined")
        await talk.turn(f"p{number}", "submit", **{"a.K1.hard": f"note {number}"})
    return talk
