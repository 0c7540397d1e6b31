"""One answer for each group: two of a group at once, taking over, moving away, being late, the closing sentence."""

from __future__ import annotations

from rehearsal.hands import Dialog
from tests.chat import Session, label
from tests.stories.acts import (
    board,
    clicks,
    console,
    element,
    ends,
    form_of,
    leads,
    receipt,
    refusal,
    said,
    sends,
    stored,
)

NAMES = {"anna": "Anna Kowalska", "james": "James Carter", "liga": "Līga Ozola", "guest": "Marta Nowak"}
INSTEAD = "Answer for the group instead"


async def begun(room: Session, step: str = "Start") -> list[list[str]]:
    """Four people in two groups of two (by their names in the room), and the first step open."""
    await room.opens(plan="per-group")
    await room.joins("james", "liga", "guest", "anna")
    dialog = (await (await console(room)).presses(label("Groups …", "pl"))).dialog
    assert dialog is not None
    await dialog.fills({"way": "count", "number": "2"}).presses(label("Form the groups", "pl"))
    await leads(room, label(step, "pl"))
    return await groups(room)


async def groups(room: Session) -> list[list[str]]:
    """Who is in which group now."""
    w = (await stored(room))[0]
    called = {full: short for short, full in NAMES.items()}
    return [[called[w.people[member].name] for member in group.members] for group in w.groups]


async def given(room: Session, prompt: str = "G1") -> dict[str, object]:
    return {one.author: one.value["text"] for one in (await stored(room))[1] if one.prompt == prompt}


def in_fields(dialog: Dialog | None) -> dict[str, str]:
    assert dialog is not None
    return {field.id: field.value for field in dialog.inputs()}


async def test_two_of_a_group_at_once_and_one_takes_over(room: Session) -> None:
    here = await begun(room)
    one, two = next(members for members in here if "james" in members)
    number = next(n for n, members in enumerate(here, 1) if one in members)
    first, second = await form_of(room, one), await form_of(room, two)
    told = receipt(await sends(first, G1="We share one desk", P1="I need a key"))
    language = room.reads(two, second)
    assert told[:2] == ["What do you say together?", f"For Group {number}"] and "We share one desk" in told
    answer = await sends(second, G1="We moved", P1="My own")
    assert NAMES[one] in refusal(answer)
    assert in_fields(answer.dialog) == {"a.G1.": "We moved", "a.P1.": "My own"}, "nothing typed is lost"
    assert answer.dialog is not None and "We share one desk" in answer.dialog.texts(), "and what is recorded is there"
    assert await given(room) == {f"group:{number}": "We share one desk"}
    assert await given(room, "P1") != {}, "what the first wrote for themselves"
    taken = await answer.dialog.presses(label("Take over and send", language))
    assert "We moved" in receipt(taken)
    assert await given(room) == {f"group:{number}": "We moved"}
    again = await form_of(room, one)
    assert "We moved" in again.texts() and list(in_fields(again)) == ["a.P1."]
    assert label(INSTEAD, room.reads(one, again)) in again.buttons()
    figures = " ".join((await console(room)).texts())
    assert "Odpowiedzi w imieniu grup: 1 z 2" in figures
    await leads(room, label("Close the step", "pl"))
    there = "\n".join(board(room))
    assert f"We moved — Group {number}" in there and f"We moved — {NAMES[two]}" not in there
    assert f"My own — {NAMES[two]}" in there


async def test_in_polish_somebody_is_named_moves_away_and_the_next_answers(room: Session) -> None:
    here = await begun(room)
    number = next(n for n, members in enumerate(here, 1) if "guest" in members)
    other = next(member for member in here[number - 1] if member != "guest")
    people = [person.name for person in (await stored(room))[0].people.values()]
    marta = str(people.index(NAMES["guest"]))
    dialog = (await (await console(room)).presses(label("Groups …", "pl"))).dialog
    assert dialog is not None and "jeszcze nikt" in " ".join(dialog.texts())
    answer = await dialog.fills({"speaker": marta}).presses("Wyznacz do odpowiadania")
    assert said(answer) == f"Od teraz w imieniu grupy (Grupa {number}) odpowiada: Marta Nowak."
    form = await form_of(room, "guest")
    assert f"Grupa {number} · Odpowiadają Państwo w jej imieniu." in form.texts()
    assert "Wspólne zdanie" in receipt(await sends(form, G1="Wspólne zdanie", P1="Moje"))
    waiting = await form_of(room, other)
    assert "a.G1." not in in_fields(waiting) and "Wspólne zdanie" in waiting.texts()
    dialog = (await (await console(room)).presses(label("Groups …", "pl"))).dialog
    assert dialog is not None
    elsewhere = str(3 - number)
    await dialog.fills({"person": marta, "group": elsewhere}).presses(label("Move", "pl"))
    late = await sends(form, G1="Wspólne zdanie, lepsze")
    assert refusal(late).startswith(f"Państwa grupa to teraz: Grupa {elsewhere}")
    assert in_fields(late.dialog)["a.G1."] == "Wspólne zdanie, lepsze"
    assert await given(room) == {f"group:{number}": "Wspólne zdanie"}
    left = await form_of(room, other)
    assert in_fields(left)["a.G1."] == "Wspólne zdanie", "the next may go on with it"
    await leads(room, label("Close the step", "pl"))
    closed = await sends(left, G1="Nasze zdanie")
    assert element(closed.dialog, "refusal") and in_fields(closed.dialog)["a.G1."] == "Nasze zdanie"
    await leads(room, label("Take late answers", "pl"))
    assert "Nasze zdanie" in receipt(await sends(closed.dialog, G1="Nasze zdanie"))  # type: ignore[arg-type]
    assert await given(room) == {f"group:{number}": "Nasze zdanie"}
    await leads(room, label("Next", "pl"))
    quoted = (await form_of(room, other)).texts()
    assert "Nasze zdanie" in quoted, "the group's answer is everybody's of it to build on"


async def test_the_closing_sentence_of_each_group_is_in_the_summary(room: Session) -> None:
    here = await begun(room)
    for _ in range(3):
        await leads(room, label("Next", "pl"))
    for members in here:
        dialog = await form_of(room, members[0])
        assert element((await sends(dialog, C1=f"courage of {len(members)}")).dialog, "receipt")
    reader = here[0][1]
    answer = await clicks(room, reader, label("Answer", room.shared_language()))
    assert answer.dialog is not None
    assert answer.dialog.buttons() == [label(INSTEAD, room.reads(reader, answer.dialog))]
    await ends(room)
    words = room.words("james")
    assert "courage of 2" in words and "Group 1" in words and "Group 2" in words
