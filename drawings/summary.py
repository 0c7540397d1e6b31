"""The symbolic summary: the whole cycle with everybody's sentences, as a posted picture, a full-size one, and text."""

from __future__ import annotations

from collections.abc import Sequence

from drawings import design, fonts, poster
from drawings.head import below_title
from drawings.lettering import has_ink, plain
from drawings.sheet import A3, SCREEN, Sheet, laid_out, paint
from drawings.svg import Element, element, picture
from drawings.view import Sentence, StageSummary, SummaryView, Words

__all__ = [
    "A3",
    "SCREEN",
    "Sentence",
    "Sheet",
    "StageSummary",
    "SummaryView",
    "Words",
    "alt_text",
    "full_pages",
    "posted",
    "posted_alt_text",
    "posted_svg",
]


def posted(view: SummaryView) -> tuple[str, str]:
    """The picture for the conversation, 1024 × 1024, and what it says as text: cycle, what each stage handed on, and up
    to twelve sentences.

    Of more than twelve, twelve spread evenly over the given order are shown, so that early and late ones are both
    there, and a line says how many more there are. A sentence is never cut and never set below 20 px; where twelve are
    too long for that, fewer are shown and the line counts the rest. (A single sentence that fills more than the page
    by itself is set smaller.) What a stage came to is shown as far as there is room, and may end with …; in the text
    it is whole.
    Raises GlyphMissing if our own words lack a glyph.
    """
    _require_own_words(view)
    found = poster.poster(view)
    told = _told(view, found.shown, found.more)
    return _page(view, poster.paint(found), poster.SIDE, poster.SIDE, told, design.LIGHT), told


def posted_svg(view: SummaryView) -> str:
    """The picture of `posted` alone."""
    return posted(view)[0]


def full_pages(view: SummaryView, sheet: Sheet = A3, palette: design.Palette = design.LIGHT) -> tuple[str, ...]:
    """The full-size picture with every sentence, for paper (A3) or a screen (SCREEN): one page where that can be read,
    else as few as it takes, each with its number. A stage's further results may end with …

    Raises GlyphMissing if our own words lack a glyph.
    """
    _require_own_words(view)
    pages = laid_out(view, sheet, palette)
    return tuple(
        _page(
            view,
            paint(view, page, sheet, palette),
            sheet.width,
            sheet.height,
            _told(view, page.shown, 0, page=(page.number, page.of)),
            palette,
            sheet.paper,
        )
        for page in pages
    )


def alt_text(view: SummaryView) -> str:
    """Everything that the full-size pages say, as text: one thing a line, in reading order."""
    return _told(view, view.sentences, 0)


def posted_alt_text(view: SummaryView) -> str:
    """The text of `posted` alone."""
    return posted(view)[1]


def _told(
    view: SummaryView,
    sentences: Sequence[Sentence],
    more: int,
    *,
    page: tuple[int, int] = (1, 1),
) -> str:
    """The cycle stands on the first of several pages."""
    told = [plain(view.title), " · ".join(plain(part) for part in below_title(view))]
    if page[0] == 1:
        told.append(f"{view.people} {plain(view.words.people)}")
        for place, stage in enumerate(view.stages, 1):
            then = view.stages[place % 4].name
            told.append(f"{place}. {plain(stage.name)} → {plain(then)}: {plain(stage.headline)}")
            told.extend(plain(result) for result in stage.lines)
    told.append(plain(view.words.take_home if sentences else view.words.nobody))
    for sentence in sentences:
        if has_ink(sentence.text):
            who = f" ({plain(sentence.signed)})" if sentence.signed else ""
            told.append(f"• {plain(sentence.text)}{who}")
    if more:
        told.append(plain(view.words.more(more)))
    if page[1] > 1:
        told.append(plain(view.words.page(*page)))
    return "\n".join(one for one in told if one)


def _require_own_words(view: SummaryView) -> None:
    said = view.words
    counted = (said.more(1), said.more(5), said.more(22), said.page(2, 3))
    for words in (said.take_home, said.people, said.nobody, *counted, view.date, *view.languages):
        fonts.require_glyphs(plain(words))


def _page(
    view: SummaryView,
    parts: Sequence[Element],
    width: float,
    height: float,
    told: str,
    palette: design.Palette,
    paper: tuple[float, float] | None = None,
) -> str:
    ground = element("rect", width=width, height=height, fill=palette.ground)
    return picture(
        ground,
        *parts,
        width=width,
        height=height,
        paper=paper,
        language=view.language,
        title=plain(view.title),
        description=told,
        families=fonts.FAMILIES,
    )
