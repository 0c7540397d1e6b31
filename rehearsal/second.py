"""What a second cycle began with, against what the first one's board shows. Pure: it reads cards and remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rehearsal.agendas import Agenda
from rehearsal.director import Went
from rehearsal.shown import PLACE, Shown
from rehearsal.wording import fold, times

LISTED = 10
"""Things that a stage card names of what was carried over."""


def brought(first: Agenda, second: Agenda, shown: Mapping[str, Shown], went: Sequence[Went]) -> list[str]:
    """What is wrong: something that came along and is not on the first board, or is there and did not come along."""
    wrong: list[str] = []
    for step, what in second.takes.items():
        prompt = first.leaves.get(what, "")
        left = {fold(times(entry.words)[0]) for entry in shown.get(prompt, Shown()).entries if entry.column == 0}
        lines = next((one.carried for one in went if one.step == step), [])
        came = [fold(PLACE.sub("", line, count=1)) for line in lines if PLACE.match(line)]
        wrong += [f"{what}: {words!r} came along, and nobody had left it" for words in came if not _known(words, left)]
        if len(came) < min(len(left), LISTED):
            wrong.append(f"{what}: {len(came)} came along of {len(left)} on the first board ({prompt})")
    return wrong


def _known(words: str, left: set[str]) -> bool:
    """Whether the first board has these words; the card may shorten them, and say how strong they were."""
    whole = words.removesuffix("…").rstrip()
    return any(words.startswith(one) or (words.endswith("…") and one.startswith(whole)) for one in left)
