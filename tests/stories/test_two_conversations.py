"""Two workshops at once, in two threads and in the group chat: neither knows of the other."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from tests.chat import Session, label
from tests.stories.acts import K1, gives, leads, practices, says, stored
from tests.stories.script import shows
from workshop.model import Workshop

GROUP = "Workshop team"
CLOSE = label("Close the step", "pl")
OPENED = "The workshop is open. Its card is in the conversation: people join there, and Facilitate takes you on."
REFUSED = "Another workshop is still going on in this conversation. Finish or cancel it first."
NAMED = "“{title}” is still going on in this conversation. Finish or cancel it first."
"""The same, where the other one was there already when the form was read."""


async def in_the_group_chat(room: Session, title: str) -> None:
    """James opens one where the team chats."""
    await room.person("james", GROUP).says("@Kolbot new")
    answer = await room.clicks("james", "Open a workshop", GROUP)
    await room.presses(answer.dialog, "Open the workshop", plan="kolb-taster-15", language="en", title=title)


async def of_the_group_chat(room: Session) -> Workshop:
    found = await room.bot.reader.newest_in(room.room.world.tenant, room.room.world.conversation(GROUP).id)
    assert found is not None
    return found


def words(room: Session, place: str = GROUP) -> str:
    return "\n".join(text for seen in room.person("anna", place).messages() for text in seen.texts())


async def test_two_threads_of_one_channel(room: Session) -> None:
    roots = []
    for title in ("North", "South"):
        await room.opens(title=title)
        await room.joins("james", "liga", "ivan")
        await leads(room, label("Start", "pl"))
        roots.append(room.root)
    for root, said in zip(roots, ("Snow", "Sun"), strict=True):
        room.root = root
        for who in ("james", "liga", "ivan"):
            await gives(room, who, K1=f"{said} of {who}")
    room.root = roots[0]
    await leads(room, CLOSE)
    north = room.words()
    room.root = roots[1]
    south = room.words()
    assert "• Snow of james" in north and "Sun" not in north and "South" not in north
    assert "Snow" not in south and "North" not in south
    assert (await stored(room))[0].status == "open", "the other one goes on"
    await leads(room, CLOSE)
    assert "• Sun of liga" in room.words()


async def test_the_group_chat_and_a_thread(room: Session) -> None:
    await room.opens(title="In the channel")
    await in_the_group_chat(room, "In the chat")
    assert "In the chat" in words(room) and "In the channel" not in words(room)
    assert "In the chat" not in room.words()
    assert await says(room, "james", "@Kolbot start", GROUP) != []
    await room.settles()
    assert (await of_the_group_chat(room)).status == "open"
    assert (await stored(room))[0].status == "lobby"
    assert await says(room, "james", "@Kolbot start") == [
        "Only a facilitator can do this. Facilitators here: Anna Kowalska."
    ]
    assert "Only a facilitator can do this. Facilitators here: James Carter." in await says(
        room, "anna", "@Kolbot next", GROUP
    )


async def test_one_at_a_time_in_one_conversation(room: Session) -> None:
    await in_the_group_chat(room, "The first")
    assert await says(room, "liga", "@Kolbot new", GROUP) == [
        "“The first” is still going on in this conversation. Finish or cancel it first."
    ]
    await says(room, "james", "@Kolbot cancel", GROUP)
    await room.clicks("james", "Yes, cancel it", GROUP)
    await in_the_group_chat(room, "The second")
    assert (await of_the_group_chat(room)).title == "The second"
    assert "The workshop was cancelled." in words(room), "the first one's card stays as it ended"


async def test_two_people_open_at_the_same_moment(room: Session) -> None:
    """The rules let one through, whoever it is; each is told in their own language."""
    opening = []
    for who, language in (("james", "en"), ("liga", "lv")):
        await room.person(who, GROUP).says("@Kolbot new")
        card = room.person(who, GROUP).find("Open a workshop")
        assert card is not None
        dialog = (await room.person(who, GROUP).clicks(card, "Open a workshop")).dialog
        assert dialog is not None
        opening.append(dialog.fills(title=f"Of {who}").presses(label("Open the workshop", language)))
    told = [" ".join(answer.texts()) for answer in await asyncio.gather(*opening)]
    assert sorted(opened_or_refused(*told)) == ["opened", "refused"], "\n".join(told)


def opened_or_refused(to_james: str, to_liga: str) -> Iterator[str]:
    """What each was told; by the rules, or before them by whoever reads the form, who names the other's workshop."""
    for told, language, other in ((to_james, "en", "Of liga"), (to_liga, "lv", "Of james")):
        if label(OPENED, language) in told:
            yield "opened"
        if label(REFUSED, language) in told or label(NAMED, language).format(title=other) in told:
            yield "refused"


async def test_one_persons_answers_in_two_workshops(room: Session) -> None:
    """The same person, the same prompt, two workshops: two answers, and each form has its own."""
    roots = []
    for title in ("One", "Two"):
        await room.opens(title=title)
        await room.joins("james")
        await leads(room, label("Start", "pl"))
        await gives(room, "james", K1=f"Practice {title}")
        roots.append(room.root)
    for root, title in zip(roots, ("One", "Two"), strict=True):
        room.root = root
        assert await practices(room) == [[f"Practice {title}"]]


async def test_a_crowd_in_both(room: Session) -> None:
    """Twenty people answer in two workshops at the same moment; nothing is lost, nothing lands in the other."""
    people = await room.room.add_people([(f"Person {number}", "en") for number in range(10)])
    roots = []
    for title in ("One", "Two"):
        await room.opens(title=title)
        await room.joins(*people)
        await leads(room, label("Start", "pl"))
        await says(room, "anna", "@Kolbot extend 60")
        roots.append(room.root)
    doing = []
    for root, title in zip(roots, ("One", "Two"), strict=True):
        room.root = root
        doing += [_answers(room, root, who, f"{title} by {who}") for who in people]
    await asyncio.gather(*doing)
    for root, title in zip(roots, ("One", "Two"), strict=True):
        room.root = root
        assert sorted(await practices(room)) == sorted([f"{title} by {who}"] for who in people)
        await leads(room, CLOSE)
        assert shows(room.words().split("\n"), f"{title} by {people[0]}")


async def _answers(room: Session, root: str | None, who: str, text: str) -> None:
    person = room.person(who)
    card = person.find("Answer", root=root)
    assert card is not None
    dialog = (await person.clicks(card, "Answer")).dialog
    assert dialog is not None
    answer = await dialog.fills({K1: text}).presses("Send")
    assert "✓ Your answer is recorded. This is what is stored:" in answer.texts()
