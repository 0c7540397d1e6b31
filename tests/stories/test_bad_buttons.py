"""Buttons pressed too late, twice, by the wrong person, with forged data: each has its sentence and changes nothing."""

from __future__ import annotations

import asyncio

import pytest

from tests.chat import Session, label
from tests.stories.acts import (
    K1,
    clicks,
    console,
    element,
    forges,
    form_of,
    gives,
    leads,
    refusal,
    sends,
    starting,
    stored,
)

NEXT = label("Next: {step}", "pl").partition("{")[0]
ONLY = "Only a facilitator can do this. Facilitators here: Anna Kowalska."


async def started(room: Session, *people: str) -> None:
    await room.opens()
    await room.joins(*people)
    await leads(room, label("Start", "pl"))


async def test_answer_from_the_card_of_a_closed_step(room: Session) -> None:
    await started(room, "james")
    old = room.card("james", "Answer")
    await leads(room, label("Close the step", "pl"))
    before = await stored(room)
    answer = await room.person("james").clicks(old, "Answer", stale=True)
    assert answer.text == "This step is closed and takes no more answers."
    assert await stored(room) == before


async def test_answer_from_a_card_of_an_earlier_step(room: Session) -> None:
    await started(room, "james")
    old = room.card("james", "Answer")
    await leads(room, NEXT)
    answer = await room.person("james").clicks(old, "Answer", stale=True)
    assert answer.text == "This step is closed and takes no more answers. Open now: “A first small step”."


@pytest.mark.parametrize("end", ["finish", "cancel"])
async def test_buttons_of_what_has_ended(room: Session, end: str) -> None:
    await started(room, "james", "liga")
    await gives(room, "james", K1="Open days")
    card, form = room.card("james", "Answer"), await form_of(room, "james")
    lead = await console(room)
    await room.person("anna").says(f"@Kolbot {end}", root=room.root)
    await clicks(room, "anna", "Yes, finish it" if end == "finish" else "Yes, cancel it")
    await room.settles()
    before = await stored(room)
    over = "The workshop is finished." if end == "finish" else "The workshop was cancelled."
    answers = f"{over} It takes no more answers."
    assert (await room.person("james").clicks(card, "Answer", stale=True)).text == answers
    late = await sends(form, K1="Too late")
    assert refusal(late) == answers
    assert late.dialog is not None and late.dialog.values() == {K1: "Too late"}
    joining = await room.person("james").clicks(card, room.join_label(), stale=True)
    assert joining.text == f"{over} Nobody can join any more."
    assert refusal(await starting(lead, NEXT))
    withdrawn = await forges(room, "james", {"verb": "withdraw", "w": before[0].id, "step": 0})
    assert withdrawn.text
    assert await stored(room) == before


async def test_buttons_of_another_conversations_workshop(room: Session) -> None:
    """The card's data is carried into another thread, as a client can be made to do."""
    await started(room, "james")
    first, root = (await stored(room))[0].id, room.root
    await room.opens(title="Another")
    before = await stored(room)
    for verb in ("answer", "join", "facilitate", "board", "next", "submit", "joined", "cancel", "summary"):
        answer = await forges(room, "anna", {"verb": verb, "w": first, "step": 0, "moves": 1})
        assert answer.text == label(
            "This belongs to a workshop in another conversation. Please use the buttons there.", "pl"
        ), verb
    assert await stored(room) == before
    room.root = root
    assert (await stored(room))[0].at == 0


async def test_a_workshop_that_there_is_not(room: Session) -> None:
    """Without a workshop that it names, a button is about the one that is here; a made-up one is told apart."""
    await started(room, "james")
    before = await stored(room)
    none = "There is no workshop here. To open one, type in a channel or group chat: @Kolbot new"
    for forged in ("nobody", "", "\x00", "' OR 1=1 --", "x" * 100_000, None, 7, ["a"], {"a": 1}):
        answer = await forges(room, "james", {"verb": "next", "w": forged, "moves": before[0].moves})
        made_up = isinstance(forged, str) and forged.strip("\x00")
        assert answer.text == (none if made_up else ONLY), forged
    assert await stored(room) == before


async def test_twice_within_fifty_milliseconds(room: Session) -> None:
    """The same press sent twice at the same moment, each as an activity of its own: one effect each."""
    await started(room, "james", "liga", "ivan")
    form = await form_of(room, "james")
    await asyncio.gather(*(sends(form, K1="Open days") for _ in range(2)))
    assert len((await stored(room))[1]) == 1
    lead = await console(room)
    answers = await asyncio.gather(*(starting(lead, NEXT) for _ in range(5)))
    assert (await stored(room))[0].at == 2, "the vote had too few to vote on; one step further, not five"
    assert len([answer for answer in answers if element(answer.dialog, "said")]) == 1
    assert len([answer for answer in answers if element(answer.dialog, "refusal")]) == 4


async def test_joining_at_once_from_two_devices(room: Session) -> None:
    await room.opens()
    dialog = (await clicks(room, "james", room.join_label())).dialog
    assert dialog is not None
    data = {"verb": "joined", "w": (await stored(room))[0].id, "language": "en"}
    await asyncio.gather(*(room.room.submit_dialog("james", dialog.id, data) for _ in range(2)), return_exceptions=True)
    assert len((await stored(room))[0].joined) == 1


async def test_finishing_and_answering_at_once(room: Session) -> None:
    """Whichever comes first: the answer is in, or it is refused with its words; never told one and done the other."""
    await started(room, "james")
    form, lead = await form_of(room, "james"), await console(room)
    asked = (await starting(lead, label("Finish now …", "pl"))).dialog
    assert asked is not None
    sent, _ = await asyncio.gather(sends(form, K1="Just now"), asked.presses(label("Yes, finish it", "pl")))
    kept = len((await stored(room))[1])
    assert kept == (1 if element(sent.dialog, "receipt") else 0)
    assert kept == 1 or (sent.dialog is not None and sent.dialog.values() == {K1: "Just now"})
