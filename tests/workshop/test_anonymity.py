"""Anonymous prompts: no way from an answer to its author that anybody can follow, and nothing shown below three."""

from __future__ import annotations

from dataclasses import replace

from tests.workshop.paper import SECRET, START, Paper, opened
from tests.workshop.session import DOTS, ONE_COLUMN, PLAN, STORY, VOTE, asks, plan_of, step
from workshop import events as e
from workshop.evolve import evolve
from workshop.model import MINIMUM, Answer, themes_key
from workshop.plan import Reveal, Source
from workshop.prompts.text import TextResult
from workshop.prompts.vote import VoteResult
from workshop.tally import board_of
from workshop.themes import Theme, Themes

PEOPLE = ("ivan", "eva", "ola")
ANONYMOUS = ("A2", "E2", "E4")


def played() -> Paper:
    """A whole session in which everybody answers everything."""
    paper = opened().starts()
    for who in PEOPLE:
        paper.says(who, K1=["alpha"], K2=f"words of {who}")
    paper.next()
    for who in PEOPLE:
        paper.dots(who, "K4", alpha=1)
    paper.next().next()
    for who in PEOPLE:
        paper.says(who, A1=paper.item("A1", "alpha").key, A2=f"secret of {who}", A3="x")
    paper.next()
    for who in PEOPLE:
        paper.says(who, E1="x", E2=[f"obstacle of {who}"], E3="yes")
    paper.next()
    for who in PEOPLE:
        paper.says(who, E4={paper.w.items["E4"][0].key: "1"})
    return paper


def test_no_event_of_an_anonymous_answer_names_its_author() -> None:
    paper = played()
    anonymous = [
        event
        for event in paper.events
        if isinstance(event, e.AnswerSubmitted | e.AnswerWithdrawn) and event.prompt in ANONYMOUS
    ]
    assert len(anonymous) == 9
    for event in anonymous:
        assert event.author.startswith("anonymous:") and len(event.author) == len("anonymous:") + 32
        assert event.by == event.author
        assert not any(who in f"{event.by}{event.author}" for who in PEOPLE)


def test_a_person_has_another_pseudonym_in_each_prompt_and_one_within_it() -> None:
    paper = opened().to_step(PLAN)
    names = {(prompt, who): paper.w.author(prompt, who) for prompt in ANONYMOUS for who in PEOPLE}
    assert len(set(names.values())) == 9
    paper.says("ivan", A2="first", A3="x")
    paper.says("ivan", A2="second", A3="x")
    assert [answer.value for answer in paper.answers()["A2"]] == [{"text": "second"}]
    paper.withdraws("ivan")
    assert not paper.answers().get("A2")


def test_another_workshop_s_key_gives_other_pseudonyms() -> None:
    one = Paper().opens()
    two = Paper().opens(secret="00" * 32)
    assert one.w.author("A2", "ivan") != two.w.author("A2", "ivan")
    assert one.w.author("K2", "ivan") == "ivan", "a named prompt has names"


def test_within_cases_a_person_has_another_pseudonym_in_each() -> None:
    """Else whoever is missing among a case's answers, and nowhere else, is its owner."""
    w = opened().w
    in_cases = {w.author("A2", "ivan", case) for case in ("", "one", "two")}
    assert len(in_cases) == 3
    assert w.author("A2", "ivan", "one") == w.author("A2", "ivan", "one") != w.author("A2", "eva", "one")
    assert w.author("K2", "ivan", "one") == "ivan"


def test_the_key_is_gone_at_the_end_and_so_is_every_way_back() -> None:
    for paper in (played().finishes(), played().cancels()):
        assert paper.w.secret is None
        assert paper.w.author("A2", "ivan") is None
        assert paper.w.author("K2", "ivan") == "ivan"
        assert SECRET not in repr(paper.w)


def test_nor_is_it_kept_in_which_order_anonymous_notes_were_put_into_themes() -> None:
    put = Themes().put("t1", "First", ["f", "c"]).put("t2", "Second", ["e"]).put("t1", "First", ["b", "e"])
    themes = {themes_key("E2", "c"): put, themes_key("K1", "c"): put}
    finished = e.Finished(by="anna", at=START, skipped=())
    for end in (finished, e.Cancelled(by="anna", at=START)):
        ended = evolve(replace(opened().starts().w, themes=themes), (end,))
        assert ended.themes[themes_key("K1", "c")] == put, "with names it may be undone"
        assert ended.themes[themes_key("E2", "c")] == Themes((Theme("t1", "First", ("b", "c", "e", "f")),))


def test_below_three_answers_nobody_sees_anything_and_the_count_is_said() -> None:
    paper = opened().to_step(PLAN)
    for number, who in enumerate(PEOPLE, 1):
        paper.says(who, A2=f"secret of {who}", A3="x")
        for everything in (False, True):
            shown = paper.closes().shown("A2", everything)
            assert shown.answered == number
            if number < MINIMUM:
                assert (shown.result, shown.why_not, shown.strongest) == (None, "few", ())
            else:
                assert isinstance(shown.result, TextResult) and shown.result.people == number
            paper.reopens()


def test_three_who_become_two_are_not_shown_any_more() -> None:
    paper = opened().to_step(PLAN)
    for who in PEOPLE:
        paper.says(who, A2=f"secret of {who}", A3="x")
    paper.withdraws("ola")
    assert paper.closes().shown("A2").why_not == "few"


def test_anonymous_answers_come_without_names_in_the_order_of_pseudonyms() -> None:
    order = []
    for who_first in (PEOPLE, PEOPLE[::-1]):
        paper = opened().to_step(PLAN)
        for who in who_first:
            paper.says(who, A2=f"secret of {who}", A3="x")
        result = paper.closes().shown("A2").result
        assert isinstance(result, TextResult)
        assert {quote.who for quote in result.quotes} == {""}
        order.append([quote.words for quote in result.quotes])
    assert order[0] == order[1], "whoever was first, the order is the same"
    by_pseudonym = sorted(PEOPLE, key=lambda who: paper.w.author("A2", who) or "")
    assert order[0] == [f"secret of {who}" for who in by_pseudonym]


def test_even_an_author_who_is_a_person_would_not_be_named_in_an_anonymous_prompt() -> None:
    w = opened().to_step(PLAN).closes().w
    board = board_of(w, [Answer("A2", who, {"text": "secret"}) for who in PEOPLE])
    assert "Ivan" not in repr(board.stages[1].steps[0].prompts[1].result)


def test_named_answers_come_with_names_in_the_order_of_arrival() -> None:
    paper = opened().starts()
    for who in PEOPLE:
        paper.says(who, K2=f"words of {who}")
    result = paper.closes().shown("K2").result
    assert isinstance(result, TextResult)
    assert [(quote.words, quote.who) for quote in result.quotes] == [
        ("words of ivan", "Ivan"),
        ("words of eva", "Eva"),
        ("words of ola", "Ola"),
    ]


def test_what_one_or_two_wrote_anonymously_is_not_carried_over_either() -> None:
    for crowd, order in ((1, PEOPLE), (2, PEOPLE), (3, PEOPLE), (3, PEOPLE[::-1])):
        paper = opened().to_step(STORY)
        for who in order[:crowd]:
            paper.says(who, E2=[f"obstacle of {who}"])
        paper.next()
        items = paper.w.items.get("E4", ())
        words = [item.label[""] for item in items]
        if crowd < MINIMUM:
            assert words == [] and paper.at != STORY + 1, "the vote is passed over"
        else:
            assert sorted(words) == sorted(f"obstacle of {who}" for who in PEOPLE)
            assert list(items) == sorted(items, key=lambda item: item.entries), "by names that say nothing"


def test_an_anonymous_vote_shows_its_dots_from_three_voters_on() -> None:
    plan = plan_of(
        [
            step("one", asks("N", "notes", ONE_COLUMN)),
            step("two", asks("V", "vote", DOTS, Source("N"), anonymous=True, reveal=Reveal.LIVE)),
        ]
    )
    paper = Paper(plan).opens().joins(*PEOPLE).starts()
    paper.says("ivan", N=["alpha"])
    paper.next()
    for number, who in enumerate(PEOPLE, 1):
        paper.dots(who, "V", alpha=1)
        result = paper.shown("V").result
        assert (result is None) == (number < MINIMUM)
    assert isinstance(result, VoteResult) and result.items[0].dots == 3


def test_the_reveal_rules() -> None:
    paper = opened().to_step(STORY)
    for who in PEOPLE:
        paper.says(who, E1="by the facilitator", E2=["on close"], E3="yes")
    assert paper.shown("E3").result is not None, "live"
    assert (paper.shown("E1").why_not, paper.shown("E2").why_not) == ("unrevealed", "unrevealed")
    assert paper.shown("E1").items == () and paper.shown("E1").answered == 3
    assert paper.shown("E1", everything=True).result is not None, "a moderator sees it before"
    paper.closes()
    assert paper.shown("E2").result is not None
    assert paper.shown("E1").result is None, "closing is not the facilitator's reveal"
    paper.reveals("E1")
    assert paper.shown("E1").result is not None
    assert paper.reveals("E1") == (), "twice is once"
    assert paper.shown("C1").why_not == "unrevealed", "never asked"


def test_a_step_reopened_hides_its_answers_again_and_one_gone_back_from_does_not() -> None:
    paper = opened().to_step(VOTE)
    paper.dots("eva", "K4", alpha=1)
    assert paper.shown("K1").result is not None
    paper.back()
    assert paper.shown("K1").result is None
    assert paper.shown("K4").result is not None
    paper.closes()
    assert paper.shown("K1").result is not None


def test_cancelling_shows_nothing_that_was_not_shown_before() -> None:
    paper = opened().starts()
    paper.says("ivan", K2="hidden until the close")
    paper.cancels()
    assert paper.shown("K2").result is None
