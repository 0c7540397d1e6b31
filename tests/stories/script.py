"""A whole workshop as a script: who gives what in which step, and what everybody then reads."""

from __future__ import annotations

import struct
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rehearsal.hands import Seen
from tests.chat import Session, label
from tests.stories.acts import board, elements, ends, form_of, gives, items_of, leads, receipt, votes

Words = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """One step: its title, what each person fills in by field (or their dots by item), what a break is not."""

    title: str
    given: Mapping[str, Words] = field(default_factory=dict)
    dots: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    items: frozenset[str] = frozenset()
    """What an earlier step brings here: the items of a vote, or the options of a choice."""
    on_board: Sequence[str] = ()
    """Lines of the board once the step is closed, beside the words that were given."""
    secret: bool = False
    """Its answers stay hidden when it closes."""

    @property
    def words(self) -> list[str]:
        """Every line that somebody wrote."""
        return [line for given in self.given.values() for said in given.values() for line in said.split("\n")]


async def plays(room: Session, steps: Sequence[Step]) -> None:
    """Every step of the script, from Start to the end; each is checked as everybody sees it."""
    language = room.shared_language()
    await leads(room, label("Start", "pl"))
    for number, step in enumerate(steps, 1):
        assert any(step.title in seen.texts() for seen in room.person("anna").cards(root=room.root)), step.title
        await _answered(room, step)
        await room.settles()
        new = [words for words in step.words if words not in step.items]
        before = board(room)
        assert not [words for words in new if shows(before, words)], "nothing shows before the close"
        await (leads(room, _begins(label("Next: {step}", "pl"))) if number < len(steps) else ends(room))
        after = board(room)
        for words in new:
            assert shows(after, words) != step.secret, (words, after)
        for line in step.on_board:
            assert shows(after, line), (line, after)
    assert label("The record of this workshop", language) == board(room)[0]


def shows(lines: Sequence[str], words: str) -> bool:
    """Whether a line begins with these words, after its bullet; of equal notes any spelling stands for all."""
    lines = [part for line in lines for part in line.split("  ·  ")]
    return any(line.removeprefix("• ").casefold().startswith(words.removeprefix("• ").casefold()) for line in lines)


async def _answered(room: Session, step: Step) -> None:
    for who in (*step.given, *step.dots):
        form = await form_of(room, who)
        assert form.title == step.title
        if step.items:
            offered = {title for one in form.inputs() for title, _ in one.choices} | set(items_of(form))
            assert step.items <= offered, offered
    for who, given in step.given.items():
        recorded = receipt(await gives(room, who, **given))
        for line in (line for said in given.values() for line in said.split("\n")):
            assert any(line == text.removeprefix("• ") for text in recorded), (line, recorded)
    for who, dots in step.dots.items():
        recorded = receipt(await votes(room, who, dots))
        assert len(recorded) == 1 + len(dots)
        assert all(any(item in text for text in recorded) for item in dots)


def _begins(title: str) -> str:
    """What a button's title begins with, before the part that varies."""
    return title.partition("{")[0]


def images(seen: Seen) -> list[dict[str, Any]]:
    """The pictures on a card; the bars of a chart are none."""
    found = [image for image in elements(seen.card) if image.get("type") == "Image"]
    return [image for image in found if image["url"].startswith("data:image/png")]


def picture(seen: Seen) -> tuple[bytes, int, int]:
    """The PNG on a card, with its width and height in pixels as its header says."""
    (url,) = [image["url"] for image in images(seen)]
    start = "data:image/png;base64,"
    assert url.startswith(start), url[:40]
    data = b64decode(url.removeprefix(start), validate=True)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    return data, width, height
