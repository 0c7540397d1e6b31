"""Themes: named clusters of notes, and which notes could be one. It proposes; only a person puts notes together.

A note is in one theme or in none. A theme that loses its last note is gone, and every change can be undone.

Likeness of two notes is the cosine of their words, each weighed by how few of the notes have it (the logarithm of
1 + notes / notes with the word): 0 nothing in common, 1 the same words. Two clusters are as like as their pairs of
notes are on average.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

ALIKE = 0.15
"""Clusters whose pairs of notes are less alike than this on average are not proposed as one."""


UNDONE = 20
"""How many changes can be undone, one after the other."""
THEME = "theme:"
"""How the id of every theme begins: no other item that is carried over has such a key."""
MOST = 30
"""Themes in one column of notes."""
LONGEST = 60
"""Code points of a theme's name."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A named cluster: its id for ever, its name as somebody wrote it, the entry ids of its notes."""

    id: str
    name: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes of one prompt as they stand, in the order in which they came, and as they stood before."""

    now: tuple[Theme, ...] = ()
    before: tuple[tuple[Theme, ...], ...] = ()

    @property
    def mark(self) -> str:
        """Tells whether the themes are still as somebody saw them: the same themes have the same mark."""
        return hashlib.sha256(repr(self.now).encode()).hexdigest()[:16]

    def put(self, theme: str, name: str, notes: Sequence[str]) -> Themes:
        """Notes put into a theme, from wherever they were; `name` is for a theme that is not there yet."""
        chosen = tuple(dict.fromkeys(notes))
        known = {each.id: each for each in self.now}
        into = known.get(theme, Theme(theme, name, ()))
        moved = [note for note in chosen if note not in into.notes]
        known[theme] = into
        return self._changed(
            replace(each, notes=(*each.notes, *moved) if each.id == theme else _without(each.notes, moved))
            for each in known.values()
        )

    def take_out(self, notes: Sequence[str]) -> Themes:
        """Notes taken out of whatever theme they are in."""
        return self._changed(replace(each, notes=_without(each.notes, notes)) for each in self.now)

    def merge(self, theme: str, into: str) -> Themes:
        """All notes of a theme put into another, which keeps its name. KeyError where either is not there."""
        known = {each.id: each for each in self.now}
        return self.put(into, known[into].name, known[theme].notes)

    def rename(self, theme: str, name: str) -> Themes:
        """A theme with another name. KeyError where it is not there."""
        if all(each.id != theme for each in self.now):
            raise KeyError(theme)
        return self._changed(replace(each, name=name) if each.id == theme else each for each in self.now)

    def undo(self) -> Themes:
        """As it was before the last change; as it is where nothing is left to undo."""
        return Themes(self.before[-1], self.before[:-1]) if self.before else self

    def settled(self) -> Themes:
        """As it stands, without what tells how it came to: no step to undo, the notes of a theme in no order."""
        return Themes(tuple(replace(each, notes=tuple(sorted(each.notes))) for each in self.now))

    def _changed(self, themes: Iterable[Theme]) -> Themes:
        after = tuple(each for each in themes if each.notes)
        return self if after == self.now else Themes(after, (*self.before, self.now)[-UNDONE:])


def _without(notes: Sequence[str], gone: Sequence[str]) -> tuple[str, ...]:
    return tuple(note for note in notes if note not in gone)


@dataclass(frozen=True, slots=True)
class Noted:
    """A note as it is compared: its entry id, and its words in their basic form with a weight above 0 each."""

    id: str
    words: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Notes that could be one theme, or that could go into a theme which there is already.

    `middle` is the note nearest to all the others: its words are the name that is proposed. `likeness` is the mean
    over all pairs, the notes of the theme included: from `ALIKE` to 1, or less where a theme's own are less alike."""

    notes: tuple[str, ...]
    middle: str
    likeness: float
    theme: str = ""


def suggest(notes: Sequence[Noted], themes: Mapping[str, Sequence[str]] | None = None) -> tuple[Suggestion, ...]:
    """Proposals, the largest first; the same notes in the same order give the same. A note that is like no other is
    in none. `themes` has the ids of the notes of each theme that there is: those stay where they are, and no two themes
    are proposed as one. Two notes with one id are a mistake of the caller: ValueError."""
    number_of = {note.id: number for number, note in enumerate(notes)}
    if len(number_of) < len(notes):
        raise ValueError("an id twice")
    clusters = _Clusters(_likeness(notes))
    fixed: dict[int, str] = {}
    for theme, ids in (themes or {}).items():
        here = [number_of[id] for id in ids if id in number_of]
        for other in here[1:]:
            clusters.join(here[0], other)
        if here:
            fixed[here[0]] = theme
    started = {number for theme in fixed for number in clusters.inside[theme]}
    clusters.grow(set(fixed))
    found: list[Suggestion] = []
    for first, inside in clusters.inside.items():
        new = tuple(notes[number].id for number in inside if number not in started)
        if len(inside) > 1 and new:
            middle = clusters.middle(inside)
            found.append(Suggestion(new, notes[middle].id, clusters.likeness(inside), fixed.get(first, "")))
    return tuple(sorted(found, key=lambda each: (-len(each.notes), number_of[each.notes[0]])))


def _likeness(notes: Sequence[Noted]) -> list[dict[int, float]]:
    """For each note the others that have a word in common with it, with their cosine."""
    having = Counter(word for note in notes for word in note.words)
    rare = {word: math.log(1 + len(notes) / count) for word, count in having.items()}
    weighed = [{word: weight * rare[word] for word, weight in note.words.items()} for note in notes]
    lengths = [math.sqrt(math.fsum(weight**2 for weight in words.values())) for words in weighed]
    at: dict[str, list[int]] = {}
    alike: list[dict[int, float]] = [{} for _ in notes]
    for number, words in enumerate(weighed):
        products: dict[int, list[float]] = {}
        for word, weight in sorted(words.items()):
            for other in at.setdefault(word, []):
                products.setdefault(other, []).append(weight * weighed[other][word])
            at[word].append(number)
        for other, parts in products.items():
            cosine = round(math.fsum(parts) / (lengths[number] * lengths[other]), 9)  # the same on every machine
            alike[number][other] = alike[other][number] = cosine
    return alike


class _Clusters:
    """Clusters by the number of their first note; `near` has what the pairs of two clusters come to, where above 0."""

    def __init__(self, alike: Sequence[Mapping[int, float]]) -> None:
        self.alike = alike
        self.near = {number: dict(row) for number, row in enumerate(alike)}
        self.inside: dict[int, tuple[int, ...]] = {number: (number,) for number in range(len(alike))}

    def join(self, one: int, other: int) -> None:
        """The other becomes part of the one."""
        self.inside[one] = tuple(sorted(self.inside[one] + self.inside.pop(other)))
        for third, sum_ in self.near.pop(other).items():
            self.near[third].pop(other)
            if third != one:
                self.near[one][third] = self.near[third][one] = self.near[one].get(third, 0.0) + sum_

    def grow(self, fixed: set[int]) -> None:
        """Join the two that are most alike, again and again; never two of the fixed ones. Among equals the first."""
        heap = [self.pair(one, other) for one, row in self.near.items() for other in row if one < other]
        heapq.heapify(heap)
        while heap and -heap[0][0] >= ALIKE:
            _, one, other, size, other_size = heapq.heappop(heap)
            if len(self.inside.get(one, ())) != size or len(self.inside.get(other, ())) != other_size:
                continue  # one of them has grown or gone since
            if other in fixed:
                one, other = other, one
            if other in fixed:
                continue
            self.join(one, other)
            for third in self.near[one]:
                heapq.heappush(heap, self.pair(one, third))

    def pair(self, one: int, other: int) -> tuple[float, int, int, int, int]:
        """An entry of the heap: it holds as long as the two are as large as it says."""
        one, other = min(one, other), max(one, other)
        mean = self.near[one][other] / (len(self.inside[one]) * len(self.inside[other]))
        return -mean, one, other, len(self.inside[one]), len(self.inside[other])

    def middle(self, inside: Sequence[int]) -> int:
        """The note that the others are most alike to; among equals the first."""
        return min(inside, key=lambda one: (-math.fsum(self.alike[one].get(other, 0.0) for other in inside), one))

    def likeness(self, inside: Sequence[int]) -> float:
        pairs = len(inside) * (len(inside) - 1)
        return math.fsum(self.alike[one].get(other, 0.0) for one in inside for other in inside) / pairs
