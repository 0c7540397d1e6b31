"""A small whole session, written by hand: every kind, every reveal, from notes to vote to choice. No YAML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workshop.plan import Item, Plan, Prompt, Reveal, Source, Stage, Step
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.notes import NotesRules
from workshop.prompts.text import TextRules
from workshop.prompts.vote import VoteRules

NOTES = NotesRules((("good", {"en": "What works"}), ("hard", {"en": "What is hard"})), 280, 5)
ONE_COLUMN = NotesRules((("all", {"en": "All"}),), 280, 20)
TEXT = TextRules(1000, True)
SENTENCE = TextRules(140, False)
DOTS = VoteRules(3, 2)
OPTIONS = ChoiceRules((Item("yes", {"en": "Yes", "pl": "Tak"}), Item("no", {"en": "No", "pl": "Nie"})), 1, False)
CARRIED = ChoiceRules((), 1, True)


def asks(
    id: str,
    kind: str,
    rules: object,
    source: Source | None = None,
    reveal: Reveal = Reveal.ON_CLOSE,
    anonymous: bool = False,
    required: bool = False,
    on_summary: bool = False,
) -> Prompt:
    """One prompt, its text its name."""
    return Prompt(
        id,
        kind,
        {"en": f"{id}?"},
        rules,
        reveal=reveal,
        anonymous=anonymous,
        required=required,
        source=source,
        on_summary=on_summary,
    )


def step(id: str, *prompts: Prompt, minutes: int = 10) -> Step:
    return Step(id, {"en": id.capitalize()}, minutes, prompts)


def plan_of(*stages: Stage | Iterable[Step], languages: tuple[str, ...] = ("en", "pl")) -> Plan:
    """A plan of these stages; a bare list of steps is a stage of its own."""
    names = iter(("knowledge", "action", "experience", "conclusions"))
    made = tuple(
        replace(stage, id=next(names)) if isinstance(stage, Stage) else Stage(next(names), {"en": "Aim"}, tuple(stage))
        for stage in stages
    )
    return Plan("session", {"en": "Session", "pl": "Sesja"}, {"en": "About"}, languages, made, '{"id": "session"}', 15)


COLLECT, VOTE, BREAK, PLAN, STORY, OBSTACLES, CLOSING = range(7)
"""Numbers of the session's steps."""

SESSION = plan_of(
    [
        step("collect", asks("K1", "notes", NOTES), asks("K2", "text", TEXT)),
        step("vote", asks("K4", "vote", DOTS, Source("K1")), minutes=5),
        step("break"),
    ],
    [
        step(
            "plan",
            asks("A1", "choice", CARRIED, Source("K4", 3)),
            asks("A2", "text", TEXT, anonymous=True),
            asks("A3", "text", TEXT, required=True),
        )
    ],
    [
        step(
            "story",
            asks("E1", "text", TEXT, reveal=Reveal.BY_FACILITATOR),
            asks("E2", "notes", ONE_COLUMN, anonymous=True),
            asks("E3", "choice", OPTIONS, reveal=Reveal.LIVE),
        ),
        step("obstacles", asks("E4", "vote", DOTS, Source("E2"), anonymous=True)),
    ],
    [step("closing", asks("C1", "text", SENTENCE, on_summary=True))],
)
