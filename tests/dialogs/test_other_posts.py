"""What is typed in a post beside the one that a workshop runs in: it says where, and nobody opens a second."""

from __future__ import annotations

import pytest

from dialogs.turn import Via, Where
from tests.dialogs.talk import ELSEWHERE, STRANGE_TENANT, Talk, facts, said, shown
from tests.workshop.paper import TENANT
from workshop.views import Help, NewForm

CHANNEL = "19:channel@thread.tacv2"
HELD, BESIDE = (Where(TENANT, f"{CHANNEL};messageid={number}") for number in (1, 2))


async def held() -> Talk:
    talk = Talk()
    await talk.turn("anna", "open", where=HELD, plan="session", title="Riga", language="en")
    return talk


@pytest.mark.parametrize("verb", ["start", "next", "stage", "board", "join", "finish", "facilitate", "answer"])
async def test_it_is_told_where_the_workshop_runs(verb: str) -> None:
    talk = await held()
    for via in (Via.TYPED, Via.DIALOG):
        reply = await talk.turn("anna", verb, via, where=BESIDE)
        assert (said(reply), facts(reply)) == ("other_post", {"title": "Riga"})
    for other in (ELSEWHERE, STRANGE_TENANT, Where("another", BESIDE.home)):
        assert said(await talk.turn("anna", verb, Via.TYPED, where=other)) == "no_workshop", other
    await talk.turn("anna", "cancel", where=HELD, sure=True)
    assert said(await talk.turn("anna", verb, Via.TYPED, where=BESIDE)) == "no_workshop", "it runs no more"


async def test_help_says_it_too_and_a_second_workshop_may_still_be_wanted() -> None:
    talk = await held()
    assert shown(await talk.turn("anna", "help", Via.TYPED, where=BESIDE), Help) == Help(
        ("new", "language", "help"), None, "Riga"
    )
    assert shown(await talk.turn("anna", "help", Via.TYPED, where=HELD), Help).around == ""
    assert shown(await talk.turn("anna", "help", Via.TYPED, where=ELSEWHERE), Help).around == ""
    assert isinstance(shown(await talk.turn("anna", "new", Via.DIALOG, where=BESIDE), NewForm), NewForm)


async def test_the_title_is_the_reader_s() -> None:
    talk = Talk()
    await talk.turn("anna", "open", where=HELD, plan="session", language="en")
    for code in ("en", "pl"):
        reply = await talk.turn("zoe", "start", Via.TYPED, where=BESIDE, speaks=code)
        assert facts(reply) == {"title": talk.w.plan.title[code]}
    assert talk.w.plan.title["en"] != talk.w.plan.title["pl"]
