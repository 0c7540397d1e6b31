"""A small session with cases: obstacles, a vote on them, then for each case told, suggested, taken."""

from __future__ import annotations

from dataclasses import replace

from tests.workshop.paper import ANNA, Paper
from tests.workshop.session import CARRIED, DOTS, ONE_COLUMN, TEXT, asks, plan_of, step
from workshop import commands as c, events as e
from workshop.model import Case
from workshop.plan import Asked, Cases, Plan, Source, Stage
from workshop.prompts.kind import item_key
from workshop.refusals import Refused

OBSTACLES, VOTE, TOLD, HELPED, TAKEN, AFTER = range(6)


def plan(in_groups: bool = False, most: int = 3) -> Plan:
    told = replace(asks("E1", "text", TEXT), by=Asked.OWNER)
    helped = replace(asks("E4", "notes", ONE_COLUMN), by=Asked.PEERS)
    taken = replace(asks("E5", "choice", replace(CARRIED, most=3), Source("E4")), by=Asked.OWNER)
    steps = [
        replace(step(id, *prompts), case=True, in_groups=in_groups)
        for id, prompts in (("told", [told]), ("helped", [helped, asks("E0", "text", TEXT)]), ("taken", [taken]))
    ]
    return plan_of(
        [step("obstacles", asks("A5", "notes", ONE_COLUMN))],
        [replace(step("vote", asks("A7", "vote", DOTS, Source("A5"))), in_groups=in_groups)],
        Stage("experience", {"en": "Aim"}, tuple(steps), Cases(Source("A7"), most)),
        [step("after", asks("C1", "choice", replace(CARRIED, own=True), Source("E5")))],
    )


def voted(made: Plan | None = None, groups: tuple[tuple[str, ...], ...] = ()) -> Paper:
    """Ivan's mud has four dots, Eva's money two, Ola's time one; Zoe wrote nothing. The vote is open."""
    paper = Paper(made or plan()).opens().joins("ivan", "eva", "ola", "zoe")
    if groups:
        paper.grouped(*groups)
    paper.starts()
    for who, obstacles in (("ivan", ["mud", "rain"]), ("eva", ["money"]), ("ola", ["time"])):
        paper.says(who, A5=obstacles)
    paper.next()
    for who, dots in (("ivan", {"mud": 2}), ("eva", {"mud": 2, "money": 1}), ("ola", {"money": 1, "time": 1})):
        paper.says(who, A7={item_key(words): str(number) for words, number in dots.items()})
    return paper


def answers_case(paper: Paper, who: str, words: str, agreed: bool = True) -> tuple[e.AnyEvent, ...] | Refused:
    return paper.do(c.AnswerCase(workshop="w1", by=who, case=item_key(words), agreed=agreed))


def drops(paper: Paper) -> tuple[e.AnyEvent, ...] | Refused:
    return paper.do(c.DropCases(workshop="w1", by=ANNA))


def labels(cases: tuple[Case, ...]) -> list[str]:
    return [case.label[""] for case in cases]
