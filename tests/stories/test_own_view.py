"""The stage card as each person reads it: in their own language where their Teams asks for it, and never the board."""

from __future__ import annotations

from typing import Any

from rehearsal.hands import Seen
from rehearsal.talking import refresh_action
from tests.chat import CHANNEL, Session, label
from tests.stories.acts import clicks, leads, says, stored

QUESTION = {
    "en": "Which good practices at work do you remember?",
    "pl": "Jakie dobre praktyki w pracy Państwo pamiętają?",
    "bg": "Кои добри практики в работата помните?",
}


def stage_card(room: Session, name: str) -> Seen:
    """The newest card with Answer on it, in whatever language this person sees it."""
    titles = {label("Answer", language) for language in QUESTION}
    cards = room.person(name).cards(root=room.root)
    return next(seen for seen in reversed(cards) if titles & set(seen.buttons()))


def viewers(seen: Seen) -> list[str] | None:
    assert seen.card is not None
    found: dict[str, Any] = seen.card.get("refresh") or {}
    return found.get("userIds")


async def started(room: Session, *people: str, language: str = "pl") -> Seen:
    await room.opens(language=language)
    await room.joins(*people)
    await leads(room, label("Start", "pl"))
    await room.settles()
    return stage_card(room, "anna")


async def looks(room: Session, name: str, seen: Seen) -> Seen:
    """Their Teams shows them the card, and asks by itself where it has to."""
    await room.room.talking.looks(name, seen.id)
    return room.person(name).now(seen)


async def test_each_reads_the_stage_card_in_their_own_language(room: Session) -> None:
    before = await started(room, "james", "ivan")
    named = viewers(before)
    assert named is not None
    mri = {name: room.room.world.member(name).mri for name in ("anna", "james", "ivan")}
    assert mri["james"] in named and mri["ivan"] in named and mri["anna"] not in named
    revision = (await stored(room))[0].revision
    english, bulgarian = await looks(room, "james", before), await looks(room, "ivan", before)
    assert QUESTION["en"] in english.texts() and QUESTION["bg"] in bulgarian.texts()
    assert QUESTION["pl"] in (await looks(room, "anna", before)).texts(), "hers is the workshop's language"
    assert len(english.buttons()) == len(before.buttons()) and "Answer" in english.buttons()
    assert viewers(english) == [mri["james"]], "their client goes on asking"
    form = (await room.person("james").clicks(english, "Answer")).dialog
    assert form is not None and QUESTION["en"] in form.texts()
    w = (await stored(room))[0]
    assert (w.revision, w.acted_at) == (revision, w.acted_at), "to look changes nothing"
    # An edit ends every own view; asked for again it is of the card as it is now, whatever the client sends along.
    old = refresh_action(room.room.world.attachments(room.room.world.messages[english.id], "james"))
    assert old is not None
    await says(room, "anna", "@Kolbot next")
    await room.settles()
    now = room.person("james").now(english)
    assert QUESTION["en"] not in now.texts() and viewers(now) == named
    await room.room.press("james", english.id, old, {})
    again = room.person("james").now(english)
    assert "This stage is over." in again.texts() or "What it came to:" in again.texts(), again.texts()
    refreshed = [seen.card["refresh"]["action"]["data"]["slot"] for seen in room.person("anna").cards(root=room.root)
                 if seen.card and "refresh" in seen.card]
    assert refreshed == ["stage:lobby:0", "stage:knowledge:0", "stage:action:0"], "never the board"


async def test_a_step_that_follows_soon_is_in_their_own_language_a_minute_after_they_asked(room: Session) -> None:
    """The conversation is open at James' and Ivan's: their Teams asks after an edit, but not twice within a minute."""
    room.clock.passes(seconds=90)
    card = await started(room, "james", "ivan")
    asked, shown = room.clock(), list[float | None]()

    async def passes(seconds: int) -> None:
        for _ in range(seconds):
            room.clock.passes(seconds=1)
            await room.bot.publisher.tick()
            await room.bot.publisher.settle()
            if (edited := room.room.world.messages[card.id].edited) in shown:
                continue
            shown.append(edited)
            for name in ("james", "ivan"):
                await room.room.talking.looks(name, card.id)

    def read() -> list[bool]:
        english, bulgarian = room.person("james").now(card), room.person("ivan").now(card)
        return [label("Answer", "en") in english.buttons(), label("Answer", "bg") in bulgarian.buttons()]

    await passes(1)
    assert read() == [True, True]
    # The card changes: half a minute later the facilitator stops the clock.
    await passes(22)
    await says(room, "anna", "@Kolbot pause")
    await passes(1)
    await says(room, "anna", "@Kolbot resume")
    await passes(2)
    assert read() == [False, False] and len(shown) == 3
    while read() != [True, True]:
        await passes(1)
        assert (room.clock() - asked).total_seconds() < 66
    await passes(200)
    assert read() == [True, True] and len(shown) == 4


async def test_in_a_large_conversation_there_is_a_button(room: Session) -> None:
    await room.room.add_people([(f"Person {number}", "bg") for number in range(60)])
    before = await started(room, "james")
    assert viewers(before) == []
    button = next(title for title in before.buttons() if "In my language" in title)
    assert button == " · ".join(label("In my language", language) for language in ("pl", "en", "bg", "lv", "hu"))
    assert QUESTION["pl"] in (await looks(room, "james", before)).texts()
    await room.person("james").clicks(before, button)
    own = room.person("james").now(before)
    assert QUESTION["en"] in own.texts() and viewers(own) == [] and button in own.buttons()
    assert room.bot.publisher._asks.waiting() == [], "their client does not ask by itself: nothing is put again for it"


async def test_a_client_that_refreshes_presses_no_button(room: Session) -> None:
    """Whatever an automatic refresh says, it only shows; over, moved or unknown, it shows what is true."""
    before = await started(room, "james")
    action = refresh_action(room.room.world.attachments(room.room.world.messages[before.id], "anna"))
    assert action is not None
    moves = (await stored(room))[0].moves

    async def automatic(data: dict[str, Any], verb: str = "own") -> list[str]:
        forged = {**action, "verb": verb, "data": {**action["data"], **data}}
        answer = await room.room.talking.press("anna", before.id, forged, {}, trigger="automatic")
        assert answer.kind == "card", answer.kind
        return room.person("anna").now(before).texts()

    assert QUESTION["pl"] in await automatic({}, "next")
    assert (await stored(room))[0].moves == moves
    none = "There is no workshop here. To open one, type in a channel or group chat: @Kolbot {word}"
    nothing = label(none, "pl").split("{")[0]
    assert any(nothing in text for text in await automatic({"w": "none"}))
    for slot in ("board:0", "stage:knowledge:7", "", "g1:0:stage:knowledge:0", "summary"):
        said = await automatic({"slot": slot})
        assert QUESTION["pl"] not in said, slot
    await says(room, "anna", "@Kolbot stage")
    await room.settles()
    moved = await automatic({})
    assert any(label("This card goes on further down in this conversation.", "pl") in text for text in moved)
    await says(room, "anna", "@Kolbot cancel")
    await clicks(room, "anna", label("Yes, cancel it", "pl"))
    await room.settles()
    over = await automatic({"slot": "stage:knowledge:1"})
    assert label("The workshop was cancelled. Nothing more is asked here.", "pl") in over


async def test_without_a_locale_it_is_the_workshop_s_language(room: Session) -> None:
    before = await started(room, "james")
    (silent,) = await room.room.add_people([("Silent Person", "")])
    await room.room.talking.press(silent, before.id, {"type": "Action.Execute", "verb": "own", "data": {
        "w": (await stored(room))[0].id, "slot": "stage:knowledge:0"}}, {}, trigger="automatic")
    assert QUESTION["pl"] in room.person(silent, CHANNEL).now(before).texts()
