"""The course of a workshop: by button and typed, by two at once, by a reserve."""

from __future__ import annotations

import asyncio

from tests.chat import Session, label
from tests.stories.acts import clicks, console, gives, leads, refusal, said, says, starting, stored

NEXT = label("Next: {step}", "pl").partition("{")[0]
PL = {
    title: label(title, "pl")
    for title in (
        "Start",
        "Close the step",
        "Reopen the step",
        "Back to the step before",
        "Pause",
        "Resume",
        "Finish now …",
        "Cancel …",
        "Refresh",
        "Take over",
        "Send a reminder",
        "Yes, finish it",
        "Yes, cancel it",
    )
}


async def started(room: Session, *people: str) -> None:
    await room.opens()
    await room.joins(*people)
    await leads(room, PL["Start"])


async def now(room: Session) -> tuple[str, str]:
    """Status and step, as stored."""
    workshop, _ = await stored(room)
    return workshop.status, workshop.place.step.id if workshop.place else ""


async def test_the_whole_course_by_buttons(room: Session) -> None:
    await started(room, "james", "liga", "ivan")
    assert await now(room) == ("open", "remember")
    for who in ("james", "liga", "ivan"):
        await gives(room, who, K1="Open days")
    assert said(await leads(room, PL["Close the step"])) == label("The step is closed.", "pl")
    assert await now(room) == ("closed", "remember")
    await leads(room, PL["Reopen the step"])
    assert await now(room) == ("open", "remember")
    await leads(room, NEXT)
    assert await now(room) == ("open", "choose")
    await leads(room, PL["Back to the step before"])
    assert await now(room) == ("open", "remember")
    await leads(room, NEXT)
    await leads(room, NEXT)
    assert await now(room) == ("open", "fit")
    assert said(await leads(room, PL["Pause"])) == label(
        "Paused: the clock stands still, and answers are still taken.", "pl"
    )
    assert await now(room) == ("paused", "fit")
    assert "Paused: the clock stands still." in room.words()
    await leads(room, PL["Resume"])
    assert await now(room) == ("open", "fit")
    asked = await leads(room, PL["Finish now …"])
    assert asked.dialog is not None and (await now(room))[0] == "open", "finishing asks first"
    await asked.dialog.presses(PL["Yes, finish it"])
    assert await now(room) == ("finished", "fit")


async def test_the_whole_course_typed(room: Session) -> None:
    await room.opens()
    await room.joins("james", "liga", "ivan")
    course = [
        ("start", "Open now: “Good practices”. Time for it: 2 minutes.", ("open", "remember")),
        ("close", "The step is closed.", ("closed", "remember")),
        ("reopen", "Open now: “Good practices”. Time for it: 5 minutes.", ("open", "remember")),
        ("extend 10", "More time for this step: 10 minutes.", ("open", "remember")),
        ("next", "Open now: “A first small step”. Time for it: 3 minutes.", ("open", "fit")),
        (
            "back",
            "Open now: “Good practices”. Time for it: 5 minutes. "
            "Built on it already, and marked where that changes: A first small step.",
            ("open", "remember"),
        ),
        ("pause", "Paused: the clock stands still, and answers are still taken.", ("paused", "remember")),
        ("resume", "The clock runs again.", ("open", "remember")),
        ("nudge", "A reminder is posted in the conversation.", ("open", "remember")),
    ]
    for words, answered, stands in course:
        assert await says(room, "anna", f"@Kolbot {words}") == [answered], words
        assert await now(room) == stands, words
        await room.settles()
    asked = await says(room, "anna", "@Kolbot finish")
    assert asked[0] == "Finish the workshop?"
    assert (await now(room))[0] == "open"
    answer = await clicks(room, "anna", "Yes, finish it")
    assert answer.text == label("The workshop is finished. Its summary follows in the conversation.", "pl")
    assert (await now(room))[0] == "finished"


async def test_a_typed_next_after_the_last_step_asks_before_it_ends(room: Session) -> None:
    await started(room, "james")
    asked: list[str] = []
    for _ in range(12):
        room.clock.passes(seconds=10)
        asked = await says(room, "anna", "@Kolbot next")
        if asked[0] == "Finish the workshop?":
            break
    assert any(line.startswith("This ends the workshop and posts the closing picture: 0 sentences") for line in asked)
    assert (await now(room))[0] == "open"
    answer = await clicks(room, "james", "Yes, finish it")
    assert "Only a facilitator" in answer.text and (await now(room))[0] == "open"
    await clicks(room, "anna", "Yes, finish it")
    assert (await now(room))[0] == "finished"


async def test_cancelled_says_so_everywhere(room: Session) -> None:
    await started(room, "james")
    asked = await says(room, "anna", "@Kolbot cancel")
    assert asked[0] == "Cancel the workshop?"
    await room.clicks("anna", "Yes, cancel it")
    assert (await now(room))[0] == "cancelled"
    words = room.words()
    assert words.count("The workshop was cancelled") >= 2, "the lobby card and the stage card say it"
    acting = {"Answer", "Facilitate", room.join_label()}
    assert not [seen for seen in room.person("james").cards(root=room.root) if acting & set(seen.buttons())]


async def test_a_skipped_vote_is_named_on_the_board(room: Session) -> None:
    """Nobody wrote a practice, so there is nothing to vote on."""
    await started(room, "james")
    told = " ".join((await console(room)).texts())
    assert "Następny krok w planie: „Co warto wypróbować”" in told, "somebody may still write one"
    assert "Na razie przejście dalej otworzy krok „Pierwszy mały krok”." in told
    await leads(room, NEXT)
    assert await now(room) == ("open", "fit")
    assert "What is worth trying: skipped, there was nothing to ask about." in room.words()


async def test_two_facilitators_press_next_at_once(room: Session) -> None:
    await started(room, "james", "liga")
    await says(room, "anna", "@Kolbot facilitator @James Carter")
    consoles = await console(room, "anna"), await console(room, "james")
    answers = await asyncio.gather(starting(consoles[0], NEXT), starting(consoles[1], "Next: "))
    assert await now(room) == ("open", "fit"), "one step, not two"
    told = [answer for answer in answers if any("⚠" in words for words in answer.texts())]
    assert len(told) == 1
    assert told[0].dialog is not None, "the console as it is now"


async def test_the_second_to_press_is_told_who_was_faster(room: Session) -> None:
    await started(room, "james", "liga")
    await says(room, "anna", "@Kolbot facilitator @James Carter")
    slow = await console(room, "james")
    await leads(room, NEXT)
    answer = await starting(slow, "Next: ")
    assert refusal(answer) == (
        "Anna Kowalska was faster. The next step was opened. Your button did nothing; this is how it stands now."
    )
    assert any("“A first small step”" in words for words in answer.texts())
    assert await now(room) == ("open", "fit")


async def test_extending_at_once_extends_once(room: Session) -> None:
    await started(room, "james")
    dialog = await console(room)
    before = (await stored(room))[0].closes_at
    title = next(title for title in dialog.buttons() if title.startswith("+5"))
    await asyncio.gather(dialog.presses(title), dialog.presses(title))
    after = (await stored(room))[0].closes_at
    assert before is not None and after is not None
    assert (after - before).total_seconds() == 300


async def test_the_same_command_typed_twice_asks(room: Session) -> None:
    await started(room, "james")
    assert (await says(room, "anna", "@Kolbot next"))[0].startswith("Open now: “A first small step”.")
    room.clock.passes(seconds=4)
    asked = await says(room, "anna", "@Kolbot next")
    assert asked[0] == "Once more?"
    assert "Anna Kowalska did this a few seconds ago. Do it once more?" in asked
    assert await now(room) == ("open", "fit")
    answer = await clicks(room, "anna", "Yes, once more")
    assert label("Open now: “{step}”.", "pl").partition("{")[0] in answer.text
    assert await now(room) == ("open", "stories")
    again = await clicks(room, "anna", "Yes, once more")
    assert again.text, "the button is stale now"
    assert await now(room) == ("open", "stories")


async def test_the_same_command_after_five_seconds_is_another(room: Session) -> None:
    await started(room, "james")
    await says(room, "anna", "@Kolbot next")
    room.clock.passes(seconds=5)
    assert (await says(room, "anna", "@Kolbot next"))[0].startswith("Open now: “Real stories”.")


async def test_extended_twice_by_typing_asks_and_then_gives_as_many_minutes(room: Session) -> None:
    await started(room, "james")
    await says(room, "anna", "@Kolbot extend 7")
    asked = await says(room, "anna", "@Kolbot extend 7")
    assert asked[0] == "Once more?"
    before = (await stored(room))[0].closes_at
    await clicks(room, "anna", "Yes, once more")
    after = (await stored(room))[0].closes_at
    assert before is not None and after is not None
    assert (after - before).total_seconds() == 7 * 60


async def test_wrong_minutes(room: Session) -> None:
    await started(room, "james")
    revision = (await stored(room))[0].revision
    for minutes in ("0", "121", "-5", "5.5", "ten", "99999999999999999999"):
        assert await says(room, "anna", f"@Kolbot extend {minutes}") == [
            "Give whole minutes from 1 to 120, for example: extend 5"
        ], minutes
    assert (await stored(room))[0].revision == revision


async def test_a_reminder_counts_and_names_nobody(room: Session) -> None:
    await started(room, "james", "liga")
    await gives(room, "james", K1="Open days")
    assert said(await leads(room, PL["Send a reminder"]))
    words = room.words()
    assert "A reminder: “Good practices” is open" in words
    assert "1 person has answered so far. 2 are in the workshop." in words
    again = await leads(room, PL["Send a reminder"])
    assert refusal(again)
    await leads(room, NEXT)
    assert "This reminder is over." in room.words()


async def test_names_stay_behind_a_button(room: Session) -> None:
    """Screens are shared in such sessions; of an anonymous step there are no names at all."""
    await started(room, "james", "liga")
    assert not [words for words in (await console(room)).texts() if "James" in words or "Līga" in words]
    await leads(room, NEXT)
    await gives(room, "liga", A2="On Monday")
    dialog = await console(room)
    assert not [words for words in dialog.texts() if "James" in words]
    shown = await dialog.presses(label("Show names", "pl"))
    assert "James Carter" in shown.texts()
    assert shown.dialog is not None
    hidden = await shown.dialog.presses(label("Hide names", "pl"))
    assert "James Carter" not in hidden.texts()


async def test_everybody_sees_the_console_button_and_participants_are_told_who_may(room: Session) -> None:
    await started(room, "james")
    for who, language in (("james", "en"), ("zsofi", "hu")):
        refusal = label("Only a facilitator can do this. Facilitators here: {who}.", language)
        assert refusal.format(who="Anna Kowalska") in (await clicks(room, who, "Facilitate")).texts()
    assert (await stored(room))[0].status == "open"
