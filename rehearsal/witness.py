"""Watches what each person receives on a surface of their own, and whether it is in their language. It answers nobody.

Surfaces of one's own: dialogs, what a click is answered with (a card in its place too), chats with the bot alone,
messages that only one person sees.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rehearsal.answers import UNREACHABLE, WRONG, Answer
from rehearsal.bot_process import ROOT
from rehearsal.reading import all_fields
from rehearsal.seen import card_of
from rehearsal.server import Room
from rehearsal.tongues import SOURCE, Tongues, read_tongues
from rehearsal.world import BOT, Message, World

WORDS = ("text", "title", "label", "placeholder", "errorMessage", "altText", "tooltip", "fallbackText", "speak")
"""Properties of cards that somebody reads or hears."""
NOT_READ = ("data", "msteams", "refresh", "fallback", "requires", "metadata")
TYPED = ("Input.Text", "Input.Number", "Input.Date", "Input.Time")
OF_THE_WORKSHOP = ("open",)
"""Submits whose field `language` is not about the language of whoever sends them."""


CATALOGUES, TEMPLATES = ROOT / "locales", ROOT / "templates"
"""Files of Kolbot that are read, as files: what it can say."""

Line = tuple[str, ...]
"""What is read in one line, as the runs that it is made of: they may look different."""


@dataclass(slots=True)
class Witness:
    """What was read. `lines`: where each different one was read first, by language; `read`: how many there were."""

    world: World
    tongues: Tongues
    read: int = 0
    lines: dict[tuple[str, Line], str] = field(default_factory=dict)
    _chosen: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, room: Room, templates: str = "") -> Witness:
        """One who watches a started room; `templates` is a folder of such, beside the shipped ones."""
        folders = [TEMPLATES, *([Path(templates)] if templates else [])]
        today = datetime.fromtimestamp(room.world.clock(), UTC).date()
        witness = cls(room.world, read_tongues(CATALOGUES, folders, today))
        room.talking.onlooker = witness
        room.world.onlookers.append(witness.posted)
        return witness

    def language_of(self, person: str) -> str:
        """What somebody chose, else the language of their client; a language without a catalogue is English."""
        language = self._chosen.get(person) or self.world.people[person].language
        return language if language in self.tongues.tongues else SOURCE

    def sent(self, person: str, data: Any, card: dict[str, Any] | None) -> None:
        """Somebody sends the fields of a card."""
        if not isinstance(data, dict):
            return
        for item in all_fields(card) if card else []:
            value = data.get(item.id)
            if isinstance(value, str) and item.type in TYPED:
                self.tongues.hears(value)
        chosen = data.get("language")
        if isinstance(chosen, str) and data.get("verb") not in OF_THE_WORKSHOP:
            self._chosen[person] = chosen

    def answered(self, person: str, answer: Answer) -> None:
        """Somebody got an answer to a click. What Teams says when the bot said nothing is nobody's language."""
        if answer.kind == "error" and answer.text in (UNREACHABLE, WRONG):
            return
        task = answer.task
        where = "a dialog" if task is not None else "an answer to a click"
        self._reads(person, (task.title if task is not None else answer.text,), where)
        self._looks(person, task.card if task is not None else answer.card, where)

    def posted(self, message: Message) -> None:
        """A message came, or was edited."""
        person = message.only_for or self.world.conversations[message.conversation].person
        if message.author == BOT and person is not None:
            self._reads(person, (message.text,), "a private message")
            self._looks(person, card_of(message.attachments), "a private message")

    def _looks(self, person: str, card: dict[str, Any] | None, where: str) -> None:
        for line in visible(card):
            self._reads(person, line, where)

    def _reads(self, person: str, line: Line, where: str) -> None:
        if "".join(line).strip():
            self.read += 1
            self.lines.setdefault((self.language_of(person), line), where)

    def different(self) -> dict[str, int]:
        """How many different lines there were in each language."""
        return dict(Counter(language for language, _ in self.lines))

    def wrong(self) -> list[str]:
        """A sentence for each line that is not in its reader's language: once all is over, when all names and words of
        people are known."""
        for member in self.world.people.values():
            for name in (member.name, member.first, member.last):
                self.tongues.hears(name)
        for place in self.world.conversations.values():
            for name in (place.name, place.team or ""):
                self.tongues.hears(name)
        return [self._told(language, line, where) for (language, line), where in self.lines.items()
                if not self._is_in(line, language)]

    def _is_in(self, line: Line, language: str) -> bool:
        is_in = self.tongues.in_language
        return is_in("".join(line), language) or (len(line) > 1 and all(is_in(run, language) for run in line))

    def _told(self, language: str, line: Line, where: str) -> str:
        others = [other for other in self.tongues.tongues if other != language and self._is_in(line, other)]
        spoken = " or ".join(others) or "no language"
        return f"{where} of a reader of {language} is in {spoken}: {''.join(line)[:300]!r}"


def visible(node: Any) -> Iterator[Line]:
    """Every line of a card that somebody reads or hears."""
    if isinstance(node, list):
        for part in node:
            yield from visible(part)
    elif isinstance(node, dict):
        if node.get("type") == "RichTextBlock":
            inlines = node.get("inlines") or []
            yield tuple(run if isinstance(run, str) else str(run.get("text", "")) for run in inlines)
            return
        yield from ((value,) for name in WORDS if isinstance(value := node.get(name), str))
        yield from ((str(fact.get("value")),) for fact in node.get("facts") or [])
        for name, part in node.items():
            if name not in NOT_READ:
                yield from visible(part)
