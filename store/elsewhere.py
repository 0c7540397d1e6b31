"""Reads in a process of their own, on connections of its own. It writes nothing, and leaves the schema as it is."""

from __future__ import annotations

from collections.abc import Callable

from store.database import engine_on
from store.reader import Reader
from store.rows import ReadPlan
from workshop.model import Answer, Workshop


def reads_answers(url: str, read_plan: ReadPlan) -> Callable[[str], tuple[Workshop, tuple[Answer, ...]] | None]:
    """What reads a workshop with its answers, as of one revision. It raises `NotRead`. Raises `WrongDatabase`."""
    return Reader(engine_on(url), read_plan).answers_now
