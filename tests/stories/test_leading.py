"""Who leads: naming facilitators and moderators, reserves, and taking over from somebody who is not there."""

from __future__ import annotations

from tests.chat import Session, label
from tests.stories.acts import clicks, console, leads, refusal, said, says, stored


async def started(room: Session, *people: str) -> None:
    await room.opens()
    await room.joins(*people)
    await leads(room, label("Start", "pl"))


async def now(room: Session) -> tuple[str, str]:
    """Status and step, as stored."""
    workshop, _ = await stored(room)
    return workshop.status, workshop.place.step.id if workshop.place else ""


async def test_another_facilitator_and_a_moderator_by_mention(room: Session) -> None:
    await started(room, "james", "liga")
    assert (await clicks(room, "james", "Facilitate")).text == (
        "Only a facilitator can do this. Facilitators here: Anna Kowalska."
    )
    assert await says(room, "anna", "@Kolbot facilitator @James Carter") == ["Facilitating from now on: James Carter."]
    assert await says(room, "anna", "@Kolbot moderator @Līga Ozola") == ["Moderating from now on: Līga Ozola."]
    await leads(room, "Next: ", "james")
    assert await now(room) == ("open", "fit")
    moderators = await console(room, "liga")
    assert label("Moderate", "lv") in moderators.buttons()
    course = ("Next", "Close the step", "Pause", "Finish now …", "Finish the workshop")
    leading = tuple(label(title, "lv") for title in course)
    assert not [title for title in moderators.buttons() if title.startswith(leading)]


async def test_naming_nobody(room: Session) -> None:
    await started(room)
    assert await says(room, "anna", "@Kolbot facilitator") == [
        "Please mention the person too, for example: @Kolbot facilitator @Anna"
    ]


async def test_a_reserve_takes_over_after_five_silent_minutes(room: Session) -> None:
    posted = await room.person("anna").says("@Kolbot new")
    room.root = posted.id
    form = (await clicks(room, "anna", label("Open a workshop", "pl"))).dialog
    assert form is not None
    await form.fills(reserves=["Līga Ozola"], language="en", plan="kolb-taster-15").presses(
        label("Open the workshop", "pl")
    )
    await room.settles()
    await leads(room, label("Start", "pl"))
    dialog = await console(room, "liga")
    early = await dialog.presses(label("Take over", "lv"))
    assert refusal(early) == label(
        "You can take over once no facilitator ({who}) has done anything for {time}.", "lv"
    ).format(who="Anna Kowalska", time="5 minūtes")
    room.clock.passes(minutes=5)
    done = await (await console(room, "liga")).presses(label("Take over", "lv"))
    assert said(done) == label("You are a facilitator of this workshop now.", "lv")
    await room.settles()
    announced = "✓ Taken over by Līga Ozola, because no facilitator had acted for five minutes."
    assert announced in room.words("ivan"), "to everybody"
    await leads(room, label("Next: {step}", "lv").partition("{")[0], "liga")
    assert (await now(room))[1] == "fit"
    assert (await console(room, "anna")).buttons(), "who is back leads again"


async def test_who_is_no_reserve_cannot_take_over(room: Session) -> None:
    await started(room, "james")
    room.clock.passes(minutes=30)
    assert await says(room, "james", "@Kolbot take over") == [
        "Only a person named as a reserve can take over; a moderator can where no reserve was named."
    ]


async def test_a_moderator_takes_over_where_there_is_no_reserve(room: Session) -> None:
    await started(room, "james")
    await says(room, "anna", "@Kolbot moderator @James Carter")
    room.clock.passes(minutes=6)
    assert await says(room, "james", "@Kolbot take over") == ["You are a facilitator of this workshop now."]
