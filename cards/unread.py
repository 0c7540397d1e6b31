"""Words in which no client reads anything: no markdown, mention, macro or list. It draws nothing."""

from __future__ import annotations

import re

from locales.directions import isolated

CHOICE_LIMIT = 120
"""Longest title of a choice; the whole words stand beside it."""

_MARKDOWN = re.compile(r"[*_\[\]()\\`~<>#|{}]")
_LISTED = re.compile(r"(?:[-+•]|\d+[.)])\s")
_BRACES = re.compile(r"\{(?=\{)")
_MENTION = re.compile(r"</?\s*at\b[^>]*>?", re.IGNORECASE)
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Marks that stand over and under any letter (not those that scripts need, which do not pile up)."""
_PILED = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")


def unlisted(text: str) -> str:
    """A line that begins with a number and a full stop, as ordinals do in some languages, begins no list."""
    return "\N{WORD JOINER}" + text if _LISTED.match(text) and "\n" not in text else text


def harmless(words: str) -> str:
    """A person's words in one short line that no markdown reader makes anything of."""
    kept = " ".join(_MARKDOWN.sub("", _MENTION.sub("", words)).split())
    if _LISTED.match(kept):  # "1. " or "- " would begin a list
        kept = "\N{WORD JOINER}" + kept
    return kept if len(kept) <= CHOICE_LIMIT else kept[: CHOICE_LIMIT - 1] + "…"


def plain(words: str) -> str:
    """Mentions are only read where the card names them, yet nobody's words should even look like one; and Teams'
    renderer reads {{DATE(…)}} in runs too, so a word joiner, which shows nothing, stands between such braces. More than
    four marks on a letter would cover what stands above and below. What is written from the right turns nothing beside
    it."""
    if not words.isascii():
        words = _PILED.sub(r"\1", words)
    if "<" in words:
        words = _MENTION.sub(lambda found: found[0].replace("<", "‹").replace(">", "›"), words)
    return isolated(_BRACES.sub("{\N{WORD JOINER}", words) if "{{" in words else words)
