"""The lint finds each fault that is planted in a card that is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cards.lint import lint

Card = dict[str, Any]


def right() -> Card:
    """A card of a dialog with everything that is allowed."""
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": "en",
        "msteams": {"width": "full"},
        "body": [
            {"type": "TextBlock", "text": "Ours", "wrap": True, "id": "one", "style": "heading", "size": "Large"},
            {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Evil words"}]},
            {"type": "Input.Text", "id": "a.x.", "label": "Words", "value": "Evil words"},
            {
                "type": "Input.ChoiceSet",
                "id": "c",
                "label": "Choose",
                "choices": [{"title": "Evil words", "value": "k"}],
            },
            {"type": "Image", "url": "data:image/png;base64," + "A" * 200_000, "altText": "Evil words"},
            {"type": "ProgressBar", "value": 3, "fallback": {"type": "TextBlock", "text": "3", "wrap": True}},
        ],
        "actions": [{"type": "Action.Submit", "title": "Send", "data": {"verb": "submit", "w": "w1"}}],
    }


def found(card: Card, edited: bool = False, dialog: bool = True) -> list[str]:
    return lint(card, user_words=("Evil words", ""), edited=edited, dialog=dialog)


def test_a_right_card_has_nothing_wrong() -> None:
    assert found(right()) == []


def part(number: int, **changes: object) -> Callable[[Card], None]:
    return lambda card: card["body"][number].update(changes)


def adding(**properties: object) -> Callable[[Card], None]:
    return lambda card: card["body"].append({"type": "TextBlock", "wrap": True, **properties})


def action(**changes: object) -> Callable[[Card], None]:
    return lambda card: card["actions"][0].update(changes)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (part(0, colour="red"), "TextBlock has no property 'colour'"),
        (part(0, type="TextBlok"), "Teams does not know 'TextBlok'"),
        (lambda card: card["body"].append({"text": "no type"}), "Teams does not know None"),
        (part(0, text="x" * 50_000), "bytes as UTF-16"),
        (part(0, text="By Evil words"), "'Evil words' of a person stands in text"),
        (action(title="Evil words"), "of a person stands in title"),
        (action(data={"verb": "x", "who": ["Evil words"]}), "of a person stands in data"),
        (part(2, placeholder="Evil words"), "of a person stands in placeholder"),
        (part(3, choices=[{"title": "[Evil](x) words", "value": "k"}]), "markdown in the choice"),
        (part(3, choices=[{"title": "Evil", "value": "k", "extra": 1}]), "this object has no property 'extra'"),
        (part(3, choices=[]), "nothing to choose from"),
        (part(2, label=" "), "an input without label"),
        (part(2, id=""), "an input without id"),
        (part(2, isRequired=True), "required without errorMessage"),
        (part(4, altText=""), "an Image without altText"),
        (part(5, fallback=None), "ProgressBar has no fallback"),
        (part(0, wrap=False), "does not wrap"),
        (part(1, inlines=[]), "an empty RichTextBlock"),
        (part(2, id="one"), "2 elements have the id 'one'"),
        (lambda card: card.update(actions=card["actions"] * 7), "7 primary actions"),
        (action(type="Action.ShowCard"), "an Action.ShowCard"),
        (action(type="Action.Execute"), "an Action.Execute in a dialog"),
        (action(data={"msteams": {"type": "task/fetch"}}), "a dialog cannot open a dialog"),
        (lambda card: card.pop("lang"), "does not say in which language"),
        (adding(style="heading", text="Larger", size="ExtraLarge"), "looks larger than the card's own"),
        (part(0, text=" "), "a heading without words"),
        (part(0, text="1. solis no 3"), "reads as the beginning of a list"),
        (part(1, inlines=[{"type": "TextRun", "text": "■ ", "color": "Warning"}]), "a colour (Warning) without words"),
        (adding(type="Container", style="good", items=[]), "a colour (good) without words"),
        (lambda card: card.update(version="1.6"), "not an AdaptiveCard of version 1.5"),
        (lambda card: card["msteams"].update(breadth="full"), "this object has no property 'breadth'"),
    ],
)
def test_a_planted_fault_is_found(fault: Callable[[Card], None], said: str) -> None:
    card = right()
    fault(card)
    assert any(said in line for line in found(card)), found(card)


def charted() -> Card:
    """A chart over what it shows in words, with bars where no client draws it."""
    told = [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Evil words 3"}]}]
    point = {"legend": "Evil", "value": 3}
    chart = {"type": "Chart.HorizontalBar.Stacked", "title": "What?", "data": [{"title": "One", "data": [point]}]}
    return {
        "type": "Container",
        "items": [chart, *told],
        "fallback": {"type": "Container", "items": [*told, {"type": "Image", "url": "x", "altText": "3"}]},
    }


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (lambda box: box.pop("fallback"), "has no fallback"),
        (lambda box: box["items"].pop(), "what the chart shows is not said beside it"),
        (lambda box: box["items"][0].update(title=""), "a chart without a title"),
        (lambda box: box["items"][0].update(altText="3"), "has no property 'altText'"),
        (lambda box: box["items"][0]["data"][0].update(y=3), "a point of Chart.HorizontalBar.Stacked has no property"),
        (lambda box: box["items"][0]["data"][0]["data"][0].update(legend="[Evil](x)"), "markdown in '[Evil](x)'"),
    ],
)
def test_a_fault_in_a_chart_is_found(fault: Callable[[Card], None], said: str) -> None:
    card, box = right(), charted()
    card["body"].append(box)
    assert found(card) == []
    fault(box)
    assert any(said in line for line in found(card)), found(card)


def test_in_a_conversation_buttons_open_dialogs_or_act_with_something_to_fall_back_on() -> None:
    card = right()
    assert any("opens nothing" in line for line in found(card, dialog=False))
    card["actions"] = [{"type": "Action.Submit", "title": "Open", "data": {"msteams": {"type": "task/fetch"}}}]
    assert found(card, dialog=False) == []
    card["actions"] = [{"type": "Action.Execute", "title": "Do", "verb": "x"}]
    assert any("without a Submit" in line for line in found(card, dialog=False))
    card["actions"][0]["fallback"] = {"type": "Action.Submit", "title": "Do", "data": "x"}
    assert found(card, dialog=False) == []


def test_a_card_that_is_edited_has_no_inputs() -> None:
    assert sum("loses what is being typed" in line for line in found(right(), edited=True)) == 2


def test_secondary_actions_are_not_counted() -> None:
    card = right()
    card["actions"] = card["actions"] * 6 + [{**card["actions"][0], "mode": "secondary"}] * 3
    assert found(card) == []
