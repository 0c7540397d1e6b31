"""What was said last counts, in whatever order it arrives: late, twice, at once, at another instance."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from store.database import for_writing
from store.marks import forget_marks
from store.tables import deliveries
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, START, after, gave, joined
from workshop import commands as c
from workshop.arriving import AHEAD, REMEMBERED
from workshop.delivery import Delivery
from workshop.model import Answer, entry_id
from workshop.refusals import Refused
from workshop.service import Change, Done

LONG_AFTER = after(60)
"""When all of it arrives."""


def says(words: str, seconds: float, activity: str = "", *, person: str = "jan") -> Change:
    """Somebody's answer, said so many seconds after the start."""
    name = activity or f"{words} at {seconds}"
    return gave(person, words, now=LONG_AFTER, delivery=name, said=after(seconds))


def takes_back(seconds: float, person: str = "jan") -> Change:
    command = c.WithdrawAnswers(workshop="w1", by=person, step=0)
    return Change(command, LONG_AFTER, Delivery(f"back {seconds}", after(seconds)))


async def practices(stored: Stored) -> list[list[str]]:
    return [answer.value["all"] for answer in await stored.answers("practices")]  # type: ignore[misc]


async def test_an_older_answer_that_comes_late_changes_nothing(stored: Stored) -> None:
    await stored.begin("jan")
    await stored.done(says("newer", 2))
    before = await stored.workshop()
    late = await stored.done(says("older", 1))
    assert (late.repeated, late.events, late.workshop) == (True, (), before)
    assert await practices(stored) == [["newer"]] and await stored.workshop() == before
    assert not (await stored.done(says("newest", 3))).repeated
    assert await practices(stored) == [["newest"]]


async def test_in_one_batch_too_whatever_its_order(stored: Stored) -> None:
    await stored.begin("jan", "eva")
    told = await stored.in_one_batch(
        says("two", 2), says("hers", 1, person="eva"), says("one", 1), says("three", 3), says("two", 2)
    )
    assert [outcome.repeated for outcome in told if isinstance(outcome, Done)] == [False, False, True, False, True]
    assert sorted(await practices(stored)) == [["hers"], ["three"]]


async def test_what_was_taken_back_later_does_not_come_again(stored: Stored) -> None:
    await stored.begin("jan")
    await stored.done(says("first", 1))
    await stored.done(takes_back(3))
    assert (await stored.done(says("second", 2))).repeated
    assert await practices(stored) == []
    assert not (await stored.done(says("third", 4))).repeated
    assert (await stored.done(takes_back(3.5))).repeated
    assert await practices(stored) == [["third"]]


async def test_the_same_activity_again_is_the_same_whatever_came_between(stored: Stored) -> None:
    await stored.begin("jan")
    for words, seconds in (("one", 1), ("two", 2), ("one", 1), ("two", 2)):
        await stored.done(says(words, seconds))
    assert await practices(stored) == [["two"]] and stored.count(deliveries) == 1


async def test_of_one_instant_each_counts_once_in_the_order_in_which_they_come(stored: Stored) -> None:
    await stored.begin("jan")
    told = [await stored.done(says(words, 1)) for words in ("one", "two", "one", "three", "two")]
    assert [outcome.repeated for outcome in told] == [False, False, True, False, True]
    assert await practices(stored) == [["three"]]
    for number in range(REMEMBERED + 5):
        await stored.done(says(f"word {number}", 1))
    with stored.engine.connect() as connection:
        (names,) = connection.execute(sa.select(deliveries.c.activity)).scalars()
    assert len(names.split("\n")) == REMEMBERED, "they do not become more and more"


async def test_who_is_refused_leaves_no_mark(stored: Stored) -> None:
    """The later one came to nothing: the earlier one is all that there is."""
    await stored.begin("jan")
    await stored.writer.change(says("x" * 5000, 5))
    assert stored.count(deliveries) == 0
    assert not (await stored.done(says("short", 1))).repeated


async def test_a_part_was_said_when_the_whole_was(stored: Stored) -> None:
    await stored.begin("jan")
    await stored.done(gave("jan", "note"))
    hides, restores = c.HideEntry(workshop="w1", by=ANA, entry=NOTE), c.RestoreEntry(workshop="w1", by=ANA, entry=NOTE)
    await stored.done(Change(hides, LONG_AFTER, Delivery("newer", after(2)).part(0)))
    assert (await stored.done(Change(restores, LONG_AFTER, Delivery("older", after(1)).part(0)))).repeated
    assert NOTE in (await stored.workshop()).hidden


async def test_each_person_and_each_step_by_itself(stored: Stored) -> None:
    await stored.begin("jan", "eva")
    await stored.done(says("his", 9))
    assert not (await stored.done(says("hers", 1, person="eva"))).repeated
    await stored.done(Change(c.Next(workshop="w1", by=ANA), LONG_AFTER))
    vote = gave("jan", sentence="words", step=2, delivery="vote", said=after(2), now=LONG_AFTER)
    outcome = await stored.writer.change(vote)
    assert not (isinstance(outcome, Done) and outcome.repeated)


@pytest.mark.parametrize("ahead", [AHEAD + timedelta(seconds=1), timedelta(days=1)])
async def test_a_time_that_cannot_be_is_not_compared(stored: Stored, ahead: timedelta) -> None:
    """The clocks are far apart: whatever comes counts, each activity once."""
    await stored.begin("jan")
    far = (LONG_AFTER + ahead - START).total_seconds()
    await stored.done(says("from the future", far))
    assert not (await stored.done(says("of today", 1))).repeated
    assert (await stored.done(says("from the future", far))).repeated
    assert await practices(stored) == [["of today"]]


async def test_a_little_ahead_is_compared(stored: Stored) -> None:
    await stored.begin("jan")
    await stored.done(says("newer", (LONG_AFTER + AHEAD - START).total_seconds()))
    assert (await stored.done(says("older", 59))).repeated


async def test_once_it_could_not_be_and_now_it_can(stored: Stored) -> None:
    """The clock that was far behind has been put right between two deliveries."""
    await stored.begin("jan")
    said = LONG_AFTER + AHEAD + timedelta(seconds=1)
    first = gave("jan", "first", now=LONG_AFTER, delivery="d1", said=said)
    await stored.done(first)
    await stored.done(gave("jan", "second", now=LONG_AFTER, delivery="d2", said=said + timedelta(seconds=2)))
    assert (await stored.done(replace(first, now=LONG_AFTER + timedelta(seconds=5)))).repeated
    third = gave("jan", "third", now=LONG_AFTER + timedelta(seconds=9), delivery="d3", said=said + timedelta(seconds=9))
    await stored.done(third)
    assert (await stored.done(replace(third, now=LONG_AFTER))).repeated, "and the other way round"
    assert await practices(stored) == [["third"]]


async def test_what_the_release_before_has_done_is_known(stored: Stored) -> None:
    """It left marks by the names of activities, whatever time they said."""
    await stored.begin("jan")
    await stored.done(gave("jan", "first", delivery="d1"))
    await stored.done(gave("jan", "second", delivery="d2"))
    assert (await stored.done(gave("jan", "first", now=LONG_AFTER, delivery="d1", said=after(1)))).repeated
    assert await practices(stored) == [["second"]]


async def test_after_the_end_what_was_recorded_is_known(stored: Stored) -> None:
    """The key of the topics is destroyed then: the last of each is found by its name."""
    await stored.begin("jan", "eva")
    await stored.done(says("his", 1))
    await stored.done(says("hers", 1, person="eva"))
    await stored.in_one_batch(
        says("hers, of the same instant", 1, person="eva"), Change(c.Finish(workshop="w1", by=ANA), LONG_AFTER)
    )
    hers = says("hers", 1, person="eva"), says("hers, of the same instant", 1, person="eva")
    for change in (says("his", 1), *hers):
        assert (await stored.done(change)).repeated
    assert isinstance(await stored.writer.change(says("never", 2)), Refused)
    with stored.engine.connect() as connection:
        rows = connection.execute(sa.select(deliveries)).mappings().all()
    assert {row["key"].partition(":")[0] for row in rows} == {"change"}, "no pseudonym is left"
    assert {row["at"] for row in rows} == {LONG_AFTER}, "forgotten when they were to be"


async def test_another_workshop_that_ends_changes_nothing_here(stored: Stored) -> None:
    await stored.begin("jan")
    await stored.begin("jan", workshop="w2")
    await stored.done(says("newer", 2))
    await stored.done(Change(c.Cancel(workshop="w2", by=ANA), LONG_AFTER))
    assert (await stored.done(says("older", 1))).repeated


async def test_a_name_of_two_lines_is_one_name(stored: Stored) -> None:
    await stored.begin("jan")
    for words, name in (("one", "a\nb"), ("two", "c"), ("one", "a\nb")):
        await stored.done(says(words, 1, name))
    assert await practices(stored) == [["two"]]


async def test_marks_are_forgotten_a_day_after_they_were_left_whenever_it_was_said(stored: Stored) -> None:
    """Our clock may be more than a day ahead of Teams'."""
    await stored.begin("jan", "eva")
    await stored.done(says("his", -3 * 86400))
    with for_writing(stored.engine).begin() as connection:
        forget_marks(connection, LONG_AFTER)
    assert stored.count(deliveries) == 1 and (await stored.done(says("his", -3 * 86400))).repeated
    with for_writing(stored.engine).begin() as connection:
        forget_marks(connection, LONG_AFTER + timedelta(seconds=1))
    assert stored.count(deliveries) == 0


async def test_what_has_no_time_counts_as_it_comes(stored: Stored) -> None:
    """A page's button: by its name alone."""
    await stored.begin("jan")
    await stored.done(gave("jan", "on a page", delivery="page 1"))
    await stored.done(says("in Teams", 1))
    assert not (await stored.done(gave("jan", "on a page again", delivery="page 2"))).repeated
    assert (await stored.done(gave("jan", "on a page", delivery="page 1"))).repeated
    assert await practices(stored) == [["on a page again"]]


NOTE = entry_id(Answer("practices", "jan", {}), "all", "note")
AT: dict[str, tuple[c.AnyCommand, c.AnyCommand]] = {
    "profile": (
        c.Join(workshop="w1", by="jan", name="Jan", institution="old"),
        c.Join(workshop="w1", by="jan", name="Jan", institution="new"),
    ),
    "language": (
        c.ChooseLanguage(workshop="w1", by="jan", language="pl"),
        c.ChooseLanguage(workshop="w1", by="jan", language="en"),
    ),
    "hidden": (
        c.RestoreEntry(workshop="w1", by=ANA, entry=NOTE),
        c.HideEntry(workshop="w1", by=ANA, entry=NOTE),
    ),
    "lit": (
        c.SpotlightEntry(workshop="w1", by=ANA, entry=NOTE),
        c.EndSpotlight(workshop="w1", by=ANA, entry=NOTE),
    ),
}


@pytest.mark.parametrize("about", AT)
async def test_so_it_is_with_all_that_replaces_what_was_said_before(stored: Stored, about: str) -> None:
    await stored.begin("jan")
    await stored.done(gave("jan", "note"))
    older, newer = (Change(one, LONG_AFTER, Delivery(f"{n}", after(n))) for n, one in enumerate(AT[about], 1))
    await stored.done(newer)
    before = await stored.workshop()
    assert (await stored.done(older)).repeated
    assert await stored.workshop() == before


async def test_another_moderators_later_word_counts_too(stored: Stored) -> None:
    """Hidden by one: what another had asked before, and comes late, does not show it again."""
    await stored.begin("jan")
    await stored.done(joined("eva"))
    await stored.done(Change(c.NameModerator(workshop="w1", by=ANA, people=(("eva", "Eva"),)), START))
    await stored.done(gave("jan", "note"))
    hides = c.HideEntry(workshop="w1", by=ANA, entry=NOTE)
    restores = c.RestoreEntry(workshop="w1", by="eva", entry=NOTE)
    await stored.done(Change(hides, LONG_AFTER, Delivery("hides", after(2))))
    await stored.done(Change(restores, LONG_AFTER, Delivery("restores", after(1))))
    assert NOTE in (await stored.workshop()).hidden


async def test_whose_a_mark_is_cannot_be_read(stored: Stored) -> None:
    await stored.begin("jan")
    await stored.done(says("note", 1, "activity"))
    with stored.engine.connect() as connection:
        (row,) = connection.execute(sa.select(deliveries)).mappings()
    assert (row["said"], row["at"], row["activity"]) == (after(1), LONG_AFTER, "activity")
    assert "jan" not in str(dict(row)) and row["key"].startswith("said:")


async def test_how_late_it_was_is_logged_and_nothing_else_of_it(
    stored: Stored, caplog: pytest.LogCaptureFixture
) -> None:
    await stored.begin("jan")
    await stored.done(says("newer", 2))
    with caplog.at_level(logging.INFO, "kolbot.store"):
        await stored.done(says("newer", 2))
        await stored.done(says("older", 0.5))
    assert caplog.messages == ["said 1.500 s before what counts"], "the very same again is not late"
