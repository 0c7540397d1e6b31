"""The few elements that all cards are made of: they look alike, and people's words go only where they are safe."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal

import microsoft_teams.cards
from pydantic import model_serializer

from cards.unread import harmless as harmless, plain, unlisted
from locales.directions import isolated as isolated

teams = microsoft_teams.cards
"""Teams' own typed elements."""

Card = dict[str, Any]
"""A finished Adaptive Card as plain JSON data."""
Element = teams.CardElement
Weight = Literal["Lighter", "Default", "Bolder"]
Size = Literal["Small", "Default", "Medium", "Large", "ExtraLarge"]
Tone = Literal["default", "emphasis", "accent", "good", "attention", "warning"]
Colour = Literal["Default", "Accent", "Good", "Warning", "Attention"]
Spacing = Literal["None", "Small", "Default", "Medium", "Large"]

VERSION: Literal["1.5"] = "1.5"
"""The highest version that Teams' clients agree on."""
HALF_A_DAY = 720
"""In minutes."""

BAR_WIDTH, BAR_HEIGHT = 200, 8
"""Pixels of the longest bar: it fits beside the margins of a card on a phone."""
PIXEL = "data:image/gif;base64," + b64encode(
    b"GIF89a\1\0\1\0\x80\0\0\x75\x79\xeb\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
).decode("ascii")
"""One pixel of a violet that stands out by more than 3 to 1 (WCAG 2.2, 1.4.11) on white, dark and black cards."""

_PICTURE = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=]*")


def card(
    body: Sequence[Element], actions: Sequence[teams.Action] = (), language: str = "en", wide: bool = True
) -> Card:
    """A whole card as JSON data."""
    made = teams.AdaptiveCard(
        version=VERSION,
        lang=language,
        body=list(body),
        actions=list(actions) or None,
        msteams=teams.TeamsCardProperties(width="full") if wide else None,
    )
    whole: Card = _whole(made.model_dump(by_alias=True, exclude_none=True))
    return whole


def weight_of(finished: object) -> int:
    """Bytes of a card as Teams counts them: UTF-16, pictures in base64 aside (Microsoft Learn, 2026-08-17)."""
    raw = json.dumps(finished, ensure_ascii=False, separators=(",", ":"))
    return len(_PICTURE.sub("", raw).encode("utf-16-le", "surrogatepass"))


def heading(text: str, size: Size = "Large", spacing: Spacing | None = None) -> teams.TextBlock:
    """A title in our own or the template's words."""
    return teams.TextBlock(
        text=unlisted(text), style="heading", size=size, weight="Bolder", wrap=True, spacing=spacing
    )


def line(
    text: str,
    *,
    subtle: bool = False,
    weight: Weight | None = None,
    id: str | None = None,
    size: Size | None = None,
    spacing: Spacing | None = None,
    separator: bool = False,
) -> teams.TextBlock:
    """A paragraph in our own or the template's words (markdown is read here: never anything that a person typed)."""
    return teams.TextBlock(
        text=unlisted(text),
        wrap=True,
        is_subtle=subtle or None,
        weight=weight,
        id=id,
        size=size,
        spacing=spacing,
        separator=separator or None,
    )


def run(
    words: str,
    *,
    subtle: bool = False,
    weight: Weight | None = None,
    colour: Colour | None = None,
    size: Size | None = None,
) -> teams.TextRun:
    """A few words within a line: anybody's, shown exactly as they are."""
    return teams.TextRun(text=plain(words), is_subtle=subtle or None, weight=weight, color=colour, size=size)


def rich(*runs: teams.TextRun, spacing: Spacing | None = None, id: str | None = None) -> teams.RichTextBlock:
    """A line of runs, with nothing read into any of them."""
    inlines: list[Element] = list(runs)
    return teams.RichTextBlock(inlines=inlines, spacing=spacing, id=id)


def trouble(sentence: str) -> teams.RichTextBlock:
    """What is wrong with the field below it."""
    return rich(run(f"⚠ {sentence}", weight="Bolder", colour="Attention"), spacing="Small")


def clock(at: datetime, within: int = 0) -> str:
    """An instant that each reader's Teams shows as their own time of day, with its day where it is at the end of more
    than half a day (`within` is in minutes). Only a TextBlock reads it."""
    pattern = "{{DATE(%Y-%m-%dT%H:%M:%SZ, SHORT)}} " if within > HALF_A_DAY else ""
    return at.astimezone(UTC).strftime(pattern + "{{TIME(%Y-%m-%dT%H:%M:%SZ)}}")


class OfBars(teams.TextBlock):
    """A line that says how bars are to be read: without them it is left out."""


class Said(teams.CardElement):
    """A rich text that holds a person's words, as data: drawn once for each look, with other words in it each time."""

    data: dict[str, Any]

    @model_serializer(mode="plain")
    def _as_it_is(self) -> dict[str, Any]:
        return self.data


def said(
    words: str, *, who: str = "", group: str = "", prefix: str = "", weight: Weight | None = None,
    spacing: Spacing | None = None,
) -> Said:  # fmt: skip
    """A person's own words, exactly as text: no markdown, link, mention or macro is read here. `group` stands behind
    who wrote them."""
    block, before, these, after = _look(prefix, weight, spacing)
    inlines = [*before, {**these, "text": plain(words)}]
    if who:
        inlines.append({**after, "text": plain(f" — {isolated(who)}")})
    if group:
        inlines.append({**after, "text": group})
    return Said(data={**block, "inlines": inlines})


@lru_cache(256)
def _look(
    prefix: str, weight: Weight | None, spacing: Spacing | None
) -> tuple[Mapping[str, Any], Sequence[Mapping[str, Any]], Mapping[str, Any], Mapping[str, Any]]:
    """How words look, drawn with the typed elements: the block, what stands before them, they, whose they are."""
    before = [run(prefix, subtle=True)] if prefix else []
    drawn = as_data(rich(*before, run("", weight=weight), run("", subtle=True, size="Small"), spacing=spacing))
    *first, these, after = drawn["inlines"]
    return drawn, first, these, after


def as_data(element: Element | teams.Action) -> dict[str, Any]:
    """An element as it stands in a finished card. For parts that are the same on many cards; nobody changes it."""
    if isinstance(element, Said):
        return element.data
    whole: dict[str, Any] = _whole(element.model_dump(by_alias=True, exclude_none=True))
    return whole


def box(
    items: Sequence[Element],
    *,
    style: Tone | None = None,
    id: str | None = None,
    separator: bool = False,
    spacing: Spacing | None = None,
) -> teams.Container:
    """Elements that belong together."""
    return teams.Container(
        items=list(items),
        style=style,
        id=id,
        separator=separator or None,
        spacing=spacing,
        rounded_corners=True if style else None,
    )


def refusal(sentence: str, id: str = "refusal") -> teams.Container:
    """Why something was not done; stands on top of the form. The sentence may hold people's names: no markdown."""
    return box([said(sentence, prefix="⚠ ", weight="Bolder")], style="attention", id=id)


def spoken(sentence: str) -> teams.Container:
    """What was done."""
    return box([said(sentence, prefix="✓ ")], style="good", id="said")


def row(*cells: tuple[Element | Sequence[Element], str], spacing: Spacing | None = None) -> teams.ColumnSet:
    """Cells side by side: (content, width), where width is "auto", "stretch", "80px" or a weight like "3"."""
    columns = []
    for content, width in cells:
        items = [content] if isinstance(content, Element) else list(content)
        columns.append(teams.Column(items=items, width=float(width) if width.isdigit() else width))
    return teams.ColumnSet(columns=columns, spacing=spacing)


def bar(label: str, number: str, value: float, longest: float) -> teams.Container:
    """Anybody's words with a bar as long as its share of the longest; the number stands there as text.

    The bar is one stretched pixel: a coloured container is as high as its padding and as pale as an empty field."""
    lines: list[Element] = [rich(run(label), run(f"  {number}", subtle=True, size="Small"), spacing="None")]
    if value > 0:
        wide = max(BAR_HEIGHT, round(BAR_WIDTH * value / longest))
        lines.append(stripe(wide, BAR_HEIGHT, f"{value:g}"))
    return box(lines, spacing="Small")


def stripe(wide: int, high: int, meaning: str) -> teams.Image:
    """A piece of a bar, in pixels; `meaning` is what a screen reader says."""
    return teams.Image(url=PIXEL, alt_text=meaning, width=f"{wide}px", height=f"{high}px", spacing="Small")


def fetch(
    title: str, verb: str, style: Literal["default", "positive"] = "default", /, **data: object
) -> teams.SubmitAction:
    """A button of a card in a conversation that opens a dialog."""
    return teams.SubmitAction(title=title, style=style, data=_data({"msteams": {"type": "task/fetch"}}, verb, data))


def submit(
    title: str, verb: str, style: Literal["default", "positive", "destructive"] = "default", /, **data: object
) -> teams.SubmitAction:
    """A button inside a dialog."""
    return teams.SubmitAction(title=title, style=style, data=_data({}, verb, data))


def submit_without_fields(title: str, verb: str, /, **data: object) -> teams.SubmitAction:
    """A button inside a dialog that sends none of its fields, so that none of them has to be right for it."""
    return teams.SubmitAction(title=title, data=_data({}, verb, data), associated_inputs="none")


def press(title: str, verb: str, **data: object) -> teams.ExecuteAction:
    """A button of a card in a conversation that acts at once; an old client sends it as a plain Submit."""
    payload = _data({}, verb, data)
    return teams.ExecuteAction(
        title=title, verb=verb, data=payload, fallback=teams.SubmitAction(title=title, data=payload)
    )


def buttons(actions: Sequence[teams.Action]) -> teams.ActionSet:
    """Buttons within the body; Teams shows at most six at once."""
    return teams.ActionSet(actions=list(actions))


def choice(title: str, value: str) -> teams.Choice:
    """One of several. Teams reads markdown in a choice's title: what could be markdown in a person's words is taken
    out, and the whole words have to stand beside it where that matters."""
    return teams.Choice(title=isolated(harmless(title)), value=value)


def _data(first: Mapping[str, object], verb: str, data: Mapping[str, object]) -> Any:
    return {**first, "verb": verb, **{key: value for key, value in data.items() if value is not None}}


def _whole(node: Any) -> Any:
    """The models write lengths as 4.0; the clients' own schemas say that they are whole numbers. In place: what a model
    dumps is nobody else's, and most of it is text that is only passed by."""
    if isinstance(node, dict):
        for key, value in node.items():
            if value.__class__ not in _LEAVES:
                node[key] = _whole(value)
    elif isinstance(node, list):
        for place, value in enumerate(node):
            if value.__class__ not in _LEAVES:
                node[place] = _whole(value)
    elif isinstance(node, float) and node.is_integer():
        return int(node)
    return node


_LEAVES = (str, bool, int)
