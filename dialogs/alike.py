"""Which notes look alike, found in a thread and waited for only so long. It proposes; it puts nothing together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from locales.lemmas import words_of
from workshop.themes import Noted, Themes, suggest
from workshop.theming import Same
from workshop.views import Proposed

PROPOSALS, TOGETHER = 5, 10
"""Proposals at once, and notes in one of them: what is accepted has been read. The others are proposed after it."""
LOOSE, HELD = 400, 100
"""Notes in no theme, and in themes, that are compared at once: a second at most."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How notes are compared. `words` gives each (text, language) its words; `patience` is in seconds: the first time a
    dictionary is read, which can take as long as Teams waits for a dialog."""

    words: Callable[[Iterable[tuple[str, str]]], Sequence[Mapping[str, float]]] = words_of
    patience: float = 3.0

    async def proposals(self, notes: Sequence[Same], stands: Themes) -> tuple[Proposed, ...] | None:
        """What could be one theme, the largest first; None where it is not known yet: the next time it will be."""
        work = asyncio.ensure_future(asyncio.to_thread(self._found, notes, stands))
        done, _ = await asyncio.wait({work}, timeout=self.patience)
        return work.result() if done else None

    def _found(self, notes: Sequence[Same], stands: Themes) -> tuple[Proposed, ...]:
        """Words that wait for a moderator would become a name that everybody reads, so they are in none."""
        read = [note for note in notes if not note.waiting]
        compared = [note for note in read if not note.theme][:LOOSE] + [note for note in read if note.theme][:HELD]
        words = self.words((note.words, note.language) for note in compared)
        by_id = {note.tick: note for note in compared}
        fixed = {theme.id: [id for id, note in by_id.items() if note.theme == theme.id] for theme in stands.now}
        names = {theme.id: theme.name for theme in stands.now}
        found = suggest([Noted(id, each) for id, each in zip(by_id, words, strict=True)], fixed)
        return tuple(
            Proposed(
                tuple(by_id[id] for id in one.notes[:TOGETHER]),
                names.get(one.theme, by_id[one.middle].words),
                one.theme,
            )
            for one in found[:PROPOSALS]
        )
