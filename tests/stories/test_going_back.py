"""A group goes back: what was built on what they change is kept, marked for all to read, and asked about anew."""

from __future__ import annotations

import pytest

from locales import words
from tests.chat import Session, label
from tests.stories.acts import board, console, element, form_of, gives, items_of, leads, said, stored, votes

NEXT = label("Next: {step}", "pl").partition("{")[0]
BACK = label("Back to the step before", "pl")
PEOPLE = ("james", "liga", "ivan")


async def voted(room: Session, language: str = "en") -> None:
    """Three people's practices, and everybody's dots on one of them; the vote is open."""
    await room.opens(language=language)
    await room.joins(*PEOPLE)
    await leads(room, label("Start", "pl"))
    for name, practice in zip(PEOPLE, ("Open days", "Mentoring", "Checklists"), strict=True):
        await gives(room, name, K1=practice)
    await leads(room, NEXT)
    for name in PEOPLE:
        await votes(room, name, {"Open days": 2})


@pytest.mark.parametrize("language", ["en", "pl"])
async def test_what_was_voted_on_before_it_changed_is_kept_and_marked(room: Session, language: str) -> None:
    say = words(language)
    about = say.plural(
        "{n} answer, not counted, about something that has changed since:",
        "{n} answers, not counted, about something that has changed since:",
        3,
    )
    changed = say("What this asks about has changed since: “{question}”", question="\0").partition("\0")[0]
    await voted(room, language)
    await leads(room, BACK)
    assert element(await console(room, "anna"), "touched") == "", "nobody has changed anything yet"
    await gives(room, "james", K1="A shared calendar")
    await room.settles()
    assert changed in " ".join(board(room)), "at once, for everybody"
    assert label("Changed since", "pl") in element(await console(room, "anna"), "touched")
    await leads(room, NEXT)
    assert set(items_of(await form_of(room, "liga"))) == {"Mentoring", "Checklists", "A shared calendar"}
    await votes(room, "liga", {"A shared calendar": 1})
    await leads(room, label("Close the step", "pl"))
    there = " ".join(board(room))
    assert f"{about} «Open days»" in there and changed not in there
    workshop, answers = await stored(room)
    assert sorted(one.round for one in answers if one.prompt == "K4") == [1, 1, 1, 2], "nothing was lost"
    assert [item.label[""] for item in workshop.gone["K4"]] == ["Open days"]


async def test_before_going_back_the_console_names_what_is_built_on_it(room: Session) -> None:
    await voted(room)
    before = element(await console(room, "anna"), "before_back")
    assert before.startswith("Cofnięcie ponownie otwiera krok „Dobre praktyki”")
    told = said(await leads(room, BACK))
    assert "Co już się na nim opiera (zmiany będą oznaczone): Co warto wypróbować." in told
