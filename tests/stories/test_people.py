"""Who leads: named by mention and from the picker, removed again, and every refusal in words, in several languages."""

from __future__ import annotations

from typing import Any

import pytest

from locales import words
from tests.chat import Session, label
from tests.stories.acts import clicks, console, refusal, said, says, starting, stored


def told(code: str, english: str, **facts: Any) -> list[str]:
    return [words(code)(english, **facts)]


async def holders(room: Session, role: str) -> list[str]:
    return [person.name for person in (await stored(room))[0].people.values() if getattr(person, role)]


async def test_by_mention_and_removed_again_in_five_languages(room: Session) -> None:
    """Whoever types, and in whatever language; the conversation is answered in the workshop's."""
    await room.opens()
    for language, (name, remove) in {
        "en": ("facilitator", "remove facilitator"),
        "pl": ("facylitator", "usuń facylitatora"),
        "bg": ("фасилитатор", "махни фасилитатор"),
        "lv": ("vadītājs", "noņemt vadītāju"),
        "hu": ("facilitátor", "nem facilitátor"),
    }.items():
        assert await says(room, "anna", f"@Kolbot {name} @James Carter @Līga Ozola") == [
            "Facilitating from now on: James Carter, Līga Ozola."
        ], language
        assert await says(room, "james", f"@Kolbot {name} @Līga Ozola") == ["Facilitating already: Līga Ozola."]
        assert await says(room, "liga", f"@Kolbot {remove} @James Carter") == [
            "Not facilitating any more: James Carter."
        ], language
        assert await says(room, "james", "@Kolbot next") == [
            "Only a facilitator can do this. Facilitators here: Anna Kowalska, Līga Ozola."
        ]
        assert await says(room, "anna", f"@Kolbot {remove} @Līga Ozola @James Carter") == [
            "Not facilitating any more: Līga Ozola. "
            "Does not facilitate, so nothing was changed: James Carter."
        ]
    for role in ("moderator", "reserve"):
        await says(room, "anna", f"@Kolbot {role} @James Carter")
        assert await holders(room, role) == ["James Carter"]
        await says(room, "anna", f"@Kolbot remove {role} @James Carter")
        assert await holders(room, role) == []
    assert await holders(room, "facilitator") == ["Anna Kowalska"]


@pytest.mark.no_cover
async def test_what_is_refused(room: Session) -> None:
    """In a workshop in Polish, in a sentence each; nothing is changed."""
    await room.opens(language="pl")
    before = (await stored(room))[0]
    last = told(
        "pl", "At least one facilitator has to stay. Name another one first: @Kolbot {word} @Anna", word="facylitator"
    )
    for typed in ("usuń facylitatora @Anna Kowalska", "remove facilitator @Anna Kowalska @James Carter"):
        assert await says(room, "anna", f"@Kolbot {typed}") == last, typed
    itself = told("pl", "Kolbot itself takes no role. Please mention a person.")
    assert await says(room, "anna", "@Kolbot moderator") == told(
        "pl", "Please mention the person too, for example: @Kolbot {word} @Anna", word="moderator"
    )
    one = room.room.sent[-1].activity
    mention = next(entity for entity in one["entities"] if entity["type"] == "mention")
    assert await says(room, "anna", "@Kolbot moderator @Kolbot") == itself
    for id, english in (("29:1nobody", "Not in this conversation: {who}. Add them to it first. Nobody was named."),):
        other = {"type": "mention", "text": "<at>Max Gone</at>", "mentioned": {"id": id, "name": "Max Gone"}}
        text = "<at>Kolbot</at> moderator <at>Max Gone</at>"
        strange = {**one, "id": "1700000000012", "text": text, "entities": [mention, other]}
        assert await answered(room, strange) == told("pl", english, who="Max Gone")
    only = told("pl", "Only a facilitator can do this. Facilitators here: {who}.", who="Anna Kowalska")
    assert await says(room, "james", "@Kolbot reserve @James Carter") == only
    room.room.faults.add("members", "refuse", status=400)
    assert await says(room, "anna", "@Kolbot moderator @James Carter") == told(
        "pl",
        "Teams does not tell just now who this is: {who}. Nothing was changed; try again in a moment.",
        who="James Carter",
    )
    assert (await stored(room))[0] == before


async def answered(room: Session, activity: dict[str, Any]) -> list[str]:
    """What the bot says to this activity."""
    assert (await room.room.redeliver(activity)).taken
    return room.person("anna").messages(root=room.root)[-1].texts()


@pytest.mark.no_cover
async def test_from_the_picker_and_removed_while_their_console_is_open(room: Session) -> None:
    """Teams' own search finds those who have not joined; James sees his dialogs in English, Anna hers in Polish."""
    await room.opens()
    await room.joins("james")
    form = (await starting(await console(room), label("People and roles …", "pl"))).dialog
    assert form is not None and form.title == label("People and roles", "pl")
    offered = [title for title, _ in next(field for field in form.inputs() if field.id == "person").choices]
    assert offered.count("James Carter") == 1 and "Nagy Zsófia" in offered, "who has joined, and who is there"
    form.fills(person=["James Carter", "Nagy Zsófia"], role="facilitator")
    named = await form.presses(label("Name them", "pl"))
    assert said(named) == "Od teraz w gronie osób prowadzących: James Carter, Nagy Zsófia."
    assert set(await holders(room, "facilitator")) == {"Anna Kowalska", "James Carter", "Nagy Zsófia"}
    await room.settles()
    open_still = await console(room, "james")
    assert named.dialog is not None
    removed = await named.dialog.presses(label("Remove", "pl"), which=1)
    assert said(removed) == "Już poza gronem osób prowadzących: James Carter."
    press = await starting(open_still, "Start")
    assert press.text.startswith("Only a facilitator can do this. Facilitators here: Anna Kowalska")
    assert removed.dialog is not None
    gone = await removed.dialog.presses(label("Remove", "pl"), which=1)
    assert gone.dialog is not None
    assert refusal(await gone.dialog.presses(label("Remove", "pl"))) == told(
        "pl", "At least one facilitator has to stay. Name another one first: @Kolbot {word} @Anna", word="facylitator"
    )[0]
    assert await says(room, "james", "@Kolbot roles") == [
        (await stored(room))[0].title,
        "Who facilitates, moderates and may take over: see it, name people, take it back.",
        "People and roles",
    ]
    assert (await clicks(room, "james", "People and roles")).text.startswith("Only a facilitator can do this.")
