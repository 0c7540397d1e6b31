"""Changing a template before a workshop is opened with it: page by page, wrong, stale, forged, and kept for a team."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cards.sentences import sentence
from dialogs.editor import HELD
from dialogs.turn import Reply, Via, Where, Who
from locales import words
from templates import read, shipped
from templates.editing import named
from tests.dialogs.talk import GROUP_CHAT, PRIVATE, Talk, facts, said, shown, why
from tests.templates.test_editing import CASES, PLAN
from tests.workshop.paper import HOME, TENANT
from workshop.drafts import OWN_LIMIT, Changes, Draft, Own
from workshop.plan import Plan, Reveal, WriteIn
from workshop.refusals import Reason, Refused
from workshop.service import NotStored
from workshop.views import AgendaForm, NewForm, PasteForm, QuestionsForm

TASTER = shipped()["kolb-taster-15"]
TEAM = Where(TENANT, HOME, team="19:team")
CHANNEL = Where(TENANT, "19:other channel", team="19:team")


class Editing(Talk):
    """Anna changes a template."""

    def __init__(self, plan: Plan = PLAN, openers: frozenset[str] | None = None) -> None:
        super().__init__(plan, openers)
        self.id = plan.id

    async def begins(self, **more: Any) -> AgendaForm:
        return shown(await self.turn("anna", "agenda", plan=self.id, **more), AgendaForm)

    @property
    def draft(self) -> Draft:
        return list(self.drafts.drafts.values())[-1]

    async def page(self, verb: str, **more: Any) -> Reply:
        """The agenda's page is sent, as it was shown but for these fields; `m` is minutes by step."""
        minutes = {f"m.{step}": typed for step, typed in more.pop("m", {}).items()}
        return await self.turn("anna", verb, draft=self.draft.id, **minutes, **more)

    async def keeps(self, **more: Any) -> Reply:
        """A step's page is sent."""
        return await self.turn("anna", "questions_kept", draft=self.draft.id, **more)


# ---- the agenda


async def test_the_agenda_of_the_chosen_template_with_what_was_said_beside_it() -> None:
    talk = Editing()
    talk.roster = [Who("anna", "Anna"), Who("rasa", "Rasa")]
    form = await talk.begins(title="Mine", language="pl", reserves="rasa")
    assert [plan.id for plan in form.new.plans] == ["cases"]
    assert (form.new.title, form.new.language, form.new.reserves) == ("Mine", "pl", ("rasa",))
    assert form.new.members == (("rasa", "Rasa"),)
    assert (form.minutes, form.changed, form.ask) == ({}, frozenset(), False)
    assert (talk.draft.person, talk.draft.tenant, talk.draft.id) == ("anna", TENANT, form.draft)


@pytest.mark.parametrize("verb", ["agenda", "open"])
async def test_a_template_that_there_is_not(verb: str) -> None:
    talk = Editing()
    form = shown(await talk.turn("anna", verb, plan="own-gone", title="Mine"), NewForm)
    assert (why(form), form.title) == ("unknown_template", "Mine")


@pytest.mark.parametrize("verb", ["agenda", "paste", "pasted", "template_remove"])
async def test_not_by_everybody_and_not_in_a_personal_chat(verb: str) -> None:
    assert said(await Editing(openers=frozenset({"anna"})).turn("eva", verb)) == "may_not_open"
    assert said(await Editing().turn("anna", verb, where=PRIVATE)) == "not_here"


async def test_what_was_changed_is_what_is_opened() -> None:
    talk = Editing()
    await talk.begins()
    reply = await talk.page(
        "agenda_open", title="Changed", language="en", m={"rate": " 7 ", "rest": "0", "vote": "5", "write": ""}
    )
    assert said(reply) == "opened"
    w = talk.w
    assert (w.title, w.language) == ("Changed", "en")
    assert [(place.step.id, place.step.minutes) for place in w.plan.places] == [
        ("rate", 7), ("write", 5), ("vote", 5), ("tell", 5), ("again", 5), ("end", 5),
    ]  # fmt: skip
    assert w.plan.source != PLAN.source and not talk.drafts.drafts


@pytest.mark.parametrize("typed", ["-1", "ten", "7.5", "601000", "9" * 10, "٣", "1e3", "5 minutes"])
async def test_minutes_that_are_none_come_back(typed: str) -> None:
    talk = Editing()
    await talk.begins()
    for verb in ("agenda_open", "questions", "template_keep"):
        reply = await talk.page(verb, m={"write": typed, "rate": "8"}, step="vote", title="Mine", name="Ours")
        form = shown(reply, AgendaForm)
        assert (why(form), facts(reply)["step"]) == ("wrong_step_minutes", "Write")
        assert form.minutes == {"write": typed, "rate": "8"}
        assert (form.new.title, form.name, form.step) == ("Mine", "Ours", "vote")
    assert not talk.draft.changes.minutes and not talk.memory.workshops


@pytest.mark.parametrize(
    ("left_out", "reason"),
    [(("write",), "step_needed"), (("vote",), "stage_empty"), (("rate", "write"), "stage_empty")],
)
async def test_what_is_needed_stays_in(left_out: tuple[str, ...], reason: str) -> None:
    talk = Editing()
    await talk.begins()
    reply = await talk.page("agenda_open", m=dict.fromkeys(left_out, "0"))
    assert why(shown(reply, AgendaForm)) == reason
    assert dict(facts(reply)) == ({"step": "Write", "by": "Vote"} if reason == "step_needed" else {})
    assert shown(reply, AgendaForm).minutes == dict.fromkeys(left_out, "0")


async def test_a_step_left_out_can_come_back() -> None:
    talk = Editing()
    await talk.begins()
    await talk.page("questions", m={"rest": "0"}, step="write")
    assert talk.draft.changes.minutes == {"rest": 0}
    await talk.page("questions", m={"rest": "", "vote": "5"}, step="write")
    assert talk.draft.changes.minutes == {}


async def test_what_the_store_does_not_take_comes_back() -> None:
    talk = Editing()
    await talk.begins()
    talk.drafts.away = True
    for verb in ("agenda_open", "questions", "template_keep"):
        form = shown(await talk.page(verb, m={"write": "9"}, title="Mine"), AgendaForm)
        assert (why(form), form.minutes, form.new.title) == ("not_stored", {"write": "9"}, "Mine")
    kept = shown(await talk.keeps(step="write", **{"t.A5.en": "Mine"}), QuestionsForm)
    assert (why(kept), kept.typed["t.A5.en"]) == ("not_stored", "Mine")
    form_again = shown(await talk.turn("anna", "agenda", plan="cases", title="Mine"), NewForm)
    assert (why(form_again), form_again.title) == ("not_stored", "Mine")


async def test_what_cannot_be_opened_stays_on_its_page() -> None:
    talk = Editing()
    await talk.begins()
    talk.memory.fails = NotStored(certain=False)
    form = shown(await talk.page("agenda_open", title="Mine", m={"write": "9"}), AgendaForm)
    assert (why(form), form.new.title, form.minutes) == ("not_confirmed", "Mine", {"write": "9"})
    assert talk.drafts.drafts
    talk.memory.fails = None
    await talk.turn("eva", "open", plan="cases")
    for verb in ("agenda_open", "template_keep"):
        assert why(shown(await talk.page(verb, name="Ours"), AgendaForm)) == "already_open"


@pytest.mark.parametrize("verb", ["questions", "questions_kept", "agenda_open", "template_keep"])
async def test_a_draft_is_nobody_else_s_and_not_for_ever(verb: str) -> None:
    talk = Editing()
    await talk.begins()
    for who, draft in (("eva", talk.draft.id), ("anna", "gone"), ("anna", 7)):
        form = shown(await talk.turn(who, verb, draft=draft, title="Mine"), NewForm)
        assert (why(form), form.title) == ("no_draft", "Mine")
    assert said(await talk.turn("anna", verb, draft="gone", where=PRIVATE)) == "not_here"
    await talk.drafts.keep(replace(talk.draft, source="{}"))
    assert why(shown(await talk.turn("anna", verb, draft=talk.draft.id), NewForm)) == "no_draft"


# ---- the questions of a step


async def test_the_questions_of_a_step_as_the_template_has_them() -> None:
    talk = Editing()
    await talk.begins()
    form = shown(await talk.page("questions", step="vote", title="Mine", m={"vote": "6"}), QuestionsForm)
    assert (form.step.id, form.draft) == ("vote", talk.draft.id)
    assert form.typed == {
        "t.A7.en": "Which", "r.A7": "on_close", "l.A7": "own", "a.A7": "false", "q.A7": "false",
        "n.A7.dots": "3", "n.A7.per_item": "2", "s.en": "Vote", "g": "false",
    }  # fmt: skip
    assert talk.draft.form["title"] == "Mine"


@pytest.mark.parametrize("step", ["gone", "rest", None, ["vote"]])
async def test_a_step_without_questions_has_no_such_page(step: object) -> None:
    talk = Editing()
    await talk.begins()
    for verb in ("questions", "questions_kept"):
        assert why(shown(await talk.turn("anna", verb, draft=talk.draft.id, step=step), AgendaForm)) == "unknown_prompt"


async def test_changed_questions_are_kept_and_asked() -> None:
    talk = Editing()
    await talk.begins()
    await talk.page("questions", step="vote", title="Mine", language="en", reserves="", m={"vote": "6"})
    fields = {
        "t.A7.en": "  Which two? ", "r.A7": "by_facilitator", "l.A7": "workshop", "a.A7": "true", "q.A7": "true",
        "n.A7.dots": "5", "n.A7.per_item": "", "s.en": "The  vote", "g": "true",
    }  # fmt: skip
    back = shown(await talk.keeps(step="vote", **fields), AgendaForm)
    assert why(back) == "questions_kept"
    assert back.step == "vote"
    assert (back.new.title, back.minutes, back.changed) == ("Mine", {"vote": "6"}, frozenset({"vote"}))
    again = shown(await talk.page("questions", step="vote", m={"vote": "6"}), QuestionsForm)
    assert again.typed == {**fields, "t.A7.en": "Which two?", "n.A7.per_item": "2", "s.en": "The vote"}
    assert said(await talk.page("agenda_open", m={"vote": "6"})) == "opened"
    prompt, step = talk.w.plan.prompts["A7"], talk.w.plan.places[2].step
    assert (prompt.text["en"], prompt.reveal) == ("Which two?", Reveal.BY_FACILITATOR)
    assert prompt.write_in is WriteIn.WORKSHOP
    assert prompt.anonymous and prompt.required and step.title == {"en": "The vote"}
    assert (getattr(prompt.rules, "dots", 0), step.in_groups, step.minutes) == (5, True, 6)


async def test_what_is_anonymous_cannot_be_shown_at_once() -> None:
    talk = Editing()
    await talk.begins()
    fields = {"t.A7.en": "Which two?", "r.A7": "live", "a.A7": "true"}
    form = shown(await talk.keeps(step="vote", **fields), QuestionsForm)
    assert why(form) == "wrong_template" and fields.items() <= form.typed.items(), "what was typed is still there"
    assert isinstance(form.sentence, Refused) and form.sentence.facts["fault"] == "live_anonymous"
    assert not talk.draft.changes.settings


async def test_what_is_empty_is_as_in_the_template_again() -> None:
    talk = Editing()
    await talk.begins()
    there = shown(await talk.keeps(step="vote", **{"t.A7.en": "Other", "g": "true"}), AgendaForm)
    assert why(there) == "questions_kept"
    assert talk.draft.changes.texts and talk.draft.changes.together
    back = shown(await talk.keeps(step="vote", g="false", **{"t.A7.en": " "}), AgendaForm)
    assert (why(back), back.changed) == ("questions_kept", frozenset())
    assert talk.draft.changes == Changes()
    same = await talk.keeps(step="vote", g="false", **{"t.A7.en": "Which", "r.A7": "on_close", "n.A7.dots": "3"})
    assert why(shown(same, AgendaForm)) == "nothing_to_change"


async def test_a_step_of_a_case_is_not_held_in_groups_by_a_forged_field() -> None:
    talk = Editing()
    await talk.begins()
    form = shown(await talk.page("questions", step="tell"), QuestionsForm)
    assert "g" not in form.typed
    await talk.keeps(step="tell", g="true", **{"q.E1": "true"})
    assert (talk.draft.changes.together, talk.draft.changes.settings) == ({}, {"E1": {"required": True}})


@pytest.mark.parametrize(
    ("field", "typed", "what", "polish"),
    [
        ("n.A7.dots", "many", "“dots” of prompt A7 is “many”", "„dots” (pytanie A7) to „many”"),
        ("n.A7.dots", "0", "“dots” of prompt A7 is 0", "„dots” (pytanie A7) to 0. Poprawnie: liczba całkowita od 1 do"),
        ("n.A7.dots", "9999999999", "“dots” of prompt A7 is “9999999999”", "„dots” (pytanie A7) to „9999999999”"),
        ("r.A7", "never", "“reveal” of prompt A7 is “never”", "„reveal” (pytanie A7) to „never”. Poprawnie: jedno z"),
        ("t.A7.en", "x" * 2001, "“text” of prompt A7 in “en” has 2001 characters", "„text” (pytanie A7), język „en”: "),
    ],
)
async def test_what_breaks_a_rule_comes_back_with_what_is_wrong(field: str, typed: str, what: str, polish: str) -> None:
    talk = Editing()
    await talk.begins()
    reply = await talk.keeps(step="vote", **{"q.A7": "true", field: typed})
    form = shown(reply, QuestionsForm)
    assert (why(form), facts(reply)["what"], facts(reply)["at_line"]) == ("wrong_template", what, 0)
    assert (form.typed[field], form.typed["q.A7"]) == (typed, "true")
    assert sentence(Refused(Reason.WRONG_TEMPLATE, facts(reply)), words("pl")).startswith(
        "Tej zmiany nie można wprowadzić: " + polish
    )
    assert not talk.draft.changes.settings


# ---- templates of one's own


async def test_a_template_of_the_team_s_own_is_offered_in_its_channels_and_opened() -> None:
    talk = Editing()
    await talk.begins()
    reply = await talk.page("template_keep", name=" Ours ", m={"rest": "0"}, where=TEAM)
    assert why(shown(reply, AgendaForm)) == "template_kept"
    form = shown(await talk.turn("eva", "new", where=CHANNEL), NewForm)
    assert [(own.name, own.minutes, own.languages) for own in form.own] == [("Ours", 35, ("en",))]
    for where in (GROUP_CHAT, replace(TEAM, tenant="other"), replace(TEAM, team="19:other")):
        assert shown(await talk.turn("eva", "new", where=where), NewForm).own == ()
        refused = shown(await talk.turn("eva", "open", plan=form.own[0].id, where=where), NewForm)
        assert why(refused) == "unknown_template"
    assert said(await talk.turn("eva", "open", plan=form.own[0].id, where=CHANNEL)) == "opened"
    assert (talk.w.title, [place.step.id for place in talk.w.plan.places][-3:]) == ("Ours", ["tell", "again", "end"])


async def test_the_same_name_asks_before_it_replaces() -> None:
    talk = Editing()
    await talk.begins()
    await talk.page("template_keep", name="Ours", m={"vote": "9"})
    again = shown(await talk.page("template_keep", name="OURS", m={"vote": "8"}), AgendaForm)
    assert (why(again), again.ask, again.name, again.minutes["vote"]) == ("own_exists", True, "OURS", "8")
    assert [own.minutes for own, _ in talk.drafts.owned.values()] == [44]
    done = shown(await talk.page("template_keep", name="OURS", replace=True, m={"vote": "8"}), AgendaForm)
    assert (why(done), done.ask) == ("template_kept", False)
    assert [(own.name, own.minutes) for own, _ in talk.drafts.owned.values()] == [("OURS", 43)]


@pytest.mark.parametrize(("name", "reason"), [("", "no_name"), ("\u200e ", "no_name"), ("x" * 141, "wrong_template")])
async def test_a_name_that_is_none(name: str, reason: str) -> None:
    talk = Editing()
    await talk.begins()
    form = shown(await talk.page("template_keep", name=name), AgendaForm)
    assert (why(form), form.name) == (reason, name)
    assert not talk.drafts.owned


async def test_a_team_keeps_so_many() -> None:
    talk = Editing()
    for number in range(OWN_LIMIT):
        talk.drafts.owned[TENANT, HOME, f"own-{number}"] = (Own(f"own-{number}", f"N{number}", 5, ("en",)), "{}")
    await talk.begins()
    assert why(shown(await talk.page("template_keep", name="One more"), AgendaForm)) == "own_full"
    assert why(shown(await talk.page("template_keep", name="N7", replace=True), AgendaForm)) == "template_kept"
    assert len(talk.drafts.owned) == OWN_LIMIT


async def test_a_template_that_became_too_large_is_not_kept() -> None:
    say = "ż" * 1950
    rows = [f"      - {{id: s{n}, title: S, minutes: 1, say: {say}, break: true}}\n" for n in range(64)]
    pasted = CASES
    for step, more in (("vote", rows[:32]), ("again", rows[32:])):
        name = f"    steps:\n      - {{id: {step}" if step == "vote" else f"    steps:\n      - id: {step}"
        pasted = pasted.replace(name, name.replace("    steps:\n", "    steps:\n" + "".join(more)))
    talk = Editing(read(pasted, "large.yaml"))
    await talk.begins()
    assert why(shown(await talk.page("template_keep", name="Large"), AgendaForm)) == "template_kept"
    for step in ("write", "vote", "tell", "again", "end"):
        fields = {f"t.{id}.en": "ż" * 2000 for id in talk.kolbot.plans["cases"].prompts}
        await talk.keeps(step=step, **fields)
    reply = await talk.page("template_keep", name="Larger")
    assert why(shown(reply, AgendaForm)) == "wrong_template"
    assert str(facts(reply)["what"]).startswith("the file has 2") and len(talk.drafts.owned) == 1


async def test_who_may_open_may_remove_after_being_asked() -> None:
    talk = Editing()
    await talk.begins()
    await talk.page("template_keep", name="Ours")
    ((_, _, id),) = talk.drafts.owned
    asked = shown(await talk.turn("eva", "template_remove", plan=id, title="Mine"), NewForm)
    assert (asked.removing and asked.removing.id, asked.title, asked.plan) == (id, "Mine", id)
    talk.drafts.away = True
    assert why(shown(await talk.turn("eva", "template_remove", plan=id, remove=id), NewForm)) == "not_stored"
    talk.drafts.away = False
    assert why(shown(await talk.turn("eva", "template_remove", plan=id, remove=id), NewForm)) == "template_removed"
    assert not talk.drafts.owned
    for plan in ("cases", id, ""):
        form = shown(await talk.turn("eva", "template_remove", plan=plan), NewForm)
        assert (why(form), form.removing) == ("not_own", None)


async def test_a_kept_template_that_this_release_cannot_read_is_none() -> None:
    talk = Editing()
    talk.drafts.owned[TENANT, HOME, "own-1"] = (Own("own-1", "Of the future", 5, ("en",)), '{"id":"own-1"}')
    assert why(shown(await talk.turn("anna", "agenda", plan="own-1"), NewForm)) == "unknown_template"
    now = Own("own-1", "Now", 5, ("en",))
    await talk.drafts.keep_own(TENANT, HOME, now, named(PLAN, "own-1", "Now").source, "anna")
    assert shown(await talk.turn("anna", "agenda", plan="own-1"), AgendaForm).new.plans[0].title == {"en": "Now"}


# ---- pasting


async def test_a_pasted_template_is_checked_and_its_agenda_shown() -> None:
    talk = Editing(TASTER)
    assert shown(await talk.turn("anna", "paste", Via.CARD), PasteForm).text == ""
    form = shown(await talk.turn("anna", "pasted", yaml=CASES), AgendaForm)
    assert (why(form), form.new.plans) == ("template_read", (PLAN,))
    assert said(await talk.page("agenda_open")) == "opened"
    assert talk.w.plan == PLAN


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "there is nothing in it"),
        (CASES.replace("minutes: 5", "minutes: five", 1), 9, "“minutes” of step rate is “five”"),
        (CASES.replace("from: A5", "from: Z9"), 14, "no prompt has the id “Z9”"),
        ("\ta: b", 1, "a tab stands where the indent is"),
    ],
)
async def test_what_is_wrong_is_told_with_its_line_and_nothing_is_lost(text: str, line: int, what: str) -> None:
    talk = Editing()
    reply = await talk.turn("anna", "pasted", yaml=text)
    form = shown(reply, PasteForm)
    assert (why(form), form.text) == ("wrong_template", text)
    assert (facts(reply)["at_line"], facts(reply)["what"]) == (line, what)
    assert not talk.drafts.drafts and not form.too_long


async def test_a_text_that_no_card_holds_is_not_given_back() -> None:
    for text, held in (
        ("#" * (HELD // 2 - 2), True), ("#" * (HELD // 2 - 1), False), ("#\n" * (HELD // 6 + 1), False),
    ):  # fmt: skip
        form = shown(await Editing().turn("anna", "pasted", yaml=text), PasteForm)
        assert (why(form), form.text, form.too_long) == ("wrong_template", text if held else "", not held)
