"""What the clock does: closes on time with a minute of grace, stands still while paused, forgives an outage."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from rehearsal.server import make_room
from tests.chat import Clock, Session, bot, label
from tests.stories.acts import K1, console, form_of, gives, leads, practices, says, sends, stored, values


async def started(room: Session, *people: str) -> datetime:
    """A workshop at its first step, of two minutes; when it closes."""
    await room.opens()
    await room.joins(*people)
    await leads(room, label("Start", "pl"))
    return await closes(room)


async def closes(room: Session) -> datetime:
    workshop, _ = await stored(room)
    assert workshop.closes_at is not None
    return workshop.closes_at


def until(room: Session, instant: datetime, seconds: float = 0) -> None:
    """The clock passes to so many seconds after (or before) an instant."""
    room.clock.now = instant + timedelta(seconds=seconds)


async def test_a_step_closes_a_minute_after_its_time(room: Session) -> None:
    end = await started(room, "james")
    until(room, end, 59)
    await room.bot.clockwork.tick()
    assert (await stored(room))[0].status == "open"
    until(room, end, 60)
    await room.ticks()
    assert (await stored(room))[0].status == "closed"
    assert "This step is closed. The facilitator opens the next one." in room.words()


async def test_the_card_says_when_it_closes(room: Session) -> None:
    """Where all have one clock, their Teams says it; else in words, in the time of each place."""
    end = await started(room, "guest")
    assert f"Open until {{{{TIME({end:%Y-%m-%dT%H:%M:%SZ})}}}} (2 minutes)." in room.words()
    await room.joins("james", "ivan", "liga")
    await says(room, "anna", "@Kolbot extend 3")
    await room.settles()
    london, warsaw, sofia = (f"{end + timedelta(minutes=3, hours=hours):%H:%M}" for hours in (0, 1, 2))
    said = f"Closes at {london} (London), {warsaw} (Warsaw), {sofia} (Riga, Sofia). Time for it: 2 minutes."
    assert said in room.words() and "Open until" not in room.words()
    seen = room.card("ivan", "Answer")
    await room.room.talking.refresh("ivan", seen.id, "automatic")
    assert any("(Рига, София)" in text for text in room.person("ivan").now(seen).texts())


async def test_that_it_is_nearly_over_is_said_once(tmp_path: Path) -> None:
    """Whoever ticks, at once or after a restart; and the message says so when it is over."""
    clock = Clock()
    async with make_room(strict=False) as teams:
        async with bot(teams, tmp_path, clock) as parts, bot(teams, tmp_path, clock) as other:
            room = Session(teams, parts, clock)
            end = await started(room, "guest")
            await says(room, "anna", "@Kolbot extend 5")
            until(room, end + timedelta(minutes=5), -121)
            await room.ticks()
            assert "Nearly over" not in room.words(), "not yet"
            until(room, end + timedelta(minutes=5), -115)
            await asyncio.gather(parts.clockwork.tick(), other.clockwork.tick())
            await room.settles()
            assert room.words().count("Nearly over: “Good practices”") == 1
            assert "Answer" in room.newest("guest", "Nearly over").buttons()
        async with bot(teams, tmp_path, clock) as parts:
            again = Session(teams, parts, clock, room.root)
            await again.ticks()
            assert again.words().count("Nearly over") == 1
            await says(again, "anna", "@Kolbot close")
            await again.settles()
            assert "Nearly over" not in again.words() and "This reminder is over." in again.words()


async def test_extended_in_the_grace_counts_from_now(room: Session) -> None:
    end = await started(room, "james")
    until(room, end, 30)
    await says(room, "anna", "@Kolbot extend 5")
    assert await closes(room) == end + timedelta(seconds=30, minutes=5)


async def test_a_paused_clock_stands_still(room: Session) -> None:
    end = await started(room, "james")
    until(room, end, -60)
    await says(room, "anna", "@Kolbot pause")
    room.clock.passes(hours=2)
    await room.ticks()
    assert (await stored(room))[0].status == "paused"
    assert "Paused: the clock stands still." in room.words()
    assert "1 minute are" not in room.words()
    await says(room, "anna", "@Kolbot resume")
    assert await closes(room) == room.clock.now + timedelta(seconds=60)


async def test_resumed_with_nothing_left_gives_a_minute(room: Session) -> None:
    end = await started(room, "james")
    until(room, end, 30)
    await says(room, "anna", "@Kolbot pause")
    await says(room, "anna", "@Kolbot resume")
    assert await closes(room) == room.clock.now + timedelta(seconds=60)


async def test_a_form_opened_in_time_and_sent_when_it_is_over(room: Session) -> None:
    end = await started(room, "james")
    form = await form_of(room, "james")
    until(room, end, 61)
    late = await sends(form, K1="My words")
    assert "This step is closed and takes no more answers." in " ".join(late.texts())
    assert late.dialog is not None and late.dialog.values() == {K1: "My words"}
    await room.ticks()
    await says(room, "anna", "@Kolbot reopen")
    await sends(late.dialog, K1="My words")
    assert await practices(room) == [["My words"]], "the same dialog still works"


async def test_the_server_was_away_when_the_step_should_have_ended(tmp_path: Path) -> None:
    """Two minutes from its return, and the card and the console say why."""
    clock = Clock()
    async with make_room(strict=False) as teams:
        async with bot(teams, tmp_path, clock) as parts:
            room = Session(teams, parts, clock)
            end = await started(room, "james", "liga")
            await gives(room, "james", K1="Kept through the night")
            await room.ticks()
        until(room, end, 3600)
        async with bot(teams, tmp_path, clock) as parts:
            again = Session(teams, parts, clock, room.root)
            await again.settles()
            assert await closes(again) == end + timedelta(seconds=3600, minutes=2)
            assert "Kolbot was away for a while, so this step closes later than announced." in again.words()
            dialog = await console(again)
            away = label("Kolbot was away when the time ended, so the step got two more minutes.", "pl")
            assert away in dialog.texts()
            assert (await form_of(again, "james")).values() == {K1: "Kept through the night"}
            await gives(again, "liga", K1="Written after it")
            until(again, await closes(again), 60)
            await again.ticks()
            assert (await stored(again))[0].status == "closed"
            assert len(await values(again, "K1")) == 2
        assert not [refusal for refusal in teams.world.refusals if not refusal.warning]


async def test_a_short_absence_within_the_time_changes_nothing(tmp_path: Path) -> None:
    clock = Clock()
    async with make_room(strict=False) as teams:
        async with bot(teams, tmp_path, clock) as parts:
            room = Session(teams, parts, clock)
            end = await started(room, "james")
            await room.ticks()
        async with bot(teams, tmp_path, clock) as parts:
            again = Session(teams, parts, clock, room.root)
            await again.settles()
            assert await closes(again) == end
            assert "Kolbot was away" not in again.words()


async def test_a_stage_card_posted_before_the_outage_is_edited_after_it(tmp_path: Path) -> None:
    """What was stored and not yet shown when the server went down is shown when it is back, in the same messages."""
    clock = Clock()
    async with make_room(strict=False) as teams:
        async with bot(teams, tmp_path, clock) as parts:
            room = Session(teams, parts, clock)
            await started(room, "james")
            before = [seen.id for seen in room.person("anna").cards(root=room.root)]
            await says(room, "anna", "@Kolbot close")
            assert "This step is closed." not in room.words()
        async with bot(teams, tmp_path, clock, back=True) as parts:
            again = Session(teams, parts, clock, room.root)
            await again.settles()
            assert "This step is closed. The facilitator opens the next one." in again.words()
            assert [seen.id for seen in again.person("anna").cards(root=room.root)] == before, (
                "edited, not posted again"
            )
