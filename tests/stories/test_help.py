"""Help lists what makes sense here and now for this person, each with a button where a button can do it."""

from __future__ import annotations

from tests.chat import Session, label
from tests.stories.acts import K1, clicks, console, leads, says, stored

ALWAYS = ["language", "help"]


async def listed(room: Session, name: str, place: str = "Peer learning") -> list[str]:
    """The commands that help lists, in order."""
    words = await says(room, name, "@Kolbot help" if place != "personal" else "help", place)
    assert words[0] == label("What you can do here", "en"), words
    return [word for word in words if word in COMMANDS]


COMMANDS = {
    *("new", "join", "answer", "start", "next", "back", "reopen", "close", "extend 5", "pause", "resume", "nudge"),
    *("finish", "cancel", "stage", "board", "facilitator @…", "moderator @…", "take over", "facilitate", "summary"),
    *ALWAYS,
}


async def test_where_there_is_no_workshop(room: Session) -> None:
    assert await listed(room, "james") == ["new", *ALWAYS]


async def test_in_a_chat_with_kolbot_alone(room: Session) -> None:
    assert await listed(room, "james", "personal") == ALWAYS


async def test_in_the_lobby(room: Session) -> None:
    await room.opens()
    assert await listed(room, "james") == ["join", "stage", *ALWAYS]
    anna = await listed(room, "anna")
    assert {"start", "cancel", "facilitate"} <= set(anna)
    assert not {"next", "close", "answer", "new", "pause"} & set(anna)


async def test_at_an_open_step(room: Session) -> None:
    await room.opens()
    await room.joins("james")
    await leads(room, label("Start", "pl"))
    james = await listed(room, "james")
    assert {"answer", "board", "stage"} <= set(james)
    assert not {"next", "close", "finish", "cancel", "facilitate", "moderator @…"} & set(james)
    anna = await listed(room, "anna")
    assert {"next", "close", "extend 5", "pause", "nudge", "finish", "cancel", "facilitator @…"} <= set(anna)
    assert not {"start", "resume", "reopen"} & set(anna)


async def test_after_the_end(room: Session) -> None:
    await room.opens()
    await says(room, "anna", "@Kolbot cancel")
    await room.clicks("anna", "Yes, cancel it")
    james = await listed(room, "james")
    assert "new" in james
    assert not {"join", "answer", "next", "cancel"} & set(james)


async def test_a_button_of_help_does_it_at_once(room: Session) -> None:
    await room.opens()
    await says(room, "anna", "@Kolbot help")
    done = await clicks(room, "anna", "Start")
    assert "Dobre praktyki" in done.text, "a notice in her language"
    assert (await stored(room))[0].status == "open"
    stale = await clicks(room, "anna", "Start")
    assert stale.text and (await stored(room))[0].at == 0


async def test_a_button_of_somebody_elses_help(room: Session) -> None:
    """Help hangs in the conversation: whoever presses is asked who they are, not whose help it was."""
    await room.opens()
    await says(room, "anna", "@Kolbot help")
    assert (await clicks(room, "james", "Start")).text == (
        "Only a facilitator can do this. Facilitators here: Anna Kowalska."
    )
    assert (await clicks(room, "james", "Cancel")).text == (
        "Only a facilitator can do this. Facilitators here: Anna Kowalska."
    )
    assert (await stored(room))[0].status == "lobby"


async def test_ending_by_a_button_of_help_asks_first(room: Session) -> None:
    await room.opens()
    await says(room, "anna", "@Kolbot help")
    asked = await clicks(room, "anna", "Cancel")
    assert label("Cancel the workshop?", "pl") in asked.texts()
    assert (await stored(room))[0].status == "lobby"
    done = await clicks(room, "anna", label("Yes, cancel it", "pl"))
    assert done.text == label("The workshop is cancelled.", "pl")
    assert (await stored(room))[0].status == "cancelled"


async def test_facilitate_typed_gives_a_button_for_those_who_may(room: Session) -> None:
    await room.opens()
    words = await says(room, "anna", "@Kolbot facilitate")
    assert words == ["A taste of the Kolb cycle", "The console of those who lead this workshop.", "Facilitate"]
    assert (await console(room)).buttons()
    assert (await clicks(room, "james", "Facilitate")).text.startswith("Only a facilitator can do this.")


async def test_typed_answer_never_shows_an_answer_to_all(room: Session) -> None:
    """What one wrote stays in one's own dialog, whatever one types into the channel."""
    await room.opens()
    await room.joins("james", institution="The secret service")
    await leads(room, label("Start", "pl"))
    dialog = (await clicks(room, "james", "Answer")).dialog
    assert dialog is not None
    await dialog.fills({K1: "Something private"}).presses("Send")
    for command in (
        "answer",
        "join",
        "language",
        "summary",
        "facilitate",
        "help",
        "board",
        "stage",
        "moderate",
        "pick",
    ):
        await says(room, "james", f"@Kolbot {command}")
        room.clock.passes(seconds=10)
    words = room.words("liga")
    assert "Something private" not in words
    assert "The secret service" not in words
    for seen in room.person("liga").cards(root=room.root):
        assert not seen.fields(), f"a card that everybody sees has a field: {seen.texts()}"


async def test_in_a_post_beside_the_workshop_s(room: Session) -> None:
    await room.opens(title="Riga")
    here, room.root = room.root, None
    told = "The workshop “Riga” runs in another post of this channel. Please go there."
    for typed in ("status", "start", "next"):
        assert await says(room, "james", f"@Kolbot {typed}") == [told]
    assert told in " ".join(await says(room, "james", "@Kolbot help"))
    assert (await says(room, "james", "@Kolbot start", "General"))[0].startswith("There is no workshop here.")
    room.root = here
    assert told not in await says(room, "james", "@Kolbot start")
