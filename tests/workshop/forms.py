"""Prompts of every kind, and short ways to fill their forms: for the tests of the kinds."""

from __future__ import annotations

from collections.abc import Mapping

from tests.workshop.session import asks
from workshop.model import Answer
from workshop.plan import Item, Prompt
from workshop.prompts import kind_of
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.notes import NotesRules
from workshop.prompts.text import TextRules
from workshop.prompts.vote import VoteRules
from workshop.refusals import Problem, Wrong

ITEMS = (Item("a", {"": "Alpha"}), Item("b", {"": "Beta"}), Item("c", {"": "Gamma"}))
TEXT = asks("T", "text", TextRules(10, True))
LINE = asks("T", "text", TextRules(10, False))
NOTES = asks("N", "notes", NotesRules((("x", {"en": "X"}), ("y", {"en": "Y"})), 5, 3))
CHOICE = asks("C", "choice", ChoiceRules(ITEMS, 2, False))
OWN = asks("C", "choice", ChoiceRules((), 2, True))
VOTE = asks("V", "vote", VoteRules(3, 2))


def parse(prompt: Prompt, **given: str) -> object:
    """What becomes of these fields; `_` stands for the only field."""
    fields = {"" if part == "_" else part: words for part, words in given.items()}
    return kind_of(prompt).parse(prompt, ITEMS, fields)


def wrong(prompt: Prompt, **given: str) -> tuple[str, Wrong, int, int]:
    problems = parse(prompt, **given)
    assert isinstance(problems, tuple) and len(problems) == 1
    (problem,) = problems
    assert isinstance(problem, Problem) and problem.prompt == prompt.id
    return problem.part, problem.wrong, problem.given, problem.limit


def answers(prompt: Prompt, **values: Mapping[str, object]) -> list[Answer]:
    return [Answer(prompt.id, author, value) for author, value in values.items()]
