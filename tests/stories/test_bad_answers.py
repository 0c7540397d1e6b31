"""Whatever people type is recorded as it is or refused with a sentence, and it is never markdown, link or mention."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.hands import Answer, Dialog
from tests.chat import Session, label
from tests.stories.acts import (
    board,
    clicks,
    element,
    fields,
    form_of,
    gives,
    leads,
    receipt,
    refusal,
    sends,
    stored,
    values,
)
from tests.stories.script import images
from tests.stories.seen import shown, wrong

NEXT = label("Next: {step}", "pl").partition("{")[0]
LITERALLY = {
    "emoji": "👩‍🏫 teaches 🇵🇱 well 👍🏽",
    "an emoji of this year": "🫩 tired",
    "a mention": "<at>everyone</at> look",
    "a link": "[x](https://evil.example)",
    "a picture": "![x](https://evil.example/x.png)",
    "a date": "{{DATE(2026-01-01T00:00:00Z)}} and {{DATE()}}",
    "a script": "<script>alert(1)</script>",
    "a table's end": "'; DROP TABLE answers; --",
    "a formula": '=HYPERLINK("https://evil.example")',
    "a template": "${7*7} {0} {name} %s %(x)s",
    "bold": "**bold** _it_ `code` ~~no~~ # head",
    "an entity": "&lt;b&gt; &amp; &#x41;",
    "Hebrew": "שלום עולם",
    "Zażółć": "Zażółć gęślą jaźń",
}
"""Kept as it is."""
CLEANED = {
    "right-to-left marks": ("\u202egnp.exe\u202c \u200fmark", "gnp.exe mark"),
    "NUL": ("a\x00b\x07c", "abc"),
    "spaces around": ("   both\t ends   ", "both ends"),
    "decomposed": ("Zaz\u0307o\u0301\u0142c\u0301", "Zażółć"),
    "a table of a spreadsheet": ("one\ttwo\x0bthree", "one two three"),
}
"""Typed, and what is kept of it."""
NOTHING = ["", "   ", "\n\n \t", "\u200b\u200e", "\x00", "\u202e\u202c", "\u3164"]
"""What is no answer."""


async def started(room: Session, *people: str) -> None:
    await room.opens()
    await room.joins(*people)
    await leads(room, label("Start", "pl"))


async def forced(room: Session, name: str, dialog: Dialog, **given: Any) -> Answer:
    """Send what a client would not: longer than it lets one type, empty, of other types."""
    action = next(found for found in dialog.card["actions"] if found["data"]["verb"] == "submit") if dialog.card else {}
    data = {**action["data"], **{f"a.{field}": value for field, value in given.items()}}
    return room.person(name).answer(await room.room.submit_dialog(name, dialog.id, data))


@pytest.fixture
async def crowd(room: Session) -> list[str]:
    """One person for each of the words that are kept, at the first step."""
    await room.opens()
    people = await room.room.add_people([(f"*{what}* [p](x)", "en") for what in LITERALLY])
    for who, words in zip(people, LITERALLY.values(), strict=True):
        dialog = (await clicks(room, who, room.join_label())).dialog
        assert dialog is not None
        await dialog.fills(institution=words, challenge=words).presses("Join")
    await leads(room, label("Start", "pl"))
    return people


async def test_words_of_all_sorts_go_through_a_whole_workshop(room: Session, crowd: list[str]) -> None:
    """As a note, an item of a vote, an own choice, a text, a sentence in the picture: always the same words."""
    sorts = dict(zip(crowd, LITERALLY.values(), strict=True))
    for who, words in sorts.items():
        assert receipt(await gives(room, who, K1_practice=words))[-1] == f"• {shown(words)}"
    assert sorted(str(value["practice"]) for value in await values(room, "K1")) == sorted(
        str([words]) for words in LITERALLY.values()
    )
    await leads(room, NEXT)
    page = (await clicks(room, crowd[0], "Board")).dialog
    assert page is not None
    back = (await page.presses("Previous page")).dialog
    assert back is not None
    for words in LITERALLY.values():
        assert f"• {shown(words)}" in back.texts(), words

    for who, words in sorts.items():
        form = await form_of(room, who)
        numbered = [text for text in form.texts() if text.endswith(f". {shown(words)}")]
        assert len(numbered) == 1, words
        number = int(numbered[0].partition(".")[0])
        ids = [field.id for field in form.inputs()]
        await form.fills({ids[number - 1]: "2"}).presses("Send")
    await leads(room, NEXT)

    for who, words in sorts.items():
        await gives(room, who, A1_own=words[:130], A2=words)
    await leads(room, NEXT)
    assert {str(value["text"]) for value in await values(room, "A2")} == set(LITERALLY.values())
    await leads(room, NEXT)
    await leads(room, NEXT)
    for who, words in sorts.items():
        await gives(room, who, C5=words)
    await leads(room, label("Finish the workshop", "pl"))
    end = board(room)
    for who, words in sorts.items():
        name = room.person(who).name
        assert any(line == f"• {shown(words)} — {name}" for line in end) or f"… and {len(crowd) - 12} more" in end, (
            words
        )
    (picture,) = [seen for seen in room.person("anna").cards(root=room.root) if images(seen)]
    assert images(picture)[0]["altText"]
    people = {room.person(who).name for who in crowd}
    assert not wrong(room, {*LITERALLY.values(), *people})


@pytest.mark.parametrize("what", list(CLEANED))
async def test_what_nobody_sees_is_not_kept(room: Session, what: str) -> None:
    typed, kept = CLEANED[what]
    await started(room, "james")
    answer = await gives(room, "james", K1_practice=typed)
    assert receipt(answer)[-1] == f"• {kept}"
    assert await values(room, "K1") == [{"practice": [kept]}]


@pytest.mark.parametrize("typed", NOTHING)
async def test_nothing_is_no_answer(room: Session, typed: str) -> None:
    await started(room, "james")
    answer = await forced(room, "james", await form_of(room, "james"), **{"K1.practice": typed})
    assert refusal(answer) == "There is nothing to record yet: please fill in at least one field."
    assert await values(room, "K1") == []


async def test_a_hundred_thousand_characters(room: Session) -> None:
    """Refused with the numbers; as much as a dialog holds comes back."""
    await started(room, "james")
    answer = await forced(room, "james", await form_of(room, "james"), **{"K1.practice": "x" * 100_000})
    assert "1 field has to be changed" in refusal(answer)
    assert "⚠ This has 100,000 characters; at most 140 fit." in answer.texts()
    assert answer.dialog is not None
    assert answer.dialog.values()["a.K1.practice"].startswith("x" * 15_000)
    assert not wrong(room, {"x" * 140})
    assert await values(room, "K1") == []


async def test_one_character_too_many_gives_the_text_back(room: Session) -> None:
    await started(room, "james")
    words = "ż" * 141
    answer = await sends(await form_of(room, "james"), K1_practice=words)
    assert "⚠ This has 141 characters; at most 140 fit." in answer.texts()
    assert answer.dialog is not None and answer.dialog.values() == {"a.K1.practice": words}
    shorter = await answer.dialog.fills({"a.K1.practice": words[1:]}).presses("Send")
    assert receipt(shorter)[-1] == f"• {words[1:]}"


async def test_four_notes_where_three_fit(room: Session) -> None:
    await started(room, "james")
    answer = await sends(await form_of(room, "james"), K1_practice="a\nb\nc\nd")
    assert "⚠ These are 4 entries; at most 3 are taken." in answer.texts()
    assert answer.dialog is not None and answer.dialog.values() == {"a.K1.practice": "a\nb\nc\nd"}


@pytest.mark.parametrize("value", [7, None, True, ["a"], {"a": "b"}, 1.5])
async def test_fields_of_another_type_are_not_there(room: Session, value: object) -> None:
    await started(room, "james")
    answer = await forced(room, "james", await form_of(room, "james"), **{"K1.practice": value})
    assert refusal(answer) == "There is nothing to record yet: please fill in at least one field."
    assert await values(room, "K1") == []


async def test_fields_that_nobody_asked_for_change_nothing(room: Session) -> None:
    """Another prompt, another column, another person: only what the form asks is read."""
    await started(room, "james")
    form = await form_of(room, "james")
    more = {"K1.practice": "Mine", "K1.other": "x", "C5.": "Too early", "K4.zzz": "2", "K1.practice.deep": "x"}
    answer = await forced(room, "james", form, **more)
    assert element(answer.dialog, "receipt")
    workshop, given = await stored(room)
    assert [(answer.prompt, answer.value) for answer in given] == [("K1", {"practice": ["Mine"]})]
    assert workshop.author("K1", next(iter(p.id for p in workshop.joined))) == given[0].author


@pytest.mark.parametrize(
    ("dots", "sentence"),
    [
        ({0: "2", 1: "2"}, "⚠ You gave 4 dots; all together you have 3."),
        ({0: "3"}, "⚠ You gave this 3 dots; one item takes at most 2."),
        ({0: "-1"}, "⚠ Please give a whole number here, 0 or more."),
        ({0: "1.5"}, "⚠ Please give a whole number here, 0 or more."),
        ({0: "²"}, "⚠ Please give a whole number here, 0 or more."),
        ({0: "9" * 400}, "⚠ Please give a whole number here, 0 or more."),
        ({"nobody": "1"}, "⚠ This is not one of the options. Please choose from the list."),
    ],
)
async def test_dots_that_do_not_count(room: Session, dots: dict[Any, str], sentence: str) -> None:
    await started(room, "james", "liga", "ivan")
    for who, words in (("james", "Open days"), ("liga", "Checklists"), ("ivan", "Mentoring")):
        await gives(room, who, K1_practice=words)
    await leads(room, NEXT)
    form = await form_of(room, "james")
    ids = [field.id.removeprefix("a.") for field in form.inputs()]
    given = {ids[key] if isinstance(key, int) else f"K4.{key}": value for key, value in dots.items()}
    answer = await forced(room, "james", form, **given)
    assert sentence in answer.texts()
    assert await values(room, "K4") == []


@pytest.mark.parametrize("chosen", ["nobody", "x" * 5000, "{}", "a,b,c"])
async def test_a_choice_that_is_not_offered(room: Session, chosen: str) -> None:
    await started(room, "james")
    await leads(room, NEXT)
    form = await form_of(room, "james")
    answer = await forced(room, "james", form, **{"A1.": chosen, "A2.": "My words"})
    assert "1 field has to be changed" in refusal(answer)
    assert answer.dialog is not None
    assert fields(answer.dialog, {"A2": ""}) and answer.dialog.values()["a.A2."] == "My words"
    assert await values(room, "A2") == []
