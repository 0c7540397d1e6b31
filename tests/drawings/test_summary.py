"""The summary shows what was said: all of it at full size and as text, a readable dozen on the posted picture."""

from __future__ import annotations

import dataclasses
from xml.etree import ElementTree

import pytest

from drawings import fonts
from drawings.lettering import drawable
from drawings.summary import Sentence, Words, alt_text, full_svg, posted_alt_text, posted_svg
from drawings.wheel import wheel_svg
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


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """(x, y, width, height) of every rectangle."""
    return [
        (float(one.get("x", 0)), float(one.get("y", 0)), float(one.get("width", 0)), float(one.get("height", 0)))
        for one in ElementTree.fromstring(svg).iter(f"{SVG}rect")
    ]


@pytest.mark.parametrize("people", [0, 1, 3, 12, 40, 120, 500])
def test_the_full_picture_has_every_sentence_and_name(people: int) -> None:
    shown = view(numbered(people))
    made = full_svg(shown)
    text = drawn(made)
    for sentence in shown.sentences:
        assert squeezed(sentence.text) in text
        assert squeezed(sentence.who or "") in text
    for stage in shown.stages:
        assert squeezed(stage.headline) in text
        assert squeezed(stage.lines[0]) in text
    assert ElementTree.fromstring(made).get("width") == "1920"
    told = alt_text(shown)
    assert all(f"• {sentence.text}" in told for sentence in shown.sentences)
    assert "more on the full-size" not in text


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


@pytest.mark.parametrize("people", [1, 2, 3, 4, 5, 7, 12, 40])
def test_nothing_leaves_the_posted_picture_and_no_notes_overlap(people: int) -> None:
    made = posted_svg(view(numbered(people)))
    papers = [box for box in boxes(made)[1:] if box[3] > 4]
    notes = papers[1::2]
    assert len(notes) == min(people, 12)
    for x, y, width, height in notes:
        assert x >= 20
        assert x + width <= 1004
        assert y >= 100
        assert y + height <= 1016
    for at, (x, y, width, height) in enumerate(notes):
        for other_x, other_y, other_width, other_height in notes[at + 1 :]:
            apart = (
                x + width <= other_x
                or other_x + other_width <= x
                or y + height <= other_y
                or other_y + other_height <= y
            )
            assert apart


def test_hostile_text_is_shown_and_does_nothing() -> None:
    shown = view(tuple(Sentence(text, text) for text in HOSTILE), title=HOSTILE[0], headline=HOSTILE[1])
    for made in (full_svg(shown), posted_svg(shown)):
        root = ElementTree.fromstring(made)
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
            "svg", "title", "desc", "rect", "g", "path", "defs", "text", "textPath", "tspan", "line",
        }  # fmt: skip
        assert not any(sign in made for sign in "\u202e\u202c\x00")
    text = drawn(full_svg(shown))
    for sentence in HOSTILE:
        assert squeezed(drawable(sentence)) in text


def test_one_sentence_that_fills_more_than_the_page_is_still_whole() -> None:
    # 140 times "cat face with tears of joy" is forty lines of 20 px.
    made = posted_svg(view((Sentence("😹" * 140, None), Sentence("😹" * 139, None))))
    assert "and1moreonthefull-sizepicture" in drawn(made)
    assert squeezed(drawable("😹" * 139)) in drawn(made)


def test_where_a_dozen_does_not_fit_the_longest_are_left_out_and_counted() -> None:
    made = posted_svg(view((*(Sentence("中文" * 40, None) for _ in range(9)), Sentence("Krótko.", None))))
    left = drawn(made).count(squeezed(drawable("中文" * 40)))
    assert 1 <= left < 9
    assert f"and{9 - left}moreonthefull-sizepicture" in drawn(made)
    assert "Krótko." in drawn(made)


def test_blank_sentences_are_no_notes() -> None:
    made = posted_svg(view((Sentence("  \u200e", "Ala"), Sentence("\ufe0f\u00a0", "Ala"), Sentence("Jest.", None))))
    assert "Jest." in drawn(made)
    assert "Ala" not in drawn(made)
    assert "Nobodyleftasentence." in drawn(posted_svg(view((Sentence("\x00", None),))))
    assert "Nobodyleftasentence." in drawn(full_svg(view(())))


def test_our_own_words_must_have_glyphs() -> None:
    shown = view(numbered(2))
    wrong = Words("Take home 🚀", WORDS.people, WORDS.nobody, WORDS.more)
    for draw in (posted_svg, full_svg):
        with pytest.raises(fonts.GlyphMissing):
            draw(dataclasses.replace(shown, words=wrong))


def test_a_long_headline_ends_with_an_ellipsis_and_is_whole_in_the_text() -> None:
    shown = view(numbered(12), headline=LONG * 3)
    assert "…" in drawn(posted_svg(shown))
    assert LONG * 3 in posted_alt_text(shown)
    assert "…" not in drawn(full_svg(shown))
    assert drawn(full_svg(shown)).count(squeezed(LONG * 3)) == 4


def test_long_titles_and_many_groups_leave_room_for_the_sentences() -> None:
    crowded = dataclasses.replace(
        view(numbered(12), title="Bardzo długi tytuł warsztatu " * 20),
        subtitle=LONG * 3,
        groups=tuple(f"Grupa robocza numer {at}" for at in range(60)),
    )
    posted = posted_svg(crowded)
    assert all(squeezed(sentence.text) in drawn(posted) for sentence in crowded.sentences)
    assert all(squeezed(group) in drawn(full_svg(crowded)) for group in crowded.groups)
    assert crowded.title.strip() in alt_text(crowded)


def test_the_same_view_gives_the_same_picture() -> None:
    assert posted_svg(view(numbered(40))) == posted_svg(view(numbered(40)))
    assert full_svg(view(numbered(40))) == full_svg(view(numbered(40)))


def test_right_to_left_sentences_are_flush_right() -> None:
    root = ElementTree.fromstring(full_svg(view((Sentence("שלום לכולם.", None), Sentence("Cześć.", None)))))
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
