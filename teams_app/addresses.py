"""Domains, links and ids as Teams takes them. Looks nothing up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from teams_app.shapes import Form, kind, quoted

NOBODY = "00000000-0000-0000-0000-000000000000"
REHEARSAL = "00000000-0000-0000-0000-0000000000ab"
"""The app id that is reserved for rehearsals: Teams never calls it."""

GUID = Form(
    re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
    "a GUID: 8-4-4-4-12 hexadecimal digits, as 6f1c9a4e-0b52-4d0e-9c57-2f6a3d1b8e70",
)
VERSION = Form(
    re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})", re.ASCII),
    "three whole numbers with dots between, as 1.0.0",
    256,
)

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def faults_of_domain(domain: str) -> Iterator[str]:
    """What is wrong with a host name, as the rest of a sentence; nothing for one that Teams takes.

    Stricter than the schema, which takes any text: one host, in lower case, because the Application ID URI is compared
    by letter.
    """
    right = "it has to be a host name alone, as bot.example.org"
    labels = domain.split(".")
    if "://" in domain or "/" in domain:
        yield f"holds a scheme or a path; {right}"
    elif "*" in domain:
        yield f"holds a wildcard; {right}: everything below a shared domain would be trusted"
    elif ":" in domain or "@" in domain or any(c.isspace() for c in domain):
        yield f"holds a port, a user or a blank; {right}"
    elif not domain.isascii():
        yield "holds letters beyond ASCII; write it in its xn-- form"
    elif domain != domain.lower():
        yield f"has capital letters; write {domain.lower()}"
    elif len(labels) < 2 or labels[-1].isdigit() or labels[-1] in ("localhost", "local", "internal"):
        yield f"is no name that Teams can reach; {right}"
    elif len(domain) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        yield f"is no host name: its parts are 1 to 63 of a-z, 0-9 and inner hyphens; {right}"


@dataclass(frozen=True, slots=True)
class Domain:
    """A host name, without scheme, port, path or wildcard."""

    def faults(self, value: object, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{where} is {kind(value)}; it has to be a host name, as bot.example.org."
            return
        for fault in faults_of_domain(value):
            yield f"{where} is {quoted(value)}, which {fault}."


@dataclass(frozen=True, slots=True)
class Link:
    """An https address of a page."""

    def faults(self, value: object, where: str) -> Iterator[str]:
        right = "it has to be an https address, as https://example.org/privacy"
        if not isinstance(value, str):
            yield f"{where} is {kind(value)}; {right}."
        elif len(value) > 2048:
            yield f"{where} has {len(value)} characters; at most 2048 are allowed."
        elif not _is_link(value):
            yield f"{where} is {quoted(value)}; {right}."


def _is_link(value: str) -> bool:
    if any(c.isspace() or not c.isprintable() for c in value):
        return False
    try:
        parts = urlsplit(value)
        usual = parts.port in (None, 443)
    except ValueError:  # a port or brackets that no address has
        return False
    user = parts.username is not None or parts.password is not None
    host = parts.hostname or ""
    return parts.scheme == "https" and usual and not user and not any(faults_of_domain(host))
