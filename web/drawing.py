"""HTML from templates: everything that fills a place is escaped, unless it was drawn here. It holds no sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

_CLOCK = re.compile(r"\{\{(DATE|TIME)\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)(?:, SHORT)?\)\}\}")
"""An instant as cards write it, for Teams to show as each reader's own time."""


def clocks(text: str) -> Markup:
    """Words of ours or the template's, with instants that the page's script shows as the reader's own time."""
    shown, at = Markup(), 0
    for found in _CLOCK.finditer(text):
        shown += _lines(text[at : found.start()]) + _instant(found[2], found[1].lower())
        at = found.end()
    return shown + _lines(text[at:])


def instant(at: datetime) -> str:
    """An instant as scripts read it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _instant(at: str, show: str) -> Markup:
    without = at[11:16] if show == "time" else at[:10]
    return Markup('<time datetime="{}" data-show="{}">{}</time>').format(at, show, without + " UTC" * (show == "time"))


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # else each part of each drawing looks at the file's date
)
ENVIRONMENT.filters |= {"clocks": clocks, "json": _json, "instant": instant}


def page(template: str, **facts: Any) -> str:
    """A whole page."""
    return ENVIRONMENT.get_template(template).render(**facts)


def part(template: str, name: str, facts: Mapping[str, Any]) -> str:
    """One part of a page: the template's macro of this name."""
    drawn = getattr(ENVIRONMENT.get_template(template).module, name)(facts)
    return str(drawn).strip()


def card(data: Mapping[str, Any], refresh: bool = True) -> str:
    """An Adaptive Card's elements as HTML; without `refresh`, without the buttons that only draw it again."""
    return part("card.html", "card", {"card": data, "refresh": refresh})


def elements(found: list[dict[str, Any]]) -> str:
    """Some elements of a card as HTML."""
    return card({"body": found, "actions": []})
