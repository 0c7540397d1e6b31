"""What a page is sent of a part that has changed: what differs, from what it has."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from web.board import BoardPage
from web.opened import NOTHING, Drawn, Figures, Open
from web.patches import put_in, splices
from workshop.passes import Pass

pytestmark = pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)

NOTES = ["Office hours", "Дежурства", "🦉🦉 owls", "a &lt;b&gt; c", "", "Dyżury", "owls 🦉"]


def part(*notes: str) -> str:
    return "<section><h2>Notes</h2>\n<ul>" + "".join(f"<li>{note}</li>" for note in notes) + "</ul></section>"


@pytest.mark.parametrize(
    "after",
    [
        part("Office days", *NOTES[1:]),
        part(*NOTES[:2], "🦉 an owl", *NOTES[3:5], "Dyżury!", NOTES[6]),
        part("New", *NOTES),
        part(*NOTES, "New"),
        part(*NOTES[:3], "New 🦉", *NOTES[4:], "Last"),
        part(*NOTES[2:]),
        part(*NOTES[:2], *NOTES[4:]),
        part(*reversed(NOTES)),
        part("Дежурства", *NOTES),
        part(*NOTES),
    ],
)
def test_what_differs_makes_the_new_of_the_old(after: str) -> None:
    before = part(*NOTES)
    for one, other in ((before, after), (after, before)):
        found = splices(one, other)
        if found is not None:
            assert put_in(one, found) == other
    if after == part("Office days", *NOTES[1:]):
        assert splices(before, after) == [(2, 1, ["li>Office days</li"])], "and nothing else"
    if after == part(*NOTES):
        assert splices(before, after) == []


def test_where_nearly_all_is_new_the_whole_is_sent() -> None:
    assert splices(part("a", "b", "c"), part("Quite other words", "and more of them", "than before")) is None
    assert splices("", part(*NOTES)) is None


def test_a_page_is_sent_what_differs_from_what_it_has_and_what_it_missed_whole() -> None:
    def now() -> datetime:
        return datetime(2026, 11, 28, 20, 0, tzinfo=UTC)

    def said(drawn: Drawn, sent: Any) -> Any:
        event = drawn.since(sent, now)
        return None if event is None else orjson.loads(event.partition(b"data: ")[2])

    parts = {"head": "<h1>Board</h1>", "step-0": part(*NOTES)}
    first = Drawn(parts, 1)
    second = Drawn({**parts, "step-0": part("Office days", *NOTES[1:])}, 2, first)
    third = Drawn({**parts, "step-0": part("Open days", *NOTES[1:])}, 3, second)
    came = said(first, NOTHING)
    assert came["parts"] == parts and came["splices"] == {}
    came = said(third, second.digests)
    assert came["parts"] == {} and came["splices"] == {"step-0": [[2, 1, ["li>Open days</li"]]]}
    assert came["order"] == ["head", "step-0"] and came["revision"] == 3
    came = said(third, first.digests)
    assert came["parts"] == {"step-0": part("Open days", *NOTES[1:])} and came["splices"] == {}
    assert said(third, third.digests) is None
    assert third.since(second.digests, now) is third.since(second.digests, now), "put together once"
    came = said(Drawn({"head": "<h1>Board</h1>"}, 4, third), third.digests)
    assert came["order"] == ["head"] and came["parts"] == came["splices"] == {}, "a part that is gone is named no more"


def wall(notes: list[str]) -> str:
    """Papers in two columns with the same words, as they are drawn."""
    papers = [
        f'<g transform="translate({x} {y * 100})"><rect height="90"/><text y="30">Office hours</text>'
        f'<text y="60">{words}</text></g>'
        for x in (0, 300)
        for y, words in enumerate(notes)
    ]
    return "<svg>" + "".join(papers) + "</svg>"


def test_papers_that_only_hang_elsewhere_are_told_their_places_alone() -> None:
    notes = [f"note {number}" for number in range(40)]
    before, after = wall(notes), wall([*notes[:5], *notes[6:]])
    found = splices(before, after)
    assert found is not None and put_in(before, found) == after
    told = "".join(piece for _, _, pieces in found for piece in pieces)
    assert "note" not in told, "what was written on them is there already"
    assert len(told) < len(after) / 3
    back = splices(after, before)
    assert back is not None and put_in(after, back) == before
    assert sum("note" in piece for _, _, pieces in back for piece in pieces) == 2


class Pipe:
    """A connection whose other end reads, or does not."""

    def __init__(self) -> None:
        self.free = True
        self.sent: list[bytes] = []

    def send(self, event: bytes) -> None:
        self.sent.append(event)


async def test_who_reads_slowly_is_sent_the_newest_when_it_goes_on(kept_in: str) -> None:
    def now() -> datetime:
        return datetime(2026, 11, 28, 20, 0, tzinfo=UTC)

    def drawn(revision: int) -> Drawn:
        return Drawn({"head": f"<h1>{revision}</h1>"}, revision)

    given = Pass("w", "anna", "board", "en", now())
    pipe, figures = Pipe(), Figures()
    page = Open(given, "ticket", BoardPage(), {}, figures, pipe=pipe)
    page.shows(drawn(1), now)
    page.shows(drawn(1), now)
    assert len(pipe.sent) == 1 and b"<h1>1</h1>" in pipe.sent[0], "at once, and not again"
    pipe.free = False
    page.shows(drawn(2), now)
    page.shows(drawn(3), now)
    pipe.free = True
    page.shows(drawn(4), now)
    assert len(pipe.sent) == 1, "its own task is about to send what waits: nothing overtakes"
    event = await page.next(now)
    assert event is not None and b"<h1>4</h1>" in event
    page.shows(drawn(5), now)
    assert b"<h1>5</h1>" in pipe.sent[-1] and len(pipe.sent) == 2
    assert figures.events == 3 and figures.bytes == sum(map(len, [*pipe.sent, event]))
