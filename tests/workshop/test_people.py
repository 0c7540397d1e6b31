"""Opening, joining, naming, taking over: with hostile names, too long, twice, and by those who may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workshop.paper import ANNA, HOME, SECRET, START, TENANT, Paper, opened, reason
from tests.workshop.session import SESSION
from workshop import commands as c, events as e
from workshop.model import Holder, Person, Status
from workshop.people import CHALLENGE_LIMIT, FIELD_LIMIT
from workshop.plan import in_language
from workshop.refusals import Reason, Refused
from workshop.rules import Facts, Needs, decide, needs

OPEN = c.Open(
    workshop="w1",
    by="tenant:anna",
    name="Anna",
    tenant=TENANT,
    home=HOME,
    plan=SESSION,
    title="Learning",
    language="pl",
    secret=SECRET,
)


# ---- opening


def test_whoever_opens_is_its_facilitator_and_has_not_joined() -> None:
    paper = Paper().opens(by="anna", reserves=(("rasa", "Rasa"), ("anna", "Anna")))
    assert paper.w.people == {
        "anna": Person("anna", "Anna", facilitator=True),
        "rasa": Person("rasa", "Rasa", reserve=True),
    }
    assert (paper.status, paper.w.joined) == (Status.LOBBY, ())
    assert [person.id for person in paper.w.facilitators] == ["anna"]
    assert (paper.w.opened_by, paper.w.opened_at, paper.w.home, paper.w.tenant) == ("anna", START, HOME, TENANT)


@pytest.mark.parametrize(
    ("command", "facts", "why"),
    [
        (OPEN, Facts(openers=frozenset({"other"})), Reason.MAY_NOT_OPEN),
        (OPEN, Facts(holder=Holder("w0")), Reason.ALREADY_OPEN),
        (replace(OPEN, title="x" * (FIELD_LIMIT + 1)), Facts(), Reason.TOO_LONG),
        (replace(OPEN, language="hu"), Facts(), Reason.UNKNOWN_LANGUAGE),
        (replace(OPEN, language=""), Facts(), Reason.UNKNOWN_LANGUAGE),
    ],
)
def test_a_workshop_that_cannot_be_opened(command: c.Open, facts: Facts, why: Reason) -> None:
    outcome = decide(None, command, facts, START)
    assert isinstance(outcome, Refused)
    assert outcome.reason is why


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        (" Two\nlines\u202e ", "Two lines"),
        ("", "Sesja"),
        ("\u200e", "Sesja"),
        ("\u200d\u2800", "Sesja"),
        ("x" * FIELD_LIMIT, "x" * FIELD_LIMIT),
        ("<at>everyone</at>", "<at>everyone</at>"),
    ],
)
def test_the_title_is_cleaned_and_a_workshop_is_never_without(title: str, kept: str) -> None:
    happened = decide(None, replace(OPEN, title=title), Facts(openers=frozenset({"anna"})), START)
    assert isinstance(happened, tuple)
    assert isinstance(happened[0], e.Opened) and happened[0].title == kept


# ---- joining


def test_joining_twice_is_once_and_what_one_says_last_counts() -> None:
    paper = opened()
    for country in ("PL", "BG", "BG"):
        paper.do(c.Join(workshop="w1", by="ivan", name="Ivan", country=country, challenge=" Too\nmany desks "))
    assert [person.id for person in paper.w.joined] == ["ivan", "eva", "ola"]
    assert paper.w.people["ivan"].country == "BG"
    assert paper.w.people["ivan"].challenge == "Too many desks"
    assert paper.w.people["ivan"].language == "en", "no language said leaves the one there was"


@pytest.mark.parametrize(
    ("field", "limit"),
    [("institution", FIELD_LIMIT), ("country", FIELD_LIMIT), ("role", FIELD_LIMIT), ("challenge", CHALLENGE_LIMIT)],
)
def test_what_one_says_of_oneself_has_a_limit(field: str, limit: int) -> None:
    paper = opened()
    join = c.Join(workshop="w1", by="new", name="New")
    outcome = paper.do(replace(join, **{field: "x" * (limit + 1)}))
    assert isinstance(outcome, Refused)
    assert outcome.facts == {"field": field, "given": limit + 1, "limit": limit}
    assert "new" not in paper.w.people
    assert not isinstance(paper.do(replace(join, **{field: "x" * limit})), Refused)


def test_a_language_that_the_template_does_not_have_is_refused() -> None:
    paper = opened()
    assert reason(paper.do(c.Join(workshop="w1", by="new", language="hu"))) == "unknown_language"
    assert reason(paper.do(c.ChooseLanguage(workshop="w1", by="ivan", language="hu"))) == "unknown_language"
    paper.do(c.ChooseLanguage(workshop="w1", by="ivan", name="Ivan", language="pl"))
    assert paper.w.people["ivan"].language == "pl"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("\u202eAnna\x00\nK\ud800", "Anna K"),
        ("x" * 10_000, "x" * FIELD_LIMIT),
        ("", "Ivan"),
        ("\u200d", "Ivan"),
        ("Żaneta 👩‍💻", "Żaneta 👩‍💻"),
    ],
)
def test_a_name_is_kept_clean_and_an_empty_one_leaves_the_one_there_was(name: str, kept: str) -> None:
    paper = opened()
    for command in (
        c.Join(workshop="w1", by="ivan", name=name),
        c.ChooseLanguage(workshop="w1", by="ivan", name=name, language="pl"),
        c.NameFacilitator(workshop="w1", by=ANNA, people=(("ivan", name),)),
        c.NameModerator(workshop="w1", by=ANNA, people=(("ivan", name),)),
    ):
        paper.do(c.Join(workshop="w1", by="ivan", name="Ivan"))
        assert not isinstance(paper.do(command), Refused)
        assert paper.w.people["ivan"].name == kept


def test_somebody_without_a_name_is_somebody_all_the_same() -> None:
    paper = opened()
    paper.do(c.Join(workshop="w1", by="new"))
    assert paper.w.people["new"] == Person("new", "", joined=True)


def test_people_who_are_named_keep_what_they_are_already() -> None:
    paper = opened().names_moderator("ivan").names_facilitator("ivan").names_facilitator("ivan")
    assert paper.w.people["ivan"] == Person("ivan", "Ivan", "en", joined=True, facilitator=True, moderator=True)


# ---- taking over


def reserve_there() -> Paper:
    paper = Paper().opens(reserves=(("rasa", "Rasa"),))
    return paper.joins("ivan").names_moderator("moni").starts()


def test_a_reserve_takes_over_after_five_silent_minutes_and_not_before() -> None:
    paper = reserve_there().later(minutes=4, seconds=59)
    early = paper.do(c.TakeOver(workshop="w1", by="rasa"))
    assert isinstance(early, Refused)
    assert (early.reason, early.facts) == (Reason.FACILITATOR_ACTIVE, {"who": "Anna", "minutes": 5})
    paper.later(seconds=1)
    paper.do(c.TakeOver(workshop="w1", by="rasa"))
    assert paper.w.people["rasa"].facilitator
    assert paper.w.people[ANNA].facilitator, "she is not thrown out"
    assert paper.next(by="rasa").status is Status.OPEN


def test_a_moderator_takes_over_only_where_there_is_no_reserve() -> None:
    paper = reserve_there().later(minutes=6)
    refused = paper.do(c.TakeOver(workshop="w1", by="moni"))
    assert refused == Refused(Reason.ONLY_RESERVES, {"reserves": "Rasa"})
    paper = opened().names_moderator("moni").later(minutes=6)
    assert not isinstance(paper.do(c.TakeOver(workshop="w1", by="moni")), Refused)


def test_whatever_a_facilitator_does_is_a_sign_of_life_and_what_others_do_is_not() -> None:
    for sign in (
        c.AllowLate(workshop="w1", by=ANNA, allowed=True),
        c.NameModerator(workshop="w1", by=ANNA, people=(("x", "X"),)),
        c.PostBoardAgain(workshop="w1", by=ANNA),
        c.Nudge(workshop="w1", by=ANNA),
    ):
        paper = reserve_there().later(minutes=3)
        paper.do(sign)
        paper.later(minutes=3)
        assert reason(paper.do(c.TakeOver(workshop="w1", by="rasa"))) == "facilitator_active"
    paper = reserve_there().later(minutes=3)
    paper.says("ivan", K1=["alpha"])
    paper.do(c.PostBoardAgain(workshop="w1", by="ivan"))
    paper.later(minutes=2)
    assert not isinstance(paper.do(c.TakeOver(workshop="w1", by="rasa")), Refused)


def test_in_a_lobby_in_which_nothing_has_happened_silence_counts_from_the_opening() -> None:
    paper = Paper().opens(reserves=(("rasa", "Rasa"),))
    paper.maybe = replace(paper.w, acted_at=None)
    assert reason(paper.do(c.TakeOver(workshop="w1", by="rasa"))) == "facilitator_active"
    assert not isinstance(paper.later(minutes=5).do(c.TakeOver(workshop="w1", by="rasa")), Refused)


def test_what_the_clock_takes_no_part_in_has_a_reason_too() -> None:
    assert reason(opened().do(c.Join(workshop="w1", by=c.SYSTEM))) == "only_facilitators"


# ---- what a command needs to know, and small words


def test_a_command_reads_only_the_answers_that_it_needs() -> None:
    paper = opened()
    w = paper.w
    assert needs(None, OPEN) == Needs()
    assert needs(w, c.Join(workshop="w1", by="ivan")) == Needs()
    assert needs(w, c.Start(workshop="w1", by=ANNA)) == Needs()
    assert needs(w, c.PickItems(workshop="w1", by=ANNA, prompt="K4", keys=())).prompts == frozenset({"K1"})
    assert needs(w, c.PickItems(workshop="w1", by=ANNA, prompt="K2", keys=())).prompts == frozenset()
    assert needs(w, c.PickItems(workshop="w1", by=ANNA, prompt="?", keys=())).prompts == frozenset()
    assert needs(w, c.HideEntry(workshop="w1", by=ANNA, entry="?")).prompts is None
    running = paper.starts().w
    assert needs(running, c.Next(workshop="w1", by=ANNA)).prompts == frozenset({"K1"})
    assert needs(running, c.Reopen(workshop="w1", by=ANNA)).prompts == frozenset()
    assert needs(running, c.Back(workshop="w1", by=ANNA)).prompts == frozenset()
    assert needs(running, c.SubmitAnswers(workshop="w1", by="ivan", step=0, given={})) == Needs()


def test_a_text_in_a_language_or_the_next_best() -> None:
    assert in_language({"en": "Yes", "pl": "Tak"}, "pl") == "Tak"
    assert in_language({"en": "Yes", "pl": "Tak"}, "hu") == "Yes"
    assert in_language({"en": "Yes", "pl": "Tak"}, "hu", "pl") == "Tak"
    assert in_language({"": "Jā", "en": "Yes"}, "hu") == "Jā"
    assert in_language({"bg": "Да"}, "hu") == "Да"
    assert in_language({}, "hu") == ""


def test_a_plan_counts_its_minutes_and_knows_its_closing_sentences() -> None:
    assert SESSION.minutes == 15 + 25 + 10 + 20 + 10
    assert [prompt.id for prompt in SESSION.summary_prompts()] == ["C1"]
    assert [place.step_number for place in SESSION.places] == [0, 1, 2, 0, 0, 1, 0]
