"""Notes put into themes in a channel: by ticks, by a proposal that is accepted; and then the vote is on the themes."""

from __future__ import annotations

from rehearsal.hands import Answer, Dialog
from rehearsal.reading import Value
from tests.chat import Session, label
from tests.stories.acts import (
    board,
    console,
    form_of,
    gives,
    items_of,
    leads,
    refusal,
    said,
    says,
    starting,
    stored,
    votes,
)
from tests.stories.script import shows

NEXT = label("Next: {step}", "pl").partition("{")[0]
ALIKE = label("What looks alike?", "pl")
PUT, MERGE, RENAME = label("Put there", "pl"), label("Merge", "pl"), label("Rename", "pl")


async def gathered(room: Session) -> None:
    """Three people's practices; the step is still open."""
    await room.opens()
    await room.joins("james", "liga", "ivan")
    await leads(room, label("Start", "pl"))
    await gives(room, "james", K1="Open days\nMentoring of new staff")
    await gives(room, "liga", K1="Open doors on Fridays\nNew staff have a mentor")
    await gives(room, "ivan", K1="open days\nChecklists\nA visit to the court")


def there(answer: Answer) -> Dialog:
    assert answer.dialog is not None, answer.texts()
    return answer.dialog


async def form(room: Session, name: str = "anna") -> Dialog:
    return there(await starting(await console(room, name), label("Themes …", room.person(name).language)))


def choices(dialog: Dialog, id: str, *words: str) -> list[str]:
    """The values of the choices with these words."""
    offered = next(field for field in dialog.inputs() if field.id == id).choices
    found = [value for title, value in offered if any(one in title for one in words)]
    assert len(found) == len(words), offered
    return found


async def puts(dialog: Dialog, *notes: str, into: str = "", called: str = "") -> Dialog:
    """Tick notes and put them into a theme that is there, or a new one."""
    (chosen,) = choices(dialog, "into", into or label("a new theme", "pl"))
    fields: dict[str, Value] = {"notes": choices(dialog, "notes", *notes), "into": chosen, "called": called}
    answer = await dialog.fills(fields).presses(PUT)
    assert said(answer)
    return there(answer)


async def test_ticked_or_accepted_and_then_voted_on(room: Session) -> None:
    await gathered(room)
    # By ticks: the same words of two people are one tick.
    dialog = await puts(await form(room), "pen days", "Open doors", called="Otwarte drzwi")
    assert any("Otwarte drzwi · 3 notatki" in title for field in dialog.inputs() for title, _ in field.choices)
    # By a proposal: nothing is put together before it is accepted, and its name can be changed.
    alike = there(await dialog.presses(ALIKE))
    assert shows(alike.texts(), "Mentoring of new staff") and shows(alike.texts(), "New staff have a mentor")
    assert len((await stored(room))[0].themes["K1/practice"].now) == 1
    name = next(field.id for field in alike.inputs() if field.id.startswith("called."))
    done = await alike.fills({name: "Nowi pracownicy"}).presses(label("Accept {n}", "pl").replace("{n}", "1"))
    assert said(done)
    await leads(room, label("Close the step", "pl"))
    for line in ("Otwarte drzwi · 3 notes", "Nowi pracownicy · 2 notes", "In no theme:", "• Checklists"):
        assert shows(board(room), line), board(room)
    # The vote: themes first, by how many people they are of, then the notes that are in none.
    await leads(room, NEXT)
    items = items_of(await form_of(room, "james"))
    assert items[:2] == ["Otwarte drzwi", "Nowi pracownicy"]
    assert {*items[2:]} == {"Checklists", "A visit to the court"}, "without a name, in an order that says nothing"
    await votes(room, "james", {"Nowi pracownicy": 2, "Otwarte drzwi": 1})
    await votes(room, "liga", {"Nowi pracownicy": 1})
    await votes(room, "ivan", {"Checklists": 1})
    # What is voted on stays as it was when the vote opened.
    dialog = await form(room)
    answer = await dialog.fills(theme=choices(dialog, "theme", "Nowi")[0], name="Mentoring").presses(RENAME)
    assert said(answer)
    assert items_of(await form_of(room, "liga")) == items
    await leads(room, NEXT)
    assert shows(board(room), "1. Nowi pracownicy  3 dots · from 2 people")
    offered = [title for field in (await form_of(room, "james")).inputs() for title, _ in field.choices]
    assert {"Nowi pracownicy", "Otwarte drzwi"} <= set(offered) and "Mentoring" not in offered
    assert shows(board(room), "Mentoring · 2 notes"), "the notes stand under the name that their theme has now"


async def test_merge_undo_and_what_somebody_else_did_meanwhile(room: Session) -> None:
    await gathered(room)
    await says(room, "anna", "@Kolbot moderator @Līga Ozola")
    dialog = await puts(await form(room), "pen days", called="Dni")
    dialog = await puts(dialog, "Open doors", called="Drzwi")
    fields: dict[str, Value] = {
        "theme": choices(dialog, "theme", "Drzwi")[0],
        "target": choices(dialog, "target", "Dni")[0],
    }
    merged = there(await dialog.fills(fields).presses(MERGE))
    stale = await form(room, "liga")
    undone = there(await merged.presses(label("Undo the last change", "pl")))
    assert [theme.name for theme in (await stored(room))[0].themes["K1/practice"].now] == ["Dni", "Drzwi"]
    told = refusal(await stale.presses(label("Undo the last change", "lv")))
    late = "Somebody changed the themes meanwhile, so nothing was undone. This is how they are now."
    assert told == label(late, "lv")
    both: dict[str, Value] = {"notes": choices(undone, "notes", "pen days"), "into": "", "called": ""}
    assert refusal(await undone.fills(both).presses(PUT)) == label("Please say which theme the notes belong to.", "pl")
    before = await stored(room)
    assert await says(room, "james", "@Kolbot themes"), "the card is for everybody to see, the form is not"
    assert await stored(room) == before
