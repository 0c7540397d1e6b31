"""What the manifest says to people, in one language: what Kolbot is, and the commands that Teams proposes."""

from __future__ import annotations

from cards.help import COMMAND_DOES, COMMAND_WORDS
from locales import Words

ROOM = (
    "new", "join", "answer", "start", "next", "extend", "pause", "facilitate", "stage", "board", "finish", "help",
)  # fmt: skip
"""Verbs proposed in channels and group chats: at most twelve fit. The help card and the console offer the others."""
ALONE = ("answer", "board", "facilitate", "summary", "language", "help")
"""Verbs proposed in the chat with Kolbot alone: what concerns one person, or the workshop that they are in."""


def full_name(name: str, say: Words) -> str:
    """The app's name with what it is for."""
    return say("{name}: peer-learning workshops", name=name)


def brief(say: Words) -> str:
    """The app in one sentence, for lists."""
    return say("Kolbot leads peer-learning workshops")


def long(say: Words) -> str:
    """The app in a paragraph, for its page."""
    return say(
        "In four stages people share what they know, plan, look at their experience and draw conclusions; "
        "everybody answers in their own language, and all see the result on one board."
    )


def own_tab(say: Words) -> str:
    """The tab in which somebody sees all their workshops."""
    return say("Workshops")


def commands(verbs: tuple[str, ...], say: Words) -> list[tuple[str, str]]:
    """The word to type and what it does, for each verb."""
    return [(COMMAND_WORDS[verb](say), COMMAND_DOES[verb](say)) for verb in verbs]
