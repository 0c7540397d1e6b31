"""Mentions are removed by their entity and its exact text, never by a name."""

from __future__ import annotations

from typing import Any

import pytest

from bot.mentions import Said, read

BOT = "28:bot"


def mention(who: str, name: str | None = "Kolbot", text: str | None = None) -> dict[str, Any]:
    said = f"<at>{name}</at>" if text is None else text
    return {"type": "mention", "text": said, "mentioned": {"id": who, "name": name}}


@pytest.mark.parametrize(("text", "entities", "rest"), [
    ("<at>Kolbot</at> help", [mention(BOT)], "help"),
    ("<at>Kolbot</at>&nbsp;help\n", [mention(BOT)], "help"),
    ("help<at>Kolbot</at>me", [mention(BOT)], "help me"),
    ("<at>Workshop</at> start Workshop retro", [mention(BOT, "Workshop")], "start Workshop retro"),
    ("banana <at>A</at> A", [mention(BOT, "A")], "banana   A"),
    ("<at>Kolbot</at> <at>Kolbot</at> help", [mention(BOT), mention(BOT)], "help"),
    ("<at>Kolbot</at> <at>Kolbot</at> help", [mention(BOT)], "<at>Kolbot</at> help"),
    ('<at id="0">Kolbot</at> help', [mention(BOT, text='<at id="0">Kolbot</at>')], "help"),
    ("<at>R&amp;D bot</at> a &lt; b &amp;amp; c", [mention(BOT, text="<at>R&amp;D bot</at>")], "a < b &amp; c"),
    ("Kolbot help", [], "Kolbot help"),
    ("Kolbot help", [mention(BOT, text="")], "Kolbot help"),
    ("<at>everyone</at> help", [mention(BOT)], "<at>everyone</at> help"),
    ("(.*) <at>a+b[</at> x", [mention(BOT, "a+b[")], "(.*)   x"),
    ("zażółć \u202e gęślą <at>Kolbot</at>", [mention(BOT)], "zażółć \u202e gęślą"),
    ("", [], ""),
    (None, None, ""),
    ("\u00a0 \t", [], ""),
])
def test_only_the_bots_own_mention_goes(text: str | None, entities: Any, rest: str) -> None:
    assert read(text, entities, BOT).text == rest


def test_others_are_listed_once_each_and_taken_out_of_the_words() -> None:
    text = "<at>Kolbot</at> facilitator  <at>Anna</at> <at>Līga</at> <at>Anna</at>"
    entities = [mention(BOT), mention("29:anna", "Anna"), mention("29:liga", "Līga"), mention("29:anna", "Anna")]
    assert read(text, entities, BOT) == Said(
        "facilitator  <at>Anna</at> <at>Līga</at> <at>Anna</at>", "facilitator",
        (("29:anna", "Anna"), ("29:liga", "Līga")), True,
    )


def test_somebody_with_the_bots_name_is_somebody_else() -> None:
    said = read("<at>Kolbot</at> help", [mention("29:imposter")], BOT)
    assert said == Said("<at>Kolbot</at> help", "help", (("29:imposter", "Kolbot"),), False)


@pytest.mark.parametrize("entities", [
    ["x", 5, None], [{}], [{"type": "clientInfo", "locale": "pl-PL"}], [{"type": "mention"}], [{"type": None}],
    [{"type": "mention", "mentioned": None}], [{"type": "mention", "mentioned": {"id": 5}}],
    [{"type": "mention", "mentioned": {"id": ""}}], [{"type": "mention", "mentioned": [BOT]}],
])
def test_broken_and_other_entities_change_nothing(entities: list[Any]) -> None:
    assert read("<at>Kolbot</at> help", entities, BOT) == Said(
        "<at>Kolbot</at> help", "<at>Kolbot</at> help", (), False
    )


def test_a_mention_without_text_or_name_still_counts() -> None:
    entities: list[dict[str, Any]] = [
        {"type": "Mention", "mentioned": {"id": BOT}},
        {"type": "mention", "text": 5, "mentioned": {"id": "29:a"}},
    ]
    assert read("help", entities, BOT) == Said("help", "help", (("29:a", ""),), True)
