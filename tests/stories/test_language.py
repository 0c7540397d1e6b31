"""Everybody reads in their own language; what all read is in the workshop's; nothing is half translated."""

from __future__ import annotations

from locales import LANGUAGES
from tests.chat import Session, label
from tests.stories.acts import clicks, element, form_of, leads, receipt, says, sends, stored


async def chooses(room: Session, name: str, language: str) -> list[str]:
    await says(room, name, "@Kolbot language")
    opener = next(
        seen
        for seen in reversed(room.person(name).cards(root=room.root))
        if {label("Choose a language", code) for code in LANGUAGES} & set(seen.buttons())
    )
    dialog = (await room.person(name).clicks(opener, opener.buttons()[0])).dialog
    assert dialog is not None
    return (await dialog.fills(language=language).presses(dialog.buttons()[0])).texts()


async def test_a_polish_facilitator_of_an_english_workshop(room: Session) -> None:
    await room.opens(language="en")
    assert "What we will do (15 minutes in all)" in room.words()
    dialog = await clicks(room, "anna", "Facilitate")
    assert label("In the lobby: people are joining.", "pl") in dialog.texts()
    assert "In the lobby: people are joining." not in dialog.texts()
    assert "Cykl Kolba na próbę" in dialog.texts(), "nobody typed it: the reader's"
    assert "A taste of the Kolb cycle" in room.words()


async def test_each_person_answers_in_their_own_language(room: Session) -> None:
    await room.opens(language="pl")
    await room.joins("james", language="en")
    await room.joins("liga", language="pl")
    await leads(room, label("Start", "pl"))
    english, polish = await form_of(room, "james"), await form_of(room, "liga")
    assert "Which good practices at work do you remember?" in english.texts()
    assert "Jakie dobre praktyki w pracy Państwo pamiętają?" in polish.texts()
    assert "Jakie dobre praktyki w pracy Państwo pamiętają?" in room.words("james"), "what all see is in the workshop's"
    answer = await sends(english, K1="Open days")
    assert receipt(answer)[:2] == ["Which good practices at work do you remember?", "Practice"]


async def test_the_button_says_join_in_every_language(room: Session) -> None:
    await room.opens(language="pl")
    languages = (await stored(room))[0].plan.languages
    assert {"en", "pl", "bg"} <= set(languages)
    spoken = [code for code in languages if code in LANGUAGES and code != "pl"]
    assert room.join_label() == " · ".join(label("Join", code) for code in ("pl", *spoken))
    assert room.card("james", room.join_label())


async def test_chosen_once_it_stays(room: Session) -> None:
    await room.opens(language="en")
    await room.joins("james")
    said = await chooses(room, "james", "pl")
    assert said == [label("From now on, your language in Kolbot is: {language}.", "pl").format(language="polski")]
    await leads(room, label("Start", "pl"))
    assert "Jakie dobre praktyki w pracy Państwo pamiętają?" in (await form_of(room, "james")).texts()
    assert (await clicks(room, "james", "Facilitate")).text != ""


async def test_chosen_while_joining_counts_for_later_workshops(room: Session) -> None:
    await room.opens(language="en")
    await room.joins("james", language="pl")
    await leads(room, label("Start", "pl"))
    form = await form_of(room, "james")
    assert form.title == "Dobre praktyki"
    await says(room, "anna", "@Kolbot cancel")
    await clicks(room, "anna", "Yes, cancel it")
    await room.opens(language="en")
    dialog = (await clicks(room, "james", room.join_label())).dialog
    assert dialog is not None
    assert label("Before you join: what happens to what you write", "pl") in dialog.texts()


async def test_a_language_that_kolbot_does_not_speak_is_english(room: Session) -> None:
    """A Dutchman and a Spaniard read whole English sentences."""
    foreigners = await room.room.add_people([("Pieter Bakker", "nl"), ("Marta García", "es")])
    await room.opens(language="en")
    await room.joins(*foreigners)
    await leads(room, label("Start", "pl"))
    for who in foreigners:
        assert (await form_of(room, who)).title == "Good practices"


async def test_a_bulgarian_reads_bulgarian(room: Session) -> None:
    await room.opens(language="en")
    await room.joins("ivan", "james")
    await leads(room, label("Start", "pl"))
    form = await form_of(room, "ivan")
    assert form.title == "Добри практики"
    assert "Кои добри практики в работата помните?" in form.texts()
    assert (await sends(form, K1="Наставничество")).dialog is not None
    assert (await form_of(room, "james")).title == "Good practices"


async def test_in_a_polish_workshop_whoever_kolbot_cannot_speak_to_is_spoken_to_in_english(room: Session) -> None:
    await room.opens(language="pl")
    (foreigner,) = await room.room.add_people([("Pieter Bakker", "nl")])
    dialog = (await clicks(room, foreigner, room.join_label())).dialog
    assert dialog is not None
    assert "Before you join: what happens to what you write" in dialog.texts()


async def test_a_language_that_is_none(room: Session) -> None:
    await room.opens()
    await room.joins("james")
    opener = await says(room, "james", "@Kolbot language")
    assert opener[-1] == "Choose a language"
    card = room.card("james", "Choose a language")
    dialog = (await room.person("james").clicks(card, "Choose a language")).dialog
    assert dialog is not None
    workshop, _ = await stored(room)
    for forged in ("xx", "", "pl,en", "en\x00x", ["pl"], None, 7):
        data = {"verb": "chosen", "w": workshop.id, "language": forged}
        answer = room.person("james").answer(await room.room.submit_dialog("james", dialog.id, data))
        assert "This language is not among those offered here." in element(answer.dialog, "refusal"), forged
    assert (await stored(room))[0] == workshop
