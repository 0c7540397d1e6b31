"""Words, one a line or in one line with commas; the board shows each once with how many wrote it."""

from __future__ import annotations

from rehearsal.question import Asked
from rehearsal.samples.sample import Sample
from rehearsal.wording import cleaned, fold, unmarked


class WordsSample(Sample):
    kind = "words"

    def words(self, asked: Asked) -> list[str]:
        lines = [line for line in unmarked(cleaned(asked.value)).split("\n") if line]
        listed = lines[0].split(",") if len(lines) == 1 and asked.lines else lines
        return list({fold(entry): entry for words in listed if (entry := " ".join(words.split()))}.values())


SAMPLE = WordsSample()
