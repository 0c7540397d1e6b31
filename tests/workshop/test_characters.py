"""Which characters of what people write are kept, each by its kind."""

from __future__ import annotations

import unicodedata

import pytest

from workshop.prompts.kind import _KEPT, _ORDINARY, clean


def test_every_character_is_kept_or_not_by_its_kind_however_many_were_seen_before() -> None:
    for code in [*range(0x3400), *range(0x3400)]:  # far more than are remembered
        c = chr(code)
        if c in "\n\r\u2028\u2029":
            expected = "a\nb"
        elif c in "\t\x0b\x0c\x85":
            expected = "a b"
        elif unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c not in "\u200c\u200d":
            expected = "ab"
        else:
            expected = " ".join(unicodedata.normalize("NFC", f"a{c}b").split())
        assert clean(f"a{c}b") == expected, hex(code)


@pytest.mark.no_cover
def test_ordinary_letters_beside_each_other_stay_as_they_are() -> None:
    """They are not looked at one by one; here each stands before each."""
    letters = [chr(code) for code in range(0x20, 0x482) if _ORDINARY.fullmatch(chr(code))]
    assert len(letters) > 400
    for one in letters:
        pairs = "".join(one + other for other in letters)
        assert unicodedata.normalize("NFC", pairs.translate(_KEPT)) == pairs
