"""Practices put in before the session: recorded, replaced, refused, and asked about where the template says."""

from __future__ import annotations

import pytest

from templates import WrongTemplate, read
from tests.templates.trial import RIGHT
from tests.workshop.paper import ANNA, Paper, names, opened, reason
from tests.workshop.session import CARRIED, DOTS, TEXT, asks, plan_of, step
from workshop import commands as c
from workshop.model import Practice
from workshop.plan import PRACTICES, Source, in_language
from workshop.practices import LIMITS, MOST, is_link, of_rows
from workshop.refusals import Reason, Refused

ABOUT = plan_of(
    [
        step("vote", asks("V", "vote", DOTS, Source(PRACTICES))),
        step("choose", asks("A", "choice", CARRIED, Source(PRACTICES, 1))),
    ],
    [step("say", asks("T", "text", TEXT))],
    [],
    [],
)
DAYS = Practice("Open days", "LV", "Riga", "Everybody may ask", "https://example.lv/days?x=1")
DESK = Practice(" One\ndesk ", core="One person knows all")


def adds(paper: Paper, *practices: Practice, by: str = ANNA) -> object:
    return paper.do(c.AddPractices(workshop="w1", by=by, practices=practices))


def test_practices_are_what_a_vote_and_a_choice_ask_about() -> None:
    paper = Paper(ABOUT).opens().joins("ivan").practices(DAYS, DESK).starts()
    assert paper.items("V") == ["Open days (LV)", "One desk"]
    assert {item.origin for item in paper.w.items["V"]} == {PRACTICES}
    assert not isinstance(paper.dots("ivan", "V", **{"One desk": 2}), Refused)
    assert paper.next().items("A") == ["Open days (LV)"], "the first so many"


def test_without_practices_what_asks_about_them_is_passed_over() -> None:
    paper = Paper(ABOUT).opens().starts()
    assert paper.w.place is not None and paper.w.place.step.id == "choose", "an own option can be given"
    assert paper.items("A") == []


def test_the_same_title_is_the_same_practice() -> None:
    paper = opened().practices(DAYS, DESK)
    assert names(adds(paper, Practice("OPEN days", "PL"))) == ["PracticesChanged"]  # type: ignore[arg-type]
    assert [(one.title, one.country) for one in paper.w.practices] == [("OPEN days", "PL"), ("One desk", "")]
    assert adds(paper, Practice("OPEN days", "PL")) == (), "nothing changed"
    removed = paper.do(c.RemovePractices(workshop="w1", by=ANNA, titles=("open days", "never there")))
    assert names(removed) == ["PracticesChanged"] and [one.title for one in paper.w.practices] == ["One desk"]
    assert paper.do(c.RemovePractices(workshop="w1", by=ANNA, titles=("open days",))) == ()


@pytest.mark.parametrize(
    ("practice", "facts"),
    [
        (Practice("\u200b "), {"row": 2, "field": "title", "why": "missing", "limit": 120}),
        (Practice("x" * 121), {"row": 2, "field": "title", "why": "long", "limit": 120}),
        (Practice("x", core="y" * 281), {"row": 2, "field": "core", "why": "long", "limit": 280}),
        (Practice("x", link="javascript:alert(1)"), {"row": 2, "field": "link", "why": "link", "limit": 500}),
    ],
)
def test_one_wrong_practice_and_none_is_recorded(practice: Practice, facts: dict[str, object]) -> None:
    paper = opened()
    refused = adds(paper, DAYS, practice)
    assert reason(refused) == Reason.WRONG_PRACTICES
    assert isinstance(refused, Refused) and refused.facts == facts
    assert paper.w.practices == ()


def test_none_at_all_too_many_and_by_whom_not() -> None:
    paper = opened()
    assert reason(adds(paper)) == Reason.WRONG_PRACTICES
    assert reason(adds(paper, DAYS, by="ivan")) == Reason.ONLY_FACILITATORS
    paper.practices(*(Practice(f"Practice {n}") for n in range(MOST)))
    refused = adds(paper, DAYS)
    assert isinstance(refused, Refused) and refused.facts == {"why": "many", "given": MOST + 1, "limit": MOST}
    assert len(paper.w.practices) == MOST


@pytest.mark.parametrize("link", ["https://a.example", "http://a.example:8080/x?y=z#w", "https://xn--rga-2la.lv/%C4%93"])
def test_a_link_is_an_address_that_a_browser_opens(link: str) -> None:
    assert is_link(link)


@pytest.mark.parametrize(
    "link",
    ["example.lv", "ftp://a.example", "https://", "https:///x", "//a.example", "https://a b", "https://rīga.lv",
     "https://user@a.example", "https://a.example/(x)", "https://[::1", "data:text/html,x", "https://a\x00b"],
)  # fmt: skip
def test_anything_else_is_none(link: str) -> None:
    assert not is_link(link)


def test_a_row_is_a_practice_as_far_as_it_goes() -> None:
    assert of_rows([["Open days", "LV"], ["One desk"]]) == (Practice("Open days", "LV"), Practice("One desk"))
    for row in ([], ["x"] * (len(LIMITS) + 1)):
        with pytest.raises(ValueError, match="2"):
            of_rows([["fine"], row])


def test_a_template_asks_about_practices_and_a_prompt_of_that_name_comes_first() -> None:
    plan = read(RIGHT.replace("from: K1", "from: practices"), "trial.yaml")
    assert plan.prompts["A1"].source == Source(PRACTICES, 5)
    with pytest.raises(WrongTemplate, match="does not ask about items"):
        read(RIGHT.replace("            reveal: by_facilitator", "            from: practices"), "trial.yaml")
    named = read(RIGHT.replace("id: K1", "id: practices").replace("from: K1", "from: practices"), "trial.yaml")
    paper = Paper(named).opens().joins("ivan").practices(DAYS).starts()
    paper.says("ivan", practices=["from the prompt"])
    while paper.w.place is not None and paper.w.place.step.prompts and paper.w.place.step.prompts[0].id != "A1":
        paper.next()
        if paper.w.place.step.is_break:
            paper.next()
    assert [in_language(item.label, "en") for item in paper.w.items["A1"]] == ["from the prompt"]
