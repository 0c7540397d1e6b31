"""The cards everybody sees, in every state and both languages: lobby, stage, nudge, pointer, board, summary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import get_args

import pytest

from cards import MODULES, draw, title_of
from cards.elements import clock
from locales import LANGUAGES
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.walk import buttons_of, inputs_of, parts, text_of
from workshop.model import Answer, Status
from workshop.plan import FollowUp, Forming, Item, as_written
from workshop.tally import board_of
from workshop.views import BoardCard, LobbyCard, NudgeCard, Pointer, StageCard, Summary, View

STATES = [
    (Status.LOBBY, -1),
    *((status, at) for status in (Status.OPEN, Status.PAUSED, Status.CLOSED, Status.CANCELLED) for at in range(6)),
    (Status.CANCELLED, -1),
    (Status.FINISHED, 5),
]


@cache
def views() -> tuple[View, ...]:
    """Made once for all languages."""
    return tuple(seen())


def seen() -> Iterator[View]:
    for status, at in STATES:
        w = s.workshop(status, at)
        yield LobbyCard(w)
        yield Pointer("board", w)
        yield Pointer("stage", w, 1)
        for count in (0, 1, 3):
            board = s.board(w, count)
            yield from (StageCard(board, stage) for stage in range(4))
            yield BoardCard(board)
            yield BoardCard(s.board(w, count, everything=True))
            yield NudgeCard(board, at)
            yield Summary(board, None, "")
            yield Summary(board, b"\x89PNG", f"{s.NAME}: {s.NOTE}")


@pytest.mark.no_cover
@pytest.mark.parametrize("language", [*LANGUAGES, "xx"])
def test_every_shared_card_in_every_state_is_one_that_teams_takes(language: str) -> None:
    wrong = {}
    for view in views():
        found = lint(draw(view, language), user_words=s.TYPED, edited=True, dialog=False)
        if found:
            wrong[repr(view)[:60]] = found
    assert wrong == {}


def stage_card(status: Status, at: int, stage: int | None = None, **more: object) -> dict[str, object]:
    w = replace(s.workshop(status, at), **more)  # type: ignore[arg-type]
    number = s.place(at).stage_number if stage is None else stage
    return draw(StageCard(s.board(w), number), "en")


def test_the_open_step_says_where_we_are_what_is_asked_who_sees_it_and_until_when() -> None:
    card = stage_card(Status.OPEN, 0)
    text = text_of(card)
    assert "●\N{NO-BREAK SPACE}Knowledge (now)" in text
    assert "○\N{NO-BREAK SPACE}Conclusions" in text
    assert "Open until {{TIME(2026-11-22T12:30:15Z)}} (10 minutes)." in text
    assert "What do you doubt?\nQuestion 2 of 3 · Anonymous · everybody sees it when the step closes" in text
    assert "Are you ready?\nQuestion 3 of 3 · With your name · everybody sees it at once" in text
    assert "Step 1 of 3" in text
    assert list(buttons_of(card)) == ["answer", "board", "facilitate", "join"]
    assert buttons_of(card)["answer"] == {
        "msteams": {"type": "task/fetch"},
        "verb": "answer",
        "w": "w1",
        "step": 0,
        "stage": "knowledge",
    }


def test_the_card_is_the_same_however_many_have_answered() -> None:
    w = s.workshop(Status.OPEN, 2)
    assert draw(StageCard(s.board(w, 0), 0), "en") == draw(StageCard(s.board(w, 3), 0), "en")


def test_what_is_carried_over_stands_there_with_where_it_is_from() -> None:
    text = text_of(stage_card(Status.OPEN, 2))
    assert "from “Which practices?”" in text
    assert f"1. {s.NOTE} 0 · from 4 people" in text
    assert "from “Which matters most?”" in text_of(stage_card(Status.OPEN, 3))
    assert "3 dots" in text_of(stage_card(Status.OPEN, 3))


def test_the_end_of_a_long_step_is_said_with_its_day() -> None:
    w = s.workshop(Status.OPEN, 0)
    assert w.place is not None and w.closes_at is not None
    assert clock(w.closes_at) == clock(w.closes_at, 720) == w.closes_at.strftime("{{TIME(%Y-%m-%dT%H:%M:%SZ)}}")
    day = w.closes_at.strftime("{{DATE(%Y-%m-%dT%H:%M:%SZ, SHORT)}}")
    assert clock(w.closes_at, 721) == f"{day} {clock(w.closes_at)}"
    stage = w.plan.stages[0]
    long = replace(stage, steps=(replace(stage.steps[0], minutes=1500), *stage.steps[1:]))
    w = replace(w, plan=replace(w.plan, stages=(long, *w.plan.stages[1:])))
    said = text_of(draw(StageCard(s.board(w), 0), "en"))
    assert f"Open until {day} {clock(w.closes_at)} (1 day 1 hour)." in said


def test_a_hidden_item_is_not_on_the_card_and_too_many_are_counted() -> None:
    items = {"dots": s.carried(14)}
    text = text_of(stage_card(Status.OPEN, 2, items=items, hidden=frozenset({"e0"})))
    assert f"{s.NOTE} 0 " not in text
    assert "… and 3 more" in text


def test_an_item_whose_origin_is_gone_or_chosen_is_shown_all_the_same() -> None:
    odd = {"dots": (Item("a", as_written("alone"), "nowhere", 2), Item("b", as_written("b"), "picked", 1))}
    text = text_of(stage_card(Status.OPEN, 2, items=odd))
    assert "1. alone\n2. b · 1 vote" in text
    assert "from “" not in text


@pytest.mark.parametrize(
    ("status", "at", "more", "said", "answers"),
    [
        (Status.PAUSED, 0, {"remaining": timedelta(seconds=61)}, "on: 2 minutes. You can answer", True),
        (Status.PAUSED, 0, {}, "Time left when it goes on: 10 minutes.", True),
        (Status.PAUSED, 1, {}, "Time left when it goes on: 15 minutes.", False),
        (Status.CLOSED, 0, {}, "The facilitator opens the next one.", False),
        (Status.CLOSED, 0, {"late_allowed": True}, "Late answers are still taken.", True),
        (Status.CLOSED, 1, {}, "The break is over.", False),
        (Status.OPEN, 1, {}, "A break of 15 minutes, until {{TIME(", False),
        (Status.OPEN, 0, {"closes_at": None}, "10 minutes", True),
        (Status.OPEN, 0, {"moved_deadline": True}, "later than announced", True),
        (Status.CANCELLED, 0, {}, "was cancelled", False),
    ],
)
def test_the_card_says_why_the_clock_does_not_run(
    status: Status, at: int, more: dict[str, object], said: str, answers: bool
) -> None:
    card = stage_card(status, at, None, **more)
    assert said in text_of(card)
    assert ("answer" in buttons_of(card)) is answers


def test_a_stage_that_is_over_says_what_it_came_to_and_one_gone_back_from_that_it_comes_again() -> None:
    done = stage_card(Status.OPEN, 3, 0)
    assert "What it came to:\n1. " in text_of(done)
    assert "✓\N{NO-BREAK SPACE}Knowledge" in text_of(done)
    assert list(buttons_of(done)) == ["board"]
    w = s.workshop(Status.OPEN, 4)
    assert "This stage is over." in text_of(draw(StageCard(s.board(w, 0), 0), "en"))
    assert "this one comes again" in text_of(stage_card(Status.OPEN, 0, 1))
    assert buttons_of(stage_card(Status.CANCELLED, 0)) == {}


def test_a_nudge_counts_and_is_over_with_its_step() -> None:
    w = s.workshop(Status.OPEN, 0)
    card = draw(NudgeCard(s.board(w, 1), 0), "en")
    assert "1 person has answered so far. 3 are in the workshop." in text_of(card)
    assert "answer" in buttons_of(card)
    assert "It closes" not in text_of(draw(NudgeCard(s.board(replace(w, closes_at=None)), 0), "en"))
    for over in (NudgeCard(s.board(w), 1), NudgeCard(s.board(replace(w, status=Status.CLOSED)), 0)):
        assert buttons_of(draw(over, "en")) == {}


def test_a_pointer_points_down_and_does_nothing() -> None:
    w = s.workshop(Status.OPEN, 0)
    for what in ("board", "stage"):
        card = draw(Pointer(what, w, 0), "en")
        assert "further down" in text_of(card)
        assert buttons_of(card) == {}


def test_the_lobby_says_everything_before_the_start() -> None:
    card = draw(LobbyCard(s.workshop(people=14)), "en")
    text = text_of(card)
    for said in (
        "What it is about",
        "50 minutes in all",
        "Arriving and joining · 5 minutes",
        "1. Knowledge · 30 minutes · To know",
        "Languages: English, Polish, and Bulgarian",
        "kept for 60 days",
        "14 people are in",
        "and 2 more",
    ):
        assert said in text
    assert list(buttons_of(card)) == ["join", "facilitate"]
    assert "Nobody is in yet." in text_of(draw(LobbyCard(s.workshop(people=0)), "en"))


def test_the_lobby_says_what_follows_and_that_groups_are_formed() -> None:
    plan = replace(s.PLAN, follow_up=FollowUp(14, 1, (2, 7), (30, 60)), forming=Forming(6))
    text = text_of(draw(LobbyCard(s.workshop(plan=plan)), "en"))
    assert (
        "Afterwards · individual report within 14 days; implementation plan within 1 day; "
        "what became of the commitments, after 30 and 60 days" in text
    )
    assert "in groups of" not in text, "no step is held in groups"
    stage = replace(plan.stages[0], steps=tuple(replace(step, in_groups=True) for step in plan.stages[0].steps))
    text = text_of(draw(LobbyCard(s.workshop(plan=replace(plan, stages=(stage, *plan.stages[1:])))), "pl"))
    assert "Część warsztatu odbywa się w grupach po około 6 osób." in text
    assert "plan wdrożenia w ciągu 1 dnia" in text
    for after in (None, FollowUp()):
        assert "Afterwards" not in text_of(draw(LobbyCard(s.workshop(plan=replace(plan, follow_up=after))), "en"))


def test_join_is_said_in_all_languages_of_the_workshop_that_kolbot_speaks() -> None:
    w = replace(s.workshop(), language="pl")
    title = next(
        part["title"] for part in parts(draw(LobbyCard(w), "pl")) if part.get("data", {}).get("verb") == "join"
    )
    assert "Join" in title.split(" · ")
    alien = replace(w, language="bg", plan=replace(s.PLAN, languages=("bg",)))
    assert "Join" in str(draw(LobbyCard(alien), "en"))


def test_after_the_start_one_can_still_join_and_after_the_end_nothing_acts() -> None:
    started = draw(LobbyCard(s.workshop(Status.OPEN, 0)), "en")
    assert "has started; you can still join" in text_of(started)
    assert "join" in buttons_of(started)
    for status, said in ((Status.FINISHED, "has ended"), (Status.CANCELLED, "was cancelled")):
        ended = draw(LobbyCard(s.workshop(status, 5)), "en")
        assert said in text_of(ended)
        assert "3 people took part" in text_of(ended)
        assert buttons_of(ended) == {}
    assert "Nobody was in." in text_of(draw(LobbyCard(s.workshop(Status.CANCELLED, -1, 0)), "en"))


def test_a_title_of_the_template_is_a_heading_and_an_agenda_needs_no_lobby() -> None:
    plan = replace(s.PLAN, lobby_minutes=0)
    card = draw(LobbyCard(s.workshop(plan=plan, title="Peer learning")), "pl")
    assert card["body"][0]["style"] == "heading"
    assert card["body"][0]["text"] == "Peer learning (po polsku)"
    assert "Arriving" not in text_of(draw(LobbyCard(s.workshop(plan=plan, title="Peer learning")), "en"))


def test_the_picture_says_the_same_as_text_and_without_it_the_sentences_stand_there() -> None:
    board = s.board(s.workshop(Status.FINISHED, 5))
    image = next(part for part in parts(draw(Summary(board, b"abc", "In words"), "en")) if part.get("type") == "Image")
    assert image["url"] == "data:image/png;base64,YWJj"
    assert image["altText"] == "In words"
    assert text_of(draw(Summary(board, None, ""), "en")).count("• Note") == 3
    assert "No closing sentences" in text_of(draw(Summary(s.board(s.workshop(Status.FINISHED, 5), 0), None, ""), "en"))


def test_five_hundred_closing_sentences_still_go_through_without_a_picture() -> None:
    w = replace(s.workshop(Status.FINISHED, 5), people={f"t/p{n}": s.person(n) for n in range(500)})
    answers = [Answer("words", f"t/p{n}", {"text": "ż" * 140}) for n in range(500)]
    card = draw(Summary(board_of(w, answers), None, ""), "en")
    assert lint(card, user_words=s.TYPED, edited=True, dialog=False) == []
    assert "more" in text_of(card)


def test_everything_there_is_to_see_has_a_card() -> None:
    drawn = {view for module in MODULES for view in import_module(f"cards.{module}").DRAWS}
    assert drawn == set(get_args(View))


def test_the_title_of_a_dialog_is_short_and_there_is_one_for_everything() -> None:
    assert title_of(BoardCard(s.board(s.workshop())), "en") == "Workshop"
    assert inputs_of(draw(BoardCard(s.board(s.workshop())), "en")) == {}
