"""The board: one message, edited in place, rarely; and the whole of it, page by page, for whoever asks."""

from __future__ import annotations

import asyncio

from tests.chat import Session, label
from tests.stories.acts import board, clicks, form_of, gives, leads, says, sends, stored, votes

NEXT = label("Next: {step}", "pl").partition("{")[0]


async def crowd(room: Session, count: int) -> list[str]:
    """A workshop at its first step with so many people in it."""
    await room.opens()
    people = await room.room.add_people([(f"Person {number:02}", "en") for number in range(count)])
    for who in people:
        dialog = (await clicks(room, who, room.join_label())).dialog
        assert dialog is not None
        await dialog.presses("Join")
    await leads(room, label("Start", "pl"))
    return people


def edits(room: Session) -> int:
    """How often anything in the thread has been posted or edited."""
    ids = {seen.id for seen in room.person("anna").messages(root=room.root)}
    return len([name for name in room.room.world.changes if name in ids])


async def test_twenty_answers_at_once_are_few_edits(room: Session) -> None:
    people = await crowd(room, 20)
    forms = await asyncio.gather(*(form_of(room, who) for who in people))
    before, posted = edits(room), len(room.person("anna").messages(root=room.root))
    await asyncio.gather(*(sends(form, K1=f"Practice {number}") for number, form in enumerate(forms)))
    await room.settles()
    assert "20 answers, shown when the step closes" in board(room)
    assert edits(room) - before <= 2, "one edit for all, one more for what came while it was made"
    assert len(room.person("anna").messages(root=room.root)) == posted, "no new message"


async def test_one_edit_in_two_seconds(room: Session) -> None:
    """Answers that come one by one, half a second apart, with the publisher looking after each."""
    people = await crowd(room, 12)
    forms = [await form_of(room, who) for who in people]
    before = edits(room)
    for number, form in enumerate(forms):
        await sends(form, K1=f"Practice {number}")
        await room.bot.publisher.tick()
        await room.bot.publisher.settle()
        room.clock.passes(seconds=0.5)
    assert edits(room) - before <= 4, "six seconds: three edits, and the one that began it"
    await room.settles()
    assert "12 answers, shown when the step closes" in board(room)


async def test_the_stage_card_is_not_edited_for_an_answer(room: Session) -> None:
    await crowd(room, 3)
    card = room.card("anna", "Answer")
    for name in ("person-8", "person-9"):
        await gives(room, name, K1="Open days")
    await room.settles()
    assert room.person("anna").now(card).edited == card.edited


async def test_the_whole_board_page_by_page(room: Session) -> None:
    people = await crowd(room, 12)
    for number, who in enumerate(people):
        await gives(room, who, K1="\n".join(f"Practice {number}-{line}" for line in range(3)))
    await leads(room, label("Close the step", "pl"))
    cut = [words for words in board(room) if words.startswith("• ")]
    assert f"… and {36 - len(cut)} more" in board(room)
    page = (await clicks(room, people[0], "Board")).dialog
    assert page is not None
    assert page.title == "Board, page 1 of 2"
    found = {words for words in page.texts() if words.startswith("• ")}
    assert len(found) == 30
    second = (await page.presses("Next page")).dialog
    assert second is not None and second.title == "Board, page 2 of 2"
    found |= {words for words in second.texts() if words.startswith("• ")}
    assert found == {f"• Practice {number}-{line}" for number in range(12) for line in range(3)}
    back = (await second.presses("Previous page")).dialog
    assert back is not None and back.title == "Board, page 1 of 2"


async def test_the_board_as_a_dialog_is_in_ones_own_language(room: Session) -> None:
    await room.opens(language="pl")
    await room.joins("james", language="en")
    await leads(room, label("Start", "pl"))
    page = (await clicks(room, "james", label("Board", "pl"))).dialog
    assert page is not None
    assert page.title == "Board, page 1 of 1"
    assert "Which good practices at work do you remember?" in page.texts()


async def test_posted_again_below(room: Session) -> None:
    await room.opens()
    await room.joins("james")
    await leads(room, label("Start", "pl"))
    await says(room, "liga", "Chat that scrolls the card away")
    assert await says(room, "james", "@Kolbot board") == ["The card is posted again below."]
    await room.settles()
    cards = room.person("anna").cards(root=room.root)
    boards = [seen for seen in cards if seen.texts()[0] == "The board"]
    assert [seen.id for seen in boards] == [cards[-1].id]
    pointers = [seen for seen in cards if "↓ The board goes on further down in this conversation." in seen.texts()]
    assert len(pointers) == 1
    assert not pointers[0].buttons()


async def test_the_stage_card_again_below(room: Session) -> None:
    await room.opens()
    await room.joins("james")
    await leads(room, label("Start", "pl"))
    old = room.card("james", "Answer")
    await says(room, "james", "@Kolbot stage")
    await room.settles()
    new = room.card("james", "Answer")
    assert new.id != old.id
    assert "↓ This card goes on further down in this conversation." in room.person("james").now(old).texts()
    stale = await room.person("james").clicks(old, "Answer", stale=True)
    assert stale.dialog is not None and stale.dialog.title == "Good practices", "the old button is still true"


async def test_a_tie_is_called_a_tie(room: Session) -> None:
    await room.opens()
    await room.joins("james", "liga", "ivan")
    await leads(room, label("Start", "pl"))
    for who, words in (("james", "Open days"), ("liga", "Checklists"), ("ivan", "Mentoring")):
        await gives(room, who, K1=words)
    await leads(room, NEXT)
    await votes(room, "james", {"Open days": 2, "Mentoring": 1})
    await votes(room, "liga", {"Checklists": 2})
    await votes(room, "ivan", {"Mentoring": 1})
    await leads(room, NEXT)
    dots = [words for words in board(room) if "dots · from" in words]
    assert {words.partition(" ")[0] for words in dots} == {"1."}
    assert all(words.endswith("tie") for words in dots), dots


async def test_a_hundred_and_eighty_long_notes_fit_the_card(room: Session) -> None:
    """The card stays within Teams' size; what is left out is counted."""
    people = await crowd(room, 60)
    long = "ą" * 130
    forms = await asyncio.gather(*(form_of(room, who) for who in people))
    await asyncio.gather(*(sends(form, K1=f"{n} a {long}\n{n} b {long}\n{n} c {long}") for n, form in enumerate(forms)))
    await leads(room, label("Close the step", "pl"))
    words = board(room)
    shown = len([line for line in words if long in line])
    assert f"… and {180 - shown} more" in words
    assert len((await stored(room))[1]) == 60
