"""Several options: as many as apply unless the template says how many; what is chosen and written too is one."""

from __future__ import annotations

from tests.workshop.forms import ITEMS, OWN, parse, wrong
from tests.workshop.session import asks
from tests.workshop.test_kinds import Fields
from workshop.plan import Item
from workshop.prompts import KINDS, kind_of
from workshop.prompts.choice import ChoiceRules
from workshop.refusals import Wrong

A, B = Item("a", {"en": "a"}), Item("b", {"en": "b"})


def test_as_many_as_apply_unless_the_template_says_how_many() -> None:
    assert KINDS["choices"].read(Fields(options="a b")) == ChoiceRules((A, B), 2, False)
    assert KINDS["choices"].read(Fields(options="a b", own=True)) == ChoiceRules((A, B), 3, True)
    assert KINDS["choices"].read(Fields(options="a b", most=1)) == ChoiceRules((A, B), 1, False)
    assert KINDS["choices"].read(Fields()) == ChoiceRules((), 20, False)


def test_they_are_taken_as_a_choice_is() -> None:
    prompt = asks("C", "choices", ChoiceRules((), 3, False))
    assert parse(prompt, _="c,a,b") == {"chosen": ["c", "a", "b"], "own": ""}
    assert kind_of(prompt).asks(prompt, ITEMS)


def test_an_option_that_is_chosen_and_written_too_is_one() -> None:
    assert parse(OWN, _="a,b", own=" ALPHA.") == {"chosen": ["a", "b"], "own": "ALPHA."}
    assert wrong(OWN, _="a,b", own="Gamma") == ("", Wrong.TOO_MANY, 3, 2)
