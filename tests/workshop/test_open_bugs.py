"""What is known to be wrong and not mended yet. Empty when all is well."""

from __future__ import annotations

from tests.workshop.paper import opened
from workshop import commands as c
from workshop.refusals import Refused


def test_a_new_step_can_be_nudged_although_the_one_before_just_was() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["alpha"])
    paper.course(c.Nudge)
    paper.next().later(minutes=2)
    assert not isinstance(paper.course(c.Nudge), Refused)
