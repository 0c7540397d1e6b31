"""Sticky notes, one a line; the same note twice in a column is one."""

from __future__ import annotations

from rehearsal.question import Asked
from rehearsal.samples.sample import Sample
from rehearsal.wording import cleaned, unmarked


class NotesSample(Sample):
    kind = "notes"

    def words(self, asked: Asked) -> list[str]:
        return list(dict.fromkeys(line for line in unmarked(cleaned(asked.value)).split("\n") if line))


SAMPLE = NotesSample()
