"""Whose clients ask for views of their own, and when a card is put again for their sake: never a storm."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.teams import Address, Member, Priority, Retry
from bot.viewers import NOBODY, Everybody, Viewers, Viewing
from tests.bot.publishing import Wall, card_of
from tests.bot.wall_in_memory import Hand
from tests.workshop.paper import HOME, START, Paper, opened
from workshop.model import Workshop
from workshop.tally import board_of
from workshop.views import BoardCard, LobbyCard, StageCard, View

HERE = Address("https://smba.example/", f"{HOME};messageid=1", "tenant", "28:bot")


@dataclass
class Roster:
    """A conversation's members, and who of them was met: what they speak, None where nobody said."""

    members_: list[str] = field(default_factory=list)
    spoken: dict[str, str | None] = field(default_factory=dict)
    fails: Exception | None = None
    lost: Exception | None = None
    asked: int = 0

    async def members(
        self, address: Address, *, deadline: float = 60, priority: Priority = Priority.REPLY
    ) -> list[Member]:
        assert priority is Priority.BOARD, "everything else goes first"
        self.asked += 1
        if self.fails is not None:
            raise self.fails
        return [Member(f"29:{name}", name.title(), name, "tenant", "user") for name in self.members_]

    async def met(self, people: Sequence[str]) -> Mapping[str, tuple[str, str | None]]:
        if self.lost is not None:
            raise self.lost
        names = {id: id.partition(":")[2] or id for id in people}
        return {id: (f"29:{name}", self.spoken[name]) for id, name in names.items() if name in self.spoken}


    async def zones(self, people: Sequence[str]) -> Mapping[str, str]:
        if self.lost is not None:
            raise self.lost
        self.asked += 1
        return dict.fromkeys(people, "Europe/Sofia")


class Scene:
    """A workshop in English and Polish, and a conversation."""

    def __init__(self, roster: Roster) -> None:
        self.paper: Paper = opened()
        self.paper.starts()
        self.roster, self.clock, self.told = roster, Hand(START), list[str]()
        self.viewers = Viewers(roster, roster, self.clock, self.told.append, (ConnectionError,))  # type: ignore[arg-type]

    @property
    def w(self) -> Workshop:
        return self.paper.w

    def sees(self, view: Callable[[Workshop], View] = lambda w: StageCard(board_of(w, ()), 0)) -> Viewing:
        return self.viewers.of(HERE, self.w, view(self.w))

    async def looked(self) -> Viewing:
        self.sees()
        await self.viewers.settle()
        return self.sees()


async def test_who_comes_into_the_conversation_is_named_soon() -> None:
    roster = Roster(["anna", "ivan"], {"anna": "en", "ivan": "pl"})
    scene = Scene(roster)
    assert await scene.looked() == Viewing(("29:ivan",))
    roster.members_.append("new")
    scene.viewers.forget("19:another@thread.v2")
    assert await scene.looked() == Viewing(("29:ivan",))
    scene.viewers.forget("19:general@thread.tacv2")  # of the same team, perhaps
    assert scene.sees() == Viewing(("29:ivan",)), "those who were known are, until it is asked"
    assert await scene.looked() == Viewing(("29:ivan", "29:new"))
    assert roster.asked == 2


async def test_who_reads_another_language_or_was_never_heard_is_named() -> None:
    roster = Roster(["anna", "ivan", "james", "new", "silent", "kees"], {"anna": "en", "ivan": "pl", "james": "en"})
    roster.spoken |= {"silent": None, "kees": "nl"}
    scene = Scene(roster)
    assert scene.sees() == NOBODY, "nobody waits for the members"
    assert await scene.looked() == Viewing(("29:ivan", "29:new", "29:silent"))
    assert scene.told == [scene.w.id]
    assert scene.sees(LobbyCard) == Viewing(button=True), "it changes with everybody who joins"
    assert scene.sees(lambda w: BoardCard(board_of(w, ()))) == NOBODY
    alone = replace(scene.w, plan=replace(scene.w.plan, languages=("en",)))
    assert scene.viewers.of(HERE, alone, LobbyCard(alone)) == NOBODY
    assert roster.asked == 1
    scene.clock.passes(seconds=61)
    await scene.looked()
    assert roster.asked == 2 and scene.told == [scene.w.id], "nothing has changed"


async def test_more_than_sixty_have_a_button_and_are_seldom_counted() -> None:
    scene = Scene(Roster([f"p{number}" for number in range(61)]))
    assert await scene.looked() == Viewing(button=True)
    scene.clock.passes(seconds=300)
    assert await scene.looked() == Viewing(button=True) and scene.roster.asked == 1
    scene.roster.members_.pop()
    scene.clock.passes(seconds=301)
    assert len((await scene.looked()).names) == 60


@pytest.mark.parametrize("error", [Retry(1.0), ValueError("odd"), ConnectionError("away")])
async def test_where_the_members_cannot_be_had_those_who_are_known_count(error: Exception) -> None:
    roster = Roster(spoken={"ivan": "pl", "anna": "en"})
    if isinstance(error, Retry):
        roster.fails = error
    else:
        roster.lost = error
    scene = Scene(roster)
    scene.paper.joins("ivan", language="pl")
    found = await scene.looked()
    assert found == Viewing(("29:ivan",) if isinstance(error, Retry) else (), button=True)
    for number in range(61):
        scene.paper.joins(f"p{number}")
    assert scene.sees() == Viewing(button=True), "unknown, and many"


@pytest.fixture
def wall() -> Wall:
    return Wall()


async def test_new_viewers_are_put_on_the_card_a_minute_later_and_once(wall: Wall) -> None:
    names = ["29:ivan"]

    class Some(Everybody):
        def of(self, address: Address, w: Workshop, view: View) -> Viewing:
            return Viewing(tuple(names)) if isinstance(view, StageCard) else NOBODY

    def viewers() -> list[str]:
        found: list[str] = card_of(wall.teams.messages["2"])["refresh"]["userIds"]
        return found

    wall.publisher = wall.instance(viewers=Some())
    wall.paper.starts()
    await wall.ticks()
    assert viewers() == names
    before = len(wall.teams.calls)
    for name in ("29:eva", "29:ola"):
        names.append(name)
        wall.clock.passes(seconds=4)
        wall.publisher.nudge(wall.paper.w.id, False)
        wall.publisher.look()
        await wall.publisher.settle()
    assert len(wall.teams.calls) == before, "nobody else's view is taken away for it"
    assert wall.memory.shown == wall.paper.w.revision, "everything is as it has to be"
    await wall.passes(70)
    assert viewers() == names and len(wall.teams.calls) == before + 1


async def test_time_zones_are_asked_for_again_when_there_are_more_people_or_after_a_minute() -> None:
    scene = Scene(Roster())
    before = await scene.viewers.zones(scene.w)
    assert set(before) == set(scene.w.people) and await scene.viewers.zones(scene.w) == before
    assert scene.roster.asked == 1
    scene.paper.joins("late")
    assert "late" in await scene.viewers.zones(scene.w) and scene.roster.asked == 2
    scene.roster.lost = ConnectionError("away")
    scene.clock.passes(seconds=61)
    assert "late" in await scene.viewers.zones(scene.w), "what was known holds"
