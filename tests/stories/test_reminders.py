"""Reminders: privately to each who has not answered, in their language; mentioned only who cannot be reached so."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rehearsal.server import make_room
from tests.chat import Clock, Session, bot, label
from tests.stories.acts import clicks, console, element, gives, leads, says, sends, stored

REMINDER = "A reminder: “{step}” is open"
ONLY_YOU = "You have not answered yet. Only you see this message."


def private(room: Session, name: str) -> list[list[str]]:
    """What Kolbot wrote to somebody in their own chat."""
    return [seen.texts() for seen in room.person(name).cards("personal")]


def mentions(room: Session) -> list[list[str]]:
    """Whom the reminders in the thread mention."""
    found = []
    for seen in room.person("anna").cards(root=room.root):
        entities = (seen.card or {}).get("msteams", {}).get("entities")
        if entities is not None:
            found.append([one["mentioned"]["name"] for one in entities])
    return found


async def started(room: Session, *people: str, language: str = "en") -> None:
    """At a step without anonymous questions."""
    await room.opens(language=language)
    await room.joins(*people)
    await leads(room, label("Start", "pl"))
    await says(room, "anna", "@Kolbot next")
    await room.settles()


async def test_each_who_has_not_answered_is_reminded_privately_in_their_language(room: Session) -> None:
    await started(room, "james", "liga", "ivan", "outsider")
    await gives(room, "james", A2="Open days")
    before = len(room.person("anna").cards(root=room.root))
    goes = "A private reminder goes to 3 people. Whom Teams does not reach is mentioned in the conversation."
    assert await says(room, "anna", "@Kolbot nudge") == [goes]
    await room.settles()
    assert private(room, "james") == [], "he has answered"
    for name, language in (("liga", "lv"), ("ivan", "bg")):
        (words,) = private(room, name)
        assert label(ONLY_YOU, language) in words, words
    assert mentions(room) == [["Pieter de Vries"]] and len(room.person("anna").cards(root=room.root)) == before + 1
    told = element(await console(room), "reminded")
    missed = "W ten sposób nie udało się dotrzeć do 1 osoby; jest o niej wzmianka w rozmowie."
    assert told == f"Przypomniano prywatnie 2 osobom. {missed}"
    # From the private chat straight to the form.
    card = room.person("liga").cards("personal")[-1]
    form = (await room.person("liga", "personal").clicks(card, label("Answer", "lv"))).dialog
    assert form is not None
    await sends(form, A2="Viena pietura")
    # Twice within five minutes it is refused, and says when; then it goes to those who are still missing.
    room.clock.passes(minutes=1)
    (refused,) = await says(room, "anna", "@Kolbot nudge")
    assert refused.startswith("A reminder has just gone out. The next one can go out in ")
    await says(room, "anna", "@Kolbot extend 10")
    room.clock.passes(minutes=5)
    assert (await says(room, "anna", "@Kolbot nudge"))[0].startswith("A private reminder goes to 2 people.")
    await room.settles()
    assert (len(private(room, "liga")), len(private(room, "ivan"))) == (1, 2)
    assert mentions(room) == [["Pieter de Vries"]], "the older mention is over"
    await gives(room, "ivan", A2="Desk")
    await gives(room, "outsider", A2="Bus")
    room.clock.passes(minutes=5)
    await says(room, "anna", "@Kolbot extend 10")
    assert await says(room, "anna", "@Kolbot nudge") == ["Everybody has answered already: there is nobody to remind."]


async def test_where_there_is_no_chat_only_they_see_it_where_all_are(room: Session) -> None:
    await started(room, "liga")
    room.room.faults.add("create", "refuse", status=403)
    await says(room, "anna", "@Kolbot nudge")
    await room.settles()
    assert private(room, "liga") == [] and mentions(room) == []
    own = [seen for seen in room.person("liga").cards(root=room.root) if label(ONLY_YOU, "lv") in seen.texts()]
    own += [seen for seen in room.person("liga").cards() if label(ONLY_YOU, "lv") in seen.texts()]
    assert own and label(ONLY_YOU, "lv") not in room.words("james")
    workshop, _ = await stored(room)
    assert (workshop.nudges[0].reached, workshop.nudges[0].unreached) == (1, ())


async def test_what_an_instance_that_died_had_begun_is_not_sent_again(room: Session) -> None:
    await started(room, "liga", "ivan")
    await clicks(room, "anna", "Facilitate")
    await says(room, "anna", "@Kolbot nudge")
    workshop, _ = await stored(room)
    begun = next(person.id for person in workshop.joined if person.name == room.person("liga").name)
    await room.bot.reminders.kept.begin(workshop.id, 0, [begun])
    for _ in range(2):
        await room.bot.reminders.tick()
        await room.bot.reminders.settle()
        room.clock.passes(seconds=6)
    assert private(room, "liga") == [] and len(private(room, "ivan")) == 1
    after = (await stored(room))[0].nudges[0]
    assert (after.reached, after.unreached) == (2, ()), "it may have come"
    assert not await room.bot.reminders.kept.due()


async def test_once_the_step_is_over_nobody_is_reminded_of_it(room: Session) -> None:
    await started(room, "liga", "ivan")
    await says(room, "anna", "@Kolbot nudge")
    await says(room, "anna", "@Kolbot close")
    await room.settles()
    assert private(room, "liga") == private(room, "ivan") == []
    assert (await stored(room))[0].nudges[0].reached == 0


async def test_of_an_anonymous_step_nobody_is_reminded_as_if_they_were_known(room: Session) -> None:
    await room.opens()
    await room.joins("liga", "ivan", "james")
    await leads(room, label("Start", "pl"))
    await gives(room, "liga", K1="Desk")
    assert await says(room, "anna", "@Kolbot nudge") == ["A reminder is posted in the conversation."]
    await room.settles()
    assert not any(private(room, name) for name in ("liga", "ivan", "james")) and mentions(room) == []
    card = room.newest("anna", "A reminder: ")
    assert "1 person has answered so far. 3 are in the workshop." in card.texts()
    assert not any(room.person(name).name in text for name in ("liga", "ivan", "james") for text in card.texts())
    assert element(await console(room), "reminded") == ""


async def test_two_instances_write_to_each_once(tmp_path: Path) -> None:
    clock = Clock()
    async with make_room(strict=False) as teams, bot(teams, tmp_path, clock) as one, bot(teams, tmp_path, clock) as two:
        room = Session(teams, one, clock)
        await started(room, "liga", "ivan", "james")
        await says(room, "anna", "@Kolbot nudge")
        for _ in range(3):
            await asyncio.gather(one.reminders.tick(), two.reminders.tick())
            await asyncio.gather(one.reminders.settle(), two.reminders.settle())
            clock.passes(seconds=6)
        assert [len(private(room, name)) for name in ("liga", "ivan", "james")] == [1, 1, 1]
        assert (await stored(room))[0].nudges[0].reached == 3
