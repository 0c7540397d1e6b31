"""A form of named fields: each with its limit and need; blocks by person; what the first field carries over."""

from __future__ import annotations

import pytest

from tests.workshop.forms import answers, parse, wrong
from tests.workshop.paper import Paper
from tests.workshop.session import DOTS, asks, plan_of, step
from tests.workshop.test_kinds import Fields
from workshop.plan import Source
from workshop.prompts import KINDS, kind_of
from workshop.prompts.form import FormField, FormResult, FormRules
from workshop.refusals import Problem, Wrong

FIELDS = (
    FormField("tried", {"en": "Tried"}, 20, True, True),
    FormField("why", {"en": "Why"}, 10, False, False),
    FormField("help", {"en": "Help"}, 10, False, True),
)
FORM = asks("F", "form", FormRules(FIELDS))


def test_settings_and_what_stands_where_none_is_given() -> None:
    fields = Fields(fields="a b")
    read = KINDS["form"].read(fields)
    assert read == FormRules(tuple(FormField(key, {"en": key}, 500, True, False) for key in "ab"))
    assert (fields.limits["fields"], fields.limits["max_chars"]) == ((1, 6), (1, 2000))
    other = KINDS["form"].read(Fields(fields="a", max_chars=9, lines=False, required=True))
    assert other == FormRules((FormField("a", {"en": "a"}, 9, False, True),))
    assert kind_of(FORM).asks(FORM, ())


def test_fields_are_kept_clean_and_empty_ones_not_at_all() -> None:
    given = parse(FORM, tried=" two \n lines ", why=" one\nline ", help="you", z="nothing")
    assert given == {"fields": {"tried": "two\nlines", "why": "one line", "help": "you"}}
    assert parse(FORM, tried="a", why="\u200b", help="b") == {"fields": {"tried": "a", "help": "b"}}


@pytest.mark.parametrize("given", [{}, {"tried": " ", "why": "\n"}, {"z": "words"}])
def test_an_empty_form_is_no_answer_though_fields_of_it_are_needed(given: dict[str, str]) -> None:
    assert parse(FORM, **given) is None


def test_a_field_that_is_needed_is_asked_for_once_anything_is_filled_in() -> None:
    assert wrong(FORM, tried="a") == ("help", Wrong.REQUIRED, 0, 0)
    problems = parse(FORM, why="x" * 11)
    assert problems == (
        Problem("F", "why", Wrong.TOO_LONG, 11, 10),
        Problem("F", "tried", Wrong.REQUIRED),
        Problem("F", "help", Wrong.REQUIRED),
    )


def test_blocks_in_order_with_names_and_without_what_is_hidden() -> None:
    given = answers(
        FORM,
        ivan={"fields": {"help": "h", "tried": "t"}},
        eva={"fields": {"tried": "rude", "gone": "since"}},
        ola={"fields": {"why": "w"}},
    )
    kind = kind_of(FORM)
    ((rude, words),) = kind.entries(FORM, given[1])
    assert words == "rude"
    result = kind.tally(FORM, (), given, {"ivan": "Ivan"}, frozenset({rude}))
    assert isinstance(result, FormResult)
    assert [(block.who, [(one.field, one.words) for one in block.filled]) for block in result.blocks] == [
        ("Ivan", [("tried", "t"), ("help", "h")]),
        ("", [("why", "w")]),
    ]
    assert result.fields == (("tried", {"en": "Tried"}), ("why", {"en": "Why"}), ("help", {"en": "Help"}))
    assert (result.people, result.size) == (3, 2)


@pytest.mark.parametrize(("length", "fields", "fit"), [(1, 1, 29), (300, 1, 15), (2000, 6, 1), (0, 0, 30)])
def test_a_page_has_room_for_whole_blocks(length: int, fields: int, fit: int) -> None:
    rules = FormRules(tuple(FormField(f"f{n}", {"en": "F"}, 2000, True, False) for n in range(max(fields, 1))))
    form = asks("F", "form", rules)
    given = answers(form, ivan={"fields": {f"f{n}": "x" * length for n in range(fields)}}) if fields else []
    assert kind_of(form).tally(form, (), given, {}, frozenset()).per_page == fit


def test_the_first_field_is_carried_over() -> None:
    plan = plan_of(
        [step("one", FORM, minutes=3)],
        [step("two", asks("V", "vote", DOTS, Source("F")))],
    )
    paper = Paper(plan).opens().joins("ivan", "eva", "ola").starts()
    paper.says("ivan", F={"tried": "Bread", "help": "h"})
    paper.says("eva", F={"tried": "Soup", "help": "h"})
    paper.says("ola", F={"tried": "soup.", "help": "Salt"})
    assert paper.next().items("V") == ["Soup", "Bread"]
    assert [item.weight for item in paper.w.items["V"]] == [2, 1]


def test_what_is_stored_in_another_shape_fills_a_form_with_nothing() -> None:
    assert kind_of(FORM).unparse(FORM, {"fields": ["tried"]}) == {}
    assert kind_of(FORM).unparse(FORM, {"fields": {"tried": "a"}}) == {"tried": "a"}
