"""Forms of every kind of prompt as no client sends them: words for numbers, parts that are none. Kept or refused."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings, strategies as st

from tests.hostile.every_kind import PLAN
from tests.hostile.mutations import HOSTILE, WORDS
from tests.workshop.given.case import Case
from tests.workshop.test_every_kind import CASES
from tests.workshop.test_hostile import TEXTS, fits
from workshop.plan import Item, Prompt
from workshop.prompts import KINDS, kind_of
from workshop.refusals import Wrong

NUMBERS = (
    "0", "00", "-0", "+1", " 1 ", "1 ", "１", "٣", "²", "1_0", "1e3", "0x1", "1.0", "1,5", "NaN", "inf", "-1", "true",
    "2026-02-29", "2026-1-1", "2026-12-01T00:00", "9999-12-31", "0000-00-00", "-2026-01-01", "na", "NA", "in_place",
    "9" * 5_000,
)  # fmt: skip
SAID = st.one_of(
    st.sampled_from([text for text in HOSTILE if isinstance(text, str)]), st.sampled_from(WORDS),
    st.sampled_from(NUMBERS), TEXTS,
)  # fmt: skip
SUFFIXES = ("", ".", ".x", ".y", ".what", ".by", ".0", ".1", "..x", ".X", " ")
OWN = tuple(Item(f"item{number}", {"en": f"Item {number}"}) for number in range(3))
ASKED = [
    (prompt, OWN if prompt.source else tuple(getattr(prompt.rules, "options", ()))) for prompt in PLAN.prompts.values()
]


def parts(prompt: Prompt, items: tuple[Item, ...]) -> list[str]:
    """What the fields of a form are called, and what they are nearly called."""
    rules = repr(prompt.rules)
    names = {"", "own", "what", "by", "with", "1.what", "2.sign", "x", "y", "text", "value", "__class__", prompt.id}
    names |= {item.key for item in items} | {word for word in rules.replace("'", " ").split() if word.isidentifier()}
    return sorted(name + suffix for name in names for suffix in SUFFIXES)


PARTS = {id(prompt): parts(prompt, items) for prompt, items in [*ASKED, *((case.prompt, case.items) for case in CASES)]}
FORMS = {id(prompt): st.dictionaries(st.sampled_from(PARTS[id(prompt)]), SAID, max_size=5) for prompt, _ in ASKED}
"""By prompt: made once, not for each form. Hypothesis looks at every part of a strategy when it first draws from it."""


def judged(prompt: Prompt, items: tuple[Item, ...], form: Mapping[str, str]) -> bool:
    """Whether the form is kept; it is kept whole, or refused with what is wrong, or empty."""
    kind = kind_of(prompt)
    value = kind.parse(prompt, items, form)
    if isinstance(value, tuple):
        assert value, "a refusal says why"
        for problem in value:
            assert (problem.prompt, problem.wrong in Wrong) == (prompt.id, True)
        return False
    if value is None:
        return False
    assert value != {}, "an answer says something"
    assert fits(value)
    assert json.loads(json.dumps(value)) == value
    assert kind.parse(prompt, items, kind.unparse(prompt, value)) == value
    return True


@pytest.mark.parametrize(("prompt", "items"), ASKED, ids=lambda given: getattr(given, "kind", ""))
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_a_form_of_anything(prompt: Prompt, items: tuple[Item, ...], data: st.DataObject) -> None:
    judged(prompt, items, data.draw(FORMS[id(prompt)]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_right_form_with_a_wrong_field_or_two(case: Case, data: st.DataObject) -> None:
    form = dict(data.draw(case.given))
    for _ in range(data.draw(st.integers(1, 2))):
        name = data.draw(st.sampled_from([*form, *PARTS[id(case.prompt)]]))
        if data.draw(st.booleans()):
            form[name] = data.draw(SAID)
        else:
            form.pop(name, None)
    judged(case.prompt, case.items, form)


def test_every_kind_is_asked_here() -> None:
    assert {prompt.kind for prompt, _ in ASKED} == set(KINDS) == {case.prompt.kind for case in CASES}
