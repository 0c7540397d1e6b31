"""What cards say of prompts that are asked per group: groups where people are counted and named otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from cards import draw, elements as el, phrases as ph
from cards.prompts import PROMPT_CARDS
from cards.summary import sentences
from cards.voices import who
from drawings.of_board import summary_of
from locales import words
from tests.cards.walk import text_of
from tests.workshop.paper import Paper
from tests.workshop.session import DOTS, ONE_COLUMN, SENTENCE, TEXT, asks, plan_of, step
from workshop.groupwork import GroupName
from workshop.plan import Item, Plan, Prompt
from workshop.prompts.commitment import CommitmentRules
from workshop.prompts.form import FormField, FormRules
from workshop.prompts.matrix import MatrixRules
from workshop.prompts.points import PointsRules
from workshop.prompts.ranking import RankingRules
from workshop.prompts.rating import RatingRules
from workshop.views import BoardCard, GroupsCard, StageCard

EN, PL = words("en"), words("pl")
ITEMS = (Item("a", {"en": "Alpha"}), Item("b", {"en": "Beta"}))
"""What is asked about."""


def per_group(kind: str, rules: object, **more: object) -> Prompt:
    return replace(asks("G", kind, rules), per_group=True, **more)  # type: ignore[arg-type]


def answered(prompt: Prompt, *forms: Mapping[str, str]) -> Paper:
    """A step that each of so many groups has answered, closed."""
    # Beside a text, because a vote on nothing would be passed over.
    plan = plan_of([replace(step("one", prompt, asks("T", "text", TEXT)), in_groups=True)], [], [], [])
    people = [f"p{number}" for number in range(len(forms))]
    paper = Paper(plan).opens().joins(*people).grouped(*((one,) for one in people)).starts()
    paper.maybe = replace(paper.w, items={prompt.id: ITEMS})
    for one, form in zip(people, forms, strict=True):
        assert isinstance(paper.says(one, G=form), tuple)
    return paper.closes()


def result(paper: Paper, say: object = EN) -> str:
    shown = paper.shown("G")
    drawn = PROMPT_CARDS[shown.prompt.kind].result(shown, say, "en", 5)  # type: ignore[arg-type]
    return text_of(el.card([*drawn], [], "en"))


@pytest.mark.parametrize(
    ("prompt", "form", "english", "polish"),
    [
        (per_group("vote", DOTS), {"a": "2"}, "from 3 groups", "od 3 grup"),
        (
            per_group("ranking", RankingRules(ITEMS, 2, 0)),
            {"a": "1"},
            "placed by 3 groups",
            "miejsce przyznały 3 grupy",
        ),
        (per_group("points", PointsRules(ITEMS, 10)), {"a": "10"}, "median of a group: 10", "mediana na grupę: 10"),
        (
            per_group("matrix", MatrixRules(ITEMS, ({"en": "x"}, {"en": "y"}), 5, None)),
            {"a.x": "1", "a.y": "2"},
            "3 groups",
            "3 grupy",
        ),
        (per_group("text", TEXT), {"": "said"}, "said ×3 — Group 1, Group 2, Group 3", "Grupa 1, Grupa 2, Grupa 3"),
        (per_group("notes", ONE_COLUMN), {"all": "note"}, "note ×3 — Group 1, Group 2", "Grupa 1, Grupa 2"),
        (
            per_group("form", FormRules((FormField("f", {"en": "Field"}, 50, False, False),))),
            {"f": "filled"},
            "Group 2",
            "Grupa 2",
        ),
        (
            per_group("commitment", CommitmentRules(1, 0, shown=True)),
            {"1.what": "we will", "1.by": "2026-12-01", "shown": "true"},
            "we will — Group 2",
            "we will — Grupa 2",
        ),
    ],
    ids=lambda given: given.kind if isinstance(given, Prompt) else "",
)
def test_groups_are_counted_and_named(prompt: Prompt, form: Mapping[str, str], english: str, polish: str) -> None:
    paper = answered(prompt, form, form, form)
    assert english in result(paper) and polish in result(paper, PL)


def test_a_shift_is_of_groups() -> None:
    rules = RatingRules(1, 10, None)
    first = replace(asks("R", "rating", rules), per_group=True)
    again = replace(asks("G", "rating", rules), per_group=True, again="R")
    plan = plan_of(
        [replace(step("one", first), in_groups=True), replace(step("two", again), in_groups=True)], [], [], []
    )
    people = ("ivan", "eva", "ola")
    paper = Paper(plan).opens().joins(*people).grouped(*((one,) for one in people)).starts()
    for one in people:
        paper.says(one, R="3")
    paper.next()
    for number, one in enumerate(people):
        paper.says(one, G="5")
        few = number < 2
        paper.closes()
        words_ = result(paper)
        assert ("A shift is shown from 3 groups on" in words_) == few
        assert ("3 groups answered both times." in words_) != few
        paper.reopens()


def test_who_sees_what_is_said_of_the_group() -> None:
    text, vote = per_group("text", TEXT), per_group("vote", DOTS)
    consent = per_group("commitment", CommitmentRules(1, 0, shown=False))
    assert ph.sight(text, EN).startswith("Once for each group, with its number · ")
    assert ph.sight(consent, EN).startswith("Once for each group, with its number if it agrees · ")
    assert ph.privacy(text, EN).startswith("Shown with the number of your group; who wrote it stands only in")
    assert ph.privacy(vote, EN).startswith("Kept for your group; the board shows only how many.")
    assert ph.privacy(consent, EN).startswith("Kept for your group; shown with its number only if you agree")
    assert ph.privacy(text, PL).startswith("Widoczne z numerem Państwa grupy")


@pytest.mark.parametrize(
    ("name", "english", "polish"),
    [
        ("Ivan", "Ivan", "Ivan"),
        ("group:2", "group:2", "group:2"),
        (GroupName("group:2", 1), "Group 2", "Grupa 2"),
        (GroupName("group:2", 2), "Group 2 (as it was before)", "Grupa 2 (w poprzednim składzie)"),
        (GroupName("group:0", 2), "Everybody together", "Wszyscy razem"),
    ],
)
def test_whose_it_is(name: str, english: str, polish: str) -> None:
    assert (who(name, EN), who(name, PL)) == (english, polish)


def sentence_plan() -> Plan:
    ours = replace(asks("G", "text", SENTENCE, on_summary=True), per_group=True)
    before = [[step(id, asks(id, "text", TEXT))] for id in "abc"]
    return plan_of(*before, [replace(step("one", ours), in_groups=True)])


def test_a_group_s_sentence_is_on_the_closing_picture() -> None:
    paper = Paper(sentence_plan()).opens().joins("ivan", "eva").grouped(("ivan",), ("eva",)).to_step(3)
    paper.says("eva", G="we take this home")
    words_ = text_of(draw(StageCard(paper.board(), 3), "en"))
    assert "Once for each group, with its number" in words_ and "each group works on what it gave" not in words_
    paper.finishes()
    assert [(one.text, one.who) for one in summary_of(paper.board()).sentences] == [("we take this home", "Group 2")]
    assert "we take this home — Group 2" in text_of(el.card(sentences(paper.board(), EN), [], "en"))
    assert "we take this home — Group 2" in text_of(draw(BoardCard(paper.board()), "en"))
    assert "Eva answers" not in text_of(draw(GroupsCard(paper.w), "en")), "who speaks is the group's own business"


def test_what_a_group_gave_weighs_in_groups() -> None:
    notes = per_group("notes", ONE_COLUMN)
    plan = plan_of([replace(step("one", notes), in_groups=True)], [], [], [])
    item = Item("k", {"": "desk"}, "G", 2)
    assert ph.gathered(item, plan, EN) == "from 2 groups" and ph.gathered(item, plan, PL) == "od 2 grup"
