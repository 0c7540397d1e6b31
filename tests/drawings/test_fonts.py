"""The fonts have what our languages need, say what they lack, and text becomes drawable without losing anything."""

from __future__ import annotations

import unicodedata

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings, strategies as st

from drawings import fonts
from drawings.lettering import drawable, is_right_to_left, measured, plain
from drawings.renderer import for_renderer, renderer_fonts
from locales import LANGUAGES, catalogue_file
from tests.drawings.samples import LETTERS, LONG, SENTENCES


@pytest.mark.parametrize("language", LETTERS)
def test_every_letter_of_the_five_languages_is_in_the_text_fonts(language: str) -> None:
    assert fonts.missing_glyphs(LETTERS[language], signs=False) == set()
    assert fonts.require_glyphs(LETTERS[language]) == LETTERS[language]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_letter_of_a_catalogue_is_in_the_text_fonts(language: str) -> None:
    with catalogue_file(language).open("rb") as file:
        said = "".join(str(message.string) for message in read_po(file, locale=language))
    assert fonts.missing_glyphs("".join(sign for sign in said if sign.isalpha()), signs=False) == set()


def test_missing_glyphs_are_named_and_fail_for_our_own_words() -> None:
    assert fonts.missing_glyphs("Witaj \U0001fae9 中") == {"\U0001fae9", "中"}
    assert fonts.missing_glyphs("👍 🍂") == set()
    with pytest.raises(fonts.GlyphMissing) as raised:
        fonts.require_glyphs("Witaj \U0001fae9")
    assert raised.value.characters == {"\U0001fae9"}
    assert "Witaj" not in str(raised.value)
    with pytest.raises(fonts.GlyphMissing):
        fonts.require_glyphs("👍")


def test_width_is_the_sum_of_advances() -> None:
    assert fonts.advance("") == 0
    assert fonts.advance("ab") == pytest.approx(fonts.advance("a") + fonts.advance("b"))
    assert fonts.advance("Wiedza", bold=True) > fonts.advance("Wiedza")
    assert 0.3 < fonts.advance("n") < 0.8


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  dwa   słowa\r\n i\ttrzecie ", "dwa słowa i trzecie"),
        ("a\x00b\x07c\u200e\u202ed\u2066e\ufeff", "abcde"),
        ("e\u0301", "é"),
        ("100\u202f000\u00a0zł", "100\u00a0000\u00a0zł"),
        ("\ud83d", "?"),
        ("soft\u00adhyphen", "softhyphen"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200db", "ab"),
    ],
)
def test_plain_text(typed: str, shown: str) -> None:
    assert plain(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("hura 😀!", "hura 😀!"),
        ("jesień 🍂 🙏", "jesień 🍂 🙏"),
        ("🇵🇱🇧🇬", "🇵🇱🇧🇬"),
        ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",) * 2,
        ("🏴\U000e0068\U000e0069\U000e007f!", "🏴!"),
        ("👍🏽", "👍🏽"),
        ("🚀🏽 🏽", "🚀 "),
        ("🇵️🇱️ 🇵🇱️", "🇵️🇱️ 🇵🇱️"),
        ("❤️ ☀\ufe0e a\ufe0f", "❤️ ☀ a"),
        ("❤️\ufe0f\ufe0f", "❤️"),
        ("👩‍👧 👩🏽‍💻 ❤️‍🔥", "👩‍👧 👩🏽‍💻 ❤️‍🔥"),
        ("a‍👧 👧‍a 👧‍", "a👧 👧a 👧"),
        ("1️⃣ 2⃣ 3️", "1️⃣ 2⃣ 3"),
        ("\ue000\ue001 \U00100000 🚀\u20e3", "☐☐ ☐ 🚀☐"),
        ("中\U0001fae9\U0001fae9", "中\U0001fae9\U0001fae9"),
        ("\U00011103\U00011127", "☐"),
        ("e" + "\u0323\u0301\u0302\u0303\u0304\u0305", "ẹ́̂̃⟨+2⟩"),
        ("", ""),
    ],
)
def test_what_no_font_has_is_a_sign_unless_a_readers_may(typed: str, shown: str) -> None:
    assert drawable(typed) == shown


def test_an_accent_that_the_letters_font_lacks_is_a_sign() -> None:
    assert drawable("o\u0337") == "o☐"


@given(st.text(max_size=140) | st.text("👩👨🚀🏽❤️‍🇵🇱1⃣🏴\U000e0067\U0001fae9中a \u0301", max_size=140))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_can_be_drawn(typed: str) -> None:
    shown = drawable(typed)
    assert all(map(fonts.left_to_readers, fonts.missing_glyphs(shown)))
    assert fonts.missing_glyphs(for_renderer(shown, {})) == set()
    assert not any(unicodedata.category(one) in ("Cc", "Cs") for one in shown)
    assert "".join(run for _, run in fonts.runs(shown)) == shown
    text = measured(typed)
    for width in (2.0, 5.0, 12.0):
        assert "".join(text.lines(width)).replace(" ", "") == shown.replace(" ", "")
        assert all(fonts.advance(one) <= width for one in text.lines(width))


@pytest.mark.parametrize("width", [6.0, 9.5, 14.0, 24.0])
@pytest.mark.parametrize("sentence", [*SENTENCES, LONG])
def test_no_word_is_cut_and_no_line_is_too_wide(sentence: str, width: float) -> None:
    text = measured(sentence)
    for broken in (text.lines(width), text.balanced(width)):
        assert " ".join(broken).split(" ") == [
            part for word in sentence.split(" ") for part in (text_of(word, width) if len(word) > 8 else [word])
        ]
        assert all(fonts.advance(one) <= width + 1e-6 for one in broken)
    assert len(text.balanced(width)) == len(text.lines(width))


def text_of(word: str, width: float) -> list[str]:
    """The word whole where it fits; its parts where it does not."""
    return list(measured(word).lines(width)) if fonts.advance(word) > width else [word]


@pytest.mark.parametrize("word", ["x" * 140, "Ш" * 140, "https://example.org/" + "a-b/" * 30])
def test_a_word_wider_than_the_line_is_cut_without_losing_a_letter(word: str) -> None:
    broken = measured(word).lines(12)
    assert len(broken) > 1
    assert "".join(broken) == word
    assert all(fonts.advance(one) <= 12 for one in broken)


def test_addresses_are_cut_after_a_sign() -> None:
    first, *_ = measured("https://example.org/one/two").lines(9)
    assert first[-1] in "/."


def test_short_words_and_days_do_not_end_a_line() -> None:
    for width in (5.0, 6.0, 7.0, 8.0, 9.0, 10.0):
        for one in measured("Pierwsze sprawdzenie 12 marca i potem w lipcu z innymi").lines(width)[:-1]:
            assert one.split(" ")[-1] not in {"i", "w", "z", "12"}


def test_direction_of_the_first_letter_counts() -> None:
    assert is_right_to_left("123 שלום ok")
    assert is_right_to_left("نبدأ")
    assert not is_right_to_left("ok שלום")
    assert not is_right_to_left("123")


def test_fallback_fonts_hold_only_what_the_earlier_ones_lack() -> None:
    files, _ = renderer_fonts()
    assert list(files)[:2] == ["figo", "figbo"]
    assert len(files) == 8
    assert next(family for family, _ in fonts.probes()) == "FiraGO"
    assert len({family for family, _ in fonts.probes()}) == 6
