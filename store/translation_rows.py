"""Translations of entries into rows and back. Knows shapes, not statements; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.engine import RowMapping

from workshop.model import Workshop
from workshop.translations import Translated, Translation, Whose


def translation_rows(w: Workshop, entry: str) -> list[dict[str, Any]]:
    """What an entry says in other languages: a row each, none where it has no translation (any more)."""
    found = w.translations.get(entry)
    if found is None:
        return []
    whose = {"case": found.whose.case, "round": found.whose.round, "author": found.whose.author}
    common = {"workshop": w.id, "entry": entry, "prompt": found.prompt, **whose}
    return [{**common, "language": language, "words": one.words, "by": one.by} for language, one in found.into.items()]


def translations_from(rows: Iterable[RowMapping]) -> Mapping[str, Translated]:
    """The translations of a workshop, from its rows."""
    found: dict[str, Translated] = {}
    for row in rows:
        whose = Whose(row["author"], row["case"], row["round"])
        known = found.get(row["entry"])
        into = {**(known.into if known else {}), row["language"]: Translation(row["words"], row["by"])}
        found[row["entry"]] = Translated(row["prompt"], whose, into)
    return found
