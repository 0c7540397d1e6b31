"""Kolbot, channels and people come and go in the middle of a workshop: nothing is lost, and it goes on."""

from __future__ import annotations

import pytest

from rehearsal.happenings import Happenings
from rehearsal.people import GENERAL, MEETING, PEER_LEARNING
from tests.chat import Session, label
from tests.stories.acts import element, form_of, gives, leads, says, sends, stored
from workshop.model import Status

START = label("Start", "pl")
NEXT = label("Next: {step}", "pl").partition("{")[0]
CLOSE = label("Close the step", "pl")
BELOW = "This card goes on further down in this conversation."
BOARD_BELOW = "The board goes on further down in this conversation."


async def begun(room: Session) -> Happenings:
    """James and Līga are in; the first step is open, and James has answered."""
    await room.opens()
    await room.joins("james", "liga")
    await leads(room, START)
    await gives(room, "james", K1="Open days")
    return Happenings(room.room)


async def kept(room: Session) -> set[str]:
    """What people said at the first step, as it is stored."""
    _, given = await stored(room)
    return {words for answer in given for words in answer.value["practice"]}  # type: ignore[union-attr]


def bots(room: Session) -> int:
    """How many messages Kolbot has in the workshop's thread."""
    return len([seen for seen in room.person("anna").messages(root=room.root) if seen.by_bot])


async def waits(room: Session, seconds: int = 40) -> None:
    """As long as the publisher leaves alone what it could not reach."""
    for _ in range(seconds // 10):
        await room.settles()


@pytest.mark.parametrize("added", [PEER_LEARNING.id, GENERAL.id])
async def test_removed_from_the_team_and_added_back(room: Session, added: str) -> None:
    """It may be added back by way of another channel than the one in which the workshop is held."""
    happens = await begun(room)
    await happens.removes_bot(PEER_LEARNING.id, team=True)
    told, refused = bots(room), room.room.link.statuses.copy()
    room.clock.passes(minutes=5)
    await room.bot.clockwork.tick()  # the step's time is over meanwhile: its clock goes on
    await waits(room)
    assert bots(room) == told, "posting stops"
    assert (await stored(room))[0].status is Status.CLOSED
    assert room.room.link.statuses == refused
    await happens.adds_bot(added)
    await waits(room)
    words = room.words()
    assert words.count(BELOW) == 1 and words.count(BOARD_BELOW) == 1, "the old cards say where it goes on"
    assert "This step is closed. The facilitator opens the next one." in words
    assert await kept(room) == {"Open days"}, "nothing is lost"
    assert room.person("anna").cards(root=room.root)[-1].texts()[0].startswith("The board")
    await leads(room, NEXT)
    assert "What is worth trying" in room.words()
    assert await room.bot.publisher._posts.behind() == []


async def test_nobody_told_that_it_was_removed(room: Session) -> None:
    """Kolbot finds out when it posts, and goes on when it hears something from there again."""
    happens = await begun(room)
    told = bots(room)
    happens.deletes(PEER_LEARNING.id)
    await leads(room, CLOSE)
    await waits(room)
    assert bots(room) == told
    room.room.world.without_bot.clear()
    await says(room, "james", "@Kolbot help")
    await waits(room)
    assert "This step is closed. The facilitator opens the next one." in room.words()


async def test_a_channel_is_renamed_deleted_and_restored(room: Session) -> None:
    happens = await begun(room)
    told = bots(room)
    for event, name in (("channelRenamed", "Workshops"), ("teamRenamed", "SYNERGIA 2")):
        assert (await happens.changes(PEER_LEARNING.id, event, name)).taken  # type: ignore[arg-type]
    assert bots(room) == told, "not a word about names"
    await gives(room, "liga", K1="Atvērto durvju dienas")
    address = await room.bot.publisher._addresses.address((await stored(room))[0].home)
    assert address is not None and address.name == "Workshops"  # type: ignore[attr-defined]
    await happens.changes(PEER_LEARNING.id, "channelDeleted")
    await waits(room)
    told = bots(room)
    await waits(room)
    assert bots(room) == told
    await happens.changes(PEER_LEARNING.id, "channelRestored")
    await waits(room)
    assert BELOW in room.words()
    assert await kept(room) == {"Open days", "Atvērto durvju dienas"}


async def test_teams_is_reached_elsewhere(room: Session) -> None:
    """The Connector moves; all of the tenant's conversations are reached there as soon as one of them has said so."""
    happens = await begun(room)
    await says(room, "james", "help", "personal")
    happens.moves()
    await leads(room, CLOSE)  # the first activity from there
    await waits(room)
    assert "This step is closed. The facilitator opens the next one." in room.words()
    known = room.bot.publisher._addresses
    home = await known.address((await stored(room))[0].home)
    private = await known.address(room.room.world.chat_with(room.room.world.member("james")).id)
    assert home is not None and private is not None
    assert home.service_url == private.service_url == room.room.activities.service_url


async def test_people_come_late_leave_and_come_back(room: Session) -> None:
    happens = await begun(room)
    told = bots(room)
    await happens.leaves("ivan")
    await happens.returns("ivan")  # late: he was not there when the workshop began
    await room.joins("ivan")
    await gives(room, "ivan", K1="Едно гише")
    await happens.leaves("james")
    assert bots(room) == told, "not a word about who comes and goes"
    await leads(room, CLOSE)
    assert await kept(room) == {"Open days", "Едно гише"}, "what somebody said stays when they leave"
    assert "3 people" in " ".join(room.board())
    await happens.returns("james")
    await leads(room, label("Reopen the step", "pl"))
    form = await form_of(room, "james")
    assert form.values()["a.K1.practice"] == "Open days", "their answer waits for them"
    await gives(room, "james", K1="Open evenings")
    assert [person.joined for person in (await stored(room))[0].people.values() if "James" in person.name] == [True]


async def test_a_guest_and_somebody_of_another_tenant_take_part(room: Session) -> None:
    await begun(room)
    await room.joins("guest", "outsider")
    for who, words in (("guest", "Goście też piszą"), ("outsider", "Van buiten")):
        await gives(room, who, K1=words)
    w = (await stored(room))[0]
    assert len({person.partition(":")[0] for person in w.people}) == 2, "people are told apart by their own tenants"
    await leads(room, CLOSE)
    assert {"• Van buiten", "• Goście też piszą"} <= set(room.board())


async def test_in_the_chat_of_a_meeting(room: Session) -> None:
    """A group chat that says which meeting it is of; when the meeting begins and ends, nothing is said."""
    place = MEETING.name
    await says(room, "anna", "@Kolbot new", place)
    opened = await room.clicks("anna", label("Open a workshop", "pl"), place)
    await room.presses(opened.dialog, label("Open the workshop", "pl"), plan="kolb-taster-15", language="en")
    buttons = [button for seen in room.person("james", place).cards() for button in seen.buttons()]
    join = next(button for button in buttons if button.startswith("Join · "))
    joining = await room.clicks("james", join, place)
    await room.presses(joining.dialog, "Join")
    console = (await room.clicks("anna", "Facilitate", place)).dialog
    await room.presses(console, START)
    said = next(sent.activity for sent in room.room.sent if "meeting" in sent.activity["channelData"])
    for name in ("meetingStart", "meetingEnd"):
        event = {**said, "type": "event", "name": f"application/vnd.microsoft.{name}", "id": f"f:{name}", "value": {}}
        assert (await room.room.redeliver(event)).taken
    form = (await room.clicks("james", "Answer", place)).dialog
    assert form is not None
    assert element((await sends(form, K1="Said in the meeting")).dialog, "receipt")
    held = await room.bot.reader.newest_in(room.room.world.tenant, MEETING.id)
    assert held is not None and held.home == MEETING.id
