"""A whole workshop as a script: who gives what in which step, and what everybody then reads. No asserts of its own tale."""

from __future__ import annotations

import struct
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rehearsal.hands import Seen
from tests.chat import Session, label
from tests.stories.acts import board, form_of, gives, items_of, leads, receipt, votes
from tests.stories.acts import console as console_of

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
        before = board(room)
        assert not [words for words in step.words if f"• {words}" in "\n".join(before)], (
            "nothing shows before the close"
        )
        title = label("Finish the workshop", "pl") if number == len(steps) else _begins(label("Next: {step}", "pl"))
        await leads(room, title)
        after = "\n".join(board(room))
        for words in step.words:
            if words not in step.items:
                assert (words in after) != step.secret, words
        for line in step.on_board:
            assert line in after, (line, after)
    assert label("The record of this workshop", language) == board(room)[0]


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


async def answered(room: Session) -> str:
    """How many have answered, as the console says."""
    return next(words for words in (await console_of(room)).texts() if words.startswith(_begins(ANSWERED)))


ANSWERED = label("Answered: {answered} of {people}", "pl")


def picture(seen: Seen) -> tuple[bytes, int, int]:
    """The PNG on a card, with its width and height in pixels as its header says."""
    (url,) = seen.pictures()
    start = "data:image/png;base64,"
    assert url.startswith(start), url[:40]
    data = b64decode(url.removeprefix(start), validate=True)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    return data, width, height
