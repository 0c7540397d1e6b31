"""One mapping of a template read with care: typed values with their line, wrong ones refused, all recorded as read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from templates.nodes import Node, Rows, Scalar, Table
from templates.texts import LABEL_LIMIT, TEXT_LIMIT, Reading, got_at
from templates.wrong import Fault, WrongTemplate, one_of, shown
from workshop.plan import Text

ID_LIMIT = 40
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)


class Part:
    """A mapping of the file. It is the `Fields` that kinds of prompt read their settings from. `normal` collects
    every value that was read, defaults too, as plain data: the template as it is stored."""

    def __init__(self, node: Node, where: str, example: str, reading: Reading) -> None:
        if not isinstance(node, Table):
            raise reading.wrong(node.line, Fault.NOT_KEYS, name=where, got=got_at(node), example=example)
        self.table, self.where, self.reading = node, where, reading
        self.normal: dict[str, object] = {}

    def knows(self, *names: str) -> None:
        """Refuses any other key."""
        for key, (line, _) in self.table.entries.items():
            if key not in names:
                said = shown(key)
                raise self.reading.wrong(
                    line, Fault.UNKNOWN_KEY, where=self.where, key=said, right=one_of(list(names), said)
                )

    def has(self, name: str) -> bool:
        return name in self.table.entries

    def line(self, name: str = "") -> int:
        """The line of a key, or where the mapping begins."""
        return self.table.entries[name][0] if self.has(name) else self.table.line

    def wrong(self, name: str, fault: Fault, /, **params: str | int) -> WrongTemplate:
        """A refusal at the line of a key, or of the mapping where the key is not there."""
        return self.reading.wrong(self.line(name), fault, **params)

    def needs(self, name: str, right: str) -> None:
        """Refuses the mapping where the key is not there."""
        if not self.has(name):
            raise self.wrong(name, Fault.MISSING, where=self.where, key=name, right=right)

    def integer(self, name: str, default: int | None, low: int, high: int) -> int:
        """A whole number, from `low` to `high`; missing only where there is a default."""
        if default is None:
            self.needs(name, f"“{name}:” with a whole number from {low} to {high}")
        number = default if default is not None else low
        if self.has(name):
            words = self._scalar(name, Fault.NOT_NUMBER, low=low, high=high).words
            number = int(words)
            if not low <= number <= high:
                raise self.wrong(name, Fault.OUT_OF_RANGE, name=self._named(name), got=shown(words), low=low, high=high)
        self.normal[name] = number
        return number

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        on = default
        if self.has(name):
            on = self._scalar(name, Fault.NOT_FLAG).words.casefold() in ("true", "yes")
        self.normal[name] = on
        return on

    def word(self, name: str, right: str) -> str:
        """One word: an id, a kind."""
        self.needs(name, f"“{name}:” with {right}")
        word = self._scalar(name, Fault.NOT_TEXT).words
        self.normal[name] = word
        return word

    def id(self, what: str, right: str) -> str:
        """The id, of which no other `what` in the file has the same."""
        self.needs("id", f"“id:” with {right}")
        id = self._scalar("id", Fault.NOT_TEXT).words
        self._right_id(id, self.line("id"))
        if (what, id) in self.reading.ids:
            raise self.wrong("id", Fault.DUPLICATE_ID, id=id, what=what, first=self.reading.ids[what, id])
        self.reading.ids[what, id] = self.line("id")
        self.normal["id"] = id
        return id

    def text(self, name: str, most: int = TEXT_LIMIT) -> Text:
        """A text in every language of the template."""
        languages = ", ".join(self.reading.languages)
        self.needs(name, f"“{name}:” with a text in {languages}")
        line, node = self.table.entries[name]
        text = self.reading.text(node, line, self._named(name), most)
        self.normal[name] = text
        return text

    def maybe_text(self, name: str) -> Text | None:
        return self.text(name) if self.has(name) else None

    def labelled(self, name: str, low: int, high: int) -> tuple[tuple[str, Text], ...]:
        """Ids with their labels; missing only where `low` is 0."""
        if low:
            self.needs(name, f"“{name}:” with {low} to {high} ids, each with its text")
        if not self.has(name):
            return ()
        part = Part(self._node(name), self._named(name), "an id, a colon, its text", self.reading)
        found: list[tuple[str, Text]] = []
        for id, (line, node) in part.table.entries.items():
            self._right_id(id, line)
            found.append((id, self.reading.text(node, line, f"{name} “{id}” of {self.where}", LABEL_LIMIT)))
        self._counted(name, len(found), max(low, 1), high)
        self.normal[name] = dict(found)
        return tuple(found)

    def pair(self, name: str, first: str, second: str, needed: bool = False) -> tuple[Text, Text] | None:
        """Two texts under these two keys; nothing where they are not needed and not there."""
        if needed:
            self.needs(name, f"“{name}:” with {first} and {second}, each with its text")
        if not self.has(name):
            return None
        part = Part(self._node(name), self._named(name), f"{first}, {second}", self.reading)
        part.knows(first, second)
        both = part.text(first, LABEL_LIMIT), part.text(second, LABEL_LIMIT)
        self.normal[name] = part.normal
        return both

    def named(self, name: str, low: int, high: int, settings: tuple[str, ...]) -> tuple[tuple[str, Text, Part], ...]:
        """Ids, each with its label and settings of its own: `id: {label: …, setting: …}`, or only `id: label`."""
        self.needs(name, f"“{name}:” with {low} to {high} ids, each with its label")
        listed = Part(self._node(name), self._named(name), "an id, a colon, its label", self.reading)
        found: list[tuple[str, Text, Part]] = []
        for id, (line, node) in listed.table.entries.items():
            self._right_id(id, line)
            whole = isinstance(node, Table) and not node.entries.keys().isdisjoint(("label", *settings))
            part = Part(
                node if whole else Table({"label": (line, node)}, line),
                f"{name} “{id}” of {self.where}",
                "label, …",
                self.reading,
            )
            part.knows("label", *settings)
            found.append((id, part.text("label", LABEL_LIMIT), part))
        self._counted(name, len(found), low, high)
        self.normal[name] = {id: part.normal for id, _, part in found}
        return tuple(found)

    def rows(self, name: str, low: int, high: int) -> Sequence[Node]:
        """The entries of a list; `low` and `high` say how many (0 for `high`: the caller counts)."""
        node = self._node(name)
        if not isinstance(node, Rows):
            raise self.wrong(name, Fault.NOT_LIST, name=self._named(name), got=got_at(node))
        if high:
            self._counted(name, len(node.entries), low, high)
        return node.entries

    def words(self, name: str) -> list[tuple[str, int]]:
        """A list of words, with their lines."""
        found: list[tuple[str, int]] = []
        for node in self.rows(name, 1, 20):
            if not isinstance(node, Scalar) or node.is_nothing:
                raise self.reading.wrong(node.line, Fault.NOT_TEXT, name=f"an entry of {name}", got=got_at(node))
            found.append((node.words, node.line))
        self.normal[name] = [word for word, _ in found]
        return found

    def inside(self, name: str, example: str) -> Part:
        """The mapping under a key."""
        return Part(self._node(name), self._named(name), example, self.reading)

    def is_id(self, id: str, line: int) -> None:
        """Refuses what cannot be an id."""
        self._right_id(id, line)

    def _named(self, name: str) -> str:
        return f"“{name}” of {self.where}"

    def _node(self, name: str) -> Node:
        line, node = self.table.entries[name]
        if isinstance(node, Scalar) and node.is_nothing:
            raise self.reading.wrong(line, Fault.NOTHING, name=self._named(name))
        return node

    def _scalar(self, name: str, fault: Fault, **params: int) -> Scalar:
        node = self._node(name)
        fits = isinstance(node, Scalar)
        if isinstance(node, Scalar) and fault is Fault.NOT_NUMBER:
            fits = node.plain and re.fullmatch(r"-?(0|[1-9][0-9]{0,8})", node.words, re.ASCII) is not None
        if isinstance(node, Scalar) and fault is Fault.NOT_FLAG:
            fits = node.plain and node.words.casefold() in ("true", "false", "yes", "no")
        if not isinstance(node, Scalar) or not fits:
            raise self.wrong(name, fault, name=self._named(name), got=got_at(node), **params)
        return node

    def _right_id(self, id: str, line: int) -> None:
        if not _ID.fullmatch(id) or len(id) > ID_LIMIT:
            raise self.reading.wrong(line, Fault.WRONG_ID, id=shown(id), most=ID_LIMIT)

    def _counted(self, name: str, count: int, low: int, high: int) -> None:
        if not low <= count <= high:
            raise self.wrong(name, Fault.COUNT, name=self._named(name), count=count, low=low, high=high)
