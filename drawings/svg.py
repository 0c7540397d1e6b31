"""A small SVG writer that escapes everything. Never writes scripts, styles, foreign content or outside addresses."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_ELEMENTS: Final = frozenset(
    {"svg", "g", "title", "desc", "defs", "rect", "circle", "line", "path", "text", "textPath", "tspan"}
)
_ATTRIBUTE: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9]*(?:[-:][a-zA-Z]+)*")
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XLINK: Final = "http://www.w3.org/1999/xlink"
_SVG: Final = "http://www.w3.org/2000/svg"


class UnsafeDrawing(Exception):
    """A drawing asked for an element, attribute or address that pictures never need. A fault of ours, not of a user."""


@dataclass(frozen=True, slots=True)
class Element:
    """One SVG element; its text children are raw and are escaped when written."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Element | str, ...]
    markup: str = ""
    """What was written already, of several elements perhaps: it is taken as it is."""


def written(nodes: Iterable[Element]) -> Element:
    """These as markup, for what is drawn again and again."""
    return Element("", (), (), "".join(map(write, nodes)))


def element(name: str, /, *children: Element | str, **attributes: str | float | None) -> Element:
    """An element. `font_size=20` is written `font-size="20"`, `xml_lang` `xml:lang`; None leaves the attribute out.

    Raises UnsafeDrawing for an element that is not drawn with, an event attribute, or an `href` that leads outside.
    """
    if name not in _ELEMENTS:
        raise UnsafeDrawing(f"element {name!r}")
    written = tuple((_attribute(key), _value(value)) for key, value in attributes.items() if value is not None)
    for key, value in written:
        if key.lower().startswith("on") or key == "style" or not _ATTRIBUTE.fullmatch(key):
            raise UnsafeDrawing(f"attribute {key!r}")
        if key.endswith("href") and not re.fullmatch("#[A-Za-z][A-Za-z0-9-]*", value):
            raise UnsafeDrawing("an address outside the picture")
        if key not in ("aria-label", "xmlns") and "url(" in value.lower():
            raise UnsafeDrawing(f"an address in {key!r}")
    return Element(name, written, children)


def _attribute(key: str) -> str:
    if key in ("xml_lang", "xlink_href"):
        return key.replace("_", ":")
    return key.replace("_", "-")


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """A coordinate in px with at most two decimals, alike on every machine. Raises UnsafeDrawing for NaN, infinity."""
    if not math.isfinite(value):
        raise UnsafeDrawing("a coordinate that is not a number")
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def write(node: Element) -> str:
    """The element as markup. Characters that XML cannot hold become U+FFFD: the last defence, not the rule."""
    parts: list[str] = []
    _write(node, parts)
    return "".join(parts)


def _write(node: Element, parts: list[str]) -> None:
    if node.markup:
        parts.append(node.markup)
        return
    parts.append("<" + node.name)
    parts.extend(" " + key + "=" + quoteattr(_xml(value)) for key, value in node.attributes)
    if not node.children:
        parts.append("/>")
        return
    parts.append(">")
    for child in node.children:
        if isinstance(child, Element):
            _write(child, parts)
        else:
            parts.append(escape(_xml(child)))
    parts.append("</" + node.name + ">")


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def picture(
    *children: Element,
    width: float,
    height: float,
    language: str,
    title: str,
    description: str,
    families: str,
    paper: tuple[float, float] | None = None,
) -> str:
    """A whole SVG document in px, with its title and its content as text for those who do not see it. `paper`: how
    wide and high it is printed, in CSS px of 1/96 inch."""
    across, down = paper or (width, height)
    root = element(
        "svg",
        element("title", title),
        element("desc", description),
        *children,
        xmlns=_SVG,
        width=across,
        height=down,
        viewBox=f"0 0 {number(width)} {number(height)}",
        xml_lang=language,
        role="img",
        font_family=families,
    )
    # textPath's plain href is SVG 2; xlink is what older viewers know.
    object_with_xlink = Element(root.name, (("xmlns:xlink", _XLINK), *root.attributes), root.children)
    return write(object_with_xlink)
