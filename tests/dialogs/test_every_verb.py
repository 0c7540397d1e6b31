"""Every verb by every role in every state, from the right place and from wrong ones, against the tables alone: nothing
is stored or shown that `roles.MAY` and the stage table do not allow, and a refusal says who may."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import pytest

from cards import draw
from cards.sentences import sentence
from dialogs import ALL
from dialogs.turn import Reply, Show, Tell, Via, Where
from locales import words
from tests.conftest import COUNTED
from tests.dialogs.company import HIDDEN, LISTED, OWN_PLACE, OWNER, PEOPLE, STATES, TITLE, UNREVEALED, Company, company
from tests.dialogs.talk import ELSEWHERE, GROUP_CHAT, PRIVATE, STRANGE_TENANT
from tests.workshop.session import STORY
from workshop import commands as c
from workshop.model import Status
from workshop.prompts.kind import item_key
from workshop.refusals import Reason, Refused
from workshop.roles import MAY, Role
from workshop.rules import ANY_TIME, TABLE
from workshop.said import Sentence
from workshop.theming import themes_in
from workshop.views import JoinForm, Opener

pytestmark = pytest.mark.no_cover
"""It reaches whatever it reaches: each branch has a test of its own, and being watched costs as much again."""

Data = Callable[[Company], dict[str, Any]]


@dataclass(frozen=True)
class Asks:
    """What a verb asks for: any of these commands, done or (`shows`) only prepared, with data that is right for it."""

    commands: tuple[type[c.Command], ...] = ()
    data: Data = lambda company: {}
    shows: bool = False
    anywhere: bool = False
    """It is not about the workshop of this conversation: it opens one, is about the person, or names one itself."""


def asks(*commands: type[c.Command], anywhere: bool = False, **data: Any) -> Asks:
    return Asks(commands, lambda company: data, anywhere=anywhere)


def shows(*commands: type[c.Command], anywhere: bool = False, **data: Any) -> Asks:
    return Asks(commands, lambda company: data, shows=True, anywhere=anywhere)


def course(*commands: type[c.Command], **data: Any) -> Asks:
    return Asks(commands, lambda company: {"moves": company.w.moves if company.workshop else 0, **data})


def made(*commands: type[c.Command], of: Data, anywhere: bool = False) -> Asks:
    """With data that is made of what stands in the workshop, where it has begun."""
    begun = ("open", "paused", "closed", "finished", "cancelled")
    return Asks(commands, lambda one: of(one) if one.workshop and one.w.status in begun else {}, anywhere=anywhere)


GOOD = {"of": "K1/good"}
ALPHA = item_key("alpha")
DRAFT = {"draft": "agenda", "language": "en", "title": "Mine", "name": "Mine"}
VERBS: dict[str, Asks] = {
    # anybody
    "": shows(), "help": shows(), "board": asks(c.PostBoardAgain), "stage": asks(c.PostStageAgain),
    "own": shows(slot="stage:2"), "join": shows(c.Join), "joined": asks(c.Join, language="en"),
    "language": shows(anywhere=True), "chosen": asks(c.ChooseLanguage, anywhere=True, language="pl"),
    "answer": shows(step=STORY), "change": shows(step=STORY),
    # who may open
    "new": shows(c.Open, anywhere=True), "open": asks(c.Open, anywhere=True, plan="session", language="en"),
    "agenda": shows(c.Open, anywhere=True, plan="session"), "paste": shows(c.Open, anywhere=True),
    "pasted": shows(c.Open, anywhere=True, yaml="id: x"), "agenda_open": asks(c.Open, anywhere=True, **DRAFT),
    "questions": shows(anywhere=True, **DRAFT, step="x"), "questions_kept": shows(anywhere=True, **DRAFT, step="x"),
    "around": shows(anywhere=True, **DRAFT), "around_kept": shows(anywhere=True, **DRAFT),
    "template_keep": shows(c.Open, anywhere=True, **DRAFT), "template_remove": shows(c.Open, anywhere=True, plan="x"),
    # who takes part
    "submit": asks(c.SubmitAnswers, step=STORY, **{"a.E3.": "no"}), "withdraw": asks(c.WithdrawAnswers, step=STORY),
    "speak": made(c.SpeakForGroup, of=lambda one: {"step": STORY, "group": one.w.voice(OWNER), "seen": 0}),
    "my_case": shows(), "answer_case": asks(c.AnswerCase, case="k", agreed="true"),
    # the course
    "start": course(c.Start), "next": course(c.Next), "back": course(c.Back), "reopen": course(c.Reopen),
    "close": course(c.Close), "extend": course(c.Extend, minutes=5), "pause": course(c.Pause),
    "resume": course(c.Resume), "nudge": course(c.Nudge), "finish": course(c.Finish, sure=True),
    "cancel": course(c.Cancel, sure=True), "drop_cases": asks(c.DropCases),
    "late": asks(c.AllowLate, allowed="true"), "reveal": asks(c.RevealAnswers, prompt="E1"),
    "pick": shows(c.PickItems, prompt="K4"), "picked": asks(c.PickItems, prompt="K4", picked=ALPHA),
    # who leads
    "facilitator": asks(c.NameFacilitator), "no_facilitator": asks(c.NameFacilitator),
    "moderator": asks(c.NameModerator), "no_moderator": asks(c.NameModerator),
    "reserve": asks(c.NameReserve), "no_reserve": asks(c.NameReserve),
    "roles": shows(c.NameModerator), "named": asks(c.NameModerator, role="moderator", person=OWNER),
    "unnamed": asks(c.NameModerator, role="moderator", person="moni"), "takeover": asks(c.TakeOver),
    "group_facilitator": asks(c.NameGroupFacilitator, group=1),
    "no_group_facilitator": asks(c.NameGroupFacilitator, group=1),
    # what is put in before
    "practices": shows(c.AddPractices), "add_practices": asks(c.AddPractices, title="Open days"),
    "remove_practices": asks(c.RemovePractices, gone="0"), "people": shows(c.Expect),
    "expect": asks(c.Expect, table="Eva Nowak"), "forget_list": asks(c.ForgetList),
    "file": shows(c.AddPractices, anywhere=True, file="table.csv", content=b"Title\nOpen days\n"),
    "table_look": shows(c.AddPractices, anywhere=True, draft="table", letters="utf-8"),
    "table_in": Asks(
        (c.AddPractices,),
        lambda one: {"draft": "table", "letters": "utf-8", "into": one.w.id if one.workshop else ""}, anywhere=True,
    ),
    # groups
    "groups": shows(c.FormGroups), "form_groups": asks(c.FormGroups, way="count", number="1"),
    "dissolve_groups": asks(c.DissolveGroups), "move_to_group": asks(c.MoveToGroup, person="Ivan", group="1"),
    "lead_group": asks(c.NameGroupFacilitator, person="Ivan", group="1"),
    "unlead_group": asks(c.NameGroupFacilitator, person="Ola", group="1"),
    "name_speaks": asks(c.NameSpokesperson, speaker="Ivan"), "unbind": asks(c.UnbindGroup, unbound="1"),
    "group_here": asks(c.BindGroup, anywhere=True, group=2),
    "bind": Asks(
        (c.BindGroup,), lambda one: {"choice": f"{one.w.id}/2" if one.workshop else "w/2"}, anywhere=True,
    ),
    "group_console": shows(c.Next, group=1),
    # who moderates
    "summary": shows(c.HideEntry), "moderate": shows(c.HideEntry),
    "moderated": made(
        c.HideEntry, c.RestoreEntry, c.ApproveEntry,
        of=lambda one: {"shown": [one.entry("alpha")], "hidden": one.entry("alpha")},
    ),
    "spotlight": made(c.SpotlightEntry, of=lambda one: {"entry": one.entry("alpha")}),
    "end_spotlight": made(c.EndSpotlight, of=lambda one: {"entry": one.w.lit.entry if one.w.lit else "none"}),
    "translate": shows(c.TranslateEntry),
    "translated": made(
        c.TranslateEntry, of=lambda one: {"entries": [one.entry("alpha")], "to.en": "first"},
    ),
    "themes": shows(c.PutIntoTheme), "suggest_themes": shows(c.PutIntoTheme, **GOOD),
    "put_into_theme": made(
        c.PutIntoTheme, of=lambda one: {**GOOD, "called": "One", "notes": ALPHA},
    ),
    "accept_theme": made(
        c.PutIntoTheme,
        of=lambda one: {**GOOD, "notes": [ALPHA], f"called.{ALPHA}": "One"},
    ),
    "rename_theme": made(c.RenameTheme, of=lambda one: {**GOOD, "theme": one.theme("Two").id, "name": "Four"}),
    "merge_themes": made(
        c.MergeThemes, of=lambda one: {**GOOD, "theme": one.theme("Two").id, "target": one.theme("Three").id},
    ),
    "undo_theme": made(c.UndoTheme, of=lambda one: {**GOOD, "mark": themes_in(one.w, "K1", "good").mark}),
    "facilitate": shows(), "console": shows(),
}  # fmt: skip
"""What every verb comes to. The router's verbs have to be these."""


MENTIONED = {"no_facilitator": "fay", "no_moderator": "moni", "no_reserve": "rasa", "no_group_facilitator": "lea"}
"""Who is mentioned with a verb, where it is not Eva."""
CONSOLES = frozenset({Role.FACILITATOR, Role.MODERATOR, Role.RESERVE, Role.GROUP_FACILITATOR})
"""Who sees a console; looking is no command, so that the table of roles does not have it."""
NEVER = {"picked": "the vote has fewer candidates than would have to be picked from"}
"""What nobody can have done in these states, and why."""
BY_NOW = {"no workshop": None, **{status.value: status for status in Status}}

PLACES: dict[str, tuple[Where, tuple[Via, ...]]] = {
    "where it is held": (GROUP_CHAT, (Via.TYPED, Via.CARD, Via.DIALOG, Via.PAGE)),
    "group 1's own conversation": (OWN_PLACE, (Via.TYPED, Via.DIALOG)),
    "alone with Kolbot": (PRIVATE, (Via.TYPED, Via.DIALOG)),
    "another conversation": (ELSEWHERE, (Via.TYPED, Via.DIALOG)),
    "another tenant": (STRANGE_TENANT, (Via.TYPED, Via.DIALOG)),
}
EACH = sum(len(vias) for _, vias in PLACES.values()) * len(VERBS) * len(PEOPLE)
"""Combinations in one state."""

WHO_MAY = {
    Reason.JOIN_FIRST: "join the workshop first",
    Reason.ONLY_FACILITATORS: "Anna",
    Reason.ONLY_GROUP_FACILITATORS: "Anna",
    Reason.ONLY_MODERATORS: "Anna",
    Reason.ONLY_RESERVES: "Rasa",
    Reason.MAY_NOT_OPEN: "Whoever runs Kolbot",
    Reason.LEADS_NONE: "Only a facilitator",
    Reason.WRONG_FILE: "You lead no workshop",
}
"""Refusals because of the role, and what their sentences say about who may."""
NOT_HERE = {Reason.NO_WORKSHOP, Reason.ELSEWHERE}
NOBODY = {Reason.STEP_OVER, Reason.STEP_NOT_OPEN_YET, Reason.PLACE_TAKEN, Reason.PLACE_PRIVATE, Reason.NOT_HERE}
"""Refusals of a step that takes nothing from anybody, or of a conversation in which nobody can do this."""


@dataclass(frozen=True)
class Try:
    """One combination, and what the tables say about it."""

    verb: str
    role: str
    state: str
    place: str
    via: Via

    @property
    def who(self) -> str:
        return PEOPLE[self.role]

    @property
    def asks(self) -> Asks:
        return VERBS[self.verb]

    @property
    def known(self) -> bool:
        """Whether the workshop has heard of them."""
        return self.role != "stranger" and self.state != "no workshop"

    @property
    def reaches(self) -> bool:
        """Whether this place is one of the workshop's, or their own."""
        if self.state == "no workshop" or self.place in ("another conversation", "another tenant"):
            return False
        return self.known or self.place != "alone with Kolbot"

    def roles(self, company: Company) -> frozenset[Role]:
        """What they are where the verb is about their group, or about group 1 where it says so."""
        if self.state == "no workshop":
            return frozenset({Role.ANYBODY})
        has = {
            "participant": {Role.PARTICIPANT}, "moderator": {Role.MODERATOR}, "reserve": {Role.RESERVE},
            "facilitator": {Role.FACILITATOR}, "facilitator of group 1": {Role.GROUP_FACILITATOR},
            "facilitator of group 2": set() if self.asks.data(company).get("group") == 1 else {Role.GROUP_FACILITATOR},
        }.get(self.role, set())  # fmt: skip
        return frozenset({Role.ANYBODY, *has})

    def allowed(self, company: Company) -> bool:
        """Whether the table of roles lets them; who opens is a setting."""
        roles = self.roles(company)
        if c.Open in self.asks.commands:
            return company.openers is None or self.who in company.openers
        if self.verb in ("facilitate", "console"):
            return bool(roles & CONSOLES)
        return not self.asks.commands or any(roles & MAY[command] for command in self.asks.commands)

    def possible(self) -> bool:
        """Whether the stage table has it in this state."""
        status = BY_NOW[self.state]
        if status is None or not self.asks.commands:
            return not self.asks.commands or c.Open in self.asks.commands
        return any(
            command is c.Open or command in TABLE[status] or status in ANY_TIME.get(command, ())
            for command in self.asks.commands
        )

    def may_store(self, company: Company) -> bool:
        """Whether anything of a workshop may be another way after this."""
        if self.asks.shows or not self.allowed(company) or not self.possible():
            return False
        if c.Open in self.asks.commands:
            live = self.state not in ("no workshop", "finished", "cancelled")
            here = self.place in ("where it is held", "group 1's own conversation")
            return self.place != "alone with Kolbot" and not (live and here)
        if c.BindGroup in self.asks.commands:
            return self.place == "another conversation"
        if self.verb == "table_in":
            return self.place != "another tenant"
        if self.verb in ("board", "stage"):
            return self.reaches and (self.via is Via.TYPED or self.verb == "stage")
        return self.reaches and (self.verb != "chosen" or self.known)


async def tried(one: Try, company: Company) -> Reply:
    """It is done, with everything as it was before."""
    company.back()
    more = {"mentioned": (MENTIONED.get(one.verb, "eva"),), "where": PLACES[one.place][0], **one.asks.data(company)}
    if one.via is not Via.TYPED:
        more["w"] = company.w.id if company.workshop else "gone"
    return await company.talk.turn(one.who, one.verb, one.via, **more)


def told(reply: Reply) -> Sentence | None:
    """The sentence of a reply, by itself or on top of a view."""
    return reply.sentence if isinstance(reply, Tell) else getattr(reply.view, "sentence", None)


class Read:
    """What replies say; views that are equal to one that was read are not drawn again."""

    def __init__(self) -> None:
        self.drawn: dict[tuple[type, str], list[tuple[object, str]]] = {}

    def __call__(self, reply: Reply) -> str:
        if isinstance(reply, Tell):
            return sentence(reply.sentence, words(reply.language))
        seen = self.drawn.setdefault((type(reply.view), reply.language), [])
        for view, text in seen:
            if view == reply.view:
                return text
        seen.append((reply.view, str(draw(reply.view, reply.language))))
        return seen[-1][1]


def judge(one: Try, company: Company, reply: Reply, reads: Read) -> list[str]:
    """What is wrong with what came of it."""
    wrong = list(_stored(one, company))
    said, text = told(reply), reads(reply)
    why = said.reason if isinstance(said, Refused) else None
    if not one.reaches and not one.asks.anywhere:
        if why not in NOT_HERE and one.verb not in ("", "help"):
            wrong.append(f"not said that there is none here: {text}")
        if TITLE in text or "Anna" in text:
            wrong.append("words of a workshop elsewhere")
        return wrong
    if not one.known and not one.reaches and TITLE in text:
        wrong.append("its title, to a stranger elsewhere")
    if not one.roles(company) & MAY[c.HideEntry]:
        wrong += [f"it shows {secret!r}" for secret in (UNREVEALED, HIDDEN) if secret in text]
    if not one.roles(company) & MAY[c.Expect] and LISTED in text:
        wrong.append("it shows who is on the organiser's list")
    return [*wrong, *_refused(one, company, reply, why, text)]


def _stored(one: Try, company: Company) -> Iterator[str]:
    """What was stored and should not have been."""
    if company.stored() and not one.may_store(company):
        yield "it was stored"
    opens = c.Open in one.asks.commands or not one.reaches
    opens = opens and not {c.BindGroup, c.AddPractices} & {*one.asks.commands}
    if company.workshop and opens and company.talk.memory.workshops.get(company.w.id) is not company.w:
        yield "another workshop than that of this place was changed"
    if set(company.talk.people.languages) - {one.who}:
        yield "somebody else's language"
    if {person for _, person, _ in company.talk.drafts.drafts} - company.drafted:
        yield "a draft of somebody else"


def _refused(one: Try, company: Company, reply: Reply, why: Reason | None, text: str) -> Iterator[str]:
    """Whoever may not do it at all is told who may, before anything about how the workshop stands."""
    if one.allowed(company):
        finer = why is Reason.ONLY_RESERVES and one.verb == "takeover"  # a moderator where there is a reserve
        if why in WHO_MAY and one.possible() and one.reaches and not finer:
            yield f"refused what the table allows: {text}"
        return
    if isinstance(reply, Show) and isinstance(reply.view, Opener | JoinForm):
        return  # a button that all can see, and that refuses; the notice before the first answer
    if why in WHO_MAY:
        if WHO_MAY[why] not in text:
            yield f"the refusal does not say who may: {text}"
    elif why not in NOBODY and not (why is Reason.NOT_NOW and not one.possible()):
        yield f"not refused for the role but {why}: {text[:200]}"


def test_every_verb_of_the_router_is_tried() -> None:
    assert set(ALL.verbs) == set(VERBS)


class AtOnce(ThreadPoolExecutor):
    """Does at once what is put off to a thread: here one thing comes after the other, tens of thousands of times."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        done = Future[Any]()
        try:
            done.set_result(work(*arguments, **named))
        except BaseException as error:  # noqa: BLE001 - whoever waits for it is told
            done.set_exception(error)
        return done


async def outcome(one: Company, verbs: Iterable[str], state: str) -> tuple[int, list[str]]:
    """How many combinations were tried, and what was wrong."""
    asyncio.get_running_loop().set_default_executor(AtOnce())
    reads, tries, wrong = Read(), 0, list[str]()
    for verb, role, (place, (_, vias)) in product(verbs, PEOPLE, PLACES.items()):
        for via in vias:
            tries += 1
            this = Try(verb, role, state, place, via)
            found = judge(this, one, await tried(this, one), reads)
            wrong += [f"{verb!r} by the {role}, {place}, {via}: {what}" for what in found]
    return tries, wrong


@pytest.mark.parametrize("state", STATES)
async def test_every_verb_by_every_role(state: str, record_property: Callable[[str, object], None]) -> None:
    tries, wrong = await outcome(await company(state), VERBS, state)
    record_property(COUNTED, f"{tries:,} combinations of verb, role and place were tried: {state}")
    assert tries == EACH >= 7_000, "docs/testing.md has the number"
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", STATES)
async def test_where_a_list_says_who_opens_nobody_else_does(state: str) -> None:
    """Moni is on the list, and nobody else: not even who facilitates here."""
    verbs = [verb for verb, asks in VERBS.items() if c.Open in asks.commands]
    one = await company(state)
    one.openers = one.talk.memory.openers = frozenset({"moni"})
    one.talk.kolbot = replace(one.talk.kolbot, openers=one.openers)
    tries, wrong = await outcome(one, verbs, state)
    assert tries == EACH // len(VERBS) * len(verbs)
    assert not wrong, "\n".join(wrong)


async def test_what_the_tables_allow_can_be_done_with_this_data() -> None:
    """Else nothing would have been tried."""
    left = {verb for verb, asks in VERBS.items() if asks.commands and not asks.shows} - set(NEVER)
    for state in STATES:
        one = await company(state)
        for verb, role, place in product(sorted(left), PEOPLE, ("where it is held", "another conversation")):
            this = Try(verb, role, state, place, Via.TYPED if verb == "board" else Via.DIALOG)
            if verb in left and this.may_store(one):
                await tried(this, one)
                left -= {verb} if one.stored() else set()
    assert not left
