"""What is not YAML, or not YAML that a template takes: each with the line and the words of its refusal."""

from __future__ import annotations

from itertools import pairwise

import pytest

from templates import WrongTemplate
from templates.nodes import from_shipped, from_text
from tests.templates.trial import RIGHT, refusal

TENFOLD = (f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]" for before, after in pairwise("abcdefghi"))
BOMB = "title: {a: &a [lol, lol], " + ", ".join(TENFOLD) + "}"

# name: (what stands in RIGHT, what stands there instead, line of the refusal, how its words begin)
WRONG: dict[str, tuple[str, str, int, str]] = {
    "a tab": (
        "        minutes: 10",
        "	minutes: 10",
        22,
        "a tab stands where the indent is; right would be: spaces, two for each level",
    ),
    "a colon in a text": (
        "title: {en: Trial, pl: Próba}",
        "title: Trial: the first",
        3,
        "this is not YAML (mapping values are not allowed here); right would be: “key: value”",
    ),
    "a question mark inside { }": (
        "text: {en: Tell,",
        "text: {en: Tell?,",
        53,
        "this is not YAML (expected ',' or '}', but got '?'); right would be: “key: value”, what "
        "belongs together indented alike, and quotation marks around a text that has a colon, a # or, "
        "inside { }, a ? or a comma",
    ),
    "a label that is a list": (
        "what: {en: What, pl: Co}",
        "what: [What, Co]",
        18,
        "columns “what” of prompt K1 is a list; right would be: one text",
    ),
    "a label that is nothing": (
        "what: {en: What, pl: Co}",
        "what:",
        18,
        "columns “what” of prompt K1 has nothing in it; right would be: a value, or the line left out",
    ),
    "a bracket left open": ("title: {en: Trial, pl: Próba}", "title: {en: Trial, pl: Próba", 4, "this is not YAML ("),
    "an escape that means no character": (
        "about: {en: To try",
        'about: {en: "\\UFFFFFFFF"',
        4,
        "this is not YAML (an escape that means no character)",
    ),
    "NUL": (
        "lobby_minutes: 5",
        "lobby_minutes: \0",
        5,
        "there is a character that YAML does not allow (U+0000); right would be: the line without it",
    ),
    "half a character": (
        "lobby_minutes: 5",
        "lobby_minutes: \ud800",
        5,
        "there is a character that YAML does not allow (U+D800)",
    ),
    "a second document": (
        "stages:",
        "---\nstages:",
        6,
        "a second document begins here; right would be: one template a file",
    ),
    "an object of Python": (
        "title: {en: Trial",
        "title: !!python/object/apply:os.system {en: Trial",
        3,
        "tag:yaml.org,2002:python/object/apply:o… is a YAML tag; right would be: the value without a tag",
    ),
    "a set": ("title: {en: Trial, pl: Próba}", "title: !!set {en, pl}", 3, "tag:yaml.org,2002:set is a YAML tag"),
    "an alias of nothing": (
        "title: {en: Trial, pl: Próba}",
        "title: *trial",
        3,
        "*trial names nothing that ends before it; right would be: an alias of something marked &trial "
        "above, or the value itself",
    ),
    "an alias of itself": (
        "title: {en: Trial, pl: Próba}",
        "title: &trial {en: *trial, pl: *trial}",
        3,
        "*trial names nothing that ends before it",
    ),
    "a merge": (
        "title: {en: Trial, pl: Próba}",
        "title: &title {en: Trial, pl: Próba}\n<<: *title",
        4,
        "the template has no “<<”",
    ),
    "deep": (
        "title: {en: Trial, pl: Próba}",
        "title: " + "[" * 100_000,
        3,
        "this is nested more than 16 levels deep; right would be: the shape of the shipped templates",
    ),
    "a bomb": (
        "title: {en: Trial, pl: Próba}",
        BOMB,
        3,
        "aliases make this longer than 1000000 characters; right would be: less repetition",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_is_refused_with_its_line_and_what_would_be_right(name: str) -> None:
    before, after, line, words = WRONG[name]
    assert before in RIGHT, "the table names what stands in the right one"
    assert refusal(RIGHT.replace(before, after, 1)).startswith(f"trial.yaml:{line}: {words}")


OTHERWISE = {"half a character", "a question mark inside { }"}
"""No text can have the one; the other is right by the YAML of today, and the quick parser takes it."""


@pytest.mark.parametrize("name", [name for name in WRONG if name not in OTHERWISE])
def test_where_somebody_has_changed_a_shipped_one_it_is_said_in_the_same_words(name: str) -> None:
    before, after, *_ = WRONG[name]
    given = RIGHT.replace(before, after, 1).encode()
    said = []
    for reads in (from_text, from_shipped):
        try:
            said.append(str(reads(given, "trial.yaml")))
        except WrongTemplate as wrong:
            said.append(str(wrong))
    assert said[0] == said[1]
