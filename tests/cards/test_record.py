"""What the board becomes at the end: a record of when, who, how much, what came of it; moderation still changes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw
from locales import LANGUAGES
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.walk import buttons_of, text_of
from tests.workshop.caseload import AFTER, answers_case, voted
from tests.workshop.paper import Paper
from tests.workshop.session import ONE_COLUMN, SENTENCE, asks, plan_of, step
from workshop.model import Status
from workshop.prompts.commitment import CommitmentRules
from workshop.tally import board_of
from workshop.views import BoardCard

PLAN = plan_of(
    [step("ideas", asks("K", "notes", ONE_COLUMN)), step("rest")],
    [step("now", asks("A", "commitment", CommitmentRules(2, 0, False)))],
    [step("doubts", asks("D", "text", SENTENCE, anonymous=True))],
    [step("close", asks("C", "text", SENTENCE, on_summary=True))],
)


def ended() -> Paper:
    paper = Paper(PLAN).opens().joins("ivan", "eva", "ola").grouped(("ivan", "eva"), ("ola",)).starts()
    for who in ("ivan", "eva", "ola"):
        paper.says(who, K=["One desk", f"idea of {who}"])
    paper.later(minutes=20).next().next()
    paper.says("eva", A={"1.what": "Swap one shift", "1.by": "2026-12-24", "shown": "true"})
    paper.says("ola", A={"1.what": "Nobody sees it", "1.by": "2026-12-24", "shown": "false"})
    paper.later(minutes=30).next()
    paper.says("ivan", D="Too few to show")
    paper.later(minutes=5).next()
    for who in ("ivan", "eva"):
        paper.says(who, C=f"{who} takes courage home")
    return paper.later(minutes=40).next()


def record(paper: Paper, language: str = "en", group: int = 0) -> list[str]:
    card = draw(BoardCard(board_of(paper.w, paper.kept.values(), group=group)), language)
    assert lint(card, user_words=s.TYPED, edited=True, dialog=False) == []
    return text_of(card).splitlines()


def test_the_record_says_when_who_how_much_and_what_came_of_it() -> None:
    lines = record(ended())
    assert lines[:8] == [
        "The record of this workshop",
        "Learning · 3 people",
        "From {{DATE(2025-11-22T09:00:00Z, SHORT)}} {{TIME(2025-11-22T09:00:00Z)}} to {{TIME(2025-11-22T10:35:00Z)}}",
        "8 answers · 2 groups · 2 commitments",
        "This is the record: nobody answers any more, and only moderation still changes it.",
        *("What came of it", "Knowledge", "1. One desk · from 3 people"),
    ]
    came = lines[: lines.index("What we take home")]
    assert "1. Swap one shift" in came and not any("Nobody sees" in line or "Too few" in line for line in lines)
    home = lines[len(came) : len(came) + 3]
    assert home == ["What we take home", "• ivan takes courage home — Ivan", "• eva takes courage home — Eva"]
    assert "1 answer, shown from 3 answers on" in lines[len(came) + 3 :], "then question by question"


def test_what_is_hidden_after_the_end_leaves_the_record() -> None:
    paper = ended()
    paper.hides(paper.entry("C", "eva", "eva takes courage home"))
    for who in ("ivan", "eva", "ola"):
        paper.hides(paper.entry("K", who, "One desk"))
    assert not any("eva takes" in line or "One desk" in line for line in record(paper))
    paper.restores(paper.entry("C", "eva", "eva takes courage home"))
    assert any("eva takes" in line for line in record(paper))


def test_its_buttons_are_those_that_still_make_sense() -> None:
    paper = ended()
    assert set(buttons_of(draw(BoardCard(paper.board()), "en"))) == {"board", "facilitate", "new"}


def test_a_group_s_record_is_of_the_group() -> None:
    lines = record(ended(), group=2)
    assert lines[0] == "The record of this workshop · Group 2"
    assert "3 answers · 1 commitment" in lines, "an anonymous question is of all, so it is counted"


def test_cases_are_counted_and_days_are_named_where_it_took_several() -> None:
    paper = voted().next()
    assert answers_case(paper, "ivan", "mud")
    paper.later(minutes=26 * 60).to_step(AFTER).next()
    when, counts = record(paper)[2:4]
    assert when.count("{{DATE(") == 2 and counts.endswith(" · 1 case")


def test_a_workshop_that_came_to_nothing_has_a_short_record() -> None:
    w = replace(s.workshop(Status.FINISHED, 5), opened_steps=())
    lines = text_of(draw(BoardCard(s.board(w, 0)), "en")).splitlines()
    assert lines[2] == "0 answers" and "What came of it" not in lines and not any("From {{" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_is_in_every_language(language: str) -> None:
    lines = record(ended(), language)
    assert language == "en" or not any(
        english in line for line in lines for english in ("record", "From ", "What came", "commitment", "take home")
    )
