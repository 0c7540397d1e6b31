"""Every activity of a small session arrives twice: one effect, one answer, and the person sees nothing of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chat import Session, called, label
from tests.stories.acts import board, clicks, console, form_of, practices, sends, starting, stored
from tests.stories.script import shows


async def twice(room: Session, doing: Any) -> Any:
    """Do something, then let Teams deliver every activity of it once more; nothing may change the second time."""
    before = len(room.room.sent)
    answer = await doing
    first = list(room.room.sent)[before:]
    assert first
    revision, messages = await _revision(room), len(room.room.world.messages)
    for sent in first:
        again = await room.room.redeliver(sent.activity)
        assert again.status == sent.delivery.status, sent.activity["type"]
        if sent.activity.get("name") == "task/submit":
            _alike(again.body, sent.delivery.body)
    assert await _revision(room) == revision, "no second effect"
    assert len(room.room.world.messages) == messages, "no second answer"
    await room.settles()
    return answer


async def _revision(room: Session) -> int:
    if room.root is None:
        return -1
    home = f"{room.room.world.conversation('Peer learning').id};messageid={room.root}"
    found = await room.bot.reader.newest_in(room.room.world.tenant, home)
    return found.revision if found else -1


def _alike(again: Any, first: Any) -> None:
    """The same kind of answer: a receipt stays a receipt, a dialog a dialog."""
    assert again["task"]["type"] == first["task"]["type"]
    if first["task"]["type"] == "continue":
        assert again["task"]["value"]["title"] == first["task"]["value"]["title"]


async def test_a_small_session(room: Session) -> None:
    said = await twice(room, room.person("anna").says("@Kolbot new"))
    room.root = said.id
    opener = await twice(room, clicks(room, "anna", label("Open a workshop", "pl")))
    await twice(
        room, opener.dialog.fills(plan="kolb-taster-15", language="en").presses(label("Open the workshop", "pl"))
    )
    for who in ("james", "liga", "ivan"):
        joining = await twice(room, clicks(room, who, room.join_label()))
        await twice(room, joining.dialog.presses(called(joining.dialog, "Join")))
    assert len((await stored(room))[0].joined) == 3

    await twice(room, room.person("anna").says("@Kolbot start", root=room.root))
    assert (await stored(room))[0].at == 0
    for who in ("james", "liga", "ivan"):
        form = await form_of(room, who)
        receipt = await twice(room, sends(form, K1=f"Practice of {who}"))
        assert f"• Practice of {who}" in receipt.texts()
    assert len((await stored(room))[1]) == 3

    await twice(room, room.person("anna").says("@Kolbot extend 5", root=room.root))
    await twice(room, starting(await console(room), label("Next: {step}", "pl").partition("{")[0]))
    assert (await stored(room))[0].at == 1
    assert shows(board(room), "Practice of james")
    await twice(room, room.person("james").says("@Kolbot help", root=room.root))
    await twice(room, room.person("james").says("@Kolbot hlep", root=room.root))
    await twice(room, room.person("james").says("@Kolbot board", root=room.root))
    await twice(room, room.person("anna").says("@Kolbot moderator @Līga Ozola", root=room.root))
    await twice(room, room.person("anna").says("@Kolbot finish", root=room.root))
    await twice(room, clicks(room, "anna", "Yes, finish it"))
    assert (await stored(room))[0].status == "finished"


async def test_joining_by_an_old_delivery_does_not_undo_a_change(room: Session) -> None:
    """The first delivery comes once more after the person has corrected what they said."""
    await room.opens()
    await room.joins("james", institution="The old one")
    old = room.room.sent[-1].activity
    await room.joins("james", institution="The new one")
    await room.room.redeliver(old)
    assert [person.institution for person in (await stored(room))[0].joined] == ["The new one"]


async def test_an_answer_by_an_old_delivery_does_not_undo_a_change(room: Session) -> None:
    await room.opens()
    await room.joins("james")
    await room.types("anna", "@Kolbot start")
    await sends(await form_of(room, "james"), K1="First thought")
    old = room.room.sent[-1].activity
    await sends(await form_of(room, "james"), K1="Second thought")
    again = await room.room.redeliver(old)
    assert await practices(room) == [["Second thought"]]
    words = str(again.body)
    assert "Second thought" in words and "First thought" not in words, "what is true now"


@pytest.mark.parametrize(
    "said",
    [None, 5, [], "", "yesterday", "2026-11-22", "2026-11-22T09:00:00", "0001-01-01T00:00:00+14:00",
     "1970-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "\x00", "２０２６-11-22T09:00:00Z"],
)  # fmt: skip
async def test_whatever_time_an_answer_says_it_counts(room: Session, said: object) -> None:
    """No other one was there before; and whose time cannot be read counts as it comes."""
    await room.opens()
    await room.joins("james")
    await room.types("anna", "@Kolbot start")
    form = await form_of(room, "james")
    await sends(form, K1="First thought")
    sent = room.room.sent[-1].activity
    (field,) = [name for name, words in sent["value"]["data"].items() if words == "First thought"]
    data = {**sent["value"]["data"], field: "Second thought"}
    again = await room.room.redeliver(
        {**sent, "id": "f:another", "timestamp": said, "value": {**sent["value"], "data": data}}
    )
    assert again.status == 200
    first = said == "1970-01-01T00:00:00Z"
    assert await practices(room) == [["First thought" if first else "Second thought"]]
    assert ("First thought" in str(again.body)) is first, "what is recorded"


async def test_an_old_opening_does_not_open_a_second_one(room: Session) -> None:
    await room.opens(title="The first")
    opening = next(sent.activity for sent in reversed(room.room.sent) if sent.activity.get("name") == "task/submit")
    await room.types("anna", "@Kolbot cancel")
    await room.clicks("anna", "Yes, cancel it")
    first = (await stored(room))[0].id
    await room.room.redeliver(opening)
    await room.settles()
    assert (await stored(room))[0].id == first


async def test_the_very_same_activity_in_two_threads_is_two(room: Session) -> None:
    """Ids are told apart by conversation: what Teams numbers alike elsewhere is not a redelivery."""
    await room.opens(title="One")
    start = await room.person("anna").says("@Kolbot start", root=room.root)
    first = room.room.sent[-1].activity
    one, root = (await stored(room))[0], room.root
    await room.opens(title="Two")
    moved = {**first, "conversation": {**first["conversation"], "id": f"{start.conversation};messageid={room.root}"}}
    await room.room.redeliver(moved)
    assert (await stored(room))[0].status == "open"
    room.root = root
    assert (await stored(room))[0].revision == one.revision


async def test_after_the_end_what_comes_again_is_not_said_to_be_refused(room: Session) -> None:
    """It was anonymous: nobody knows any more whose it was, and that is all that can be said."""
    await room.opens()
    await room.joins("james")
    await room.types("anna", "@Kolbot start")
    await sends(await form_of(room, "james"), K1="First thought")
    old = room.room.sent[-1].activity
    await room.types("anna", "@Kolbot finish")
    await room.clicks("anna", "Yes, finish it")
    again = await room.room.redeliver(old)
    assert again.body["task"]["value"] == "Nothing was changed now: this came a second time, or after something newer."
    assert await practices(room) == [["First thought"]]
