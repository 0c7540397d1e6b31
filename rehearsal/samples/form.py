"""A form of named fields: filled in field by field; the board shows each field's words after its name."""

from __future__ import annotations

from collections import Counter
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
        """Every line that begins with the name of a field; in which column the field is, its forms tell; where nobody
        filled one in in the board's language, the words that stand under the name."""
        said: dict[str, list[str]] = {}
        for runs in shown.lines:
            if len(runs) > 1 and runs[0].endswith(": "):
                said.setdefault(runs[0][:-2], []).append(unmarked(runs[1]))
        columns = _columns(asked, shown.language) or self._columns_by_words(said, asked)
        return Tally(("said", columns.get(name, -1), one, 1) for name, words in said.items() for one in words)

    def _columns_by_words(self, said: Mapping[str, Sequence[str]], asked: Sequence[Asked]) -> Mapping[str, int]:
        """The column in which most of a name's words were said; of several alike, one that no other name needs."""
        written = {(one.column, words) for one in asked for words in self.words(one)}
        best: dict[str, list[int]] = {}
        for name, words in said.items():
            hits = Counter(column for column, one in written if one in words)
            best[name] = [column for column, times in sorted(hits.items()) if times == max(hits.values())]
        columns: dict[str, int] = {}
        for name in sorted(best, key=lambda name: len(best[name])):
            left = [column for column in best[name] if column not in columns.values()]
            columns[name] = left[0] if left else -1
        return columns


def _columns(asked: Sequence[Asked], language: str) -> Mapping[str, int]:
    """The fields' numbers by their names, which stand in their labels before what is in brackets; in the board's
    language: who reads the board has filled in a form too."""
    return {one.label.rpartition(" (")[0]: one.column for one in asked if one.language == language}


SAMPLE = FormSample()
