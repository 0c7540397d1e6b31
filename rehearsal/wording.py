"""How people's words are kept and shown, told by a reader's rules: what makes two texts the same. It reads no cards."""

from __future__ import annotations

import re
import unicodedata

STAY = frozenset("\n\u200c\u200d").union(map(chr, range(0xE0020, 0xE0080)))
"""Line breaks, joiners (of emoji, of Persian) and the tags of regional flags."""
MENTION = re.compile(r"<(/?\s*at\b[^>]*)(>?)", re.IGNORECASE)
TIMES = re.compile(r"(.*) ×(\d+)", re.DOTALL)


def cleaned(text: str) -> str:
    """What is kept: NFC; every line break one sign; no control, bidirectional and other unseen characters but joiners;
    spaces folded, none at the ends of lines; at most one empty line."""
    text = re.sub("\r\n|[\r\u2028\u2029]", "\n", text)
    kept = (sign if sign not in "\t\x0b\x0c\x85" else " " for sign in text)
    text = unicodedata.normalize("NFC", "".join(sign for sign in kept if _stays(sign)))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in text.split("\n"))).strip()


def _stays(sign: str) -> bool:
    return sign in STAY or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co")


def unturned(words: str) -> str:
    """Without the signs that a card puts around words so that they turn nothing beside them."""
    return words.replace("\u2068", "").replace("\u2069", "")


def unmarked(words: str) -> str:
    """As it reads, however a card keeps clients from reading a mention or a macro into it: with other brackets, or
    with an invisible sign between the braces."""
    words = unturned(words).replace("\u2060", "")
    return MENTION.sub(lambda found: found[0].replace("<", "‹").replace(">", "›"), words)


def fold(words: str) -> str:
    """Equal notes count together: case, spaces and the signs at the end make no difference."""
    plain = " ".join(words.casefold().split())
    return plain.strip(" .,;:!?") or plain


def times(words: str) -> tuple[str, int]:
    """Equal entries shown as one say how many they are: the words, and the number."""
    match = TIMES.fullmatch(words)
    return (match[1], int(match[2])) if match else (words, 1)
