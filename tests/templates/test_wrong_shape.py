"""Wrong languages, ids, stages, steps and prompts of a template, each with the line and the words of its refusal."""

from __future__ import annotations

import pytest

from tests.templates.trial import RIGHT, refusal

CONCLUSIONS = RIGHT[RIGHT.index("  - id: conclusions") :]
EXPERIENCE = RIGHT[RIGHT.index("  - id: experience") : RIGHT.index("  - id: conclusions")]
STAGES_LINES = RIGHT[RIGHT.index("stages:") :]
COLUMNS = RIGHT[RIGHT.index("            columns:") : RIGHT.index("      - id: pause")]
FOUR = "".join(f"\n        - {{id: P{n}, kind: text, text: {{en: a, pl: b}}}}" for n in range(4))

# name: (what stands in RIGHT, what stands there instead, line of the refusal, how its words begin)
WRONG: dict[str, tuple[str, str, int, str]] = {
    "a language missing": (
        "            text: {en: Tell, pl: Opowieść}",
        "            text:\n              en: Tell",
        53,
        "“text” of prompt E1 lacks its text in “pl”; right would be: “pl: …” beside the others, or “pl” "
        "left out of languages",
    ),
    "a language missing in a column": (
        "what: {en: What, pl: Co}",
        "what: {pl: Co}",
        18,
        "columns “what” of prompt K1 lacks its text in “en”; right would be: “en: …” beside the others, "
        "or “en” left out of languages",
    ),
    "one text for two languages": (
        "about: {en: To try, pl: Na próbę}",
        "about: To try",
        4,
        "“about” of the template is one text, but the template has 2 languages; right would be: {en: …, pl: …}",
    ),
    "a language that is not declared": (
        "text: {en: Tell,",
        "text: {hu: Mese, en: Tell,",
        53,
        "“text” of prompt E1 has a text in “hu”, which languages does not name; right would be: “hu” in "
        "languages, with every text in it, or this text left out",
    ),
    "a language that is not known": (
        "text: {en: Tell,",
        "text: {de: Sage, en: Tell,",
        53,
        "“de” is not a language that can be used; right would be: one of en, pl, bg, lv, hu",
    ),
    "a language declared that is not known": (
        "languages: [en, pl]",
        "languages: [en, polski]",
        2,
        "“polski” is not a language that can be used; right would be: one of en, pl, bg, lv, hu",
    ),
    "a language declared twice": (
        "languages: [en, pl]",
        "languages:\n- en\n- en",
        4,
        "languages names “en” twice; right would be: it once",
    ),
    "languages as a word": (
        "languages: [en, pl]",
        "languages: en",
        2,
        "“languages” of the template is “en”; right would be: a list, each entry with “- ” before it",
    ),
    "no language": (
        "languages: [en, pl]",
        "languages: []",
        2,
        "“languages” of the template has 0 entries; right would be: 1 to 20",
    ),
    "a list as a language": (
        "languages: [en, pl]",
        "languages: [[en], pl]",
        2,
        "an entry of languages is a list; right would be: one text",
    ),
    "an id with a space": (
        "      - id: pause",
        "      - id: a pause",
        20,
        "“a pause” cannot be an id; right would be: letters a–z, digits, _ and -, beginning with a "
        "letter or digit, at most 40",
    ),
    "an id with a letter of another alphabet": (
        "          - id: K1",
        "          - id: К1",
        14,
        "“К1” cannot be an id; right would be: letters a–z, digits, _ and -, beginning with a letter or "
        "digit, at most 40",
    ),
    "an option with a comma": (
        "              now:",
        '              "now,soon":',
        42,
        "“now,soon” cannot be an id; right would be: letters a–z, digits, _ and -, beginning with a "
        "letter or digit, at most 40",
    ),
    "the id of another prompt": (
        "          - id: C1",
        "          - id: K1",
        63,
        "the id “K1” is taken by another prompt in line 14; right would be: an id of its own",
    ),
    "the id of another step": (
        "      - id: pause",
        "      - id: remember",
        20,
        "the id “remember” is taken by another step in line 10; right would be: an id of its own",
    ),
    "three stages": (
        CONCLUSIONS,
        "",
        6,
        "there are 3 stages; right would be: four: knowledge, action, experience, conclusions, in this order",
    ),
    "a stage left out": (
        EXPERIENCE,
        "",
        44,
        "stage 3 is “conclusions”; right would be: “experience”: the stages are knowledge, action, "
        "experience, conclusions, in this order",
    ),
    "no stages": (
        STAGES_LINES,
        "",
        1,
        "the template lacks “stages”; right would be: “stages:” with knowledge, action, experience, conclusions",
    ),
    "a step that asks nothing": (
        "        break: true\n",
        "",
        20,
        "step pause asks nothing; right would be: one to three prompts, or “break: true”",
    ),
    "a break that asks": (
        "        minutes: 5\n        prompts:\n          - id: K1",
        "        minutes: 5\n        break: yes\n        prompts:\n          - id: K1",
        14,
        "step remember is a break and has prompts; right would be: “break: true” or prompts, not both",
    ),
    "no prompts": (
        "        break: true",
        "        prompts: []",
        23,
        "“prompts” of step pause has 0 entries; right would be: 1 to 3",
    ),
    "four prompts": (
        "        break: true",
        "        prompts:" + FOUR,
        23,
        "“prompts” of step pause has 4 entries; right would be: 1 to 3",
    ),
    "five columns": (
        "              what: {en: What, pl: Co}",
        "              c0: {en: a, pl: b}\n              c1: {en: a, pl: b}\n              c2: {en: a, "
        "pl: b}\n              c3: {en: a, pl: b}",
        17,
        "“columns” of prompt K1 has 5 entries; right would be: 1 to 4",
    ),
    "no column": (
        COLUMNS.rstrip(),
        "            columns: {}",
        17,
        "“columns” of prompt K1 has 0 entries; right would be: 1 to 4",
    ),
    "columns as a list": (
        COLUMNS.rstrip(),
        "            columns: [what, where]",
        17,
        "“columns” of prompt K1 is a list; right would be: keys with values (an id, a colon, its text)",
    ),
    "no options": (
        "              now: {en: Now, pl: Teraz}\n              later: {en: Later, pl: Później}",
        "              {}",
        41,
        "“options” of prompt A2 has 0 entries; right would be: 1 to 20",
    ),
    "a kind that is none": (
        "            kind: vote",
        "            kind: votes",
        32,
        "there is no kind “votes”; right would be: “vote”",
    ),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", WRONG)
def test_is_refused_with_its_line_and_what_would_be_right(name: str) -> None:
    before, after, line, words = WRONG[name]
    assert before in RIGHT, "the table names what stands in the right one"
    assert refusal(RIGHT.replace(before, after, 1)).startswith(f"trial.yaml:{line}: {words}")
