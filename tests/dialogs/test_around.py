"""Changing a template's groups and follow-up before a workshop is opened with it, and what comes of it there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialogs.turn import Show
from templates import shipped
from tests.dialogs.talk import PRIVATE, Talk, facts, said, shown, why
from tests.dialogs.test_editor import Editing
from tests.templates.test_editing import PLAN
from tests.workshop.session import SESSION
from workshop.plan import FollowUp, Forming
from workshop.views import AgendaForm, AroundForm, GroupsForm, NewForm

LONG = shipped()["kolb-peer-learning-90"]
NONE = {"groups.size": "0", "groups.min": "0", "groups.max": "0", "groups.mix_by": "country, institution, role"}
DAYS = ("report_due_days", "plan_due_days", "remind", "check_in_days")
NO_DAYS = dict.fromkeys((f"follow_up.{name}" for name in DAYS), "0")


async def page(talk: Editing) -> AroundForm:
    return shown(await talk.page("around"), AroundForm)


async def keeps(talk: Editing, **more: Any) -> Any:
    return await talk.turn("anna", "around_kept", draft=talk.draft.id, **more)


async def test_the_page_says_what_the_template_says() -> None:
    talk = Editing(LONG)
    await talk.begins()
    assert (await page(talk)).typed == {
        "groups.size": "6", "groups.min": "4", "groups.max": "8", "groups.mix_by": "country, institution, role",
        "follow_up.report_due_days": "14", "follow_up.plan_due_days": "14",
        "follow_up.remind": "2, 7, 11, 13, 14", "follow_up.check_in_days": "30, 60, 90",
    }  # fmt: skip
    bare = Editing(PLAN)
    await bare.begins()
    assert (await page(bare)).typed == NONE | NO_DAYS


async def test_what_was_changed_is_what_the_workshop_has() -> None:
    talk = Editing(LONG)
    await talk.begins()
    await page(talk)
    back = shown(
        await keeps(
            talk,
            **{"groups.size": "5", "groups.min": "3", "groups.max": "0", "groups.mix_by": "country,role"},
            **{"follow_up.report_due_days": "", "follow_up.plan_due_days": "21", "follow_up.remind": "0"},
            **{"follow_up.check_in_days": "7; 30 60"},
        ),
        AgendaForm,
    )
    assert back.around and why(back) == "questions_kept"
    assert (await page(talk)).typed["follow_up.check_in_days"] == "7, 30, 60"
    assert said(await talk.page("agenda_open", title="Mine", language="en")) == "opened"
    assert talk.w.plan.forming == Forming(5, 3, None, ("country", "role"))
    assert talk.w.plan.follow_up == FollowUp(14, 21, (), (7, 30, 60))


async def test_nothing_changed_is_said_and_zero_takes_the_groups_out() -> None:
    talk = Editing(LONG)
    await talk.begins()
    form = await page(talk)
    back = shown(await keeps(talk, **form.typed), AgendaForm)
    assert not back.around and why(back) == "nothing_to_change"
    await keeps(talk, **{"groups.size": "0", "groups.min": "77"})
    await talk.page("agenda_open", title="Mine", language="en")
    assert talk.w.plan.forming is None and talk.w.plan.follow_up == LONG.follow_up


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("groups.size", "many", "“size” of groups is “many”"),
        ("groups.size", "3", "“min” of groups is 4"),
        ("groups.mix_by", "age", "groups cannot be mixed by “age”"),
        ("follow_up.remind", "2, soon", "an entry of remind is “soon”"),
        ("follow_up.remind", "7 2", "remind has day 2 after day 7"),
        ("follow_up.plan_due_days", "-1", "“plan_due_days” of follow_up is “-1”"),
        ("follow_up.plan_due_days", "61", "plan_due_days is 61 days, but what people wrote is erased after 60"),
    ],
)
async def test_what_is_wrong_is_refused_with_everything_still_there(field: str, typed: str, words: str) -> None:
    talk = Editing(LONG)
    await talk.begins()
    before = talk.draft
    form = shown(await keeps(talk, **{"follow_up.check_in_days": "1, 2", field: typed}), AroundForm)
    assert str(facts(Show(form, "en"))["what"]).startswith(words)
    assert form.typed[field] == typed and form.typed["follow_up.check_in_days"] == "1, 2"
    assert talk.draft == before


async def test_a_draft_that_is_gone_and_one_that_cannot_be_written() -> None:
    talk = Editing(LONG)
    await talk.begins()
    for verb in ("around", "around_kept"):
        assert why(shown(await talk.turn("anna", verb, draft="gone"), NewForm)) == "no_draft"
        assert said(await talk.turn("anna", verb, draft="gone", where=PRIVATE)) == "not_here"
    talk.drafts.away = True
    form = shown(await keeps(talk, **{"groups.size": "5"}), AroundForm)
    assert why(form) == "not_stored" and form.typed["groups.size"] == "5"


async def test_an_empty_number_forms_groups_as_the_template_says() -> None:
    talk = Talk(replace(SESSION, forming=Forming(2, 1, 2, ("country",))))
    await talk.opens()
    form = shown(await talk.turn("anna", "form_groups", way="count", number=""), GroupsForm)
    assert why(form) == "groups_formed"
    assert sorted(len(group.members) for group in talk.w.groups) == [1, 2]
    shown(await talk.turn("anna", "form_groups", way="size", number="3"), GroupsForm)
    assert len(talk.w.groups) == 1, "what was typed by hand counts, whatever the template says"
    form = shown(await talk.turn("anna", "form_groups", way="size", number="0"), GroupsForm)
    assert why(form) == "wrong_groups"
