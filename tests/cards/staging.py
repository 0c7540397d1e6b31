"""A small workshop led through the real rules, for cards of those who lead: every state, without a store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from workshop import commands as c, events as e
from workshop.evolve import evolve
from workshop.model import Answer, Person, Workshop
from workshop.plan import Plan, Prompt, Reveal, Source, Stage, Step
from workshop.prompts.notes import NotesRules
from workshop.prompts.text import TextRules
from workshop.prompts.vote import VoteRules
from workshop.refusals import Refused
from workshop.rules import Facts, decide
from workshop.tally import by_prompt

START = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
ANA, BEN, RES, MOD = "t/ana", "t/ben", "t/res", "t/mod"
HOSTILE = "[x](https://evil.example) *b* <at>all</at> {{DATE(2020-01-01T00:00:00Z)}} {n} `c` \u05d0\u05d1"
"""What a person may be called, or write."""


def _text(id: str, **more: Any) -> Prompt:
    return Prompt(id, "text", {"en": f"Question {id}?", "pl": f"Pytanie {id}?"}, TextRules(4000, True), **more)


PLAN = Plan(
    id="staged",
    title={"en": "Staged", "pl": "Na scenie"},
    about={"en": "For tests", "pl": "Do testów"},
    languages=("en", "pl"),
    source="{}",
    lobby_minutes=5,
    stages=(
        Stage(
            "knowledge",
            {"en": "Know", "pl": "Wiedzieć"},
            (
                Step(
                    "collect",
                    {"en": "Collect", "pl": "Zbieranie"},
                    10,
                    (
                        Prompt("notes", "notes", {"en": "What?"}, NotesRules((("all", {"en": "All"}),), 280, 40)),
                        _text("later", reveal=Reveal.BY_FACILITATOR),
                    ),
                    say={"en": "Please write alone.", "pl": "Proszę pisać samodzielnie."},
                ),
                Step("rest", {"en": "Rest", "pl": "Przerwa"}, 7),
                Step(
                    "choose",
                    {"en": "Choose", "pl": "Wybór"},
                    5,
                    (Prompt("dots", "vote", {"en": "Which?"}, VoteRules(3, 2), source=Source("notes")),),
                ),
            ),
        ),
        Stage(
            "conclusions",
            {"en": "Conclude", "pl": "Wnioski"},
            (Step("secret", {"en": "Say", "pl": "Zdanie"}, 5, (_text("quiet", anonymous=True),)),),
        ),
    ),
)


class Staged:
    """A workshop whose people act by a clock that this moves a minute at a time."""

    def __init__(self, title: str = HOSTILE, plan: Plan = PLAN) -> None:
        self.now = START
        self.answers: list[Answer] = []
        opened = decide(
            None,
            c.Open(
                workshop="w1", by=ANA, name="Ana", tenant="t", home="h", plan=plan, title=title[:140], language="en",
                secret="ab" * 32, reserves=((RES, "Rea"),),
            ),
            Facts(),
            self.now,
        )  # fmt: skip
        assert not isinstance(opened, Refused)
        self.workshop: Workshop = evolve(None, opened)

    def does(self, command: type[c.Command], by: str = ANA, name: str = "", **more: Any) -> Staged:
        """Carry out a command that has to succeed."""
        self.now += timedelta(minutes=1)
        asked: Any = command(workshop="w1", by=by, name=name, **more)
        happened = decide(self.workshop, asked, Facts(by_prompt(self.answers)), self.now)
        assert not isinstance(happened, Refused), happened
        for event in happened:
            if isinstance(event, e.AnswerSubmitted):
                self.answers.append(Answer(event.prompt, event.author, event.value))
        self.workshop = evolve(self.workshop, happened)
        return self

    def joined(self, *people: tuple[str, str]) -> Staged:
        for person, language in people:
            self.does(c.Join, person, HOSTILE if person == BEN else person[2:], language=language)
        return self

    def person(self, who: str) -> Person:
        return self.workshop.people[who]


def opened() -> Staged:
    """The first step is open; Ben has written two notes, Cyd nothing."""
    staged = Staged().joined((BEN, "pl"), ("t/cyd", "en")).does(c.NameModerator, people=((MOD, "Mo"),))
    staged.does(c.Start)
    return staged.does(c.SubmitAnswers, BEN, step=0, given={"notes": {"all": f"{HOSTILE}\nAnother"}})


def walk(part: object) -> Iterator[dict[str, Any]]:
    """Every object within a card."""
    if isinstance(part, dict):
        yield part
        for inner in part.values():
            yield from walk(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from walk(inner)


def buttons_of(card: object) -> dict[str, dict[str, Any]]:
    """Every button by its title; not what an old client shows instead of it."""
    found: dict[str, dict[str, Any]] = {}
    for part in walk(card):
        if str(part.get("type", "")).startswith("Action."):
            found.setdefault(part["title"], part)
    return found


def verbs_of(card: object) -> list[str]:
    return [button["data"]["verb"] for button in buttons_of(card).values()]


def words_of(card: object) -> str:
    """All that is read on a card, line by line."""
    return "\n".join(str(part["text"]) for part in walk(card) if "text" in part)


def size_of(card: object) -> int:
    """Bytes as Teams counts them: UTF-16."""
    return len(json.dumps(card, ensure_ascii=False).encode("utf-16-le"))
