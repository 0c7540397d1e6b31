"""What the plan has next, while nobody knows whether it will be asked: it is told, with what it takes."""

from __future__ import annotations

from tests.workshop.paper import Paper, opened
from tests.workshop.session import CLOSING, COLLECT, OBSTACLES, STORY, VOTE
from workshop import commands as c
from workshop.model import MINIMUM, Status
from workshop.tally import by_prompt
from workshop.upcoming import Opening, coming, may_come


def told(paper: Paper) -> tuple[int, int] | None:
    given = by_prompt(paper.kept.values())
    found = may_come(paper.w, given, coming(paper.w, given))
    return (found[0].number, found[1]) if found else None


def test_a_vote_on_notes_that_nobody_has_written_yet() -> None:
    paper = opened()
    assert told(paper) is None, "nothing is open"
    paper.starts()
    assert (paper.at, told(paper)) == (COLLECT, (VOTE, 0))
    paper.course(c.Pause)
    assert told(paper) == (VOTE, 0), "answers are taken in a pause"
    paper.course(c.Resume)
    paper.closes()
    assert (paper.status, told(paper)) == (Status.CLOSED, None), "now it is clear"
    paper.reopens()
    paper.says("ivan", K1=["alpha"])
    assert told(paper) is None, "it comes"


def test_a_vote_on_anonymous_notes_says_how_many_it_needs() -> None:
    paper = opened().to_step(STORY)
    assert told(paper) == (OBSTACLES, MINIMUM)
    for who in ("ivan", "eva"):
        paper.says(who, E2=[f"of {who}"])
        assert told(paper) == (OBSTACLES, MINIMUM)
    paper.says("ola", E2=["of ola"])
    assert told(paper) is None


def test_a_vote_on_what_an_earlier_step_gave_does_not_come_any_more() -> None:
    paper = opened().starts().next()
    assert paper.at > VOTE
    paper.back()
    assert told(paper) == (VOTE, 0)
    paper = opened().to_step(STORY)
    assert may_come(paper.w, {}, Opening(CLOSING, {}, (VOTE,))) is None, "nothing that is asked now is for it"
    found = may_come(paper.w, {}, Opening(CLOSING, {}, (VOTE, OBSTACLES)))
    assert found is not None and found[0].number == OBSTACLES
