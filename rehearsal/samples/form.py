"""A form of named fields: filled in field by field; the board shows each field's words after its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rehearsal.question import Asked
from rehearsal.samples.sample import Sample, Tally
from rehearsal.shown import Shown
from rehearsal.wording import unmarked


class FormSample(Sample):
    kind = "form"

    def given(self, forms: Sequence[Sequence[Asked]]) -> Tally:
        """Letter by letter: nothing is folded together here."""
        return Tally(("said", one.column, words, 1) for form in forms for one in form for words in self.words(one))

    def seen(self, shown: Shown, asked: Sequence[Asked]) -> Tally:
        """Every line that begins with the name of a field; in which column the field is, its forms tell."""
        columns = _columns(asked, shown.language)
        found: Tally = Tally()
        for runs in shown.lines:
            if len(runs) > 1 and runs[0].endswith(": "):
                found["said", columns.get(runs[0][:-2], -1), unmarked(runs[1]), 1] += 1
        return found


def _columns(asked: Sequence[Asked], language: str) -> Mapping[str, int]:
    """The fields' numbers by their names, which stand in their labels before what is in brackets; in the board's
    language: who reads the board has filled in a form too."""
    return {one.label.rpartition(" (")[0]: one.column for one in asked if one.language == language}


SAMPLE = FormSample()
