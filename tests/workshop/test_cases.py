"""Peer-assist cases on paper: whose they are, that nothing is opened without a yes, one after the other, per group."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workshop.caseload import (
    AFTER,
    HELPED,
    OBSTACLES,
    TAKEN,
    TOLD,
    VOTE,
    answers_case,
    drops,
    labels,
    plan,
    voted,
)
from tests.workshop.paper import ANNA, Paper, names, reason
from tests.workshop.session import DOTS, asks
from workshop import commands as c
from workshop.marks import built_on
from workshop.model import Consent, Status
from workshop.plan import Source
from workshop.prompts.kind import item_key
from workshop.refusals import Reason, Refused
from workshop.tally import board_of


def begun(*owners: tuple[str, str]) -> Paper:
    """These agreed, nobody else; the first case is being told."""
    paper = voted()
    assert names(paper.course(c.Next)) == ["StepClosed", "CasesProposed"]
    for who, words in owners or (("ivan", "mud"), ("eva", "money")):
        assert names(answers_case(paper, who, words)) == ["CaseAnswered"]
    drops(paper)
    return paper.next()


# ---- whose, and with consent


def test_owners_of_the_strongest_obstacles_are_asked_before_anything_opens() -> None:
    paper = voted().next()
    assert (paper.status, paper.at) == (Status.CLOSED, VOTE)
    assert [(case.label[""], case.owner, case.consent) for case in paper.w.cases] == [
        ("mud", "ivan", "asked"),
        ("money", "eva", "asked"),
        ("time", "ola", "asked"),
    ]
    assert paper.hung()["cases"] == "CasesCard"
    refused = paper.course(c.Next)
    assert reason(refused) == Reason.CASES_WAIT and isinstance(refused, Refused) and refused.facts == {"waiting": 3}
    answers_case(paper, "eva", "money")
    answers_case(paper, "ivan", "mud")
    assert labels(paper.w.queue_of(0)) == ["mud", "money"], "the strongest first, whoever agreed first"
    paper.next()
    assert (paper.at, labels(paper.w.cases_now)) == (TOLD, ["mud"])


def test_only_the_owner_says_yes_or_no_and_may_change_it_until_it_begins() -> None:
    paper = voted().next()
    for who, words in (("eva", "mud"), (ANNA, "mud"), ("ivan", "rain"), ("ivan", "never written")):
        assert reason(answers_case(paper, who, words)) in (Reason.NOT_YOUR_CASE, Reason.JOIN_FIRST)
    answers_case(paper, "ivan", "mud")
    assert answers_case(paper, "ivan", "mud") == ()
    assert names(answers_case(paper, "ivan", "mud", agreed=False)) == ["CaseAnswered"]
    assert paper.w.queue == ()
    answers_case(paper, "ivan", "mud")
    paper.next()
    assert reason(answers_case(paper, "ivan", "mud", agreed=False)) == Reason.CASE_BEGUN
    answers_case(paper, "ola", "time")
    answers_case(paper, "eva", "money")
    assert labels(paper.w.queue_of(0)) == ["mud", "time", "money"], "who agrees later comes later"


def test_without_a_yes_the_cases_are_passed_over() -> None:
    paper = voted().next()
    for who, words in (("ivan", "mud"), ("eva", "money")):
        answers_case(paper, who, words, agreed=False)
    assert reason(paper.course(c.Next)) == Reason.CASES_WAIT, "Ola has not answered"
    assert names(drops(paper)) == ["CaseAnswered"] and drops(paper) == ()
    assert {case.consent for case in paper.w.cases} == {Consent.DECLINED}
    paper.next()
    assert paper.at == AFTER and paper.w.skipped == {TOLD, HELPED, TAKEN}


def test_who_agrees_while_the_step_is_open_again_is_asked_for_by_closing_it_first() -> None:
    paper = voted().next().reopens()
    assert names(paper.course(c.Next)) == ["StepClosed"], "the owners have not answered yet"


def test_nobody_has_two_cases_and_no_group_more_than_the_template_says() -> None:
    paper = voted(plan(most=1))
    assert labels(paper.next().w.cases) == ["mud"]
    both = voted()
    both.says("ola", A7={item_key("rain"): "2"})
    assert [case.owner for case in both.next().w.cases] == ["ivan", "eva"], "rain is Ivan's too, and weighs less"


def test_what_changes_before_the_cases_asks_anew_and_keeps_what_was_said() -> None:
    paper = voted().next()
    answers_case(paper, "ivan", "mud")
    answers_case(paper, "eva", "money", agreed=False)
    paper.reopens().says("zoe", A7={item_key("rain"): "1"})
    assert names(paper.course(c.Next)) == ["StepClosed", "StepOpened"], "the same cases: Ivan's is opened"
    again = voted().next()
    answers_case(again, "ivan", "mud")
    again.reopens()
    again.says("ola", A7={})
    assert isinstance(again.says("ola", A7={item_key("money"): "1"}), tuple)
    assert names(again.course(c.Next)) == ["StepClosed", "CasesProposed"], "time has no dots any more"
    assert [(case.label[""], case.consent) for case in again.w.cases] == [("mud", "agreed"), ("money", "asked")]
    assert again.w.queue == (item_key("mud"),)


# ---- one after the other


def test_each_case_goes_through_all_its_steps_and_what_was_given_stays_apart() -> None:
    paper = begun()
    assert not isinstance(paper.says("ivan", E1="The mud story"), Refused)
    assert reason(paper.says("eva", E1="mine")) == Reason.NOT_YOUR_TURN
    paper.next()
    assert reason(paper.says("ivan", E4=["own advice"])) == Reason.NOT_YOUR_TURN
    paper.says("ivan", E0="all may")
    paper.says("eva", E4=["gravel", "boots"])
    paper.says("zoe", E4=["Gravel"])
    paper.next()
    assert paper.at == TAKEN
    assert [item.label[""] for item in paper.w.shown_items("E5", "ivan")] == ["gravel", "boots"]
    assert not isinstance(paper.says("ivan", E5=item_key("gravel")), Refused)
    paper.next()
    assert (paper.at, paper.w.case_round, labels(paper.w.cases_now)) == (TOLD, 1, ["money"])
    assert not isinstance(paper.says("eva", E1="The money story"), Refused)
    paper.next().says("ivan", E4=["a fund"])
    paper.next()
    assert [item.label[""] for item in paper.w.shown_items("E5", "eva")] == ["a fund"], "of this case alone"
    paper.says("eva", E5=item_key("a fund"))
    paper.next()
    assert paper.at == AFTER
    assert sorted(paper.items("C1")) == ["a fund", "gravel"], "the solutions of all cases"
    told = board_of(paper.w, paper.kept.values()).stages[2].steps[0]
    assert [(one.case.label[""], one.answered) for one in told.prompts if one.case] == [("mud", 1), ("money", 1)]
    assert {key[1] for key in paper.kept if key[0] == "E1"} == {item_key("mud"), item_key("money")}


def test_the_board_shows_earlier_cases_while_a_step_is_open_for_the_next_one() -> None:
    paper = begun()
    paper.says("ivan", E1="The mud story")
    step = paper.board().stages[2].steps[0]
    assert [(one.case.label[""] if one.case else "", one.why_not) for one in step.prompts] == [("mud", "unrevealed")]
    assert step.answered == 1
    paper.next().next().next()
    paper.says("eva", E1="The money story")
    step = paper.board().stages[2].steps[0]
    assert [one.why_not for one in step.prompts] == ["", "unrevealed"] and step.answered == 1
    assert [len(one.prompts) for one in paper.board().stages[2].steps] == [2, 2, 1], "Eva’s later steps are ahead"


def test_a_form_of_an_earlier_case_is_not_taken_for_this_one() -> None:
    paper = begun()
    paper.next().next().next()
    form = c.SubmitAnswers(workshop="w1", by="eva", step=TOLD, given={"E1": {"": "x"}}, case=item_key("mud"))
    assert reason(paper.do(form)) == Reason.OTHER_CASE
    assert isinstance(paper.do(replace(form, case=item_key("money"))), tuple)
    taken_back = c.WithdrawAnswers(workshop="w1", by="eva", step=TOLD, case=item_key("mud"))
    assert reason(paper.do(taken_back)) == Reason.OTHER_CASE
    paper.do(replace(taken_back, case=""))
    assert ("E1", item_key("money"), 1, "eva") not in paper.kept


def test_back_goes_through_the_cases_too() -> None:
    paper = begun()
    paper.next().next().next()
    assert paper.w.case_round == 1
    paper.back()
    assert (paper.at, paper.w.case_round) == (TAKEN, 0)
    paper.back()
    assert (paper.at, paper.w.case_round) == (HELPED, 0)
    paper.next().next().reopens() if paper.status is Status.CLOSED else paper.closes().reopens()
    assert paper.w.case_round in (0, 1)
    paper.back()
    while paper.at > VOTE:
        paper.back()
    assert (paper.at, paper.w.case_round) == (VOTE, 0)
    assert names(paper.closes().course(c.Next)) == ["StepOpened"], "the owners agreed before"


# ---- in groups


TWO = (("ivan", "zoe"), ("eva", "ola"))


def in_groups() -> Paper:
    paper = voted(plan(in_groups=True), TWO)
    paper.next()
    return paper


def test_each_group_has_its_own_queue_and_is_at_its_own_case() -> None:
    paper = in_groups()
    assert [(case.label[""], case.owner, case.group) for case in paper.w.cases] == [
        ("mud", "ivan", 1), ("money", "eva", 2), ("time", "ola", 2),
    ]  # fmt: skip
    for who, words in (("ivan", "mud"), ("eva", "money"), ("ola", "time")):
        answers_case(paper, who, words)
    paper.next()
    assert labels(paper.w.cases_now) == ["mud", "money"]
    for who in ("ivan", "eva"):
        paper.says(who, E1=f"{who}'s")
    assert paper.board().stages[2].steps[0].answered == 2
    paper.next()
    assert not isinstance(paper.says("zoe", E4=["for Ivan"]), Refused)
    assert not isinstance(paper.says("ola", E4=["for Eva"]), Refused)
    paper.next()
    assert [item.label[""] for item in paper.w.shown_items("E5", "ivan")] == ["for Ivan"]
    assert [item.label[""] for item in paper.w.shown_items("E5", "eva")] == ["for Eva"]
    assert [item.label[""] for item in paper.w.shown_items("E5")] == ["for Ivan", "for Eva"]
    paper.next()
    assert labels(paper.w.cases_now) == ["time"], "the first group has no second case"
    assert reason(paper.says("zoe", E0="x", step=TOLD)) == Reason.UNKNOWN_PROMPT
    assert reason(paper.do(c.SubmitAnswers(workshop="w1", by="ivan", step=TOLD, given={"E1": {"": "x"}}))) == (
        Reason.NO_CASE_NOW
    )
    assert reason(paper.do(c.WithdrawAnswers(workshop="w1", by="ivan", step=TOLD))) == Reason.NO_CASE_NOW
    of_one = board_of(paper.w, paper.kept.values(), group=1).stages[2].steps[0]
    assert [one.case.label[""] for one in of_one.prompts if one.case] == ["mud"]


def test_a_vote_within_a_case_is_on_what_that_case_gave_or_the_group_before() -> None:
    made = plan(in_groups=True)
    stage = made.stages[2]
    vote = replace(asks("E6", "vote", DOTS, Source("A5")))
    steps = (*stage.steps[:2], replace(stage.steps[2], prompts=(*stage.steps[2].prompts, vote)))
    made = replace(made, stages=(*made.stages[:2], replace(stage, steps=steps), made.stages[3]))
    paper = voted(made, TWO)
    paper.next()
    for who, words in (("ivan", "mud"), ("eva", "money")):
        answers_case(paper, who, words)
    drops(paper)
    paper.next().next().next()
    assert [item.label[""] for item in paper.w.shown_items("E6", "zoe")] == ["mud", "rain"]
    assert [item.label[""] for item in paper.w.shown_items("E6", "ola")] == ["money", "time"]
    assert paper.w.shown_items("E5", "zoe") == (), "nobody suggested anything"


def test_more_suggestions_in_a_case_than_a_choice_takes_wait_for_a_pick() -> None:
    paper = begun(("ivan", "mud"))
    paper.next()
    for who in ("eva", "zoe"):
        paper.says(who, E4=[f"{who} {number}" for number in range(12)])
    assert names(paper.course(c.Next)) == ["StepClosed"]
    assert reason(paper.picks("E5", item_key("eva 1"))) == "other_case", "in which case?"
    assert reason(paper.picks("E5", item_key("eva 1"), case="no such")) == "other_case"
    assert reason(paper.picks("E5", item_key("eva 1"), case=item_key("money"))) == "other_case", "it is not opened"
    assert reason(paper.picks("A7", item_key("mud"), case=item_key("mud"))) == "other_case", "asked in no case"
    assert not isinstance(paper.picks("E5", item_key("eva 1"), case=item_key("mud")), Refused)
    assert [item.label[""] for item in paper.next().w.shown_items("E5", "ivan")] == ["eva 1"]


def test_what_was_picked_in_a_case_is_not_the_next_one_s() -> None:
    paper = begun(("ivan", "mud"), ("eva", "money"))
    paper.next()
    for who in ("eva", "zoe"):
        paper.says(who, E4=[f"{who} {number}" for number in range(12)])
    paper.next()
    assert not isinstance(paper.picks("E5", item_key("eva 1"), item_key("zoe 3"), case=item_key("mud")), Refused)
    paper.next().next()
    assert paper.w.case_round == 1
    paper.next()
    for who in ("ivan", "zoe"):
        paper.says(who, E4=[f"{who} {number}" for number in range(3)] + ["eva 1"])
    paper.next()
    words = [item.label[""] for item in paper.w.shown_items("E5", "eva")]
    assert len(words) == 7 and words[0] == "eva 1", "all of this case's, the strongest first"
    paper.back().next()
    assert len(paper.w.shown_items("E5", "eva")) == 7


@pytest.mark.parametrize("step", [OBSTACLES, VOTE])
def test_outside_the_cases_a_step_is_of_no_case(step: int) -> None:
    paper = begun()
    paper.allows_late()
    late = c.SubmitAnswers(workshop="w1", by="ivan", step=OBSTACLES, given={"A5": {"all": "late"}}, case="whatever")
    assert not isinstance(paper.do(late), Refused)
    assert ("A5", "", 1, "ivan") in paper.kept


def test_a_case_is_marked_when_its_obstacle_is_found_no_more_and_so_is_what_was_asked_in_it() -> None:
    paper = begun()
    [case] = [case for case in paper.w.cases_now if case.owner == "ivan"]
    shown = [one for one in board_of(paper.w, paper.kept.values(), True).stages[2].steps[0].prompts if one.case == case]
    assert {one.changed for one in shown} == {""}
    paper.do(c.AllowLate(workshop="w1", by="anna", allowed=True))
    assert not isinstance(paper.withdraws("ivan", paper.plan.place_of[paper.plan.case_root].number), Refused)
    shown = [one for one in board_of(paper.w, paper.kept.values(), True).stages[2].steps[0].prompts if one.case == case]
    assert {one.changed for one in shown} == {paper.plan.case_root}


def test_the_steps_of_cases_are_built_on_where_obstacles_were_written_and_voted_on() -> None:
    paper = begun()
    assert [place.number for place in built_on(paper.w, OBSTACLES)] == [VOTE, TOLD]
    assert [place.number for place in built_on(paper.w, VOTE)] == [TOLD]
