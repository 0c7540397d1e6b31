"""One workshop with somebody in each role, as it stands in each state; put back as it was after whatever is tried."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field, replace

from dialogs.turn import Where
from tests.dialogs.talk import Talk, shown
from tests.templates.test_editing import PLAN
from tests.workshop.paper import TENANT
from tests.workshop.session import SESSION, STORY, TEXT, asks
from workshop.drafts import Draft
from workshop.entries import entries_of
from workshop.model import Answer, Case, Workshop
from workshop.plan import Plan
from workshop.themes import Theme
from workshop.theming import themes_in
from workshop.views import GroupsForm, ThemesForm

TITLE = "Xanadu"
"""What the workshop is called, and nothing else is."""
UNREVEALED, HIDDEN = "sesame", "rudeness"
"""An answer that nobody has revealed, and a note that a moderator hid."""
LISTED = "Jan Nowak"
"""Somebody of the organiser's list."""
OWN_PLACE = Where(TENANT, "19:one@thread.v2")
"""The conversation of group 1."""
OWNER = "ivan"
"""Whose case waits for an answer."""

PEOPLE = {
    "stranger": "sam",
    "participant": OWNER,
    "facilitator of group 1": "lea",
    "facilitator of group 2": "lou",
    "moderator": "moni",
    "reserve": "rasa",
    "facilitator": "anna",
}
"""Who is what, and nothing else."""
STATES = ("no workshop", "lobby", "open", "paused", "closed", "finished", "cancelled")


def plan() -> Plan:
    """The session in groups, with something to answer for the group where the company is."""
    both = replace(asks("E5", "text", TEXT), per_group=True)
    stages = tuple(
        replace(
            stage,
            steps=tuple(
                replace(one, in_groups=not one.is_break, prompts=(*one.prompts, *([both] if one.id == "story" else [])))
                for one in stage.steps
            ),
        )
        for stage in SESSION.stages
    )
    return replace(SESSION, stages=stages)


@dataclass
class Company:
    """The talk, and how everything stands when nothing was tried."""

    talk: Talk
    workshop: Workshop | None = None
    kept: dict[tuple[str, str, int, str], Answer] = field(default_factory=dict)
    drafts: dict[tuple[str, str, str], Draft] = field(default_factory=dict)
    openers: frozenset[str] | None = None

    @property
    def w(self) -> Workshop:
        assert self.workshop is not None, "there is one"
        return self.workshop

    def looks(self) -> None:
        """Remember how it stands now."""
        memory = self.talk.memory
        self.workshop = next(iter(memory.workshops.values()), None)
        self.kept = dict(memory.kept[self.workshop.id]) if self.workshop else {}
        self.drafts = dict(self.talk.drafts.drafts)

    def back(self) -> None:
        """Everything as it was."""
        memory = self.talk.memory
        memory.workshops = {self.workshop.id: self.workshop} if self.workshop else {}
        memory.kept = {self.workshop.id: dict(self.kept)} if self.workshop else {}
        memory.changes.clear()
        self.talk.people.languages.clear()
        self.talk.drafts.drafts, self.talk.drafts.owned = dict(self.drafts), {}

    @property
    def drafted(self) -> set[str]:
        """Whose drafts there are."""
        return {person for _, person, _ in self.drafts}

    def stored(self) -> bool:
        """Whether anything of a workshop is not as it was: its revision, what stands in it, another one."""
        before = {self.workshop.id: self.workshop} if self.workshop else {}
        return self.talk.memory.workshops != before

    def theme(self, name: str) -> Theme:
        """A theme of what works, by its name."""
        return next(theme for theme in themes_in(self.w, "K1", "good").now if theme.name == name)

    def entry(self, words: str) -> str:
        """The id of what somebody wrote."""
        return next(one.id for one in entries_of(self.w, tuple(self.kept.values())) if one.words == words)


async def company(state: str) -> Company:
    """Everybody of `PEOPLE` and a few more, in this state; no facilitator has done anything for six minutes."""
    talk = Talk(plan())
    everybody = [*PEOPLE.values(), "eva", "ola"]
    table = {"name": "people.csv", "table": b64encode(b"Title\nOpen days\n").decode()}
    for who in everybody:
        for draft in (Draft(TENANT, who, "agenda", PLAN.source), Draft(TENANT, who, "table", "", form=table)):
            await talk.drafts.keep(draft)
    made = Company(talk)
    if state != "no workshop":
        await _lobby(talk)
    if state not in ("no workshop", "lobby"):
        await _story(talk)
        ends = {"paused": "pause", "closed": "close", "finished": "finish", "cancelled": "cancel"}
        if state in ends:
            await talk.turn("anna", ends[state], moves=talk.w.moves, sure=True)
    if state != "no workshop":
        w = replace(talk.w, cases=(Case("k", {"": "mud"}, OWNER),))
        talk.memory.workshops = {w.id: w}
    talk.later(minutes=6)
    made.looks()
    made.back()
    return made


async def _lobby(talk: Talk) -> None:
    """Anna has opened it; four have joined, in two groups; everybody has their role."""
    await talk.turn("anna", "open", plan="session", title=TITLE, language="en")
    for who in (OWNER, "eva", "ola"):
        await talk.turn(who, "joined", language="en")
    await talk.turn("anna", "add_practices", title="Mentoring")
    await talk.turn("anna", "expect", table=LISTED)
    await talk.types("anna", "moderator", mentioned=("moni",))
    await talk.types("anna", "reserve", mentioned=("rasa", "lea", "lou"))
    form = shown(await talk.turn("anna", "form_groups", way="count", number="2"), GroupsForm)
    assert len(form.workshop.groups) == 2
    await talk.types("anna", "facilitator", mentioned=("fay",))
    for who, group in (("lea", 1), ("lou", 2), ("ola", 1)):
        await talk.types("anna", "group_facilitator", mentioned=(who,), group=group)
    await talk.types("anna", "no_reserve", mentioned=("lea", "lou"))
    await talk.types("anna", "group_here", where=OWN_PLACE, group=1)


async def _story(talk: Talk) -> None:
    """The fifth step is open, with something in it that nobody else may see yet."""
    await talk.turn("anna", "start", moves=talk.w.moves)
    await talk.turn(OWNER, "submit", **{"a.K1.good": f"alpha\nbeta\n{HIDDEN}"})
    await talk.turn("ola", "submit", **{"a.K1.good": "gamma\ndelta"})
    now = Company(talk)
    now.looks()
    await talk.turn("anna", "moderated", shown=[now.entry(HIDDEN)], hidden=now.entry(HIDDEN))
    for name, words in (("Two", "beta"), ("Three", "gamma")):
        form = shown(await talk.turn("anna", "themes", of="K1/good"), ThemesForm)
        ticks = {note.words: note.tick for note in form.notes}
        await talk.turn("anna", "put_into_theme", of="K1/good", called=name, notes=ticks[words])
    while talk.w.at < STORY:
        await talk.turn("anna", "next", moves=talk.w.moves)
        for who in (OWNER, "eva"):
            if talk.w.plan.places[talk.w.at].step.id == "vote":
                await talk.turn(who, "submit", **{f"a.K4.{item.key}": "1" for item in talk.w.items["K4"][:1]})
    now.looks()
    await talk.turn("anna", "spotlight", entry=now.entry("delta"))
    await talk.turn("eva", "submit", **{"a.E1.": UNREVEALED, "a.E2.all": "mud\nrain"})
    for who in (OWNER, "ola"):
        await talk.turn(who, "submit", **{"a.E2.all": "mud", "a.E3.": "yes"})

