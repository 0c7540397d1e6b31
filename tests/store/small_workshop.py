"""A plan of three steps, written by hand, and short ways to say what people do in it. No template, no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from workshop import commands as c
from workshop.delivery import Delivery
from workshop.plan import Plan, Prompt, Reveal, Source, Stage, Step
from workshop.prompts.notes import NotesRules
from workshop.prompts.text import TextRules
from workshop.prompts.vote import VoteRules
from workshop.service import Change

START = datetime(2025, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
SECRET = "ab" * 32
TENANT = "11111111-2222-3333-4444-555555555555"
HOME = "19:home@thread.tacv2"
ANA = "fac/ana"

SOURCE = '{"id": "small"}'
"""Stands for the plan's JSON."""


def _text(prompt_id: str, anonymous: bool = False) -> Prompt:
    return Prompt(prompt_id, "text", {"en": prompt_id}, TextRules(1000, True), anonymous=anonymous)


PLAN = Plan(
    id="small",
    title={"en": "Small", "pl": "Mały"},
    about={"en": "For tests"},
    languages=("en", "pl"),
    source=SOURCE,
    stages=(
        Stage(
            "knowledge",
            {"en": "Know"},
            (
                Step(
                    "collect",
                    {"en": "Collect"},
                    10,
                    (
                        Prompt("practices", "notes", {"en": "?"}, NotesRules((("all", {"en": "All"}),), 280, 5)),
                        _text("doubt", anonymous=True),
                        _text("remark"),
                    ),
                ),
                Step(
                    "choose",
                    {"en": "Choose"},
                    5,
                    (Prompt("dots", "vote", {"en": "?"}, VoteRules(3, 2), source=Source("practices", 5)),),
                ),
            ),
        ),
        Stage(
            "conclusions",
            {"en": "Conclude"},
            (
                Step(
                    "say",
                    {"en": "Say"},
                    5,
                    (
                        Prompt(
                            "sentence",
                            "text",
                            {"en": "?"},
                            TextRules(140, False),
                            reveal=Reveal.BY_FACILITATOR,
                            on_summary=True,
                        ),
                    ),
                ),
            ),
        ),
    ),
)


def read_plan(source: str) -> Plan:
    """What the templates' loader does for real plans."""
    assert source == SOURCE
    return PLAN


def opened(
    workshop: str = "w1",
    now: datetime = START,
    home: str = HOME,
    by: str = ANA,
    reserves: tuple[tuple[str, str], ...] = (),
) -> Change:
    command = c.Open(
        workshop=workshop,
        by=by,
        name="Ana",
        tenant=TENANT,
        home=home,
        plan=PLAN,
        title="Learning",
        language="en",
        secret=SECRET,
        reserves=reserves,
    )
    return Change(command, now)


def joined(person: str, workshop: str = "w1", now: datetime = START, country: str = "PL") -> Change:
    return Change(c.Join(workshop=workshop, by=person, name=person.title(), language="pl", country=country), now)


def gave(
    person: str,
    *notes: str,
    workshop: str = "w1",
    now: datetime = START,
    delivery: str | None = None,
    said: datetime | None = None,
    step: int = 0,
    **texts: str,
) -> Change:
    """Notes to "practices" and texts to the other prompts of the step."""
    given: dict[str, Mapping[str, str]] = {prompt: {"": words} for prompt, words in texts.items()}
    if notes:
        given["practices"] = {"all": "\n".join(notes)}
    came = Delivery(delivery, said) if delivery else None
    return Change(c.SubmitAnswers(workshop=workshop, by=person, name=person, step=step, given=given), now, came)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)
