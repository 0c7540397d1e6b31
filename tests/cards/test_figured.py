"""Scale, checklist, matrix and rating on cards: the lists to choose from, the figures in words, the receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from cards import elements as el, phrases as ph
from cards.prompts import PROMPT_CARDS
from locales import words
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.walk import inputs_of, parts, text_of
from workshop.model import Answer, Value
from workshop.plan import Item, Prompt, Text, as_written
from workshop.prompts import kind_of
from workshop.prompts.checklist import ChecklistRules
from workshop.prompts.matrix import MatrixRules
from workshop.prompts.rating import RatingRules
from workshop.prompts.scale import ScaleRules
from workshop.refusals import Problem, Wrong
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded

EN, PL = words("en"), words("pl")
ENDS: tuple[Text, Text] = (s.both("Not at all"), s.both("Fully"))
AXES: tuple[Text, Text] = (s.both("Effect"), s.both("Ease"))
ITEMS = (
    Item("k0", as_written(s.NOTE), "practices", 2, ("e0",)),
    Item("k1", s.both("Law")),
    Item("k2", s.both("Money")),
)
SCALE = Prompt("S", "scale", s.both("How well?"), ScaleRules((), 5, ENDS))
CHECK = Prompt("L", "checklist", s.both("Is it there?"), ChecklistRules(()))
MATRIX = Prompt("M", "matrix", s.both("Where?"), MatrixRules((), AXES, 5))
RATING = Prompt("R", "rating", s.both("How sure?"), RatingRules(1, 10, ENDS))
AGAIN = replace(RATING, id="R2", again="R")


def made(elements: Sequence[el.Element], dialog: bool = True) -> dict[str, Any]:
    card = el.card([*elements])
    assert lint(card, user_words=s.TYPED, edited=not dialog, dialog=dialog) == []
    return card


def form(
    prompt: Prompt, given: Mapping[str, str] | None = None, *problems: Problem, before: str = ""
) -> dict[str, Any]:
    items = () if prompt.kind == "rating" else ITEMS
    asked = PromptForm(prompt, items, given or {}, problems, before)
    return made(PROMPT_CARDS[prompt.kind].inputs(asked, EN, "en"))


def board(prompt: Prompt, *values: Value, most: int = 20, start: int = 0, earlier: Sequence[int] = ()) -> str:
    given = [Answer(prompt.again, f"p{n}", {"value": number}) for n, number in enumerate(earlier)]
    given += [Answer(prompt.id, f"p{n}", value) for n, value in enumerate(values)]
    result = kind_of(prompt).tally(prompt, ITEMS, given, {}, frozenset())
    shown = PROMPT_CARDS[prompt.kind].result(PromptBoard(prompt, ITEMS, len(values), result), EN, "en", most, start)
    return text_of(made(shown, dialog=False))


def receipt(prompt: Prompt, value: Value) -> str:
    return text_of(made(PROMPT_CARDS[prompt.kind].recorded(Recorded(prompt, ITEMS, value), EN, "en")))


# ---- forms


@pytest.mark.parametrize("prompt", [SCALE, CHECK, MATRIX, RATING], ids=lambda prompt: prompt.kind)
def test_every_field_has_a_label_of_its_own_and_can_be_emptied_unless_it_is_needed(prompt: Prompt) -> None:
    fields = inputs_of(form(prompt))
    labels = [field["label"] for field in fields.values()]
    assert len(set(labels)) == len(labels)
    for field in fields.values():
        assert field["choices"][-1] == {"title": "no answer", "value": "-"}
        assert (field["style"], field["placeholder"]) == ("compact", "Please choose")
        assert "isRequired" not in field and "value" not in field
    for field in inputs_of(form(replace(prompt, required=True))).values():
        assert field["isRequired"] is True and field["errorMessage"] == "Please choose one."
        assert "-" not in [choice["value"] for choice in field["choices"]]


def test_people_s_words_stand_above_the_field_and_the_template_s_are_its_label() -> None:
    for prompt in (SCALE, CHECK):
        card = form(prompt)
        fields = inputs_of(card)
        assert [field["label"] for field in fields.values()] == ["Item 1", "Law", "Money"]
        assert text_of(card) == f"1. {s.NOTE}"
    card = form(MATRIX)
    assert [field["label"] for field in inputs_of(card).values()] == [
        f"{number} · {axis}" for number in (1, 2, 3) for axis in ("Effect", "Ease")
    ]
    assert text_of(card) == f"1. {s.NOTE}\n2. Law\n3. Money"


def test_what_there_is_to_choose() -> None:
    scale = inputs_of(form(SCALE))["a.S.k1"]["choices"]
    assert [choice["title"] for choice in scale] == [
        *("1 – Not at all", "2", "3", "4", "5 – Fully", "does not apply", "no answer")
    ]
    assert [choice["value"] for choice in scale] == ["1", "2", "3", "4", "5", "na", "-"]
    states = inputs_of(form(CHECK))["a.L.k0"]["choices"]
    assert [(one["value"], one["title"]) for one in states[:-1]] == [
        *(("in_place", "in place"), ("partly", "partly"), ("missing", "missing"), ("na", "does not apply"))
    ]
    matrix = inputs_of(form(MATRIX))
    assert list(matrix) == [f"a.M.k{n}.{axis}" for n in range(3) for axis in "xy"]
    assert [choice["title"] for choice in matrix["a.M.k0.x"]["choices"]] == ["1", "2", "3", "4", "5", "no answer"]
    rating = inputs_of(form(RATING))["a.R."]
    assert rating["label"] == "A number from 1 to 10"
    assert [choice["value"] for choice in rating["choices"]] == [*map(str, range(1, 11)), "-"]


def test_hints_for_programs() -> None:
    assert PROMPT_CARDS["scale"].hints(SCALE) == {"low": 1, "high": 5, "na": "na"}
    assert PROMPT_CARDS["checklist"].hints(CHECK) == {"states": ["in_place", "partly", "missing", "na"]}
    assert PROMPT_CARDS["matrix"].hints(MATRIX) == {"low": 1, "high": 5, "axes": ["x", "y"]}
    assert PROMPT_CARDS["rating"].hints(AGAIN) == {"low": 1, "high": 10, "again": "R"}


def test_a_refused_form_comes_back_filled_with_the_trouble_above_its_field() -> None:
    given = {"k0": " 4 ", "k1": "9", "k2": "na"}
    card = form(SCALE, given, Problem("S", "k1", Wrong.NOT_ON_SCALE, 9, 5, 1), Problem("S", "z", Wrong.NOT_AN_OPTION))
    assert [field.get("value") for field in inputs_of(card).values()] == ["4", None, "na"]
    order = [part.get("id") or "".join(run["text"] for run in part["inlines"])[:46] for part in card["body"]]
    assert order[0] == "⚠ This is not one of the options. Please choos"
    assert order[-3:] == ["⚠ Please give a whole number from 1 to 5.", "a.S.k1", "a.S.k2"]
    card = form(MATRIX, {"k0.x": "3"}, Problem("M", "k0.y", Wrong.HALF_A_POINT))
    fields = [part.get("id") or part["inlines"][0]["text"] for part in card["body"]]
    assert fields[1:4] == ["a.M.k0.x", "⚠ Please give both numbers, or leave both open.", "a.M.k0.y"]
    assert inputs_of(card)["a.M.k0.x"]["value"] == "3"
    card = form(CHECK, {"k1": "partly"}, Problem("L", "k0", Wrong.REQUIRED))
    words = text_of(card)
    assert words.index("1. Note") < words.index("⚠ Please fill this in."), "beside the field, below the item's words"
    assert inputs_of(card)["a.L.k1"]["value"] == "partly"
    card = form(RATING, {"": "eleven"}, Problem("R", "", Wrong.NOT_ON_SCALE, 0, 10, 1))
    assert text_of(card) == "⚠ Please give a whole number from 1 to 10."


def test_the_form_of_the_second_time_shows_one_s_own_first_number() -> None:
    assert text_of(form(AGAIN, before="7")) == "Your number the first time: 7"
    for nothing in ("", "**seven**", s.NOTE):
        assert text_of(form(AGAIN, before=nothing)) == ""


# ---- boards


def test_a_scale_on_the_board() -> None:
    said: list[Value] = [{"rows": {"k0": n, "k1": 4, "k2": "na"}} for n in (3, 4, 5)]
    text = board(SCALE, *said, {"rows": {"k2": 5}})
    assert text.splitlines() == [
        "1 = Not at all, 5 = Fully",
        "1. Money  1 rating · does not apply: 3",
        "1: 0 · 2: 0 · 3: 0 · 4: 0 · 5: 1",
        f"2. {s.NOTE}  3 ratings · median 4, the middle half from 3.5 to 4.5 · tie",
        "1: 0 · 2: 0 · 3: 1 · 4: 1 · 5: 1",
        "2. Law  3 ratings · median 4, the middle half from 4 to 4 · tie",
        "1: 0 · 2: 0 · 3: 0 · 4: 3 · 5: 0",
    ]
    few = board(replace(SCALE, rules=ScaleRules((), 3)), {"rows": {"k1": 2}}, most=1)
    assert few.splitlines() == ["1. Law  1 rating", "1: 0 · 2: 1 · 3: 0", "… and 2 more"]
    rest = board(SCALE, {"rows": {"k1": 2}}, most=2, start=1)
    assert "Law" not in rest and "Money  0 ratings" in rest


def test_a_bar_is_as_long_as_the_median_and_says_it_in_words() -> None:
    said = [Answer("S", f"p{n}", {"rows": {"k1": number}}) for n, number in enumerate((4, 4, 5, 5))]
    result = kind_of(SCALE).tally(SCALE, ITEMS, said, {}, frozenset())
    card = made(PROMPT_CARDS["scale"].result(PromptBoard(SCALE, ITEMS, 4, result), PL, "en", 20), dialog=False)
    (image,) = (part for part in parts(card) if part.get("type") == "Image")
    assert (image["width"], image["altText"]) == ("180px", "4.5")
    assert "mediana 4,5, środkowa połowa od 4 do 5" in text_of(card)


def test_a_checklist_on_the_board() -> None:
    said: list[Value] = [
        {"rows": {"k0": "missing", "k1": "in_place", "k2": "na"}},
        {"rows": {"k0": "partly", "k1": "in_place"}},
        {"rows": {"k0": "in_place", "k1": "partly"}},
    ]
    assert board(CHECK, *said).splitlines() == [
        "Thick: in place; half as thick: partly; thin: missing.",
        f"{s.NOTE}  in place: 1 · partly: 1 · missing: 1 · does not apply: 0",
        "Law  in place: 2 · partly: 1 · missing: 0 · does not apply: 0",
        "Money  in place: 0 · partly: 0 · missing: 0 · does not apply: 1",
    ]
    assert board(CHECK, *said, most=1, start=1).splitlines()[1:] == [
        "Law  in place: 2 · partly: 1 · missing: 0 · does not apply: 0",
        "… and 1 more",
    ]
    result = kind_of(CHECK).tally(CHECK, ITEMS, [Answer("L", f"p{n}", v) for n, v in enumerate(said)], {}, frozenset())
    card = made(PROMPT_CARDS["checklist"].result(PromptBoard(CHECK, ITEMS, 3, result), EN, "en", 9), dialog=False)
    pieces = [(part["width"], part["height"], part["altText"]) for part in parts(card) if part.get("type") == "Image"]
    assert pieces == [
        *(("67px", "12px", "in place: 1"), ("67px", "7px", "partly: 1"), ("67px", "3px", "missing: 1")),
        *(("133px", "12px", "in place: 2"), ("67px", "7px", "partly: 1")),
    ]


def test_a_matrix_on_the_board() -> None:
    said: list[Value] = [{"points": {"k0": [5, 4], "k1": [1, 5], "k2": [3, 1]}}] * 3
    lines = board(MATRIX, *said).splitlines()
    assert lines[0].startswith(
        "Placed by the medians, on axes from 1 to 5. A median of 3, the very middle, is on neither"
    )
    assert lines[1:11] == [
        *("Effect: low · Ease: high", "2. Law"),
        *("Effect: high · Ease: high", f"1. {ph.shortened(s.NOTE, ph.NAME)}"),
        *("Effect: low · Ease: low", "–", "Effect: high · Ease: low", "–"),
        "In none of the four: in the middle of an axis, or placed by fewer than 3 people.",
        "3. Money",
    ]
    note = "3 people · Effect: median 5, the middle half from 5 to 5 · Ease: median 4, the middle half from 4 to 4"
    law = "3 people · Effect: median 1, the middle half from 1 to 1 · Ease: median 5, the middle half from 5 to 5"
    assert lines[11:13] == [f"1. {s.NOTE}  {note}", f"2. Law  {law}"]
    ends = replace(MATRIX, rules=MatrixRules((), AXES, 5, ENDS))
    named = board(ends, *said[:2], {"points": {"k1": [2, 5]}}, most=1)
    assert "Effect: Not at all · Ease: Fully" in named
    assert "… and 2 more" in named


def test_dots_of_two_are_said_one_by_one_and_ties_are_ties() -> None:
    lines = board(MATRIX, {"points": {"k1": [2, 3], "k2": [1, 1]}}, {"points": {"k1": [1, 1], "k2": [3, 2]}})
    assert lines.splitlines()[-3:] == [
        "1. Law  2 people · (1, 1) · (2, 3) · tie",
        "1. Money  2 people · (1, 1) · (3, 2) · tie",
        f"{s.NOTE}  0 people",
    ]


def test_a_rating_on_the_board() -> None:
    assert board(RATING, {"value": 7}, {"value": 9}).splitlines() == [
        *("1 = Not at all, 10 = Fully", "Numbers given  2 ratings"),
        "1: 0 · 2: 0 · 3: 0 · 4: 0 · 5: 0 · 6: 0 · 7: 1 · 8: 0 · 9: 1 · 10: 0",
    ]


@pytest.mark.parametrize(
    ("before", "after", "shift"),
    [
        ((3, 5, 9), (5, 6, 8), "is +1: 2 went up, 0 stayed, 1 went down."),
        ((3, 5, 9), (3, 5, 9), "is ±0: 0 went up, 3 stayed, 0 went down."),
        ((3, 5, 9, 7), (3, 4, 8, 1), "is −1: 0 went up, 1 stayed, 3 went down."),
        ((3, 5, 9, 7), (4, 5, 9, 8), "is +0.5: 2 went up, 2 stayed, 0 went down."),
    ],
)
def test_before_and_after_and_the_shift(before: tuple[int, ...], after: tuple[int, ...], shift: str) -> None:
    lines = board(AGAIN, *({"value": number} for number in after), earlier=before).splitlines()
    assert lines[1].startswith(f"Before  {len(before)} ratings · median ")
    assert lines[3].startswith(f"After  {len(after)} ratings · median ")
    assert lines[-1] == f"{len(after)} people answered both times. The median of their own differences {shift}"


def test_no_shift_of_two_and_none_where_the_first_numbers_cannot_be_shown() -> None:
    lines = board(AGAIN, {"value": 7}, {"value": 8}, earlier=(3, 4, 5)).splitlines()
    assert lines[-1] == "A shift is shown from 3 people on who answered both times."
    lines = board(AGAIN, {"value": 7}, {"value": 8}, {"value": 9}).splitlines()
    assert lines[1] == "The answers of the first time cannot be shown."
    assert lines[2].startswith("After  3 ratings")


def test_twenty_rows_of_five_hundred_people_fit_one_page() -> None:
    items = tuple(Item(f"k{n}", as_written(f"{n} " + "ż" * 278)) for n in range(20))
    values: dict[str, Value] = {
        "S": {"rows": {item.key: 3 for item in items}},
        "L": {"rows": {item.key: "partly" for item in items}},
        "M": {"points": {item.key: [2, 5] for item in items}},
    }
    for prompt in (SCALE, CHECK, MATRIX):
        answers = [Answer(prompt.id, f"p{n}", values[prompt.id]) for n in range(500)]
        result = kind_of(prompt).tally(prompt, items, answers, {}, frozenset())
        assert (result.size, result.per_page) == (20, 20)
        shown = PROMPT_CARDS[prompt.kind].result(PromptBoard(prompt, items, 500, result), PL, "en", 20)
        assert el.weight_of(made(shown, dialog=False)) < 60 * 1024


def test_where_there_is_no_room_it_is_only_said_that_there_is_more() -> None:
    value: Value = {"rows": {"k0": 4}, "points": {"k0": [1, 2]}, "value": 7}
    for prompt, more in ((SCALE, 3), (CHECK, 3), (MATRIX, 3), (RATING, 1)):
        assert board(prompt, value, most=0) == f"… and {more} more"


# ---- receipts


def test_receipts_say_what_was_given_word_for_word() -> None:
    assert receipt(SCALE, {"rows": {"k0": 4, "k2": "na", "gone": 1}}) == f"4 · {s.NOTE}\ndoes not apply · Money"
    assert receipt(CHECK, {"rows": {"k1": "in_place", "k2": "odd"}}) == "in place · Law\nodd · Money"
    assert receipt(MATRIX, {"points": {"k0": [4, 2]}}) == f"Effect: 4 · Ease: 2 · {s.NOTE}"
    assert receipt(RATING, {"value": 7}) == "7"
