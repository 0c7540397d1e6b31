"""What one author gave to one prompt, and the names of the entries in it. It knows no workshop."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

Value = Mapping[str, object]
"""One answer as plain JSON data; only the prompt's kind knows its shape."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one author gave to one prompt. `author` is a person's id, or a pseudonym where the prompt is anonymous."""

    prompt: str
    author: str
    value: Value
    case: str = ""
    round: int = 1


def entry_id(answer: Answer, part: str, words: str) -> str:
    """The name of one entry of an answer (one sticky note), by which it is hidden or restored. The same words by the
    same author in the same column keep their name through edits of the rest; other words are another note."""
    seed = "\n".join((answer.prompt, answer.case, str(answer.round), answer.author, part, words))
    return hashlib.sha256(seed.encode()).hexdigest()[:16]
