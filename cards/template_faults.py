"""What is mostly wrong with templates, in a person's language, as the loader says it in English. Reads no template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from locales import Words

Facts = Mapping[str, str | int]
Fault = Callable[[Words, Facts], tuple[str, str]]
"""What is wrong, and what would be right."""

_OF = re.compile(r"(“[^”]*”|[a-z_]+ “[^”]*”|prompt \d+) of (.+)", re.DOTALL)
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
    kind, _, id = words.partition(" ")
    return _PLACES[kind](say, id) if kind in _PLACES and id else words


def _right(say: Words, words: str) -> str:
    """What would be right, where that is one of several words."""
    these = words.removeprefix("one of ")
    return say("one of {these}", these=these) if these != words else words


def in_words(say: Words, fault: str, facts: Facts) -> tuple[str, str] | None:
    """What is wrong and what would be right; nothing where only the loader's own words say it."""
    told = FAULTS.get(fault)
    if told is None:
        return None
    ready = {name: place(say, value) if isinstance(value, str) else value for name, value in facts.items()}
    if "right" in ready:
        ready["right"] = _right(say, str(facts["right"]))
    return told(say, ready)


FAULTS: Mapping[str, Fault] = {
    "too_big": lambda say, f: (say("the file has {size} bytes", **f), say("at most {most}", **f)),
    "character": lambda say, f: (
        say("there is a character that YAML does not allow ({character})", **f),
        say("the line without it"),
    ),
    "tab": lambda say, f: (say("a tab stands where the indent is"), say("spaces, two for each level")),
    "empty": lambda say, f: (say("there is nothing in it"), say("a template, beginning with “id:”")),
    "several": lambda say, f: (
        say("a second document begins here"),
        say("one template a file, without “---” or “...” between its parts"),
    ),
    "duplicate_key": lambda say, f: (
        say("“{key}” stands here twice, first in line {first}", **f),
        say("it once"),
    ),
    "not_list": lambda say, f: (say("{name} is {got}", **f), say("a list, each entry with “- ” before it")),
    "not_text": lambda say, f: (say("{name} is {got}", **f), say("one text")),
    "not_number": lambda say, f: (
        say("{name} is {got}", **f),
        say("a whole number from {low} to {high}, without quotation marks", **f),
    ),
    "not_flag": lambda say, f: (say("{name} is {got}", **f), say("true or false, without quotation marks")),
    "nothing": lambda say, f: (
        say("{name} has nothing in it", **f),
        say("a value, or the line left out"),
    ),
    "unknown_key": lambda say, f: (say("{where} has no “{key}”", **f), str(f["right"])),
    "missing": lambda say, f: (say("{where} lacks “{key}”", **f), str(f["right"])),
    "count": lambda say, f: (
        say.plural("{name} has {n} entry", "{name} has {n} entries", int(f["count"]), name=f["name"]),
        say("{low} to {high}", **f),
    ),
    "out_of_range": lambda say, f: (
        say("{name} is {got}", **f),
        say("a whole number from {low} to {high}", **f),
    ),
    "too_long": lambda say, f: (
        say.plural("{name} has {n} character", "{name} has {n} characters", int(f["length"]), name=f["name"]),
        say("at most {most}", **f),
    ),
    "no_language": lambda say, f: (
        say("{name} lacks its text in “{language}”", **f),
        say("“{language}: …” beside the others, or “{language}” left out of languages", **f),
    ),
    "unknown_language": lambda say, f: (
        say("“{language}” is not a language that can be used", **f),
        say("one of {these}", these=f["known"]),
    ),
    "unknown_reveal": lambda say, f: (say("{name} is “{got}”", **f), str(f["right"])),
    "live_anonymous": lambda say, f: (
        say("{where} is anonymous and shown at once, so whoever watches the board sees who has just answered", **f),
        say("“reveal: on_close” or “reveal: by_facilitator”, or no “anonymous”"),
    ),
    "wrong_id": lambda say, f: (
        say("“{id}” cannot be an id", **f),
        say("letters a–z, digits, _ and -, beginning with a letter or digit, at most {most}", **f),
    ),
    "asks_nothing": lambda say, f: (
        say("{where} asks nothing", **f),
        say("one to three prompts, or “break: true”"),
    ),
    "unknown_kind": lambda say, f: (say("there is no kind “{kind}”", **f), str(f["right"])),
    "from_unknown": lambda say, f: (say("no prompt has the id “{id}”", **f), str(f["right"])),
    "again_anonymous": lambda say, f: (
        say("of {where} and {id}, which it asks again, only one is anonymous", **f),
        say("the same “anonymous” for both"),
    ),
    "again_otherwise": lambda say, f: (
        say("{where} has another scale or other ends than {id}, which it asks again", **f),
        say("the same settings for both"),
    ),
    "summary_long": lambda say, f: (
        say("{id} is on the summary, and its max_chars is {got}", **f),
        say("“max_chars: {most}” or less", **f),
    ),
}
"""By the loader's name of the fault."""
