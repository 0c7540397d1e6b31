"""A template's text or stored JSON as a tree that knows its lines; it never knows what a template means."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass

import yaml

from templates.wrong import Fault, WrongTemplate, shown

SIZE_LIMIT = 256 * 1024
"""Largest file, in bytes of UTF-8."""
DEPTH_LIMIT = 16
"""A template needs nine levels."""
EXPANDED_LIMIT = 1_000_000
"""What all values may come to with every alias written out: a small file can name itself millions of times."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it stands in the file. `plain` without quotation marks: only then may it be a number or true."""

    words: str
    line: int
    plain: bool

    @property
    def weight(self) -> int:
        return 1 + len(self.words)

    @property
    def is_nothing(self) -> bool:
        return self.plain and self.words in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Rows:
    """A list."""

    entries: tuple[Node, ...]
    line: int
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with values, in the order of the file; no key stands twice."""

    entries: dict[str, tuple[int, Node]]
    """By key: the line of the key, and its value."""
    line: int
    weight: int = 0


Node = Scalar | Rows | Table


_SWIFT: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's parser in C, where it came with one: five times as fast, and not in everything of the same opinion."""


def from_shipped(given: bytes, file: str) -> Node:
    """As `from_text`, of a template of our own: the tests compare both. Errors: `WrongTemplate`, in the same words."""
    tree = _Tree(file)
    with suppress(yaml.YAMLError, ValueError, OverflowError):
        for event in yaml.parse(_decoded(given, file), Loader=_SWIFT):
            tree.take(event)
        if isinstance(tree.root, Table):
            return tree.root
    return from_text(given, file)


def from_text(given: str | bytes, file: str) -> Node:
    """The one YAML document of a file. Dates, numbers and yes/no stay the words they are. Errors: `WrongTemplate`."""
    text = _decoded(given, file)
    tree = _Tree(file)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            tree.take(event)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        character = error.character if isinstance(error.character, int) else ord(error.character[:1] or "?")
        raise WrongTemplate(file, line, Fault.CHARACTER, {"character": f"U+{character:04X}"}) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        if _indented_by_tab(text, line):
            raise WrongTemplate(file, line, Fault.TAB, {}) from None
        problem = shown(str(error.problem or error.context), 120)
        raise WrongTemplate(file, line, Fault.NOT_YAML, {"problem": problem}) from None
    except (ValueError, OverflowError):  # PyYAML on "\U00110000": no such code point
        raise WrongTemplate(file, tree.line, Fault.NOT_YAML, {"problem": "an escape that means no character"}) from None
    if tree.root is None or (isinstance(tree.root, Scalar) and tree.root.is_nothing):
        raise WrongTemplate(file, 1, Fault.EMPTY, {})
    return tree.root


def from_json(source: str, file: str) -> Node:
    """The tree of a stored template. JSON knows no lines: all are 1."""
    try:
        return _of(json.loads(source))
    except (ValueError, RecursionError):
        raise WrongTemplate(file, 1, Fault.NOT_JSON, {}) from None


def _of(value: object) -> Node:
    match value:
        case dict():
            return Table({str(key): (1, _of(entry)) for key, entry in value.items()}, 1)
        case list():
            return Rows(tuple(_of(entry) for entry in value), 1)
        case bool():
            return Scalar("true" if value else "false", 1, plain=True)
        case str():
            return Scalar(value, 1, plain=False)
        case _:
            return Scalar("" if value is None else str(value), 1, plain=True)


def _decoded(given: str | bytes, file: str) -> str:
    size = len(given) if isinstance(given, bytes) else len(given.encode("utf-8", "surrogatepass"))
    if size > SIZE_LIMIT:
        raise WrongTemplate(file, 1, Fault.TOO_BIG, {"size": size, "most": SIZE_LIMIT})
    if isinstance(given, bytes):
        try:
            given = given.decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise WrongTemplate(file, line, Fault.NOT_UTF8, {}) from None
    return given.removeprefix("\ufeff")


def _indented_by_tab(text: str, line: int) -> bool:
    lines = re.split(r"\r\n|[\r\n\x85\u2028\u2029]", text)
    indent = re.match(r"\s*", lines[line - 1] if line <= len(lines) else "")
    return indent is not None and "\t" in indent.group()


class _Open:
    """A list or mapping that has begun and not ended."""

    def __init__(self, is_table: bool, line: int, anchor: str | None) -> None:
        self.is_table, self.line, self.anchor, self.weight = is_table, line, anchor, 1
        self.rows: list[Node] = []
        self.entries: dict[str, tuple[int, Node]] = {}
        self.key: Scalar | None = None


class _Tree:
    """Builds the tree from YAML events, without recursion, and refuses what is too deep, too much or named twice."""

    def __init__(self, file: str) -> None:
        self.file, self.line, self.documents = file, 1, 0
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.anchors: dict[str, Node] = {}

    def take(self, event: yaml.Event) -> None:
        self.line = event.start_mark.line + 1 if event.start_mark else self.line
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise self._wrong(Fault.SEVERAL)
            case yaml.AliasEvent():
                if event.anchor is None or event.anchor not in self.anchors:
                    raise self._wrong(Fault.UNKNOWN_ALIAS, alias=shown(str(event.anchor)))
                self._put(self.anchors[event.anchor])
            case yaml.ScalarEvent():
                self._untagged(event.tag)
                scalar = Scalar(event.value, self.line, plain=not event.style)
                if event.anchor:
                    self.anchors[event.anchor] = scalar
                self._put(scalar)
            case yaml.CollectionStartEvent():
                self._untagged(event.tag)
                if len(self.open) >= DEPTH_LIMIT:
                    raise self._wrong(Fault.TOO_DEEP, most=DEPTH_LIMIT)
                self.open.append(_Open(isinstance(event, yaml.MappingStartEvent), self.line, event.anchor))
            case yaml.CollectionEndEvent():
                ended = self.open.pop()
                node: Node = Rows(tuple(ended.rows), ended.line, ended.weight)
                if ended.is_table:
                    node = Table(ended.entries, ended.line, ended.weight)
                if ended.anchor:
                    self.anchors[ended.anchor] = node
                self._put(node)

    def _put(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        inside = self.open[-1]
        inside.weight += node.weight
        if inside.weight > EXPANDED_LIMIT:
            raise self._wrong(Fault.TOO_MUCH, most=EXPANDED_LIMIT)
        if not inside.is_table:
            inside.rows.append(node)
        elif inside.key is not None:
            inside.entries[inside.key.words] = (inside.key.line, node)
            inside.key = None
        elif not isinstance(node, Scalar) or not node.words:
            got = {Rows: "a list", Table: "a mapping"}.get(type(node), "nothing")
            raise WrongTemplate(self.file, node.line, Fault.KEY_NOT_WORD, {"got": got})
        elif node.words in inside.entries:
            first = inside.entries[node.words][0]
            params: dict[str, str | int] = {"key": shown(node.words), "first": first}
            raise WrongTemplate(self.file, node.line, Fault.DUPLICATE_KEY, params)
        else:
            inside.key = node

    def _untagged(self, tag: str | None) -> None:
        if tag is not None:
            raise self._wrong(Fault.TAGGED, tag=shown(tag))

    def _wrong(self, fault: Fault, **params: str | int) -> WrongTemplate:
        return WrongTemplate(self.file, self.line, fault, params)
