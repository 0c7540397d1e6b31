"""Two groups, each with a facilitator of its own, at their own pace: in English and Polish, late, stale, restarted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from rehearsal.hands import Answer, Dialog
from rehearsal.server import make_room
from tests.chat import Clock, Session, bot, label
from tests.stories.acts import clicks, console, form_of, gives, leads, refusal, said, says, starting, stored, votes

NAMES = {"anna": "Anna Kowalska", "james": "James Carter", "liga": "Līga Ozola", "guest": "Marta Nowak"}


async def begun(room: Session) -> tuple[list[str], list[str]]:
    """Two groups of two, whose first members lead them, and the first step open, of ten minutes. Who is where."""
    await room.opens(plan="own-pace")
    await room.joins("james", "liga", "guest", "anna")
    dialog = (await (await console(room)).presses(label("Groups …", "pl"))).dialog
    assert dialog is not None
    await dialog.fills({"way": "count", "number": "2"}).presses(label("Form the groups", "pl"))
    w = (await stored(room))[0]
    called = {full: short for short, full in NAMES.items()}
    one, two = ([called[w.people[member].name] for member in group.members] for group in w.groups)
    # Anna facilitates all, so that another one of her group leads it.
    one.sort(key=lambda name: name == "anna")
    two.sort(key=lambda name: name == "anna")
    assert await says(room, "anna", f"@Kolbot group facilitator @{NAMES[one[0]]}") == [
        f"Leading Group 1 from now on: {NAMES[one[0]]}."
    ]
    assert await says(room, "anna", f"@Kolbot grupa 2 facylitator @{NAMES[two[0]]}") == [
        f"Leading Group 2 from now on: {NAMES[two[0]]}."
    ]
    await leads(room, label("Start", "pl"))
    return one, two


async def own(room: Session, name: str) -> Dialog:
    """Facilitate, pressed by who leads a group."""
    answer = await clicks(room, name, label("Facilitate", room.shared_language()))
    assert answer.dialog is not None, answer.texts()
    return answer.dialog


async def does(room: Session, name: str, title: str) -> Answer:
    dialog = await own(room, name)
    answer = await starting(dialog, label(title, room.reads(name, dialog)).split("{")[0])
    await room.settles()
    return answer


async def where(room: Session) -> list[tuple[str, str]]:
    """The step of everybody, and of the two groups, and whether it is open."""
    w = (await stored(room))[0]
    views = (w, w.for_group(1), w.for_group(2))
    return [(view.place.step.id, view.status.value) if view.place else ("", "") for view in views]


async def test_one_group_goes_ahead_and_the_others_follow_in_their_time(room: Session) -> None:
    one, two = await begun(room)
    for who in (*one, *two):
        await gives(room, who, N1=f"seen by {who}")
    dialog = await own(room, two[0])
    assert not [title for title in dialog.buttons() if title.startswith(("Finish", "Cancel", "Groups"))]
    answer = await does(room, two[0], "Next: {step}")
    assert said(answer).startswith(label("Group {number}", room.reads(two[0], answer.dialog)).replace("{number}", "2"))
    assert await where(room) == [("collect", "open"), ("collect", "open"), ("choose", "open")]
    assert "Groups at their own pace: Answer leads to your group's step." in room.words()
    assert any("Group 2: “Choose”, open until" in line for line in room.words().splitlines())
    await votes(room, two[1], {f"seen by {two[0]}": 2})
    form = await form_of(room, one[0])
    assert next(field.id for field in form.inputs()).startswith("a.N1."), "the same button, another group"
    assert "seen by" not in " ".join(room.board()), "what group 2 has closed is nobody else's yet"
    seen = " ".join((await console(room)).texts())
    assert "Grupa 1: krok „Zbieranie”" in seen and "Grupa 2: krok „Wybór”" in seen
    await leads(room, label("Next: {step}", "pl").split("{")[0])
    assert await where(room) == [("choose", "open")] * 3, "the others have come to where group 2 is"
    assert (await stored(room))[0].courses == {}
    await leads(room, label("Next: {step}", "pl").split("{")[0])
    assert f"seen by {two[0]}" in " ".join(room.board())


async def test_what_a_group_facilitator_may_not_is_refused_with_who_may(room: Session) -> None:
    one, two = await begun(room)
    assert await says(room, two[0], "@Kolbot group 1 next") == [
        f"Group 1: only these can do this: {NAMES['anna']}, {NAMES[one[0]]}."
    ]
    assert await says(room, two[0], "@Kolbot finish") == [
        "Only a facilitator can do this. Facilitators here: Anna Kowalska."
    ]
    assert await where(room) == [("collect", "open")] * 3
    assert await says(room, "anna", f"@Kolbot nie ma takiej komendy @{NAMES[two[0]]}") != []
    assert await says(room, "anna", f"@Kolbot no group facilitator @{NAMES[two[0]]}") == [
        f"Not leading Group 2 any more: {NAMES[two[0]]}."
    ]
    assert await says(room, two[0], "@Kolbot group 2 next") == [f"Group 2: only these can do this: {NAMES['anna']}."]


async def test_two_who_lead_a_group_press_next_at_once_and_it_is_one_step(room: Session) -> None:
    _, two = await begun(room)
    await says(room, "anna", f"@Kolbot group 2 facilitator @{NAMES[two[1]]}")
    for who in two:
        await gives(room, who, N1=f"seen by {who}")
    first = await own(room, two[0])
    second = await own(room, two[1]) if two[1] != "anna" else (await starting(await console(room), "Grupa 2")).dialog
    assert second is not None
    language = room.reads(two[0], first)
    await starting(first, label("Next: {step}", language).split("{")[0])
    answer = await starting(second, label("Next: {step}", room.reads(two[1], second)).split("{")[0])
    assert NAMES[two[0]] in refusal(answer), "told who was faster"
    assert (await where(room))[2] == ("choose", "open")


async def test_at_the_end_of_its_way_a_group_waits_until_all_go_on(room: Session) -> None:
    one, two = await begun(room)
    for who in (*one, *two):
        await gives(room, who, N1=f"seen by {who}")
    for typed in ("next", "next", "next"):
        room.clock.passes(seconds=10)
        told = await says(room, two[0], f"@Kolbot {typed}")
    assert told == [
        "Group 2: the step is closed, and what comes next is for all together. The group waits for the others."
    ]
    room.clock.passes(seconds=10)
    assert (await says(room, two[0], "@Kolbot next"))[0].startswith("Group 2 is through with the steps")
    await says(room, "anna", "@Kolbot group 1 extend 30")
    for _ in range(2):
        await leads(room, label("Next: {step}", "pl").split("{")[0])
    seen = " ".join((await console(room)).texts())
    assert "Grupa 1 jest jeszcze w kroku „Zbieranie”: przejście dalej obejmie wszystkich." in seen
    await leads(room, label("Next: {step}", "pl").split("{")[0])
    assert await where(room) == [("all", "open")] * 3 and (await stored(room))[0].courses == {}
    assert "Groups at their own pace" not in room.newest("anna", "Action").texts()


async def test_a_group_s_time_ends_after_a_restart_and_an_outage_gives_it_two_minutes(tmp_path: Path) -> None:
    clock = Clock()
    async with make_room(strict=False) as teams:
        async with bot(teams, tmp_path, clock) as parts:
            room = Session(teams, parts, clock)
            _, two = await begun(room)
            await says(room, "anna", "@Kolbot group 2 extend 5")
            group = (await stored(room))[0].for_group(2)
            end = group.closes_at
            assert end is not None
            clock.now = end + timedelta(seconds=-10)
            await room.ticks()
            assert await where(room) == [("collect", "closed"), ("collect", "closed"), ("collect", "open")]
        clock.now = end + timedelta(hours=1)
        async with bot(teams, tmp_path, clock) as parts:
            again = Session(teams, parts, clock, room.root)
            await again.settles()
            view = (await stored(again))[0].for_group(2)
            assert view.moved_deadline and view.closes_at is not None and view.closes_at > clock.now
            await gives(again, two[1], N1="after the outage")
            clock.now = view.closes_at + timedelta(seconds=60)
            await again.ticks()
            assert await where(again) == [("collect", "closed")] * 3
