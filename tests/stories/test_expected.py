"""Anna puts in who is expected; who is on the list finds it noted when they join, and nobody else does."""

from __future__ import annotations

from tests.chat import Session, label
from tests.stories.acts import clicks, stored


async def test_the_list_from_spreadsheet_to_groups(room: Session) -> None:
    await room.opens(language="en")
    ivan, james = room.room.world.member("ivan"), room.room.world.member("james")
    table = (
        "Name;E-mail;Institution;Country;Group;Language\n"
        f"Ivan P.;{ivan.email.upper()};Министерство;България;2;bg\n"
        f"James;{james.email};Cabinet Office;UK;1;English\nLate Person;late@um.pl;;;1;\n"
    )
    console = await room.console()
    form = await room.presses(console, label("Participants …", "pl"))
    recorded = await room.presses(form.dialog, label("Record", "pl"), table=table)
    assert "3 osoby" in " ".join(recorded.texts()), recorded.texts()

    answer = await clicks(room, "james", room.join_label())
    assert answer.dialog is not None
    filled = {field.id: field.value for field in answer.dialog.inputs()}
    assert (filled["institution"], filled["country"]) == ("Cabinet Office", "UK")
    assert "noted by the organisers" in " ".join(answer.dialog.texts())
    await room.presses(answer.dialog, "Join", institution="HM Treasury")

    stranger = await clicks(room, "liga", room.join_label())
    assert stranger.dialog is not None and "Министерство" not in str(stranger.dialog.card)

    ivans = await clicks(room, "ivan", room.join_label())
    assert ivans.dialog is not None
    await ivans.dialog.presses(label("Join", room.reads("ivan", ivans.dialog)))
    workshop, _ = await stored(room)
    assert [one.name for one in workshop.expected] == ["Late Person"]
    assert {one.name: one.institution for one in workshop.joined}[james.name] == "HM Treasury"

    groups = await room.presses(await room.console(), label("Groups …", "pl"))
    formed = await room.presses(groups.dialog, label("Form the groups", "pl"), way="list")
    assert "✓" in " ".join(formed.texts())
    workshop, _ = await stored(room)
    names = [[workshop.people[id].name for id in group.members] for group in workshop.groups]
    assert names == [[james.name], [ivan.name]]
