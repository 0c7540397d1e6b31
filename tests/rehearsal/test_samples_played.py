"""Kinds played on paper: people fill in the real form, the rules count, and the page shows what they gave; and not if
anything of it is changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import pytest

from cards import draw
from dialogs.answering import fields as fields_of
from rehearsal.asked import asked_in
from rehearsal.awkward import awkward
from rehearsal.comparison import Verdict, compare
from rehearsal.participant import Submitted
from rehearsal.persona import Persona, people
from rehearsal.reading import all_fields, buttons, fill
from rehearsal.shown import read_board
from tests.workshop.paper import Paper
from tests.workshop.session import asks, plan_of, step
from workshop.model import Answer, Person
from workshop.plan import Item, Prompt, as_written
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.commitment import CommitmentRules
from workshop.prompts.form import FormField, FormRules
from workshop.prompts.points import PointsRules
from workshop.prompts.ranking import RankingRules
from workshop.refusals import Refused
from workshop.tally import board_of, pages
from workshop.views import AnswerForm, BoardPage, PromptForm

TODAY = date(2026, 11, 22)
OPTIONS = (
    Item("a", {"en": "Job shadowing", "pl": "Staże obserwacyjne"}),
    Item("b", {"en": "A guide", "pl": "Poradnik"}),
    Item("c", {"en": "1. **Numbers** first", "pl": "Najpierw liczby"}),
    Item("d", as_written("<at>Everybody</at> {{DATE()}} 2 people")),
)
FORM = FormRules(
    (
        FormField("what", {"en": "What happened", "pl": "Co się stało"}, 500, True, True),
        FormField("then", {"en": "What", "pl": "Co"}, 200, False, False),
    )
)
PROMPTS = {
    "ranking": asks("R", "ranking", RankingRules(OPTIONS, 3, 0)),
    "ranking of all": asks("R", "ranking", RankingRules(OPTIONS, 20, 2)),
    "points": asks("P", "points", PointsRules(OPTIONS, 1000)),
    "form": asks("F", "form", FORM),
    "commitment": asks("C", "commitment", CommitmentRules(2, 30, False)),
    "several": asks("S", "choices", ChoiceRules(OPTIONS, 20, True)),
}
every = pytest.mark.parametrize("name", PROMPTS)


class Played:
    """A session of one question, answered by simulated people in their own languages."""

    def __init__(self, prompt: Prompt, crowd: Sequence[Persona]) -> None:
        self.paper = Paper(plan_of([step("one", prompt)]))
        self.paper.opens().joins(*(f"p{n}" for n in range(len(crowd)))).starts()
        self.prompt, self.refused = prompt, 0
        self.given = [self.answers(f"p{n}", person) for n, person in enumerate(crowd)]
        self.paper.closes()

    def answers(self, who: str, persona: Persona) -> Submitted:
        """Until the bot takes it."""
        for attempt in range(4):
            w, place = self.paper.w, self.paper.w.place
            assert place is not None
            asked = PromptForm(self.prompt, w.shown_items(self.prompt.id), {})
            card = draw(AnswerForm(w, place, Person(who, who), (asked,)), persona.language)
            data = buttons(card)[0].action["data"]
            filled = fill(all_fields(card), persona.fill(all_fields(card), data, attempt))
            assert [one.complaint() for one in filled] == [""] * len(filled), "Teams would send it"
            sent = {one.id: one.value for one in filled if one.value}
            outcome = self.paper.says(who, 0, **{self.prompt.id: fields_of(self.prompt, sent)})
            if not isinstance(outcome, Refused):
                asked_of = asked_in(card, filled, data)
                return Submitted(who, "w1", "0", "knowledge", (self.prompt.id,), sent, 0.0, asked_of)
            self.refused += 1
        raise AssertionError(f"{persona} is refused however often")

    def pages(self, answers: Sequence[Answer] = (), language: str = "en") -> list[dict[str, Any]]:
        """The board's pages, of these answers or of those that were kept."""
        board = board_of(self.paper.w, answers or self.paper.kept.values())
        found = pages(board)
        return [draw(BoardPage(board, page, n, len(found)), language) for n, page in enumerate(found)]

    def verdict(self, cards: Sequence[Mapping[str, Any]]) -> Verdict:
        return compare(self.given, (), read_board(cards), {f"p{n}": f"P{n}" for n in range(len(self.given))})


@cache
def played_by(number: int, language: str | None, name: str) -> Played:
    """So many people answered; nothing of it is changed afterwards, so that it is played once."""
    return Played(PROMPTS[name], people(number, language, 8, TODAY))


@every
@pytest.mark.parametrize("strange", [False, True])
def test_the_board_shows_what_people_were_told_was_kept(name: str, strange: bool) -> None:
    crowd = people(60, None, 5, TODAY)
    played = Played(PROMPTS[name], [awkward(person) if strange else person for person in crowd])
    for language in ("en", "pl"):
        verdict = played.verdict(played.pages(language=language))
        assert verdict.wrong == ()
        assert sum(verdict.compared.values()) > 3


@pytest.mark.parametrize("name", ["ranking", "points", "commitment"])
def test_the_careless_are_refused_first(name: str) -> None:
    crowd = people(60, "pl", 5, TODAY)
    assert 0 < Played(PROMPTS[name], crowd).refused <= 2 * sum(person.careless for person in crowd)


@every
def test_an_answer_that_is_not_counted_or_not_as_it_was_given_is_seen(name: str) -> None:
    played = played_by(12, None, name)
    kept = list(played.paper.kept.values())
    public = next(n for n, one in enumerate(kept) if one.value.get("shown", True))
    without = [*kept[:public], *kept[public + 1 :]]
    assert played.verdict(played.pages(without)).wrong
    doubled = [*kept, Answer(kept[public].prompt, "somebody", kept[public].value)]
    assert played.verdict(played.pages(doubled)).wrong


@pytest.mark.parametrize(
    ("name", "field", "other"),
    [
        ("form", "what", "Something else"),
        ("commitment", "what", "Something else"),
        ("commitment", "with", "somebody else"),
        ("commitment", "sign", "Something else"),
    ],
)
def test_other_words_in_one_field_are_seen(name: str, field: str, other: str) -> None:
    played = played_by(20, "en", name)
    kept = list(played.paper.kept.values())
    number, one = next((n, one) for n, one in enumerate(kept) if one.value.get("shown", True))
    value: Any = dict(one.value)
    if name == "form":
        value["fields"] = {**value["fields"], field: other}
    else:
        value["commitments"] = [{**value["commitments"][0], field: other}, *value["commitments"][1:]]
    kept[number] = Answer(one.prompt, one.author, value)
    assert played.verdict(played.pages(kept)).wrong


def test_a_field_under_another_name_is_seen() -> None:
    played = played_by(12, "en", "form")
    cards = [_renamed(card, "What happened: ", "What: ") for card in played.pages()]
    assert played.verdict(cards).wrong


def test_a_commitment_without_its_day_is_seen() -> None:
    played = played_by(12, "en", "commitment")
    assert played.verdict([_without_days(card) for card in played.pages()]).wrong


def test_what_nobody_agreed_to_show_is_foreign() -> None:
    played = played_by(20, "en", "commitment")
    kept = list(played.paper.kept.values())
    private = [one for one in kept if not one.value["shown"]]
    assert private
    agreed = [Answer(one.prompt, one.author, {**one.value, "shown": True}) for one in kept]
    assert played.verdict(played.pages(agreed)).wrong


def _renamed(node: Any, before: str, after: str) -> Any:
    if isinstance(node, dict):
        return {name: _renamed(part, before, after) for name, part in node.items()}
    if isinstance(node, list):
        return [_renamed(part, before, after) for part in node]
    return node.replace(before, after) if isinstance(node, str) else node


def _without_days(node: Any) -> Any:
    """The days of a card are gone."""
    if isinstance(node, dict):
        text = node.get("text")
        gone = {"text": re.sub(r"\d", "", text)} if isinstance(text, str) and text.startswith("by ") else {}
        return {name: _without_days(part) for name, part in node.items()} | gone
    if isinstance(node, list):
        return [_without_days(part) for part in node]
    return node
