"""Opening and joining: by whom, where, with which forged data; help, language and the board besides."""

from __future__ import annotations

import pytest

from cards.help import COMMAND_WORDS
from dialogs import ALL
from dialogs.lobby import ROSTER
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via, Where, Who
from tests.dialogs.talk import ELSEWHERE, PRIVATE, STRANGE_TENANT, Talk, said, shown, why
from tests.workshop.paper import TENANT
from workshop.model import Status
from workshop.service import NotStored
from workshop.views import BoardPage, Confirm, Help, JoinForm, LanguageForm, ModerateForm, NewForm, Opener

# ---- new


async def test_typed_new_puts_a_button_there_and_the_button_opens_the_form() -> None:
    talk = Talk()
    talk.roster = [Who("anna", "Anna"), Who("rasa", "Rasa")]
    assert shown(await talk.types("anna", "new"), Opener).verb == "new"
    form = shown(await talk.turn("anna", "new", Via.CARD, speaks="pl"), NewForm)
    assert [plan.id for plan in form.plans] == ["session"]
    assert (form.language, form.members, form.sentence) == ("pl", (("rasa", "Rasa"),), None)


async def test_in_a_conversation_whose_members_cannot_be_listed_or_are_too_many_nobody_is_offered() -> None:
    talk = Talk()
    assert shown(await talk.turn("anna", "new", unlisted=True), NewForm).members == ()
    talk.roster = [Who(f"p{number}", "P") for number in range(ROSTER + 1)]
    assert shown(await talk.turn("anna", "new"), NewForm).members == ()
    assert len(shown(await talk.turn("p0", "new"), NewForm).members) == ROSTER


async def test_what_was_typed_becomes_the_workshop() -> None:
    talk = Talk()
    talk.roster = [Who("rasa", "Rasa")]
    reply = await talk.turn(
        "anna", "open", plan="session", title=" Ucząc się ", language="pl", reserves="rasa,stranger,,\x01"
    )
    assert said(reply) == "opened"
    w = talk.w
    assert (w.title, w.language, w.tenant, w.status) == ("Ucząc się", "pl", TENANT, Status.LOBBY)
    assert {person.id for person in w.people.values() if person.reserve} == {"rasa"}, "only who is in the conversation"
    assert len(w.id) == 16 and w.secret is not None and len(w.secret) == 64
    assert w.secret[:16] != w.id, "two different secrets"


async def test_without_title_or_language_the_template_s_and_one_s_own() -> None:
    talk = Talk()
    assert said(await talk.turn("anna", "open", plan="session", title="  ", language="pl")) == "opened"
    assert (talk.w.title, talk.w.language) == ("Sesja", "pl")
    talk = Talk()
    await talk.turn("anna", "open", plan="session", title="\u200e", language=7)
    assert (talk.w.title, talk.w.language) == ("Session", "en")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"plan": "nonsense"}, "unknown_template"),
        ({"plan": None}, "unknown_template"),
        ({"plan": ["session"]}, "unknown_template"),
        ({}, "unknown_template"),
        ({"plan": "session", "language": "hu"}, "unknown_language"),
        ({"plan": "session", "title": "x" * 141}, "too_long"),
    ],
)
async def test_a_wrong_form_comes_back_with_what_was_typed(data: dict[str, object], reason: str) -> None:
    talk = Talk()
    reply = await talk.turn("anna", "open", **{"title": "Mine", **data})
    form = shown(reply, NewForm)
    assert why(form) == reason
    assert form.title == data.get("title", "Mine")
    assert not talk.memory.workshops


async def test_one_at_a_time_in_a_conversation_and_several_in_several() -> None:
    talk = await Talk().opens()
    for verb in ("new", "open"):
        assert said(await talk.turn("eva", verb, plan="session")) == "already_open"
    assert said(await talk.turn("eva", "open", where=ELSEWHERE, plan="session")) == "opened"
    assert said(await talk.turn("eva", "open", where=STRANGE_TENANT, plan="session")) == "opened"
    assert len(talk.memory.workshops) == 3


async def test_after_the_end_a_new_one_can_be_opened_there() -> None:
    talk = await Talk().opens()
    await talk.turn("anna", "cancel", sure=True)
    assert said(await talk.turn("eva", "open", plan="session")) == "opened"


@pytest.mark.parametrize("verb", ["new", "open"])
async def test_not_in_a_personal_chat_and_not_by_everybody(verb: str) -> None:
    assert said(await Talk().turn("anna", verb, where=PRIVATE, plan="session")) == "not_here"
    talk = Talk(openers=frozenset({"anna"}))
    assert said(await talk.turn("eva", verb, plan="session")) == "may_not_open"
    assert not isinstance(await talk.turn("anna", "new"), Tell)


async def test_two_who_open_at_once_and_the_store_says_who_was_first() -> None:
    talk = Talk()
    talk.memory.fails = NotStored(certain=False)
    form = shown(await talk.turn("anna", "open", plan="session", title="Mine"), NewForm)
    assert (why(form), form.title, form.plan) == ("not_confirmed", "Mine", "session")


async def test_the_same_delivery_opens_one_workshop() -> None:
    talk = Talk()
    await talk.turn("anna", "open", plan="session", delivery="d1")
    await talk.turn("anna", "cancel", sure=True)
    await talk.turn("anna", "open", plan="session", delivery="d1")
    assert len(talk.memory.workshops) == 1


# ---- join


async def test_the_notice_is_filled_with_what_was_said_before() -> None:
    talk = await Talk().opens()
    await talk.turn("ivan", "joined", country="BG", institution="City", role="clerk", challenge="Queues")
    form = shown(await talk.turn("ivan", "join", Via.CARD), JoinForm)
    assert (form.person.country, form.person.challenge, form.step) == ("BG", "Queues", None)
    fresh = shown(await talk.turn("zoe", "join", speaks="pl"), JoinForm)
    assert (fresh.person.name, fresh.person.language, fresh.person.joined) == ("Zoe", "pl", False)
    assert shown(await talk.types("ivan", "join"), Opener).verb == "join"


async def test_joining_counts_people_and_twice_is_once() -> None:
    talk = await Talk().opens()
    for _ in range(2):
        reply = await talk.turn("zoe", "joined", language="pl")
        assert isinstance(reply, Tell) and dict(getattr(reply.sentence, "facts", {})) == {
            "title": "Learning",
            "people": 4,
        }
    assert talk.people.languages["zoe"] == "pl"


async def test_what_is_too_long_comes_back() -> None:
    talk = await Talk().opens()
    form = shown(await talk.turn("zoe", "joined", challenge="x" * 281, country="LV", step=0), JoinForm)
    assert (why(form), form.person.challenge, form.person.country, form.step) == ("too_long", "x" * 281, "LV", 0)
    assert "zoe" not in talk.w.people and "zoe" not in talk.people.languages


async def test_a_language_that_there_is_not_is_refused() -> None:
    talk = await Talk().opens()
    assert why(shown(await talk.turn("zoe", "joined", language="xx"), JoinForm)) == "unknown_language"
    assert "zoe" not in talk.people.languages


async def test_after_the_end_nobody_joins() -> None:
    talk = await Talk().opens()
    await talk.turn("anna", "cancel", sure=True)
    for via in Via:
        assert said(await talk.turn("zoe", "join", via)) == "not_now"
    assert why(shown(await talk.turn("zoe", "joined"), JoinForm)) == "not_now"


@pytest.mark.parametrize("verb", ["join", "joined", "board", "stage", "summary", "moderate", "moderated"])
async def test_where_there_is_no_workshop(verb: str) -> None:
    talk = await Talk().opens()
    for via in Via:
        assert said(await talk.turn("ivan", verb, via, where=ELSEWHERE)) == "no_workshop"
        assert said(await talk.turn("ivan", verb, via, where=ELSEWHERE, w=talk.w.id)) == "elsewhere"


# ---- the board, the stage card, the summary


async def test_typed_the_board_and_the_stage_card_are_posted_again() -> None:
    talk = await Talk().starts()
    assert said(await talk.types("ivan", "board")) == "posted_again"
    assert talk.w.board_posts == 1
    talk.later(minutes=1)
    assert said(await talk.types("ivan", "stage")) == "posted_again"
    assert talk.w.stage_posts == {"knowledge": 1}
    talk.memory.fails = NotStored(certain=True)
    assert said(await talk.types("ivan", "stage")) == "not_stored"


async def test_in_the_lobby_there_is_no_board_to_post() -> None:
    talk = await Talk().opens()
    assert said(await talk.types("ivan", "board")) == "not_now"
    empty = shown(await talk.turn("ivan", "board"), BoardPage)
    assert (empty.page, empty.pages) == (None, 0) or empty.page is None


async def test_a_look_at_the_board_shows_what_is_shown_and_the_summary_everything_to_those_who_may() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K2.": "not yet shown"})
    look = shown(await talk.turn("eva", "board"), BoardPage)
    assert "not yet shown" not in repr(look)
    assert said(await talk.turn("eva", "summary")) == "only_moderators"
    assert "not yet shown" in repr(shown(await talk.turn("anna", "summary"), BoardPage))
    typed = await talk.types("anna", "summary")
    assert shown(typed, Opener).verb == "summary" and "not yet shown" not in repr(typed)


@pytest.mark.parametrize("page", [-1, 0, 1, 99, 10**30, "1", "nonsense", None, True, 1.5])
async def test_any_page_number_is_a_page(page: object) -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K2.": "words"})
    look = shown(await talk.turn("anna", "summary", page=page), BoardPage)
    assert look.page is not None and look.pages == 2


# ---- moderation


async def noted(entries: int = 2) -> Talk:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K1.good": "alpha\nrude", "a.K2.": "words"})
    for number in range(entries - 2):
        await talk.turn(f"p{number}", "joined")
        await talk.turn(f"p{number}", "submit", **{"a.K1.hard": f"note {number}"})
    return talk


async def test_a_moderator_sees_nameless_entries_page_by_page() -> None:
    talk = await noted(24)
    form = shown(await talk.turn("anna", "moderate"), ModerateForm)
    assert (form.page, form.pages, len(form.entries)) == (0, 2, 20)
    assert [entry.id for entry in form.entries] == sorted(entry.id for entry in form.entries)
    for page in (1, "1", 99):
        assert len(shown(await talk.turn("anna", "moderate", page=page), ModerateForm).entries) == 5
    assert shown(await talk.turn("anna", "moderate", page=-5), ModerateForm).page == 0
    for verb in ("moderate", "moderated"):
        assert (
            said(await talk.turn("ivan", verb, shown=[form.entries[0].id], hidden=form.entries[0].id))
            == "only_moderators"
        )


async def test_below_three_anonymous_answers_a_moderator_sees_none_either() -> None:
    talk = await Talk().starts()
    for _ in range(3):
        await talk.next()
    for number, who in enumerate(("ivan", "eva", "ola"), 1):
        await talk.turn(who, "submit", **{"a.E2.all": f"mud {number}"})
        entries = shown(await talk.turn("anna", "moderate"), ModerateForm).entries
        assert len(entries) == (3 if number == 3 else 0)


async def test_hide_and_restore_only_what_this_moderator_changed() -> None:
    talk = await noted()
    entries = {entry.words: entry.id for entry in shown(await talk.turn("anna", "moderate"), ModerateForm).entries}
    page = list(entries.values())
    await talk.turn("anna", "moderated", shown=page, was=[], hidden=entries["rude"], delivery="d1")
    assert talk.w.hidden == {entries["rude"]}
    reply = await talk.turn("anna", "moderated", shown=page, was=[], hidden=entries["words"])
    assert talk.w.hidden == {entries["rude"], entries["words"]}, "the other one's stays hidden"
    assert "moderated" in repr(reply).lower()
    await talk.turn("anna", "moderated", Via.CARD, shown=page, was=[entries["rude"]], hidden="")
    assert talk.w.hidden == {entries["words"]}
    assert said(await talk.turn("anna", "moderated", Via.CARD, shown=page, was=[], hidden="")) == "nothing_to_change"


@pytest.mark.parametrize("forged", [None, "x", 5, {"a": 1}, [5, None, ["x"]]])
async def test_a_forged_page_of_entries_is_an_empty_one(forged: object) -> None:
    talk = await noted()
    assert (
        said(await talk.turn("anna", "moderated", Via.CARD, shown=forged, was=forged, hidden="")) == "nothing_to_change"
    )


async def test_an_entry_that_there_is_not_is_refused() -> None:
    talk = await noted()
    reply = await talk.turn("anna", "moderated", Via.CARD, shown=["nonsense"], was=[], hidden="nonsense")
    assert said(reply) == "unknown_entry"


# ---- language


async def test_the_language_is_kept_for_this_workshop_and_for_later_ones() -> None:
    talk = await Talk().opens()
    form = shown(await talk.turn("ivan", "language"), LanguageForm)
    assert (form.languages, form.language) == (("en", "pl", "bg"), "en")
    reply = await talk.turn("ivan", "chosen", language="pl")
    assert (said(reply), reply.language) == ("language_chosen", "pl")
    assert talk.w.people["ivan"].language == "pl" and talk.people.languages["ivan"] == "pl"
    assert shown(await talk.types("ivan", "language"), Opener).verb == "language"


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
    return shown(await talk.turn(who, "help", **more), Help).verbs


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
        "stage",
        "facilitator",
        "moderator",
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
    await talk.turn("anna", "cancel", sure=True)
    assert await verbs(talk, "ivan") == ("new", "board", "language", "help")


async def test_help_offers_new_only_to_those_who_may() -> None:
    assert await verbs(Talk(openers=frozenset({"anna"})), "eva") == ("language", "help")


async def test_an_unknown_verb_is_answered() -> None:
    for verb in ("", "nonsense", "__init__", "answer ", "ANSWER", "\x00"):
        assert said(await Talk().turn("ivan", verb)) == "unknown_command"


async def _silent(turn: Turn, kolbot: Kolbot) -> Reply:
    return Show(Opener("new"), turn.language)


def test_a_second_handler_for_a_verb_fails_at_import() -> None:
    one, two = Router(), Router()
    one.on("greet")(_silent)
    two.on("greet")(_silent)
    with pytest.raises(ValueError, match="greet"):
        Router.of(one, two)
    assert dict(one.verbs) == {"greet": _silent}


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


@pytest.mark.parametrize("verb", sorted(COMMAND_WORDS))
async def test_what_is_typed_shows_nobody_s_words_to_the_conversation(verb: str) -> None:
    for who in ("anna", "ivan", "stranger"):
        talk = await noted()
        reply = await talk.types(who, verb, prompt="K4", page="0", step=0)
        assert isinstance(reply, Tell) or isinstance(reply.view, Opener | Confirm | Help), verb
