"""Kolbot comes to a team or chat, and goes: it says what to type, once, and writes to nobody afterwards."""

from __future__ import annotations

from typing import Any

from tests.chat import Session, label
from tests.stories.acts import leads, says


def welcomes(room: Session, place: str = "Peer learning") -> list[list[str]]:
    """The words of every welcome in a conversation."""
    title = [label("Kolbot leads peer-learning workshops", language) for language in ("en", "pl")]
    return [seen.texts() for seen in room.person("anna", place).cards() if seen.texts()[0] in title]


def installed(room: Session) -> dict[str, Any]:
    """The activity that came when Kolbot was added to the team."""
    return next(sent.activity for sent in room.room.sent if sent.activity["type"] == "installationUpdate")


async def test_it_says_what_to_type(room: Session) -> None:
    (words,) = welcomes(room)
    assert any("@Kolbot" in text for text in words)
    buttons = room.person("anna").cards()[0].buttons()
    assert buttons == [label("Open a workshop", "pl"), label("What can I do?", "pl")]


async def test_installed_twice_is_welcomed_once(room: Session) -> None:
    await room.room.redeliver(installed(room))
    assert len(welcomes(room)) == 1


async def test_upgraded_says_nothing_again(room: Session) -> None:
    await room.room.redeliver({**installed(room), "id": "f:upgrade", "action": "add-upgrade"})
    assert len(welcomes(room)) == 1


async def test_the_welcome_has_a_button_that_opens_a_workshop(room: Session) -> None:
    card = room.person("james").cards()[0]
    answer = await room.person("james").clicks(card, label("Open a workshop", "pl"))
    assert answer.dialog is not None
    assert answer.dialog.title == "A new workshop", "in the language of whoever pressed"


async def test_help_from_the_welcome(room: Session) -> None:
    card = room.person("james").cards()[0]
    answer = await room.person("james").clicks(card, label("What can I do?", "pl"))
    assert "What you can do here" in answer.texts()
    assert welcomes(room), "the others still see the welcome"


async def test_removed_and_added_again_goes_on(room: Session) -> None:
    """A workshop in a thread of a channel is still there when the app comes back."""
    await room.opens()
    await room.joins("james")
    await room.room.redeliver({**installed(room), "id": "f:removed", "action": "remove"})
    await room.room.redeliver({**installed(room), "id": "f:again"})
    assert len(welcomes(room)) == 2
    await leads(room, label("Start", "pl"))
    assert "Good practices" in room.words()


async def test_people_come_and_go_without_a_word(room: Session) -> None:
    before = len(room.room.world.messages)
    await room.room.add_people([("Somebody New", "en")])
    base = installed(room)
    for number, kind in enumerate(("conversationUpdate", "messageReaction", "typing", "event", "somethingNew")):
        delivery = await room.room.redeliver({**base, "type": kind, "id": f"f:{number}"})
        assert delivery.taken, kind
    assert len(room.room.world.messages) == before


async def test_in_a_personal_chat_words_need_no_mention(room: Session) -> None:
    assert (await says(room, "james", "help", "personal"))[0] == "What you can do here"
    assert (await says(room, "anna", "pomoc", "personal"))[0] == label("What you can do here", "pl")
