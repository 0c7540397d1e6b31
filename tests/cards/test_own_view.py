"""A card that each may have in their own language: who asks by themselves, and what the others press."""

from __future__ import annotations

from dataclasses import replace

from cards import draw
from cards.own_view import in_own_language
from tests.cards import sample as s
from tests.cards.lint import lint
from workshop.model import Status
from workshop.views import Pointer, StageCard

W = s.workshop(Status.OPEN, 0)
CARD = draw(StageCard(s.board(W), 0), "en")


def test_who_asks_by_themselves_and_who_by_a_button() -> None:
    quiet = in_own_language(CARD, W, "stage:knowledge:0", ("29:a", "29:b"), button=False)
    assert lint(quiet, user_words=s.TYPED, edited=True, dialog=False) == []
    action = {"type": "Action.Execute", "title": "In my language", "verb": "own"}
    data = {"verb": "own", "w": W.id, "slot": "stage:knowledge:0"}
    assert quiet["refresh"] == {"action": {**action, "data": data}, "userIds": ["29:a", "29:b"]}
    assert quiet["actions"] == CARD["actions"] and quiet["body"] == CARD["body"]
    pressed = in_own_language(CARD, W, "stage:knowledge:0", (), button=True)
    assert lint(pressed, user_words=s.TYPED, edited=True, dialog=False) == []
    assert pressed["refresh"]["userIds"] == [], "nobody's client does it by itself"
    assert pressed["actions"][-1]["title"] == "In my language · W moim języku · На моя език"
    assert pressed["actions"][-1]["data"] == {**data, "asked": True}


def test_in_one_language_and_without_buttons() -> None:
    alone = replace(W, plan=replace(W.plan, languages=("en",)))
    assert in_own_language(CARD, alone, "stage:knowledge:0", ("29:a",), button=True) == CARD
    bare = draw(Pointer("stage", W), "en")
    assert "actions" not in in_own_language(bare, W, "stage:lobby:0", (), button=True)
