"""Every refusal, message and field problem has its own sentence, with all facts, with some and with none."""

from __future__ import annotations

import re
from itertools import product

import pytest

from cards.not_now import not_now
from cards.problems import problem
from cards.sentences import sentence
from locales import LANGUAGES, words
from workshop import commands as c
from workshop.model import Status
from workshop.refusals import Problem, Reason, Refused, Wrong
from workshop.rules import ANY_TIME, TABLE
from workshop.said import Said, Spoken

EN = words("en")
HOSTILE = "{n} {limit} *Ana* <at>all</at>"
FACTS: dict[str, str | int] = {
    "who": "Ana, Ben", "limit": 120, "given": 130, "command": "open", "status": "open", "open": "Collect",
    "title": "Trip", "people": 3, "minutes": 5, "step": "Choose", "stage": "action", "candidates": 31, "prompt": "dots",
    "items": 4, "entries": 2, "field": "role", "id": "a1b2", "language": "pl", "facilitators": "Eva",
}  # fmt: skip
PLACE = re.compile(r"\{\w+\}")
EVERYTHING = [*Said, *Reason]


def made(what: Said | Reason, facts: dict[str, str | int], language: str = "en") -> str:
    said = Spoken(what, facts) if isinstance(what, Said) else Refused(what, facts)
    return sentence(said, words(language))


@pytest.mark.parametrize(("what", "language"), list(product(EVERYTHING, LANGUAGES)))
def test_each_has_a_whole_sentence_whatever_is_missing(what: Said | Reason, language: str) -> None:
    empty: dict[str, str | int] = dict.fromkeys(FACTS, "")
    for facts in ({}, FACTS, *({name: fact} for name, fact in FACTS.items()), empty):
        said = made(what, facts, language)
        assert said.strip() == said
        assert said
        assert not PLACE.search(said), said
        assert "“”" not in said, said
        assert "  " not in said


@pytest.mark.parametrize("facts", [{}, FACTS], ids=["without facts", "with facts"])
def test_no_two_say_the_same(facts: dict[str, str | int]) -> None:
    said = {what: made(what, facts) for what in EVERYTHING}
    said.pop(Said.UNKNOWN_COMMAND)  # with no word to suggest, "did you mean" says just this
    said.pop(Reason.WRONG_LIST)  # a table may be too long whatever it holds
    assert len(set(said.values())) == len(said)


@pytest.mark.no_cover
@pytest.mark.parametrize("what", EVERYTHING)
def test_names_are_never_read_again(what: Said | Reason) -> None:
    hostile = dict.fromkeys(("who", "title", "step", "open", "command", "facilitators"), HOSTILE)
    said = made(what, {**FACTS, **hostile})
    left = said.replace(HOSTILE, "")
    assert not PLACE.search(left), said


def test_the_sentence_is_about_the_facts() -> None:
    assert "Ana, Ben" in made(Reason.ONLY_FACILITATORS, FACTS)
    assert "Ana, Ben" in made(Reason.ONLY_MODERATORS, FACTS)
    assert made(Reason.STEP_OVER, {"open": "Choose"}).endswith("Open now: “Choose”.")
    assert "Choose" in made(Reason.IS_BREAK, {"open": "Choose"})
    assert "Choose" in made(Reason.STEP_NOT_OPEN_YET, {"open": "Choose"})
    assert made(Reason.FACILITATOR_ACTIVE, {"who": "Ana", "minutes": 5}).endswith(
        "(Ana) has done anything for 5 minutes."
    )
    assert "Give whole minutes from 1 to 120" in made(Reason.WRONG_MINUTES, {"given": 900, "limit": 120})
    assert "31 candidates" in made(Reason.PICK_FIRST, {"candidates": 31})
    assert made(Said.JOINED, {"title": "Trip", "people": 1}) == "You have joined “Trip”. 1 person is in."
    assert made(Said.STEP_OPENED, {"step": "Choose", "minutes": 1}) == "Open now: “Choose”. Time for it: 1 minute."
    assert made(Said.MENTION_SOMEBODY, {"command": "moderator"}).endswith("@Kolbot moderator @Anna")
    assert "a1b2" in made(Said.APOLOGY, FACTS)
    assert made(Said.DID_YOU_MEAN, {"command": "takeover"}).endswith("Did you mean “take over”?")
    assert made(Said.NOT_CONFIRMED, {}) == "Not confirmed yet: press again, it will count once."
    assert made(Said.LANGUAGE_CHOSEN, {}, "en").endswith("English.")


@pytest.mark.parametrize(
    ("move", "happened"),
    [
        ("start", "The workshop was started."),
        ("next", "The next step was opened."),
        ("back", "The step before was opened again."),
        ("reopen", "The step was opened again."),
        ("close", "The step was closed."),
        ("extend", "The step was given more time."),
        ("pause", "The workshop was paused."),
        ("resume", "The workshop was resumed."),
        ("finish", "The workshop was finished."),
        ("cancel", "The workshop was cancelled."),
        ("", "The workshop went on."),
    ],
)
def test_a_stale_button_says_who_was_faster_with_what(move: str, happened: str) -> None:
    assert made(Reason.STALE, {"who": "Ana", "command": move}).startswith(f"Ana was faster. {happened}")
    assert happened in made(Reason.STALE, {"command": move})


def test_a_repeated_command_asks() -> None:
    assert made(Reason.REPEATED, {"who": "Ana", "command": "open"}).endswith("Do it once more?")
    assert made(Reason.REPEATED, {}).endswith("Do it once more?")


def test_a_pick_says_what_is_wrong_with_it() -> None:
    assert made(Reason.WRONG_PICK, {"given": 0, "limit": 20}) == "Pick at least one, at most 20."
    assert made(Reason.WRONG_PICK, {"given": 21, "limit": 20}) == "You picked 21; at most 20 are taken."
    assert "pick again" in made(Reason.WRONG_PICK, {"given": 3, "limit": 20})


@pytest.mark.parametrize(
    ("field", "label"), [("", "Title"), ("institution", "Institution"), ("challenge", "Your challenge"), ("x", "x")]
)
def test_too_long_names_the_field(field: str, label: str) -> None:
    facts: dict[str, str | int] = {"field": field, "given": 1500, "limit": 140}
    assert made(Reason.TOO_LONG, facts) == f"“{label}” has 1,500 characters; at most 140 fit."
    assert made(Reason.TOO_LONG, {"field": field}) == f"“{label}” is too long. Please make it shorter."


def test_wrong_answers_count_the_fields() -> None:
    wrong = Problem("p", "", Wrong.REQUIRED)
    assert sentence(Refused(Reason.WRONG_ANSWERS, problems=(wrong,)), EN).startswith("1 field has")
    assert sentence(Refused(Reason.WRONG_ANSWERS, problems=(wrong, wrong)), EN).startswith("2 fields have")


COMMANDS = sorted({k.__name__ for k in (*ANY_TIME, *(k for row in TABLE.values() for k in row))})


@pytest.mark.parametrize(("status", "command"), list(product(Status, COMMANDS)))
def test_what_is_refused_now_says_how_it_stands(status: Status, command: str) -> None:
    said = made(Reason.NOT_NOW, {"status": status, "command": command})
    assert said == not_now(EN, status, command)
    expected = {
        Status.LOBBY: "has not started",
        Status.FINISHED: "is finished",
        Status.CANCELLED: "was cancelled",
    }.get(status, "")
    assert expected in said
    assert said != not_now(EN, "", command)


def test_what_would_be_right_depends_on_the_command() -> None:
    assert not_now(EN, Status.FINISHED, "SubmitAnswers").endswith("no more answers.")
    assert not_now(EN, Status.CANCELLED, "Join").endswith("join any more.")
    assert "Reopen" in not_now(EN, Status.CLOSED, c.Extend.__name__)
    assert "Resume" in not_now(EN, Status.PAUSED, c.Extend.__name__)
    assert not_now(EN, Status.PAUSED, "Pause") == "The workshop is paused already."
    assert not_now(EN, Status.OPEN, "Reopen") == "The step is open already."


@pytest.mark.parametrize(("wrong", "language"), list(product(Wrong, LANGUAGES)))
def test_each_wrong_field_has_a_whole_sentence(wrong: Wrong, language: str) -> None:
    for given, limit in ((0, 0), (1, 0), (0, 5), (1, 1), (22, 5), (1500, 1000)):
        said = problem(Problem("p", "", wrong, given, limit), words(language))
        assert said
        assert not PLACE.search(said)


def test_no_two_wrong_fields_say_the_same() -> None:
    for numbers in ((0, 0), (7, 5)):
        assert len({problem(Problem("p", "", wrong, *numbers), EN) for wrong in Wrong}) == len(Wrong)
    assert problem(Problem("p", "", Wrong.TOO_LONG, 300, 280), EN) == "This has 300 characters; at most 280 fit."
