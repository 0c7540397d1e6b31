"""The kinds of prompt: settings, texts and notes, and that a filled form gives the same again."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.workshop.forms import CHOICE, ITEMS, LINE, NOTES, OWN, TEXT, VOTE, answers, parse, wrong
from workshop.plan import Item, Prompt, Text
from workshop.prompts import KINDS, kind_of
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.notes import NotesResult, NotesRules
from workshop.prompts.text import TextResult, TextRules
from workshop.prompts.vote import VoteRules
from workshop.refusals import Wrong


class Fields:
    """A template's settings, written in a dict."""

    def __init__(self, **said: object) -> None:
        self.said = said
        self.limits: dict[str, tuple[int, int]] = {}

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        self.limits[name] = (low, high)
        value = self.said.get(name, default)
        assert isinstance(value, int) and low <= value <= high
        return value

    def flag(self, name: str, default: bool) -> bool:
        return bool(self.said.get(name, default))

    def labelled(self, name: str, low: int, high: int) -> tuple[tuple[str, Text], ...]:
        self.limits[name] = (low, high)
        return tuple((key, {"en": key}) for key in str(self.said.get(name, "")).split())

    def pair(self, name: str, first: str, second: str, needed: bool = False) -> tuple[Text, Text] | None:
        said = [{"en": word} for word in str(self.said.get(name, "")).split()]
        assert said or not needed
        return (said[0], said[1]) if said else None

    def named(
        self, name: str, low: int, high: int, settings: tuple[str, ...]
    ) -> tuple[tuple[str, Text, Fields], ...]:
        self.limits[name] = (low, high)
        return tuple((key, {"en": key}, self) for key in str(self.said.get(name, "")).split())


def test_every_kind_is_known_by_its_name() -> None:
    assert {"text", "notes", "choice", "vote"} <= set(KINDS)
    assert all(kind.name == name for name, kind in KINDS.items())
    assert {name for name, kind in KINDS.items() if kind.takes_items} >= {"choice", "vote"}


def test_what_there_is_to_ask() -> None:
    for prompt, items, asked in (
        (TEXT, (), True),
        (NOTES, (), True),
        (VOTE, (), False),
        (VOTE, ITEMS, True),
        (CHOICE, (), False),
        (CHOICE, ITEMS, True),
        (OWN, (), True),
    ):
        assert kind_of(prompt).asks(prompt, items) is asked


# ---- settings


def test_settings_and_what_stands_where_none_is_given() -> None:
    assert KINDS["text"].read(Fields()) == TextRules(1000, True)
    assert KINDS["text"].read(Fields(max_chars=140, lines=False)) == TextRules(140, False)
    assert KINDS["notes"].read(Fields(columns="x y")) == NotesRules((("x", {"en": "x"}), ("y", {"en": "y"})), 280, 5)
    assert KINDS["choice"].read(Fields(options="a b", own=True)) == ChoiceRules(
        (Item("a", {"en": "a"}), Item("b", {"en": "b"})), 1, True
    )
    assert KINDS["vote"].read(Fields()) == VoteRules(3, 2)
    assert KINDS["vote"].read(Fields(dots=1)) == VoteRules(1, 1)


def test_no_item_takes_more_dots_than_a_person_has() -> None:
    fields = Fields(dots=5)
    KINDS["vote"].read(fields)
    assert fields.limits["per_item"] == (1, 5)


# ---- text


@pytest.mark.parametrize(
    ("words", "kept"), [("x" * 10, "x" * 10), ("  hi \n\n\n\n you ", "hi\n\nyou"), ("\r\n a \r b", "a\nb")]
)
def test_a_text_is_kept(words: str, kept: str) -> None:
    assert parse(TEXT, _=words) == {"text": kept}


def test_a_text_in_one_line_has_no_other() -> None:
    assert parse(LINE, _="a\n b\r\nc") == {"text": "a b c"}


def test_a_text_too_long_by_one_says_by_how_much() -> None:
    assert wrong(TEXT, _="x" * 11) == ("", Wrong.TOO_LONG, 11, 10)
    assert wrong(TEXT, _="x" * 100_000) == ("", Wrong.TOO_LONG, 100_000, 10)


@pytest.mark.parametrize("words", ["", "   ", "\n\n", "\x00", "\u200f\u202e", "\u200b", "\ufeff"])
def test_nothing_is_no_answer(words: str) -> None:
    for prompt in (TEXT, LINE):
        assert parse(prompt, _=words) is None
    assert parse(NOTES, x=words) is None
    assert parse(OWN, own=words) is None
    assert kind_of(TEXT).parse(TEXT, (), {}) is None


def test_the_length_is_counted_in_code_points_after_cleaning() -> None:
    assert parse(TEXT, _="👩‍👩‍👧‍👦" + "e\u0301" * 3) == {"text": "👩‍👩‍👧‍👦ééé"}
    assert parse(TEXT, _="\u202e" * 50 + "x" * 10 + " " * 50) == {"text": "x" * 10}


def test_quotes_in_order_with_names_and_without_what_is_hidden() -> None:
    given = answers(TEXT, ivan={"text": "one"}, eva={"text": "two"})
    kind = kind_of(TEXT)
    (hidden, words), *_ = kind.entries(TEXT, given[0])
    assert words == "one"
    result = kind.tally(TEXT, (), given, {"eva": "Eva"}, frozenset({hidden}))
    assert isinstance(result, TextResult)
    assert result.people == 2
    assert [(quote.words, quote.who) for quote in result.quotes] == [("two", "Eva")]
    assert [(item.label, item.origin, item.weight) for item in kind.carry(TEXT, (), given, frozenset({hidden}))] == [
        ({"": "two"}, "T", 1)
    ]


# ---- notes


def test_one_note_a_line_empty_ones_and_repetitions_left_out() -> None:
    assert parse(NOTES, x="a\n\n b \na\r\nb", y=" ") == {"x": ["a", "b"]}


def test_a_column_that_there_is_not_is_not_filled() -> None:
    assert parse(NOTES, z="a", _="b") is None


def test_the_limits_of_a_note_and_of_a_column() -> None:
    assert parse(NOTES, x="12345\n2\n3") == {"x": ["12345", "2", "3"]}
    assert wrong(NOTES, x="ok\n123456") == ("x", Wrong.TOO_LONG, 6, 5)
    assert wrong(NOTES, y="1\n2\n3\n4") == ("y", Wrong.TOO_MANY, 4, 3)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    problems = parse(NOTES, x="123456\n1\n2\n3", y="1234567")
    assert isinstance(problems, tuple)
    assert [(problem.part, problem.wrong) for problem in problems] == [
        ("x", Wrong.TOO_LONG),
        ("x", Wrong.TOO_MANY),
        ("y", Wrong.TOO_LONG),
    ]


def test_columns_of_notes_without_what_is_hidden() -> None:
    given = answers(NOTES, ivan={"x": ["one", "two"]}, eva={"y": ["three"]})
    kind = kind_of(NOTES)
    entries = {words: entry for entry, words in kind.entries(NOTES, given[0])}
    result = kind.tally(NOTES, (), given, {"ivan": "Ivan"}, frozenset({entries["one"]}))
    assert isinstance(result, NotesResult)
    assert result.people == 2
    assert [(column.id, [(note.words, note.who) for note in column.notes]) for column in result.columns] == [
        ("x", [("two", "Ivan")]),
        ("y", [("three", "")]),
    ]


def test_the_same_words_keep_their_name_when_the_rest_changes_and_not_in_another_column_or_by_another_hand() -> None:
    kind = kind_of(NOTES)
    names = [
        {words: entry for entry, words in kind.entries(NOTES, answer)}["one"]
        for answer in (
            *answers(NOTES, ivan={"x": ["one", "two"]}),
            *answers(NOTES, ivan={"x": ["three", "one"]}),
            *answers(NOTES, ivan={"y": ["one"]}),
            *answers(NOTES, eva={"x": ["one"]}),
        )
    ]
    assert names[0] == names[1]
    assert len(set(names)) == 3


# ---- a form is filled with what would give the same again


@pytest.mark.parametrize(
    ("prompt", "value"),
    [
        (TEXT, {"text": "two\nlines"}),
        (NOTES, {"x": ["one", "two"], "y": ["three"]}),
        (OWN, {"chosen": ["a"], "own": "mine"}),
        (CHOICE, {"chosen": ["a", "c"], "own": ""}),
        (VOTE, {"dots": {"a": 2, "c": 1}}),
    ],
)
def test_a_form_filled_with_an_answer_gives_it_again(prompt: Prompt, value: Mapping[str, object]) -> None:
    kind = kind_of(prompt)
    assert kind.parse(prompt, ITEMS, kind.unparse(prompt, value)) == value


def test_what_is_stored_in_another_shape_fills_a_form_with_nothing() -> None:
    assert kind_of(NOTES).unparse(NOTES, {"x": "not a list"}) == {}
    assert kind_of(CHOICE).unparse(CHOICE, {"chosen": "a", "own": ""}) == {"": "", "own": ""}


def test_a_result_says_how_many_entries_it_has() -> None:
    given = answers(VOTE, ivan={"dots": {"b": 2}})
    assert kind_of(VOTE).tally(VOTE, ITEMS, given, {}, frozenset()).size == 3
