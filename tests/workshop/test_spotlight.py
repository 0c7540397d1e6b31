"""One entry that every board page shows large: never what not everybody may see, and gone with what takes it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.workshop.paper import ANNA, Paper, names, reason
from tests.workshop.session import DOTS, ONE_COLUMN, OPTIONS, TEXT, asks, plan_of, step
from workshop import commands as c
from workshop.entries import entries_of
from workshop.groupwork import GroupName
from workshop.model import MINIMUM
from workshop.plan import Reveal, Source
from workshop.refusals import Reason, Refused
from workshop.spotlight import spotlight

PLAN = plan_of(
    [
        step(
            "notes",
            asks("N", "notes", ONE_COLUMN),
            asks("A", "text", TEXT, anonymous=True),
            replace(asks("M", "text", TEXT), moderated=True, reveal=Reveal.LIVE),
        ),
        step("vote", asks("V", "vote", DOTS, Source("N"))),
    ],
    [
        step("own", asks("O", "choice", replace(OPTIONS, own=True))),
        step("group", replace(asks("G", "text", TEXT), per_group=True)),
    ],
    [],
    [],
)


def written() -> Paper:
    paper = Paper(PLAN).opens().joins("ivan", "eva", "ola").starts()
    paper.says("ivan", N=["open days", "mentors"], A="secret of one", M="kind")
    paper.says("eva", N=["open days"], A="secret of two")
    paper.says("ola", A="secret of three")
    return paper


def lights(paper: Paper, prompt: str, who: str, words: str, by: str = ANNA) -> object:
    return paper.do(c.SpotlightEntry(workshop="w1", by=by, entry=paper.entry(prompt, who, words)))


def seen(paper: Paper) -> tuple[str, str] | None:
    """What is shown large, and whose it is."""
    light = spotlight(paper.w, paper.kept.values())
    return (light.words, light.who) if light else None


def test_only_what_everybody_sees_is_shown_large_and_one_at_a_time() -> None:
    paper = written()
    assert seen(paper) is None
    early = lights(paper, "N", "ivan", "mentors")
    assert isinstance(early, Refused) and (early.reason, early.facts["why"]) == (Reason.NOT_SEEN, "unrevealed")
    waiting = lights(paper, "M", "ivan", "kind")
    assert isinstance(waiting, Refused) and waiting.facts["why"] == "waiting"
    paper.do(c.ApproveEntry(workshop="w1", by=ANNA, entry=paper.entry("M", "ivan", "kind")))
    assert names(lights(paper, "M", "ivan", "kind")) == ["EntrySpotlit"]  # type: ignore[arg-type]
    assert seen(paper) == ("kind", "Ivan"), "while the step is open: it is shown at once"
    paper.closes()
    assert names(lights(paper, "N", "ivan", "mentors")) == ["EntrySpotlit"]  # type: ignore[arg-type]
    assert lights(paper, "N", "ivan", "mentors") == () and seen(paper) == ("mentors", "Ivan")
    assert names(lights(paper, "A", "ola", "secret of three")) == ["EntrySpotlit"]  # type: ignore[arg-type]
    assert seen(paper) == ("secret of three", ""), "nobody learns whose it is"
    paper.hides(paper.entry("N", "ivan", "mentors"))
    hidden = lights(paper, "N", "ivan", "mentors")
    assert isinstance(hidden, Refused) and hidden.facts["why"] == "hidden"
    assert seen(paper) == ("secret of three", ""), "what is refused leaves it as it was"
    lit = paper.entry("A", "ola", "secret of three")
    assert spotlight(replace(paper.w, hidden=frozenset({lit})), paper.kept.values()) is None, "at each drawing anew"
    assert reason(paper.do(c.SpotlightEntry(workshop="w1", by=ANNA, entry="?"))) == Reason.UNKNOWN_ENTRY
    assert reason(lights(paper, "N", "eva", "open days", by="eva")) == Reason.ONLY_MODERATORS  # type: ignore[arg-type]


def test_who_takes_it_away_takes_only_what_they_saw() -> None:
    paper = written().closes()
    lights(paper, "N", "ivan", "mentors")
    first, second = paper.entry("N", "ivan", "mentors"), paper.entry("N", "eva", "open days")
    lights(paper, "N", "eva", "open days")
    assert paper.do(c.EndSpotlight(workshop="w1", by=ANNA, entry=first)) == () and seen(paper) == ("open days", "Eva")
    ended = paper.do(c.EndSpotlight(workshop="w1", by=ANNA, entry=second))
    assert names(ended) == ["SpotlightEnded"] and seen(paper) is None  # type: ignore[arg-type]
    assert paper.do(c.EndSpotlight(workshop="w1", by=ANNA, entry=second)) == (), "twice is once"


ENDS: dict[str, Callable[[Paper], object]] = {
    "hidden": lambda paper: paper.hides(paper.entry("N", "ivan", "mentors")),
    "the next step": lambda paper: paper.next(),
    "the same step again": lambda paper: paper.reopens(),
    "the end": lambda paper: paper.finishes(),
    "cancelled": lambda paper: paper.cancels(),
}


@pytest.mark.parametrize("what", ENDS)
def test_what_takes_it_away_for_good(what: str) -> None:
    paper = written().closes()
    lights(paper, "N", "ivan", "mentors")
    ENDS[what](paper)
    assert paper.w.lit is None
    if what == "hidden":
        paper.restores(paper.entry("N", "ivan", "mentors"))
    assert seen(paper) is None


def test_what_is_withdrawn_or_written_anew_is_not_there_any_more() -> None:
    for change in ("withdrawn", "anew"):
        paper = written().closes().allows_late()
        lights(paper, "N", "ivan", "mentors")
        lit = paper.w.lit
        paper.hides(paper.entry("N", "ivan", "open days"))
        assert seen(paper) == ("mentors", "Ivan") and paper.w.lit == lit, "another entry that is hidden changes nothing"
        if change == "withdrawn":
            paper.withdraws("ivan")
        else:
            paper.says("ivan", N=["open days", "Mentors!"])
        assert seen(paper) is None, change


def test_below_the_minimum_it_is_gone() -> None:
    paper = written().closes().allows_late()
    lights(paper, "A", "ola", "secret of three")
    assert MINIMUM == 3 and seen(paper) == ("secret of three", "")
    paper.withdraws("eva")
    assert seen(paper) is None
    assert not any(entry.prompt.id == "A" for entry in entries_of(paper.w, paper.kept.values()))


def test_moderators_know_what_can_be_shown_large() -> None:
    paper = written()
    assert [one.words for one in entries_of(paper.w, paper.kept.values()) if one.shown] == []
    paper.closes().hides(paper.entry("N", "ivan", "mentors"))
    shown = [one.words for one in entries_of(paper.w, paper.kept.values()) if one.shown]
    assert sorted(shown) == ["open days", "open days", "secret of one", "secret of three", "secret of two"]


def test_what_is_only_counted_has_no_name_and_what_is_passed_over_is_not_shown() -> None:
    paper = written().next().next()
    assert paper.w.place is not None and paper.w.place.step.id == "own"
    paper.says("ivan", O={"": "", "own": "Perhaps"})
    paper.closes()
    lights(paper, "O", "ivan", "Perhaps")
    assert seen(paper) == ("Perhaps", "")
    passed = replace(paper.w, skipped=frozenset({2}))
    assert spotlight(passed, paper.kept.values()) is None


def test_of_a_group_it_is_the_groups() -> None:
    paper = written()
    note = (paper.entry("N", "ivan", "mentors"),)
    paper.do(c.TranslateEntry(workshop="w1", by=ANNA, entries=note, language="en", words="tutors"))
    paper.next().next().next()
    assert paper.w.place is not None and paper.w.place.step.id == "group"
    paper.says("ivan", G="we agree")
    paper.closes()
    (entry,) = (one.id for one in entries_of(paper.w, paper.kept.values()) if one.prompt.id == "G")
    paper.do(c.TranslateEntry(workshop="w1", by=ANNA, entries=(entry,), language="en", words="we all agree"))
    paper.do(c.SpotlightEntry(workshop="w1", by=ANNA, entry=entry))
    light = spotlight(paper.w, paper.kept.values())
    assert light is not None and isinstance(light.who, GroupName) and light.into == {"en": "we all agree"}
    again = paper.allows_late().says("ivan", G="we do not")
    assert names(again)[-1] == "TranslationsLost" and seen(paper) is None  # type: ignore[arg-type]
