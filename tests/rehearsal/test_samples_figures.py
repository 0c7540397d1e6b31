"""Simulated people fill in real forms of figures, and real boards are compared: what is wrong is found, no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cards import draw
from locales import LANGUAGES, words
from rehearsal.asked import asked_in
from rehearsal.comparison import compare
from rehearsal.participant import Submitted
from rehearsal.persona import people
from rehearsal.reading import Field, all_fields, buttons
from rehearsal.samples.figures import told_spread
from rehearsal.shown import read_board
from tests.workshop.paper import Paper
from tests.workshop.session import TEXT, asks, plan_of, step
from workshop.model import Answer
from workshop.plan import Item, Prompt
from workshop.prompts.checklist import ChecklistRules
from workshop.prompts.matrix import MatrixRules
from workshop.prompts.rating import RatingRules
from workshop.prompts.scale import ScaleRules
from workshop.refusals import Refused
from workshop.tally import board_of, pages
from workshop.views import AnswerForm, BoardPage, PromptForm

TODAY = date(2026, 11, 22)
AXES = ({"en": "Effect: in all", "pl": "Efekt"}, {"en": "Ease in 6 months", "pl": "Łatwość"})
ENDS = ({"en": "no", "pl": "nie"}, {"en": "yes", "pl": "tak"})
ITEMS = (
    Item("3f00aa", {"": "3 desks, 1 door · [x](https://evil.example)"}, "K", 2),
    Item("law", {"en": "Law", "pl": "Prawo"}),
    Item("money", {"en": "Money", "pl": "Pieniądze"}),
)
PROMPTS = (
    asks("S", "scale", ScaleRules((), 7, ENDS)),
    asks("L", "checklist", ChecklistRules(())),
    asks("M", "matrix", MatrixRules((), AXES, 5)),
    asks("R", "rating", RatingRules(0, 10)),
    replace(asks("R", "rating", RatingRules(1, 10)), again="R0"),
)
each = pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.kind + prompt.again)


class Room:
    """One step of one prompt, answered by simulated people through the cards."""

    def __init__(self, prompt: Prompt, crowd: int, language: str = "pl") -> None:
        self.prompt, self.language = prompt, language
        first = [step("zero", asks("R0", "rating", RatingRules(1, 10)))] if prompt.again else []
        plan = plan_of([*first, step("one", prompt, asks("T", "text", TEXT))])
        self.paper = Paper(plan).opens().starts()
        self.people = people(crowd, language, 5, TODAY)
        self.told: list[Submitted] = []
        self.refused = 0
        if prompt.again:
            for person in self.people:
                self.paper.says(person.seed, R0="3")
            self.paper.next()
        self.paper.maybe = replace(self.paper.w, items={prompt.id: ITEMS})
        for person in self.people:
            self._answers(person)
        self.paper.closes()

    def _answers(self, person: Any) -> None:
        w = self.paper.w
        assert w.place is not None
        items = w.shown_items(self.prompt.id)
        me = self.paper.joins(person.seed).w.people[person.seed]
        card = draw(AnswerForm(w, w.place, me, (PromptForm(self.prompt, items, {}),)), self.language)
        data = buttons(card)[0].action["data"]
        for attempt in range(3):
            values = person.fill(all_fields(card), data, attempt)
            fields = [field.filled(values.get(field.id, field.value)) for field in all_fields(card)]
            start = f"a.{self.prompt.id}."
            given = {field.id.removeprefix(start): field.value for field in fields if field.value}
            if not isinstance(self.paper.says(person.seed, None, **{self.prompt.id: given}), Refused):
                asked = asked_in(card, fields, data)
                sent = {field.id: field.value for field in fields}
                self.told.append(Submitted(person.seed, "w1", "1", "knowledge", (self.prompt.id,), sent, 0.0, asked))
                return
            self.refused += 1

    def wrong(self, change: Callable[[Answer], Answer | None] = lambda answer: answer) -> tuple[str, ...]:
        """What the comparison says of the board, with answers lost or changed on the way to it."""
        kept = [changed for answer in self.paper.kept.values() if (changed := change(answer))]
        board = board_of(self.paper.w, kept)
        mine = [page for page in pages(board) if page.prompt.prompt.id == self.prompt.id]
        cards = [draw(BoardPage(board, page, n, len(mine)), self.language) for n, page in enumerate(mine)]
        return compare(self.told, (), read_board(cards), {}).wrong


@each
@pytest.mark.parametrize("crowd", [1, 2, 3, 40])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_right_board_is_right(prompt: Prompt, crowd: int, language: str) -> None:
    room = Room(prompt, crowd, language)
    assert len(room.told) == crowd
    assert room.wrong() == ()


@each
def test_a_lost_or_changed_answer_is_found(prompt: Prompt) -> None:
    room = Room(prompt, 20)
    lost = room.people[7].seed
    assert room.wrong(lambda answer: None if (answer.author, answer.prompt) == (lost, prompt.id) else answer)
    lowest: dict[str, dict[str, object]] = {
        "scale": {"rows": {"law": 1}},
        "checklist": {"rows": {"law": "na"}},
        "matrix": {"points": {"law": [1, 1]}},
        "rating": {"value": 1},
    }
    other = replace(Answer(prompt.id, lost, {}), value=lowest[prompt.kind])
    assert room.wrong(lambda answer: other if (answer.author, answer.prompt) == (lost, prompt.id) else answer)


def test_people_differ_and_leave_something_out_and_the_careless_are_refused_once() -> None:
    scale = Room(PROMPTS[0], 60)
    said = [value for one in scale.told for value in one.values.values()]
    assert {"na", "", *"1234567"} >= set(said) >= {"na", "", "3", "4", "5", "6"}
    matrix = Room(PROMPTS[2], 60)
    assert matrix.refused > 0
    assert len({tuple(one.values.values()) for one in matrix.told}) > 30


def test_a_field_without_choices_is_left_as_it_is() -> None:
    person = people(1, "en", 1, TODAY)[0]
    field = Field("a.R.", "A number", "Input.Text", required=True)
    for kind in ("rating", "checklist", "matrix", "scale"):
        hints = {"prompts": [{"id": "R", "kind": kind}]}
        assert "a.R." in person.fill([field], hints) or kind == "checklist"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_spread_is_read_in_every_language(language: str) -> None:
    """Also where a language says "the middle 50 %" or puts a colon before the numbers."""
    say = words(language)
    told = say(
        "median {median}, the middle half from {low} to {high}",
        median=say.number(4.5), low=say.number(3.25), high=say.number(5),
    )  # fmt: skip
    assert list(told_spread(told)) == [(0, 18), (1, 13), (2, 20)]
