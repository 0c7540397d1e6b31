"""What a newcomer types wrong, in five languages: case, marks, slips, mentions, languages nobody knows, no locale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from locales import words
from rehearsal.people import CAST
from tests.chat import CHANNEL, Session, label, session
from tests.stories.acts import leads, says, stored

SPEAKERS = {"en": "james", "pl": "anna", "bg": "ivan", "lv": "liga", "hu": "zsofi"}
A_NEW_ONE = "A new workshop: choose its template, title and language."
MEANT = "Kolbot does not know this command. Did you mean “{command}”?"
UNKNOWN = "Kolbot does not know this command. Type “{word}” to see what you can do here."


def told(code: str, english: str, **facts: Any) -> str:
    return words(code)(english, **facts)


def meant(word: str) -> str:
    return told("en", MEANT, command=word)


async def changed(room: Session, **fields: Any) -> list[str]:
    """The last thing that was typed, once more with something else in it; what the bot answers."""
    last = room.room.sent[-1].activity
    name = f"17000000001{len(room.room.sent):02}"
    assert (await room.room.redeliver({**last, "id": name, **fields})).taken
    return room.person("anna").messages(root=room.root)[-1].texts()


@pytest.mark.no_cover
async def test_new_in_whatever_language_case_and_with_whatever_marks(room: Session) -> None:
    """Each is answered in their own language, whatever language they type."""
    for language, who in SPEAKERS.items():
        for typed in ("nowy", "NEW", " néw", "  Нова ", "JAUNA!", "új", "uj", "utwórz", "open"):
            assert (await says(room, who, f"@Kolbot {typed}"))[0] == told(language, A_NEW_ONE), (language, typed)


@pytest.mark.no_cover
async def test_slips_are_answered_with_what_was_meant(room: Session) -> None:
    slips = {"strat": "start", "dalje": "next", "напрд": "next", "talak": "next", "palidziba": "help", "segítsg": ""}
    for typed, verb in slips.items():
        for language, who in SPEAKERS.items():
            heard = await says(room, who, f"@Kolbot {typed}")
            if verb == "help" or typed == "talak":  # without its marks it is the word itself
                assert heard != [told(language, UNKNOWN, word=label("help", language))], typed
            elif verb:
                assert heard == [told(language, MEANT, command=label(verb, language))], typed
            else:
                assert heard == [told(language, UNKNOWN, word=label("help", language))], typed


@pytest.mark.no_cover
async def test_mentions_in_odd_places(room: Session) -> None:
    """Before the mention, around it, two at once; the bot's name inside other words is no mention."""
    await room.opens()
    for text in (
        "moderator @Kolbot @James Carter", "@James Carter moderator @Kolbot", "@Kolbot add @James Carter moderator",
    ):  # fmt: skip
        await says(room, "anna", text)
        assert [person.name for person in (await stored(room))[0].people.values() if person.moderator] == [
            "James Carter"
        ], text
        await says(room, "anna", "@Kolbot remove @James Carter as moderator")
    assert not [person for person in (await stored(room))[0].people.values() if person.moderator]
    before = (await stored(room))[0]
    for text in ("@Kolbot what can Kolbot do for us", "@Kolbot kolbots next", "@Kolbot Kolbotka moderator"):
        (heard,) = await says(room, "anna", text)
        assert heard.startswith("Kolbot does not know this command."), text
    assert (await stored(room))[0] == before


async def test_a_name_that_is_no_mention(room: Session) -> None:
    """Teams makes a mention only of what is picked from its list."""
    await room.opens()
    for typed, word in (("moderator James", "moderator"), ("remove facilitator James Carter", "remove facilitator")):
        assert await says(room, "anna", f"@Kolbot {typed}") == [
            f"Please mention the person too, for example: @Kolbot {word} @Anna"
        ]
    assert await says(room, "anna", "@Kolbot moderator @James Carter please") == [meant("moderator")], "asked, not done"
    assert (await says(room, "anna", "@Kolbot remove @James Carter"))[-1] == "People and roles"


async def test_a_language_that_does_not_exist_and_one_that_does(room: Session) -> None:
    for language, who in SPEAKERS.items():
        own = words(language)
        spoken = own.list([own.name_of_language(code) for code in SPEAKERS])
        for name in ("klingon", "deutsch", "zh-TW", "1"):
            assert await says(room, who, f"@Kolbot {label('language', language)} {name}") == [
                told(language, "Kolbot does not speak this language. It speaks: {languages}.", languages=spoken)
            ], name
    for name, code in (("polski", "pl"), ("Bulgarian", "bg"), ("LV", "lv"), ("węgierski", "hu"), ("angol", "en")):
        own = words(code).name_of_language(code)
        assert await says(room, "james", f"@Kolbot language {name}") == [
            told(code, "From now on, your language in Kolbot is: {language}.", language=own)
        ]


async def test_a_locale_that_nobody_knows_and_none_at_all(room: Session) -> None:
    """They are spoken to in English, until they choose."""
    await room.room.add_people([("Lin Mei", "zh")])
    lin = next(one for one in room.room.world.people.values() if one.name == "Lin Mei")
    assert (await says(room, lin.id, "@Kolbot new"))[0] == A_NEW_ONE
    for locale in ("zh-TW", "ZH-tw", "", "-", "x" * 300, "klingon", None):
        assert (await changed(room, locale=locale))[0] == A_NEW_ONE, locale
    last = dict(room.room.sent[-1].activity)
    last.pop("locale", None)
    assert (await room.room.redeliver({**last, "id": "1700000000777"})).taken
    assert room.person("anna").messages(root=room.root)[-1].texts()[0] == A_NEW_ONE
    await says(room, lin.id, "@Kolbot język polski")
    assert (await says(room, lin.id, "@Kolbot new"))[0] == told("pl", A_NEW_ONE), "what was chosen counts"


async def test_what_makes_no_sense_now_is_answered_with_what_does(room: Session) -> None:
    """In the workshop's language; for each person what they may."""
    await room.opens(language="pl")
    await room.joins("james")
    await leads(room, label("Start", "pl"))
    (heard,) = await says(room, "anna", "@Kolbot resume")
    own = words("pl")
    now = own.list([label(verb, "pl") for verb in ("next", "back", "close", "extend", "pause", "help")])
    why = label("The workshop is not paused.", "pl")
    assert heard == told("pl", "{why} Possible now: {commands}.", why=why, commands=now)
    await says(room, "anna", "@Kolbot cancel")
    await room.clicks("anna", label("Yes, cancel it", "pl"))
    (heard,) = await says(room, "james", "@Kolbot answer")
    for verb in ("new", "board", "help"):
        assert label(verb, "pl") in heard.rpartition(":")[2], heard


@pytest.mark.no_cover
async def test_who_may_open_is_said_in_everybodys_language(tmp_path: Path) -> None:
    """Two are on the list."""
    listed = {one.id: one.object_id for one in CAST}
    async with session(tmp_path, MAY_OPEN=f"{listed['anna']}, {listed['liga']}") as room:
        for language, who in SPEAKERS.items():
            heard = await says(room, who, "@Kolbot new", CHANNEL)
            refused = told(
                language, "You are not among those who may open workshops here. Whoever runs Kolbot can add you."
            )
            on_it = who in ("anna", "liga")
            assert (heard == [refused]) is not on_it, who
            assert (label("new", language) in await says(room, who, "@Kolbot help")) is on_it
