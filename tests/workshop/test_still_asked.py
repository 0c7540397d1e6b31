"""What is asked about and is in no answer (any more) can be hidden: taken back, or brought from an earlier cycle."""

from __future__ import annotations

from tests.workshop.paper import ANNA, Paper, names, reason
from tests.workshop.session import DOTS, ONE_COLUMN, asks, plan_of, step
from tests.workshop.test_second_cycle import second
from workshop import commands as c
from workshop.brought import Brought
from workshop.entries import entries_of, is_translatable, is_withdrawn
from workshop.plan import COMMITMENTS, QUESTIONS, Item, Source, as_written, in_language
from workshop.refusals import Reason
from workshop.translating import in_all_languages, lacking

PLAN = plan_of(
    [
        step("notes", asks("N", "notes", ONE_COLUMN), asks("A", "notes", ONE_COLUMN, anonymous=True)),
        step("vote", asks("V", "vote", DOTS, Source("N")), asks("B", "vote", DOTS, Source("A"))),
        step("again", asks("W", "vote", DOTS, Source("V"))),
    ],
    [],
    [],
    [],
)


def voted() -> Paper:
    """Ivan's note is voted on, and he takes it back."""
    paper = Paper(PLAN).opens().joins("ivan", "eva", "ola").starts()
    paper.says("ivan", N=["The boss is a fool", "desks"], A=["secret"])
    paper.says("eva", N=["mentors", "desks"], A=["secret two"])
    paper.says("ola", A=["secret three"])
    paper.themes("N", People=["mentors"]).next()
    paper.dots("eva", "V", **{"The boss is a fool": 2, "desks": 1})
    paper.closes().allows_late()
    paper.withdraws("ivan", step=0)
    return paper


def listed(paper: Paper) -> dict[str, str]:
    """What is asked about and nobody's answer has, with its name."""
    found = entries_of(paper.w, paper.kept.values())
    return {entry.words: entry.id for entry in found if entry.asked}


def test_what_was_taken_back_is_listed_and_can_be_hidden_and_restored() -> None:
    paper = voted()
    assert "The boss is a fool" in str(paper.board().stages), "the dots are about it"
    assert {*listed(paper)} == {"The boss is a fool", "desks", "secret"}
    entry = listed(paper)["The boss is a fool"]
    (row,) = [one for one in entries_of(paper.w, paper.kept.values()) if one.id == entry]
    assert (row.prompt.id, row.shown, row.waiting) == ("N", False, False)
    assert is_withdrawn(paper.w, row) and not is_translatable(paper.w, row)
    assert names(paper.hides(entry)) == ["EntryHidden"]  # type: ignore[arg-type]
    assert "The boss is a fool" not in str(paper.board().stages)
    assert names(paper.restores(entry)) == ["EntryRestored"]  # type: ignore[arg-type]
    assert "The boss is a fool" in str(paper.board().stages)
    translate = c.TranslateEntry(workshop="w1", by=ANNA, entries=(entry,), language="en", words="x")
    assert reason(paper.do(translate)) == Reason.UNKNOWN_ENTRY  # type: ignore[arg-type]
    assert reason(paper.do(c.SpotlightEntry(workshop="w1", by=ANNA, entry=entry))) == Reason.UNKNOWN_ENTRY  # type: ignore[arg-type]


def test_the_same_words_of_somebody_else_are_there_until_both_are_hidden() -> None:
    paper = voted()
    paper.hides(paper.entry("N", "eva", "desks"))
    assert "desks" in str(paper.shown("V").result)
    paper.hides(listed(paper)["desks"])
    assert "desks" not in str(paper.board().stages)


def test_gone_for_good_it_is_hidden_too_and_where_it_was_handed_on() -> None:
    paper = voted().next()
    assert "The boss is a fool" in paper.items("W")
    paper.back().back().next().closes()
    assert "The boss is a fool" in str(paper.shown("V").gone)
    paper.hides(listed(paper)["The boss is a fool"])
    assert [one.label for one in paper.shown("V").gone if one.people] == [None]
    assert "The boss is a fool" not in str(paper.board().stages)


def test_a_theme_is_not_a_note() -> None:
    paper = voted()
    paper.withdraws("eva", step=0)
    assert "People" not in listed(paper) and "People" in paper.items("V")


BROUGHT = Brought(
    "Earlier",
    (Item("c", as_written("alpha"), COMMITMENTS, 1),),
    (Item("q1", as_written("Why?"), QUESTIONS, 2), Item("q2", as_written("How?"), QUESTIONS, 1)),
)


def test_what_an_earlier_cycle_brought_can_be_hidden_before_and_while_it_is_asked_about() -> None:
    paper = second(BROUGHT)
    assert listed(paper) == {"alpha": "commitments:c", "Why?": "questions:q1", "How?": "questions:q2"}
    (row,) = [one for one in entries_of(paper.w, ()) if one.words == "alpha"]
    assert in_language(row.prompt.text, "pl") == "Earlier" and not is_withdrawn(paper.w, row)
    assert names(paper.hides("questions:q1")) == ["EntryHidden"]  # type: ignore[arg-type]
    assert paper.next().items("V") == ["How?"], "before it was asked about"
    paper.hides("questions:q2")
    assert paper.w.shown_items("V") == () and "How?" not in str(paper.board().stages)
    paper.restores("questions:q2")
    assert [item.label[""] for item in paper.w.shown_items("V")] == ["How?"]
    assert reason(paper.hides("questions:other")) == Reason.UNKNOWN_ENTRY  # type: ignore[arg-type]
    assert listed(second(None)) == {}


def test_what_an_earlier_cycle_brought_can_be_translated() -> None:
    paper = second(BROUGHT)
    paper.joins("pia", language="pl")
    items = paper.w.shown_items("R")
    assert lacking(paper.w, items, ()) == {"pl": 1}, "taken to be in the workshop's language"
    translate = c.TranslateEntry(workshop="w1", by=ANNA, entries=("commitments:c",), language="pl", words="alfa")
    assert names(paper.do(translate)) == ["EntryTranslated"]  # type: ignore[arg-type]
    assert [in_language(item.label, "pl") for item in in_all_languages(paper.w, items)] == ["alfa (alpha)"]
    assert lacking(paper.w, items, ()) == {}
