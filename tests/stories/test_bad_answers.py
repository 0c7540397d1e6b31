"""Whatever people type is recorded as it is or refused with a sentence, and it is never markdown, link or mention."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.hands import Answer, Dialog
from tests.chat import Session, label
from tests.stories.acts import (
    K1,
    board,
    clicks,
    element,
    ends,
    form_of,
    gives,
    leads,
    listed,
    practices,
    receipt,
    refusal,
    sends,
    stored,
    values,
    whole_board,
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
    data = {**action["data"], **given}
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
        assert receipt(await gives(room, who, K1=words))[-1] == f"• {shown(words)}"
    assert sorted(await practices(room)) == sorted([words] for words in LITERALLY.values())
    await leads(room, NEXT)
    there = await whole_board(room, crowd[0])
    for words in LITERALLY.values():
        assert f"• {shown(words)}" in there, words

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
    await ends(room)
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


async def test_what_nobody_sees_is_not_kept(room: Session) -> None:
    await started(room, "james")
    for what, (typed, kept) in CLEANED.items():
        answer = await gives(room, "james", K1=typed)
        assert receipt(answer)[-1] == f"• {kept}", what
        assert await practices(room) == [[kept]], what


async def test_nothing_is_no_answer(room: Session) -> None:
    await started(room, "james")
    for typed in NOTHING:
        answer = await forced(room, "james", await form_of(room, "james"), **{K1: typed})
        assert refusal(answer) == "There is nothing to record yet: please fill in at least one field.", repr(typed)
    assert await practices(room) == []


async def test_a_hundred_thousand_characters(room: Session) -> None:
    """Refused with the numbers; as much as a dialog holds comes back."""
    await started(room, "james")
    answer = await forced(room, "james", await form_of(room, "james"), **{K1: "x" * 100_000})
    assert "1 field has to be changed" in refusal(answer)
    assert "⚠ This has 100,000 characters; at most 140 fit." in answer.texts()
    assert answer.dialog is not None
    assert answer.dialog.values()[K1].startswith("x" * 15_000)
    assert not wrong(room, {"x" * 140})
    assert await practices(room) == []


async def test_one_character_too_many_gives_the_text_back(room: Session) -> None:
    await started(room, "james")
    words = "ż" * 141
    answer = await sends(await form_of(room, "james"), K1=words)
    assert "⚠ This has 141 characters; at most 140 fit." in answer.texts()
    assert answer.dialog is not None and answer.dialog.values() == {K1: words}
    shorter = await answer.dialog.fills({K1: words[1:]}).presses("Send")
    assert receipt(shorter)[-1] == f"• {words[1:]}"


async def test_what_is_pasted_is_not_cut_and_then_confirmed(room: Session) -> None:
    """Teams' clients cut at `maxLength`, so that it must be more than what fits: only then does anybody learn of it."""
    await room.opens()
    asked = (await clicks(room, "james", room.join_label())).dialog
    assert asked is not None
    pasted = "Office of the Government Plenipotentiary " * 4
    joined = await asked.fills(institution=pasted).presses("Join")
    assert refusal(joined) == f"“Institution” has {len(pasted.strip())} characters; at most 140 fit."
    assert joined.dialog is not None and joined.dialog.values()["institution"] == pasted
    await joined.dialog.fills(institution="Office").presses("Join")
    await leads(room, label("Start", "pl"))
    await leads(room, NEXT)
    words = "x" * 163
    answer = await sends(await form_of(room, "james"), A1_own=words)
    assert "⚠ This has 163 characters; at most 140 fit." in answer.texts()
    assert answer.dialog is not None and answer.dialog.values()["a.A1.own"] == words
    assert await values(room, "A1") == []


async def test_four_notes_where_three_fit(room: Session) -> None:
    await started(room, "james")
    answer = await sends(await form_of(room, "james"), K1="a\nb\nc\nd")
    assert "⚠ These are 4 entries; at most 3 are taken." in answer.texts()
    assert answer.dialog is not None and answer.dialog.values() == {K1: "a\nb\nc\nd"}


async def test_fields_of_another_type_are_not_there(room: Session) -> None:
    await started(room, "james")
    for value in (7, None, True, ["a"], {"a": "b"}, 1.5):
        answer = await forced(room, "james", await form_of(room, "james"), **{K1: value})
        assert refusal(answer) == "There is nothing to record yet: please fill in at least one field.", value
    assert await practices(room) == []


async def test_fields_that_nobody_asked_for_change_nothing(room: Session) -> None:
    """Another prompt, another column, another person: only what the form asks is read."""
    await started(room, "james")
    form = await form_of(room, "james")
    more = {K1: "Mine", "a.K1.other": "x", "a.C5.": "Too early", "a.K4.zzz": "2", f"{K1}.deep": "x"}
    answer = await forced(room, "james", form, **more)
    assert element(answer.dialog, "receipt")
    workshop, given = await stored(room)
    assert [(answer.prompt, listed(answer.value)) for answer in given] == [("K1", ["Mine"])]
    assert workshop.author("K1", next(iter(p.id for p in workshop.joined))) == given[0].author


UNCOUNTED: list[tuple[dict[Any, str], str]] = [
    ({0: "2", 1: "2"}, "⚠ You gave 4 dots; all together you have 3."),
    ({0: "3"}, "⚠ You gave this 3 dots; one item takes at most 2."),
    ({0: "-1"}, "⚠ Please give a whole number here, 0 or more."),
    ({0: "1.5"}, "⚠ Please give a whole number here, 0 or more."),
    ({0: "²"}, "⚠ Please give a whole number here, 0 or more."),
    ({0: "9" * 400}, "⚠ Please give a whole number here, 0 or more."),
    ({"nobody": "1"}, "⚠ This is not one of the options. Please choose from the list."),
]
"""Dots by the number of the item (or a made-up one), and the sentence."""


async def test_dots_that_do_not_count(room: Session) -> None:
    await started(room, "james", "liga", "ivan")
    for who, words in (("james", "Open days"), ("liga", "Checklists"), ("ivan", "Mentoring")):
        await gives(room, who, K1=words)
    await leads(room, NEXT)
    for dots, sentence in UNCOUNTED:
        form = await form_of(room, "james")
        ids = [field.id for field in form.inputs()]
        given = {ids[key] if isinstance(key, int) else f"a.K4.{key}": value for key, value in dots.items()}
        assert sentence in (await forced(room, "james", form, **given)).texts(), dots
    assert await values(room, "K4") == []


async def test_a_choice_that_is_not_offered(room: Session) -> None:
    await started(room, "james")
    await leads(room, NEXT)
    for chosen in ("nobody", "x" * 5000, "{}", "a,b,c"):
        form = await form_of(room, "james")
        answer = await forced(room, "james", form, **{"a.A1.": chosen, "a.A2.": "My words"})
        assert "1 field has to be changed" in refusal(answer), chosen
        assert answer.dialog is not None and answer.dialog.values()["a.A2."] == "My words"
    assert await values(room, "A2") == []
