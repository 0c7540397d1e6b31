"""Emoji in people's text: which signs belong to one, and what a drawing keeps of them. Knows no fonts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

JOINER: Final = "\u200d"
KEYS: Final = frozenset("0123456789#*")
"""What a keycap is made of: 1, emoji style, the cap."""
CAP: Final = "\u20e3"
STYLES: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))
TONES: Final = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
EMOJI_STYLE: Final = "\ufe0f"

# Unicode's Emoji_Modifier_Base: hands and people, the only ones that a renderer gives a skin tone to.
_TONED: Final = frozenset(
    "☝⛹✊✋✌✍🎅🏂🏃🏄🏇🏊🏋🏌👂👃👆👇👈👉👊👋👌👍👎👏👐👦👧👨👩👫👬👭👮👰👱👲👳👴👵👶👷👸👼💁💂💃💅💆💇💏💑💪🕴🕵🕺🖐🖕🖖🙅🙆🙇🙋🙌🙍🙎🙏🚣🚴🚵🚶🛀🛌"
    "🤌🤏🤘🤙🤚🤛🤜🤝🤞🤟🤦🤰🤱🤲🤳🤴🤵🤶🤷🤸🤹🤼🤽🤾🥷🦵🦶🦸🦹🦻🧍🧎🧏🧑🧒🧓🧔🧕🧖🧗🧘🧙🧚🧛🧜🧝🫃🫄🫅🫰🫱🫲🫳🫴🫵🫶🫷🫸"
)
_KEYCAP: Final = re.compile(f"[{''.join(sorted(KEYS))}]{EMOJI_STYLE}?{CAP}")
# The flags of England, Scotland and Wales: a black flag, the letters of gbeng, gbsct or gbwls without ink, and an end.
_TAGGED: Final = re.compile(
    "\U0001f3f4\U000e0067\U000e0062"
    "(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
_TAGS: Final = "\U000e0020-\U000e007f"
_TAG_LETTERS: Final = frozenset(map(chr, range(0xE0020, 0xE0080)))
_WORN: Final = f"[{EMOJI_STYLE}{''.join(sorted(TONES))}{_TAGS}]"
_SIGN: Final = "[\u2190-\u2bff\u3030-\u32ff\U0001f000-\U0001faff]"
OF_SEVERAL: Final = re.compile(
    f"{_KEYCAP.pattern}|[\U0001f1e6-\U0001f1ff]{{1,2}}|{_SIGN}{_WORN}*(?:{JOINER}{_SIGN}{_WORN}*)+|{_SIGN}{_WORN}+"
)
"""An emoji of several characters in what is drawn, and a lone letter of a flag."""
_PART: Final = re.compile(f"{OF_SEVERAL.pattern}|.", re.DOTALL)


def joining(text: str, is_emoji: Callable[[str], bool]) -> frozenset[int]:
    """Places of the invisible characters that make one emoji of several, in text as it was typed."""
    if JOINER not in text and "\U0001f3f4" not in text:
        return frozenset()
    tags = {at for found in _TAGGED.finditer(text) for at in range(found.start() + 1, found.end())}
    return frozenset(
        tags.union(
            at
            for at, character in enumerate(text)
            if character == JOINER
            and at
            and (text[at - 1] in STYLES or text[at - 1] in TONES or is_emoji(text[at - 1]))
            and is_emoji(text[at + 1 : at + 2])
        )
    )


def styled(text: str, is_emoji: Callable[[str], bool]) -> str:
    """`text` with the emoji style and skin tones of emoji alone. Elsewhere a browser would draw a tone as a square of
    its own, and a letter's style as another letter: neither was measured."""
    kept: list[str] = []
    for at, character in enumerate(text):
        before = kept[-1] if kept else ""
        if character in STYLES:
            of_key = before in KEYS and text[at + 1 : at + 2] == CAP
            if character != EMOJI_STYLE or not (of_key or is_emoji(before)):
                continue
        elif character in TONES and before not in _TONED:
            continue
        kept.append(character)
    return "".join(kept)


def keycaps(text: str) -> frozenset[int]:
    """Places of the characters of keycaps, which are drawn as one sign."""
    if CAP not in text:
        return frozenset()
    return frozenset(at for found in _KEYCAP.finditer(text) for at in range(*found.span()))


def parts(text: str) -> list[str]:
    """`text` in characters, the emoji that consist of several together: where a word may be cut."""
    return _PART.findall(text)


def invisible(character: str) -> bool:
    """Whether it only joins, styles, colours or spells out an emoji, or is the cap of a key."""
    return character in (JOINER, CAP) or character in STYLES or character in TONES or character in _TAG_LETTERS
