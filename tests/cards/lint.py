"""What Teams or a reader would hold against a card. Knows Teams' elements from Microsoft's own models, nothing else."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import microsoft_teams.cards as teams
from pydantic import BaseModel

LARGEST = 80 * 1024
"""Bytes as UTF-16; Teams refuses messages of about 100 KB (Microsoft Learn, 2026-08-17). Base64 is not counted."""
PRIMARY = 6
"""Buttons that Teams shows at once."""
BASIC = frozenset(
    {"AdaptiveCard", "TextBlock", "RichTextBlock", "TextRun", "Image", "ImageSet", "Container", "ColumnSet", "Column"}
    | {"FactSet", "Table", "TableRow", "TableCell", "ActionSet", "Input.Text", "Input.Number", "Input.Date"}
    | {"Input.Time", "Input.Toggle", "Input.ChoiceSet"}
    | {"Action.Submit", "Action.Execute", "Action.OpenUrl", "Action.ToggleVisibility"}
    | {"Data.Query"}
)
"""What every client of version 1.5 draws; anything else needs a fallback. (A search behind choices is no element: where
a client does not know it, the choices are still there.)"""
OUTSIDE = {"data", "requires", "metadata", "entities"}
"""Properties whose content is data, not elements."""
UNTYPED: Mapping[str, type[BaseModel]] = {
    "choices": teams.Choice,
    "msteams": teams.TeamsCardProperties,
    "facts": teams.Fact,
    "refresh": teams.RefreshDefinition,
}
"""Objects that carry no type of their own."""

POINTS: Mapping[str, type[BaseModel]] = {
    "Chart.HorizontalBar": teams.HorizontalBarChartDataValue,
    "Chart.VerticalBar": teams.VerticalBarChartDataValue,
    "Chart.VerticalBar.Grouped": teams.GroupedVerticalBarChartData,
    "Chart.HorizontalBar.Stacked": teams.StackedHorizontalBarChartData,
}
"""What the points of each chart are."""
WITHIN: Mapping[str, type[BaseModel]] = {
    "values": teams.BarChartDataValue,
    "data": teams.StackedHorizontalBarChartDataPoint,
}
"""What stands within a point."""

SIZES = ("Small", "Default", "Medium", "Large", "ExtraLarge")
COLOURS = ("accent", "good", "warning", "attention")
"""Colours that mean something."""
MARKS = "✓⚠●○★"
"""Signs that mean the same to who sees no colours; words do too."""

_PICTURE = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=]*")
_PLACE = re.compile(r"(\[\d+\])+$")
_LISTED = re.compile(r"([-+*•]|\d+[.)])\s")
_MARKDOWN = re.compile(r"[*_\[\]\\`~<>]|\{\{")  # round brackets make a link only after square ones


def lint(card: Mapping[str, Any], *, user_words: Collection[str], edited: bool, dialog: bool) -> list[str]:
    """Everything that is wrong with a card. `user_words` is what people typed; an `edited` card is one that changes
    under its readers' eyes; a `dialog` is shown in a task module."""
    return [*_judged(json.dumps(card, ensure_ascii=False), tuple(user_words), edited, dialog)]


@lru_cache(maxsize=1_000)
def _judged(text: str, user_words: tuple[str, ...], edited: bool, dialog: bool) -> tuple[str, ...]:
    """Of a card as it is sent. Many states have the same card, which need not be judged again."""
    card = json.loads(text)
    nodes = list(_nodes(card, "card"))
    found = [*_known(nodes), *_inputs(nodes, edited), *_pictures(nodes), *_buttons(nodes, dialog), *_texts(nodes)]
    found += [f"{where}: {words!r} of a person stands in {name}" for where, name, words in _astray(nodes, user_words)]
    found += [*_headings(nodes), *_colours(nodes), *_charts(nodes), *_turned(nodes)]
    if not card.get("lang"):
        found.append("card: does not say in which language it is")
    size = len(_PICTURE.sub("", text).encode("utf-16-le", "surrogatepass"))
    if size > LARGEST:
        found.append(f"card: {size} bytes as UTF-16, at most {LARGEST} go through")
    if card.get("type") != "AdaptiveCard" or card.get("version") != "1.5":
        found.append("card: not an AdaptiveCard of version 1.5")
    ids = Counter(node["id"] for _, node in nodes if isinstance(node.get("id"), str))
    found += [f"card: {times} elements have the id {id!r}" for id, times in ids.items() if times > 1]
    return tuple(found)


def turning(text: str) -> bool:
    """Whether anything outside of isolates is written from the right, or turns what stands beside it."""
    depth, turns = 0, ("R", "AL", "AN", "RLE", "LRE", "RLO", "LRO", "PDF")
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        depth += (kind in ("LRI", "RLI", "FSI")) - (kind == "PDI")
        if depth < 0 or (not depth and (kind in turns or sign == "\u200e")):
            return True
    return depth > 0


def _turned(nodes: list[Node]) -> Iterator[str]:
    for where, node in nodes:
        for name in ("text", "title", "label"):
            if isinstance(node.get(name), str) and turning(node[name]):
                yield f"{where}.{name}: {node[name]!r} turns what stands beside it"


Node = tuple[str, Mapping[str, Any]]


def _nodes(node: Any, where: str) -> Iterator[Node]:
    """Every object of the card with the way to it."""
    if isinstance(node, list):
        for number, part in enumerate(node):
            yield from _nodes(part, f"{where}[{number}]")
    elif isinstance(node, dict):
        yield where, node
        for name, part in node.items():
            if name not in OUTSIDE:
                yield from _nodes(part, f"{where}.{name}")


@cache
def _models() -> Mapping[str, frozenset[str]]:
    """The names of the properties of each type that Teams knows."""
    found: dict[str, frozenset[str]] = {}
    for name in dir(teams):
        model: Any = getattr(teams, name)
        fields = getattr(model, "model_fields", {})
        if "type" in fields and isinstance(fields["type"].default, str):
            found[fields["type"].default] = _names(model)
    return found


@cache
def _names(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(field.serialization_alias or name for name, field in model.model_fields.items())


def _known(nodes: list[Node]) -> Iterator[str]:
    for where, node in nodes:
        kind = node.get("type")
        untyped = UNTYPED.get(_PLACE.sub("", where.rpartition(".")[2])) if kind is None else None
        if untyped is not None:
            allowed = _names(untyped)
        elif isinstance(kind, str) and kind in _models():
            allowed = _models()[kind]
            if kind not in BASIC and not node.get("fallback") and not _falls_back(nodes, where):
                yield f"{where}: {kind} has no fallback"
        else:
            yield f"{where}: Teams does not know {kind!r}"
            continue
        for name in node.keys() - allowed:
            yield f"{where}: {kind or 'this object'} has no property {name!r}"


def _falls_back(nodes: list[Node], where: str) -> bool:
    """Whether a box around it does: an element without a fallback takes that of the nearest one that has any."""
    return any(node.get("fallback") and where.startswith(f"{around}.items[") for around, node in nodes)


def _charts(nodes: list[Node]) -> Iterator[str]:
    """What is drawn is said beside it too; nothing is read into words; Teams knows the properties of all points."""
    around = dict(nodes)
    for where, node in nodes:
        kind = str(node.get("type", ""))
        if not kind.startswith("Chart."):
            continue
        for model, point in _points(node):
            for wrong in point.keys() - _names(model):
                yield f"{where}: a point of {kind} has no property {wrong!r}"
            for words in (point.get("x"), point.get("title"), point.get("legend")):
                if words and _MARKDOWN.search(words):
                    yield f"{where}: markdown in {words!r}"
        if not str(node.get("title") or "").strip():
            yield f"{where}: a chart without a title says nothing to who does not see it"
        box = around[where.rpartition(".items[")[0]]
        said = {_read(one) for _, one in _nodes(box["items"], "") if one.get("type") == "RichTextBlock"}
        bars = [_read(one) for _, one in _nodes(box.get("fallback"), "") if one.get("type") == "RichTextBlock"]
        if not bars or not said.issuperset(bars):
            yield f"{where}: what the chart shows is not said beside it"


def _points(chart: Mapping[str, Any]) -> Iterator[tuple[type[BaseModel], Mapping[str, Any]]]:
    for point in chart["data"]:
        yield POINTS[chart["type"]], point
        for name, model in WITHIN.items():
            for one in point.get(name, ()):
                yield model, one


def _inputs(nodes: list[Node], edited: bool) -> Iterator[str]:
    for where, node in nodes:
        if not str(node.get("type", "")).startswith("Input."):
            continue
        if edited:
            yield f"{where}: an input in a card that is edited loses what is being typed"
        if not node.get("id"):
            yield f"{where}: an input without id"
        if not str(node.get("label") or "").strip():
            yield f"{where}: an input without label"
        if node.get("isRequired") and not node.get("errorMessage"):
            yield f"{where}: required without errorMessage"
        if node["type"] == "Input.ChoiceSet" and not node.get("choices") and "choices.data" not in node:
            yield f"{where}: nothing to choose from"
        for choice in node.get("choices") or ():
            if _MARKDOWN.search(choice["title"]):
                yield f"{where}: markdown in the choice {choice['title']!r}"


def _pictures(nodes: list[Node]) -> Iterator[str]:
    for where, node in nodes:
        if node.get("type") == "Image" and not node.get("altText"):
            yield f"{where}: an Image without altText"


def _texts(nodes: list[Node]) -> Iterator[str]:
    for where, node in nodes:
        if node.get("type") == "TextBlock" and not node.get("wrap") and str(node.get("text", "")).strip():
            yield f"{where}: a TextBlock that does not wrap"
        if node.get("type") == "TextBlock" and _LISTED.match(str(node.get("text", ""))) and "\n" not in node["text"]:
            yield f"{where}: {node['text']!r} reads as the beginning of a list"
        if node.get("type") == "RichTextBlock" and not node.get("inlines"):
            yield f"{where}: an empty RichTextBlock"


def _headings(nodes: list[Node]) -> Iterator[str]:
    """The first heading is the card's; none below it looks larger."""
    headings = [(where, node) for where, node in nodes if node.get("style") == "heading"]
    sizes = [SIZES.index(node.get("size") or "Default") for _, node in headings]
    for (where, node), size in zip(headings, sizes, strict=True):
        if size > sizes[0]:
            yield f"{where}: the heading {node.get('text')!r} looks larger than the card's own"
        if not str(node.get("text") or "").strip():
            yield f"{where}: a heading without words"


def _colours(nodes: list[Node]) -> Iterator[str]:
    for where, node in nodes:
        colour = node.get("color") or (node.get("style") if node.get("type") in ("Container", "Column") else None)
        if str(colour).lower() in COLOURS and not any(sign.isalnum() or sign in MARKS for sign in _read(node)):
            yield f"{where}: a colour ({colour}) without words or a sign beside it"


def _read(node: Any) -> str:
    """All that is read within a part of a card."""
    if isinstance(node, list):
        return "".join(map(_read, node))
    if not isinstance(node, dict):
        return ""
    own = "".join(str(node.get(name) or "") for name in ("text", "label", "altText", "title"))
    return own + "".join(_read(part) for name, part in node.items() if name not in OUTSIDE)


def _buttons(nodes: list[Node], dialog: bool) -> Iterator[str]:
    for where, node in nodes:
        actions = node.get("actions")
        primary = [action for action in actions or () if action.get("mode") != "secondary"]
        if len(primary) > PRIMARY:
            yield f"{where}: {len(primary)} primary actions, at most {PRIMARY} are shown"
        data = node.get("data")
        data = data if isinstance(data, dict) else {}
        fetches = data.get("msteams", {}).get("type") == "task/fetch"
        match node.get("type"):
            case "Action.ShowCard":
                yield f"{where}: an Action.ShowCard"
            case "Action.Execute" if dialog:
                yield f"{where}: an Action.Execute in a dialog"
            case "Action.Execute" if where.endswith(".refresh.action"):
                pass  # a client that knows no Execute knows no refresh
            case "Action.Execute" if node.get("fallback", {}).get("type") != "Action.Submit":
                yield f"{where}: an Action.Execute without a Submit to fall back on"
            case "Action.Submit" if dialog and fetches:
                yield f"{where}: a dialog cannot open a dialog"
            case "Action.Submit" if not dialog and not fetches and not where.endswith(".fallback"):
                yield f"{where}: an Action.Submit that opens nothing in a conversation"


def _astray(nodes: list[Node], user_words: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """People's words where something is read into them."""
    for where, node in nodes:
        kind = str(node.get("type", ""))
        for name, value in node.items():
            safe = (
                (kind == "TextRun" and name == "text")
                or (kind.startswith("Input.") and name == "value")
                or (kind == "Image" and name == "altText")
                or (kind.startswith("Chart.") and name in ("data", "title"))  # judged by _charts: no markdown in it
                or (".choices[" in where and name == "title")  # judged by _inputs: no markdown is left in it
            )
            if safe or (isinstance(value, dict | list) and name not in OUTSIDE):
                continue
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for words in user_words:
                if words and words in text:
                    yield where, name, words
