"""A workshop of every kind of prompt, and ways to put it into any state. Hostile words wherever a person can write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from workshop.model import Answer, Person, Status, Value, Workshop
from workshop.plan import Item, Place, Plan, Prompt, Reveal, Source, Stage, Step, as_written
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.notes import NotesRules
from workshop.prompts.text import TextRules
from workshop.prompts.vote import VoteRules
from workshop.tally import Board, board_of

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 22, 12, 30, 15, tzinfo=UTC)

EVIL = "**Bold** [click](https://evil.example) <at>Ana</at> {{DATE(2026-01-01T00:00:00Z)}} {n} `x` | # \\ _y_"
TITLE = f"Title {EVIL}"
NAME = f"Name {EVIL}"
CHALLENGE = f"Challenge {EVIL}"
NOTE = f"Note {EVIL}"
TYPED = (EVIL, "https://evil.example", "Title **", "Name **", "Challenge **", "Note **", "<at>")
"""What must never stand where something is read into it."""


def both(words: str) -> dict[str, str]:
    return {"en": words, "pl": f"{words} (po polsku)"}


OPTIONS = (Item("yes", both("Yes")), Item("no", both("No")), Item("later", both("Later")))
PRACTICES = Prompt(
    "practices",
    "notes",
    both("Which practices?"),
    NotesRules((("good", both("Good")), ("hard", both("Hard"))), 280, 5),
    hint=both("Think of yours"),
)
DOUBT = Prompt("doubt", "text", both("What do you doubt?"), TextRules(1000, True), anonymous=True)
READY = Prompt("ready", "choice", both("Are you ready?"), ChoiceRules(OPTIONS, 1, True), reveal=Reveal.LIVE)
DOTS = Prompt(
    "dots", "vote", both("Which matters most?"), VoteRules(3, 2), required=True, source=Source("practices", 5)
)
PICKED = Prompt(
    "picked",
    "choice",
    both("Which will you try?"),
    ChoiceRules((), 2, False),
    source=Source("dots", 3),
    quotes_challenge=True,
    anonymous=True,
    reveal=Reveal.BY_FACILITATOR,
)
WORDS = Prompt("words", "text", both("In one sentence?"), TextRules(140, False), on_summary=True, required=True)
NOTED = Prompt(
    "noted", "notes", both("One more?"), NotesRules((("all", both("All")),), 100, 1), required=True, anonymous=True
)

PLAN = Plan(
    id="sample",
    title=both("Peer learning"),
    about=both("What it is about"),
    languages=("en", "pl", "bg"),
    source="{}",
    lobby_minutes=5,
    retention_days=60,
    stages=(
        Stage(
            "knowledge",
            both("To know"),
            (
                Step("collect", both("Collect"), 10, (PRACTICES, DOUBT, READY), say=both("Read this aloud")),
                Step("rest", both("Rest"), 15),
                Step("choose", both("Choose"), 5, (DOTS,)),
            ),
        ),
        Stage("action", both("To act"), (Step("act", both("Act"), 5, (PICKED,)),)),
        Stage("experience", both("To live it"), (Step("pause", both("Only a break"), 5),)),
        Stage("conclusions", both("To conclude"), (Step("say", both("Say"), 5, (WORDS, NOTED)),)),
    ),
)


def person(number: int, **more: object) -> Person:
    return replace(Person(f"t/p{number}", f"{NAME} {number}", "en", joined=True), **more)  # type: ignore[arg-type]


def carried(count: int = 4, origin: str = "practices") -> tuple[Item, ...]:
    return tuple(Item(f"k{n}", as_written(f"{NOTE} {n}"), origin, count - n, (f"e{n}",)) for n in range(count))


def workshop(
    status: Status = Status.LOBBY, at: int = -1, people: int = 3, plan: Plan = PLAN, title: str = TITLE
) -> Workshop:
    """A workshop in a state; all steps up to `at` have been open."""
    ended = status in (Status.FINISHED, Status.CANCELLED)
    everybody = {f"t/p{n}": person(n) for n in range(people)}
    items = {"dots": carried(), "picked": carried(3, "dots"), "ready": OPTIONS}
    return Workshop(
        id="w1",
        tenant="t",
        home="19:h@thread.tacv2",
        title=title,
        language="en",
        plan=plan,
        opened_by="t/p0",
        opened_at=NOON,
        secret=None if ended else "ab" * 32,
        status=status,
        at=at,
        closes_at=CLOSES if status is Status.OPEN else None,
        people=everybody,
        items=items if plan is PLAN else {},
        opened=frozenset(range(at + 1)),
    )


VALUES: Mapping[str, Value] = {
    "practices": {"good": [NOTE, "shared note"], "hard": ["Shared  Note"]},
    "doubt": {"text": NOTE},
    "ready": {"chosen": ["yes"], "own": ""},
    "dots": {"dots": {"k0": 2, "k1": 1}},
    "picked": {"chosen": ["k0", "k2"], "own": ""},
    "words": {"text": NOTE},
    "noted": {"all": [NOTE]},
}


def answers(count: int, prompts: Sequence[str] = tuple(VALUES)) -> list[Answer]:
    """Everybody gave the same to each of these prompts."""
    return [Answer(prompt, f"t/p{n}", VALUES[prompt]) for prompt in prompts for n in range(count)]


def board(w: Workshop, count: int = 3, everything: bool = False) -> Board:
    return board_of(w, answers(count), everything)


def place(number: int) -> Place:
    return PLAN.places[number]
