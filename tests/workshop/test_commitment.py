"""Commitments: what and by when make one; real days only; shown and carried only with their author's consent."""

from __future__ import annotations

from datetime import date

import pytest

from tests.workshop.forms import answers, parse
from tests.workshop.paper import Paper
from tests.workshop.session import DOTS, asks, plan_of, step
from tests.workshop.test_kinds import Fields
from workshop.model import MINIMUM
from workshop.plan import Source
from workshop.prompts import KINDS, kind_of
from workshop.prompts.commitment import CommitmentResult, CommitmentRules, commitments
from workshop.refusals import Wrong

WILL = asks("C", "commitment", CommitmentRules(2, 30, False))
ONE = {"1.what": "Call Eva", "1.by": "2026-12-01"}


def made(*found: tuple[str, str], shown: bool = True, sign: str = "") -> dict[str, object]:
    return {
        "commitments": [{"what": what, "with": "", "sign": sign, "by": by} for what, by in found],
        "shown": shown,
    }


def test_settings_and_what_stands_where_none_is_given() -> None:
    fields = Fields(most=3, within_days=30, shown=True)
    assert KINDS["commitment"].read(fields) == CommitmentRules(3, 30, True)
    assert (fields.limits["most"], fields.limits["within_days"]) == ((1, 3), (0, 366))
    assert KINDS["commitment"].read(Fields()) == CommitmentRules(2, 0, False)
    assert kind_of(WILL).asks(WILL, ())


def test_a_commitment_is_kept_with_all_that_belongs_to_it() -> None:
    full = {**ONE, "1.with": " Ola\n", "1.sign": "she answers", "2.what": " ", "shown": "true"}
    assert parse(WILL, **full) == {
        "commitments": [{"what": "Call Eva", "with": "Ola", "sign": "she answers", "by": "2026-12-01"}],
        "shown": True,
    }
    second = {"2.what": "Write it down", "2.by": " 2027-01-31 "}
    assert parse(WILL, **second) == made(("Write it down", "2027-01-31"), shown=False)
    assert parse(WILL, **ONE, **second) == made(
        ("Call Eva", "2026-12-01"), ("Write it down", "2027-01-31"), shown=False
    )


def test_the_same_twice_is_once_and_a_third_is_not_read() -> None:
    again = {"2.what": "Call  Eva ", "2.by": "2026-12-01", "3.what": "More", "3.by": "2026-12-01"}
    assert parse(WILL, **ONE, **again) == made(("Call Eva", "2026-12-01"), shown=False)


@pytest.mark.parametrize("agreed", ["false", "", "yes", "True", "1"])
def test_only_the_button_that_says_so_is_consent(agreed: str) -> None:
    assert parse(WILL, **ONE, shown=agreed) == made(("Call Eva", "2026-12-01"), shown=False)
    assert parse(WILL, **ONE, shown="true") == made(("Call Eva", "2026-12-01"), shown=True)


@pytest.mark.parametrize("given", [{}, {"shown": "true"}, {"1.what": " ", "1.by": "\n", "2.sign": "\u200b"}])
def test_nothing_is_no_commitment(given: dict[str, str]) -> None:
    assert parse(WILL, **given) is None


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"1.what": "a"}, [("1.by", Wrong.REQUIRED, 0, 0)]),
        ({"1.by": "2026-12-01"}, [("1.what", Wrong.REQUIRED, 0, 0)]),
        ({"2.sign": "a"}, [("2.what", Wrong.REQUIRED, 0, 0), ("2.by", Wrong.REQUIRED, 0, 0)]),
        ({**ONE, "1.what": "x" * 281}, [("1.what", Wrong.TOO_LONG, 281, 280)]),
        ({**ONE, "1.with": "x" * 141}, [("1.with", Wrong.TOO_LONG, 141, 140)]),
        ({**ONE, "1.sign": "x" * 281}, [("1.sign", Wrong.TOO_LONG, 281, 280)]),
        ({**ONE, "2.with": "Ola"}, [("2.what", Wrong.REQUIRED, 0, 0), ("2.by", Wrong.REQUIRED, 0, 0)]),
    ],
)
def test_what_is_missing_or_too_long_is_said_at_its_field(
    given: dict[str, str], found: list[tuple[str, Wrong, int, int]]
) -> None:
    problems = parse(WILL, **given)
    assert isinstance(problems, tuple)
    assert [(one.part, one.wrong, one.given, one.limit) for one in problems] == found


@pytest.mark.parametrize("day", ["2000-01-01", "2028-02-29", "2100-12-31", " 2026-12-01\n"])
def test_a_day_of_the_calendar(day: str) -> None:
    assert parse(WILL, **{"1.what": "a", "1.by": day}) == made(("a", day.strip()), shown=False)


@pytest.mark.parametrize(
    "day",
    [
        *("1999-12-31", "2101-01-01", "2027-02-29", "2026-13-01", "2026-12-00", "2026-12-1", "20261201", "2026-W49-2"),
        *("01.12.2026", "2026/12/01", "２０２６-12-01", "٢٠٢٦-١٢-٠١", "2026-12-01T10:00", "soon", "9" * 5000),
    ],
)
def test_what_is_no_day_is_refused(day: str) -> None:
    problems = parse(WILL, **{"1.what": "a", "1.by": day})
    assert isinstance(problems, tuple)
    assert [(one.part, one.wrong) for one in problems] == [("1.by", Wrong.NOT_A_DATE)]


def test_only_what_its_author_agreed_to_is_shown_to_anybody_and_carried() -> None:
    given = answers(
        WILL,
        ivan=made(("Later", "2027-06-01"), ("Soon", "2026-12-01")),
        eva=made(("Secret", "2026-12-02"), shown=False),
        ola=made(("soon.", "2026-12-24")),
    )
    kind = kind_of(WILL)
    result = kind.tally(WILL, (), given, {"ivan": "Ivan", "eva": "Eva"}, frozenset())
    assert isinstance(result, CommitmentResult)
    assert [(one.commitment.what, one.commitment.by, one.who) for one in result.shown] == [
        ("Soon", date(2026, 12, 1), "Ivan"),
        ("soon.", date(2026, 12, 24), ""),
        ("Later", date(2027, 6, 1), "Ivan"),
    ]
    assert (result.people, result.made, result.size) == (3, 4, 3)
    assert kind.entries(WILL, given[1]) == (), "and no moderator reads it"
    carried = kind.carry(WILL, (), given, frozenset())
    assert [(item.label[""], item.weight, len(item.entries)) for item in carried] == [("Soon", 2, 2), ("Later", 1, 1)]


def test_a_hidden_one_is_neither_shown_nor_carried_and_a_new_day_does_not_bring_it_back() -> None:
    kind = kind_of(WILL)
    before = answers(WILL, ivan=made(("Rude", "2026-12-01"), sign="ruder"))
    ((entry, words),) = kind.entries(WILL, before[0])
    assert words == "Rude · ruder"
    after = answers(WILL, ivan=made(("Rude", "2026-12-09"), sign="ruder"))
    for given in (before, after):
        result = kind.tally(WILL, (), given, {}, frozenset({entry}))
        assert isinstance(result, CommitmentResult)
        assert (result.shown, result.made) == ((), 1)
        assert kind.carry(WILL, (), given, frozenset({entry})) == ()
    twice = answers(WILL, ivan=made(("Rude", "2026-12-01"), ("Rude", "2026-12-09"), sign="ruder"))
    names = [name for name, _ in kind.entries(WILL, twice[0])]
    assert len(set(names)) == 2 and entry in names


@pytest.mark.parametrize(("length", "fit"), [(1, 29), (140, 20), (280, 15), (0, 30)])
def test_a_page_has_room_for_whole_commitments(length: int, fit: int) -> None:
    given = answers(WILL, ivan=made(("x" * length, "2026-12-01"))) if length else []
    assert kind_of(WILL).tally(WILL, (), given, {}, frozenset()).per_page == fit


def test_what_is_stored_in_another_shape_is_no_commitment() -> None:
    assert commitments({"commitments": "many", "shown": True}) == ()
    assert kind_of(WILL).unparse(WILL, {"commitments": None, "shown": "true"}) == {"shown": "false"}


def test_a_form_filled_with_commitments_gives_them_again() -> None:
    kind, value = kind_of(WILL), made(("a", "2026-12-01"), ("b", "2026-12-02"), sign="c")
    assert kind.parse(WILL, (), kind.unparse(WILL, value)) == value


def test_from_commitments_to_a_vote() -> None:
    plan = plan_of([step("one", WILL, minutes=3)], [step("two", asks("V", "vote", DOTS, Source("C")))])
    paper = Paper(plan).opens().joins("ivan", "eva").starts()
    paper.says("ivan", C={**ONE, "shown": "true"})
    paper.says("eva", C={"1.what": "Keep it to myself", "1.by": "2026-12-01", "shown": "false"})
    assert paper.next().items("V") == ["Call Eva"]


def test_anonymous_commitments_show_from_three_people_on() -> None:
    plan = plan_of([step("one", asks("C", "commitment", CommitmentRules(1, 0, True), anonymous=True))])
    paper = Paper(plan).opens().joins("ivan", "eva", "ola").starts()
    for number, who in enumerate(("ivan", "eva", "ola"), 1):
        paper.says(who, C={**ONE, "shown": "true"})
        paper.closes()
        assert (paper.shown("C").result is None) == (number < MINIMUM)
        paper.reopens()
