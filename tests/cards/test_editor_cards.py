"""The pages on which a template is changed: every field filled, every template small enough, nobody's words read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cards import draw, title_of
from cards.editor import SETTINGS
from cards.sentences import sentence
from dialogs.editor import HELD
from locales import LANGUAGES, words
from templates import read, shipped
from templates.editing import settings_of
from tests.cards.lint import lint
from tests.cards.staging import HOSTILE, size_of, walk, words_of
from tests.cards.walk import buttons_of, inputs_of
from tests.templates.test_editing import PLAN
from workshop.drafts import Own
from workshop.plan import Plan
from workshop.prompts import KINDS
from workshop.refusals import Reason, Refused
from workshop.said import Sentence
from workshop.views import AgendaForm, AroundForm, NewForm, PasteForm, QuestionsForm, View

OWN = Own("own-1", HOSTILE, 95, ("en", "bg"))
PEOPLE = tuple((f"t/{n}", HOSTILE) for n in range(100))
REFUSED = Refused(Reason.OWN_EXISTS, {"name": HOSTILE})


def form(plan: Plan, **more: Any) -> AgendaForm:
    new = NewForm((plan,), "en", HOSTILE, members=PEOPLE, reserves=("t/3",))
    return AgendaForm("d1", new, more.pop("minutes", {}), **more)


def page(plan: Plan, step: str, typed: dict[str, str] | None = None, sentence: Sentence | None = None) -> QuestionsForm:
    found = next(place.step for place in plan.places if place.step.id == step)
    return QuestionsForm("d1", plan, found, typed or {}, settings_of(plan), sentence)


def views() -> list[View]:
    plans = [*shipped().values(), PLAN]
    made: list[View] = [
        *(form(plan, minutes={"vote": HOSTILE}, name=HOSTILE, ask=True, sentence=REFUSED) for plan in plans),
        *(page(plan, place.step.id) for plan in plans for place in plan.places if place.step.prompts),
        page(PLAN, "vote", {"t.A7.en": HOSTILE, "n.A7.dots": HOSTILE}, REFUSED),
        AroundForm("d1", {}),
        AroundForm("d1", {"groups.size": HOSTILE, "groups.mix_by": HOSTILE, "follow_up.remind": HOSTILE}, REFUSED),
        PasteForm(),
        PasteForm(HOSTILE, sentence=REFUSED),
        NewForm(tuple(plans), "en", own=(OWN,) * 50, members=PEOPLE, removing=OWN),
    ]
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_every_template(language: str) -> None:
    for view in views():
        card = draw(view, language)
        assert lint(card, user_words=(HOSTILE, "https://evil.example"), edited=False, dialog=True) == []
        assert 0 < len(title_of(view, language)) <= 60


def test_what_is_around_the_stages_has_a_field_each() -> None:
    typed = {"groups.size": "6", "groups.mix_by": "role, age", "follow_up.remind": "2, 7"}
    card = draw(AroundForm("d1", typed), "en")
    fields = inputs_of(card)
    assert [id for id in fields if id.startswith("follow_up.")] == [
        f"follow_up.{name}" for name in ("report_due_days", "plan_due_days", "remind", "check_in_days")
    ]
    assert (fields["groups.size"]["value"], fields["groups.mix_by"]["value"]) == ("6", "role")
    assert fields["follow_up.remind"]["value"] == "2, 7" and "value" not in fields["groups.max"]
    assert "around_kept" in buttons_of(card)
    assert "Groups and follow-up are changed." in words_of(draw(form(PLAN, around=True), "en"))
    assert "Groups and follow-up are changed." not in words_of(draw(form(PLAN), "en"))


def test_the_agenda_has_a_field_for_every_step_s_minutes_and_says_what_was_changed() -> None:
    view = form(PLAN, minutes={"vote": "9", "rest": "0"}, changed=frozenset({"vote"}), step="vote", name="Ours")
    card = draw(view, "en")
    fields = inputs_of(card)
    assert [id for id in fields if id.startswith("m.")] == [f"m.{place.step.id}" for place in PLAN.places]
    assert (fields["m.vote"]["label"], fields["m.vote"]["value"]) == ("Vote", "9")
    assert (fields["m.rest"]["value"], fields["m.rate"]["placeholder"]) == ("0", "5 minutes")
    assert "value" not in fields["m.rate"]
    assert (fields["step"]["value"], fields["name"]["value"], fields["title"]["value"]) == ("vote", "Ours", HOSTILE)
    assert [one["value"] for one in fields["step"]["choices"]] == ["rate", "write", "vote", "tell", "again", "end"]
    text = words_of(card)
    assert text.count("Its questions are changed.") == 1
    assert "Knowledge · 10 minutes in the template" in text and "A break" in text
    assert {verb: data.get("draft") for verb, data in buttons_of(card).items()} == {
        "questions": "d1", "around": "d1", "template_keep": "d1", "agenda_open": "d1", "new": None,
    }  # fmt: skip
    asks = draw(form(PLAN, ask=True), "en")
    assert {"verb": "template_keep", "draft": "d1", "replace": True} in [part.get("data") for part in walk(asks)]
    assert inputs_of(asks)["step"]["value"] == "rate"


def test_a_template_of_breaks_has_no_questions_and_a_huge_one_only_names() -> None:
    stages = "".join(
        f"  - id: {id}\n    aim: Aim\n    steps:\n"
        + "".join(f"      - {{id: {id}{n}, title: {'T' * 140}, minutes: 600, break: true}}\n" for n in range(40))
        for id in ("knowledge", "action", "experience", "conclusions")
    )
    huge = read(f"id: huge\nlanguages: [en]\ntitle: Huge\nabout: All\nstages:\n{stages}", "huge.yaml")
    card = draw(form(huge, minutes={place.step.id: "600" for place in huge.places}), "en")
    assert lint(card, user_words=(), edited=False, dialog=True) == []
    assert size_of(card) < 80 * 1024
    assert "step" not in inputs_of(card) and "questions" not in buttons_of(card)
    assert len(inputs_of(card)["m.action7"]["label"]) == 80
    assert "A break" not in words_of(card)


def test_the_questions_of_a_step_with_all_that_can_be_set() -> None:
    typed = {"s.en": "Vote", "t.A7.en": "Which?", "r.A7": "live", "a.A7": "true", "n.A7.dots": "5", "g": "true"}
    card = draw(page(PLAN, "vote", typed), "en")
    fields = inputs_of(card)
    assert list(fields) == ["s.en", "t.A7.en", "r.A7", "l.A7", "a.A7", "q.A7", "n.A7.dots", "n.A7.per_item", "g"]
    assert {id: field["value"] for id, field in fields.items() if "value" in field} == {**typed, "q.A7": "false"}
    assert buttons_of(card) == {"questions_kept": {"verb": "questions_kept", "draft": "d1", "step": "vote"}}
    assert "g" not in inputs_of(draw(page(PLAN, "tell"), "en")), "a case is its group's already"
    long = "x" * 3000
    assert inputs_of(draw(page(PLAN, "vote", {"t.A7.en": long}), "en"))["t.A7.en"]["maxLength"] == 3000


class Integers:
    """Stands in for a template to learn which whole numbers a kind reads."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        self.names.add(name)
        return default

    def flag(self, name: str, default: bool) -> bool:
        return default

    def labelled(self, name: str, low: int, high: int) -> tuple[Any, ...]:
        return tuple((str(number), {}) for number in range(low))

    def pair(self, name: str, first: str, second: str, needed: bool = False) -> Any:
        return ({}, {}) if needed else None

    def named(self, name: str, low: int, high: int, settings: tuple[str, ...]) -> tuple[Any, ...]:
        return ()


def test_every_whole_number_of_every_kind_has_words() -> None:
    found = Integers()
    for kind in KINDS.values():
        kind.read(found)
    assert found.names | {"top"} == set(SETTINGS)
    strange = replace(page(PLAN, "vote"), settings={"A7": {"of_the_future": 1}})
    assert "n.A7.of_the_future" not in inputs_of(draw(strange, "en"))


def test_own_templates_are_marked_and_asked_about_before_they_go() -> None:
    card = draw(NewForm((PLAN,), "bg", plan="own-1", own=(replace(OWN, name="Ours"),)), "en")
    fields = inputs_of(card)
    assert fields["plan"]["choices"][1] == {"title": "Your own: Ours · 1 hour 35 minutes", "value": "own-1"}
    assert (fields["plan"]["value"], fields["language"]["value"]) == ("own-1", "bg")
    assert list(buttons_of(card)) == ["open", "agenda", "paste", "template_remove"]
    assert "template_remove" not in buttons_of(draw(NewForm((PLAN,), "en"), "en"))
    asked = draw(NewForm((PLAN,), "en", own=(OWN,), removing=OWN), "en")
    assert [part["data"] for part in walk(asked) if part.get("title") == "Yes, remove it"] == [
        {"verb": "template_remove", "remove": "own-1"}
    ]
    many = draw(NewForm((PLAN,), "en", own=(OWN,) * 12), "en")
    assert (fields["plan"]["style"], inputs_of(many)["plan"]["style"]) == ("expanded", "compact")


def test_what_was_pasted_stays() -> None:
    card = draw(PasteForm("id: [", sentence=REFUSED), "en")
    assert inputs_of(card)["yaml"]["value"] == "id: ["
    assert set(buttons_of(card)) == {"pasted", "new"}
    assert card["body"][0]["id"] == "refusal"
    longest = draw(PasteForm("ż" * (HELD // 2 - 2), sentence=REFUSED), "en")
    assert lint(longest, user_words=(HOSTILE,), edited=False, dialog=True) == []
    assert "too long to stand here again" in words_of(draw(PasteForm("", too_long=True), "en"))
    assert "too long" not in words_of(card)


@pytest.mark.parametrize(
    ("reason", "facts", "said"),
    [
        (Reason.WRONG_STEP_MINUTES, {"step": "Vote", "limit": 600}, "“Vote”: the minutes have to be a whole number"),
        (Reason.STEP_NEEDED, {"step": "Write", "by": "Vote"}, "“Write” cannot be left out: “Vote” needs what it"),
        (Reason.WRONG_TEMPLATE, {"what": "a", "right": "b", "at_line": 7}, "Line 7: a. Right would be: b."),
        (Reason.WRONG_TEMPLATE, {"what": "a", "right": "b", "at_line": 0}, "The change cannot be made: a. Right"),
        (Reason.OWN_EXISTS, {"name": "Ours"}, "Your team has a template “Ours” already."),
        (Reason.OWN_FULL, {"limit": 50}, "Your team keeps 50 templates already"),
    ],
)
def test_what_is_wrong_is_said_with_its_facts(reason: Reason, facts: dict[str, str | int], said: str) -> None:
    assert said in sentence(Refused(reason, facts), words("en"))
