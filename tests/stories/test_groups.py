"""Forming groups in a channel: who is where is posted, edited when somebody moves, and said in every form."""

from __future__ import annotations

from rehearsal.reading import Value
from tests.chat import Session, label
from tests.stories.acts import clicks, console, form_of, leads, refusal, said, says, stored

GROUPS = label("Groups …", "pl")


async def forms(room: Session, **given: Value) -> str:
    dialog = (await (await console(room)).presses(GROUPS)).dialog
    assert dialog is not None
    there = [label("Form the groups", "pl"), label("Form the groups anew", "pl")]
    button = next(title for title in dialog.buttons() if title in there)
    answer = await dialog.fills(given).presses(button)
    await room.settles()
    return said(answer)


def card(room: Session, name: str) -> list[str]:
    """The words of the card that says who is where."""
    cards = [seen.texts() for seen in room.person(name).cards(root=room.root)]
    return [words for words in cards if words[0] == "Groups"][-1]


async def test_groups_mixed_by_country_are_posted_and_follow_moves_and_latecomers(room: Session) -> None:
    await room.opens()
    for who, country in (("james", "UK"), ("liga", "LV"), ("ivan", "BG")):
        await room.joins(who, country=country)
    await room.joins("guest", country="UK")
    assert (await forms(room, way="count", number="2")).startswith("Utworzono 2 grupy")
    groups = (await stored(room))[0].groups
    people = (await stored(room))[0].people
    of_one_country = [sum(people[id].country == "UK" for id in group.members) for group in groups]
    assert of_one_country == [1, 1], "the two of one country are not in one group"
    words = card(room, "ivan")
    assert words[1:3] == [(await stored(room))[0].title, "Who works with whom:"]
    assert sum("2 people" in line for line in words) == 2
    await leads(room, label("Start", "pl"))
    form = await form_of(room, "james")
    assert any(line.startswith("Group ") for line in form.texts())
    await room.joins("anna")
    assert sum("3 people" in line for line in card(room, "ivan")) == 1, "the latecomer has a place at once"


async def test_who_may_not_and_what_cannot_be(room: Session) -> None:
    await room.opens()
    await room.joins("james", "liga")
    assert await says(room, "james", "@Kolbot groups") == [
        "Only a facilitator can do this. Facilitators here: Anna Kowalska."
    ]
    await says(room, "anna", "@Kolbot grupy")
    dialog = (await clicks(room, "anna", "Groups")).dialog
    assert dialog is not None
    answer = await dialog.fills({"way": "count", "number": "3"}).presses(label("Form the groups", "pl"))
    assert refusal(answer).startswith("Dołączyły 2 osoby")
    assert answer.dialog is not None
    assert {field.id: field.value for field in answer.dialog.inputs()}["number"] == "3", "what was typed is still there"
