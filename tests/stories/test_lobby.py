"""Before the first question: opening a workshop, the notice, joining, and who is counted."""

from __future__ import annotations

from pathlib import Path

from locales import words as english
from tests.chat import Session, label, session
from tests.stories.acts import clicks, form_of, leads, refusal, says, stored


async def test_new_puts_a_button_there_and_the_button_opens_a_form(room: Session) -> None:
    said = await room.person("james").says("@Kolbot new")
    room.root = said.id
    opener = room.card("james", "Open a workshop")
    assert opener.texts() == ["A new workshop: choose its template, title and language.", "Open a workshop"]
    form = (await clicks(room, "james", "Open a workshop")).dialog
    assert form is not None
    assert form.title == "A new workshop"
    assert [field.label for field in form.inputs()][:3] == [
        "Template",
        "Language of the cards that everybody sees",
        "Title",
    ]
    assert "A taste of the Kolb cycle · 15 minutes" in form.texts()


async def test_the_lobby_says_what_will_happen(room: Session) -> None:
    await room.opens(title="Learning in Riga")
    words = room.words()
    say = english("en")
    spoken = say.list([say.name_of_language(code) for code in (await stored(room))[0].plan.languages])
    for sentence in (
        "Learning in Riga",
        "What we will do (15 minutes in all)",
        "1. Knowledge · 4 minutes · Recall good practices and choose those that are worth trying.",
        f"Languages: {spoken}",
        "What you write is kept for 14 days after the end, then erased. Join shows you the whole notice first.",
        "Nobody is in yet.",
    ):
        assert sentence in words


async def test_the_notice_comes_before_the_first_field(room: Session) -> None:
    await room.opens()
    dialog = (await clicks(room, "james", room.join_label())).dialog
    assert dialog is not None
    words = dialog.texts()
    assert words.index("Before you join: what happens to what you write") < words.index("Your language")
    assert any("14 days after the end; then everything is erased." in text for text in words)
    assert not [field for field in dialog.inputs() if field.required], "everything about oneself is optional"


async def test_joining_counts_and_joining_again_changes(room: Session) -> None:
    await room.opens()
    answer = await clicks(room, "james", room.join_label())
    assert answer.dialog is not None
    done = await answer.dialog.fills(institution="Sofia", challenge="Too many letters").presses("Join")
    assert done.text == (
        "You have joined “A taste of the Kolb cycle”. 1 person is in. "
        "The first question comes in this conversation when a facilitator starts."
    )
    await room.settles()
    assert "1 person is in" in room.words()

    again = (await clicks(room, "james", room.join_label())).dialog
    assert again is not None
    assert again.values()["institution"] == "Sofia"
    assert again.values()["challenge"] == "Too many letters"
    await again.fills(institution="Plovdiv").presses("Join")
    await room.settles()
    workshop, _ = await stored(room)
    assert [(person.name, person.institution) for person in workshop.joined] == [("James Carter", "Plovdiv")]
    assert "1 person is in" in room.words()


async def test_thirty_people_in_the_lobby(room: Session) -> None:
    """Names of the first dozen, the number of all."""
    await room.opens()
    names = [f"Person {number:02}" for number in range(30)]
    for person in await room.room.add_people([(name, "en") for name in names]):
        dialog = (await clicks(room, person, room.join_label())).dialog
        assert dialog is not None
        await dialog.presses("Join")
    await room.settles()
    assert "30 people are in" in room.words()
    assert "Person 00, Person 01" in room.words()
    assert "Person 29" not in room.words()


async def test_what_one_says_about_oneself_is_cut_nowhere_and_refused_when_too_long(room: Session) -> None:
    await room.opens()
    dialog = (await clicks(room, "james", room.join_label())).dialog
    assert dialog is not None
    data = {"verb": "joined", "w": (await stored(room))[0].id, "language": "en", "institution": "x" * 141}
    answer = room.person("james").answer(await room.room.submit_dialog("james", dialog.id, data))
    assert "Institution" in refusal(answer) and "141" in refusal(answer) and "140" in refusal(answer)
    assert answer.dialog is not None
    assert answer.dialog.values()["institution"] == "x" * 141
    assert not (await stored(room))[0].joined


async def test_somebody_comes_after_the_start(room: Session) -> None:
    await room.opens()
    await leads(room, label("Start", "pl"))
    assert "The workshop has started; you can still join. It goes on further down." in room.words()
    await room.joins("james")
    form = await form_of(room, "james")
    assert form.title == "Good practices"


async def test_a_second_workshop_waits_for_the_first(room: Session) -> None:
    await room.opens(title="The first")
    assert await says(room, "james", "@Kolbot new") == [
        "“The first” is still going on in this conversation. Finish or cancel it first."
    ]


async def test_two_forms_for_a_new_workshop_open_one(room: Session) -> None:
    """Both were opened before the first was sent."""
    said = await room.person("james").says("@Kolbot new")
    room.root = said.id
    forms = [(await clicks(room, who, "Open a workshop")).dialog for who in ("james", "anna")]
    assert forms[0] is not None and forms[1] is not None
    first = await forms[0].fills(title="One").presses("Open the workshop")
    assert first.text.startswith("The workshop is open.")
    second = await forms[1].fills(title="Two").presses(label("Open the workshop", "pl"))
    assert second.text == label(
        "“{title}” is still going on in this conversation. Finish or cancel it first.", "pl"
    ).format(title="One")
    assert (await stored(room))[0].title == "One"


async def test_a_title_of_spaces_is_the_templates_name(room: Session) -> None:
    await room.opens(title="   ")
    assert (await stored(room))[0].title == "A taste of the Kolb cycle"


async def test_only_those_on_the_list_may_open(tmp_path: Path) -> None:
    from rehearsal.people import CAST

    anna = next(member for member in CAST if member.id == "anna")
    async with session(tmp_path, MAY_OPEN=anna.object_id) as room:
        assert await says(room, "james", "@Kolbot new") == [
            "You are not among those who may open workshops here. Whoever runs Kolbot can add you."
        ]
        said = await room.person("anna").says("@Kolbot new")
        room.root = said.id
        assert (await clicks(room, "james", label("Open a workshop", "pl"))).text == (
            "You are not among those who may open workshops here. Whoever runs Kolbot can add you."
        )
        await room.opens()
        assert (await stored(room))[0].title == "A taste of the Kolb cycle"


async def test_no_workshop_in_a_chat_with_kolbot_alone(room: Session) -> None:
    said = await says(room, "james", "new", "personal")
    assert said == [
        "A workshop needs several people: add Kolbot to a channel or group chat and type there: @Kolbot new"
    ]


async def test_reserves_are_chosen_from_those_who_are_there(room: Session) -> None:
    said = await room.person("james").says("@Kolbot new")
    room.root = said.id
    dialog = (await clicks(room, "james", "Open a workshop")).dialog
    assert dialog is not None
    field = next(field for field in dialog.inputs() if field.id == "reserves")
    names = [title for title, _ in field.choices]
    assert "Līga Ozola" in names and "James Carter" not in names
    await dialog.fills(reserves=["Līga Ozola"]).presses("Open the workshop")
    workshop, _ = await stored(room)
    assert [person.name for person in workshop.people.values() if person.reserve] == ["Līga Ozola"]


async def test_joining_what_was_cancelled_meanwhile(room: Session) -> None:
    await room.opens()
    old = room.card("james", room.join_label())
    answer = await clicks(room, "james", room.join_label())
    assert answer.dialog is not None
    sure = await leads(room, label("Cancel …", "pl"))
    assert sure.dialog is not None
    await sure.dialog.presses(label("Yes, cancel it", "pl"))
    await room.settles()
    gone = await room.person("james").clicks(old, room.join_label(), stale=True)
    assert gone.text == "The workshop was cancelled. Nobody can join any more."
    late = await answer.dialog.presses("Join")
    assert "The workshop was cancelled. Nobody can join any more." in " ".join(late.texts())
    assert not (await stored(room))[0].joined
