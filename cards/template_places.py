"""Places in a template and what would be right there, in a person's language, out of the loader's English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from locales import Words

_OF = re.compile(r"(“[^”]*”|[a-z_]+ “[^”]*”|prompt \d+|step \d+|cases) of (.+)", re.DOTALL)
_ENTRY = re.compile(r"an entry of ([a-z_]+)")
_IN = re.compile(r"(.+) in “([a-z]{2})”", re.DOTALL)
_QUOTED = re.compile(r"((?:[a-z_]+ )?)“([^”]*)”", re.DOTALL)
_PLACES: Mapping[str, Callable[[Words, str], str]] = {
    "stage": lambda say, id: say("stage {id}", id=id),
    "step": lambda say, id: say("step {id}", id=id),
    "prompt": lambda say, id: say("prompt {id}", id=id),
}
_GOT: Mapping[str, Callable[[Words], str]] = {
    "a list": lambda say: say("a list"),
    "a mapping": lambda say: say("a mapping"),
    "nothing": lambda say: say("nothing"),
    "the template": lambda say: say("the template"),
    "template": lambda say: say("template"),
    "stage": lambda say: say("stage"),
    "step": lambda say: say("step"),
    "prompt": lambda say: say("prompt"),
    "output": lambda say: say("output"),
}


def place(say: Words, words: str) -> str:
    """A place in a template: "“minutes” of step vote". What is not known stays as it is."""
    if words in _GOT:
        return _GOT[words](say)
    if found := _IN.fullmatch(words):
        return say("{place} in “{language}”", place=place(say, found[1]), language=found[2])
    if found := _OF.fullmatch(words):
        return say("{part} of {place}", part=place(say, found[1]), place=place(say, found[2]))
    if found := _QUOTED.fullmatch(words):
        return found[1] + say("“{words}”", words=found[2])
    if found := _ENTRY.fullmatch(words):
        return say("an entry of {key}", key=found[1])
    kind, _, id = words.partition(" ")
    return _PLACES[kind](say, id) if kind in _PLACES and id else words


def right(say: Words, words: str) -> str:
    """What would be right: one of several words, a key with what belongs there, or advice."""
    for pattern, told in _RIGHT:
        if found := pattern.fullmatch(words):
            return told(say, found)
    return words


_RIGHT: tuple[tuple[re.Pattern[str], Callable[[Words, re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), told)
    for pattern, told in (
        (r"one of (.+)", lambda say, f: say("one of {these}", these=f[1])),
        (
            r"“languages: \[en\]”, or more of (.+)",
            lambda say, f: say("“languages: [en]”, or more of {these}", these=f[1]),
        ),
        (
            r"“([a-z_]+):” with a whole number from (\d+) to (\d+)",
            lambda say, f: say("“{key}:” with a whole number from {low} to {high}", key=f[1], low=f[2], high=f[3]),
        ),
        (
            r"“([a-z_]+):” with a text in (.+)",
            lambda say, f: say("“{key}:” with a text in {languages}", key=f[1], languages=f[2]),
        ),
        (
            r"“([a-z_]+):” with (\d+) to (\d+) ids, each with its (?:text|label)",
            lambda say, f: say("“{key}:” with {low} to {high} ids, each with its text", key=f[1], low=f[2], high=f[3]),
        ),
        (
            r"“([a-z_]+):” with (\w+) and (\w+), each with its text",
            lambda say, f: say(
                "“{key}:” with {first} and {second}, each with its text", key=f[1], first=f[2], second=f[3]
            ),
        ),
        (
            r"“([a-z_]+):” with a list of (\d+) to (\d+)",
            lambda say, f: say("“{key}:” with a list of {low} to {high}", key=f[1], low=f[2], high=f[3]),
        ),
        (
            r"“([a-z_]+):” with a short name, such as (.+)",
            lambda say, f: say("“{key}:” with a short name, such as {name}", key=f[1], name=f[2]),
        ),
        (
            r"“([a-z_]+):” with the id of an earlier prompt",
            lambda say, f: say("“{key}:” with the id of an earlier prompt", key=f[1]),
        ),
        (
            r"“([a-z_]+):” with the id of a prompt of this stage",
            lambda say, f: say("“{key}:” with the id of a prompt of this stage", key=f[1]),
        ),
        (
            r"“([a-z_]+):” with two or more, or “from:” with the id of an earlier prompt",
            lambda say, f: say("“{key}:” with two or more, or “from:” with the id of an earlier prompt", key=f[1]),
        ),
        (r"“([a-z_]+):” with (.+)", lambda say, f: say("“{key}:” with {what}", key=f[1], what=right(say, f[2]))),
        (
            r"“from” in a later step: nothing is asked before this one",
            lambda say, f: say("“from” in a later step: nothing is asked before this one"),
        ),
        (
            r"no “quotes”: nothing is asked before this one",
            lambda say, f: say("no “quotes”: nothing is asked before this one"),
        ),
        (
            r"no “again”: nothing like it is asked before",
            lambda say, f: say("no “again”: nothing like it is asked before"),
        ),
        (
            r"cases in a later stage: nothing is asked before these",
            lambda say, f: say("cases in a later stage: nothing is asked before these"),
        ),
        (
            r"no output: this stage asks nothing that could be carried over",
            lambda say, f: say("no output: this stage asks nothing that could be carried over"),
        ),
        (r"an id, a colon, its (?:text|label)", lambda say, f: say("an id, a colon, its text")),
        (r"has items that nobody wrote", lambda say, f: say("has items that nobody wrote")),
        (r"is anonymous", lambda say, f: say("is anonymous")),
    )
)
"""What the loader says in English, and the sentence that says it."""
