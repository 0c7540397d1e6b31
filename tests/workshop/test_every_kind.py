"""What holds for every kind of prompt there is: what was taken can be shown, counted, carried, changed, withdrawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from cards import elements as el
from cards.prompts import PROMPT_CARDS
from dialogs.asking import KEPT
from locales import words
from tests.cards.lint import lint
from tests.cards.walk import inputs_of
from tests.workshop.given.case import Case
from tests.workshop.paper import Given, Paper
from tests.workshop.session import TEXT, asks, plan_of, step
from tests.workshop.test_hostile import TEXTS, fits
from workshop import commands as c
from workshop.model import Answer, Value
from workshop.prompts import KINDS, kind_of
from workshop.refusals import Refused, Wrong
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded

FOLDER = Path(__file__).parent / "given"
CASES: list[Case] = [
    case
    for module in sorted(FOLDER.glob("*.py"))
    for case in getattr(import_module(f"tests.workshop.given.{module.stem}"), "CASES", ())
]
EVIL = ("https://evil.example", "<at>", "{{DATE")
PEOPLE = ("ivan", "eva", "ola", "jan", "zofia")
EN, PL = words("en"), words("pl")

every = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def test_every_kind_has_its_forms_here() -> None:
    assert {case.prompt.kind for case in CASES} == set(KINDS)
    assert set(PROMPT_CARDS) == set(KINDS)


def taken(case: Case, forms: list[Mapping[str, str]]) -> list[Answer]:
    """The answers that these forms give, one author each."""
    kind = kind_of(case.prompt)
    values = [kind.parse(case.prompt, case.items, form) for form in forms]
    return [Answer(case.prompt.id, f"p{n}", value) for n, value in enumerate(values) if isinstance(value, dict)]


def checked(elements: object, dialog: bool) -> None:
    made = el.card([*elements], [], "en")  # type: ignore[misc]
    assert lint(made, user_words=EVIL, edited=not dialog, dialog=dialog) == []


@every
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_typed_is_taken_or_refused_field_by_field_and_can_be_given_back(
    case: Case, data: st.DataObject
) -> None:
    kind, card = kind_of(case.prompt), PROMPT_CARDS[case.prompt.kind]
    form = data.draw(st.one_of(case.given, st.dictionaries(st.one_of(st.sampled_from(["", "a", "own"]), TEXTS), TEXTS)))
    value = kind.parse(case.prompt, case.items, form)
    problems = value if isinstance(value, tuple) else ()
    assert value is None or bool(value), "an answer says something, and a refusal says why"
    assert {one.prompt for one in problems} <= {case.prompt.id}
    checked(card.inputs(PromptForm(case.prompt, case.items, form, problems), EN, "en"), dialog=True)
    if isinstance(value, dict):
        assert fits(value)
        assert json.loads(json.dumps(value)) == value
        again = kind.unparse(case.prompt, value)
        assert kind.parse(case.prompt, case.items, again) == value
        assert kind.parse(case.prompt, case.items, dict(list(again.items())[::-1])) == value
        assert card.recorded(Recorded(case.prompt, case.items, value), PL, "en"), "something to read"
        checked(card.recorded(Recorded(case.prompt, case.items, value), EN, "en"), dialog=True)


@every
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_was_taken_is_counted_as_by_hand_shown_and_carried(case: Case, data: st.DataObject) -> None:
    kind = kind_of(case.prompt)
    answers = taken(case, data.draw(st.lists(case.given, max_size=9)))
    result = kind.tally(case.prompt, case.items, answers, {}, frozenset())
    assert case.counted(result) == case.recount(answers)
    assert result.people == len(answers)
    assert result.per_page >= 1
    carried = kind.carry(case.prompt, case.items, answers, frozenset())
    weights = [item.weight for item in carried]
    assert weights == sorted(weights, reverse=True) and all(weight > 0 for weight in weights)
    assert len({item.key for item in carried}) == len(carried)
    backwards = kind.carry(case.prompt, case.items, answers[::-1], frozenset())
    assert {(item.key, item.weight) for item in backwards} == {(item.key, item.weight) for item in carried}
    board = PromptBoard(case.prompt, case.items, len(answers), result, strongest=carried)
    card = PROMPT_CARDS[case.prompt.kind]
    for most, start in ((2, 0), (2, 1), (0, 0)):
        checked(card.result(board, EN, "en", most, start), dialog=False)
    assert len(card.result(board, EN, "en", 0)) <= 5, "where there is no room it says little"


@every
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_what_is_hidden_is_neither_counted_nor_carried(case: Case, data: st.DataObject) -> None:
    kind = kind_of(case.prompt)
    answers = taken(case, data.draw(st.lists(case.given, min_size=1, max_size=5)))
    entries = [entry for answer in answers for entry, _ in kind.entries(case.prompt, answer)]
    assert len(set(entries)) == len(entries), "every entry has a name of its own"
    for answer in answers:
        hidden = frozenset(entry for entry, _ in kind.entries(case.prompt, answer))
        shown = repr(kind.tally(case.prompt, case.items, answers, {}, hidden))
        carried = kind.carry(case.prompt, case.items, answers, hidden)
        assert not any(entry in shown for entry in hidden)
        assert not any(hidden & set(item.entries) for item in carried)
    everything = frozenset(entries)
    left = kind.carry(case.prompt, case.items, answers, everything)
    assert {item.key for item in left} <= {item.key for item in case.items}, "nothing that people wrote is left"


@every
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_step_of_it_is_answered_changed_withdrawn_and_shown(case: Case, data: st.DataObject) -> None:
    plan = plan_of([step("one", case.prompt, asks("beside", "text", TEXT))])
    paper = Paper(plan).opens().joins(*PEOPLE).starts()
    paper.maybe = replace(paper.w, items={case.prompt.id: case.items})
    kept: dict[str, Value] = {}
    for who in data.draw(st.lists(st.sampled_from(PEOPLE), max_size=8)):
        form = data.draw(case.given)
        parsed = kind_of(case.prompt).parse(case.prompt, case.items, form)
        if data.draw(st.booleans()) and who in kept:
            assert not isinstance(paper.withdraws(who), Refused)
            del kept[who]
            continue
        both: dict[str, Given] = {case.prompt.id: form, "beside": "words"}
        outcome = paper.says(who, None, **both)
        if isinstance(parsed, dict):
            kept[who] = parsed
        elif parsed is None and not case.prompt.required:
            kept.pop(who, None)
        assert isinstance(outcome, Refused) == (isinstance(parsed, tuple) or (parsed is None and case.prompt.required))
    paper.closes()
    board = paper.shown(case.prompt.id)
    assert board.answered == len(kept)
    assert board.result is not None
    answers = [Answer(case.prompt.id, who, value) for who, value in kept.items()]
    assert case.counted(board.result) == case.recount(answers)


@every
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_asked_per_group_it_is_answered_taken_over_withdrawn_and_shown(case: Case, data: st.DataObject) -> None:
    asked = replace(case.prompt, per_group=True, anonymous=False)
    plan = plan_of([replace(step("one", asked, asks("beside", "text", TEXT)), in_groups=True)])
    paper = Paper(plan).opens().joins(*PEOPLE).grouped(("ivan", "eva"), ("ola", "jan", "zofia")).starts()
    paper.maybe = replace(paper.w, items={asked.id: case.items})
    kept: dict[str, Value] = {}
    speaks: dict[str, str] = {}
    for who in data.draw(st.lists(st.sampled_from(PEOPLE), max_size=8)):
        form, group = data.draw(case.given), paper.w.voice(who)
        parsed = kind_of(asked).parse(asked, case.items, form)
        mine = speaks.get(group, who) == who
        if data.draw(st.booleans()) and group in kept:
            assert not isinstance(paper.withdraws(who), Refused), "one's own words beside it are one's own"
            if mine:
                del kept[group]
            continue
        takes = data.draw(st.booleans())
        seen = len([spoke for spoke in paper.w.spokes if spoke.group == group]) if takes else None
        both = {asked.id: form, "beside": {"": "words"}}
        outcome = paper.do(c.SubmitAnswers(workshop="w1", by=who, name=who, step=0, given=both, seen=seen))
        fails = parsed is not None and not (mine or takes)
        needed = parsed is None and asked.required and speaks.get(group) == who
        if isinstance(parsed, dict) and not fails:
            kept[group], speaks[group] = parsed, who
        elif parsed is None and speaks.get(group) == who and not asked.required:
            kept.pop(group, None)
        assert isinstance(outcome, Refused) == (isinstance(parsed, tuple) or fails or needed)
    paper.closes()
    board = paper.shown(asked.id)
    assert (board.answered, board.groups) == (len(kept), len(kept)) and board.result is not None
    answers = [Answer(asked.id, group, value) for group, value in kept.items()]
    assert case.counted(board.result) == case.recount(answers)
    card = PROMPT_CARDS[asked.kind]
    for say in (EN, PL):
        shown = card.result(board, say, "en", 5)
        checked(shown, dialog=False)
        assert "group:" not in str(el.card([*shown], [], "en")), "no key where a name stands"


@every
@pytest.mark.parametrize("letter", ["x", "ż", "👍"])
def test_what_teams_cuts_of_a_far_too_long_text_is_refused_with_both_numbers_and_given_back(
    case: Case, letter: str
) -> None:
    """Nobody is told of a cut text that it is recorded."""
    asked = replace(case.prompt, required=False)
    inputs = PROMPT_CARDS[asked.kind].inputs(PromptForm(asked, case.items, {}), EN, "en")
    fields = inputs_of(el.card([*inputs], [], "en"))
    for id, field in fields.items():
        if field["type"] != "Input.Text":
            continue
        part = id.removeprefix(f"a.{asked.id}.")
        cut = (letter * field["maxLength"]).encode("utf-16-le")[: 2 * field["maxLength"]].decode("utf-16-le", "ignore")
        found = kind_of(asked).parse(asked, case.items, {part: cut})
        assert isinstance(found, tuple), id
        (problem,) = [one for one in found if one.wrong is Wrong.TOO_LONG]
        assert (problem.part, problem.given) == (part, len(cut)) and 0 < problem.limit < len(cut) - 900
        assert len(cut) <= KEPT, "the form gives back all of it"


@every
def test_nobody_said_anything(case: Case) -> None:
    kind, card = kind_of(case.prompt), PROMPT_CARDS[case.prompt.kind]
    result = kind.tally(case.prompt, case.items, (), {}, frozenset())
    assert case.counted(result) == case.recount(())
    assert kind.carry(case.prompt, case.items, (), frozenset()) == ()
    assert kind.parse(case.prompt, case.items, {}) is None
    checked(card.result(PromptBoard(case.prompt, case.items, 0, result), EN, "en", 5), dialog=False)
    assert json.loads(json.dumps(card.hints(case.prompt))) == card.hints(case.prompt)
