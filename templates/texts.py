"""The texts of a template in its languages, read node by node; it never looks at what a text is for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from templates.nodes import Node, Rows, Scalar, Table
from templates.wrong import Fault, WrongTemplate, shown
from workshop.plan import LANGUAGE_CODES, Text
from workshop.prompts.kind import clean

LANGUAGES = LANGUAGE_CODES
"""The languages that a template may be written in (ISO 639-1)."""
TEXT_LIMIT = 2000
LABEL_LIMIT = 140
"""Longest text, and longest title or label, in code points after cleaning."""


_LINK = re.compile(r"\](?=[(\[])")
_BRACES = re.compile(r"\{(?=\{)")
_MENTION = re.compile(r"<(?=/?\s*at\b)", re.IGNORECASE)


@dataclass
class Reading:
    """What holds for a whole file while it is read."""

    file: str
    languages: tuple[str, ...] = ()
    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    """Ids seen, by what they are of, with their lines."""

    def wrong(self, line: int, fault: Fault, /, **params: str | int) -> WrongTemplate:
        return WrongTemplate(self.file, line, fault, params)

    def text(self, node: Node, line: int, name: str, most: int) -> Text:
        """The text in every language of the template. A plain string will do where there is only one language."""
        languages = self.languages
        if isinstance(node, Scalar):
            if node.is_nothing:
                raise self.wrong(line, Fault.NOTHING, name=name)
            if len(languages) > 1:
                right = ", ".join(f"{language}: …" for language in languages)
                raise self.wrong(line, Fault.ONE_TEXT, name=name, count=len(languages), right="{" + right + "}")
            return {languages[0]: self._sentence(node, line, name, most)}
        if not isinstance(node, Table):
            raise self.wrong(line, Fault.NOT_TEXT, name=name, got=got_at(node))
        for language, (place, _) in node.entries.items():
            if language not in LANGUAGES:
                raise self.wrong(place, Fault.UNKNOWN_LANGUAGE, language=shown(language), known=", ".join(LANGUAGES))
            if language not in languages:
                raise self.wrong(place, Fault.UNDECLARED_LANGUAGE, name=name, language=language)
        text: dict[str, str] = {}
        for language in languages:
            if language not in node.entries:
                raise self.wrong(line, Fault.NO_LANGUAGE, name=name, language=language)
            place, words = node.entries[language]
            text[language] = self._sentence(words, place, f"{name} in “{language}”", most)
        return text

    def _sentence(self, node: Node, line: int, name: str, most: int) -> str:
        if not isinstance(node, Scalar):
            raise self.wrong(line, Fault.NOT_TEXT, name=name, got=got_at(node))
        # Cleaned twice: the second time composes what the first joined.
        words = "" if node.is_nothing else quiet(clean(clean(node.words)))
        if not words:
            raise self.wrong(line, Fault.NOTHING, name=name)
        if len(words) > most:
            raise self.wrong(line, Fault.TOO_LONG, name=name, length=len(words), most=most)
        return words


def quiet(words: str) -> str:
    """Words in which no card finds a link, a picture, a mention or a date to fill in: templates come from people too.
    What is quiet stays as it is."""
    return _MENTION.sub("‹", _BRACES.sub("{ ", _LINK.sub("] ", words)))


def got_at(node: Node) -> str:
    """What stands there, in words for a refusal."""
    match node:
        case Rows():
            return "a list"
        case Table():
            return "a mapping"
        case _:
            return "nothing" if node.is_nothing else f"“{shown(node.words)}”"
