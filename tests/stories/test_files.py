"""Anna sends files in her chat with Kolbot: a template of her own, and a table that a spreadsheet wrote."""

from __future__ import annotations

from pathlib import Path

from tests.chat import Session, label
from tests.stories.acts import clicks, stored

TEMPLATE = (Path(__file__).parents[1] / "plans" / "every-kind.yaml").read_bytes()
CHAT = "personal"


async def sends(room: Session, name: str, file: str, content: bytes, text: str = "") -> None:
    await room.person(name, CHAT).says(text, files=[(file, content)])


async def test_a_template_of_her_own_is_offered_to_her_and_opened(room: Session) -> None:
    await sends(room, "anna", "every kind.yaml", TEMPLATE, "Proszę")
    said = room.person("anna", CHAT).messages()[-1]
    assert said.by_bot and "jest zapisany" in said.text, said.text

    room.root = (await room.person("anna").says("@Kolbot new")).id
    answer = await clicks(room, "anna", label("Open a workshop", "pl"))
    assert answer.dialog is not None
    offered = [choice for field in answer.dialog.inputs() for choice in field.choices]
    hers = [choice for choice in offered if "Przesłany przez Państwa" in choice[0]]
    assert len(hers) == 1
    await room.presses(answer.dialog, label("Open the workshop", "pl"), plan=hers[0][1], language="en")
    workshop, _ = await stored(room)
    assert [stage.id for stage in workshop.plan.stages] == ["knowledge", "action", "experience", "conclusions"]


async def test_a_wrong_template_is_refused_with_its_line_and_twice_is_once(room: Session) -> None:
    await sends(room, "anna", "a.yaml", TEMPLATE.replace(b"kind: text", b"kind: txet", 1))
    said = room.person("anna", CHAT).messages()[-1].text
    line = TEMPLATE[: TEMPLATE.index(b"kind: text")].count(b"\n") + 1
    assert f"{line}" in said and "txet" in said, said
    for _ in range(2):
        await sends(room, "anna", "a.yml", TEMPLATE)
    assert "jest zapisany" in room.person("anna", CHAT).messages()[-1].text


async def test_a_table_in_windows_letters_with_a_formula_goes_into_her_workshop(room: Session) -> None:
    await room.opens(language="pl")
    table = 'Tytuł;Kraj\r\nDzień otwarty żółty;Polska\r\n"=HYPERLINK(""http://evil.example"")";Łotwa\r\n'
    await sends(room, "anna", "praktyki.csv", table.encode("cp1250"))
    card = room.person("anna", CHAT).find("Wprowadź do warsztatu")
    assert card is not None and "Dzień otwarty żółty" in " ".join(card.texts()), "read as Polish spreadsheets write"
    answer = await room.person("anna", CHAT).clicks(card, "Wprowadź do warsztatu")
    assert "łącznie są 2 praktyki" in " ".join(answer.texts()), answer.texts()
    workshop, _ = await stored(room)
    assert [practice.title for practice in workshop.practices] == [
        "Dzień otwarty żółty", '=HYPERLINK("http://evil.example")',
    ]
    again = await room.person("anna", CHAT).clicks(card, "Wprowadź do warsztatu", stale=True)
    assert "została już" in again.text and len((await stored(room))[0].practices) == 2


async def test_in_the_channel_and_for_a_participant_nothing_happens(room: Session) -> None:
    await room.opens(language="en")
    await room.joins("james")
    await sends(room, "james", "a.csv", b"Desk")
    assert "You lead no workshop" in room.person("james", CHAT).messages()[-1].text
    before = len(room.person("anna").messages(root=room.root))
    await room.person("anna").says("@Kolbot help", root=room.root, files=[("a.csv", b"Desk")])
    assert len(room.person("anna").messages(root=room.root)) == before + 2, "only help is answered"
    assert (await stored(room))[0].practices == ()


async def test_a_file_that_is_gone_and_one_that_is_no_table(room: Session) -> None:
    await room.opens(language="en")
    await sends(room, "james", "photo.png", b"\x89PNG")
    assert "is no file that Kolbot can use" in room.person("james", CHAT).messages()[-1].text
    await sends(room, "james", "a.csv", b"x")
    activity = room.room.sent[-1].activity
    room.room.world.files.clear()
    await room.room.redeliver({**activity, "id": f"{activity['id']}1"})
    assert "could not be fetched" in room.person("james", CHAT).messages()[-1].text
