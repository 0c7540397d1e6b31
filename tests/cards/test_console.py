"""The console in every state and for every role: figures, names only when asked, and just the buttons that work."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cards import draw, title_of
from locales import LANGUAGES, words
from tests.cards.lint import lint
from tests.cards.staging import ANA, BEN, HOSTILE, MOD, RES, Staged, buttons_of, opened, size_of, verbs_of, words_of
from workshop import commands as c
from workshop.cycle import TooMany
from workshop.plan import Place
from workshop.refusals import Reason, Refused
from workshop.rules import possible_now
from workshop.said import Said, Spoken
from workshop.tally import board_of, by_prompt
from workshop.timing import MINUTE, timing
from workshop.upcoming import Opening, may_come, opening
from workshop.views import Confirm, Console, StageCard


def view(staged: Staged, who: str = ANA, **more: Any) -> Console:
    """The console as the dialog makes it."""
    w = staged.workshop
    coming = opening(w, w.at + 1, by_prompt(staged.answers))
    upcoming: Place | None = None
    if isinstance(coming, Opening) and coming.number is not None:
        upcoming = w.plan.places[coming.number]
    pick = coming.prompt if isinstance(coming, TooMany) and w.status == "closed" else None
    board = board_of(w, staged.answers, everything=True)
    more.setdefault("timing", timing(w, staged.now))
    more.setdefault("may_come", may_come(w, by_prompt(staged.answers), coming))
    return Console(board, staged.person(who), possible_now(w, who), upcoming, pick, **more)


def states() -> dict[str, Staged]:
    made = {"lobby": Staged().joined((BEN, "pl")), "empty lobby": Staged(), "open": opened()}
    made["paused"] = opened().does(c.Pause)
    made["closed"] = opened().does(c.Close)
    made["late"] = opened().does(c.AllowLate, allowed=True)
    made["break"] = opened().does(c.Next)
    made["vote"] = opened().does(c.Next).does(c.Next)
    made["last"] = opened().does(c.Next).does(c.Next).does(c.Next)
    made["at the end"] = opened().does(c.Next).does(c.Next).does(c.Next).does(c.Close)
    made["finished"] = opened().does(c.Finish)
    made["cancelled"] = opened().does(c.Cancel)
    made["nothing to vote on"] = Staged().joined((BEN, "en")).does(c.Start)
    return made


STATES = states()


@pytest.mark.no_cover
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_every_state_for_every_role(state: str, language: str) -> None:
    staged = STATES[state]
    for who in staged.workshop.people:
        for silent in (None, (), (HOSTILE, "Cyd")):
            for names in (True, False):
                shown = view(staged, who, silent=silent, show_names=names, sentence=Spoken(Said.PAUSED))
                card = draw(shown, language)
                assert lint(card, user_words=(HOSTILE, "https://evil.example"), edited=False, dialog=True) == []
                assert len(title_of(shown, language)) <= 60
                assert "console" in verbs_of(card)


COURSE = {"start", "next", "back", "reopen", "close", "extend", "pause", "resume", "nudge", "finish", "cancel"}
COMMAND = {
    "start": c.Start, "next": c.Next, "back": c.Back, "reopen": c.Reopen, "close": c.Close, "extend": c.Extend,
    "pause": c.Pause, "resume": c.Resume, "nudge": c.Nudge, "finish": c.Finish, "cancel": c.Cancel,
    "late": c.AllowLate, "reveal": c.RevealAnswers,
    "practices": c.AddPractices, "people": c.Expect, "roles": c.NameModerator,
    "groups": c.FormGroups, "themes": c.PutIntoTheme,
    "moderate": c.HideEntry, "summary": c.HideEntry,
    "takeover": c.TakeOver, "pick": c.PickItems,
}  # fmt: skip


@pytest.mark.no_cover
@pytest.mark.parametrize("state", STATES)
def test_only_what_may_be_done_has_a_button_and_all_of_it_has(state: str) -> None:
    staged = STATES[state]
    for who in staged.workshop.people:
        shown = view(staged, who)
        verbs = set(verbs_of(draw(shown, "en"))) - {"console", "new"}  # "new" is another workshop's
        assert {COMMAND[verb] for verb in verbs} <= shown.may
        sometimes = {"reveal", "pick", "takeover"}
        assert verbs | sometimes >= {verb for verb, command in COMMAND.items() if command in shown.may}


@pytest.mark.parametrize("state", STATES)
def test_every_command_of_the_course_carries_the_moves(state: str) -> None:
    staged = STATES[state]
    for button in buttons_of(draw(view(staged), "en")).values():
        assert button["data"].get("w", button["data"].get("earlier")) == "w1"
        if button["data"]["verb"] in COURSE:
            assert button["data"]["moves"] == staged.workshop.moves


def test_the_time_is_told_to_every_reader_in_their_own_and_in_utc_underneath() -> None:
    text = words_of(draw(view(STATES["open"]), "en"))
    assert "Knowledge · “Collect” · open until {{TIME(2026-11-22T09:14:00Z)}} (planned 10 minutes)" in text
    paused = words_of(draw(view(STATES["paused"]), "en"))
    assert "Knowledge · “Collect” · paused, time left: 8 minutes (planned 10 minutes)" in paused
    assert "Knowledge · “Collect” · closed (planned 10 minutes)" in words_of(draw(view(STATES["closed"]), "en"))
    endless = opened()
    endless.workshop = replace(endless.workshop, closes_at=None)
    assert "Knowledge · “Collect” (planned 10 minutes)" in words_of(draw(view(endless), "en"))


def test_refresh_stands_beside_the_figures_and_only_cancel_is_red() -> None:
    for state in ("lobby", "open", "break", "finished"):
        top = draw(view(STATES[state]), "en")["body"][0]
        assert verbs_of(top["columns"][-1]) == ["console"]
    found = buttons_of(draw(view(STATES["open"]), "en"))
    assert [title for title, button in found.items() if button.get("style") == "destructive"] == ["Cancel …"]


def test_what_would_stay_unseen_is_said_before_the_end() -> None:
    unseen = "1 question is not revealed yet: after the end its answers stay unseen."
    assert unseen in words_of(draw(view(STATES["open"]), "en"))
    assert unseen not in words_of(draw(view(STATES["lobby"]), "en"))
    revealed = opened().does(c.RevealAnswers, prompt="later")
    assert "not revealed" not in words_of(draw(view(revealed), "en"))
    for verb, w in (("finish", STATES["open"].workshop), ("finish", revealed.workshop), ("cancel", revealed.workshop)):
        asked = words_of(draw(Confirm(verb, w), "en"))
        assert (unseen in asked) is (verb == "finish" and w is STATES["open"].workshop)


def test_figures_and_what_to_read_aloud() -> None:
    text = words_of(draw(view(STATES["open"], silent=("Cyd",)), "en"))
    assert "Answered: 1 of 2" in text
    assert "Please write alone." in text
    assert "1 person has not answered yet." in text
    assert "Proszę pisać samodzielnie." in words_of(draw(view(STATES["open"]), "pl"))


def test_names_only_when_asked() -> None:
    hidden = draw(view(STATES["open"], silent=("Cyd", HOSTILE)), "en")
    assert "Cyd" not in words_of(hidden)
    assert buttons_of(hidden)["Show names"]["data"] == {"verb": "console", "w": "w1", "names": True}
    shown = draw(view(STATES["open"], silent=("Cyd", HOSTILE), show_names=True), "en")
    assert "Cyd, \u2068[x](https://evil.example)" in words_of(shown)
    assert "Show names" not in buttons_of(shown)
    assert buttons_of(shown)["Hide names"]["data"] == {"verb": "console", "w": "w1"}
    assert buttons_of(shown)["Refresh"]["data"]["names"] is True
    assert "names" not in buttons_of(hidden)["Refresh"]["data"]


def test_five_hundred_silent_people_are_cut() -> None:
    card = draw(view(STATES["open"], silent=tuple(f"Person {n} 🦉" * 8 for n in range(500)), show_names=True), "en")
    assert "… and 440 more" in words_of(card)
    assert size_of(card) < 80 * 1024


def test_an_anonymous_step_says_that_nobody_knows() -> None:
    card = draw(view(STATES["last"]), "en")
    assert "this step is anonymous" in words_of(card)
    assert "Show names" not in buttons_of(card)


def test_a_break_has_nothing_to_answer() -> None:
    text = words_of(draw(view(STATES["break"], silent=("Cyd",)), "en"))
    assert "Rest" in text
    assert "Answered" not in text
    assert "Cyd" not in text
    assert "not answered" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_that_is_opened_again_has_the_time_of_that_and_none_that_was_planned(language: str) -> None:
    say = words(language)
    back = opened().does(c.Next).does(c.Back)
    planned, given = say.minutes(back.workshop.plan.places[0].step.minutes), say.minutes(5)
    assert planned != given
    assert planned in words_of(draw(view(STATES["open"]), language)), "else it is said"
    for staged in (back, opened().does(c.Close).does(c.Reopen)):
        console = next(line for line in words_of(draw(view(staged), language)).split("\n") if "{{TIME" in line)
        assert planned not in console
        stage = words_of(draw(StageCard(board_of(staged.workshop, staged.answers), 0), language))
        assert given in stage and planned not in stage
        paused = words_of(draw(view(staged.does(c.Pause)), language))
        assert planned not in paused.split("\n")[1] and say.minutes(4) in paused


def test_next_says_what_it_opens_or_that_it_ends() -> None:
    assert buttons_of(draw(view(STATES["open"]), "en"))["Next: Rest"]["data"]["verb"] == "next"
    assert "Next: “Choose” (Knowledge, 5 minutes)." in words_of(draw(view(STATES["break"]), "en"))
    last = draw(view(STATES["at the end"]), "en")
    assert buttons_of(last)["Finish the workshop"]["data"]["verb"] == "next"
    assert "Nothing is left" in words_of(last)
    assert buttons_of(draw(view(STATES["last"]), "en"))["Finish the workshop"]["data"]["verb"] == "next"


def test_a_step_that_may_be_passed_over_is_named_with_what_it_takes_and_what_going_on_does_now() -> None:
    vote, needs = STATES["open"].workshop.plan.places[2], "Next in the plan: “Choose” (Knowledge, 5 minutes)"
    told = words_of(draw(view(STATES["open"], may_come=(vote, 3)), "en"))
    assert f"{needs}. It needs 3 answers. As it is now, going on opens “Rest”." in told
    told = words_of(draw(view(STATES["open"], may_come=(vote, 0)), "en"))
    assert f"{needs}, passed over if there is nothing to ask about. As it is now, going on opens “Rest”." in told
    told = words_of(draw(view(STATES["last"], may_come=(vote, 0)), "en"))
    assert "nothing to ask about. As it is now, going on ends the workshop." in told


def crowded() -> Staged:
    """Thirty notes wait for a vote that takes twenty; the break before it is over."""
    staged = Staged().joined((BEN, "pl")).does(c.Start)
    notes = "\n".join(f"Note {n}" for n in range(30))
    return staged.does(c.SubmitAnswers, BEN, step=0, given={"notes": {"all": notes}}).does(c.Next)


def test_a_vote_with_too_many_candidates_is_picked_first() -> None:
    staged = crowded()
    resting = draw(view(staged), "en")
    assert buttons_of(resting)["Next"]["data"]["verb"] == "next"  # it closes: what follows is not known for sure
    assert "Nothing is left" not in words_of(resting)
    staged.does(c.Close)
    card = draw(view(staged), "en")
    assert buttons_of(card)["Pick what it is about"]["data"] == {"verb": "pick", "w": "w1", "prompt": "dots"}
    assert "next" not in verbs_of(card)
    assert "more candidates than it takes" in words_of(card)
    found = opening(staged.workshop, 2, by_prompt(staged.answers))
    assert isinstance(found, TooMany)
    staged.does(c.PickItems, prompt="dots", keys=tuple(item.key for item in found.candidates[:3]))
    picked = buttons_of(draw(view(staged), "en"))
    assert picked["Next: Choose"]["data"]["verb"] == "next"
    assert picked["Change what was picked"]["data"]["prompt"] == "dots"


def test_reveal_is_offered_once_for_each_question_that_waits() -> None:
    card = draw(view(STATES["open"]), "en")
    assert buttons_of(card)["Reveal: Question later?"]["data"] == {"verb": "reveal", "w": "w1", "prompt": "later"}
    assert "reveal" not in verbs_of(draw(view(opened().does(c.RevealAnswers, prompt="later")), "en"))


def test_late_answers_are_a_switch() -> None:
    assert buttons_of(draw(view(STATES["open"]), "en"))["Take late answers"]["data"]["allowed"] is True
    late = draw(view(STATES["late"]), "en")
    assert buttons_of(late)["Take no late answers"]["data"]["allowed"] is False
    assert "Closed steps take late answers." in words_of(late)


def test_more_time_by_one_and_by_five() -> None:
    found = buttons_of(draw(view(STATES["open"]), "en"))
    assert found["+1 minute"]["data"]["minutes"] == 1
    assert found["+5 minutes"]["data"]["minutes"] == 5


def test_a_reserve_can_take_over_and_a_moderator_moderate() -> None:
    assert "takeover" in verbs_of(draw(view(STATES["open"], RES), "en"))
    moderator = verbs_of(draw(view(STATES["open"], MOD), "en"))
    assert {"moderate", "summary", "takeover"} <= set(moderator)
    assert "next" not in moderator
    both = opened().does(c.NameFacilitator, people=((RES, "Rea"),))
    assert "takeover" not in verbs_of(draw(view(both, RES), "en"))


def test_the_lobby_counts_people_and_their_languages() -> None:
    text = words_of(draw(view(Staged().joined((BEN, "pl"), ("t/cyd", "pl"), ("t/dan", ""))), "en"))
    assert "3 people are in." in text
    assert "Their languages: Polish 2 and English 1." in text
    assert "Start" in buttons_of(draw(view(STATES["lobby"]), "en"))
    assert "Their languages" not in words_of(draw(view(STATES["empty lobby"]), "en"))


def test_an_outage_is_told() -> None:
    staged = opened()
    staged.now = (staged.workshop.closes_at or staged.now) + timedelta(minutes=3)
    staged.does(c.MoveDeadline, c.SYSTEM)
    assert "Kolbot was away" in words_of(draw(view(staged), "en"))


def test_the_sentence_stands_on_top() -> None:
    good = draw(view(STATES["open"], sentence=Spoken(Said.NUDGED)), "en")["body"][0]
    assert good["id"] == "said"
    refused = Refused(Reason.STALE, {"who": HOSTILE, "command": "open"})
    bad = draw(view(STATES["open"], sentence=refused), "en")
    assert bad["body"][0]["id"] == "refusal"
    assert lint(bad, user_words=(HOSTILE,), edited=False, dialog=True) == []
    unsure = draw(view(STATES["open"], sentence=Spoken(Said.NOT_STORED)), "en")["body"][0]
    assert unsure["id"] == "refusal"


def timed(late: int = 0, soon: bool = True, cut: int | None = None, case: int | None = None) -> str:
    staged = opened()
    found = timing(staged.workshop, staged.now)
    assert found is not None
    place = staged.workshop.plan.places[cut] if cut is not None else None
    fewer = case * MINUTE if case is not None else None
    changed = replace(found, late=late * MINUTE, soon=soon, cut=place, case=fewer)
    return words_of(draw(view(staged, timing=changed), "en"))


def test_plan_against_actual_time_and_what_to_cut() -> None:
    assert "Used so far: 1 minute; planned up to here: 1 minute." in timed()
    assert "As planned; expected end: {{TIME(2026-11-22T09:31:00Z)}}." in timed(cut=2)
    assert "Behind the plan by 1 hour 10 minutes; expected end: {{TIME(" in timed(70)
    assert "Ahead of the plan by 3 minutes; expected end: {{TIME(" in timed(-3, cut=2)
    assert "Behind the plan by 3 minutes; expected end: November 22, 2026." in timed(3, soon=False)
    cut = "To catch up, leave out first: “Choose” (Knowledge, 5 minutes)."
    assert cut in timed(3, cut=2)
    assert not any(cut in words for words in (timed(3), timed(0, cut=2), timed(-3, cut=2)))
    assert "One case fewer gives 16 minutes." in timed(3, case=16)
    assert not any("fewer" in words for words in (timed(3), timed(0, case=16)))
    assert "planned up to here" not in words_of(draw(view(STATES["lobby"]), "en"))
    assert "planned up to here" not in words_of(draw(view(STATES["open"], timing=None), "en"))
