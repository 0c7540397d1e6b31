"""What the room refuses in a card, and what it lets through with a warning."""

from __future__ import annotations

from typing import Any

import pytest
from microsoft_teams.cards import AdaptiveCard, CardElement, ExecuteAction, RichTextBlock, TextBlock, TextInput, TextRun

from rehearsal.hands import texts
from rehearsal.reading import buttons
from rehearsal.strict import judge
from rehearsal.strict_models import by_type
from tests.rehearsal.echo import card_of, execute, opens, text_block

IMAGE = {"type": "Image", "url": "https://a.example/b.png", "altText": "a wheel"}
INPUT = {"type": "Input.Text", "id": "a", "label": "A"}
CHOICES = [{"title": "Yes", "value": "y"}]
SHOW = {"type": "Action.ShowCard", "title": "More", "card": card_of(text_block("x"))}


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        ({"type": "Card"}, "type \"AdaptiveCard\""),
        (card_of() | {"version": "2.0"}, "version"),
        (card_of({"type": "Blink"}), "'Blink' is unknown"),
        (card_of({"text": "no type"}), "None is unknown"),
        (card_of({"type": "TextRun", "text": "x"}), "'TextRun' cannot stand here"),
        (card_of({"type": "Action.Execute", "verb": "x"}), "cannot stand here"),
        (card_of(text_block("x") | {"colour": "red"}), "no property 'colour'"),
        (card_of({"type": "FactSet", "facts": [{"titel": "x"}]}), "no property 'titel'"),
        (card_of(actions=[execute("Go", "")]), "no verb"),
        (card_of(actions=[{"type": "Action.Http", "title": "x"}]), "unknown"),
        (card_of(actions=[{"type": "Action.OpenUrl", "title": "x", "url": "javascript:alert(1)"}]), "no web address"),
        (card_of(actions=[opens("x") | {"data": {"msteams": {"type": "task"}}}]), "'task' is unknown"),
        (card_of(actions=[SHOW | {"card": card_of(actions=[SHOW])}]), "another Action.ShowCard"),
        (card_of(actions=[SHOW | {"card": text_block("x")}]), "holds no AdaptiveCard"),
        (card_of({"type": "Container", "items": [], "selectAction": SHOW}), "cannot be a selectAction"),
        (card_of(INPUT | {"label": " "}), "no label"),
        (card_of({"type": "Input.Text", "label": "A"}), "no id"),
        (card_of(INPUT, INPUT), "2 elements have the id 'a'"),
        (card_of({"type": "Input.ChoiceSet", "id": "a", "label": "A"}), "no choices"),
        (card_of(IMAGE | {"altText": ""}), "no altText"),
        (card_of(IMAGE | {"url": "http://a.example/b.png"}), "neither https"),
        (card_of(refresh={"action": execute("R", "r"), "userIds": ["29:x"] * 61}), "at most 60"),
        (card_of(refresh={"action": execute("R", "r"), "userIds": ["anna"]}), "29:"),
        (card_of(refresh={"action": opens("R"), "userIds": []}), "has to be an Action.Execute"),
        (card_of(text_block("ż" * 41_000)), "bytes as UTF-16"),
    ],
)
def test_refused(card: dict[str, Any], reason: str) -> None:
    assert any(reason in found for found in judge(card).reasons), judge(card).reasons


@pytest.mark.parametrize(
    ("card", "warning"),
    [
        (card_of(actions=[execute(f"B{number}", "b") for number in range(7)]), "7 primary buttons"),
        (card_of(actions=[{"type": "Action.Submit", "title": "Old", "data": {}}]), "Action.Execute can"),
        (card_of(INPUT | {"isRequired": True}), "no errorMessage"),
        (card_of({"type": "Blink", "fallback": text_block("x")}), "shows its fallback"),
        (card_of(msteams={"entities": [{"type": "mention", "text": "<at>x</at>"}]}), "ignored"),
    ],
)
def test_let_through_with_a_warning(card: dict[str, Any], warning: str) -> None:
    verdict = judge(card)
    assert verdict.reasons == []
    assert any(warning in found for found in verdict.warnings), verdict.warnings


def test_dialogs_know_submit_only() -> None:
    assert judge(card_of(INPUT, actions=[{"type": "Action.Submit", "title": "Send"}]), "dialog").reasons == []
    assert judge(card_of(INPUT, actions=[{"type": "Action.Submit", "title": "Send"}]), "dialog").warnings == []
    assert judge(card_of(actions=[execute("Send", "send")]), "dialog").reasons
    assert judge(card_of(actions=[opens("Next")]), "dialog").reasons
    assert judge(card_of(refresh={"action": execute("R", "r")}), "dialog").reasons


def test_a_rich_card_of_microsofts_own_package_is_clean() -> None:
    runs: list[CardElement] = [TextRun(text="a "), TextRun(text="b")]
    card = AdaptiveCard(
        body=[
            TextBlock(text="Title", style="heading", wrap=True),
            RichTextBlock(inlines=runs),
            TextInput(id="a", label="A", is_multiline=True),
        ],
        actions=[ExecuteAction(title="Go", verb="go", data={"free": {"type": "Blink"}}, fallback="drop")],
    ).model_dump(exclude_none=True)
    verdict = judge(card | {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json"})
    assert (verdict.reasons, verdict.warnings) == ([], [])


def test_tables_columns_and_charts_are_known() -> None:
    cell = {"type": "TableCell", "items": [text_block("cell")]}
    card = card_of(
        {"type": "Table", "columns": [{"width": 1}], "rows": [{"type": "TableRow", "cells": [cell]}],
         "firstRowAsHeaders": True},
        {"type": "ColumnSet", "columns": [{"type": "Column", "width": "auto", "items": [IMAGE]}]},
        {"type": "Chart.Donut", "title": "Votes", "data": [{"legend": "A", "value": 3}], "fallback": "drop"},
        {"type": "Input.ChoiceSet", "id": "c", "label": "C", "choices": CHOICES,
         "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}},
        {"type": "Badge", "text": "New", "style": "Accent"},
        msteams={"width": "Full"}, refresh={"action": execute("R", "r"), "userIds": []},
    )
    assert judge(card).reasons == []
    assert texts(card) == ["cell", "Votes", "A", "C", "Yes", "New"]


def test_a_picture_in_the_card_does_not_count_for_its_size() -> None:
    picture = IMAGE | {"url": "data:image/png;base64," + "A" * 200_000}
    assert judge(card_of(picture)).reasons == []


def test_microsofts_package_names_all_elements() -> None:
    assert {"TextBlock", "Action.Execute", "Input.ChoiceSet", "Chart.Line", "Layout.Flow"} <= set(by_type())
    assert len(by_type()) > 55


def test_a_person_reads_in_order_and_not_what_is_hidden() -> None:
    card = card_of(
        {"type": "RichTextBlock", "inlines": ["Hello ", {"type": "TextRun", "text": "you"}]},
        {"type": "FactSet", "facts": [{"title": "Time", "value": "5 min"}]},
        text_block("secret") | {"isVisible": False},
        {"type": "ActionSet", "actions": [execute("Inside", "i")]},
        INPUT,
        actions=[SHOW | {"card": card_of(text_block("deep"), INPUT | {"id": "b"}, actions=[execute("Deep", "d")])}],
    )
    assert texts(card) == ["Hello you", "Time", "5 min", "Inside", "A", "More", "deep", "A", "Deep"]
    deep = buttons(card)[-1]
    assert (deep.title, [item.id for item in deep.fields]) == ("Deep", ["a", "b"])
