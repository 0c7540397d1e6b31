"""Which console somebody sees on a page: of all, of the group that they lead, or none; and how a turn there ends."""

from __future__ import annotations

from dialogs.console_now import own_console_of
from dialogs.turn import Turn, Via, Who
from tests.dialogs.talk import GROUP_CHAT, Talk, said, shown, why
from tests.dialogs.test_group_consoles import grouped, led
from workshop.views import Console, GroupConsole


async def own(talk: Talk, who: str, **data: object) -> Console | GroupConsole | None:
    read = await talk.memory.answers(talk.w.id)
    assert read is not None
    turn = Turn("console", Who(who, who.title()), GROUP_CHAT, "en", Via.PAGE, data)
    return own_console_of(turn, *read, talk.now)


async def test_a_facilitator_sees_the_console_of_all() -> None:
    view = await own(await led(), "anna")
    assert isinstance(view, Console) and not view.show_names
    assert isinstance(named := await own(await led(), "anna", names="true"), Console) and named.show_names


async def test_who_leads_a_group_sees_its_console() -> None:
    talk = await led()
    for data in ({}, {"group": "2"}, {"group": "1"}, {"group": "seven"}):
        view = await own(talk, "ola", **data)
        assert isinstance(view, GroupConsole) and view.stands.number == 2, data


async def test_nobody_else_sees_any() -> None:
    talk = await grouped()
    for who in ("ivan", "ola", "a stranger"):
        assert await own(talk, who) is None


async def test_on_a_page_what_was_done_comes_back_with_the_console() -> None:
    talk = await Talk().starts()
    view = shown(await talk.turn("anna", "extend", Via.PAGE, moves=talk.w.moves, minutes=5), Console)
    assert why(view) == "extended"
    assert said(await talk.turn("ivan", "extend", Via.PAGE, moves=talk.w.moves)) == "only_facilitators"
    assert said(await talk.turn("anna", "help", Via.PAGE)) == "unknown_command"
