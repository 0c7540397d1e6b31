"""A deadline in the time of every zone that is present: in words, at the right hour on every day of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cards import draw
from cards.zones import closing, times, zones_of
from locales import words
from locales.zones import known_zone, zone, zone_of_country
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.walk import buttons_of, text_of
from workshop.model import Group, Person, Status
from workshop.tally import Board
from workshop.views import StageCard, TimeCard

WINTER, SUMMER = datetime(2026, 11, 27, 9, 45, tzinfo=UTC), datetime(2026, 7, 1, 9, 45, tzinfo=UTC)
FOUR = ("Europe/Budapest", "Europe/Riga", "Europe/Sofia", "Europe/Warsaw")
WORLD = ("Asia/Kolkata", "Europe/London", "Europe/Sofia", "Europe/Warsaw", "America/New_York")


@pytest.mark.parametrize(("at", "zones", "language", "said"), [
    (WINTER, FOUR, "en", "10:45 (Budapest, Warsaw), 11:45 (Riga, Sofia)"),
    (WINTER, FOUR, "pl", "10:45 (Budapeszt, Warszawa), 11:45 (Ryga, Sofia)"),
    (WINTER, FOUR, "bg", "10:45 (Будапеща, Варшава), 11:45 (Рига, София)"),
    (WINTER, FOUR, "lv", "10:45 (Budapešta, Varšava), 11:45 (Rīga, Sofija)"),
    (WINTER, FOUR, "hu", "10:45 (Budapest, Varsó), 11:45 (Riga, Szófia)"),
    (SUMMER, FOUR, "en", "11:45 (Budapest, Warsaw), 12:45 (Riga, Sofia)"),
    (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), FOUR[2:], "en", "02:59 (Warsaw), 03:59 (Sofia)"),
    (datetime(2026, 10, 25, 1, 1, tzinfo=UTC), FOUR[2:], "en", "02:01 (Warsaw), 03:01 (Sofia)"),
    (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), FOUR[2:], "en", "03:00 (Warsaw), 04:00 (Sofia)"),
    (WINTER, FOUR[:1], "en", ""),
    (WINTER, ("Europe/Budapest", "Europe/Warsaw"), "en", ""),
    (WINTER, (), "en", ""),
    (WINTER, WORLD, "en", "04:45 (UTC-5), 09:45 (UTC+0), 10:45 (UTC+1), 11:45 (UTC+2), 15:15 (UTC+5:30)"),
    (
        datetime(2026, 11, 27, 22, 30, tzinfo=UTC), FOUR[2:], "en",
        "Nov 27 23:30 (Warsaw), Nov 28 00:30 (Sofia)",
    ),
    (
        WINTER, ("Europe/Warsaw", "Europe/Prague", "Europe/Vienna", "Europe/Berlin", "Europe/Sofia"), "en",
        "10:45 (Berlin, Prague, Vienna …), 11:45 (Sofia)",
    ),
    (WINTER, tuple(f"Etc/GMT{hours:+d}" for hours in range(1, 10)), "en", ""),
    (WINTER, ("America/Argentina/Buenos_Aires", "Europe/Sofia"), "en", "06:45 (Buenos Aires), 11:45 (Sofia)"),
])
def test_the_times(at: datetime, zones: tuple[str, ...], language: str, said: str) -> None:
    assert times(at, 30, zones, words(language)) == said


def test_days_are_said_where_it_is_within_days() -> None:
    assert times(WINTER, 3 * 24 * 60, FOUR[2:], words("pl")) == "27 lis 10:45 (Warszawa), 27 lis 11:45 (Sofia)"


@pytest.mark.parametrize(("said", "known"), [
    ("Europe/Warsaw", "Europe/Warsaw"), ("Central European Standard Time", "Europe/Warsaw"), ("Etc/UTC", "Etc/UTC"),
    ("Nowhere/City", None), ("../../etc/passwd", None), ("", None), ("Europe/" + "x" * 80, None), ("Europe", None),
    ("Europe/Warsaw\n", None), ("[x](y)", None),
])
def test_only_a_zone_that_there_is_is_taken(said: str, known: str | None) -> None:
    assert known_zone(said) == known
    assert (zone(said) is not None) == (known == said)


@pytest.mark.parametrize(("country", "known"), [
    ("Polska", "Europe/Warsaw"), (" bulgaria ", "Europe/Sofia"), ("Латвия", "Europe/Riga"), ("HU", "Europe/Budapest"),
    ("Magyarország", "Europe/Budapest"), ("USA", None), ("United States", None), ("Utopia", None), ("", None),
])
def test_a_country_with_one_zone_tells_it(country: str, known: str | None) -> None:
    assert zone_of_country(country) == known


def board(*, group: int = 0) -> Board:
    """Ivan's Teams is in Sofia; Eva said that she is from Poland; of the others nothing is known."""
    people = {
        "ivan": Person("ivan", "Ivan", joined=True), "eva": Person("eva", "Eva", country="Polska", joined=True),
        "ola": Person("ola", "Ola", facilitator=True), "idle": Person("idle", "Idle", country="Japan"),
    }
    w = replace(s.workshop(Status.OPEN, 0), people=people, groups=(Group(1, ("ivan", "ola")), Group(2, ("eva",))))
    return replace(s.board(w), zones={"ivan": "Europe/Sofia", "ola": "Europe/Sofia", "odd": "x"}, group=group)


def test_those_who_are_there_count_and_in_a_group_s_conversation_those_of_the_group() -> None:
    at = board().workshop.closes_at
    assert at is not None
    assert zones_of((Person("a", "A", country="Polska"), Person("b", "B")), {"b": "Not/One"}) == ("Europe/Warsaw",)
    both = closing(at, 10, board(), words("en"))
    assert "(Warsaw)" in both and "(Sofia)" in both and "Tokyo" not in both
    assert closing(at, 10, board(group=1), words("en")) == "", "they are all in one"
    card = draw(StageCard(board(), 0), "en")
    assert f"Closes at {both}. Time for it: " in text_of(card) and "TIME(" not in text_of(card)
    assert "TIME(" in text_of(draw(StageCard(board(group=1), 0), "en"))


def test_the_card_that_says_that_a_step_is_nearly_over() -> None:
    several, alone = board(), board(group=1)
    card = draw(TimeCard(several, 0), "en")
    assert lint(card, user_words=s.TYPED, edited=True, dialog=False) == []
    assert "Closes at " in text_of(card) and "(Warsaw)" in text_of(card) and "answer" in buttons_of(card)
    assert "It closes at {{TIME(" in text_of(draw(TimeCard(alone, 0, 2), "en"))
    assert "Group 2" in text_of(draw(TimeCard(alone, 0, 2), "en"))
    for over in (TimeCard(several, -1), TimeCard(several, 1)):
        assert text_of(draw(over, "en")) == "This reminder is over." and buttons_of(draw(over, "en")) == {}
    number = next(place.number for place in several.workshop.plan.places if place.step.is_break)
    rest = replace(several, workshop=replace(several.workshop, at=number))
    said = draw(TimeCard(rest, number), "en")
    assert "The break ends at " in text_of(said) and buttons_of(said) == {}
