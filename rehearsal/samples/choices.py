"""Several options: the same as a choice."""

from __future__ import annotations

from rehearsal.samples.choice import ChoiceSample


class ChoicesSample(ChoiceSample):
    kind = "choices"


SAMPLE = ChoicesSample()
