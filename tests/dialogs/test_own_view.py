"""A card of the conversation in one person's language: which one hangs there, whoever asks and wherever."""

from __future__ import annotations

from dialogs.turn import Reply, Via
from tests.dialogs.talk import GROUP_CHAT, PRIVATE, STRANGE_TENANT, Talk, said, shown
from tests.dialogs.test_places import THREE, TWO, bound
from workshop import commands as c
from workshop.binding import hook
from workshop.groupwork import Ended
from workshop.tally import highlights
from workshop.views import GroupsCard, LobbyCard, Pointer, StageCard


async def test_a_group_s_own_card_is_shown_where_it_hangs_and_nowhere_else() -> None:
    talk = await bound()
    await talk.turn("anna", "start", moves=talk.w.moves)
    slot = hook(talk.w, 0) + "stage:knowledge:0"
    asked = {"w": talk.w.id, "slot": slot}
    own = shown(await talk.turn("ola", "own", Via.CARD, where=TWO, **asked), StageCard)
    assert own.board.group == 2
    for where in (GROUP_CHAT, PRIVATE):
        assert said(await talk.turn("ola", "own", Via.CARD, where=where, **asked)) == "elsewhere"
    assert said(await talk.turn("ola", "own", Via.CARD, where=STRANGE_TENANT, **asked)) == "no_workshop"
    elsewhere = {"w": talk.w.id, "slot": "stage:knowledge:0"}
    assert said(await talk.turn("ola", "own", Via.CARD, where=TWO, **elsewhere)) == "elsewhere"
    home = shown(await talk.turn("stranger", "own", Via.CARD, **elsewhere), StageCard)
    assert not home.board.group, "to see it nobody has to be in the workshop"
    await talk.types("anna", "group_here", where=THREE, group="2")
    assert [one.ended for one in talk.w.bindings] == [Ended.LEFT, None]
    assert said(await talk.turn("ola", "own", Via.CARD, where=TWO, **asked)) == "elsewhere", "the group has moved"
    await talk.types("anna", "group_here", where=TWO, group="1")
    assert said(await talk.turn("ola", "own", Via.CARD, where=TWO, **asked)) == "not_here", "it is another group's now"


async def test_what_hangs_there_now_is_shown_whatever_the_card_was() -> None:
    talk = await Talk().opens()

    async def own(slot: str) -> Reply:
        return await talk.turn("ivan", "own", Via.CARD, w=talk.w.id, slot=slot)

    groups = c.FormGroups(workshop=talk.w.id, by="anna", groups=(("ivan", "eva"), ("ola",)))
    await talk.kolbot.workshops.do(groups)
    assert shown(await own("groups"), GroupsCard)
    assert shown(await own("stage:lobby:0"), LobbyCard)
    assert said(await own("stage:knowledge:0")) == "not_here"
    await talk.turn("anna", "start", moves=talk.w.moves)
    await talk.turn("anna", "stage")
    assert shown(await own("stage:knowledge:0"), Pointer).what == "stage"
    assert shown(await own("stage:knowledge:1"), StageCard).stage == 0
    for odd in ("board:0", "", "stage:nothing:0", "g1:7:here"):
        assert said(await own(odd)) in ("not_here", "elsewhere")
    await talk.turn("ivan", "submit", **{"a.K1.good": "alpha"})
    for _ in range(9):
        if talk.w.place is None or talk.w.place.stage_number:
            break
        await talk.next()
    over = shown(await own("stage:knowledge:1"), StageCard)
    assert highlights(over.board.stages[0], 3), "what it came to"
