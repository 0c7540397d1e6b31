"""Texts that nobody would write on paper: control and bidirectional marks, emoji, surrogates, 100,000 of it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings, strategies as st

from tests.workshop.paper import opened
from tests.workshop.session import asks
from workshop.plan import Item, Prompt
from workshop.prompts import kind_of
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.kind import clean, fold, item_key
from workshop.prompts.notes import NotesRules
from workshop.prompts.text import TextRules
from workshop.prompts.vote import VoteRules
from workshop.refusals import Refused

NASTY = (
    "\x00", "\x07", "\t", "\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", " ", "\u00a0", "\u3000",
    "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff",
    "\ud800", "\udfff", "\ue000", "\uffff", "\ufdd0", "\U0010ffff", "\U000e0067", "\u2800", "\u3164", "\ufe0f",
    "e", "\u0301", "\u0323", "\u0307", "İ", "ı", "ß", "ẞ", "ﬁ", "Å", "\u212b", "가", "\u1100\u1161", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "🩷", "🫨", "ł", "Ł", "ą", ",", ".", "<at>everyone</at>", "[x](https://evil)", "{{DATE()}}", "<script>", "'; DROP",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(NASTY), st.characters(), st.text(max_size=4)), max_size=30).map("".join)
ITEMS = (Item("a", {"": "Alpha"}), Item("b", {"": "Beta"}))

TEXT = asks("T", "text", TextRules(100_000, True))
LINE = asks("T", "text", TextRules(100_000, False))
NOTES = asks("N", "notes", NotesRules((("x", {"en": "X"}), ("y", {"en": "Y"})), 280, 20))
CHOICE = asks("C", "choice", ChoiceRules(ITEMS, 2, True))
VOTE = asks("V", "vote", VoteRules(3, 2))


def fits(value: object) -> bool:
    """Whether every text in a value can be kept, anywhere: UTF-8, JSON, PostgreSQL, XML."""
    texts = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else [value]
    if isinstance(value, str):
        value.encode()
        return not any((unicodedata.category(c) in ("Cc", "Cs") and c != "\n") or c in "\ufffe\uffff" for c in value)
    return all(fits(text) for text in texts if not isinstance(text, int))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("e\u200b\u0301")
@example("a\u202e \u0301")
@example("\n \u200d\n\n \n")
@example("\u1100\u200e\u1161")
def test_clean_words_stay_as_they_are_and_can_be_kept_anywhere(words: str) -> None:
    for lines in (True, False):
        once = clean(words, lines)
        assert clean(once, lines) == once
        assert unicodedata.normalize("NFC", once) == once
        assert fits(once)
        assert once == once.strip()
        assert lines or "\n" not in once


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
@pytest.mark.parametrize("prompt", [TEXT, LINE, NOTES, CHOICE, VOTE], ids=lambda prompt: prompt.kind)
def test_what_was_taken_fills_a_form_that_gives_it_again(prompt: Prompt, one: str, two: str) -> None:
    kind = kind_of(prompt)
    parts = {"text": [""], "notes": ["x", "y"], "choice": ["", "own"], "vote": ["a", one]}[prompt.kind]
    given = dict(zip(parts, (one, two), strict=False))
    value = kind.parse(prompt, ITEMS, given)
    if value is None or isinstance(value, tuple):
        return
    assert fits(value)
    assert kind.parse(prompt, ITEMS, kind.unparse(prompt, value)) == value


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_folding_is_settled_and_forgets_no_difference_but_case_space_and_stops(words: str) -> None:
    cleaned = clean(words, lines=False)
    assert (fold(cleaned) == "") == (cleaned == "")
    assert item_key(f"  {cleaned}  ") == item_key(cleaned)
    if cleaned.isascii():
        assert fold(cleaned.upper()) == fold(cleaned.lower())


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Poland\tBulgaria", "Poland Bulgaria"),
        ("one\x0btwo\x0cthree\x85four", "one two three four"),
        ("one\u2028two\u2029three", "one two three"),
        ("nul\x00here", "nulhere"),
        ("\u202eevil\u202c", "evil"),
        ("lone\ud800 surrogate", "lone surrogate"),
        ("👩\u200d👩\u200d👧\u200d👦", "👩\u200d👩\u200d👧\u200d👦"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
        ("🩷🫨", "🩷🫨"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u200b\u0301", "é"),
        (
            "<at>everyone</at> [x](https://evil) {{DATE()}} <script>",
            "<at>everyone</at> [x](https://evil) {{DATE()}} <script>",
        ),
        ("'; DROP TABLE answers; --", "'; DROP TABLE answers; --"),
        ("private \ue000 use", "private use"),
        ("a\ufffe\uffff\ufdd0b", "ab"),
    ],
)
def test_words_as_they_are_kept(words: str, kept: str) -> None:
    assert clean(words, lines=False) == kept


@pytest.mark.parametrize(
    "words", ["\u200d", "\u200d\u200c \u200d", "\u2800", "\u3164", "\u115f", "\ufe0f", "\u034f\n\u180b", "\u3000\u00a0"]
)
def test_what_cannot_be_seen_is_nothing(words: str) -> None:
    paper = opened().starts()
    outcome = paper.says("ivan", K1=words.split("\n"), K2=words)
    assert isinstance(outcome, Refused)
    assert outcome.reason.value == "nothing_given"


def test_notes_of_stops_only_are_different_notes() -> None:
    assert len({item_key(words) for words in ("?", "!", "...", "-")}) == 4
    assert item_key("What?") == item_key("what")


def test_a_hundred_thousand_characters_are_refused_with_their_number_and_nothing_is_kept() -> None:
    paper = opened().starts()
    outcome = paper.says("ivan", K1=["x" * 100_000], K2="👩‍👩‍👧‍👦" * 20_000)
    assert isinstance(outcome, Refused)
    assert [(problem.given, problem.limit) for problem in outcome.problems] == [(100_000, 280), (140_000, 1000)]
    assert not paper.kept


def test_somebody_who_writes_the_same_twice_in_other_case_counts_once() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["Money", "MONEY", "time"])
    paper.says("eva", K1=["time"])
    paper.next()
    assert [(one.label[""], one.weight) for one in paper.w.items["K4"]] == [("time", 2), ("Money", 1)]


def test_a_form_sent_again_unchanged_keeps_every_note_s_name() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["e\u200b\u0301te", "a\tb"])
    kind, prompt = kind_of(paper.plan.prompts["K1"]), paper.plan.prompts["K1"]
    before = kind.entries(prompt, paper.kept["K1", "", 1, "ivan"])
    paper.says("ivan", K1=kind.unparse(prompt, paper.kept["K1", "", 1, "ivan"].value))
    assert kind.entries(prompt, paper.kept["K1", "", 1, "ivan"]) == before
