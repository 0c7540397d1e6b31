"""Wrong keys and values in a template, each with the line and the words of its refusal."""

from __future__ import annotations

import pytest

from tests.templates.trial import RIGHT, refusal

STORY = RIGHT[RIGHT.index("      - id: story") : RIGHT.index("  - id: conclusions")]
COLUMNS = RIGHT[RIGHT.index("            columns:") : RIGHT.index("      - id: pause")]

# name: (what stands in RIGHT, what stands there instead, line of the refusal, how its words begin)
WRONG: dict[str, tuple[str, str, int, str]] = {
    "at once and anonymous": (
        "            reveal: by_facilitator",
        "            reveal: live",
        54,
        "prompt E1 is anonymous and shown at once, so whoever watches the board sees who has just answered; right "
        "would be: “reveal: on_close” or “reveal: by_facilitator”, or no “anonymous”",
    ),
    "unknown key, near": (
        "        minutes: 10",
        "        mintues: 10",
        22,
        "step 2 of stage knowledge has no “mintues”; right would be: “minutes”",
    ),
    "unknown key, far": (
        "lobby_minutes: 5",
        "colour: red",
        5,
        "the template has no “colour”; right would be: one of id, languages, title, about, "
        "lobby_minutes, retention_days, groups, follow_up, stages",
    ),
    "a setting of another kind": (
        "            reveal: by_facilitator",
        "            columns: 3",
        54,
        "prompt E1 has no “columns”; right would be: one of id, kind, text, hint, reveal, anonymous, "
        "required, moderated, from, top, quotes_challenge, quotes, by, per, on_summary, headline, write_in, max_chars, "
        "lines",
    ),
    "a setting misspelt": (
        "            per_item: 2",
        "            per_itme: 2",
        37,
        "prompt A1 has no “per_itme”; right would be: “per_item”",
    ),
    "no minutes": (
        "        minutes: 10\n",
        "",
        20,
        "step pause lacks “minutes”; right would be: “minutes:” with a whole number from 1 to 4320",
    ),
    "no title": (
        "title: {en: Trial, pl: Próba}\n",
        "",
        1,
        "the template lacks “title”; right would be: “title:” with a text in en, pl",
    ),
    "no columns": (
        COLUMNS,
        "",
        14,
        "prompt K1 lacks “columns”; right would be: “columns:” with 1 to 4 ids, each with its text",
    ),
    "no languages": (
        "languages: [en, pl]\n",
        "",
        1,
        "the template lacks “languages”; right would be: “languages: [en]”, or more of en, pl, bg, lv, hu",
    ),
    "no aim": (
        "    aim: {en: Live, pl: Przeżyć}\n",
        "",
        44,
        "stage experience lacks “aim”; right would be: “aim:” with a text in en, pl",
    ),
    "key twice": (
        "        minutes: 10",
        "        minutes: 10\n        minutes: 11",
        23,
        "“minutes” stands here twice, first in line 22; right would be: it once",
    ),
    "column twice": (
        "              where:",
        "              what:",
        19,
        "“what” stands here twice, first in line 18; right would be: it once",
    ),
    "a list as key": (
        "lobby_minutes: 5",
        "[lobby]: 5",
        5,
        "a list stands here as a key; right would be: one word, then a colon",
    ),
    "a mapping as key": (
        "lobby_minutes: 5",
        "{lobby: 1}: 5",
        5,
        "a mapping stands here as a key; right would be: one word, then a colon",
    ),
    "nothing as key": (
        "lobby_minutes: 5",
        '"": 5',
        5,
        "nothing stands here as a key; right would be: one word, then a colon",
    ),
    "minutes as words": (
        "        minutes: 10",
        "        minutes: ten",
        22,
        "“minutes” of step pause is “ten”; right would be: a whole number from 1 to 4320, without quotation marks",
    ),
    "minutes in quotation marks": (
        "        minutes: 10",
        '        minutes: "10"',
        22,
        "“minutes” of step pause is “10”; right would be: a whole number from 1 to 4320, without quotation marks",
    ),
    "half minutes": (
        "        minutes: 10",
        "        minutes: 7.5",
        22,
        "“minutes” of step pause is “7.5”; right would be: a whole number from 1 to 4320, without quotation marks",
    ),
    "sixty times sixty": (
        "        minutes: 10",
        "        minutes: 1:30",
        22,
        "“minutes” of step pause is “1:30”; right would be: a whole number from 1 to 4320, without quotation marks",
    ),
    "no minutes at all": (
        "        minutes: 10",
        "        minutes: 0",
        22,
        "“minutes” of step pause is 0; right would be: a whole number from 1 to 4320",
    ),
    "too many minutes": (
        "        minutes: 10",
        "        minutes: 4321",
        22,
        "“minutes” of step pause is 4321; right would be: a whole number from 1 to 4320",
    ),
    "cut as a word": (
        "        minutes: 10",
        "        cut: first\n        minutes: 10",
        22,
        "“cut” of step pause is “first”; right would be: a whole number from 0 to 99, without quotation marks",
    ),
    "cut too late": (
        "        minutes: 10",
        "        cut: 100\n        minutes: 10",
        22,
        "“cut” of step pause is 100; right would be: a whole number from 0 to 99",
    ),
    "fewer than no minutes": (
        "lobby_minutes: 5",
        "lobby_minutes: -5",
        5,
        "“lobby_minutes” of the template is -5; right would be: a whole number from 0 to 600",
    ),
    "minutes without a value": (
        "        minutes: 10",
        "        minutes:",
        22,
        "“minutes” of step pause has nothing in it; right would be: a value, or the line left out",
    ),
    "a flag as word": (
        "            anonymous: true",
        "            anonymous: maybe",
        55,
        "“anonymous” of prompt E1 is “maybe”; right would be: true or false, without quotation marks",
    ),
    "more dots on one than there are": (
        "            per_item: 2",
        "            per_item: 4",
        37,
        "“per_item” of prompt A1 is 4; right would be: a whole number from 1 to 3",
    ),
    "top of nothing": (
        "            top: 5",
        "            top: 0",
        35,
        "“top” of prompt A1 is 0; right would be: a whole number from 1 to 20",
    ),
    "top of too many": (
        "            top: 5",
        "            top: 21",
        35,
        "“top” of prompt A1 is 21; right would be: a whole number from 1 to 20",
    ),
    "a list where text stands": (
        "title: {en: Trial, pl: Próba}",
        "title: [Trial, Próba]",
        3,
        "“title” of the template is a list; right would be: one text",
    ),
    "a list inside a text": (
        "title: {en: Trial, pl: Próba}",
        "title: {en: [Trial], pl: Próba}",
        3,
        "“title” of the template in “en” is a list; right would be: one text",
    ),
    "an id that is a mapping": (
        "id: trial",
        "id: {a: b}",
        1,
        "“id” of the template is a mapping; right would be: one text",
    ),
    "steps as a mapping": (
        STORY,
        "      story: 5\n",
        46,
        "“steps” of stage experience is a mapping; right would be: a list, each entry with “- ” before it",
    ),
    "a step that is a word": (
        STORY,
        "      - story\n",
        47,
        "step 1 of stage experience is “story”; right would be: keys with values (id, title, minutes, prompts)",
    ),
    "a reveal that is none": (
        "            reveal: by_facilitator",
        "            reveal: on-close",
        54,
        "“reveal” of prompt E1 is “on-close”; right would be: “on_close”",
    ),
    "too long a text": (
        "about: {en: To try, pl: Na próbę}",
        "about: {en: To try, pl: " + "ą" * 2001 + "}",
        4,
        "“about” of the template in “pl” has 2001 characters; right would be: at most 2000",
    ),
    "too long a label": (
        "what: {en: What",
        "what: {en: "
        "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
        18,
        "columns “what” of prompt K1 in “en” has 141 characters; right would be: at most 140",
    ),
    "a text of nothing that can be seen": (
        "text: {en: Tell",
        'text: {en: "\\u200e \\n"',
        53,
        "“text” of prompt E1 in “en” has nothing in it; right would be: a value, or the line left out",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_is_refused_with_its_line_and_what_would_be_right(name: str) -> None:
    before, after, line, words = WRONG[name]
    assert before in RIGHT, "the table names what stands in the right one"
    assert refusal(RIGHT.replace(before, after, 1)).startswith(f"trial.yaml:{line}: {words}")
