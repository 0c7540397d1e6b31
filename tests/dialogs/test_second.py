"""A second cycle from a workshop that was finished here: offered, filled in from it, opened with what it left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cards import draw
from dialogs.second import TEMPLATE
from dialogs.turn import Where, Who
from locales import LANGUAGES
from templates import shipped
from tests.cards.lint import lint
from tests.cards.walk import buttons_of, inputs_of, text_of
from tests.dialogs.talk import ELSEWHERE, GROUP_CHAT, STRANGE_TENANT, Talk, said, shown
from tests.workshop.session import ONE_COLUMN, asks, plan_of, step
from workshop.plan import COMMITMENTS, Output, OutputType, Plan, Source
from workshop.prompts.commitment import CommitmentRules
from workshop.tally import board_of
from workshop.views import AgendaForm, AnswerForm, BoardCard, Console, JoinForm, NewForm, StageCard

SECOND = shipped()[TEMPLATE]


def first() -> Plan:
    plan = plan_of([step("ask", asks("Q", "notes", ONE_COLUMN), asks("C", "commitment", CommitmentRules(2, 0, False)))])
    asked = replace(plan.stages[0], outputs=(Output("open", Source("Q"), OutputType.QUESTIONS),))
    return replace(plan, stages=(asked,))


async def ended() -> Talk:
    """A cycle is over: Ivan shows his commitment, Eva keeps hers, one question is open."""
    talk = Talk(first())
    talk.kolbot = replace(talk.kolbot, plans={**talk.kolbot.plans, TEMPLATE: SECOND})
    talk.roster = [Who("anna", "Anna"), Who("rasa", "Rasa")]
    await talk.opens()
    await talk.turn("ivan", "joined", institution="Ministry", country="PL")
    await talk.turn("anna", "start", sure=True)
    fields = {"a.C.1.what": "one desk", "a.C.1.by": "2026-01-31"}
    await talk.turn("ivan", "submit", **{"a.Q.all": "who pays"}, **fields, **{"a.C.shown": "true"})
    await talk.turn("eva", "submit", **{**fields, "a.C.1.what": "a secret", "a.C.shown": "false"})
    await talk.later(minutes=1).turn("anna", "finish", sure=True)
    return talk


async def offered(talk: Talk, **more: Any) -> NewForm:
    return shown(await talk.turn("anna", "new", **more), NewForm)


async def test_it_is_offered_where_a_workshop_was_finished_and_not_elsewhere() -> None:
    talk = await ended()
    form = await offered(talk)
    assert form.earlier is not None and (form.earlier.workshop, form.earlier.chosen) == (talk.w, False)
    assert (form.plan, form.title) == ("", "")
    assert (await offered(talk, where=ELSEWHERE)).earlier is None
    assert (await offered(talk, where=STRANGE_TENANT)).earlier is None
    assert (await offered(talk, where=ELSEWHERE, earlier=talk.w.id)).earlier is None, "a forged button"
    assert (await offered(talk, earlier="none such")).earlier is None
    thread = Where(GROUP_CHAT.tenant, f"{GROUP_CHAT.home};messageid=7")
    assert (await offered(talk, where=thread)).earlier is not None, "another thread of the same channel"
    assert (await offered(await Talk().opens(), where=ELSEWHERE)).earlier is None, "nothing was finished"


async def test_by_the_button_of_the_record_it_is_filled_in_from_the_earlier_one() -> None:
    talk = await ended()
    form = await offered(talk, earlier=talk.w.id, second=True)
    assert form.earlier is not None and form.earlier.chosen
    assert (form.plan, form.title, form.language) == (TEMPLATE, talk.w.title, talk.w.language)
    assert "anna" in form.reserves
    card = draw(form, "en")
    assert "Finished here: " in text_of(card)
    assert "What comes along: 1 open commitment and 1 open question" in text_of(card)
    assert inputs_of(card)["second"]["value"] == "true" and buttons_of(card)["open"]["earlier"] == talk.w.id
    typed = await offered(talk, earlier=talk.w.id, second="false", language="pl", title="Mine")
    assert (typed.language, typed.title, typed.reserves) == ("pl", "Mine", ())
    for language in LANGUAGES:
        assert lint(draw(form, language), user_words=(talk.w.title,), edited=False, dialog=True) == []


async def opened(talk: Talk, **more: Any) -> None:
    given = {"plan": TEMPLATE, "language": "en", "title": "Again", "earlier": talk.w.id, "second": "true"} | more
    assert said(await talk.turn("anna", "open", **given)) == "opened"


async def test_what_was_left_comes_along_and_each_has_their_own() -> None:
    talk = await ended()
    await opened(talk)
    assert talk.w.brought is not None and talk.w.title == "Again" and not talk.w.joined
    joining = shown(await talk.turn("ivan", "join"), JoinForm)
    assert (joining.person.institution, joining.person.country, joining.person.joined) == ("Ministry", "PL", False)
    assert shown(await talk.turn("zoe", "join"), JoinForm).person.institution == ""
    for who in ("ivan", "eva"):
        await talk.turn(who, "joined", institution="Other" if who == "ivan" else "")
    assert shown(await talk.turn("ivan", "join"), JoinForm).person.institution == "Other", "what was said anew counts"
    await talk.turn("anna", "start")
    forms = {who: shown(await talk.turn(who, "answer"), AnswerForm) for who in ("ivan", "eva")}
    asked = {who: [item.label[""] for item in form.forms[0].items] for who, form in forms.items()}
    assert asked == {"ivan": ["one desk"], "eva": ["one desk"]}
    own = {who: [one.what for one in form.forms[0].promises] for who, form in forms.items()}
    assert own == {"ivan": ["one desk"], "eva": ["a secret"]}
    text = text_of(draw(forms["eva"], "en"))
    assert "Your commitment:\na secret (by January 31, 2026)" in text
    assert "a secret" not in text_of(draw(forms["ivan"], "en"))
    board = board_of(talk.w, [])
    stage = text_of(draw(StageCard(board, 0), "en"))
    assert "from the earlier cycle: " in stage and "one desk" in stage and "a secret" not in stage
    quoting = next(prompt for prompt in SECOND.prompts.values() if COMMITMENTS in prompt.quotes and prompt.id == "R2")
    assert quoting.quotes == (COMMITMENTS,)


async def test_without_the_tick_and_with_a_lie_nothing_comes_along() -> None:
    talk = await ended()
    await opened(talk, second="false")
    assert talk.w.brought is None
    talk = await ended()
    talk.memory.kept.clear()
    lost = talk.w
    talk.memory.workshops.clear()
    await opened_with(talk, lost.id)
    assert talk.w.brought is None, "the earlier one has been erased meanwhile"


async def opened_with(talk: Talk, earlier: str) -> None:
    given = {"plan": TEMPLATE, "language": "en", "title": "Again", "earlier": earlier, "second": "true"}
    assert said(await talk.turn("anna", "open", **given)) == "opened"


async def test_through_the_agenda_it_comes_along_too() -> None:
    talk = await ended()
    given = {"plan": TEMPLATE, "language": "en", "title": "Again", "earlier": talk.w.id, "second": "true"}
    agenda = shown(await talk.turn("anna", "agenda", **given), AgendaForm)
    assert agenda.new.earlier is not None and agenda.new.earlier.chosen
    draft = agenda.draft
    page = {name: words for name, words in given.items() if name != "plan"}
    assert said(await talk.turn("anna", "agenda_open", draft=draft, **page)) == "opened"
    assert talk.w.brought is not None and talk.w.brought.promises.keys() == {"ivan", "eva"}


async def test_the_record_and_the_console_of_a_finished_one_have_the_button() -> None:
    talk = await ended()
    record = draw(BoardCard(board_of(talk.w, [])), "en")
    assert buttons_of(record)["new"]["second"] is True and buttons_of(record)["new"]["earlier"] == talk.w.id
    console = draw(shown(await talk.turn("anna", "facilitate"), Console), "en")
    assert buttons_of(console)["new"]["earlier"] == talk.w.id


@pytest.mark.no_cover
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_forms_are_sound(language: str) -> None:
    talk = await ended()
    await opened(talk)
    await talk.turn("eva", "joined")
    await talk.turn("anna", "start")
    form = shown(await talk.turn("eva", "answer"), AnswerForm)
    assert lint(draw(form, language), user_words=("a secret", "one desk"), edited=False, dialog=True) == []
