"""Language and help, the router, and every verb with any data anywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cards.help import COMMAND_WORDS
from dialogs import ALL
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via, Where, Who
from tests.dialogs.talk import ELSEWHERE, PRIVATE, STRANGE_TENANT, Talk, facts, noted, said, shown, why
from tests.workshop.paper import TENANT
from workshop.model import Status
from workshop.service import NotStored
from workshop.views import Confirm, Help, LanguageForm, Meant, Opener

# ---- language


async def test_the_language_is_kept_for_this_workshop_and_for_later_ones() -> None:
    talk = await Talk().opens()
    form = shown(await talk.turn("ivan", "language"), LanguageForm)
    assert (form.languages, form.language) == (("en", "pl", "bg"), "en")
    reply = await talk.turn("ivan", "chosen", language="pl")
    assert (said(reply), reply.language) == ("language_chosen", "pl")
    assert talk.w.people["ivan"].language == "pl" and talk.people.languages["ivan"] == "pl"
    assert shown(await talk.types("ivan", "language"), Opener).verb == "language"


async def test_an_older_choice_that_comes_late_takes_the_place_of_no_newer_one() -> None:
    talk = await Talk().opens()
    await talk.turn("ivan", "chosen", language="pl", delivery="d2", said=talk.now + timedelta(seconds=1))
    late = await talk.turn("ivan", "chosen", language="en", delivery="d1", said=talk.now)
    assert (said(late), late.language) == ("language_chosen", "pl"), "what it is"
    assert talk.w.people["ivan"].language == "pl" and talk.people.languages["ivan"] == "pl"


async def test_a_choice_that_comes_again_undoes_no_other_one() -> None:
    """Since then another one was chosen, which the workshop does not speak."""
    talk = await Talk().opens()
    await talk.turn("ivan", "chosen", language="pl", delivery="d1", said=talk.now)
    await talk.turn("ivan", "chosen", language="bg", delivery="d2", said=talk.now + timedelta(seconds=1))
    await talk.turn("ivan", "chosen", language="pl", delivery="d1", said=talk.now)
    assert talk.people.languages["ivan"] == "bg"


async def test_a_language_that_the_template_does_not_have_is_kept_for_later_and_all_stays_whole() -> None:
    talk = await Talk().opens()
    assert said(await talk.turn("ivan", "chosen", language="bg")) == "language_chosen"
    assert talk.w.people["ivan"].language == "en" and talk.people.languages["ivan"] == "bg"
    reply = await talk.turn("zoe", "join", speaks="bg")
    assert reply.language == "en", "nothing is half translated"


async def test_a_stranger_or_somebody_without_a_workshop_chooses_too() -> None:
    talk = await Talk().opens()
    assert said(await talk.turn("zoe", "chosen", language="pl")) == "language_chosen"
    assert "zoe" not in talk.w.people
    assert said(await talk.turn("zoe", "chosen", where=PRIVATE, language="bg")) == "language_chosen"
    assert talk.people.languages["zoe"] == "bg"
    assert shown(await talk.types("zoe", "language", where=PRIVATE, speaks="pl"), Opener).workshop is None


@pytest.mark.parametrize("forged", ["xx", "", None, 5, "\x00", ["en"]])
async def test_no_language_is_no_choice(forged: object) -> None:
    talk = await Talk().opens()
    form = shown(await ALL.answer(_chosen(forged), talk.kolbot), LanguageForm)
    assert why(form) == "unknown_language"
    assert "ivan" not in talk.people.languages or talk.people.languages["ivan"] == "en"


def _chosen(language: object) -> Turn:
    where = Where(TENANT, "19:home@thread.tacv2")
    return Turn("chosen", Who("ivan", "Ivan"), where, "en", Via.DIALOG, {"language": language})


async def test_a_choice_that_is_not_stored_comes_back() -> None:
    talk = await Talk().opens()
    talk.memory.fails = NotStored(certain=False)
    form = shown(await talk.turn("ivan", "chosen", language="pl"), LanguageForm)
    assert (why(form), form.language) == ("not_confirmed", "pl")
    assert talk.people.languages["ivan"] == "en"


# ---- help, and the router


async def verbs(talk: Talk, who: str, **more: object) -> tuple[str, ...]:
    return shown(await talk.turn(who, "help", Via.CARD, **more), Help).verbs


async def test_help_lists_what_makes_sense_here_and_now_for_this_person() -> None:
    talk = Talk()
    assert await verbs(talk, "anna") == ("new", "language", "help")
    assert await verbs(talk, "anna", where=PRIVATE) == ("language", "help")
    await talk.opens()
    assert await verbs(talk, "ivan") == ("join", "stage", "language", "help")
    in_lobby = (
        "join",
        "start",
        "cancel",
        "practices",
        "groups",
        "stage",
        "facilitator",
        "moderator",
        "reserve",
        "roles",
        "facilitate",
        "summary",
        "language",
        "help",
    )
    assert await verbs(talk, "anna") == in_lobby
    await talk.turn("anna", "start")
    assert "answer" in await verbs(talk, "ivan") and "answer" not in await verbs(talk, "anna")
    assert {"next", "close", "extend", "pause", "nudge", "finish"} <= set(await verbs(talk, "anna"))
    assert "reopen" not in await verbs(talk, "anna") and "new" not in await verbs(talk, "anna")
    assert not {"no_facilitator", "no_moderator", "no_reserve"} & set(await verbs(talk, "anna")), "from nobody"
    for verb in ("facilitator", "moderator", "reserve"):
        await talk.types("anna", verb, mentioned=("eva",))
    assert {"no_facilitator", "no_moderator", "no_reserve"} <= set(await verbs(talk, "anna"))
    await talk.turn("anna", "cancel", sure=True)
    assert await verbs(talk, "ivan") == ("new", "board", "language", "help")


async def test_help_in_a_dialog_would_have_buttons_that_cannot_work_there() -> None:
    assert said(await Talk().turn("ivan", "help")) == "unknown_command"


async def test_help_offers_new_only_to_those_who_may() -> None:
    assert await verbs(Talk(openers=frozenset({"anna"})), "eva") == ("language", "help")


async def test_an_unknown_verb_is_answered() -> None:
    for verb in ("", "nonsense", "__init__", "answer ", "ANSWER", "\x00"):
        assert said(await Talk().turn("ivan", verb)) == "unknown_command"


async def test_a_slip_is_answered_with_what_was_probably_meant_in_the_language_of_the_place() -> None:
    talk = await Talk().opens()
    reply = await talk.types("ivan", "", near="next", speaks="pl")
    assert (said(reply), facts(reply), reply.language) == ("did_you_mean", {"command": "next"}, "en")
    assert said(await talk.types("ivan", "", near=["next"])) == "unknown_command"
    assert (await Talk().types("ivan", "", speaks="pl")).language == "pl", "where there is no workshop, in one's own"


async def test_what_was_meant_has_a_button_where_it_makes_sense_for_who_typed_it() -> None:
    new = await Talk().types("ivan", "", near="new", speaks="pl")
    assert isinstance(new, Show) and (new.view, new.language) == (Meant("new"), "pl")
    talk = await Talk().starts()
    assert shown(await talk.types("anna", "", near="next"), Meant) == Meant("next", talk.w)
    assert shown(await talk.types("ivan", "", near="answer"), Meant) == Meant("answer", talk.w)
    assert shown(await talk.types("ivan", "", near="help"), Meant) == Meant("help", talk.w)
    for who, near, more in (("ivan", "next", {}), ("anna", "start", {}), ("anna", "facilitator", {}),
                            ("anna", "next", {"more": True}), ("anna", "next", {"several": True})):  # fmt: skip
        reply = await talk.types(who, "", near=near, **more)
        assert said(reply) == "did_you_mean", near
    assert said(await talk.turn("anna", "", near="next")) == "did_you_mean", "in a dialog it is a sentence"


async def test_a_router_without_an_answer_for_the_unknown_says_so_itself() -> None:
    turn = Turn("nonsense", Who("ivan", "Ivan"), Where(TENANT, "home"), "en", Via.TYPED)
    assert said(await Router().answer(turn, Talk().kolbot)) == "unknown_command"


async def _silent(turn: Turn, kolbot: Kolbot) -> Reply:
    return Show(Opener("new"), turn.language)


def test_a_second_handler_for_a_verb_fails_at_import() -> None:
    one, two = Router(), Router()
    one.on("greet")(_silent)
    two.on("greet")(_silent)
    with pytest.raises(ValueError, match="greet"):
        Router.of(one, two)
    assert dict(one.verbs) == {"greet": _silent}


@pytest.mark.no_cover
async def test_every_verb_answers_anybody_anywhere_with_any_data_and_breaks_nothing() -> None:
    talk = await noted()
    forged: tuple[object, ...] = (None, "", "\x00", "\ud800", -1, 10**30, True, [], ["x"], {"x": 1}, "x" * 1000)
    names = (
        "w",
        "step",
        "moves",
        "minutes",
        "prompt",
        "picked",
        "shown",
        "was",
        "hidden",
        "page",
        "plan",
        "language",
        "sure",
    )
    for verb in ALL.verbs:
        for where in (Where(TENANT, "19:home@thread.tacv2"), ELSEWHERE, STRANGE_TENANT, PRIVATE):
            for value in forged:
                for via in Via:
                    turn = Turn(verb, Who("ivan", "Ivan"), where, "en", via, dict.fromkeys(names, value))
                    assert isinstance(await ALL.answer(turn, talk.kolbot), Show | Tell)
    first = next(iter(talk.memory.workshops.values()))
    assert (first.status, first.at, first.people["ivan"].facilitator) == (Status.OPEN, 0, False)


@pytest.mark.no_cover
@pytest.mark.parametrize("verb", sorted(COMMAND_WORDS))
async def test_what_is_typed_shows_nobody_s_words_to_the_conversation(verb: str) -> None:
    for who in ("anna", "ivan", "stranger"):
        talk = await noted()
        reply = await talk.types(who, verb, prompt="K4", page="0", step=0)
        assert isinstance(reply, Tell) or isinstance(reply.view, Opener | Confirm | Help), verb
