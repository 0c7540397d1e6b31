"""Names that tell nobody who it is, under a workshop's own key: who has it can find out, until it is destroyed."""

from __future__ import annotations

import hmac
from hashlib import blake2b


def of_author(secret: str, about: str, person: str) -> str:
    """The author of what somebody gave to an anonymous prompt: HMAC-SHA-256, 128 bits of it. `secret`: hex."""
    # Not `hmac.digest`: it lets go of the interpreter's lock, which costs far more than the few bytes here.
    said = f"{about}\n{person}".encode()
    return "anonymous:" + hmac.new(bytes.fromhex(secret), said, "sha256").hexdigest()[:32]


def of_topic(secret: str, *words: str) -> str:
    """What some words are about: BLAKE2b with a key, 128 bits. `secret`: hex."""
    return blake2b("\n".join(words).encode(), key=bytes.fromhex(secret), digest_size=16).hexdigest()
