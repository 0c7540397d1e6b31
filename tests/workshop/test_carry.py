"""What one step gave becomes what a later one asks: notes to votes to choices; nothing, hidden, late."""

from __future__ import annotations

from dataclasses import replace

from tests.workshop.paper import Paper, opened, reason
from tests.workshop.session import (
    BREAK,
    CARRIED,
    DOTS,
    NOTES,
    ONE_COLUMN,
    OPTIONS,
    PLAN,
    TEXT,
    VOTE,
    asks,
    plan_of,
    step,
)
from workshop.cycle import candidates
from workshop.model import Status
from workshop.plan import Source
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.scale import ScaleRules
from workshop.refusals import Refused
from workshop.tally import Progress, highlights
from workshop.upcoming import opening

# ---- the heart: notes, then a vote, then a choice in a later stage


def test_from_notes_to_a_vote_to_a_choice_in_the_next_stage() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["One desk", "Open data"])
    paper.says("eva", K1=["open  DATA", "Buddies"])
    paper.next()
    assert paper.items("K4") == ["Open data", "One desk", "Buddies"], (
        "the same note is one item, the most frequent first"
    )
    assert [one.weight for one in paper.w.items["K4"]] == [2, 1, 1]
    assert {one.origin for one in paper.w.items["K4"]} == {"K1"}
    paper.says("ivan", K4={paper.item("K4", "Buddies").key: "2", paper.item("K4", "Open data").key: "1"})
    paper.says("eva", K4={paper.item("K4", "Buddies").key: "1"})
    paper.next().next()
    assert paper.at == PLAN
    assert paper.items("A1") == ["Buddies", "Open data"], "what got no dots is not carried"
    assert [(one.weight, one.origin) for one in paper.w.items["A1"]] == [(3, "K4"), (1, "K4")]
    chosen = paper.item("A1", "Buddies").key
    assert not isinstance(paper.says("ivan", A1=chosen, A3="soon"), Refused)
    paper.next()
    assert [one.label[""] for one in highlights(paper.board().stages[1], 3)] == ["Buddies"]
    assert [one.label[""] for one in highlights(paper.board().stages[0], 1)] == ["Buddies"]
    assert highlights(paper.board().stages[3], 3) == ()


def test_a_stage_came_to_what_its_template_names_as_its_headline() -> None:
    named = replace(asks("K2", "text", TEXT), headline=True)
    plan = plan_of(
        [step("one", asks("K1", "notes", NOTES), named), step("two", asks("V", "vote", DOTS, Source("K1")))],
        [step("three", asks("A2", "text", TEXT), asks("A3", "text", TEXT))],
    )
    paper = Paper(plan).opens().joins("ivan").starts()
    paper.says("ivan", K1=["alpha"], K2="named")
    paper.next().dots("ivan", "V", alpha=1)
    paper.next().says("ivan", A2="first", A3="second")
    paper.finishes()
    stages = paper.board().stages
    assert [one.label[""] for stage in stages for one in highlights(stage, 3)] == ["named", "first"]


def test_how_its_rows_are_rated_is_not_what_a_stage_came_to_where_there_was_a_vote() -> None:
    plan = plan_of(
        [
            step("one", asks("K1", "notes", NOTES)),
            step("two", asks("V", "vote", DOTS, Source("K1"))),
            step("three", asks("S", "scale", ScaleRules((), 5), Source("V"))),
        ]
    )
    paper = Paper(plan).opens().joins("ivan").starts()
    paper.says("ivan", K1=["alpha", "beta"])
    paper.next().dots("ivan", "V", alpha=2, beta=1)
    paper.next().says("ivan", S={paper.item("S", "alpha").key: "1", paper.item("S", "beta").key: "5"})
    paper.finishes()
    assert [one.label[""] for one in paper.shown("S").strongest] == ["beta", "alpha"]
    assert [one.label[""] for one in highlights(paper.board().stages[0], 3)] == ["alpha", "beta"]


def test_only_the_first_column_goes_to_the_vote() -> None:
    paper = opened().starts()
    paper.says("ivan", K1={"good": "alpha", "hard": "money"})
    assert paper.next().items("K4") == ["alpha"]


def test_words_that_differ_in_case_space_and_stops_are_one_and_those_with_other_marks_are_not() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["Zażółć gęślą", "cafe", "Straße"])
    paper.says("eva", K1=["  zażółć   GĘŚLĄ! ", "café", "STRASSE."])
    paper.says("ola", K1=["Zazolc gesla", "cafe\u0301"])
    assert paper.next().items("K4") == ["Zażółć gęślą", "Straße", "café", "cafe", "Zazolc gesla"]


def test_a_text_carries_its_quotes_and_a_choice_its_votes() -> None:
    plan = plan_of(
        [step("one", asks("T", "text", TEXT), asks("O", "choice", OPTIONS))],
        [step("two", asks("VT", "vote", DOTS, Source("T")), asks("VO", "vote", DOTS, Source("O")))],
    )
    paper = Paper(plan).opens().joins("ivan", "eva", "ola").starts()
    paper.says("ivan", T="first", O="no")
    paper.says("eva", T="second", O="no")
    paper.says("ola", O="yes")
    paper.next()
    assert paper.items("VT") == ["first", "second"]
    assert [(one.key, one.weight) for one in paper.w.items["VO"]] == [("no", 2), ("yes", 1)]


def test_options_of_the_template_are_asked_as_they_are() -> None:
    paper = opened().to_step(4)
    assert [one.key for one in paper.w.items["E3"]] == ["yes", "no"]


# ---- nothing


def test_a_step_whose_source_gave_nothing_is_passed_over_and_says_so() -> None:
    paper = opened().starts()
    paper.says("ivan", K1={"hard": "only the other column"})
    paper.next()
    assert (paper.at, paper.w.skipped) == (BREAK, frozenset({VOTE}))
    assert paper.board().stages[0].steps[VOTE].progress is Progress.SKIPPED
    assert reason(paper.says("ivan", step=VOTE, K4={})) == "step_not_open_yet"


def test_a_step_passed_over_once_opens_when_there_is_something() -> None:
    paper = opened().starts().next().back()
    paper.says("ivan", K1=["alpha"])
    paper.next()
    assert (paper.at, paper.w.skipped) == (VOTE, frozenset())


def test_steps_passed_over_at_the_very_end_are_marked_too() -> None:
    plan = plan_of([step("one", asks("K1", "notes", NOTES)), step("two", asks("V", "vote", DOTS, Source("K1")))])
    paper = Paper(plan).opens().starts().next()
    assert (paper.status, paper.w.skipped) == (Status.FINISHED, frozenset({1}))
    assert [step.progress.value for step in paper.board().stages[0].steps] == ["done", "skipped"]


def test_a_choice_with_nothing_to_choose_and_no_own_option_is_passed_over() -> None:
    bound = ChoiceRules((), 1, False)
    plan = plan_of([step("one", asks("K1", "notes", NOTES)), step("two", asks("A", "choice", bound, Source("K1")))])
    assert Paper(plan).opens().starts().next().status is Status.FINISHED


def test_what_is_beside_an_empty_vote_is_asked_all_the_same() -> None:
    plan = plan_of(
        [step("one", asks("K1", "notes", NOTES))],
        [step("two", asks("V", "vote", DOTS, Source("K1")), asks("T", "text", TEXT))],
    )
    paper = Paper(plan).opens().joins("ivan").starts().next()
    assert paper.at == 1
    assert not isinstance(paper.says("ivan", T="words"), Refused)


def test_when_all_that_is_left_has_nothing_to_ask_the_workshop_is_finished() -> None:
    plan = plan_of([step("one", asks("K1", "notes", NOTES)), step("two", asks("V", "vote", DOTS, Source("K1")))])
    assert Paper(plan).opens().starts().next().status is Status.FINISHED


def test_a_vote_without_options_or_source_has_no_candidates() -> None:
    paper = Paper(plan_of([step("one", asks("V", "vote", DOTS), asks("T", "text", TEXT))])).opens()
    assert candidates(paper.w, paper.plan.prompts["V"], {}) == ()
    found = opening(paper.w, 0, {})
    assert getattr(found, "items", None) == {"V": ()}


# ---- hidden


def test_a_hidden_note_is_not_carried_and_comes_back_when_restored() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["alpha", "rude"])
    rude = paper.entry("K1", "ivan", "rude")
    paper.hides(rude)
    assert paper.next().items("K4") == ["alpha"]
    paper.back()
    paper.restores(rude)
    assert paper.next().items("K4") == ["alpha", "rude"]


def test_an_item_hidden_while_it_is_voted_on_leaves_the_board_and_is_not_carried() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["alpha", "rude"])
    rude = paper.entry("K1", "ivan", "rude")
    paper.next().dots("eva", "K4", rude=2, alpha=1)
    paper.hides(rude)
    paper.next()
    result = paper.shown("K4").result
    assert [dots.label[""] for dots in getattr(result, "items", ())] == ["alpha"]
    assert paper.next().items("A1") == ["alpha"]


def test_a_choice_of_something_hidden_since_counts_for_nothing() -> None:
    paper = opened().to_step(VOTE)
    paper.dots("eva", "K4", alpha=2, beta=1)
    paper.next().next()
    paper.says("ola", A1=paper.item("A1", "beta").key, A3="x")
    paper.hides(paper.entry("K1", "ivan", "beta"))
    paper.next()
    bars = getattr(paper.shown("A1").result, "bars", ())
    assert [(bar.label[""], bar.count) for bar in bars] == [("alpha", 0)]


def test_a_copy_that_is_hidden_does_not_take_the_other_with_it() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["money"])
    paper.says("eva", K1=["Money!"])
    mine, theirs = paper.entry("K1", "ivan", "money"), paper.entry("K1", "eva", "Money!")
    paper.hides(mine)
    paper.next()
    assert [(one.label[""], one.weight) for one in paper.w.items["K4"]] == [("Money!", 1)]
    paper.dots("ola", "K4", **{"Money!": 2})
    paper.closes()
    assert [dots.dots for dots in getattr(paper.shown("K4").result, "items", ())] == [2]
    paper.hides(theirs)
    assert getattr(paper.shown("K4").result, "items", None) == ()
    paper.restores(theirs)
    assert [dots.dots for dots in getattr(paper.shown("K4").result, "items", ())] == [2]


def test_hiding_both_of_two_that_were_one_takes_the_item_off_and_no_more_dots_are_taken() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["money", "time"])
    paper.says("eva", K1=["MONEY"])
    paper.next()
    money = paper.item("K4", "money").key
    paper.hides(paper.entry("K1", "ivan", "money"))
    assert not isinstance(paper.says("ola", K4={money: "1"}), Refused), "one of the two still hangs"
    paper.hides(paper.entry("K1", "eva", "MONEY"))
    refused = paper.says("ola", K4={money: "1"})
    assert isinstance(refused, Refused)
    assert [problem.wrong.value for problem in refused.problems] == ["not_an_option"]


def test_the_same_words_in_another_prompt_are_left_alone() -> None:
    paper = opened().to_step(4)
    for who in ("ivan", "eva", "ola"):
        paper.says(who, E1="alpha", E2=["alpha"])
    paper.hides(paper.entry("K1", "ivan", "alpha"))
    paper.next()
    assert paper.items("E4") == ["alpha"]


# ---- late, and again


def test_a_late_note_is_on_the_board_and_not_in_the_vote_that_runs() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["alpha"])
    paper.next().allows_late()
    paper.says("eva", step=0, K1=["late"])
    assert paper.items("K4") == ["alpha"]
    words = [note.words for column in getattr(paper.shown("K1").result, "columns", ()) for note in column.notes]
    assert words == ["alpha", "late"]
    paper.back().next()
    assert paper.items("K4") == ["alpha", "late"]


def test_dots_on_a_note_that_was_reworded_stay_with_the_old_words() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["alpha", "beta"])
    paper.next().dots("eva", "K4", alpha=1, beta=2)
    old = paper.item("K4", "beta").key
    paper.back().says("ivan", K1=["alpha", "better beta"])
    paper.next()
    assert paper.items("K4") == ["alpha", "better beta"]
    assert paper.kept["K4", "", 1, "eva"].value == {"dots": {paper.item("K4", "alpha").key: 1, old: 2}}
    paper.next()
    assert [(dots.label[""], dots.dots) for dots in getattr(paper.shown("K4").result, "items", ())] == [
        ("alpha", 1),
        ("better beta", 0),
    ]


def test_the_choice_keeps_what_it_carried_although_a_vote_came_late() -> None:
    paper = opened().to_step(VOTE)
    paper.dots("eva", "K4", alpha=1)
    paper.next().next().allows_late()
    beta = next(one.key for one in paper.w.items["K4"] if one.label[""] == "beta")
    paper.says("ola", step=VOTE, K4={beta: "2"})
    assert paper.items("A1") == ["alpha"]


def test_one_column_is_enough_and_a_choice_may_be_one_s_own() -> None:
    plan = plan_of(
        [step("one", asks("K1", "notes", ONE_COLUMN))], [step("two", asks("A1", "choice", CARRIED, Source("K1")))]
    )
    paper = Paper(plan).opens().joins("ivan", "eva").starts()
    paper.says("ivan", K1=["alpha"])
    paper.next()
    assert not isinstance(paper.says("eva", A1={"own": "something else"}), Refused)
