"""The summary shows what was said: all of it at full size and as text, a readable dozen on the posted picture."""

from __future__ import annotations

import dataclasses
from xml.etree import ElementTree

import pytest

from drawings import design, fonts
from drawings.lettering import drawable
from drawings.summary import A3, SCREEN, Sentence, Sheet, alt_text, full_pages, posted_alt_text, posted_svg
from drawings.wheel import wheel_svg
from tests.drawings.boxes import faults
from tests.drawings.realistic import summary
from tests.drawings.samples import LONG, SENTENCES, STAGES, SVG, WORDS, drawn, lines, numbered, squeezed, view

HOSTILE = (
    "<script>alert(1)</script>",
    "'; DROP TABLE <at>everyone</at> [x](https://evil) {{DATE()}}",
    "😀 🇵🇱 \u202eevil\u202c ]]> &amp; \x00",
    "x" * 140,
    "Ш" * 140,
    "中" * 140,
    "שלום לכולם, מתחילים בקטן.",
    "e" + "\u0301" * 139,
    " ",
)


@pytest.mark.parametrize("sheet", [A3, SCREEN], ids=["A3", "screen"])
@pytest.mark.parametrize("people", [0, 1, 3, 40, 200])
def test_the_full_pages_have_every_sentence_and_name(people: int, sheet: Sheet) -> None:
    shown = view(numbered(people))
    pages = full_pages(shown, sheet)
    text = "".join(map(drawn, pages))
    for sentence in shown.sentences:
        assert squeezed(sentence.text) in text
        assert squeezed(sentence.who or "") in text
    for stage in shown.stages:
        assert squeezed(stage.headline) in text
        assert squeezed(stage.lines[0]) in text
    told = alt_text(shown)
    assert all(f"• {sentence.text}" in told for sentence in shown.sentences)
    assert "more on the full-size" not in text
    if len(pages) > 1:
        assert [f"page{at}of{len(pages)}" in drawn(page) for at, page in enumerate(pages, 1)] == [True] * len(pages)
    descriptions = "".join(ElementTree.fromstring(page)[1].text or "" for page in pages)
    assert all(f"• {sentence.text}" in descriptions for sentence in shown.sentences)


@pytest.mark.parametrize(("people", "pages"), [(12, (1, 1)), (40, (1, 2)), (120, (3, 5))])
@pytest.mark.parametrize("language", ["pl", "bg"])
def test_sessions_of_twelve_forty_and_a_hundred_and_twenty_can_be_read(
    language: str, people: int, pages: tuple[int, int]
) -> None:
    """Nothing over anything else, nothing off the page, no sentence smaller than can be read."""
    shown = summary(language, people)
    posted = posted_svg(shown)
    assert faults(posted) == []
    assert min(size for text, size in lines(posted) if len(text) > 30) >= 15
    for sheet, most in zip((A3, SCREEN), pages, strict=True):
        made = full_pages(shown, sheet)
        assert len(made) <= most
        assert [faults(page) for page in made] == [[]] * len(made)
        sentences = {word for sentence in shown.sentences for word in sentence.text.split(" ")}
        sizes = [size for page in made for text, size in lines(page) if set(text.split(" ")) <= sentences]
        assert min(sizes) >= sheet.smallest


def test_a_hundred_and_twenty_of_the_longest_sentences_are_on_numbered_pages() -> None:
    shown = view(tuple(Sentence(LONG, "Йорданка Въжарова", "Група 12") for _ in range(120)), language="bg")
    for sheet in (A3, SCREEN):
        pages = full_pages(shown, sheet)
        assert len(pages) > 1
        assert [faults(page) for page in pages] == [[]] * len(pages)
        assert sum(drawn(page).count(squeezed(LONG)) for page in pages) == 120


def test_paper_has_the_size_of_a3() -> None:
    root = ElementTree.fromstring(full_pages(view(numbered(3)))[0])
    assert [round(float(root.get(side, 0)) / 96 * 25.4) for side in ("width", "height")] == [420, 297]


def test_in_the_dark_scheme_nothing_is_drawn_in_light_colours() -> None:
    made = full_pages(view(numbered(3)), SCREEN, design.DARK)[0]
    light = {design.LIGHT.ground, design.LIGHT.ink, design.LIGHT.soft, *(one.strong for one in design.LIGHT.stages)}
    assert not [colour for colour in light if colour in made]


def test_papers_in_the_colour_of_the_ground_have_an_outline() -> None:
    def outlined(palette: design.Palette) -> int:
        root = ElementTree.fromstring(full_pages(view(numbered(1)), SCREEN, palette)[0])
        return sum(one.get("stroke") in {stage.strong for stage in palette.stages} for one in root.iter(f"{SVG}rect"))

    assert [outlined(palette) for palette in design.PALETTES] == [0, 0, 4]


@pytest.mark.parametrize(("people", "said"), [(1, 1), (3, 3), (12, 12), (13, 12), (40, 12), (500, 12)])
def test_the_posted_picture_has_a_dozen_and_counts_the_rest(people: int, said: int) -> None:
    shown = view(numbered(people))
    made = posted_svg(shown)
    text = drawn(made)
    assert sum(squeezed(sentence.text) in text for sentence in shown.sentences) == said
    counted = f"and{people - said}moreonthefull-sizepicture"
    assert (counted in text) == (people > said)
    assert posted_alt_text(shown).count("\n• ") == said
    root = ElementTree.fromstring(made)
    assert (root.get("width"), root.get("height")) == ("1024", "1024")
    assert all(text.count(squeezed(stage.name)) >= 2 for stage in shown.stages)


@pytest.mark.parametrize("language", STAGES)
def test_a_dozen_of_the_longest_sentences_fits_at_twenty_px(language: str) -> None:
    longest = {"pl": SENTENCES[5], "bg": LONG}.get(language, (SENTENCES[3] + " " + SENTENCES[4])[:140]).strip()
    shown = view(tuple(Sentence(longest, "Zofia Wiśniewska") for _ in range(12)), language=language)
    made = posted_svg(shown)
    assert drawn(made).count(squeezed(longest)) == 12
    words = set(longest.split(" "))
    sizes = [size for text, size in lines(made) if set(text.split(" ")) <= words and len(text) > 8]
    assert sizes
    assert min(sizes) >= 20


@pytest.mark.parametrize(
    ("people", "language"),
    [*((people, "hu") for people in (0, 1, 2, 3, 4, 5, 7)), *((40, language) for language in STAGES)],
)
def test_nothing_on_the_posted_picture_overlaps_or_leaves_it(people: int, language: str) -> None:
    assert faults(posted_svg(view(numbered(people), language=language))) == []


def test_hostile_text_is_shown_and_does_nothing() -> None:
    shown = view(tuple(Sentence(text, text) for text in HOSTILE), title=HOSTILE[0], headline=HOSTILE[1])
    for made in (*full_pages(shown), posted_svg(shown)):
        root = ElementTree.fromstring(made)
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
            "svg", "title", "desc", "rect", "circle", "g", "path", "text", "tspan", "line",
        }  # fmt: skip
        assert not any(sign in made for sign in "\u202e\u202c\x00")
    text = "".join(map(drawn, full_pages(shown)))
    for sentence in HOSTILE:
        assert squeezed(drawable(sentence)) in text


def test_one_sentence_that_fills_more_than_the_page_is_still_whole() -> None:
    made = posted_svg(view((Sentence("😹" * 1400, None), Sentence("😹" * 1390, None))))
    assert "and1moreonthefull-sizepicture" in drawn(made)
    assert squeezed(drawable("😹" * 1390)) in drawn(made)


def test_where_a_dozen_does_not_fit_the_longest_are_left_out_and_counted() -> None:
    made = posted_svg(view((*(Sentence("中文" * 80, None) for _ in range(9)), Sentence("Krótko.", None))))
    left = drawn(made).count(squeezed(drawable("中文" * 80)))
    assert 1 <= left < 9
    assert f"and{9 - left}moreonthefull-sizepicture" in drawn(made)
    assert "Krótko." in drawn(made)


def test_blank_sentences_are_no_notes() -> None:
    made = posted_svg(view((Sentence("  \u200e", "Ala"), Sentence("\ufe0f\u00a0", "Ala"), Sentence("Jest.", None))))
    assert "Jest." in drawn(made)
    assert "Ala" not in drawn(made)
    assert "Nobodyleftasentence." in drawn(posted_svg(view((Sentence("\x00", None),))))
    assert "Nobodyleftasentence." in drawn(full_pages(view(()))[0])


def test_our_own_words_must_have_glyphs() -> None:
    shown = view(numbered(2))
    wrong = dataclasses.replace(WORDS, take_home="Take home 🚀")
    for draw in (posted_svg, full_pages):
        with pytest.raises(fonts.GlyphMissing):
            draw(dataclasses.replace(shown, words=wrong))


def test_a_long_outcome_ends_with_an_ellipsis_and_is_whole_in_the_text() -> None:
    shown = view(numbered(12), headline=LONG * 3)
    assert "…" in drawn(posted_svg(shown))
    assert LONG * 3 in posted_alt_text(shown)
    assert LONG * 3 in alt_text(shown)
    assert faults(posted_svg(shown)) == []
    assert faults(full_pages(shown)[0]) == []


def test_long_titles_and_many_groups_leave_room_for_the_sentences() -> None:
    crowded = dataclasses.replace(
        view(numbered(12), title="Bardzo długi tytuł warsztatu " * 20),
        subtitle=LONG * 3,
        groups=tuple(f"Grupa robocza numer {at}" for at in range(60)),
    )
    posted = posted_svg(crowded)
    assert all(squeezed(sentence.text) in drawn(posted) for sentence in crowded.sentences)
    assert faults(posted) == []
    assert faults(full_pages(crowded)[0]) == []
    assert all(group in alt_text(crowded) for group in crowded.groups)
    assert crowded.title.strip() in alt_text(crowded)


def test_the_same_view_gives_the_same_picture() -> None:
    assert posted_svg(view(numbered(40))) == posted_svg(view(numbered(40)))
    assert full_pages(view(numbered(40))) == full_pages(view(numbered(40)))


def test_right_to_left_sentences_are_flush_right() -> None:
    root = ElementTree.fromstring(full_pages(view((Sentence("שלום לכולם.", None), Sentence("Cześć.", None))))[0])
    anchors = {"".join(one.itertext()): one.get("text-anchor") for one in root.iter(f"{SVG}text")}
    assert anchors["שלום לכולם.\u200f"] == "end"
    assert anchors["Cześć."] is None


@pytest.mark.parametrize("language", STAGES)
def test_the_wheel_alone(language: str) -> None:
    made = wheel_svg(
        STAGES[language], size=400, language=language, title="Cykl", description="Etap 2", current=1, done=(0,)
    )
    text = drawn(made)
    assert all(squeezed(name) in text for name in STAGES[language])
    small = wheel_svg(STAGES[language], size=60, language=language, title="Cykl", description="Etap 2")
    assert drawn(small) == "1234"


def test_a_wheel_needs_four_stages() -> None:
    with pytest.raises(ValueError, match="four stages"):
        wheel_svg(("one", "two"), size=100, language="en", title="", description="")
