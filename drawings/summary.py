"""The symbolic summary: the whole cycle with everybody's sentences, as a posted picture, a full-size one, and text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from drawings import design, fonts
from drawings.cycle import Band, heading, ruled
from drawings.lettering import has_ink, plain
from drawings.notes import Setting, draw, hang, note
from drawings.poster import SIDE, foot, paint, poster
from drawings.svg import Element, element, picture
from drawings.view import Sentence, StageSummary, SummaryView, Words

__all__ = [
    "Sentence",
    "StageSummary",
    "SummaryView",
    "Words",
    "alt_text",
    "full_svg",
    "posted_alt_text",
    "posted_svg",
]

FULL_WIDTH: Final = 1920
"""px: the full-size picture's width."""

_EDGE: Final = 72
_GAP: Final = 22.0


def posted_svg(view: SummaryView) -> str:
    """The picture for the conversation, 1024 × 1024: wheel, each stage's headline, and up to twelve sentences.

    Of more than twelve, twelve spread evenly over the given order are shown, so that early and late ones are both
    there, and a line says how many more there are. A sentence is never cut and never set below 20 px; where twelve are
    too long for that, fewer are shown and the line counts the rest. (A single sentence that fills more than the page
    by itself is set smaller.) A headline that is too long for its place ends with …
    Raises GlyphMissing if our own words lack a glyph.
    """
    _require_own_words(view)
    found = poster(view)
    return _page(view, paint(found), SIDE, SIDE, _told(view, found.shown, found.more, whole=False))


def full_svg(view: SummaryView) -> str:
    """The full-size picture, 1920 px wide and as tall as every sentence and every result needs, nothing cut.

    Raises GlyphMissing if our own words lack a glyph.
    """
    _require_own_words(view)
    width = FULL_WIDTH - 2 * _EDGE
    parts, below = heading(view, x=FULL_WIDTH / 2, width=width, top=56, largest=76, whole=True)
    band = Band(view, width=width, diameter=600, size=28, whole=True)
    parts.append(band.draw(x=_EDGE, y=below + 32))
    y = below + 32 + band.height + 72
    notes = [note(sentence) for sentence in view.sentences if has_ink(sentence.text)]
    if not notes:
        parts.append(foot(view.words.nobody, y=y + 30, size=36, width=FULL_WIDTH))
        return _page(view, parts, FULL_WIDTH, round(y + 120), alt_text(view))
    parts.extend(ruled(view.words.take_home, x=_EDGE, y=y, width=width, size=36))
    columns, size = _columns(len(notes))
    column_width = min((width - _GAP * (columns - 1)) / columns, size * 26)
    wall = hang(notes, columns, Setting(size, column_width, _GAP))
    parts.append(draw(notes, wall, x=(FULL_WIDTH - wall.width) / 2, y=y + 52))
    return _page(view, parts, FULL_WIDTH, round(y + 52 + wall.height + _EDGE), alt_text(view))


def alt_text(view: SummaryView) -> str:
    """Everything that the full-size picture says, as text: one thing a line, in reading order."""
    return _told(view, view.sentences, 0, whole=True)


def posted_alt_text(view: SummaryView) -> str:
    """What the posted picture says, as text; each stage's headline in full, even where the picture shortens it."""
    found = poster(view)
    return _told(view, found.shown, found.more, whole=False)


def _told(view: SummaryView, sentences: Sequence[Sentence], more: int, *, whole: bool) -> str:
    below = (view.subtitle, view.date, *(view.groups if whole else ()))
    told = [plain(view.title), " · ".join(plain(part) for part in below if part)]
    told.append(f"{view.people} {plain(view.words.people)}")
    for place, stage in enumerate(view.stages, 1):
        told.append(f"{place}. {plain(stage.name)}: {plain(stage.headline)}")
        told.extend(plain(result) for result in stage.lines if whole)
    told.append(plain(view.words.take_home if sentences else view.words.nobody))
    for sentence in sentences:
        if has_ink(sentence.text):
            who = f" ({plain(sentence.who)})" if sentence.who else ""
            told.append(f"• {plain(sentence.text)}{who}")
    if more:
        told.append(plain(view.words.more(more)))
    return "\n".join(one for one in told if one)


def _require_own_words(view: SummaryView) -> None:
    said = view.words
    for words in (said.take_home, said.people, said.nobody, said.more(1), said.more(5), said.more(22), view.date):
        fonts.require_glyphs(plain(words))


def _columns(notes: int) -> tuple[int, float]:
    """Columns and type size (px) on the full-size picture."""
    if notes <= 3:
        return notes, 36
    if notes <= 12:
        return 3, 30
    return (4, 26) if notes <= 60 else (5, 22)


def _page(view: SummaryView, parts: Sequence[Element], width: float, height: float, told: str) -> str:
    ground = element("rect", width=width, height=height, fill=design.PAPER)
    return picture(
        ground,
        *parts,
        width=width,
        height=height,
        language=view.language,
        title=plain(view.title),
        description=told,
        families=fonts.FAMILIES,
    )
