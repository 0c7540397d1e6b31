"""Moderated prompts: nobody else sees an entry before a moderator lets it through, on any way that words travel."""

from __future__ import annotations

from dataclasses import replace

from tests.workshop.paper import ANNA, Paper, names, reason
from tests.workshop.session import DOTS, ONE_COLUMN, OPTIONS, asks, plan_of, step
from workshop import commands as c
from workshop.entries import entries_of
from workshop.plan import Source
from workshop.refusals import Reason

MODERATED = plan_of(
    [
        step("notes", replace(asks("N", "notes", ONE_COLUMN), moderated=True)),
        step("vote", asks("V", "vote", DOTS, Source("N"))),
    ],
    [step("own", replace(asks("O", "choice", replace(OPTIONS, own=True)), moderated=True))],
    [],
    [],
)


def written() -> Paper:
    paper = Paper(MODERATED).opens().joins("ivan", "eva", "ola").starts()
    paper.says("ivan", N=["kind", "rude"])
    paper.says("eva", N=["Kind", "dull"])
    return paper


def approves(paper: Paper, who: str, words: str) -> object:
    return paper.do(c.ApproveEntry(workshop="w1", by=ANNA, entry=paper.entry("N", who, words)))


def notes(paper: Paper, everything: bool = False) -> list[str]:
    result = paper.shown("N", everything).result
    return [note.words for note in result.columns[0].notes]  # type: ignore[union-attr]


def test_the_board_has_what_was_let_through_and_moderators_have_all() -> None:
    paper = written().closes()
    assert notes(paper) == [] and sorted(notes(paper, True)) == ["Kind", "dull", "kind", "rude"]
    assert names(approves(paper, "eva", "Kind")) == ["EntryApproved"]  # type: ignore[arg-type]
    assert approves(paper, "eva", "Kind") == (), "twice is once"
    assert notes(paper) == ["Kind"]
    paper.hides(paper.entry("N", "eva", "Kind"))
    assert notes(paper) == [], "hidden after all"


def test_only_what_was_let_through_is_carried_on() -> None:
    paper = written()
    approves(paper, "ivan", "kind")
    paper.next()
    assert paper.items("V") == ["kind"] and paper.w.items["V"][0].weight == 1
    nothing = written().next()
    assert nothing.w.place is not None and nothing.w.place.step.id == "own", "with nothing to vote on it is passed over"


def test_changed_words_wait_again_and_what_is_gone_cannot_be_let_through() -> None:
    paper = written()
    approves(paper, "ivan", "kind")
    rude = paper.entry("N", "ivan", "rude")
    paper.says("ivan", N=["kind", "ruder"])
    assert [entry.words for entry in entries_of(paper.w, paper.kept.values()) if entry.waiting] != []
    waiting = {entry.words for entry in entries_of(paper.w, paper.kept.values()) if entry.waiting}
    assert waiting == {"Kind", "dull", "ruder"}
    assert reason(paper.do(c.ApproveEntry(workshop="w1", by=ANNA, entry=rude))) == Reason.UNKNOWN_ENTRY
    refused = paper.do(c.ApproveEntry(workshop="w1", by="eva", entry=paper.entry("N", "ivan", "kind")))
    assert reason(refused) == Reason.ONLY_MODERATORS


def test_those_that_wait_come_first_and_hidden_ones_do_not_wait() -> None:
    paper = written()
    approves(paper, "ivan", "kind")
    paper.hides(paper.entry("N", "ivan", "rude"))
    found = entries_of(paper.w, paper.kept.values())
    assert [entry.waiting for entry in found] == [True, True, False, False]
    assert {entry.words for entry in found if entry.waiting} == {"Kind", "dull"}


def test_an_own_option_waits_while_the_votes_count() -> None:
    paper = written().next()
    assert paper.w.place is not None and paper.w.place.step.id == "own"
    paper.says("ivan", O={"": "", "own": "Perhaps"})
    paper.says("eva", O={"": "yes"})
    paper.closes()
    assert [(bar.label["en"], bar.count) for bar in paper.shown("O").result.bars] == [("Yes", 1), ("No", 0)]  # type: ignore[union-attr]
    perhaps = paper.entry("O", "ivan", "Perhaps")
    paper.do(c.ApproveEntry(workshop="w1", by=ANNA, entry=perhaps))
    assert paper.shown("O").result.bars[-1].count == 1  # type: ignore[union-attr]
