"""Whom a reminder goes to: who is asked, at the step that is open, and has given nothing that counts."""

from __future__ import annotations

from tests.workshop.caseload import HELPED, TOLD, answers_case
from tests.workshop.paper import ANNA, Paper, reason
from tests.workshop.test_cases import in_groups
from tests.workshop.test_own_pace import ahead
from tests.workshop.test_per_group import MINE, OUR, held, plan, sends
from workshop import commands as c
from workshop.model import Nudge
from workshop.reminding import missing


def asked(paper: Paper, group: int = 0, step: int | None = None, by: str = ANNA) -> list[str]:
    """The ids of those whom a reminder asked for now would go to."""
    at = paper.w.for_group(group).at if step is None else step
    return [person.id for person in missing(paper.w, Nudge(paper.now, at, group, by), paper.kept.values())]


def test_who_has_answered_or_asks_for_it_is_left_out_and_so_is_another_step() -> None:
    paper = held(plan(MINE), groups=())
    assert asked(paper) == ["ivan", "eva", "ola", "zoe"]
    assert asked(paper, by="ivan") == ["eva", "ola", "zoe"]
    paper.says("ola", P="words")
    assert asked(paper) == ["ivan", "eva", "zoe"]
    assert asked(paper, step=1) == []
    paper.pauses()
    assert asked(paper) == [], "the clock stands still"


def test_what_is_asked_per_group_misses_the_groups_that_have_not_answered() -> None:
    paper = held()
    assert asked(paper, 2) == ["ola", "zoe"]
    sends(paper, "ivan", G="ours")
    assert asked(paper) == ["ola", "zoe"], "Eva's group has answered"
    both = held(plan(OUR, MINE))
    sends(both, "ivan", G="ours", P="mine")
    assert asked(both) == ["eva", "ola", "zoe"], "Eva has not answered for herself"


def test_in_a_case_only_those_are_missing_whom_it_asks() -> None:
    paper = in_groups()
    for who, words in (("ivan", "mud"), ("eva", "money"), ("ola", "time")):
        answers_case(paper, who, words)
    paper.next()
    assert paper.at == TOLD and asked(paper) == ["ivan", "eva"], "the owners tell"
    paper.says("ivan", E1="told")
    assert asked(paper) == ["eva"]
    paper.next()
    assert paper.at == HELPED
    paper.says("zoe", E4=["for Ivan"])
    assert "zoe" not in asked(paper) and "ola" in asked(paper)
    paper.next().next()
    assert paper.at == TOLD and asked(paper) == ["ola"], "the first group is through its cases"


def test_a_group_elsewhere_is_reminded_by_its_own_reminder_only() -> None:
    paper = ahead()
    assert (asked(paper), asked(paper, 2)) == ([], ["ola", "zoe"])
    paper.next()
    paper.alone(c.Next, 1)
    assert asked(paper) == ["ola", "zoe"], "group 1 is elsewhere now"
    assert reason(paper.alone(c.Nudge, 7)) == "unknown_group"
