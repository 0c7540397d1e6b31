"""The answer to a card's posting was lost: two hang there, and the wrong one says so once it is pressed."""

from __future__ import annotations

from tests.chat import Session, label
from tests.stories.acts import clicks, stored


async def test_whoever_presses_the_lost_card_is_served_and_it_then_points_on(room: Session) -> None:
    room.root = (await room.person("anna").says("@Kolbot new")).id
    answer = await clicks(room, "anna", label("Open a workshop", room.person("anna").language))
    room.room.faults.add("send", "lose")
    await room.presses(answer.dialog, label("Open the workshop", "pl"), plan="kolb-taster-15", language="en")
    lost, found = [
        seen for seen in room.person("anna").cards(root=room.root) if room.join_label() in seen.buttons()
    ]
    assert "This card takes the place of one further up." in found.texts()
    assert "This card takes the place of one further up." not in lost.texts()

    dialog = (await room.person("james").clicks(lost, room.join_label())).dialog
    await room.presses(dialog, "Join")
    assert len((await stored(room))[0].joined) == 1
    words = {seen.id: seen.texts() for seen in room.person("anna").cards(root=room.root)}
    assert words[lost.id][1:] == ["↓ This card goes on further down in this conversation."]
    assert "1 person is in" in words[found.id]


async def test_pressing_the_card_that_counts_changes_nothing(room: Session) -> None:
    await room.opens(language="en")
    await room.joins("james", "liga")
    assert "2 people are in" in room.words()
    assert "goes on further down" not in room.words()
