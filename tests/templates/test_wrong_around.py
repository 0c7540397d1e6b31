"""What a template says around its stages: read, given back, and refused with the line and what would be right."""

from __future__ import annotations

import pytest

from templates import from_source, read
from tests.templates.trial import RIGHT, refusal
from workshop.plan import FollowUp, Forming

ABOUT = "lobby_minutes: 5\n"

# name: (what stands in RIGHT, what stands there instead, line of the refusal, how its words begin)
WRONG: dict[str, tuple[str, str, int, str]] = {
    "groups as a number": (ABOUT, "groups: 6\n", 5, "groups is “6”; right would be: keys with values (size, min, max"),
    "groups without size": (ABOUT, "groups: {min: 2}\n", 5, "groups lacks “size”; right would be: “size:” with a"),
    "groups of nobody": (ABOUT, "groups: {size: 0}\n", 5, "“size” of groups is 0; right would be: a whole"),
    "least above size": (
        ABOUT,
        "groups: {size: 6, min: 7}\n",
        5,
        "“min” of groups is 7; right would be: a whole number from 1 to 6",
    ),
    "most below size": (
        ABOUT,
        "groups: {size: 6, max: 5}\n",
        5,
        "“max” of groups is 5; right would be: a whole number from 6 to 100",
    ),
    "groups with people": (
        ABOUT,
        "groups: {size: 6, apart: [Anna, Eva]}\n",
        5,
        "groups has no “apart”; right would be: one of size, min, max, mix_by",
    ),
    "mixed by age": (
        ABOUT,
        "groups: {size: 6, mix_by: [age]}\n",
        5,
        "groups cannot be mixed by “age”; right would be: one of country, institution, role",
    ),
    "mixed by a list": (ABOUT, "groups: {size: 6, mix_by: [[role]]}\n", 5, "groups cannot be mixed by “a list”"),
    "mixed twice": (
        ABOUT,
        "groups: {size: 6, mix_by: [role, role]}\n",
        5,
        "mix_by names “role” twice; right would be: it once",
    ),
    "due too late": (
        ABOUT,
        "follow_up: {report_due_days: 366}\n",
        5,
        "“report_due_days” of follow_up is 366; right would be: a whole number from 0 to 365",
    ),
    "due after everything is erased": (
        ABOUT,
        "follow_up: {plan_due_days: 61}\n",
        5,
        "plan_due_days is 61 days, but what people wrote is erased after 60; right would be: at most 60, or more",
    ),
    "days out of order": (
        ABOUT,
        "follow_up: {check_in_days: [30, 90, 60]}\n",
        5,
        "check_in_days has day 60 after day 90; right would be: each day once, the earliest first",
    ),
    "a day twice": (ABOUT, "follow_up: {check_in_days: [30, 30]}\n", 5, "check_in_days has day 30 after day 30"),
    "a day in words": (
        ABOUT,
        "follow_up: {check_in_days: [soon]}\n",
        5,
        "an entry of check_in_days is “soon”; right would be: a whole number from 1 to 730, without quotation marks",
    ),
    "the day of the end": (ABOUT, "follow_up: {check_in_days: [0]}\n", 5, "an entry of check_in_days is “0”"),
    "a day in two years": (ABOUT, "follow_up: {check_in_days: [731]}\n", 5, "an entry of check_in_days is “731”"),
    "one day": (ABOUT, "follow_up: {check_in_days: 30}\n", 5, "“check_in_days” of follow_up is “30”; right would"),
    "a reminder of nothing": (
        ABOUT,
        "follow_up: {remind: [2]}\n",
        5,
        "remind has day 2, but the last that is due is due on day 0; right would be: days up to the one on which",
    ),
    "a reminder too late": (
        ABOUT,
        "follow_up: {report_due_days: 14, remind: [2, 15]}\n",
        5,
        "remind has day 15, but the last that is due is due on day 14",
    ),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_around_the_stages_is_refused(name: str) -> None:
    before, after, line, words = WRONG[name]
    assert refusal(RIGHT.replace(before, after, 1)).startswith(f"trial.yaml:{line}: {words}")


def test_what_is_right_is_read_and_given_back() -> None:
    around = (
        "groups: {size: 6, min: 4, max: 8, mix_by: [role, country]}\n"
        "follow_up: {report_due_days: 14, plan_due_days: 20, remind: [2, 20], check_in_days: [30, 60]}\n"
    )
    plan = read(RIGHT.replace(ABOUT, around), "trial.yaml")
    assert plan.forming == Forming(6, 4, 8, ("role", "country"))
    assert plan.follow_up == FollowUp(14, 20, (2, 20), (30, 60))
    assert from_source(plan.source) == plan
    short = read(RIGHT.replace(ABOUT, "groups: {size: 5, mix_by: []}\nfollow_up: {}\n"), "trial.yaml")
    assert (short.forming, short.follow_up) == (Forming(5, 1, None, ()), FollowUp())
    assert from_source(short.source) == short
    bare = read(RIGHT, "trial.yaml")
    assert (bare.forming, bare.follow_up) == (None, None)
